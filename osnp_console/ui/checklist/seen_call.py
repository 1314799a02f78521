"""What the operator has done to the checklist of one call: order on screen, folds, choice."""

from __future__ import annotations

from datetime import datetime

from osnp_console.app.checklist.arrangement import Group, TerritoryEntry
from osnp_console.app.checklist.fold import Fold, Folding, Heading, Line, lines
from osnp_console.app.checklist.in_hand import ChecklistInHand
from osnp_console.app.checklist.stable_order import StableOrder
from osnp_console.domain.dispositif import Dispositif


class SeenCall:
    """The checklist of one call as it is seen; kept while the call is open, shown or not.

    `chosen` is True once the operator went to a row: the program then selects none by itself any more.
    `facts` are those the rows were last worded for.
    """

    def __init__(self, checklist: ChecklistInHand, now: datetime) -> None:
        self.checklist = checklist
        self.order = StableOrder(checklist.arrange(now))
        self.folding = Folding()
        self.selected: Dispositif | None = None
        self.chosen = False
        self.scroll = 0
        self.facts = checklist.call.call
        self.select_by_program()

    def commit(self, now: datetime) -> bool:
        """An answer was completed; returns whether rows changed place."""
        moved = self.order.commit(self.checklist.arrange(now))
        self.select_by_program()
        return moved

    def select_by_program(self) -> bool:
        """Select the first eligible row as of the last commit, unless the operator has chosen one."""
        first = self.order.latest.first_eligible()
        if self.chosen or first is None or first is self.selected:
            return False
        self.selected = first
        return True

    def choose(self, key: str) -> None:
        """The operator went to a row."""
        for section in self.order.shown.sections:
            for entry in section.entries:
                if entry.key == key:
                    self.chosen = True
                    self.selected = (
                        entry.dispositifs[0] if isinstance(entry, TerritoryEntry) else entry.dispositif
                    )
                    return

    @property
    def selected_key(self) -> str | None:
        """The key of the selected row in the order on screen."""
        return self.order.shown.key_of(self.selected.id) if self.selected is not None else None

    def lines(self) -> tuple[Line, ...]:
        """The lines on screen; the selected row is never folded away by a move."""
        key = self.selected_key
        if key is not None and self.chosen:
            self.folding = self.folding.showing(self.order.shown, key)
        return lines(self.order.shown, self.folding)

    def fold(self, line: Heading | Fold, folded: bool) -> None:
        """Fold or unfold a group, or the rest of a run."""
        if isinstance(line, Heading):
            change = self.folding.fold if folded else self.folding.unfold
            self.folding = change(line.group)
        else:
            self.folding = self.folding.close(line.run) if folded else self.folding.open(line.run)

    def unfold(self, group: Group) -> None:
        """Show a group's rows."""
        self.folding = self.folding.unfold(group)
