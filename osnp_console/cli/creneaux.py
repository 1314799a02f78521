"""`creneaux`: the slots of every agenda, or of saved bundles, that a call can have."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from osnp_console.app.checklist.check_eligibility import CheckEligibility
from osnp_console.app.errors import Refusal
from osnp_console.app.ports import SourceMemory
from osnp_console.app.slots.general_slots import general_slots_gone
from osnp_console.app.slots.listed_slots import listed_all, listed_for_call
from osnp_console.app.slots.search_slots import Queries, SlotSearch, Tie, as_it_came
from osnp_console.app.sources.agendas import SlotQuery, SourceTools
from osnp_console.app.sources.declared_agendas import keep_memories, read_agendas
from osnp_console.app.sources.secrets import reading
from osnp_console.cli.answering import print_json
from osnp_console.cli.opened_base import background
from osnp_console.cli.program import Folders, Program
from osnp_console.cli.reading import read_instant, read_json
from osnp_console.cli.slot_documents import slot_document, source_answer
from osnp_console.cli.slot_telling import tell_slots
from osnp_console.domain import facts
from osnp_console.domain.call import Call
from osnp_console.domain.checklist import Checklist
from osnp_console.domain.criteria.answers import GENERAL_SLOTS_GONE
from osnp_console.domain.slots.answers import SourceAnswer
from osnp_console.domain.slots.ranking import RankedSlot
from osnp_console.domain.slots.ruling import SlotRuling, admissions_of
from osnp_console.domain.slots.source import BY_HAND, AgendaSource, SourceKind

MOST_HOURS = 24 * 14
LONGEST_WAIT = 30.0
"""Seconds. The search ends by itself at its deadline: this keeps a fault of ours from hanging a script."""
ALWAYS = (datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class Agendas:
    """What is asked, with what, and what is done with what was learned; `sources` are all of them."""

    sources: Sequence[AgendaSource]
    queries: Queries
    tools: SourceTools
    memories: dict[str, SourceMemory]
    remember: Callable[[str, SourceMemory], None]
    tie: Tie


def run(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    """Search, print, return the exit status; a failing source is an answer. Raises Refusal, StoreFailure."""
    if options.appel is None and not options.tout:
        raise Refusal("usage", "Il faut --appel FICHIER, ou --tout.", "appel")
    now = read_instant(options.instant, program.now())
    until = now + timedelta(hours=_hours(options.heures))
    check = CheckEligibility(program.catalogue(folders), program.gazetteer())
    call = check.read(read_json(options.appel, program.stdin)) if options.appel is not None else None
    began = time.monotonic()

    def clock() -> datetime:
        return now + timedelta(seconds=time.monotonic() - began)

    opened = _bundles if options.bundle else _declared
    with opened(program, options, clock, (now, until)) as agendas:
        answers = _search(program, agendas)
    ranked = _listed(check, None if options.tout else call, answers, agendas.sources, (now, until))
    if options.json:
        document = {
            "sources": [source_answer(answer) for answer in answers],
            "creneaux": [slot_document(one) for one in ranked],
        }
        print_json(program, document)
    else:
        tell_slots(answers, ranked, program.stdout)
    return 0


def _hours(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:5]) <= MOST_HOURS):
        raise Refusal("valeur_invalide", f"Un nombre d’heures de 1 à {MOST_HOURS} est attendu.", "heures")
    return int(text)


@contextmanager
def _bundles(
    program: Program,
    options: argparse.Namespace,
    clock: Callable[[], datetime],
    window: tuple[datetime, datetime],
) -> Iterator[Agendas]:
    """Saved searchsets, each a source whose id is its file's name; the base stays closed."""
    names = [Path(name).stem for name in options.bundle]
    for name, file in zip(names, options.bundle, strict=True):
        if names.count(name) > 1:
            raise Refusal("valeur_invalide", f"Deux fichiers portent le nom « {name} ».", "bundle")
        if not Path(file).is_file():
            raise Refusal("introuvable", "Le fichier demandé n’existe pas.", "bundle")
    start, end = ALWAYS if options.tout else window
    query = SlotQuery(start, end)
    queries = [
        (AgendaSource(name, SourceKind.FHIR_BUNDLE, name, url=str(Path(file).absolute())), query)
        for name, file in zip(names, options.bundle, strict=True)
    ]
    tools = SourceTools(clock, lambda name: None)
    sources = [source for source, asked in queries]
    yield Agendas(sources, queries, tools, {}, lambda source, memory: None, as_it_came)


@contextmanager
def _declared(
    program: Program,
    options: argparse.Namespace,
    clock: Callable[[], datetime],
    window: tuple[datetime, datetime],
) -> Iterator[Agendas]:
    """The declared sources that the program can ask, or those chosen; what they answer is remembered."""
    with background(program, options) as base:
        declared = base.submit(read_agendas).result()
        chosen = _chosen(declared.sources, options.source)
        learned: dict[str, SourceMemory] = {}
        tools = SourceTools(clock, reading(program.secrets()), base)
        queries = declared.queries(*window, chosen)
        memories = dict(declared.memories)
        yield Agendas(declared.sources, queries, tools, memories, learned.__setitem__, declared.tie)
        if learned:
            base.submit(lambda open_unit: keep_memories(open_unit, learned)).result()


def _chosen(sources: Sequence[AgendaSource], names: Sequence[str]) -> list[AgendaSource]:
    known = {source.id: source for source in sources}
    for name in names:
        if name not in known:
            raise Refusal("introuvable", f"Aucun agenda ne s’appelle « {name} ».", "source")
        if known[name].kind in BY_HAND:
            raise Refusal("interdit", f"« {name} » est lu par une personne, pas par la console.", "source")
    return [known[name] for name in dict.fromkeys(names)] if names else list(sources)


def _search(program: Program, agendas: Agendas) -> tuple[SourceAnswer, ...]:
    search = SlotSearch(program.connectors(), agendas.tools, agendas.memories, agendas.remember)
    try:
        run = search.start(agendas.queries, lambda event: None, agendas.tie)
        run.wait(LONGEST_WAIT)
        return run.answers
    finally:
        search.close()


def _listed(
    check: CheckEligibility,
    call: Call | None,
    answers: Sequence[SourceAnswer],
    sources: Sequence[AgendaSource],
    window: tuple[datetime, datetime],
) -> list[RankedSlot]:
    slots = [slot for answer in answers for slot in answer.slots]
    if call is None:
        return listed_all(slots, check.catalogue.dispositifs)
    if call.truth(facts.VITAL_EMERGENCY) is True:
        return []  # a vital emergency is no search for a slot: every dispositif refuses
    now, until = window
    checklist = Checklist(check.catalogue.dispositifs, call, now)
    if call.truth(GENERAL_SLOTS_GONE) is None:
        by_source = {answer.source: answer for answer in answers}
        checklist.learn(GENERAL_SLOTS_GONE, general_slots_gone(by_source, sources, checklist, now))
    return listed_for_call(slots, SlotRuling(admissions_of(checklist)), now, until)
