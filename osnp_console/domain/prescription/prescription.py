"""A prescription as it is kept: its content, its number, where it stands, who did what and when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from osnp_console.domain.prescription.canonical import fingerprint
from osnp_console.domain.prescription.content import Content
from osnp_console.domain.prescription.moves import (
    BEING_WRITTEN,
    MOVES,
    NEEDS_REASON,
    PrescriptionMove,
    PrescriptionState,
)
from osnp_console.domain.prescription.nurses import NurseAnswer, NurseTry


class IllegalPrescriptionMove(Exception):
    """A move that the state does not allow, or that lacks its reason."""


@dataclass(frozen=True, slots=True)
class DoneBy:
    """One move: which, where it led, when (aware), at which desk, by whom; `text` is what was typed.

    `person` is a name, empty where nobody was signed in; `electronic` that a signature was electronic.
    """

    move: PrescriptionMove
    state: PrescriptionState
    at: datetime
    desk: str
    person: str = ""
    text: str = ""
    electronic: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A number without gaps, per dispositif and year: `72-sarthe-ide-2026-00017`."""

    dispositif: str
    year: int
    rank: int

    @property
    def text(self) -> str:
        """As it is printed, searched for and read back."""
        return f"{self.dispositif}-{self.year}-{self.rank:05d}"


@dataclass(frozen=True, slots=True)
class Prescription:
    """One prescription. Instants are aware.

    `asked_at` is when the nurse was asked for: the delay of the dispositif counts from it. `number` is given
    at validation, with `sealed`, the hash of the canonical data. `nurse` is the directory's id of who goes,
    empty while nobody accepted; `tries` are the nurses called, in order. `replaces` is the number of the one
    it takes the place of. `report` is what the nurse said, when it came back.
    """

    id: str
    call: str
    content: Content
    desk: str
    made_at: datetime
    asked_at: datetime
    state: PrescriptionState = PrescriptionState.DRAFT
    state_since: datetime | None = None
    number: Number | None = None
    sealed: str = ""
    nurse: str = ""
    tries: tuple[NurseTry, ...] = ()
    history: tuple[DoneBy, ...] = ()
    replaces: str = ""
    report: str = ""
    reported_at: datetime | None = None
    version: int = 0

    @property
    def since(self) -> datetime:
        """Since when it is in its state."""
        return self.state_since or self.made_at

    @property
    def may_change(self) -> bool:
        """Whether its content may still change."""
        return self.state in BEING_WRITTEN

    @property
    def prints(self) -> int:
        """How many times it was printed: from the second on, the paper says DUPLICATA."""
        return sum(1 for one in self.history if one.move is PrescriptionMove.PRINT)

    def may(self, move: PrescriptionMove) -> bool:
        """Whether its state allows a move."""
        return move in MOVES[self.state]

    def written(self, content: Content) -> Prescription:
        """With another content; raises IllegalPrescriptionMove once it is validated.

        What is submitted and then changed has to be submitted again: nobody validates what they did not read.
        """
        if not self.may_change:
            raise IllegalPrescriptionMove(f"{self.state.value} : changer")
        if content == self.content:
            return self
        return replace(self, content=content, state=PrescriptionState.DRAFT)

    def moved(
        self,
        move: PrescriptionMove,
        now: datetime,
        desk: str,
        person: str = "",
        text: str = "",
        *,
        electronic: bool = False,
    ) -> Prescription:
        """The prescription after a move; raises IllegalPrescriptionMove. Validating takes `validated`."""
        if move is PrescriptionMove.VALIDATE:
            raise IllegalPrescriptionMove("sans numéro")
        return self._moved(move, now, desk, person, text, electronic)

    def validated(self, number: Number, now: datetime, desk: str, doctor: str) -> Prescription:
        """Validated by a doctor, with the number that is next: from here on its content never changes."""
        moved = self._moved(PrescriptionMove.VALIDATE, now, desk, doctor, "", False)
        return replace(moved, number=number, sealed=fingerprint(self.content, number.text))

    def _moved(
        self, move: PrescriptionMove, now: datetime, desk: str, person: str, text: str, electronic: bool
    ) -> Prescription:
        after = MOVES[self.state].get(move)
        if after is None:
            raise IllegalPrescriptionMove(f"{self.state.value} : {move.value}")
        if move in NEEDS_REASON and not text.strip():
            raise IllegalPrescriptionMove(f"{move.value} : sans motif")
        done = DoneBy(move, after, now, desk, person, text.strip(), electronic)
        since = now if after is not self.state else self.since
        return replace(self, state=after, state_since=since, history=(*self.history, done))

    def tried(self, nurse: str, name: str, now: datetime) -> Prescription:
        """With a nurse who is being called; the one before, if nothing was noted, did not answer."""
        before = tuple(
            one if one.answer is not None else replace(one, answer=NurseAnswer.NO_ANSWER, answered_at=now)
            for one in self.tries
        )
        return replace(self, tries=(*before, NurseTry(nurse, name, now)))

    def answered(self, answer: NurseAnswer, now: datetime) -> Prescription:
        """With what the nurse who is called said; who accepted goes. Raises IllegalPrescriptionMove."""
        if not self.tries or self.tries[-1].answer is not None:
            raise IllegalPrescriptionMove("personne n’est appelé")
        last = replace(self.tries[-1], answer=answer, answered_at=now)
        nurse = last.nurse if answer is NurseAnswer.ACCEPTED else self.nurse
        return replace(self, tries=(*self.tries[:-1], last), nurse=nurse)

    def reported(self, report: str, now: datetime) -> Prescription:
        """With the nurse's report; raises IllegalPrescriptionMove before it was validated."""
        if self.number is None:
            raise IllegalPrescriptionMove(f"{self.state.value} : compte rendu")
        return replace(self, report=report.strip(), reported_at=now)

    @property
    def is_intact(self) -> bool | None:
        """Whether its content is the one that was validated; None before validation."""
        if self.number is None:
            return None
        return self.sealed == fingerprint(self.content, self.number.text)
