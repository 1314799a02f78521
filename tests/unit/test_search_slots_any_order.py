"""Whatever order sources answer, fail and hang in, each ends once, and nothing follows the end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from osnp_console.app.slots.search_events import Asking, Finished, Landed, Settled
from osnp_console.app.slots.search_slots import SearchRun
from osnp_console.app.sources.agendas import Reading, SourceFailure
from osnp_console.domain.slots.answers import SourceState
from tests.unit.search_bench import Bench
from tests.unit.slot_doubles import WINDOW, Heard, Step, made_slot, made_source

REFUSED = SourceFailure(SourceState.REFUSED, "accès refusé")
DOWN = SourceFailure(SourceState.FAILED, "pas de connexion")
NAMES = ("a", "b", "c")
ENDINGS: dict[str, Step] = {
    "answers": Reading(2),
    "empty": Reading(0),
    "fails": DOWN,
    "refuses": REFUSED,
    "breaks": RuntimeError(),
}
outcomes = st.sampled_from(sorted(ENDINGS))
happenings = st.sampled_from(("nothing", "restart", "give up", "deadline"))
some_names = st.lists(st.sampled_from(NAMES), unique=True)


class AnyOrder(RuleBasedStateMachine):
    """Sources answer, fail and hang in any order; searches restart and are given up at any moment."""

    def __init__(self) -> None:
        super().__init__()
        self.bench = Bench()
        self.searches: list[tuple[Heard, tuple[str, ...], SearchRun]] = []
        self.frozen: list[tuple[Heard, int]] = []

    @rule(names=some_names)
    def restart(self, names: list[str]) -> None:
        heard = Heard()
        queries = [(made_source(name), WINDOW) for name in names]
        run = self.bench.search.start(queries, heard)
        self._freeze()
        self.searches.append((heard, tuple(names), run))

    @rule()
    def give_up(self) -> None:
        self.bench.search.cancel()
        self._freeze()

    def _freeze(self) -> None:
        self.frozen += [(heard, len(heard.events)) for heard, _, _ in self.searches[-1:]]

    @precondition(lambda self: self.bench.hand.works)
    @rule(data=st.data(), outcome=outcomes, meanwhile=happenings, names=some_names)
    def a_source_ends(self, data: st.DataObject, outcome: str, meanwhile: str, names: list[str]) -> None:
        happens: dict[str, Callable[[], object]] = {
            "nothing": lambda: None,
            "restart": lambda: self.restart(names),
            "give up": self.give_up,
            "deadline": self.the_deadline_comes,
        }
        place = data.draw(st.integers(0, len(self.bench.hand.works) - 1))
        for name in NAMES:
            agenda = self.bench.agendas[name]
            agenda.script.clear()
            ending = ENDINGS[outcome]
            some = () if outcome == "empty" else ([made_slot(source=name)],)
            agenda.then(*some, happens[meanwhile], *some, ending)
        self.bench.hand.turn(place)

    @rule()
    def the_deadline_comes(self) -> None:
        self.bench.hand.ring()

    @rule(minutes=st.integers(0, 15))
    def time_passes(self, minutes: int) -> None:
        self.bench.hand.now += timedelta(minutes=minutes)

    @invariant()
    def nothing_of_an_older_search_is_told(self) -> None:
        for heard, count in self.frozen:
            assert len(heard.events) == count

    @invariant()
    def each_source_ends_at_most_once_and_all_have_when_it_is_finished(self) -> None:
        for heard, names, run in self.searches:
            assert isinstance(heard.events[0], Asking)
            ended = [answer.source for answer in heard.settled]
            assert len(ended) == len(set(ended))
            assert set(ended) <= set(names)
            finished = [event for event in heard.events if isinstance(event, Finished)]
            assert len(finished) == int(heard.is_finished)
            if heard.is_finished:
                assert sorted(ended) == sorted(names)
                assert run.is_over
                assert finished[0].answers == run.answers
            for source, _ in heard.landed:
                assert source in names

    @invariant()
    def nothing_lands_once_its_source_has_ended(self) -> None:
        for heard, _, _ in self.searches:
            ended: set[str] = set()
            for event in heard.events:
                if isinstance(event, Settled):
                    ended.add(event.answer.source)
                elif isinstance(event, Landed):
                    assert event.source not in ended

    def teardown(self) -> None:
        """The last search always comes to its end: at the deadline at the latest."""
        if self.searches and not self.searches[-1][2].is_over:
            self.bench.hand.ring()
            assert self.searches[-1][0].is_finished


TestAnyOrder = AnyOrder.TestCase
