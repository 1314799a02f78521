"""Searches for the calls in hand: when one begins, and how its news reach the call's board."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.places.whereabouts import Positions
from osnp_console.app.ports import Background, SourceMemory, StoreFailure
from osnp_console.app.slots.board import SlotBoard
from osnp_console.app.slots.call_sources import can_search, sources_for
from osnp_console.app.slots.general_slots import general_slots_gone, waited_for
from osnp_console.app.slots.search_events import Finished, Landed, SearchEvent
from osnp_console.app.slots.search_slots import SlotSearch
from osnp_console.app.sources.agendas import Connectors, SourceTools
from osnp_console.app.sources.declared_agendas import DeclaredAgendas, keep_memories, read_agendas
from osnp_console.app.sources.secrets import SecretKeeper, reading
from osnp_console.domain import call_sheet as fields
from osnp_console.domain.criteria.answers import GENERAL_SLOTS_GONE
from osnp_console.domain.slots.answers import SourceAnswer
from osnp_console.domain.slots.ruling import Rights, admissions_of
from osnp_console.domain.slots.source import BY_HAND, AgendaSource
from osnp_console.ui.agendas.door import AgendaDoor
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.calls import DeskCalls

HOURS = 72
"""How far the column looks ahead: the last of its bands."""
NEWS_EVERY_MS = 40
SLOTS_AT_ONCE = 1_000
"""Slots taken in at one go: a larger answer is taken in parts, between which keys are answered."""
BREATH = 10
"""After taking news in, the window gets so many times as long for itself before the next."""


@dataclass(slots=True, eq=False)
class CallSlots:
    """The slots of one call: its board, which agendas were asked, whether a search is under way."""

    call: OpenCall
    board: SlotBoard
    asked: frozenset[str] = frozenset()
    is_complete: bool = False


@dataclass(slots=True, eq=False)
class _News:
    """What a search said and nobody has looked at yet; filled by any thread, emptied by the window's."""

    events: deque[tuple[int, SearchEvent]] = field(default_factory=deque)


class AgendaSearches(QObject):
    """One search at a time, for the call on screen; each call keeps what was found for it.

    Signals:
        started(object): a CallSlots whose agendas are about to be asked.
        changed(object): a CallSlots whose rows, sources or clocks say something else.
        finished(object): a CallSlots whose search has ended.
        declared_changed(): other agendas are declared than before.
        failed(object): the StoreFailure that keeps the agendas from being read.
    """

    started = Signal(object)
    changed = Signal(object)
    finished = Signal(object)
    declared_changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        calls: DeskCalls,
        door: StoreDoor,
        agenda_door: AgendaDoor,
        connectors: Connectors,
        secrets: SecretKeeper,
        background: Background,
        rights: Callable[[], Rights],
        positions: Positions,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._calls = calls
        self._door = door
        self._home = agenda_door
        self.rights = rights
        self._positions = positions
        positions.changed = lambda: agenda_door.bring(self.take_positions)
        self.tools = SourceTools(calls.clock, reading(secrets), background)
        self.search = SlotSearch(connectors, self.tools, remember=self._remember)
        self.declared = DeclaredAgendas()
        self._of_call: dict[str, CallSlots] = {}
        self._answers: dict[str, SourceAnswer] = {}
        self._number = 0
        self._searching: CallSlots | None = None
        self._starting: CallSlots | None = None
        self._news = _News()
        self._learned: dict[str, SourceMemory] = {}
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._take_news)
        calls.edited.connect(self._edited)
        calls.settled.connect(self._settled)
        calls.shown.connect(self._shown)
        calls.closed.connect(self._closed)
        calls.ticked.connect(self._ticked)

    # --- what is there ----------------------------------------------------------------------------------

    def slots_of(self, call: OpenCall) -> CallSlots:
        """What was found for a call, nothing yet for a new one."""
        found = self._of_call.get(call.record.id)
        if found is None or found.call is not call:
            board = SlotBoard(self._calls.clock(), self.rights(), self._positions.of_place)
            found = self._of_call[call.record.id] = CallSlots(call, board)
            board.link(self._linked(call), self._calls.clock())
            self._judge(found)
        return found

    def answer_of(self, source: str) -> SourceAnswer | None:
        """How a source last answered since the window was opened."""
        return self._answers.get(source)

    @property
    def is_idle(self) -> bool:
        """True when no search is under way and all its news were taken in."""
        return self._searching is None and self._starting is None and not self._news.events

    # --- acts -------------------------------------------------------------------------------------------

    @Slot()
    def load(self) -> None:
        """Read which agendas are declared; those of the call on screen are asked when there is something."""
        self._door.ask(read_agendas, self._loaded, self.failed.emit)

    @Slot()
    def search_again(self) -> None:
        """Ask the agendas of the call on screen again."""
        call = self._calls.current
        if call is not None and can_search(call):
            self._start(self.slots_of(call))

    def ask_again(self, source: str) -> None:
        """Ask a source that rests all the same: the operator chose to."""
        self.search.let_through(source)
        self.search_again()

    def take_rights(self) -> None:
        """Other types of slots may be used: every call's slots are judged anew, in place."""
        for slots in self._of_call.values():
            slots.board.allow(self.rights(), self._calls.clock())
            self.changed.emit(slots)

    def take_positions(self) -> None:
        """It is known where more communes are, or may be asked: rows say so and take their place."""
        now = self._calls.clock()
        for slots in self._of_call.values():
            self._judge(slots, places_moved=True)
            slots.board.commit(now)
            self.changed.emit(slots)

    def close(self) -> None:
        """Give up what is under way."""
        self._positions.close()
        self.search.close()

    # --- beginning a search -----------------------------------------------------------------------------

    def _loaded(self, declared: DeclaredAgendas) -> None:
        before, self.declared = self.declared, declared
        self.search.recall(declared.memories)
        for source in before.sources:
            if declared.source(source.id) is None:
                self.search.forget(source.id)
        for one in self._of_call.values():
            one.board.link(self._linked(one.call), self._calls.clock())
        if before.sources != declared.sources:
            self.declared_changed.emit()
            # What reads agendas is read before the first search, beside the window.
            self.search.prepare(declared.sources)
        current = self._calls.current
        if current is not None:
            self._search_if_needed(current)
            self.changed.emit(self.slots_of(current))

    def _linked(self, call: OpenCall) -> list[AgendaSource]:
        return sources_for(call, self.declared.sources, self.declared.directory.effecteurs)

    def _search_if_needed(self, call: OpenCall) -> None:
        """Search when there is something to search with and an agenda that was not asked for this call."""
        slots = self.slots_of(call)
        if not can_search(call):
            return
        wanted = {one.id for one in self._linked(call) if one.kind not in BY_HAND}
        under_way = slots in (self._searching, self._starting)
        if wanted and not under_way and not (wanted <= slots.asked and slots.is_complete):
            self._start(slots)

    def _start(self, slots: CallSlots) -> None:
        """Read what is declared now, then ask: a change of the settings counts at once."""
        self._starting = slots
        self._door.ask(read_agendas, lambda declared: self._ask(slots, declared), self._not_read)
        self.started.emit(slots)

    def _not_read(self, failure: StoreFailure) -> None:
        self._starting = None
        self.failed.emit(failure)

    def _ask(self, slots: CallSlots, declared: DeclaredAgendas) -> None:
        if self._starting is slots:
            self._starting = None
        self.declared = declared
        if slots.call is not self._calls.current:
            return
        sources = sources_for(slots.call, declared.sources, declared.directory.effecteurs)
        now = self._calls.clock()
        slots.board.link(sources, now)
        if self._searching is not None:
            self._searching.is_complete = False
        self._number += 1
        number, news = self._number, self._news

        def report(event: SearchEvent) -> None:
            news.events.append((number, event))
            self._home.bring(self._hear)

        self._searching = slots
        slots.asked = frozenset(one.id for one in sources)
        slots.is_complete = False
        queries = declared.queries(now, now + timedelta(hours=HOURS), sources)
        self.search.start(queries, report, declared.tie)

    # --- its news ---------------------------------------------------------------------------------------

    def _hear(self) -> None:
        if not self._pause.isActive():
            self._pause.start(NEWS_EVERY_MS)

    @Slot()
    def _take_news(self) -> None:
        """Take in all that came meanwhile at once: slots are merged and ranked once for many."""
        began = perf_counter()
        own = self._next_news()
        slots = self._searching
        if slots is None or not own:
            return
        slots.board.take(own, self._calls.clock())
        self._answers |= slots.board.pool.answers
        if isinstance(own[-1], Finished):
            self._searching = None
            slots.is_complete = True
            self._keep_memories()
        self._learn_from(slots)
        self.changed.emit(slots)
        if slots.is_complete:
            self.finished.emit(slots)
        spent = round((perf_counter() - began) * 1000)
        if self._news.events:
            self._pause.start(max(NEWS_EVERY_MS, BREATH * spent))

    def _next_news(self) -> list[SearchEvent]:
        """What the search under way said, up to so many slots; the rest waits for its turn."""
        waiting, taken, room = self._news.events, list[SearchEvent](), SLOTS_AT_ONCE
        while waiting and room > 0:
            number, event = waiting.popleft()
            if number != self._number:
                continue
            if isinstance(event, Landed) and len(event.slots) > room:
                waiting.appendleft((number, replace(event, slots=event.slots[room:])))
                event = replace(event, slots=event.slots[:room])
            taken.append(event)
            room -= len(event.slots) if isinstance(event, Landed) else 0
        return taken

    def _learn_from(self, slots: CallSlots) -> None:
        """Tell the call whether general medicine has slots left, where a dispositif hangs on it."""
        call = slots.call
        if call is not self._calls.current or not waited_for(call.checklist):
            return
        gone = general_slots_gone(
            slots.board.pool.answers, self.declared.sources, call.checklist, self._calls.clock()
        )
        if call.record.sheet.answer(GENERAL_SLOTS_GONE) != gone:
            self._calls.answer(GENERAL_SLOTS_GONE, gone)
            self._calls.settle()

    def _remember(self, source: str, memory: SourceMemory) -> None:
        """On any thread."""
        self._home.bring(lambda: self._learned.__setitem__(source, memory))

    def _keep_memories(self) -> None:
        learned, self._learned = self._learned, {}
        if learned:
            self._door.ask(
                lambda open_unit: keep_memories(open_unit, learned), lambda done: None, self.failed.emit
            )

    # --- the calls --------------------------------------------------------------------------------------

    def _judge(self, slots: CallSlots, *, places_moved: bool = False) -> None:
        call = slots.call
        slots.board.judge(
            admissions_of(call.checklist),
            self._calls.clock(),
            own_doctor=call.record.sheet.text(fields.DOCTOR_PRACTICE),
            patient=self._positions.of_patient(call),
            places_moved=places_moved,
        )

    @Slot(object, object)
    def _edited(self, call: OpenCall, touched: frozenset[str]) -> None:
        slots = self.slots_of(call)
        if touched:
            self._judge(slots)
            self.changed.emit(slots)

    @Slot(object)
    def _settled(self, call: OpenCall) -> None:
        slots = self.slots_of(call)
        self._judge(slots)
        slots.board.commit(self._calls.clock())
        if call is self._calls.current:
            linked = self._linked(call)
            slots.board.link(linked, self._calls.clock())
            # What is no longer linked was forgotten: should it come back, it is asked again.
            slots.asked &= {one.id for one in linked}
            self._search_if_needed(call)
        self.changed.emit(slots)

    @Slot(object)
    def _shown(self, call: OpenCall | None) -> None:
        if call is not None:
            self._search_if_needed(call)

    @Slot(object)
    def _closed(self, call: OpenCall) -> None:
        slots = self._of_call.pop(call.record.id, None)
        if slots is not None and slots is self._searching:
            self._searching = None
            self.search.cancel()

    @Slot(object)
    def _ticked(self, now: datetime) -> None:
        current = self._calls.current
        if current is not None:
            slots = self.slots_of(current)
            slots.board.tick(now)
            self.changed.emit(slots)
