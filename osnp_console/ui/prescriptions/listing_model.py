"""The prescriptions of the list as Qt's model: titles of states, and rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from osnp_console.app.prescription.board import BoardGroup, was_sent_back
from osnp_console.app.prescription.shown import (
    acts_words,
    clock,
    delay_now,
    dispositif_words,
    doctor_words,
    left_words,
    name_words,
)
from osnp_console.domain.clock import in_paris
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.prescription.delay import Nearness
from osnp_console.domain.prescription.moves import PrescriptionState
from osnp_console.domain.prescription.nurses import NurseAnswer
from osnp_console.domain.prescription.prescription import Prescription
from osnp_console.ui.checklist.row_style import plain_tip
from osnp_console.ui.widgets.held_list import KeyedListModel

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
NO_NAME = "Patient sans nom"


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a state; no row to stop at."""

    state: PrescriptionState
    words: str
    count: int

    @property
    def key(self) -> str:
        """What tells it from the other lines."""
        return f"g:{self.state.value}"


@dataclass(frozen=True, slots=True)
class PrescriptionRow:
    """One prescription: who and what, then by which dispositif and whom; the delay at the right."""

    prescription: Prescription
    dispositif: Dispositif | None

    @property
    def key(self) -> str:
        """What tells it from the other lines."""
        return self.prescription.id

    @property
    def title(self) -> str:
        """The patient."""
        return name_words(self.prescription.content.patient) or NO_NAME

    @property
    def acts(self) -> str:
        """What is to be done."""
        return acts_words(self.prescription)

    @property
    def second(self) -> str:
        """Number, dispositif, doctor, nurse: as far as there is any."""
        one = self.prescription
        went = next((each.name for each in reversed(one.tries) if each.answer is NurseAnswer.ACCEPTED), "")
        told = (
            "renvoyée par le médecin" if was_sent_back(one) else "",
            one.number.text if one.number is not None else "",
            dispositif_words(self.dispositif) if self.dispositif is not None else one.content.dispositif,
            doctor_words(one.content.prescriber),
            went,
        )
        return " · ".join(part for part in told if part)

    def hour(self, now: datetime) -> str:
        """`10:12`, with the day before today."""
        asked = in_paris(self.prescription.asked_at)
        is_today = asked.date() == in_paris(now).date()
        return clock(asked) if is_today else f"{asked:%d/%m} {clock(asked)}"

    def left(self, now: datetime) -> tuple[str, bool]:
        """What is left of the delay, and whether that is little; empty where there is none."""
        delay = delay_now(self.prescription, self.dispositif, now)
        if delay is None:
            return "", False
        return left_words(delay), delay.nearness is not Nearness.FAR

    def sentence(self, now: datetime | None) -> str:
        """As it is read aloud."""
        left = self.left(now)[0] if now is not None else ""
        return ", ".join(
            part for part in (self.title, self.acts, self.second.replace(" · ", ", "), left) if part
        )


Line = Heading | PrescriptionRow


def lines_of(
    groups: Iterable[BoardGroup], dispositif_of: Callable[[Prescription], Dispositif | None]
) -> Iterator[Line]:
    """Each title, then its rows."""
    for group in groups:
        yield Heading(group.state, group.title, len(group.prescriptions))
        for one in group.prescriptions:
            yield PrescriptionRow(one, dispositif_of(one))


class PrescriptionsModel(KeyedListModel):
    """Lines in the order given; `now` is what their clocks say."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self.now: datetime | None = None

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown, from the top."""
        return self._lines

    def line(self, row: int) -> Line | None:
        """The line at a row; None where there is none."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def show(self, lines: tuple[Line, ...]) -> None:
        """Put other lines in; the view forgets where it was."""
        self.beginResetModel()
        self._lines = lines
        self.take_keys(one.key for one in lines)
        self.endResetModel()

    # --- Qt ---------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not isinstance(self.line(index.row()), PrescriptionRow):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.line(index.row())
        if line is None:
            return None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if isinstance(line, Heading):
                return f"{line.words}, {line.count}"
            return line.sentence(self.now)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(line, PrescriptionRow):
            return plain_tip(f"{line.title}\n{line.acts}\n{line.second}")
        return None
