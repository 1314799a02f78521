"""What stands around the workspaces: rail, top bar, notice, alarm, bottom bar, as call and person want it."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.people.session import Session, Standing
from osnp_console.app.preferences import Preferences
from osnp_console.app.transfer.panel_words import tab_words
from osnp_console.domain.permissions import Act as Right
from osnp_console.domain.permissions import who_may
from osnp_console.ui.alarm.band import AlarmBand
from osnp_console.ui.frame.action_bar import ActionBar
from osnp_console.ui.frame.desk_notice import DeskNotice
from osnp_console.ui.frame.desk_services import DeskServices
from osnp_console.ui.frame.notice_line import NoticeLine
from osnp_console.ui.frame.others_told import OthersTold
from osnp_console.ui.frame.rail import Rail
from osnp_console.ui.frame.top_bar import TopBar
from osnp_console.ui.theme.theme import Theme


class Surround(QObject):
    """Follows the calls in hand and who is here; what is asked by its buttons is done elsewhere."""

    def __init__(
        self, theme: Theme, services: DeskServices, preferences: Preferences, parent: QObject, *, brief: bool
    ) -> None:
        """`brief` is for a window too narrow for words: marks and letters stand for them."""
        super().__init__(parent)
        calls = services.calls
        self._services, self._calls = services, calls
        self.rail = Rail(theme, narrow=brief)
        self.top = TopBar(theme, lambda: calls.calls, preferences.desk, brief=brief)
        self.top.tabs.transfer_words = self._transfer_words
        self.notice = NoticeLine(theme)
        self.notices = DeskNotice(self.notice, self)
        self.others = OthersTold(self.top, self.notices, calls, services.others, services.differences, self)
        self.alarm = AlarmBand(theme, calls, preferences.emergency_name, preferences.emergency_phone)
        self.bar = ActionBar(theme, brief=brief)

    @property
    def heads(self) -> tuple[QWidget, ...]:
        """What stands over the workspace, from the top down."""
        return (self.top, self.notice, self.alarm)

    def follow(self) -> None:
        """From now on: the calls in hand, the one on screen, what failed. Asked once the rest has its word.

        The workspaces hear of a call before what stands around them: they were made to.
        """
        calls, services = self._calls, self._services
        for failed in (
            services.prescribing.desk.failed,
            services.transfers.failed,
            services.agendas.searches.failed,
            services.agendas.deals.failed,
            calls.stored,
        ):
            failed.connect(self.notices.say_failure)
        for signal in (services.sending.changed, calls.opened, calls.closed, calls.moved, calls.settled):
            signal.connect(self._follow)
        calls.shown.connect(self._follow)
        calls.ticked.connect(self.top.tick)
        services.receiving.changed.connect(self.refresh)
        services.journal.changed.connect(self._show_journal)
        calls.shown.connect(self.others.ask_end)
        self.others.ask_end()
        self.refresh()
        self._order_tab()

    def take_preferences(self, preferences: Preferences) -> None:
        """Somebody else is called in an emergency."""
        self.alarm.set_emergency(preferences.emergency_name, preferences.emergency_phone)

    def show_session(self, session: Session, person: str) -> None:
        """Show who is here and what they may not do; `person` is who works where nobody has an account."""
        unnamed = session.standing is Standing.WITHOUT_ACCOUNTS
        self.top.show_person(person if unnamed else session.name)
        self.rail.lock.setVisible(session.person is not None)
        self.top.new_call.set_reason(why_not(session, Right.TAKE_CALL))
        self.bar.allow_transfer(why_not(session, Right.TRANSFER))

    def refresh(self) -> None:
        """Show the calls in hand, and the one on screen."""
        current = self._calls.current
        if self.top.rebuild(current, self._calls.clock()):
            self._order_tab()
        self.bar.show_call(current)
        self._show_journal()

    def _follow(self, call: object) -> None:
        self.refresh()

    def _show_journal(self, call_id: str = "") -> None:
        current = self._calls.current
        lines = self._services.journal.lines(current.record.id) if current is not None else []
        self.bar.show_journal(lines)

    def _transfer_words(self, call: OpenCall) -> str:
        transfer = self._services.sending.transfer(call)
        return tab_words(transfer) if transfer is not None else self._services.receiving.tab_words(call)

    def _order_tab(self) -> None:
        """Tab goes from the workspace to the action bar, the top bar, the rail, what is announced."""
        stops: list[QWidget] = [*self.bar.stops, *self.top.stops]
        stops += [*self.rail.buttons.values(), self.rail.lock, self.notice.yes, self.notice.no]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)


def why_not(session: Session, right: Right) -> str | None:
    """Why this person may not, None when they may; nobody is told why before they have said who they are."""
    may = session.may(right) or session.standing is Standing.NOBODY
    return None if may else who_may(right)
