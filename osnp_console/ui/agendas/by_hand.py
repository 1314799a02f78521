"""Bookings made by a person at a portal or by phone, taken back in one line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from osnp_console.app.booking.by_hand import confirmed_by_hand, taken_by_hand, try_entry
from osnp_console.app.booking.by_hand_cards import Try, TryAnswer
from osnp_console.domain.appointment import AppointmentState
from osnp_console.domain.slots.source import SourceKind
from osnp_console.ui.agendas.deal import Deal, Stage
from osnp_console.ui.agendas.deals import Deals
from osnp_console.ui.agendas.searches import AgendaSearches
from osnp_console.ui.calls import DeskCalls


class BookingsByHand(QObject):
    """What the operator does where no program can ask."""

    def __init__(
        self,
        calls: DeskCalls,
        searches: AgendaSearches,
        deals: Deals,
        new_id: Callable[[], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._calls = calls
        self._searches = searches
        self._deals = deals
        self._new_id = new_id

    def open(self, source_id: str) -> None:
        """Show how to book in an agenda that only a person reads."""
        deal, source = self._deals.current, self._searches.declared.source(source_id)
        if deal is None or source is None or deal.holds_back or deal.busy:
            return
        deal.close()
        deal.appointment = None
        deal.source = source
        deal.stage = Stage.PHONE if source.kind is SourceKind.PHONE else Stage.PORTAL
        self._deals.changed.emit(deal)

    def note_taken(self, line: str) -> None:
        """Keep what was taken, as the line says; raises LineRefused for one that cannot be read."""
        deal = self._deals.current
        if deal is None:
            return
        now, pending = self._calls.clock(), deal.appointment
        if pending is not None and pending.may(AppointmentState.BOOKED):
            self._deals.keep(deal, *confirmed_by_hand(pending, line, now))
        elif deal.source is not None:
            call = deal.call
            dispositif = next(iter(self._taking(deal)), None)
            self._deals.keep(
                deal,
                *taken_by_hand(
                    line, deal.source, call.record.id, call.desk.code, now, self._new_id, dispositif
                ),
            )

    def nothing_taken(self) -> None:
        """Nothing was booked at the portal in the end."""
        self._deals.move(AppointmentState.LOST, "rien n’a été pris")

    def tried(self, number: str, answer: TryAnswer) -> None:
        """A call to a practice or a line, and what it gave."""
        deal = self._deals.current
        if deal is None:
            return
        now, call = self._calls.clock(), deal.call
        source = deal.source.id if deal.source is not None else ""
        deal.tries[number] = (*deal.tries.get(number, ()), Try(now, answer))
        self._deals.write(try_entry(number, answer, source, call.record.id, call.desk.code, now))
        self._deals.changed.emit(deal)

    def _taking(self, deal: Deal) -> list[str]:
        """The source's dispositifs that take the patient, those for sure first."""
        wanted = set(deal.source.dispositifs) if deal.source is not None else set()
        rows = [row for row in deal.call.checklist.rows if row.dispositif.id in wanted and not row.unmet]
        return [row.dispositif.id for row in sorted(rows, key=lambda row: row.unknown)]
