"""The agendas of this desk: everything about them that outlives a change of theme."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from osnp_console.app.booking.appointments import BookingCancelled, cancel_at_agenda
from osnp_console.app.booking.book_slot import BookSlot
from osnp_console.app.booking.outcome import BookingDone
from osnp_console.app.places.whereabouts import Positions
from osnp_console.app.ports import Background
from osnp_console.app.slots.recheck_slot import SlotRecheck
from osnp_console.app.sources.agendas import Connectors
from osnp_console.app.sources.secrets import SecretKeeper
from osnp_console.domain.appointment import Appointment
from osnp_console.domain.slots.ruling import Rights
from osnp_console.domain.slots.source import AgendaSource
from osnp_console.ui.agendas.bookings import AgendaBookings
from osnp_console.ui.agendas.by_hand import BookingsByHand
from osnp_console.ui.agendas.cards import Acts
from osnp_console.ui.agendas.deal import Deal
from osnp_console.ui.agendas.deals import Deals
from osnp_console.ui.agendas.door import AgendaDoor
from osnp_console.ui.agendas.outside import Outside
from osnp_console.ui.agendas.proposals import DeskProposals
from osnp_console.ui.agendas.searches import AgendaSearches, CallSlots
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.calls import DeskCalls


class AgendaDesk(QObject):
    """Searches, deals, bookings; the window makes one and every frame listens to it."""

    def __init__(
        self,
        calls: DeskCalls,
        door: StoreDoor,
        base: Background,
        connectors: Connectors,
        secrets: SecretKeeper,
        rights: Callable[[], Rights],
        reason_label: Callable[[str], str],
        new_id: Callable[[], str],
        make_outside: Callable[[Deals, AgendaDoor], Outside],
        positions: Positions,
        parent: QObject | None = None,
    ) -> None:
        """`rights` and `reason_label` are read at each search; `make_outside` makes what opens pages."""
        super().__init__(parent)
        self.door = AgendaDoor(self)
        self.searches = AgendaSearches(
            calls, door, self.door, connectors, secrets, base, rights, positions, self
        )
        self.deals = Deals(calls, self.searches, door, self)
        tools = self.searches.tools

        def make(recheck: SlotRecheck, late: Callable[[BookingDone], None]) -> BookSlot:
            return BookSlot(base, connectors, tools, recheck, new_id, late=late)

        def cancel(appointment: Appointment, source: AgendaSource | None) -> BookingCancelled:
            return cancel_at_agenda(appointment, source, connectors, tools)

        self.proposals = DeskProposals(calls, door, self._appointment, self)
        self.deals.changed.connect(self._deal_changed)
        # At the start: what nobody else proposes is chosen first when the search ends.
        self.searches.started.connect(self._read_proposals)
        self.searches.finished.connect(self._read_proposals)
        self.bookings = AgendaBookings(
            calls,
            self.searches,
            self.deals,
            self.door,
            make,
            cancel,
            reason_label,
            self.proposals.before_booking,
            self,
        )
        self.by_hand = BookingsByHand(calls, self.searches, self.deals, new_id, self)
        self.outside = make_outside(self.deals, self.door)
        self.outside.setParent(self)
        self.bookings.page_wanted.connect(self.outside.open_slot_page)

    @property
    def acts(self) -> Acts:
        """Who does what a card asks."""
        return Acts(self.deals, self.bookings, self.by_hand)

    @property
    def is_idle(self) -> bool:
        """True when no search, no booking and no news are under way."""
        return self.searches.is_idle and self.door.is_idle

    def base_ready(self, desk: str) -> None:
        """The base is open: what a stop cut short is settled, what is declared is read."""
        self.deals.recover(desk)
        self.searches.load()

    def _appointment(self) -> Appointment | None:
        deal = self.deals.current
        return deal.appointment if deal is not None else None

    @Slot(object)
    def _deal_changed(self, deal: Deal) -> None:
        self.proposals.look_at_booking()

    @Slot(object)
    def _read_proposals(self, slots: CallSlots) -> None:
        self.proposals.refresh()

    def close(self) -> None:
        """Let nothing come home any more: the window is going."""
        self.proposals.close()
        self.door.shut()
        self.searches.close()
