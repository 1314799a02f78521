"""Nothing moves under the eye: the order on screen changes at a commit only, and waits while it is held."""

from __future__ import annotations

from osnp_console.app.checklist.arrangement import Arrangement, Group


class StableOrder:
    """The order of a checklist as it is shown (interface, §4).

    What is typed never moves a row: only `commit` does, and not while the list is `frozen` (it has the focus,
    or the pointer is over it). Then the order is `stale` until the list is let go.
    """

    def __init__(self, shown: Arrangement) -> None:
        self.shown = shown
        self._frozen = False
        self._waiting: Arrangement | None = None

    @property
    def frozen(self) -> bool:
        """True while rows must keep their place."""
        return self._frozen

    @property
    def stale(self) -> bool:
        """True when a committed order waits for the list to be let go."""
        return self._waiting is not None

    @property
    def latest(self) -> Arrangement:
        """The order of the last commit, on screen or waiting."""
        return self._waiting if self._waiting is not None else self.shown

    @property
    def stale_groups(self) -> frozenset[Group]:
        """The groups on screen whose entries would be others, or in another order."""
        if self._waiting is None:
            return frozenset()
        waiting = {section.group: section.entries for section in self._waiting.sections}
        return frozenset(
            section.group for section in self.shown.sections if section.entries != waiting.get(section.group)
        )

    def commit(self, fresh: Arrangement) -> bool:
        """An answer was completed; returns whether the order on screen changed."""
        if fresh == self.shown:
            self._waiting = None
            return False
        if self._frozen:
            self._waiting = fresh
            return False
        self.shown, self._waiting = fresh, None
        return True

    def hold(self) -> None:
        """The list has the focus or the pointer."""
        self._frozen = True

    def let_go(self) -> bool:
        """Neither focus nor pointer any more; returns whether the order on screen changed."""
        self._frozen = False
        return self.refresh()

    def refresh(self) -> bool:
        """Take the order that waits now, at the operator's own wish; returns whether it changed."""
        if self._waiting is None:
            return False
        self.shown, self._waiting = self._waiting, None
        return True
