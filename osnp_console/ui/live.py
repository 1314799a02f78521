"""What other desks do, brought onto the window's thread."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, Signal, Slot

from osnp_console.app.base.live import Alone, Change, Feed, Heard, Linked, StillLinked, Subject


class Live(QObject):
    """The feed of a shared base as panels listen to it.

    `up_to_date_at` is when the server last answered; `alone_since` when the link was lost, None while there
    is one. On a base of this desk's own nothing is ever heard, and both are None.

    Signals:
        changed(object): a Change committed at another desk.
        linked(bool): the others are heard again; True after the link was lost: read again what is shown.
        alone(): nobody is heard any more.
        beat(): the server answered: `up_to_date_at` is new.
    """

    changed = Signal(object)
    linked = Signal(bool)
    alone = Signal()
    beat = Signal()
    _home = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.up_to_date_at: datetime | None = None
        self.alone_since: datetime | None = None
        self._feed: Feed | None = None
        self._home.connect(self._come_home)

    @property
    def is_shared(self) -> bool:
        """Whether other desks share the base."""
        return self._feed is not None

    def follow(self, feed: Feed | None) -> None:
        """Listen to a feed, and to the one before no more; None for a base that nobody shares."""
        self.close()
        self._feed = feed
        if feed is not None:
            feed.follow(self._home.emit)

    def close(self) -> None:
        """Stop listening."""
        feed, self._feed = self._feed, None
        if feed is not None:
            feed.close()

    @Slot(object)
    def _come_home(self, heard: Heard) -> None:
        if self._feed is None:
            return
        match heard:
            case Change():
                self.changed.emit(heard)
            case Linked(at):
                was_alone, self.alone_since = self.alone_since is not None, None
                self.up_to_date_at = at
                self.beat.emit()
                self.linked.emit(was_alone)
            case StillLinked(at):
                self.up_to_date_at = at
                self.beat.emit()
            case Alone(since):
                self.alone_since = since
                self.alone.emit()


CALLS = frozenset({Subject.CALL})
AGENDAS = frozenset({Subject.SOURCES, Subject.DIRECTORY, Subject.AGENDA, Subject.APPOINTMENT})
"""What changes the slots that are on screen."""
