"""The way in: from a closed base to somebody at the desk, and the screen they lock when they leave it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from osnp_console.app.preferences import Preferences
from osnp_console.ui.frame.desk_services import DeskServices
from osnp_console.ui.frame.opening import Opening
from osnp_console.ui.frame.pieces import Pieces
from osnp_console.ui.lock.guard import Guard
from osnp_console.ui.theme.theme import Theme


class Entrance(QObject):
    """Opens the base, then lets somebody in; both have their pages among the window's.

    Signals:
        entered(): the base is open, and for the first time somebody may work.
        desk_settled(object): the first start said which desk this is; the new Preferences.
    """

    entered = Signal()
    desk_settled = Signal(object)

    def __init__(
        self,
        pages: QStackedWidget,
        pieces: Pieces,
        services: DeskServices,
        preferences: Callable[[], Preferences],
        theme: Callable[[], Theme],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        calls, receiving = services.calls, services.receiving
        self._preferences = preferences
        self.opening = Opening(pages, pieces, preferences, theme, self)
        self.guard = Guard(
            pages, services.seat, theme, pieces.clock, lambda: calls.calls, calls.hand_over, self
        )
        self.guard.waiting = lambda: receiving.waiting
        self.opening.opened.connect(self._let_in)
        self.guard.entered.connect(self.entered)
        self.guard.failed.connect(self.opening.show_failure)
        calls.ticked.connect(self.guard.tick)
        services.live.changed.connect(self.guard.heard)
        services.live.linked.connect(self.guard.linked)
        self.opening.desk_settled.connect(self.desk_settled)

    @property
    def wants_agendas(self) -> bool:
        """Whether the first start asked for the agendas before anything else."""
        return self.opening.wants_agendas

    @property
    def why_here(self) -> str:
        """Why the base is not the other one that was noted; empty where there is nothing to say."""
        return self.opening.why_here

    def start(self) -> None:
        """Look what opening the base takes, and open it."""
        self.opening.start()

    def watch_idleness(self) -> None:
        """The screen locks by itself after long as is settled now."""
        self.guard.idle.watch(self._preferences().lock_minutes)

    def frame_was_made_anew(self, frame: QWidget) -> None:
        """Another frame stands where the old one did: what covers it stays, in the theme of today."""
        if self.guard.is_covering:
            self.guard.put_under(frame)
            self.guard.retheme()

    def _let_in(self) -> None:
        self.guard.open(self.opening.first_account)
