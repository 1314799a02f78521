"""The calls open at this desk: taken, answered, held, resumed, closed; each act kept and journaled."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.calls.person_search import PersonSearch
from osnp_console.app.calls.write_behind import ChangedElsewhere, WriteBehind
from osnp_console.app.checklist.check_eligibility import CheckEligibility
from osnp_console.app.people.session import UNNAMED, Session
from osnp_console.domain import facts, journal
from osnp_console.domain.call_merging import CallMerge, merge_calls
from osnp_console.domain.call_record import CallRecord, CallState, Move
from osnp_console.domain.call_sheet import ASKED, EMPTY_SHEET, Answer, CallSheet
from osnp_console.domain.clock import in_paris
from osnp_console.domain.desk import Desk
from osnp_console.domain.journal import Facts, JournalEntry
from osnp_console.domain.permissions import Act
from osnp_console.domain.sheet_reading import document_of, finer_dates

Logged = Callable[[JournalEntry], None]


class CallsInHand:
    """All that an operator does to calls. Every change is handed to the write-behind at once.

    One headset: at most one call is on the line; taking or resuming one holds the other. The call shown
    (`current`) may be another one: looking is not resuming. `session` is who does it all: whoever may not
    take calls gets none in hand (Forbidden), and what is done to those in hand is under their name.
    """

    def __init__(
        self,
        desk: Desk,
        check: CheckEligibility,
        kept: WriteBehind,
        new_id: Callable[[], str],
        logged: Logged = lambda entry: None,
    ) -> None:
        self.desk = desk
        self.calls: list[OpenCall] = []
        self.current: OpenCall | None = None
        self._check = check
        self._kept = kept
        self._new_id = new_id
        self._logged = logged
        self._last_number: tuple[object, int] = (None, 0)
        self._settled: dict[str, CallSheet] = {}
        self._verdicts: dict[str, tuple[str, ...]] = {}
        self.session: Session = UNNAMED

    def hand_over(self, session: Session, now: datetime) -> None:
        """Somebody else goes on at this desk, with the calls in hand: the journal of each says so.

        What was typed until now is under the name of who typed it. Raises Forbidden for somebody else who may
        not take calls while one is in hand: nothing is changed then. The same person keeps those they have,
        whatever they may do by now.
        """
        before = self.session
        if self.calls and before.person != session.person:
            session.require(Act.TAKE_CALL)
        for call in self.calls:
            self.settle(call, now)
        self.session = session
        if before.person != session.person:
            for call in self.calls:
                self._log(call, journal.HANDED_OVER, now, {"de": before.person})

    # --- taking, showing, closing -----------------------------------------------------------------------

    def number_from(self, day: object, last: int) -> None:
        """Say which number the desk's last call of a day (in Paris) bore, as the base knows it.

        Calls taken that day before the base answered then follow it: no two calls of a day bear one number.
        """
        taken = self._last_number[1] if self._last_number[0] == day else 0
        if taken and last:
            for call in self.calls:
                if in_paris(call.record.taken_at).date() == day:
                    self._take(call, replace(call.record, number=call.record.number + last))
                    self._keep(call)
        self._last_number = (day, last + taken)

    def take(self, now: datetime, received: CallSheet | None = None) -> OpenCall:
        """A new call, on the line; the one that was is held.

        `received` is what another desk typed of the patient, who was handed over to this one.
        """
        self.session.require(Act.TAKE_CALL)
        self._hold_others(None, now)
        day = in_paris(now).date()
        number = self._last_number[1] + 1 if self._last_number[0] == day else 1
        self._last_number = (day, number)
        sheet = received if received is not None else EMPTY_SHEET.put(facts.OFFER, self.desk.offer)
        record = CallRecord(self._new_id(), number, self.desk.code, now, sheet=sheet, state_since=now)
        call = self._open(record, now)
        self._log(call, journal.TAKEN, now, {"numero": number})
        if received is not None:
            # In the journal of this call too, what it rests on stands whole.
            self._settled[record.id], self._verdicts[record.id] = EMPTY_SHEET, ()
            self.settle(call, now)
        self._keep(call)
        return call

    def recover(self, records: Iterable[CallRecord], now: datetime) -> None:
        """Take back the calls that were open when the program ended; the one on the line is held."""
        self.session.require(Act.TAKE_CALL)
        for record in records:
            self._kept.know(record)
            held = record.moved(Move.HOLD, now) if record.may(Move.HOLD) else record
            call = self._open(held, now)
            self._log(call, journal.RECOVERED, now)
            self._keep(call)

    def reopen(self, record: CallRecord, now: datetime) -> OpenCall:
        """Take a closed call up again, on the line here, whichever desk had it; it is this desk's then.

        One that is in hand already (asked for twice) is shown. Raises IllegalMove for one that is not closed.
        """
        self.session.require(Act.TAKE_CALL)
        mine = self.find(record.id)
        if mine is not None:
            return self._show_again(mine)
        reopened = record.moved(Move.REOPEN, now)
        is_elsewhere = record.owned_by != self.desk.code
        self._kept.know(record)
        self._hold_others(None, now)
        call = self._open(replace(reopened, owner=self.desk.code) if is_elsewhere else reopened, now)
        self._log(call, journal.REOPENED, now, {"de": record.owned_by} if is_elsewhere else None)
        self._keep(call)
        return call

    def take_over(self, record: CallRecord, now: datetime) -> OpenCall:
        """Take a call that is open at another desk, on the line here; raises IllegalMove for a closed one.

        The other desk keeps what it has typed and not saved: it is merged when it saves. One that is in hand
        already (asked for twice) is shown.
        """
        self.session.require(Act.TAKE_CALL)
        mine = self.find(record.id)
        if mine is not None:
            return self._show_again(mine)
        taken = record.taken_over(self.desk.code, now)
        self._kept.know(record)
        self._hold_others(None, now)
        call = self._open(taken, now)
        self._log(call, journal.TAKEN_OVER, now, {"de": record.owned_by})
        self._keep(call)
        return call

    def find(self, call_id: str) -> OpenCall | None:
        """The open call of that id."""
        return next((call for call in self.calls if call.record.id == call_id), None)

    def show(self, call: OpenCall) -> None:
        """Look at a call; its state does not change."""
        self.current = call

    def hold(self, call: OpenCall, now: datetime) -> None:
        """Put a call on hold; raises IllegalMove when it is not on the line."""
        self._move(call, Move.HOLD, journal.HELD, now)

    def resume(self, call: OpenCall, now: datetime) -> None:
        """Take a held call on the line again; raises IllegalMove when it is not held."""
        if call.record.may(Move.RESUME):
            self._hold_others(call, now)
        self._move(call, Move.RESUME, journal.RESUMED, now)
        self.current = call

    def close(
        self, call: OpenCall, outcome: str, now: datetime, call_back_at: datetime | None = None
    ) -> None:
        """End a call with an outcome; the next open one is shown."""
        self.settle(call, now)
        self._take(call, call.record.closed(outcome, now, call_back_at))
        self._log(call, journal.CLOSED, now, {"issue": outcome})
        self._keep(call)
        self._leave(call)

    # --- what is typed ----------------------------------------------------------------------------------

    def answer(self, call: OpenCall, code: str, answer: Answer) -> frozenset[str]:
        """Take in an answer, or what is being typed of it; returns the ids whose verdict may have changed.

        Kept at once; journaled only when `settle` says that it is an answer.
        """
        return self._edit(call, call.record.sheet.put(code, answer))

    def type(self, call: OpenCall, code: str, text: str) -> None:
        """Keep a text that is being typed and is no answer yet."""
        self._edit(call, call.record.sheet.type(code, text))

    def settle(self, call: OpenCall, now: datetime) -> bool:
        """An answer is complete: journal what changed since the last time, work out the next question.

        Returns False when nothing had changed.
        """
        before, sheet = self._settled.get(call.record.id, EMPTY_SHEET), call.record.sheet
        changes = _changes(before, sheet)
        if not changes:
            return False
        self._settled[call.record.id] = sheet
        call.settle()
        self._log(call, journal.ANSWERED, now, {"reponses": changes})
        eligible = eligible_ids(call)
        if self._verdicts.get(call.record.id, ()) != eligible:
            self._verdicts[call.record.id] = eligible
            self._log(call, journal.CHECKED, now, self._decision(call, eligible))
        return True

    # --- what other desks do ----------------------------------------------------------------------------

    def look_again(self, call_id: str) -> None:
        """A call was saved at another desk: where it is open here, the next save brings what it became."""
        if self.find(call_id) is not None:
            self._kept.look_again(call_id)

    def take_elsewhere(self, one: ChangedElsewhere, now: datetime) -> CallMerge | None:
        """Take in what another desk changed in a call that is open here; None when it is not (any more).

        What was typed since stays. A call that was ended or taken over there leaves the calls in hand.
        """
        call = self.find(one.mine.id)
        if call is None:
            return None
        again = merge_calls(one.mine, call.record, one.merge.record)
        taken = tuple(dict.fromkeys(one.merge.taken + again.taken))
        both = {had.code: had for had in one.merge.both + again.both}
        merge = CallMerge(again.record, taken, tuple(both.values()))
        self._take(call, merge.record)
        self._settled[call.record.id] = _with_fields(
            self._settled.get(call.record.id, EMPTY_SHEET), merge.record.sheet, taken
        )
        call.settle()
        self._verdicts[call.record.id] = eligible_ids(call)
        told = {had.code: {"ici": _json(had.mine), "ailleurs": _json(had.theirs)} for had in merge.both}
        self._log(call, journal.CHANGED_ELSEWHERE, now, {"pris": list(taken), "des_deux": told})
        self._kept.keep(call.record, one)
        if not call.record.is_open or self.has_gone(call, one):
            self._leave(call)
        return merge

    def has_gone(self, call: OpenCall, one: ChangedElsewhere) -> bool:
        """Whether that change took the call over to another desk."""
        owner = call.record.owned_by
        return owner not in (one.mine.owned_by, self.desk.code)

    # --- vital emergency --------------------------------------------------------------------------------

    def raise_alarm(self, call: OpenCall, now: datetime) -> None:
        """Declare a vital emergency: everything is refused until it is dropped."""
        if call.record.alarm_at is not None:
            return
        self._take(call, call.record.raise_alarm(now))
        self._settled[call.record.id] = call.record.sheet
        call.settle()
        self._log(call, journal.ALARM, now)
        self._keep(call)

    def see_alarm(self, call: OpenCall, now: datetime) -> None:
        """Say that the alarm was seen."""
        self._take(call, replace(call.record, alarm_seen=True))
        self._log(call, journal.ALARM_SEEN, now)
        self._keep(call)

    def drop_alarm(self, call: OpenCall, reason: str, now: datetime) -> None:
        """Take a vital emergency back; raises ValueError without a reason."""
        if not reason.strip():
            raise ValueError("reason")
        self._take(call, call.record.drop_alarm())
        self._settled[call.record.id] = call.record.sheet
        call.settle()
        self._log(call, journal.ALARM_DROPPED, now, {"motif": reason.strip()})
        self._keep(call)

    def alarms(self) -> list[OpenCall]:
        """The calls with a vital emergency, those not seen first, then oldest first."""
        alarmed = [call for call in self.calls if call.record.alarm_at is not None]
        return sorted(alarmed, key=lambda call: (call.record.alarm_seen, str(call.record.alarm_at)))

    # --- inside -----------------------------------------------------------------------------------------

    def _open(self, record: CallRecord, now: datetime) -> OpenCall:
        call = OpenCall(record, self.desk, self._check, now)
        self.calls.append(call)
        self._settled[record.id] = record.sheet
        self._verdicts[record.id] = eligible_ids(call)
        self.current = call
        return call

    def _show_again(self, call: OpenCall) -> OpenCall:
        self.show(call)
        return call

    def _leave(self, call: OpenCall) -> None:
        """Out of the calls in hand; the next one is shown."""
        place = self.calls.index(call)
        self.calls.remove(call)
        self._settled.pop(call.record.id, None)
        self._verdicts.pop(call.record.id, None)
        if self.current is call:
            self.current = self.calls[min(place, len(self.calls) - 1)] if self.calls else None

    def _edit(self, call: OpenCall, sheet: CallSheet) -> frozenset[str]:
        changed = call.take(replace(call.record, sheet=sheet))
        self._keep(call)
        return changed

    def _move(self, call: OpenCall, move: Move, kind: str, now: datetime) -> None:
        self._take(call, call.record.moved(move, now))
        self._log(call, kind, now)
        self._keep(call)

    def _hold_others(self, kept: OpenCall | None, now: datetime) -> None:
        for other in self.calls:
            if other is not kept and other.record.state is CallState.ACTIVE:
                self._move(other, Move.HOLD, journal.HELD, now)

    def _take(self, call: OpenCall, record: CallRecord) -> None:
        call.take(record)

    def _keep(self, call: OpenCall) -> None:
        self._kept.keep(call.record)

    def searched(self, search: PersonSearch, now: datetime) -> None:
        """Persons of other calls were shown at this desk: journaled, and not said on screen."""
        person = self.session.person
        entry = JournalEntry(self.desk.code, now, journal.SEARCHED, search.call, search.facts, person)
        self._kept.log(entry)

    def note(self, entry: JournalEntry) -> None:
        """Something happened around a call (a slot was proposed): it waits as what is typed does.

        Whoever sits here did it, where the entry names nobody.
        """
        named = entry if entry.person is not None else replace(entry, person=self.session.person)
        self._kept.log(named)
        self._logged(named)

    def _log(self, call: OpenCall, kind: str, now: datetime, about: Facts | None = None) -> None:
        entry = JournalEntry(self.desk.code, now, kind, call.record.id, about or {}, self.session.person)
        self._kept.log(entry)
        self._logged(entry)

    def _decision(self, call: OpenCall, eligible: tuple[str, ...]) -> Facts:
        """What a verdict rests on: the same can be shown again years later (facts and fingerprint)."""
        day = in_paris(call.record.taken_at).date()
        document, _ = document_of(call.record.sheet, self.desk, day)
        return {
            "eligibles": list(eligible),
            "appel": document,
            "dates": {
                code: [found.first.isoformat(), found.last.isoformat()]
                for code, found in finer_dates(call.record.sheet, day).items()
            },
            "instant": call.checklist.moment.instant.isoformat(),
            "catalogue": self._check.catalogue.fingerprint,
        }


def eligible_ids(call: OpenCall) -> tuple[str, ...]:
    """The dispositifs that take the patient as far as is known."""
    rows = call.checklist.rows
    return tuple(row.dispositif.id for row in rows if not row.unmet and not row.unknown)


def _with_fields(sheet: CallSheet, other: CallSheet, codes: Iterable[str]) -> CallSheet:
    """The sheet with these fields as they stand in the other one."""
    for code in codes:
        sheet = sheet.put(code, other.answer(code))
    return sheet


def _json(answer: Answer) -> object:
    return "?" if answer is ASKED else answer


def _changes(before: CallSheet, after: CallSheet) -> dict[str, object]:
    """What each field now holds where it changed; None for one that is not asked (any more)."""
    codes = dict.fromkeys((*before.values, *sorted(before.asked), *after.values, *sorted(after.asked)))
    changed: dict[str, object] = {}
    for code in codes:
        answer = after.answer(code)
        if before.answer(code) != answer:
            changed[code] = _json(answer)
    return changed
