"""What an operator does in an hour: a script that a number decides, the same at every run."""

from __future__ import annotations

import random
from collections.abc import Iterator

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_record import CallRecord, Move
from tests.load.booking_desk import BookingDesk
from tests.load.handing_over import Sender
from tests.load.ledger import Ledger
from tests.load.workplace import Workplace

NAMES = ("Abadie", "Le Goff", "Nuñez-Petit", "d’Œuvre", "Marchandeau", "Ker’ros", "Zéphirin")
FIRST_NAMES = ("Anaïs", "Côme", "Élodie", "Jean-Noël", "Maëlys", "Ours")
NOTES = (
    "tousse depuis trois jours, fièvre à 38,5 °C, pas d’allergie connue",
    "cheville droite, ne pose pas le pied ; œdème",
    "rappelle pour la deuxième fois — attend depuis ce matin",
)
REASONS = ("angine", "entorse", "plaie")
PREPARED = "prepare"
LOOKS_AGAIN = 0.3
"""Seconds between two looks whether another desk has taken a call."""


class Operator:
    """One operator at one workplace."""

    def __init__(self, workplace: Workplace, booking: BookingDesk, sender: Sender) -> None:
        self._at = workplace
        self._booking = booking
        self._sender = sender
        self._plan = workplace.plan
        self._dice = random.Random(workplace.plan.seed)

    def work(self, before: Ledger | None = None) -> Iterator[None]:
        """The whole hour; yields after each call that was ended. `before` is what was done before a death."""
        known = before.numbers if before is not None else {}
        firsts = [one for one in self._plan.first_of if one not in known]
        seconds = list(self._plan.second_of) if before is None else []
        turns, transfers = self._plan.calls, self._plan.transfers
        if before is not None:
            self._dice.seed(f"{self._plan.seed} {len(before.deaths)}")
            turns -= before.turns
            begun = {key for key, state in before.made if state == PREPARED}
            transfers -= len(begun | set(self._end_what_was_found(before)))
        for turn in range(turns):
            self._at.wait(self._dice.uniform(0.4, 1.6) * self._plan.rest)
            if firsts:
                self._first_of_two(firsts.pop(0))
            elif seconds:
                self._second_of_two(seconds.pop(0))
            elif turns - turn <= transfers or (transfers > 0 and self._dice.random() < 0.5):
                transfers -= 1
                self._hand_over_one()
            else:
                self._one_call()
            self._at.ledger.turned()
            yield
        for _ in range(transfers):  # whatever a death left of them: the line waits for all
            self._hand_over_one()

    def _end_what_was_found(self, before: Ledger) -> list[str]:
        """Look at every field of the calls that were open, type on, go on with a transfer, end them.

        The ids of the transfers that were going on.
        """
        calls = list(self._at.in_hand.calls)
        for call in calls:
            self._at.ledger.took(call.record.id, call.record.number)
            for found, code in before.texts:
                if found == call.record.id:
                    self._at.ledger.found(found, code, str(call.record.sheet.answer(code) or ""))
        tries = {key: call for key, call in before.tries.items() if key not in before.answers}
        self._booking.settle_all()
        self._booking.find_again(tries)
        handed_over = self._sender.open_transfers()
        going_on = list(handed_over.values())
        for call in calls:
            self._letters(call, fields.FIRST_NAMES, self._dice.choice(FIRST_NAMES))
            key = handed_over.pop(call.record.id, None)
            self._close(call, self._sender.go_on(key) if key is not None else "conseil")
        for key in handed_over.values():
            self._sender.go_on(key)
        return going_on

    def type_letters(self, call: OpenCall, code: str, text: str) -> None:
        """Type a text letter by letter, as at any desk."""
        self._letters(call, code, text)

    # --- calls ------------------------------------------------------------------------------------------

    def _one_call(self) -> None:
        call = self._take()
        self._type_patient(call)
        if self._dice.random() < 0.3:
            self._another_meanwhile(call)
        self._type_need(call)
        if self._dice.random() < 0.1:
            self._alarm(call)
        wants = self._dice.random() < 0.8
        outcome = "rendez_vous" if wants and self._booking.book(call) else "conseil"
        self._close(call, outcome)

    def _hand_over_one(self) -> None:
        call = self._take()
        self._type_patient(call)
        self._type_need(call)
        self._close(call, self._sender.hand_over(call))

    def _another_meanwhile(self, call: OpenCall) -> None:
        self._hold(call)
        short = self._take()
        self._letters(short, fields.NOTE, self._dice.choice(NOTES))
        self._close(short, "erreur")
        if call.record.may(Move.RESUME):
            self._at.in_hand.resume(call, self._at.now())
            self._at.save()

    def _first_of_two(self, call_id: str) -> None:
        self._at.next_id = call_id
        call = self._take()
        self._type_patient(call)
        self._letters(call, fields.NOTE, f"poste {self._plan.number} : {self._dice.choice(NOTES)}")
        self._letters(call, facts.REASON, self._dice.choice(REASONS))
        self._at.wait(self._plan.rest)
        if self._at.in_hand.find(call_id) is call:
            self._close(call, "conseil")

    def _second_of_two(self, call_id: str) -> None:
        record = self._open_elsewhere(call_id)
        if record is None:
            return
        self._at.in_hand.recover([record], self._at.now())
        call = self._at.in_hand.find(call_id)
        assert call is not None
        for code, value in record.sheet.values.items():
            self._at.ledger.saw(call_id, code, str(value))
        self._at.save()
        name = f"{self._dice.choice(NAMES)} {self._plan.number}"
        self._letters(call, fields.BIRTH_NAME, name)
        self._letters(call, fields.CALLER_PHONE, f"02400000{self._plan.number:02}")
        self._letters(call, fields.NOTE, f"poste {self._plan.number} : {self._dice.choice(NOTES)}")
        # The desk that took it ends it; this one hears of it.
        until = self._plan.patience + 2 * self._plan.rest
        if not self._at.until(lambda: self._at.in_hand.find(call_id) is None, until):
            raise AssertionError("a call ended at another desk stayed open here")

    def _open_elsewhere(self, call_id: str) -> CallRecord | None:
        """The call once the other desk has taken it; None when it was ended before."""

        def read(units: OpenUnit) -> CallRecord | None:
            with units() as unit:
                try:
                    return unit.calls.get(call_id)
                except StoreFailure as failure:
                    if failure.code != "introuvable":
                        raise
                    return None

        while (record := self._at.ask_until_answered(read)) is None:
            self._at.wait(LOOKS_AGAIN)
        return record if record.is_open else None

    # --- acts -------------------------------------------------------------------------------------------

    def _take(self) -> OpenCall:
        call = self._at.in_hand.take(self._at.now())
        self._at.ledger.took(call.record.id, call.record.number)
        self._at.save()
        return call

    def _hold(self, call: OpenCall) -> None:
        if call.record.may(Move.HOLD):
            self._at.in_hand.hold(call, self._at.now())
            self._at.save()
            self._at.wait(self._plan.letter * 10)

    def _alarm(self, call: OpenCall) -> None:
        self._at.in_hand.raise_alarm(call, self._at.now())
        self._at.save()
        self._at.wait(self._plan.letter * 20)
        self._at.in_hand.drop_alarm(call, "fausse alerte", self._at.now())
        self._at.save()

    def _close(self, call: OpenCall, outcome: str) -> None:
        self._at.in_hand.close(call, outcome, self._at.now())
        self._at.ledger.ended(call.record.id, outcome)
        self._at.save()

    def _type_patient(self, call: OpenCall) -> None:
        self._letters(call, fields.BIRTH_NAME, f"{self._dice.choice(NAMES)} {self._plan.number}")
        self._letters(call, fields.FIRST_NAMES, self._dice.choice(FIRST_NAMES))
        self._choose(call, facts.RESIDENCE, "Lande", "44901")

    def _type_need(self, call: OpenCall) -> None:
        reason = self._dice.choice(REASONS)
        self._choose(call, facts.REASON, reason[:4], reason)
        self._letters(call, fields.NOTE, self._dice.choice(NOTES))

    def _choose(self, call: OpenCall, code: str, typed: str, chosen: str) -> None:
        """Type what is searched for, then choose a row of the list."""
        for end in range(1, len(typed) + 1):
            self._at.in_hand.type(call, code, typed[:end])
            self._pause()
        self._answer(call, code, chosen)
        self._settle(call)

    def _letters(self, call: OpenCall, code: str, text: str) -> None:
        """Type a text letter by letter, now and then a wrong one that is taken back."""
        for end in range(1, len(text) + 1):
            if self._dice.random() < 0.04:
                self._answer(call, code, text[: end - 1] + "x")
                self._answer(call, code, text[: end - 1])
            self._answer(call, code, text[:end])
        self._settle(call)

    def _answer(self, call: OpenCall, code: str, text: str) -> None:
        if self._at.in_hand.find(call.record.id) is not call:
            return  # ended at the other desk: nothing can be typed in it any more
        self._at.in_hand.answer(call, code, text)
        self._at.ledger.typed(call.record.id, code, text)
        self._pause()

    def _settle(self, call: OpenCall) -> None:
        if self._at.in_hand.find(call.record.id) is call:
            self._at.in_hand.settle(call, self._at.now())
            self._at.save()

    def _pause(self) -> None:
        self._at.save()
        self._at.wait(self._plan.letter)
