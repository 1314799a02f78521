"""The slots of one call as they are shown: what is read, in which order, and what waits to be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from osnp_console.app.slots.filters import NO_FILTER, FilterChoices, SlotFilters, choices_among, count_bands
from osnp_console.app.slots.judged_slots import JudgedSlots
from osnp_console.app.slots.places import SlotPlaces, Spot
from osnp_console.app.slots.pool import SlotPool
from osnp_console.app.slots.rows import Column, Loss, Section, SlotRow, grouped
from osnp_console.app.slots.search_events import SearchEvent
from osnp_console.app.slots.tally import Tally, Where, count_answers
from osnp_console.app.sources.words import SourceLine, search_span, source_line
from osnp_console.domain.slots.proposal import NOTHING_ELSEWHERE
from osnp_console.domain.slots.ranking import Locate, RankedSlot, Whereabouts
from osnp_console.domain.slots.ruling import USUAL_RIGHTS, Admissions, Rights, Standing
from osnp_console.domain.slots.source import AgendaSource

CLOSED_IS_TOLD = timedelta(minutes=10)
"""How long an emptied column says that its last slots just closed; ours."""
_WHERE = {Standing.NOT_THIS_DESK: Where.OTHER_DESK, Standing.REFUSED: Where.REFUSED}


class SlotBoard:
    """The slots of one call; it lives on the window's thread and never reads a clock.

    Rows change place only in `commit`, `show_news`, `set_filters`, and while the list is not held: what
    lands meanwhile is counted. The first results appear at once. Every row keeps its slot: its words may
    change, its place not (interface, §5 and §11). `elsewhere` is what other desks propose, as last read.
    """

    def __init__(self, now: datetime, rights: Rights = USUAL_RIGHTS, locate: Locate | None = None) -> None:
        self.pool = SlotPool()
        self.filters = NO_FILTER
        self.is_held = False
        self.elsewhere = NOTHING_ELSEWHERE
        self._judged = JudgedSlots(self.pool, now, rights, locate)
        self._places = SlotPlaces(self._judged)
        self._selected: str | None = None
        self._operator_chose = False
        self._version = 0
        self._choices = 0
        self._stands: tuple[int, list[Spot]] | None = None
        self._column: tuple[tuple[int, datetime], Column] | None = None
        self._tally: tuple[tuple[int, datetime], Tally] | None = None

    # --- what comes in ----------------------------------------------------------------------------------

    def link(self, sources: Iterable[AgendaSource], now: datetime) -> None:
        """Say which agendas are linked to the desk, in the order in which they are listed."""
        declared = tuple(sources)
        if declared != self.pool.sources:
            self.pool.link(declared)
            self._decide(now)
        self._settle_places()

    def judge(
        self,
        admissions: Admissions,
        now: datetime,
        *,
        own_doctor: str = "",
        patient: Whereabouts | None = None,
        places_moved: bool = False,
    ) -> None:
        """Something is known otherwise: rows say so in place, none moves.

        `places_moved` when it may be known where more places are: nothing else tells.
        """
        if self._judged.judge_by(admissions, own_doctor, patient) or places_moved:
            self._decide(now)
        else:
            self._go_on(now)

    def allow(self, rights: Rights, now: datetime) -> None:
        """Other types of slots may be used at this desk: rows say so in place, none moves."""
        self._judged.allow(rights)
        self._decide(now)

    def commit(self, now: datetime) -> None:
        """An answer is complete: rows take their place, unless the list is in use."""
        self._go_on(now)
        if not self.is_held:
            self._arrange(linger=False)

    def take(self, events: Sequence[SearchEvent], now: datetime) -> None:
        """Take in what a search says; slots of several events are merged and judged together."""
        others = [self.pool.take(event) for event in events]
        if any(others):
            self._judged.decide_new(now)
            self._follow()
        else:
            self._go_on(now)
        self._settle_places()

    def hold(self) -> None:
        """The list has the focus or the pointer: nothing moves."""
        self.is_held = True

    def let_go(self, now: datetime) -> None:
        """Neither focus nor pointer any more: what waited takes its place."""
        self.is_held = False
        self._go_on(now)
        self._arrange()

    def show_news(self, now: datetime) -> None:
        """The operator wants what waits, now."""
        self._go_on(now)
        self._arrange(linger=False)

    def set_filters(self, filters: SlotFilters, now: datetime) -> None:
        """The operator looks at other slots."""
        self.filters = filters
        self.show_news(now)

    def lose(self, slot_id: str, at: datetime, source: str) -> None:
        """A slot was found taken: struck through in its place, not proposed until read free later.

        `source` is the name of who said so.
        """
        self._judged.lose(slot_id, Loss(at, source))
        self._version += 1

    def tick(self, now: datetime) -> bool:
        """Let time pass; returns whether a row says something else than that it is later."""
        before = self._version
        self._go_on(now)
        leaves_at = self._places.leaves_at
        if not self.is_held and leaves_at is not None and now >= leaves_at:
            self._arrange()
        return self._version != before

    def select(self, slot_id: str | None) -> bool:
        """The operator chose a row; False when it cannot be chosen."""
        row = self.row(slot_id)
        if slot_id is not None and (row is None or not row.can_be_chosen):
            return False
        self._selected, self._operator_chose = slot_id, slot_id is not None
        self._choices += 1
        return True

    # --- what is shown ----------------------------------------------------------------------------------

    @property
    def now(self) -> datetime:
        """The last instant it was told."""
        return self._judged.now

    @property
    def selected(self) -> str | None:
        """The id of the chosen slot, while it can be had."""
        row = self.row(self._selected)
        return row.id if row is not None and row.can_be_chosen else None

    def row(self, slot_id: str | None) -> SlotRow | None:
        """A row that is shown."""
        return self._places.row(slot_id)

    @property
    def version(self) -> int:
        """Another number when the column may be another one, but for what time alone changes."""
        return self._version + self._choices

    def column(self) -> Column:
        """Rows, bands and what waits; bands are counted by the minute."""
        key = self._key()
        if self._column is None or self._column[0] != key:
            self._column = (key, self._read_column())
        return replace(self._column[1], selected=self.selected)

    def _key(self) -> tuple[int, datetime]:
        return self._version, self.now.replace(second=0, microsecond=0)

    def _read_column(self) -> Column:
        proposed = self._judged.proposed()
        stands = self._stands
        is_as_put = stands is not None and stands[0] == self._version
        wanted = stands[1] if stands and is_as_put else self._places.wanted(self.filters, linger=True)
        news = sum(name not in self._places for name, _ in wanted)
        return Column(
            grouped(self._places.rows(), self._places.totals),
            count_bands(proposed, self.filters, self.now, asking=bool(self.pool.asking)),
            news,
            not news and wanted != self._places.spots(),
            None,
        )

    @property
    def ranked(self) -> Sequence[RankedSlot]:
        """Every slot read, as decided last, best first."""
        return self._judged.ranked

    @property
    def lost(self) -> frozenset[str]:
        """The ids of the slots found taken."""
        return frozenset(self._judged.losses)

    def next_best(self, but: str) -> RankedSlot | None:
        """The slot to propose instead of another: the first that can be had for sure.

        One whose places other desks propose comes only where there is no other.
        """
        sure = [
            one
            for one in self._judged.proposed()
            if one.ruling.standing is Standing.FREE and one.slot.id != but
        ]
        free = (one for one in sure if not self.elsewhere.take_all(one.slot, self.now))
        return next(free, next(iter(sure), None))

    def choices(self) -> FilterChoices:
        """What the filters can choose from."""
        return choices_among(self._judged.proposed())

    def census(self) -> dict[str, Where]:
        """Every slot read, by id, and what became of it."""
        return {one.slot.id: self._where(one) for one in self._judged.ranked}

    def sources(self) -> tuple[SourceLine, ...]:
        """The lines of the strip."""
        pool = self.pool
        return tuple(
            source_line(
                source,
                pool.answers.get(source.id),
                self.now,
                asking=source.id in pool.asking,
                typed=pool.typed.get(source.id, 0),
            )
            for source in pool.sources
        )

    def span(self) -> str:
        """When the last search began, and how long it took."""
        return search_span(self.pool.answers.values())

    def tally(self) -> Tally:
        """The numbers behind an empty column's sentence."""
        key = self._key()
        if self._tally is None or self._tally[0] != key:
            self._tally = (key, self._read_tally())
        return self._tally[1]

    def _read_tally(self) -> Tally:
        pool = self.pool
        settled = [
            pool.answers[source.id]
            for source in pool.asked
            if source.id in pool.answers and source.id not in pool.asking
        ]
        closed = [at for at in self._places.closings.values() if self.now - at < CLOSED_IS_TOLD]
        return Tally(
            is_linked=bool(pool.sources),
            has_searched=pool.has_searched,
            agendas=len(pool.asked),
            answers=count_answers(settled, len(pool.asking), pool.names, self.now),
            slots=Counter(self.census().values()),
            just_closed=len(closed),
            closed_at=max(closed, default=None),
        )

    # --- inside -----------------------------------------------------------------------------------------

    def _decide(self, now: datetime) -> None:
        self._judged.decide(now)
        self._follow()

    def _follow(self) -> None:
        self._version += 1
        renamed = self._places.follow()
        if self._selected is not None:
            self._selected = renamed.get(self._selected, self._selected)

    def _go_on(self, now: datetime) -> None:
        touched = self._judged.go_on(now)
        if touched:
            self._version += 1
            self._places.follow_some(touched)

    def _where(self, one: RankedSlot) -> Where:
        if not self._judged.is_proposed(one):
            return _WHERE.get(one.ruling.standing, Where.OVER)
        if one.slot.id in self._places:
            return Where.SHOWN
        return Where.WAITING if self.filters.lets_through(one, self.now) else Where.FILTERED

    def _settle_places(self) -> None:
        self._version += 1
        if not self.is_held or not self._places:
            self._arrange()
        else:
            self._preselect()

    def _arrange(self, *, linger: bool = True) -> None:
        """Put every row in its place."""
        wanted = self._places.wanted(self.filters, linger=linger)
        self._places.arrange(wanted)
        self._version += 1
        self._preselect()
        # What lingers was counted in, or no longer lingers: they stand as they should.
        self._stands = (self._version, wanted)

    def _preselect(self) -> None:
        """The program chooses the first slot that can be had for sure, until the operator has chosen.

        Not while agendas are still asked: the choice would follow the first to answer, not the best. Nor one
        whose places other desks propose: desks that search at once would all begin with the same slot.
        """
        if self.selected is None and not self._operator_chose and self.pool.is_finished:
            sure = (row for row in self._places.rows() if row.section is Section.USABLE)
            free = (row for row in sure if not self.elsewhere.take_all(row.one.slot, self.now))
            self._selected = next((row.id for row in free if row.can_be_chosen), None)
