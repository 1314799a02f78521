"""The queue of this desk and what it does with it: all of the workspace Transferts but its widgets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QObject, Signal, Slot

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.errors import Refusal, StoreFailure
from osnp_console.app.transfer.acts import Late
from osnp_console.app.transfer.matching import Match, announcement_of
from osnp_console.app.transfer.queue_groups import (
    Pinned,
    QueuePart,
    arranged,
    group_of,
    waiting_count,
)
from osnp_console.app.transfer.unannounced import taken_unannounced
from osnp_console.domain import facts
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.clock import in_paris
from osnp_console.domain.commune import Commune
from osnp_console.domain.desk import Desk
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.transfer.answering import AnsweredLine, lines_answered_by, lines_of
from osnp_console.domain.transfer.clocks import waiting_since
from osnp_console.domain.transfer.transfer import Transfer
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.transfer.desk_transfers import DeskTransfers
from osnp_console.ui.transfer.receiving.left_open import LeftOpen
from osnp_console.ui.transfer.receiving.line_calls import LineCalls
from osnp_console.ui.transfer.receiving.people import QueuePeople


class ReceivingDesk(QObject):
    """One for the window.

    Signals:
        changed(): the queue, or who is in it, says something else.
        counted(int): how many items wait for this desk.
        arrived(object): a Transfer was just announced to a line of this desk.
        proposed(object): a Match for the caller on screen, or None any more.
        said(str): what could not be done, or who has a transfer.
    """

    changed = Signal()
    counted = Signal(int)
    arrived = Signal(object)
    proposed = Signal(object)
    said = Signal(str)

    def __init__(
        self,
        transfers: DeskTransfers,
        calls: DeskCalls,
        people: QueuePeople,
        line_calls: LineCalls,
        left_open: LeftOpen,
        desk: Callable[[], Desk],
        dispositifs: tuple[Dispositif, ...],
        new_id: Callable[[], str],
        parent: QObject | None = None,
    ) -> None:
        """`desk` gives this desk as it is set now."""
        super().__init__(parent)
        self.transfers, self.people = transfers, people
        self.line_calls, self.left_open = line_calls, left_open
        self._calls, self._desk, self._dispositifs, self._new_id = calls, desk, dispositifs, new_id
        self._pinned: Pinned | None = None
        self._acted_on: str | None = None
        self._seen: set[str] = set()
        self._follows_since: datetime | None = None
        self._day = in_paris(calls.clock()).date()
        self._dropped: set[str] = set()
        self._proposal: tuple[str, str] | None = None
        self.count = 0
        self.rings: Callable[[], bool] = lambda: False
        """Whether a new arrival is said by a sound (the site's setting)."""
        self._lines: tuple[tuple[Desk, date], tuple[AnsweredLine, ...]] | None = None
        for signal in (transfers.queue_changed, transfers.changed, people.changed):
            signal.connect(self._refresh)
        transfers.late.connect(self._late)
        for failing in (people.failed, line_calls.failed):
            failing.connect(self._failed)
        line_calls.opened.connect(self._call_opened)
        calls.settled.connect(self._look_for_announcement)
        calls.shown.connect(self._look_for_announcement)
        calls.ticked.connect(self._tick)

    # --- which lines ------------------------------------------------------------------------------------

    @property
    def lines(self) -> tuple[AnsweredLine, ...]:
        """The lines this desk answers today."""
        key = (self._desk(), in_paris(self._calls.clock()).date())
        if self._lines is None or self._lines[0] != key:
            self._lines = (key, lines_answered_by(key[0], self._dispositifs, key[1]))
        return self._lines[1]

    @property
    def answers(self) -> bool:
        """Whether this desk answers a line; else it sees what it sent itself."""
        return bool(self.lines)

    def line_of(self, transfer: Transfer) -> AnsweredLine | None:
        """The line a transfer goes to, as the catalogue describes it now."""
        found = (line for one in self._dispositifs for line in lines_of(one))
        wanted = (transfer.line.dispositif, transfer.line.access)
        return next((one for one in found if _place_of(one) == wanted), None)

    def start(self) -> None:
        """The base is open: a desk of a line follows its queue from now on, whichever workspace is shown."""
        if self.answers:
            self._follows_since = self._follows_since or self._calls.clock()
            self.transfers.watch({one.dispositif.id for one in self.lines})

    def look_at_sent(self) -> None:
        """A desk that answers no line looks at what it sent today."""
        if not self.answers:
            self.transfers.watch({one.id for one in self._dispositifs if lines_of(one)})

    # --- the queue --------------------------------------------------------------------------------------

    @property
    def code(self) -> str:
        """The code of this desk."""
        return self._desk().code

    @property
    def shown(self) -> tuple[Transfer, ...]:
        """The transfers of the queue of this desk, or those it sent."""
        queue = self.transfers.queue
        return queue if self.answers else tuple(one for one in queue if one.prepared_by.desk == self.code)

    @property
    def parts(self) -> tuple[QueuePart, ...]:
        """The queue as it stands: the selected transfer under the title where it was selected."""
        return arranged(self.shown, self.code, answers=self.answers, pinned=self._pinned)

    @property
    def to_deal_with(self) -> int:
        """How many wait for this desk, or are under way of what it sent; not what only keeps its place."""
        return waiting_count(arranged(self.shown, self.code, answers=self.answers))

    def select(self, key: str | None) -> None:
        """The operator went to a row: it stays where it is until they leave it, or act on it."""
        transfer = self.transfers.get(key) if key is not None else None
        if transfer is None:
            self._pinned = None
        elif self._pinned is None or self._pinned.transfer != transfer.id:
            self._pinned = Pinned(transfer.id, group_of(transfer, self.code, answers=self.answers))

    def let_go(self) -> None:
        """What is selected was just acted on here: its row goes where it then belongs, and stays there."""
        self._acted_on = self._pinned.transfer if self._pinned is not None else None
        self._refresh()

    def _follow_own_act(self) -> None:
        pinned = self._pinned
        transfer = self.transfers.get(pinned.transfer) if pinned is not None else None
        if pinned is None or transfer is None or self._acted_on != pinned.transfer:
            return
        if transfer.is_settled and transfer.history[-1].by.desk != self.code:
            self._acted_on = None  # somebody else ended it: the row stays under the eye
            return
        if transfer.is_settled and self.line_calls.of(transfer) is not None:
            return  # its call is still to be ended
        group = group_of(transfer, self.code, answers=self.answers)
        if group is not pinned.group:
            self._pinned, self._acted_on = Pinned(pinned.transfer, group), None

    @property
    def waiting(self) -> tuple[Transfer, ...]:
        """What nobody of the line has answered yet, the longest waiting first; none at other desks."""
        if not self.answers:
            return ()
        waits = [one for one in self.shown if waiting_since(one) is not None]
        return tuple(sorted(waits, key=lambda one: waiting_since(one) or one.prepared_at))

    # --- acts -------------------------------------------------------------------------------------------

    def tab_words(self, call: OpenCall) -> str:
        """What the tab of a call says at a desk of a line: who sent the patient, or that nobody did."""
        if not self.answers:
            return ""
        transfer = self.transfers.of_call(call.record.id)
        commune = call.call.known.get(facts.RESIDENCE)
        where = f"{commune.nom} · " if isinstance(commune, Commune) else ""
        if transfer is None or transfer.line_call != call.record.id:
            return f"{where}appel direct" if transfer is None and not self._is_begun(call) else ""
        by = f"SAS {transfer.sas}" if transfer.sas else "un SAS"
        return f"{where}par {by}" if transfer.announced else f"{where}par {by}, sans annonce"

    def _is_begun(self, call: OpenCall) -> bool:
        """Whether a call was just begun for a transfer, which the store does not know yet."""
        return any(self.line_calls.of(one) is call for one in self.transfers.queue)

    def take(self, key: str, *, over: bool = False) -> None:
        """Take a transfer, or take it over on purpose; its call then comes on screen."""
        self.transfers.take(key, over=over)

    def take_unannounced(self, line: AnsweredLine, sas: str) -> OpenCall | None:
        """A caller is on the line whom nobody announced: a call, and a transfer that begins with it."""
        try:
            call = self._calls.take()
        except Refusal as refusal:
            self.said.emit(refusal.message)
            return None
        now = self._calls.clock()
        transfer = taken_unannounced(self._new_id(), call.record.id, line, self.code, now, sas)
        self.transfers.prepare(transfer, answering=call.record.id)
        return call

    def unannounced_of(self, call: OpenCall | None) -> Transfer | None:
        """The transfer of a call whose patient nobody announced, as long as it goes on."""
        transfer = self.transfers.of_call(call.record.id) if call is not None else None
        if transfer is None or transfer.announced or transfer.is_settled:
            return None
        return transfer

    def join(self, match: Match) -> None:
        """The caller on screen is the patient of that announcement."""
        call = self._calls.current
        own = self.unannounced_of(call)
        sent = self.people.records.get(match.transfer.call)
        if call is None or own is None:
            return
        if sent is not None:
            self.line_calls.complete(call, sent)
        self._propose(None)
        self.transfers.join(own.id, match.transfer.id)

    def drop(self, match: Match) -> None:
        """They are not the same person."""
        self._dropped.add(match.transfer.id)
        self._propose(None)
        self._look_for_announcement()

    @Slot(object)
    def _tick(self, now: datetime) -> None:
        """At midnight what was over yesterday leaves the queue, and the lines in service may be others."""
        since, today = self._follows_since, in_paris(now).date()
        if since is not None and self._day != today:
            self._day = today
            self.start()

    # --- following --------------------------------------------------------------------------------------

    @Slot()
    def _refresh(self) -> None:
        self._follow_own_act()
        self._tell_arrivals()
        count = self.to_deal_with if self.answers else 0
        if count != self.count:
            self.count = count
            self.counted.emit(count)
        self.changed.emit()
        self._look_for_announcement()

    def _tell_arrivals(self) -> None:
        """What was announced since this desk follows its queue; what was there before is no news."""
        since = self._follows_since
        if since is None:
            return
        for one in self.shown:
            if one.id in self._seen:
                continue
            self._seen.add(one.id)
            if one.prepared_at >= since and one.prepared_by.desk != self.code and not one.is_settled:
                self.arrived.emit(one)

    @Slot()
    def _look_for_announcement(self, call: object = None) -> None:
        current = self._calls.current
        if current is None or self.unannounced_of(current) is None:
            self._propose(None)
            return
        self.people.want(one for one in self.transfers.queue if one.announced and not one.is_settled)
        self._propose(self._match(current.record))

    def _match(self, own: CallRecord) -> Match | None:
        return announcement_of(
            own, self.transfers.queue, self.people.records, self.code, frozenset(self._dropped)
        )

    def _propose(self, match: Match | None) -> None:
        current = self._calls.current
        now = (current.record.id, match.transfer.id) if match is not None and current is not None else None
        if now != self._proposal:
            self._proposal = now
            self.proposed.emit(match)

    @Slot(object, object)
    def _call_opened(self, transfer: Transfer, call: OpenCall) -> None:
        self.let_go()

    @Slot(object)
    def _late(self, late: Late) -> None:
        transfer = late.transfer
        if self.left_open.words(transfer):
            return  # said already, with what is left to do
        if not (transfer.announced and transfer.prepared_by.desk == self.code):
            self.said.emit(late.sentence)  # of what this desk sends, the panel of its call says it

    @Slot(object)
    def _failed(self, failure: Refusal | StoreFailure) -> None:
        self.said.emit(failure.message)


def _place_of(line: AnsweredLine) -> tuple[str, int]:
    return line.dispositif.id, line.dispositif.accesses.index(line.access)
