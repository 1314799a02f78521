"""The workspace Transferts in the frame: made when first shown, its badge, its keys, its question."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.transfer.matching import Match
from osnp_console.domain.clock import in_paris
from osnp_console.ui.agendas.desk import AgendaDesk
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.frame.call_journal import CallJournal
from osnp_console.ui.frame.desk_notice import DeskNotice, Question
from osnp_console.ui.frame.pieces import Pieces
from osnp_console.ui.frame.rail import Place, Rail
from osnp_console.ui.frame.shortcuts import Act
from osnp_console.ui.slots.panel import SlotsPanel
from osnp_console.ui.telephony.shown_number import dial_shown_in
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.transfer.receiving.borrowed import Room
from osnp_console.ui.transfer.receiving.desk import ReceivingDesk

if TYPE_CHECKING:
    from osnp_console.domain.desk import Desk
    from osnp_console.ui.transfer.receiving.workspace import TransfersWorkspace

NO_LINE = (
    "Ce poste ne répond pour aucune ligne\u202f: un appel transféré se prend au télésecrétariat de la ligne."
)


class TransfersPlace(QObject):
    """Wires a ReceivingDesk to the frame of one theme.

    Signals:
        wanted(): the workspace is to be shown.
        call_wanted(str): a call is to be shown; its id.
        call_shown(): the call on screen is to be seen in Appel.
        next_told(bool): the workspace shows the next deliberate act, or not any more.
        give_back_offered(bool): the transfer on screen can go back into the queue.
        source_wanted(str): where the conditions of that dispositif are read, for the call on screen.
        end_wanted(): the call on screen is to be ended, with an outcome.
    """

    wanted = Signal()
    call_wanted = Signal(str)
    call_shown = Signal()
    next_told = Signal(bool)
    give_back_offered = Signal(bool)
    source_wanted = Signal(str)
    end_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        receiving: ReceivingDesk,
        rail: Rail,
        notices: DeskNotice,
        calls: DeskCalls,
        agendas: AgendaDesk,
        slots: SlotsPanel,
        slots_room: Room,
        journal: CallJournal,
        pieces: Pieces,
        desk: Callable[[], Desk],
        parent: QObject,
    ) -> None:
        """`slots`, the column of the call on screen, lives in `slots_room`; `desk` gives this desk."""
        super().__init__(parent)
        self._theme, self._receiving, self._rail, self._notices = theme, receiving, rail, notices
        self._calls, self._agendas, self._slots, self._slots_room = calls, agendas, slots, slots_room
        self._journal, self._pieces, self._desk = journal, pieces, desk
        self._made: TransfersWorkspace | None = None
        self._is_asking = False
        self._match: Match | None = None
        receiving.counted.connect(self._count)
        receiving.proposed.connect(self._propose)
        receiving.changed.connect(self._ask_again)
        receiving.said.connect(notices.say_news)
        receiving.left_open.told.connect(self._tell_left_open)
        receiving.arrived.connect(self._arrived)
        self._count(receiving.count)

    def workspace(self) -> TransfersWorkspace:
        """The workspace."""
        if self._made is None:
            self._made = self._make()
        return self._made

    def _make(self) -> TransfersWorkspace:
        from osnp_console.app.calls.follow_up import FollowUp
        from osnp_console.ui.transfer.receiving.showing import Sources
        from osnp_console.ui.transfer.receiving.workspace import TransfersWorkspace

        pieces, agendas = self._pieces, self._agendas
        words = FollowUp(pieces.check.catalogue, pieces.gazetteer, pieces.commune_names).sheets
        made = TransfersWorkspace(
            self._theme,
            self._receiving,
            self._calls,
            agendas.deals,
            self._slots,
            self._slots_room,
            Sources(words, pieces.check, self._desk),
            pieces.gazetteer.departements,
            pieces.unfinished,
        )
        made.call_shown.connect(self.call_shown)
        made.call_wanted.connect(self.call_wanted)
        made.said.connect(self._say)
        made.dial_wanted.connect(agendas.outside.dial)
        made.next_told.connect(self.next_told)
        made.give_back_offered.connect(self.give_back_offered)
        made.source_wanted.connect(self.source_wanted)
        made.unbook_wanted.connect(agendas.bookings.outcomes.cancel)
        made.end_wanted.connect(self.end_wanted)
        return made

    def _say(self, words: str) -> None:
        call = self._calls.current
        if call is not None:
            self._say_in(call, words)

    def _say_in(self, call: OpenCall, words: str) -> None:
        self._journal.say(call.record.id, f"{in_paris(self._calls.clock()):%H:%M:%S}", words)

    def _tell_left_open(self, call: OpenCall, words: str) -> None:
        """Whichever workspace is on screen, and in the call itself."""
        self._notices.say_news(words)
        self._say_in(call, words)

    # --- keys -------------------------------------------------------------------------------------------

    def take_unannounced(self) -> None:
        """Maj+F2, from anywhere."""
        if not self._receiving.answers:
            self._notices.say_news(NO_LINE)
            return
        self.wanted.emit()
        self.workspace().ask_caller()

    def give_back(self) -> None:
        """The transfer on screen goes back into the queue."""
        self.workspace().give_back()

    def do(self, act: Act) -> bool:
        """Do what a shortcut says while the workspace is on screen; False when it is none of its own."""
        place = self.workspace()
        own: dict[Act, Callable[[], object]] = {
            Act.BOOK: place.do_next,
            Act.TRANSFER: place.do_next,
            Act.TRANSFER_OTHER: place.refuse,
            Act.NOTHING_FREE: place.nothing_free,
            Act.SOURCE: place.show_source,
            Act.REFRESH: self._slots.refresh_search,
            Act.FILTERS: self._slots.toggle_filters,
            Act.COPY: place.pane.told.copy,
            Act.DIAL: lambda: dial_shown_in(place),
            Act.NEXT_PANE: lambda: place.go_round(1),
            Act.PREVIOUS_PANE: lambda: place.go_round(-1),
        }
        doing = own.get(act)
        if doing is not None:
            doing()
        return doing is not None

    # --- what is told -----------------------------------------------------------------------------------

    def _count(self, count: int) -> None:
        self._rail.buttons[Place.TRANSFERS].set_count(count)

    def _propose(self, match: Match | None) -> None:
        """Ask whether the caller on screen is the patient of an announcement; never over another question."""
        self._match = match
        if match is None:
            if self._is_asking:
                self._is_asking = False
                self._notices.ask(None)
            return
        if self._notices.is_asking and not self._is_asking:
            return
        self._is_asking = True
        self._notices.ask(
            Question(
                match.sentence(self._calls.clock()),
                "Joindre",
                "Une autre personne",
                partial(self._answer, match, same=True),
                partial(self._answer, match, same=False),
            )
        )

    def _ask_again(self) -> None:
        """Another question stood there when it came."""
        if self._match is not None and not self._is_asking:
            self._propose(self._match)

    def _answer(self, match: Match, *, same: bool) -> None:
        self._is_asking, self._match = False, None
        if same:
            self._receiving.join(match)
        else:
            self._receiving.drop(match)

    def _arrived(self, transfer: object) -> None:
        """One sound, where the desk wants it; the badge says the rest, and the keyboard stays where it is."""
        if self._receiving.rings():
            QApplication.beep()
