"""The card of a portal says how to book there, opens its own page only, and names nobody."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.app.sources.portal import NEEDED, portal_hosts, portal_steps
from osnp_console.domain import facts
from osnp_console.domain.access import Access, Mode
from osnp_console.domain.call import AT_HOME, Call
from osnp_console.domain.commune import Commune
from osnp_console.domain.dispositif import Dispositif, Notice, Status
from osnp_console.domain.slots.source import AgendaSource, SourceKind
from osnp_console.domain.slots.source_address import address_fault, host_of
from osnp_console.domain.sources import Source

S5 = Source("S5", 6)
REDON = Commune("35236", "Redon", "35", ("35600",))
PIPRIAC = Commune("35219", "Pipriac", "35", ("35550",))
CALL = Call({facts.RESIDENCE: PIPRIAC, facts.DELAY: 48, facts.OFFER: "medecine_generale"}, frozenset())
PLATFORM = "https://sas.exemple/sas/recherche"


def portal(url: str | None = "https://rdv.exemple/team", **options: object) -> AgendaSource:
    return AgendaSource("portail", SourceKind.PORTAL, "Doctolib Team", url, options=options)


def dispositif(
    *accesses: Access, notices: tuple[Notice, ...] = (), nature: str = "medecine_generale"
) -> Dispositif:
    return Dispositif(
        "44-anl", "CPTS Atlantique Nord Loire", "44", nature, Status.IN_SERVICE, "", S5,
        accesses=accesses, notices=notices,
    )  # fmt: skip


TEAM = Access(
    Mode.AGENDA,
    S5,
    frozenset({"sas"}),
    tool="doctolib_team",
    search_words="CPTS Team Pays Blanc",
    account="identifiant propre au Centre 15",
    to_say=("Donner l’adresse au patient",),
    afterwards=("Le patient reçoit un SMS",),
)
LINE = Access(Mode.TRANSFER, S5, frozenset({"sas"}), tool="citana", search_words="AccèsS")


def asked(page: str | None) -> Mapping[str, list[str]]:
    assert page is not None
    assert page.startswith(PLATFORM + "?")
    return parse_qs(urlsplit(page).query)


def test_the_catalogue_says_what_to_search_for_and_with_which_account() -> None:
    card = portal_steps(portal(), dispositif(TEAM), CALL, "osnp")
    assert (card.title, card.search_words, card.account) == (
        "Réserver sur Doctolib Team",
        "CPTS Team Pays Blanc",
        "identifiant propre au Centre 15",
    )
    assert card.needed == NEEDED
    assert card.page == "https://rdv.exemple/team"


def test_the_steps_are_in_the_order_in_which_they_are_done() -> None:
    steps = portal_steps(portal(), dispositif(TEAM), CALL, "osnp").steps
    order = [
        "Doctolib Team",
        "CPTS Team Pays Blanc",
        "6 jours",
        "48 h",
        "valider",
        "adresse",
        "SMS",
        "Noter ici",
    ]
    assert [next(place for place, step in enumerate(steps) if word in step) for word in order] == list(
        range(8)
    )


def test_what_the_site_declares_comes_first() -> None:
    source = portal(
        recherche="Équipe du Pays Blanc", compte="poste 3", necessaire=["carte Vitale"], etapes=["Appeler."],
        telephone="02 61 91 00 01", prevenir="Prévenir le secrétariat.",
    )  # fmt: skip
    card = portal_steps(source, dispositif(TEAM), CALL, "osnp")
    assert (card.search_words, card.account, card.needed) == (
        "Équipe du Pays Blanc",
        "poste 3",
        ("carte Vitale",),
    )
    assert (card.steps, card.phone, card.warned) == (
        ("Appeler.",),
        "02 61 91 00 01",
        "Prévenir le secrétariat.",
    )


def test_a_desk_is_told_of_its_own_way_in_and_never_of_a_line_to_hand_over_to() -> None:
    other = Access(Mode.AGENDA, S5, frozenset({"medecin"}), search_words="Médecins")
    card = portal_steps(portal(), dispositif(LINE, other), CALL, "osnp")
    assert card.search_words is None
    assert "Atlantique Nord Loire" in card.steps[1]


@pytest.mark.parametrize(
    ("tool", "word"),
    [
        ("doctolib_team", "6 jours"), ("cpts_rdv", "CPTS Rendez-Vous"), ("citana", "questionnaire"),
        ("lemedecin", "lemedecin.fr"), ("plateforme_sas", "plateforme nationale"),
        ("formulaire", "formulaire"),
    ],
)  # fmt: skip
def test_each_tool_has_its_own_steps(tool: str, word: str) -> None:
    steps = portal_steps(portal(outil=tool), None, CALL, "osnp").steps
    assert any(word in step for step in steps)
    assert steps[-1] == "Noter ici ce qui a été pris."


def test_where_the_tool_does_not_warn_the_doctor_the_desk_does() -> None:
    notices = (Notice("telesecretariat", S5, doctor=True), Notice("sas", S5, doctor=False, patient=True))
    by_sas = portal_steps(portal(), dispositif(TEAM, notices=notices), CALL, "osnp")
    assert by_sas.warned == "Prévenir le cabinet\u202f: cet agenda ne lui envoie rien (S5 p. 6)."
    by_line = portal_steps(portal(), dispositif(TEAM, notices=notices), CALL, "telesecretariat")
    assert by_line.warned is not None
    assert "ne lui envoie rien" not in by_line.warned
    assert portal_steps(portal(), dispositif(TEAM), CALL, "osnp").warned is None


def test_the_national_platform_opens_with_what_is_looked_for_and_where() -> None:
    card = portal_steps(portal(PLATFORM, outil="plateforme_sas"), dispositif(TEAM), CALL, "osnp")
    assert asked(card.page) == {"text": ["Médecin généraliste"], "loc": ["Pipriac 35550"]}
    assert "Pipriac" in card.steps[0]


def test_where_the_patient_is_now_comes_before_where_they_live() -> None:
    for present, name in ((REDON, "Redon 35600"), (AT_HOME, "Pipriac 35550")):
        call = Call({facts.RESIDENCE: PIPRIAC, facts.PRESENT_PLACE: present}, frozenset())
        card = portal_steps(portal(PLATFORM, outil="plateforme_sas"), None, call, "osnp")
        assert asked(card.page)["loc"] == [name]


def test_with_an_origin_the_platform_is_asked_as_a_lrm() -> None:
    source = portal(f"{PLATFORM}?region=pdl&text=ancien", outil="plateforme_sas", origine="samu 44")
    nurse = dispositif(nature="infirmier")
    assert asked(portal_steps(source, nurse, CALL, "osnp").page) == {
        "region": ["pdl"],
        "text": ["ancien"],
        "origin": ["samu 44"],
        "specialty": ["Infirmier"],
        "speciality": ["Infirmier"],
        "inseecode": ["35219"],
        "city": ["Pipriac"],
    }


def test_without_a_commune_the_platform_is_opened_without_place() -> None:
    for options in ({}, {"origine": "samu44"}):
        source = portal(PLATFORM, outil="plateforme_sas", **options)
        card = portal_steps(source, None, Call({}, frozenset()), "osnp")
        assert {"loc", "inseecode", "city"}.isdisjoint(asked(card.page))
        assert "saisir la commune" in card.steps[0]


@pytest.mark.parametrize(
    ("url", "hosts"),
    [
        (None, []), ("http://rdv.exemple/", []), ("https://rdv.exemple/", ["ailleurs.exemple"]),
        ("https://a:b@rdv.exemple/", []), ("javascript:alert(1)", []),
    ],
)  # fmt: skip
def test_no_other_page_is_ever_opened(url: str | None, hosts: list[str]) -> None:
    source = portal(url, **({"hotes": hosts} if hosts else {}))
    assert portal_steps(source, dispositif(TEAM), CALL, "osnp").page is None


def test_a_declared_host_may_be_opened() -> None:
    source = portal("https://rdv.exemple/team", hotes=["RDV.exemple", "autre.exemple"])
    assert portal_hosts(source) == ("rdv.exemple", "autre.exemple")
    assert portal_steps(source, None, CALL, "osnp").page == "https://rdv.exemple/team"
    assert portal_hosts(portal()) == ("rdv.exemple",)
    assert portal_hosts(portal(None)) == ()


_options = st.dictionaries(
    st.sampled_from(["outil", "origine", "recherche", "compte", "etapes", "necessaire", "hotes", "prevenir"]),
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=12)
    | st.lists(st.text(max_size=6) | st.integers(), max_size=3),
)


@given(_options, st.sampled_from([PLATFORM, f"{PLATFORM}?a=b", "https://rdv.exemple", None]))
def test_whatever_is_declared_there_is_a_card_and_its_page_is_the_sources(
    options: dict[str, object], url: str | None
) -> None:
    source = portal(url, **options)
    card = portal_steps(source, dispositif(TEAM), CALL, "osnp")
    assert card.steps
    if card.page is not None:
        assert address_fault(card.page) is None
        assert host_of(card.page) in portal_hosts(source)
