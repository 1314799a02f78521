"""What an operator sees and does in the slots column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from osnp_console.app.slots.look import row_look
from osnp_console.app.slots.rows import RowState, Section
from osnp_console.app.slots.words import Names
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_sheet import Answer
from osnp_console.ui.agendas.deal import Deal
from osnp_console.ui.slots.cards.card import BookingCard
from osnp_console.ui.slots.panel import SlotsPanel
from tests.journeys.operator import Operator, pressed

REDON_CALL: Mapping[str, Answer] = {
    fields.CALLER_PHONE: "0639984107",
    fields.BIRTH_NAME: "ESSAI",
    fields.FIRST_NAMES: "Camille",
    facts.BIRTH: "1994-05-02",
    facts.SEX: "F",
    facts.RESIDENCE: "44067",
    facts.REASON: "otite",
    facts.DELAY: 48,
    facts.TECHNICAL_PLATFORM: False,
    facts.REGULAR_DOCTOR: "indisponible",
    fields.DOCTOR_CALLED: True,
    facts.CAN_TRAVEL: True,
}


@dataclass(frozen=True)
class SeenRow:
    """A row as it is painted."""

    id: str
    hour: str
    section: Section
    state: RowState
    right: list[str]
    can_be_chosen: bool


class SlotsDesk:
    """Sits before the column of an operator's window."""

    def __init__(self, operator: Operator) -> None:
        self.operator = operator

    def take_redon_call(self, changed: Mapping[str, Answer] | None = None) -> None:
        """Take a call with every answer that the Pays de Redon wants, or others; None for not asked."""
        pressed("F2")
        calls = self.operator.window.calls
        for code, answer in {**REDON_CALL, **(changed or {})}.items():
            calls.answer(code, answer)
        calls.settle()

    @property
    def is_idle(self) -> bool:
        """Whether no agenda is being asked and nothing is being written."""
        window = self.operator.window
        return window.agendas.is_idle and window.door.is_idle

    def wait_found(self, milliseconds: int = 15_000) -> None:
        """Wait until the search of the call on screen has ended and everything came home."""
        searches = self.operator.window.agendas.searches
        call = self.operator.call
        self.operator.qtbot.waitUntil(
            lambda: searches.slots_of(call).is_complete and self.is_idle, timeout=milliseconds
        )

    @property
    def panel(self) -> SlotsPanel:
        """The column."""
        return self.operator.frame.call_desk.slots

    @property
    def rows(self) -> list[SeenRow]:
        """The rows, from the top."""
        board = self.operator.window.agendas.searches.slots_of(self.operator.call).board
        now = self.operator.window.calls.clock()
        seen = []
        for row in board.column().rows:
            look = row_look(row, Names({}, {}), now)
            right = [clock.words for clock in look.right]
            seen.append(SeenRow(row.id, look.hour, row.section, row.state, right, row.can_be_chosen))
        return seen

    @property
    def sources(self) -> dict[str, str]:
        """Each source's state word, by its name."""
        board = self.operator.window.agendas.searches.slots_of(self.operator.call).board
        return {line.name: line.words for line in board.sources()}

    @property
    def chosen(self) -> str | None:
        """The id of the chosen slot."""
        row = self.panel.chosen_row
        return row.id if row is not None else None

    @property
    def words(self) -> list[str]:
        """The texts seen in the column."""
        return self.operator.words_in(self.panel)

    @property
    def book_button(self) -> tuple[str, bool]:
        """What the button that books says, and whether it can be used."""
        button = self.operator.frame.bar.book
        return button.accessibleName(), button.isVisible() and button.isEnabled()

    @property
    def deal(self) -> Deal:
        """What is under way for the call on screen."""
        return self.operator.window.agendas.deals.of(self.operator.call)

    @property
    def card(self) -> BookingCard | None:
        """The card at the top of the column."""
        card = self.panel.view.card
        return card if isinstance(card, BookingCard) else None

    def choose(self, hour: str) -> str:
        """Choose the row of that hour; returns its id."""
        row = next(row for row in self.rows if row.hour == hour)
        assert self.panel.select(row.id)
        return row.id

    def advance(self, **by: float) -> None:
        """Let time pass on the clock of the desk."""
        clock = self.operator.workstation.hand_clock
        clock.go(**by)
        self.operator.window.calls.ticked.emit(clock.now)
