"""Which local agendas there are, when they are open, and in which of them calls are looked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from osnp_console.app.local_agenda.edit import AHEAD
from osnp_console.app.people.permissions import note
from osnp_console.app.ports import OpenUnit, Unit
from osnp_console.domain.agenda.plan import Agenda, Plan
from osnp_console.domain.journal import SOURCE_CHANGED
from osnp_console.domain.permissions import Act
from osnp_console.domain.slots.source import AgendaSource, SourceKind

OPTION = "agenda"
"""The option of a declared source that says which local agenda it is."""
_LONGEST_ID = 60


@dataclass(frozen=True, slots=True)
class Agendas:
    """The local agendas by name, and the ids of those in which calls are looked for."""

    agendas: Sequence[Agenda] = ()
    searched: frozenset[str] = frozenset()


def read_agendas(open_unit: OpenUnit) -> Agendas:
    """Work for the store: the agendas that there are. Raises StoreFailure, Forbidden."""
    with open_unit() as unit:
        unit.session.require(Act.SEE_AGENDA)
        searched = (str(one.options.get(OPTION)) for one in unit.sources.all() if _is_local(one))
        return Agendas(tuple(unit.agendas.all()), frozenset(searched))


def read_plan(agenda: str, now: datetime) -> Callable[[OpenUnit], Plan]:
    """Work for the store: all that says when an agenda is open, from now on.

    The work raises StoreFailure (`introuvable`), Forbidden.
    """

    def work(open_unit: OpenUnit) -> Plan:
        with open_unit() as unit:
            unit.session.require(Act.SEE_AGENDA)
            return unit.agendas.plan(agenda, now, now + AHEAD)

    return work


def search_in(open_unit: OpenUnit, agenda: Agenda, *, searched: bool) -> None:
    """Declare the agenda as a source where calls are looked for in it, take the source away where not.

    Whoever keeps an agenda says so: the source has neither an address nor a secret of its own. Raises
    StoreFailure, Forbidden.
    """
    with open_unit() as unit:
        unit.session.require(Act.EDIT_AGENDA)
        known = _sources_of(unit, agenda.id)
        if searched is bool(known):
            return
        if searched:
            _declare(unit, agenda)
        else:
            _take_away(unit, known)
        unit.commit()


def search_no_more(open_unit: OpenUnit, agenda: str) -> None:
    """An agenda is gone: its sources go too. Raises StoreFailure, Forbidden."""
    with open_unit() as unit:
        unit.session.require(Act.EDIT_AGENDA)
        _take_away(unit, _sources_of(unit, agenda))
        unit.commit()


def _is_local(source: AgendaSource) -> bool:
    return source.kind is SourceKind.LOCAL_AGENDA


def _sources_of(unit: Unit, agenda: str) -> list[AgendaSource]:
    return [one for one in unit.sources.all() if _is_local(one) and one.options.get(OPTION) == agenda]


def _take_away(unit: Unit, sources: Sequence[AgendaSource]) -> None:
    for source in sources:
        unit.sources.remove(source.id)
        note(unit, SOURCE_CHANGED, {"source": source.id, "quoi": "retrait"})


def _declare(unit: Unit, agenda: Agenda) -> None:
    taken = {one.id for one in unit.sources.all()}
    name = f"carnet-{agenda.id}"[:_LONGEST_ID]
    identifier = name if name not in taken else f"{name}-2"
    # Without dispositifs of its own, the source announces the agenda's.
    unit.sources.put(
        AgendaSource(identifier, SourceKind.LOCAL_AGENDA, agenda.name, options={OPTION: agenda.id})
    )
    note(unit, SOURCE_CHANGED, {"source": identifier, "quoi": "declaration"})
