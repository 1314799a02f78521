"""The slots column brought together with the agendas, for one theme: what is shown, what is asked."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.slots.detail import RecheckState
from osnp_console.app.slots.proposal_words import proposed_sentence
from osnp_console.app.slots.recheck_slot import Checked, Recheck
from osnp_console.app.slots.words import hour_word
from osnp_console.app.sources.words import folded
from osnp_console.domain.slots.proposal import Elsewhere
from osnp_console.domain.slots.slot import Slot as SlotOfAgenda
from osnp_console.ui.agendas.cards import CardMaker
from osnp_console.ui.agendas.deal import Deal, Stage
from osnp_console.ui.agendas.desk import AgendaDesk
from osnp_console.ui.agendas.searches import HOURS, CallSlots
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.checklist.live import LiveLabel
from osnp_console.ui.frame.agenda_counts import StateCount
from osnp_console.ui.slots.panel import SlotsPanel

NOTHING_CHOSEN = "Aucun créneau n’est choisi."
CARD_FIRST = "La carte au-dessus des créneaux attend une réponse."
_RECHECKS = {
    Checked.FREE: RecheckState.FREE,
    Checked.TAKEN: RecheckState.TAKEN,
    Checked.NOT_KNOWN: RecheckState.NOT_KNOWN,
}


class SlotsColumn(QObject):
    """Wires a panel; decides only where the keyboard goes and what the button that books says.

    Signals:
        offered(object, object): the words of the button that books (None: none), why it cannot be used.
        card_shown(bool): whether a card holds the next deliberate act.
        counted(object): a tuple of StateCount for the top bar.
    """

    offered = Signal(object, object)
    card_shown = Signal(bool)
    counted = Signal(object)

    def __init__(
        self, calls: DeskCalls, desk: AgendaDesk, panel: SlotsPanel, cards: CardMaker, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._calls = calls
        self._desk = desk
        self._panel = panel
        self._cards = cards
        self._shown: tuple[object, ...] = ()
        self._asked_from: QWidget | None = None
        self._live = LiveLabel(panel)
        self._announced: tuple[str, ...] = ()
        self._is_behind = False
        panel.book_wanted.connect(self._asked)
        panel.portal_wanted.connect(self._asked)
        panel.search_wanted.connect(desk.searches.search_again)
        panel.retry_wanted.connect(desk.searches.ask_again)
        panel.recheck_wanted.connect(desk.bookings.recheck)
        panel.book_wanted.connect(desk.bookings.book)
        panel.portal_wanted.connect(desk.by_hand.open)
        panel.chosen.connect(self._chosen)
        desk.searches.changed.connect(self._slots_changed)
        desk.searches.declared_changed.connect(self._offer)
        desk.bookings.rechecked.connect(self._rechecked)
        desk.deals.changed.connect(self._deal_changed)
        desk.proposals.changed.connect(self._proposals_changed)
        calls.shown.connect(self.show)

    @Slot(object)
    def show(self, call: OpenCall | None) -> None:
        """Show the slots of a call, and the card of what is under way for it."""
        board = self._desk.searches.slots_of(call).board if call is not None else None
        if board is not None:
            board.elsewhere = self._desk.proposals.elsewhere
        self._panel.show_elsewhere(self._desk.proposals.elsewhere)
        self._panel.show_board(board, HOURS)
        self._show_card(force=True)
        self._offer()

    @Slot(object)
    def _slots_changed(self, slots: CallSlots) -> None:
        if slots.call is self._calls.current:
            self._panel.refresh()
            self._offer()

    @Slot(object, str, object)
    def _rechecked(self, call: OpenCall, slot_id: str, found: Recheck) -> None:
        if call is self._calls.current:
            self._panel.show_recheck(slot_id, _RECHECKS[found.state], found.at)

    @Slot(object)
    def _deal_changed(self, deal: Deal) -> None:
        if deal.call is self._calls.current:
            self._show_card(force=False)
            self._offer()

    @Slot(object)
    def _chosen(self, slot: SlotOfAgenda | None) -> None:
        self._desk.proposals.choose(None if self._is_behind else slot)
        self._offer()

    def stand_behind(self, behind: bool) -> None:
        """Whether a transfer is looked at in the column's place: nothing is proposed from behind it.

        The line looks for a slot itself; what this desk seemed to propose would be withheld from it.
        """
        if behind is not self._is_behind:
            self._is_behind = behind
            row = self._panel.chosen_row
            self._chosen(row.one.slot if row is not None else None)

    @Slot(object)
    def _proposals_changed(self, elsewhere: Elsewhere) -> None:
        """Other desks propose other slots: it is said of the rows, and aloud of the chosen one."""
        call = self._calls.current
        if call is not None:
            self._desk.searches.slots_of(call).board.elsewhere = elsewhere
        self._panel.show_elsewhere(elsewhere)
        self._announce(elsewhere)
        self._offer()

    def _announce(self, elsewhere: Elsewhere) -> None:
        """Say aloud that the chosen slot is proposed elsewhere, once for the same desks."""
        row = self._panel.chosen_row
        proposals = elsewhere.of(row.one.slot, self._calls.clock()) if row is not None else ()
        desks = (row.id if row is not None else "", *(one.desk for one in proposals))
        if desks != self._announced:
            self._announced = desks
            if proposals:
                self._live.know("")  # the words may be those last said of another slot
                self._live.announce(proposed_sentence(proposals, elsewhere.own))

    @Slot(str)
    def _asked(self, what: str) -> None:
        """The operator asked for a card: it takes the keyboard from where it was asked, once."""
        self._asked_from = QApplication.focusWidget()

    def _show_card(self, *, force: bool) -> None:
        """Put the deal's card in the column; the keyboard follows unless somebody is typing elsewhere."""
        call = self._calls.current
        deal = self._desk.deals.of(call) if call is not None else None
        now = _state_of(deal)
        if now == self._shown and not force:
            return
        self._shown = now
        card = self._cards.make(deal) if deal is not None else None
        if card is None:
            self._panel.close_card()
        elif force or self._is_typing_elsewhere():
            self._panel.view.show_card(card)
        else:
            self._panel.show_card(card)
        self.card_shown.emit(card is not None)

    def _is_typing_elsewhere(self) -> bool:
        focused = QApplication.focusWidget()
        if focused is None or not isinstance(focused, QLineEdit | QPlainTextEdit):
            return False
        return focused is not self._asked_from and not self._panel.isAncestorOf(focused)

    @Slot()
    def _offer(self) -> None:
        call, searches = self._calls.current, self._desk.searches
        if call is None or not searches.declared.sources:
            self.offered.emit(None, None)
            self.counted.emit(())
            return
        row, deal = self._panel.chosen_row, self._desk.deals.of(call)
        words = f"Réserver {hour_word(row.one.slot.start)}" if row is not None else "Réserver"
        if row is not None and self._desk.proposals.is_told(row.one.slot):
            words = f"{words} quand même"
        reason = deal.busy or (CARD_FIRST if deal.holds_back else "")
        if not reason and row is None:
            reason = NOTHING_CHOSEN
        self.offered.emit(words, reason or None)
        lines = searches.slots_of(call).board.sources()
        counts = (
            StateCount(one.standing.mark, one.standing.role, one.count, one.standing.counted(one.count))
            for one in folded(lines)
        )
        self.counted.emit(tuple(counts))


def _state_of(deal: Deal | None) -> tuple[object, ...]:
    """What a card was made from: the same card is not made twice, and keeps its keyboard."""
    if deal is None or deal.stage is Stage.NONE:
        return ()
    appointment = deal.appointment
    best = deal.best
    version: tuple[str, str, datetime] | None = None
    if appointment is not None:
        version = (appointment.id, appointment.state.value, appointment.state_since)
    return (
        deal.call.record.id,
        deal.stage,
        deal.slot.id if deal.slot is not None else "",
        version,
        deal.unknown,
        deal.is_looking,
        (best.ranked.slot.id, best.recheck.at) if best is not None else None,
        deal.warned_at,
        tuple(sorted((number, len(tries)) for number, tries in deal.tries.items())),
        deal.source.id if deal.source is not None else "",
        deal.ranked.ruling.missing if deal.ranked is not None else (),
    )
