"""The lines and the waiting lists of the built-in catalogue, as their sources describe them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from osnp_console.domain.access import Mode
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.desk import Desk
from osnp_console.domain.dispositif import SERVING
from osnp_console.domain.sources import CONVENTION, Source
from osnp_console.domain.transfer.answering import AnsweredLine, lines_answered_by, lines_of
from osnp_console.domain.transfer.line import USUAL_TELLING, Told
from osnp_console.domain.transfer.steps import in_order, missing_calling_step
from osnp_console.domain.waiting_list import WaitingList

TODAY = date(2026, 11, 23)
REDON = "44-pays-de-redon-mg"
PHYSIOTHERAPY = "85-centre-vendee-kine"
CALLED = "prepare appel repondu presente"
LINES = {
    # S5 p. 14: the line agrees, takes the patient, registers.
    (REDON, "AccèsS"): f"{CALLED} creneau accord remis inscrit",
    # S5 p. 6: « une consultation m’est proposée », « le RDV est obtenu par le télésecrétariat ».
    ("44-atlantique-nord-loire-mg", "Télésecrétariat de la CPTS"): f"{CALLED} creneau inscrit",
    # S1: « après vérification, un RDV pourra être donné selon la place disponible ».
    ("45-ouest-loiret-mg", "Ligne des soins non programmés de la CPTS"): f"{CALLED} creneau inscrit",
    # S2: « accéder à un créneau, après régulation téléphonique ».
    ("45-beauce-gatinais-mg", "Régulation téléphonique de la CPTS"): f"{CALLED} creneau",
    # S5 p. 44: « des télésecrétaires pouvant l’inscrire sur la liste d’attente ».
    (PHYSIOTHERAPY, "Télésecrétariat, en sortie d’hospitalisation"): f"{CALLED} inscrit",
    # S5 p. 48, 9 and 12: what the line does is not said.
    ("85-littoral-vendeen-orthophonie", "Ligne dédiée"): CALLED,
    ("44-sud-loire-vignoble-mg", "Télésecrétariat"): CALLED,
    ("44-ancenis-mg", "Télésecrétariat"): CALLED,
}


def every_line(catalogue: Catalogue) -> Iterator[AnsweredLine]:
    """The lines of all dispositifs."""
    for dispositif in catalogue.dispositifs:
        yield from lines_of(dispositif)


def line_named(catalogue: Catalogue, name: str) -> AnsweredLine:
    """The one line of a dispositif."""
    dispositif = catalogue.find(name)
    assert dispositif is not None
    (line,) = lines_of(dispositif)
    return line


def list_of(catalogue: Catalogue, name: str) -> WaitingList:
    """A dispositif's waiting list."""
    dispositif = catalogue.find(name)
    assert dispositif is not None
    assert dispositif.waiting_list is not None
    return dispositif.waiting_list


def told(entries: tuple[Told, ...]) -> list[str]:
    """What is told, in order, each with a star where a source says so."""
    names = [one.topic.value if one.topic is not None else one.fact or str(one.text) for one in entries]
    return [
        name + ("" if one.source.document == CONVENTION else "*")
        for name, one in zip(names, entries, strict=True)
    ]


def test_the_lines_are_those_of_the_sources_each_with_the_steps_it_has(catalogue: Catalogue) -> None:
    found = {
        (one.dispositif.id, one.access.name): " ".join(step.value for step in one.line.steps)
        for one in every_line(catalogue)
    }
    assert found == LINES


def test_a_line_has_its_steps_in_order_and_the_words_of_the_contract_name_the_same(
    catalogue: Catalogue,
) -> None:
    for one in every_line(catalogue):
        assert in_order(one.line.steps), one.dispositif.id
        assert missing_calling_step(one.line.steps) is None, one.dispositif.id
        assert one.access.steps == tuple(step.value for step in one.line.steps)
        assert one.line.takes_the_patient == (one.access.mode is Mode.TRANSFER), one.dispositif.id


def test_every_way_in_with_a_number_is_a_line_but_the_regulations_own_and_a_help_line(
    catalogue: Catalogue,
) -> None:
    numbered = {
        (dispositif.id, access.name)
        for dispositif in catalogue.dispositifs
        for access in dispositif.accesses
        if access.phone is not None and access.phone.number != "116117" and access.line is None
    }
    assert numbered == {(REDON, "AccèsS, en cas de difficulté ou de question")}
    assert not [
        one for one in every_line(catalogue) if one.access.phone and one.access.phone.number == "116117"
    ]


def test_what_a_line_is_told_names_known_facts_and_what_it_is_told_to_do_has_its_page(
    catalogue: Catalogue,
) -> None:
    lists = [dispositif.waiting_list for dispositif in catalogue.dispositifs if dispositif.waiting_list]
    lines = [one.line for one in every_line(catalogue)]
    entries = [
        entry for part in (*(line.to_tell for line in lines), *(one.asks for one in lists)) for entry in part
    ]
    assert all(entry.fact in catalogue.facts for entry in entries if entry.fact is not None)
    sources: list[Source] = [entry.source for entry in entries if entry.source.document != CONVENTION]
    for line in lines:
        sources += [said.source for said in (*line.to_remind, *filter(None, (line.explains,)))]
        sources += [line.tag.source] if line.tag is not None else []
    for waiting in lists:
        sources += [said.source for said in (*waiting.criteria, *filter(None, (waiting.where,)))]
    assert len(sources) > 30
    for source in sources:
        assert source.document in catalogue.documents
        assert source.page is not None


@pytest.mark.parametrize(
    ("name", "order"),
    [
        (REDON, ["identite", "residence", "motif", "medecin_traitant", "deplacement", "rappel"]),
        ("44-ancenis-mg", ["identite", "residence", "motif", "medecin_traitant", "deplacement", "rappel"]),
        (
            "44-atlantique-nord-loire-mg",
            ["identite", "residence", "motif*", "medecin_traitant*", "deplacement", "rappel"],
        ),
        ("45-ouest-loiret-mg", ["identite", "medecin_traitant*", "residence*", "motif*", "rappel"]),
        ("45-beauce-gatinais-mg", ["identite", "residence*", "motif*", "deplacement", "rappel"]),
        (
            "85-littoral-vendeen-orthophonie",
            ["identite", "residence", "ordonnance*", "praticien_habituel*", "motif*", "debut*", "rappel"],
        ),
        (
            PHYSIOTHERAPY,
            ["identite", "sortie_hospitalisation*", "residence*", "motif", "ordonnance*",
             "praticien_habituel*", "Adresse électronique, pour la confirmation*", "rappel"],
        ),
    ],
)  # fmt: skip
def test_each_line_is_told_what_it_needs_in_its_order(
    catalogue: Catalogue, name: str, order: list[str]
) -> None:
    assert told(line_named(catalogue, name).line.to_tell) == order


def test_access_is_reminded_of_the_mention_and_of_its_agreement_and_explains(catalogue: Catalogue) -> None:
    redon = line_named(catalogue, REDON)
    line = redon.line
    assert line.to_tell == USUAL_TELLING
    assert [said.text for said in line.to_remind] == [
        "Noter le SAS et la mention « SAS » avec le motif.",
        "L’appel n’est transmis qu’après l’accord d’AccèsS.",
    ]
    assert line.tag is not None
    assert (line.tag.label, line.tag.reason("Cystite", "35")) == ("SAS", "SAS 35 – cystite")
    assert line.explains is not None
    assert "créneau de médecine générale" in line.explains.text
    assert (
        {said.source for said in (*line.to_remind, line.explains)} == {line.tag.source} == {Source("S5", 14)}
    )
    assert redon.access.phone is not None
    assert (redon.access.phone.number, redon.access.phone.for_patients) == ("+33230303434", None)


@pytest.mark.parametrize(
    ("cpts", "lines"),
    [
        ("CPTS Pays de Redon", [REDON]),
        ("CPTS Atlantique Nord Loire", ["44-atlantique-nord-loire-mg"]),
        ("CPTS Centre Vendée", [PHYSIOTHERAPY]),
        ("CPTS Loire et Lac", []),
    ],
)
def test_a_tele_secretariat_answers_the_lines_of_its_cpts(
    catalogue: Catalogue, cpts: str, lines: list[str]
) -> None:
    desk = Desk("telesecretariat", None, (cpts,))
    answered = lines_answered_by(desk, catalogue.dispositifs, TODAY)
    assert [one.dispositif.id for one in answered] == lines


def test_the_waiting_list_for_physiotherapy_is_that_of_its_page(catalogue: Catalogue) -> None:
    listed = list_of(catalogue, PHYSIOTHERAPY)
    assert (listed.months, listed.sessions_at_most, listed.sessions_a_week_at_most) == (1, 3, 2)
    assert listed.registered_by == {"medecin", "telesecretariat"}
    assert listed.conditional == (("telesecretariat", "sortie_hospitalisation"),)
    assert (listed.confirmation, listed.where is not None, len(listed.criteria)) == ("mail", True, 1)
    assert told(listed.asks) == [
        "identite*", "residence*", "motif*", "ordonnance*", "praticien_habituel*",
        "Adresse électronique, où part la confirmation*",
    ]  # fmt: skip


def test_the_lists_for_a_regular_doctor_say_where_one_registers_and_who_comes_first(
    catalogue: Catalogue,
) -> None:
    centre = list_of(catalogue, "85-centre-vendee-liste-mt")
    mayenne = list_of(catalogue, "53-nord-est-mayenne-liste-mt")
    tardoire = list_of(catalogue, "16-val-de-tardoire-liste-mt")
    assert [one.where.text if one.where else None for one in (centre, mayenne, tardoire)] == [
        "En ligne, sur le site internet de la CPTS.",
        "Formulaire de la CPTS.",
        None,
    ]
    assert [one.registered_by for one in (centre, mayenne, tardoire)] == [{"patient"}, set(), set()]
    assert [len(one.priorities) for one in (centre, mayenne, tardoire)] == [2, 0, 4]
    assert {one.months for one in (centre, mayenne, tardoire)} == {None}


def test_every_way_in_by_registration_has_its_list(catalogue: Catalogue) -> None:
    for dispositif in catalogue.dispositifs:
        registers = any(access.mode is Mode.REGISTRATION for access in dispositif.accesses)
        if dispositif.status in SERVING:
            assert registers == (dispositif.waiting_list is not None), dispositif.id
