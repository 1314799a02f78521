"""The window: its pages, its theme, its shortcuts, its place on the screens. It decides nothing of a call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget

from osnp_console.app.calls.calls_in_hand import CallsInHand
from osnp_console.app.calls.sheet_words import CallSheetWords
from osnp_console.app.calls.write_behind import WriteBehind
from osnp_console.app.people.sign_in import SignIn
from osnp_console.app.ports import StoreFailure
from osnp_console.app.preferences import LARGEST_TEXT, SMALLEST_TEXT, TEXT_STEP, Preferences
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.permissions import Act as Right
from osnp_console.ui.agendas.deals import Deals
from osnp_console.ui.agendas.desk import AgendaDesk
from osnp_console.ui.agendas.door import AgendaDoor
from osnp_console.ui.agendas.outside import Outside
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.differences import Differences
from osnp_console.ui.frame.call_journal import CallJournal
from osnp_console.ui.frame.desk_frame import DeskFrame
from osnp_console.ui.frame.layout_memory import (
    WIDTHS,
    WINDOW,
    remembered_widths,
    restore_place,
    screens_key,
    window_place,
    with_layout,
)
from osnp_console.ui.frame.opening import Opening
from osnp_console.ui.frame.pieces import Pieces
from osnp_console.ui.frame.shortcuts import SHORTCUTS, Act
from osnp_console.ui.live import Live
from osnp_console.ui.lock.guard import Guard
from osnp_console.ui.lock.seat import Seat
from osnp_console.ui.office.made import make_office
from osnp_console.ui.other_desks import OtherDesks
from osnp_console.ui.prescriptions.made import Prescribing, make_prescribing
from osnp_console.ui.telephony.phone_desk import PhoneDesk
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.transfer.desk_transfers import DeskTransfers
from osnp_console.ui.transfer.receiving.desk import ReceivingDesk
from osnp_console.ui.transfer.receiving.made import make_receiving
from osnp_console.ui.transfer.sending import SendingDesk
from osnp_console.ui.waiting.desk_waiting import DeskWaiting
from osnp_console.ui.waiting.registering import RegisteringDesk

if TYPE_CHECKING:
    from osnp_console.ui.preferences.accounts.deeds import AccountDeeds

TITLE = "OSNP Console"
SMALLEST = (1024, 640)
REMEMBER_AFTER_MS = 800
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
        self.preferences: Preferences = pieces.preferences.load()
        self._is_first_start = pieces.preferences.first
        self._begins = False
        self._is_open = False
        self.kept = WriteBehind()
        self.seat = Seat(
            pieces.base,
            pieces.passwords,
            pieces.clock,
            lambda: self.preferences.desk.code,
            pieces.new_id,
            self.kept.log,
            self,
            is_alone=lambda: self.live.alone_since is not None,
        )
        self.door = StoreDoor(self.seat.background, self)
        self.in_hand = CallsInHand(self.preferences.desk, pieces.check, self.kept, pieces.new_id, self._log)
        self.calls = DeskCalls(self.in_hand, self.kept, self.door, pieces.clock, self)
        self.journal = CallJournal(self.calls, pieces.words, self)
        self.phone = PhoneDesk(lambda: self.preferences.telephony, pieces.secrets, pieces.click_to_dial, self)
        self.positions = pieces.positions(lambda: self.preferences.distances)
        self.agendas = self._make_agendas()
        self.live = Live(self)
        self.others = OtherDesks(self.live, self.calls, self)
        self.others.slots_changed.connect(self.agendas.searches.load)
        self.others.proposals_changed.connect(self.agendas.proposals.refresh)
        self.differences = self._make_differences()
        self.transfers = DeskTransfers(
            self.door, self.live, lambda: self.preferences.desk.code, pieces.clock, self, self.seat.on_behalf
        )
        self.receiving = self._make_receiving()
        self.receiving.rings = lambda: self.preferences.arrival_sound
        self.sending = SendingDesk(
            self.calls,
            self.transfers,
            self.journal.say,
            self.phone.dial,
            pieces.unfinished,
            pieces.new_id,
            self,
        )
        self.registering = self._make_registering()
        self.office = make_office(
            pieces.office, self.door, lambda: self.preferences.desk.code, lambda: self.prescribing.desk, self
        )
        self.prescribing = self._make_prescribing()
        self._remember = QTimer(self, singleShot=True, interval=REMEMBER_AFTER_MS)
        self._remember.timeout.connect(self._remember_place)
        self._pages = QStackedWidget(self)
        self.setCentralWidget(self._pages)
        self.theme = self._make_theme()
        # As wide as it will be: made for another width, the frame would be made a second time.
        if not restore_place(self, self.preferences, screens_key(self.theme.scale)):
            self.resize(QApplication.primaryScreen().availableGeometry().size())
        self.frame = self._make_frame()
        self.opening = Opening(self._pages, pieces, lambda: self.preferences, lambda: self.theme, self)
        self.guard = Guard(
            self._pages,
            self.seat,
            lambda: self.theme,
            pieces.clock,
            lambda: self.calls.calls,
            self.calls.hand_over,
            self,
        )
        self.guard.waiting = lambda: self.receiving.waiting
        self.seat.changed.connect(self._show_session)
        self.seat.told.connect(self.calls.save)
        self.opening.opened.connect(self._base_open)
        self.guard.entered.connect(self._base_ready)
        self.guard.failed.connect(self.opening.show_failure)
        self.calls.ticked.connect(self.guard.tick)
        self.opening.desk_settled.connect(self.change_preferences)
        self._arm_shortcuts()
        self.calls.ticked.connect(self._follow_the_hour)
        self.office.printing.told.connect(self._say_news)

    def _make_agendas(self) -> AgendaDesk:
        pieces = self._pieces
        reasons = pieces.check.catalogue.reasons
        return AgendaDesk(
            self.calls,
            self.door,
            self.seat.background,
            pieces.connectors,
            pieces.secrets,
            lambda: self.preferences.rights,
            lambda code: reasons.get(code, code),
            pieces.new_id,
            self._make_outside,
            self.positions,
            self,
        )

    def _make_differences(self) -> Differences:
        return Differences(
            self.calls,
            self.door,
            self._sheet_words,
            {code: fact.question for code, fact in self._pieces.check.catalogue.facts.items()},
            lambda: self.preferences.desk.code,
            self,
        )

    # --- theme, text size -------------------------------------------------------------------------------

    def _make_theme(self) -> Theme:
        dark = self.preferences.is_dark(self._pieces.clock())
        theme = Theme.of(dark=dark, scale=self.preferences.text_scale / 100)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app)
        return theme

    def _make_outside(self, deals: Deals, door: AgendaDoor) -> Outside:
        pieces, catalogue = self._pieces, self._pieces.check.catalogue
        return Outside(
            self.calls,
            deals,
            door,
            pieces.connectors,
            catalogue,
            pieces.papers,
            self._sheet_words,
            lambda: self.preferences.regulator,
            self.phone,
        )

    def _make_receiving(self) -> ReceivingDesk:
        pieces = self._pieces
        return make_receiving(
            self.transfers,
            self.calls,
            self.agendas.deals,
            self.door,
            self.live,
            lambda: self.preferences.desk,
            tuple(pieces.check.catalogue.dispositifs),
            pieces.new_id,
            self,
        )

    def _make_registering(self) -> RegisteringDesk:
        pieces = self._pieces
        waiting = DeskWaiting(
            self.door, self.live, lambda: self.preferences.desk.code, pieces.clock, pieces.new_id, self
        )
        catalogue = pieces.check.catalogue
        return RegisteringDesk(self.calls, waiting, catalogue, self.journal.say, pieces.unfinished, self)

    def _make_prescribing(self) -> Prescribing:
        pieces = self._pieces
        return make_prescribing(
            self.door,
            self.live,
            self.seat,
            SignIn(pieces.base, pieces.passwords, pieces.clock),
            self.office.office,
            pieces.check.catalogue,
            pieces.communes,
            pieces.gazetteer.living,
            lambda: self.preferences.desk.code,
            pieces.clock,
            pieces.new_id,
            pieces.unfinished,
            self.positions,
            lambda: self.preferences.signing,
            self,
        )

    def _sheet_words(self) -> CallSheetWords:
        from osnp_console.app.calls.follow_up import FollowUp

        pieces = self._pieces
        return FollowUp(pieces.check.catalogue, pieces.gazetteer, pieces.commune_names).sheets

    def _account_deeds(self, parent: QObject) -> AccountDeeds:
        """What the page Comptes does, made when it is first shown."""
        from osnp_console.app.people.accounts import Accounts
        from osnp_console.ui.preferences.accounts.deeds import AccountDeeds

        pieces = self._pieces
        return AccountDeeds(
            Accounts(pieces.passwords, pieces.new_id),
            self.door,
            self.seat,
            pieces.clock,
            self.guard.come_in,
            lambda: bool(self.calls.calls),
            parent,
        )

    def _make_frame(self) -> DeskFrame:
        frame = DeskFrame(
            self.theme,
            self._pieces,
            self.calls,
            self.journal,
            self.door,
            self.preferences,
            self.width(),
            self.agendas,
            self.others,
            self.differences,
            self.transfers,
            self._account_deeds,
            self.receiving,
            self.sending,
            self.registering,
            lambda: self.seat.session,
            self.prescribing,
            self.office.printing,
        )
        widths = remembered_widths(self.preferences, screens_key(self.theme.scale))
        frame.call_desk.place.set_own_widths(widths)
        frame.show_session(self.seat.session)
        frame.ready.connect(self._mark_open)
        frame.lock_wanted.connect(self.guard_screen)
        frame.preferences_changed.connect(self.change_preferences)
        frame.widths_changed.connect(self._remember_widths)
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
        if self.guard.is_covering:
            self.guard.put_under(self.frame)
            self.guard.retheme()

    def change_preferences(self, preferences: Preferences) -> None:
        """Keep new preferences and show them."""
        before, self.preferences = self.preferences, replace(preferences, layouts=self.preferences.layouts)
        self._keep_preferences()
        self.in_hand.desk = self.preferences.desk
        if (before.theme, before.text_scale, before.desk, before.person) != (
            self.preferences.theme,
            self.preferences.text_scale,
            self.preferences.desk,
            self.preferences.person,
        ):
            self.rebuild()
        else:
            self.frame.take_preferences(self.preferences)
        if before.lock_minutes != self.preferences.lock_minutes:
            self.guard.idle.watch(self.preferences.lock_minutes)
        if before.rights != self.preferences.rights:
            self.agendas.searches.take_rights()
        if before.distances != self.preferences.distances:
            self.agendas.searches.take_positions()

    def _keep_preferences(self) -> None:
        if self._is_first_start:
            return  # kept settings would say that this desk had a base
        try:
            self._pieces.preferences.save(self.preferences)
        except StoreFailure as failure:
            self.frame.say_trouble(failure.message)

    def _scale(self, step: int) -> None:
        wanted = min(max(self.preferences.text_scale + step, SMALLEST_TEXT), LARGEST_TEXT)
        if wanted != self.preferences.text_scale:
            self.change_preferences(replace(self.preferences, text_scale=wanted))

    def _follow_the_hour(self, now: object) -> None:
        if self.preferences.is_dark(self._pieces.clock()) != self.theme.dark and not self.frame.is_typing():
            self.rebuild()

    # --- opening the base -------------------------------------------------------------------------------

    def start(self) -> None:
        """Look what opening the base takes, and open it."""
        self.opening.start()

    def _base_open(self) -> None:
        self.guard.open(self.opening.first_account)

    def _show_session(self, session: object) -> None:
        self.receiving.people.forget()
        self.frame.show_session(self.seat.session)

    def guard_screen(self) -> None:
        """Lock the screen; on a base without accounts there is nothing to lock it with, which is said."""
        if not self.guard.lock():
            self.frame.say_trouble(NO_ACCOUNTS)

    def _base_ready(self) -> None:
        if self._is_first_start:
            self._is_first_start, self._begins = False, True
            self._keep_preferences()
        self._pages.setCurrentWidget(self.frame)
        self.guard.idle.watch(self.preferences.lock_minutes)
        self.calls.keep_aside(self._pieces.aside())
        self.calls.bring_back()
        self.frame.base_ready()
        self.office.start()
        self.live.follow(self._pieces.feed())

    def say_trouble(self, sentence: str) -> None:
        """Say what is wrong with the whole desk, in the frame there is now."""
        self.frame.say_trouble(sentence)

    def _say_news(self, words: str) -> None:
        self.frame.notices.say_news(words)

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
        if self.opening.wants_agendas:
            self.frame.link_agendas()
        elif self.seat.session.may(Right.TAKE_CALL) and self.calls.current is None:
            self.frame.take_call()

    # --- shortcuts --------------------------------------------------------------------------------------

    def _arm_shortcuts(self) -> None:
        self._acts: dict[Act, Callable[[], None]] = {
            Act.LARGER: lambda: self._scale(TEXT_STEP),
            Act.SMALLER: lambda: self._scale(-TEXT_STEP),
            Act.FULL_SCREEN: self._full_screen,
            Act.LOCK: self.guard_screen,
        }
        for one in SHORTCUTS:
            action = QAction(one.words, self)
            action.setShortcuts([QKeySequence(keys) for keys in one.keys])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setData(one.act)
            action.triggered.connect(self._triggered)
            self.addAction(action)

    def _triggered(self) -> None:
        action = self.sender()
        act = action.data() if isinstance(action, QAction) else None
        if isinstance(act, Act):
            self.do(act)

    def do(self, act: Act) -> None:
        """Do what a shortcut says; before the base is open only what concerns the window itself."""
        own = self._acts.get(act)
        if own is not None:
            own()
        elif self._pages.currentIndex() == self._pages.indexOf(self.frame):
            self.frame.do(act)

    def _full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _log(self, entry: JournalEntry) -> None:
        # Asked for at the time: the calls in hand are made before the object that the window listens to.
        self.calls.log(entry)

    # --- place on the screens ---------------------------------------------------------------------------

    def appear(self) -> None:
        """Show the window where it was on these screens, whole on the main one the first time."""
        if restore_place(self, self.preferences, screens_key(self.theme.scale)):
            self.show()
        else:
            self.showMaximized()

    def _remember_place(self) -> None:
        what = {WINDOW: window_place(self)}
        self.preferences = with_layout(self.preferences, screens_key(self.theme.scale), what)
        self._keep_preferences()

    def _remember_widths(self, widths: object) -> None:
        key = screens_key(self.theme.scale)
        self.preferences = with_layout(self.preferences, key, {WIDTHS: widths})
        self._remember.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panels take the arrangement that this width allows."""
        super().resizeEvent(event)
        if not self.frame.arrange(event.size().width()):
            self.rebuild()
        self._remember.start()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Remember where the window stands."""
        super().moveEvent(event)
        self._remember.start()

    def changeEvent(self, event: QEvent) -> None:
        """Remember a window that was maximised."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowStateChange:
            self._remember.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Everything typed goes to the store before the window goes; open calls are offered next time."""
        self.calls.settle()
        if self._remember.isActive():
            self._remember.stop()
            self._remember_place()
        self.live.close()
        self.prescribing.close()
        self.office.close()
        self.agendas.close()
        self.phone.close()
        self.door.shut()
        super().closeEvent(event)
