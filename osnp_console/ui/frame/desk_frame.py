"""Everything of the window in one theme: its surround, its workspaces, what is done; nothing is decided."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from osnp_console.app.people.session import Session
from osnp_console.app.preferences import Preferences
from osnp_console.domain.permissions import Act as Right
from osnp_console.ui.frame.call_acts import CallActs
from osnp_console.ui.frame.desk_services import DeskServices
from osnp_console.ui.frame.frame_keys import FrameKeys
from osnp_console.ui.frame.help_panel import HelpPanel
from osnp_console.ui.frame.here import Here
from osnp_console.ui.frame.pieces import Pieces
from osnp_console.ui.frame.put_together import lay_out, tie_bars
from osnp_console.ui.frame.rail import Place
from osnp_console.ui.frame.reflow import Arrangement, arrangement
from osnp_console.ui.frame.shortcuts import Act
from osnp_console.ui.frame.surround import Surround, why_not
from osnp_console.ui.frame.workspaces import Workspaces
from osnp_console.ui.theme.theme import Theme

if TYPE_CHECKING:
    from osnp_console.ui.preferences.accounts.acts import AccountActs


class DeskFrame(QWidget):
    """The window's content once the base is open.

    Signals:
        preferences_changed(object): new Preferences, to be kept and shown.
        widths_changed(object): the columns' widths, a list of int.
        ready(): the base told what it has: calls can be taken.
        lock_wanted(): the screen is to be locked.
        act_wanted(object): an Act was chosen in the help, and may be the window's own.
    """

    preferences_changed = Signal(object)
    widths_changed = Signal(object)
    ready = Signal()
    lock_wanted = Signal()
    act_wanted = Signal(object)

    def __init__(
        self,
        theme: Theme,
        pieces: Pieces,
        services: DeskServices,
        preferences: Callable[[], Preferences],
        accounts: Callable[[QObject], AccountActs],
        width: int,
        parent: QWidget | None = None,
    ) -> None:
        """Made for a window `width` pixels wide; `accounts` makes the acts of the page Comptes."""
        super().__init__(parent)
        self._theme, self._services, self._preferences = theme, services, preferences
        self._arrangement = arrangement(width, theme.scale)
        brief = self._arrangement is Arrangement.ONE_COLUMN
        self._surround = around = Surround(theme, services, preferences(), self, brief=brief)
        self._workspaces = inside = Workspaces(theme, pieces, services, around, preferences, accounts, self)
        self.rail, self.top, self.bar = around.rail, around.top, around.bar
        self.notice, self.notices, self.alarm = around.notice, around.notices, around.alarm
        self.call_desk, self.places = inside.call_desk, inside.places
        self.transfers_place, self.prescriptions_place = inside.transfers, inside.prescriptions
        self.help = HelpPanel(theme, self)
        lay_out(self, theme, around, inside.stack)
        tie_bars(around, inside)
        self._acts = CallActs(services.calls, services.door, around, inside, self)
        self._keys = FrameKeys(self._acts, inside, self.help.open, self.focusNextPrevChild)
        self._connect()
        self.rail.show_place(inside.here)
        around.follow()

    def _connect(self) -> None:
        self.rail.lock_wanted.connect(self.lock_wanted)
        self.help.act_chosen.connect(self.act_wanted)
        self._acts.ready.connect(self.ready)
        self.call_desk.place.widths_changed.connect(self.widths_changed)
        self.places.preferences_changed.connect(self.preferences_changed)
        self.places.agendas_changed.connect(self._services.agendas.searches.load)
        self._services.others.calls_changed.connect(self.places.refresh_calls)

    # --- what the window asks ---------------------------------------------------------------------------

    def arrange(self, width: int) -> bool:
        """Take the arrangement that a window so wide allows; False when the frame must be made anew."""
        wanted = arrangement(width, self._theme.scale)
        narrow = wanted is Arrangement.ONE_COLUMN
        if narrow is not (self._arrangement is Arrangement.ONE_COLUMN):
            return False
        self._arrangement = wanted
        self.call_desk.arrange(wanted, width - self.rail.width() - 2 * self._theme.px(8))
        return True

    def take_stock(self) -> None:
        """The base is open: number the calls from its last one, offer those that were open."""
        self._acts.take_stock(self._preferences().desk.code)

    def where(self) -> Here:
        """Where the operator is, to come back there in another theme."""
        return self._workspaces.where()

    def go_back_to(self, here: Here) -> None:
        """Go back to a place and to its field."""
        self._workspaces.go_back_to(here)

    def is_typing(self) -> bool:
        """Whether the focus is in a field that holds text."""
        return isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)

    def take_preferences(self, preferences: Preferences) -> None:
        """Take preferences that change nothing of the look."""
        self._surround.take_preferences(preferences)

    def show_session(self, session: Session) -> None:
        """Show who is here, and what they may not do."""
        self._surround.show_session(session, self._preferences().person)
        self.call_desk.transfer.is_allowed = why_not(session, Right.TRANSFER) is None

    def say_trouble(self, sentence: str) -> None:
        """Say under the top bar what is wrong with the whole desk."""
        self.notices.say_trouble(sentence)

    def do(self, act: Act) -> None:
        """Do what a shortcut says."""
        self._keys.do(act)

    def take_call(self) -> None:
        """A new call, the keyboard in its first field."""
        self._acts.take()

    def open_call(self, call_id: str) -> None:
        """Show a call: an open one, else a closed one taken up again."""
        self._acts.open(call_id)

    def show_place(self, place: Place) -> None:
        """Put a workspace on screen, the keyboard where work begins in it."""
        self._workspaces.show(place)

    def link_agendas(self) -> None:
        """Show where agendas are declared."""
        self._workspaces.link_agendas()
