"""The window: its pages, its theme, its keys, its place on the screens. It decides nothing of a call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget

from osnp_console.app.people.session import Eyes, Standing
from osnp_console.app.preferences import LARGEST_TEXT, SMALLEST_TEXT, TEXT_STEP, Preferences
from osnp_console.app.preferences_in_use import PreferencesInUse
from osnp_console.domain.permissions import Act as Right
from osnp_console.ui.frame.account_settings import account_deeds
from osnp_console.ui.frame.armed_shortcuts import ArmedShortcuts
from osnp_console.ui.frame.desk_frame import DeskFrame
from osnp_console.ui.frame.desk_services import DeskServices
from osnp_console.ui.frame.entrance import Entrance
from osnp_console.ui.frame.layout_memory import LayoutMemory
from osnp_console.ui.frame.pieces import Pieces
from osnp_console.ui.frame.shortcuts import Act
from osnp_console.ui.theme.theme import Theme

TITLE = "OSNP Console"
SMALLEST = (1024, 640)
NO_ACCOUNTS = (
    "Cette base n’a pas encore de comptes\u202f: rien ne verrouillerait l’écran. L’administrateur crée le "
    "premier (commande «\u00a0comptes creer --premier\u00a0»)."
)


class MainWindow(QMainWindow):
    """One window, one form. Its title never carries a name, a phone or a reason."""

    became_open = Signal()
    """Calls can be taken."""

    def __init__(self, pieces: Pieces) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self.setMinimumSize(*SMALLEST)
        self._pieces = pieces
        self._in_use = PreferencesInUse(pieces.preferences, self.say_trouble)
        self._begins = False
        self._is_open = False
        self._seen_by = Eyes()
        self._take_services(DeskServices(pieces, lambda: self.preferences, self))
        self._pages = QStackedWidget(self)
        self.setCentralWidget(self._pages)
        self.theme = self._make_theme()
        self._layout = LayoutMemory(self, self._in_use, lambda: self.theme.scale)
        # As wide as it will be: made for another width, the frame would be made a second time.
        if not self._layout.restore():
            self.resize(QApplication.primaryScreen().availableGeometry().size())
        self.frame = self._make_frame()
        self._entrance = Entrance(
            self._pages, pieces, self.services, lambda: self.preferences, lambda: self.theme, self
        )
        self.guard = self._entrance.guard
        self._entrance.entered.connect(self._base_ready)
        self._entrance.desk_settled.connect(self.change_preferences)
        self.seat.changed.connect(self._show_session)
        self.calls.ticked.connect(self._follow_the_hour)
        self.services.office.printing.told.connect(self._say_news)
        self.services.drafts.told.connect(self._say_news)
        self._acts: dict[Act, Callable[[], None]] = {
            Act.LARGER: lambda: self._scale(TEXT_STEP),
            Act.SMALLER: lambda: self._scale(-TEXT_STEP),
            Act.FULL_SCREEN: self._full_screen,
            Act.LOCK: self.guard_screen,
        }
        ArmedShortcuts(self, self.do)

    def _take_services(self, services: DeskServices) -> None:
        """Those that whoever runs the window asks it for are at hand under their own names."""
        self.services = services
        self.kept, self.seat, self.door = services.kept, services.seat, services.door
        self.calls, self.journal, self.phone = services.calls, services.journal, services.phone
        self.agendas, self.live, self.transfers = services.agendas, services.live, services.transfers
        self.receiving, self.sending = services.receiving, services.sending
        self.prescribing = services.prescribing

    # --- theme, text size -------------------------------------------------------------------------------

    @property
    def preferences(self) -> Preferences:
        """Those of this desk, as they are now."""
        return self._in_use.now

    def _make_theme(self) -> Theme:
        dark = self.preferences.is_dark(self._pieces.clock())
        theme = Theme.of(dark=dark, scale=self.preferences.text_scale / 100)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app)
        return theme

    def _make_frame(self) -> DeskFrame:
        services = self.services
        frame = DeskFrame(
            self.theme,
            self._pieces,
            services,
            lambda: self.preferences,
            lambda parent: account_deeds(self._pieces, services, self.guard.come_in, parent),
            self.width(),
        )
        frame.call_desk.place.set_own_widths(self._layout.widths)
        frame.show_session(self.seat.session)
        frame.ready.connect(self._mark_open)
        frame.lock_wanted.connect(self.guard_screen)
        frame.act_wanted.connect(self.do)
        frame.preferences_changed.connect(self.change_preferences)
        frame.widths_changed.connect(self._layout.take_widths)
        self._pages.addWidget(frame)
        return frame

    def rebuild(self) -> None:
        """Make every panel anew in today's theme; what is open, and where the focus was, stays."""
        here = self.frame.where()
        old, shown = self.frame, self._pages.currentWidget() is self.frame
        self.theme = self._make_theme()
        self.frame = self._make_frame()
        if shown:
            self._pages.setCurrentWidget(self.frame)
        self._pages.removeWidget(old)
        old.deleteLater()
        self.frame.arrange(self.width())
        self.frame.go_back_to(here)
        self._entrance.frame_was_made_anew(self.frame)

    def change_preferences(self, preferences: Preferences) -> None:
        """Keep new preferences and show them."""
        before = self._in_use.change(preferences)
        now = self.preferences
        self.services.take_desk(now.desk)
        if _look(before) != _look(now):
            self.rebuild()
        else:
            self.frame.take_preferences(now)
        if before.lock_minutes != now.lock_minutes:
            self._entrance.watch_idleness()
        self.services.take_preferences(before, now)

    def _scale(self, step: int) -> None:
        wanted = min(max(self.preferences.text_scale + step, SMALLEST_TEXT), LARGEST_TEXT)
        if wanted != self.preferences.text_scale:
            self.change_preferences(replace(self.preferences, text_scale=wanted))

    def _follow_the_hour(self, now: object) -> None:
        if self.preferences.is_dark(self._pieces.clock()) != self.theme.dark and not self.frame.is_typing():
            self.rebuild()

    # --- from a closed base to the first call -----------------------------------------------------------

    def start(self) -> None:
        """Look what opening the base takes, and open it."""
        self._entrance.start()

    def _show_session(self, session: object) -> None:
        self.receiving.people.forget()
        before, self._seen_by = self._seen_by, self.seat.session.eyes
        is_nobodys = self._is_open and self.seat.session.standing is Standing.NOBODY
        if is_nobodys or (before.person is not None and before != self._seen_by):
            # What somebody looked at is not for the next one, who reads it in their own name, if at all; nor
            # for the same person, once they may not.
            self.rebuild()
        else:
            self.frame.show_session(self.seat.session)

    def guard_screen(self) -> None:
        """Lock the screen; on a base without accounts there is nothing to lock it with, which is said."""
        if not self.guard.lock():
            self.say_trouble(NO_ACCOUNTS)

    def _base_ready(self) -> None:
        self._begins = self._in_use.base_is_there()
        self._pages.setCurrentWidget(self.frame)
        self._entrance.watch_idleness()
        if self._entrance.why_here:
            self._say_news(self._entrance.why_here)
        self.services.bring_back()
        self.frame.take_stock()
        self.services.start()

    @property
    def is_open(self) -> bool:
        """Whether calls can be taken: the base is open and its last numbers are known."""
        return self._is_open

    def _mark_open(self) -> None:
        self._is_open = True
        self.became_open.emit()
        if self._begins:
            self._begins = False
            # Once the frame has taken stock: the empty call then has its number.
            QTimer.singleShot(0, self, self._begin)

    def _begin(self) -> None:
        """The first start ends on an empty call, or where agendas are linked."""
        if self._entrance.wants_agendas:
            self.frame.link_agendas()
        elif self.seat.session.may(Right.TAKE_CALL) and self.calls.current is None:
            self.frame.take_call()

    # --- what is asked and said -------------------------------------------------------------------------

    def do(self, act: Act) -> None:
        """Do what a shortcut says; before the base is open only what concerns the window itself."""
        own = self._acts.get(act)
        if own is not None:
            own()
        elif self._pages.currentIndex() == self._pages.indexOf(self.frame):
            self.frame.do(act)

    def _full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def say_trouble(self, sentence: str) -> None:
        """Say what is wrong with the whole desk, in the frame there is now."""
        self.frame.say_trouble(sentence)

    def _say_news(self, words: str) -> None:
        self.frame.notices.say_news(words)

    # --- place on the screens ---------------------------------------------------------------------------

    def appear(self) -> None:
        """Show the window where it was on these screens, whole on the main one the first time."""
        if self._layout.restore():
            self.show()
        else:
            self.showMaximized()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panels take the arrangement that this width allows."""
        super().resizeEvent(event)
        if not self.frame.arrange(event.size().width()):
            self.rebuild()
        self._layout.moved()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Remember where the window stands."""
        super().moveEvent(event)
        self._layout.moved()

    def changeEvent(self, event: QEvent) -> None:
        """Remember a window that was maximised."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowStateChange:
            self._layout.moved()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Everything typed goes to the store before the window goes; open calls are offered next time."""
        self.calls.settle()
        self._layout.settle()
        self.services.close()
        super().closeEvent(event)


def _look(preferences: Preferences) -> tuple[object, ...]:
    """What every panel is made with: another one of these, and they are made anew."""
    return preferences.theme, preferences.text_scale, preferences.desk, preferences.person
