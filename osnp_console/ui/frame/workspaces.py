"""The workspaces of the frame, made with what each needs, and which of them is on screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from osnp_console.app.preferences import Preferences
from osnp_console.ui.frame.call_desk import CallDesk
from osnp_console.ui.frame.desk_services import DeskServices
from osnp_console.ui.frame.here import Here, focus_named, focused_name
from osnp_console.ui.frame.look_alikes import LookAlikes
from osnp_console.ui.frame.pieces import Pieces
from osnp_console.ui.frame.places import Places
from osnp_console.ui.frame.prescriptions_place import PrescriptionsPlace
from osnp_console.ui.frame.rail import Place
from osnp_console.ui.frame.surround import Surround
from osnp_console.ui.frame.transfers_place import TransfersPlace
from osnp_console.ui.shown_pages import ShownPages
from osnp_console.ui.theme.theme import Theme

if TYPE_CHECKING:
    from osnp_console.ui.preferences.accounts.acts import AccountActs


class Workspaces(QObject):
    """Appel stands from the start; the others are made when they are first shown."""

    def __init__(
        self,
        theme: Theme,
        pieces: Pieces,
        services: DeskServices,
        surround: Surround,
        preferences: Callable[[], Preferences],
        accounts: Callable[[QObject], AccountActs],
        frame: QWidget,
    ) -> None:
        """`accounts` makes the acts of the page Comptes; `frame` holds what is on screen."""
        super().__init__(frame)
        self._theme, self._pieces, self._services = theme, pieces, services
        self._surround, self._preferences, self._accounts = surround, preferences, accounts
        self.call_desk = self._make_call_desk()
        self.transfers = self._make_transfers()
        self.prescriptions = self._make_prescriptions()
        self.places = self._make_places()
        self.stack = QStackedWidget(frame)
        self.stack.addWidget(self.call_desk)
        self.here = Place.CALL
        surround.rail.chosen.connect(self.show)
        self.transfers.wanted.connect(self._show_transfers)
        self.prescriptions.wanted.connect(self._show_prescriptions)
        self.places.call_shown.connect(self.show_call)

    # --- which one is on screen -------------------------------------------------------------------------

    @property
    def current(self) -> QWidget:
        """The workspace on screen."""
        return cast("QWidget", self.stack.currentWidget())

    def show(self, place: Place) -> None:
        """Put a workspace on screen, the keyboard where work begins in it."""
        self.here = place
        bar = self._surround.bar
        self._surround.rail.show_place(place)
        bar.stand_aside(place in (Place.TRANSFERS, Place.PRESCRIPTIONS))
        if place is not Place.PRESCRIPTIONS:
            bar.offer_document("", None)
        if place is Place.CALL:
            self.stack.setCurrentWidget(self.call_desk)
            return
        workspace = self.places.workspace(place)
        if self.stack.indexOf(workspace) < 0:
            self.stack.addWidget(workspace)
        self.stack.setCurrentWidget(workspace)
        self.places.enter(place)
        if place is Place.PRESCRIPTIONS:
            self.prescriptions.entered()

    def show_call(self) -> None:
        """Put the call's workspace on screen."""
        self.show(Place.CALL)

    def link_agendas(self) -> None:
        """Show where agendas are declared."""
        self.show(Place.PREFERENCES)
        self.places.show_heading("Agendas")

    def where(self) -> Here:
        """Where the operator is, to come back there in another theme."""
        return Here(self.here, focused_name(), self.places.heading, self.places.page)

    def go_back_to(self, here: Here) -> None:
        """Go back to a place and to its field."""
        self.show(here.place)
        self.places.show_again(here.heading, here.page)
        focus_named(self.stack, here.field)

    def take_keyboard_back(self) -> None:
        """Give the keyboard back to where it was in the workspace on screen."""
        last = cast("QWidget | None", self.current.focusWidget())
        (self.current if last is None else last).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_transfers(self) -> None:
        self.show(Place.TRANSFERS)

    def _show_prescriptions(self) -> None:
        self.show(Place.PRESCRIPTIONS)

    # --- making -----------------------------------------------------------------------------------------

    def _make_call_desk(self) -> CallDesk:
        services = self._services
        calls, failed = services.calls, self._surround.notices.say_failure
        return CallDesk(
            self._theme,
            self._pieces,
            calls,
            services.journal,
            LookAlikes(calls, services.transfers, services.door, failed),
            services.agendas,
            services.differences,
            services.sending,
            services.registering,
        )

    def _make_transfers(self) -> TransfersPlace:
        services, surround = self._services, self._surround
        return TransfersPlace(
            self._theme,
            services.receiving,
            surround.rail,
            surround.notices,
            services.calls,
            services.agendas,
            self.call_desk.slots,
            self.call_desk.slots_room,
            services.journal,
            self._pieces,
            lambda: self._preferences().desk,
            self,
        )

    def _make_prescriptions(self) -> PrescriptionsPlace:
        services, surround = self._services, self._surround
        return PrescriptionsPlace(
            self._theme,
            services.prescribing,
            surround.rail,
            surround.notices,
            services.calls,
            self.call_desk.checklist.selected_dispositif,
            services.journal,
            services.phone,
            self,
        )

    def _make_places(self) -> Places:
        services, agendas = self._services, self._services.agendas
        return Places(
            self._theme,
            self._pieces,
            services.calls,
            services.door,
            self._preferences,
            agendas.door,
            agendas.searches.answer_of,
            phone=services.phone,
            accounts=self._accounts,
            transfers=self.transfers.workspace,
            prescriptions=self.prescriptions.workspace,
            waiting=services.registering.waiting,
            printing=services.office.printing,
            session=lambda: services.seat.session,
            shown=ShownPages(services.live, self),
            link=self._surround.others.link_words,
        )
