"""Portals and phones declare themselves, and every agenda of the catalogue has its card."""

from __future__ import annotations

import pytest

from osnp_console.app.sources.portal import TOOLS, portal_steps
from osnp_console.bootstrap import build
from osnp_console.connectors.registry import CONNECTORS
from osnp_console.domain.access import Mode
from osnp_console.domain.call import Call
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.slots.source import AgendaSource, SourceKind

NOTHING = Call({}, frozenset())


@pytest.fixture(scope="module")
def dispositifs() -> tuple[Dispositif, ...]:
    """Those of the built-in catalogue."""
    program = build()
    return program.catalogue(program.defaults).dispositifs


@pytest.mark.parametrize("kind", [SourceKind.PORTAL, SourceKind.PHONE])
def test_nobody_asks_what_a_person_reads(kind: SourceKind) -> None:
    connector = CONNECTORS[kind]
    assert connector.kind is kind
    assert not connector.looks_itself
    assert all(one.label for one in connector.fields)


def test_every_agenda_of_the_catalogue_has_its_card(dispositifs: tuple[Dispositif, ...]) -> None:
    source = AgendaSource("portail", SourceKind.PORTAL, "Portail", "https://portail.exemple/")
    seen = set()
    for one in dispositifs:
        for access in one.accesses:
            if access.mode is Mode.AGENDA and access.tool in TOOLS:
                role = next(iter(access.roles), "osnp")
                card = portal_steps(source, one, NOTHING, "osnp" if role == "sas" else role)
                assert len(card.steps) >= 4, one.id
                assert card.page is not None
                assert card.page.startswith("https://portail.exemple/")
                seen.add(access.tool)
    assert {"doctolib_team", "cpts_rdv", "citana", "plateforme_sas"} <= seen


def test_the_shared_agenda_of_atlantique_nord_loire_does_not_warn_the_doctor_of_what_the_sas_books(
    dispositifs: tuple[Dispositif, ...],
) -> None:
    one = next(found for found in dispositifs if found.id == "44-atlantique-nord-loire-mg")
    source = AgendaSource("portail", SourceKind.PORTAL, "Doctolib Team")
    warned = portal_steps(source, one, NOTHING, "osnp").warned
    assert warned == "Prévenir le cabinet\u202f: cet agenda ne lui envoie rien (S5 p. 6)."


def test_the_team_of_pays_blanc_is_searched_by_its_exact_name(dispositifs: tuple[Dispositif, ...]) -> None:
    one = next(found for found in dispositifs if found.id == "44-pays-blanc-mg")
    card = portal_steps(AgendaSource("portail", SourceKind.PORTAL, "Doctolib Team"), one, NOTHING, "osnp")
    assert card.search_words == "CPTS Team Pays Blanc"
    assert card.account == "identifiant propre au Centre 15"
