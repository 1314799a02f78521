"""A local agenda is searched where whoever keeps it says so, and its journal says who did."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import cast

import pytest

from osnp_console.app.errors import Forbidden
from osnp_console.app.local_agenda.searched import OPTION, read_agendas, read_plan, search_in, search_no_more
from osnp_console.app.people.session import Session, Standing
from osnp_console.app.ports import OpenUnit
from osnp_console.domain.agenda.plan import Plan
from osnp_console.domain.journal import SOURCE_CHANGED, JournalEntry
from osnp_console.domain.slots.source import AgendaSource
from tests.unit.agendas import CSNP, NOW
from tests.unit.local_agendas import MemoryAgendas

SECRETARY = Session(
    Standing.SIGNED_IN, "ligne-1", "c1", "Gaëlle Tessier", frozenset({"telesecretariat"}), NOW
)
OPERATOR = replace(SECRETARY, roles=frozenset({"osnp"}))


class Desk:
    """A base of one local agenda, for whoever sits there; one transaction at a time."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.agendas = MemoryAgendas([Plan(CSNP)])
        self.kept: dict[str, AgendaSource] = {}
        self.lines: list[JournalEntry] = []
        self.sources = self.journal = self

    def all(self) -> list[AgendaSource]:
        return list(self.kept.values())

    def put(self, source: AgendaSource) -> None:
        self.kept[source.id] = source

    def remove(self, name: str) -> None:
        del self.kept[name]

    def append(self, entry: JournalEntry) -> None:
        self.lines.append(entry)

    def commit(self) -> None:
        """What was written is there already."""

    @property
    def units(self) -> OpenUnit:
        @contextmanager
        def opened() -> Iterator[Desk]:
            yield self

        return cast(OpenUnit, opened)


def told(desk: Desk) -> list[object]:
    assert {one.kind for one in desk.lines} <= {SOURCE_CHANGED}
    return [one.facts["quoi"] for one in desk.lines]


def test_an_agenda_is_searched_once_said_so_and_no_more_once_that_is_taken_back() -> None:
    desk = Desk(SECRETARY)
    for searched in (True, True, False, False):
        search_in(desk.units, CSNP, searched=searched)
        assert (CSNP.id in read_agendas(desk.units).searched) is searched
    assert told(desk) == ["declaration", "retrait"]
    search_in(desk.units, CSNP, searched=True)
    (source,) = desk.kept.values()
    assert source.options == {OPTION: CSNP.id}
    search_no_more(desk.units, CSNP.id)
    assert desk.kept == {}
    assert told(desk)[2:] == ["declaration", "retrait"]


def test_who_keeps_no_agenda_declares_none_and_nobody_sees_one_before_signing_in() -> None:
    desk = Desk(OPERATOR)
    with pytest.raises(Forbidden):
        search_in(desk.units, CSNP, searched=True)
    with pytest.raises(Forbidden):
        search_no_more(desk.units, CSNP.id)
    assert read_plan(CSNP.id, NOW)(desk.units).agenda == CSNP
    desk.session = Session(Standing.NOBODY)
    for work in (read_agendas, read_plan(CSNP.id, NOW)):
        with pytest.raises(Forbidden):
            work(desk.units)
    assert (desk.kept, desk.lines) == ({}, [])
