"""Past calls are searched in one line; each understood part is a chip that can be taken off."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.domain.call_search import NO_OUTCOME, CallSearch, SearchKind, Term, read_search
from osnp_console.domain.commune import fold
from osnp_console.domain.dates import PartialDate

TODAY = date(2026, 11, 25)  # a Wednesday
COMMUNES = {
    fold(name): name
    for name in (
        "Pipriac",
        "Redon",
        "Saint-Nicolas-de-Redon",
        "Blain",
        "Martin",
        "Us",
        "Avessac",
        "Saint-Nicolas",
    )
}
REASONS = {
    "cystite": "Cystite, brûlures mictionnelles",
    "otite": "Otite",
    "renouvellement_ordonnance": "Renouvellement d’ordonnance",
    "renouvellement_arret": "Renouvellement d’arrêt de travail",
}
OUTCOMES = {
    "rendez_vous": "Rendez-vous pris",
    "transfere": "Transféré à une ligne",
    "a_rappeler": "À rappeler",
    "raccroche": "A raccroché",
    "urgence": "Urgence vitale",
    "en_cours": "En cours",
}
WORDS = st.sampled_from(
    ["martin", "Léa", "d’arc", "pipriac", "st", "nicolas", "saint", "de", "redon", "hier", "lundi", "23/11",
     "du", "20", "au", "novembre", "06", "39 98", "0639984107", "+33 6", "sans", "issue", "transféré", "à",
     "rappeler", "en", "cours", "urgence", "vitale", "nom:", "commune:", "tel :", "date:", "issue:", "motif:",
     "otite", ",", "renouvellement", "12:30", "il", "y", "a", "3", "jours", "2026", "?", "-", "dernier",
     "depuis", "31/02"]
)  # fmt: skip
LINES = st.one_of(st.lists(WORDS, max_size=9).map(" ".join), st.text(max_size=30))


def search(line: str) -> CallSearch:
    return read_search(line, TODAY, COMMUNES.get, REASONS, OUTCOMES)


def chips(line: str) -> list[str]:
    return [term.shown.replace("\u202f", " ") for term in search(line).terms]


def only(line: str) -> Term:
    terms = search(line).terms
    assert len(terms) == 1
    return terms[0]


def days(first: date, last: date | None = None) -> PartialDate:
    return PartialDate(first, last or first)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("martin pipriac hier", ["nom : martin", "commune : Pipriac", "date : 24/11"]),
        ("06 39 98", ["tél. : 06 39 98"]),
        ("sans issue", ["sans issue"]),
        ("léa martin 06.39.98", ["nom : léa", "nom : martin", "tél. : 06 39 98"]),
        ("rendez-vous redon", ["issue : Rendez-vous pris", "commune : Redon"]),
        ("rdv lundi", ["issue : Rendez-vous pris", "date : 23/11"]),
        ("à rappeler", ["issue : À rappeler"]),
        ("rappeler", ["issue : À rappeler"]),
        ("raccroché", ["issue : A raccroché"]),
        ("transféré 23/11", ["issue : Transféré à une ligne", "date : 23/11"]),
        ("urgence", ["issue : Urgence vitale"]),
        ("en cours", ["issue : En cours"]),
        ("cystite novembre", ["motif : Cystite, brûlures mictionnelles", "date : novembre 2026"]),
        ("Mme Le Goff à Blain", ["nom : Le", "nom : Goff", "commune : Blain"]),
        ("23/11/2025", ["date : 23/11/2025"]),
        ("du 20 au 23/11", ["date : du 20/11 au 23/11"]),
        ("", []),
    ],
)
def test_each_understood_word_becomes_a_chip(line: str, expected: list[str]) -> None:
    assert chips(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("hier", days(date(2026, 11, 24))),
        ("aujourd’hui", days(TODAY)),
        ("avant-hier", days(date(2026, 11, 23))),
        ("lundi", days(date(2026, 11, 23))),
        ("mercredi", days(TODAY)),
        ("23/11", days(date(2026, 11, 23))),
        ("le 26/11", days(date(2025, 11, 26))),
        ("23/11/2026", days(date(2026, 11, 23))),
        ("23.11.2026", days(date(2026, 11, 23))),
        ("2026-11-23", days(date(2026, 11, 23))),
        ("23 novembre", days(date(2026, 11, 23))),
        ("23 nov", days(date(2026, 11, 23))),
        ("novembre", PartialDate.parse("2026-11")),
        ("décembre 2025", PartialDate.parse("2025-12")),
        ("11/2026", PartialDate.parse("2026-11")),
        ("date:2026", PartialDate.parse("2026")),
        ("date : 12/11", days(date(2026, 11, 12))),
        ("il y a 3 jours", days(date(2026, 11, 22))),
        ("du 20 au 23/11", days(date(2026, 11, 20), date(2026, 11, 23))),
        ("du 28 au 3/11", days(date(2026, 10, 28), date(2026, 11, 3))),
        ("du 20 au 23", days(date(2026, 11, 20), date(2026, 11, 23))),
        ("du 28/12 au 3 janvier", days(date(2025, 12, 28), date(2026, 1, 3))),
        ("entre le 20/11/2025 et le 3/12/2025", days(date(2025, 11, 20), date(2025, 12, 3))),
        ("du lundi au mercredi", days(date(2026, 11, 23), TODAY)),
        ("depuis lundi", days(date(2026, 11, 23), TODAY)),
        ("cette semaine", days(date(2026, 11, 23), TODAY)),
        ("la semaine dernière", days(date(2026, 11, 16), date(2026, 11, 22))),
        ("ce mois", days(date(2026, 11, 1), TODAY)),
        ("mois dernier", days(date(2026, 10, 1), date(2026, 10, 31))),
    ],
)
def test_a_date_is_searched_as_it_is_said(line: str, expected: PartialDate) -> None:
    term = only(line)
    assert (term.kind, term.value, term.span) == (SearchKind.DATE, expected, (0, len(line)))


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("saint nicolas de redon", "Saint-Nicolas-de-Redon"),
        ("St-Nicolas de Redon", "Saint-Nicolas-de-Redon"),
        ("saint-nicolas", "Saint-Nicolas"),
        ("commune:st nicolas de redon", "Saint-Nicolas-de-Redon"),
        ("commune : martin", "Martin"),
        ("commune:us", "Us"),
    ],
)
def test_the_longest_commune_is_taken(line: str, name: str) -> None:
    term = only(line)
    assert (term.kind, term.value, term.span) == (SearchKind.COMMUNE, name, (0, len(line)))


@pytest.mark.parametrize("line", ["martin", "Us", "nom:redon", "prénom : redon", "nom : cystite", "nom:hier"])
def test_what_may_be_somebody_is_searched_as_a_name(line: str) -> None:
    assert only(line).kind is SearchKind.NAME


@pytest.mark.parametrize(
    ("line", "digits"),
    [
        ("06 39 98", "063998"), ("+33 6 39 98", "063998"), ("06.39", "0639"), ("06/39/98", "063998"),
        ("0639984107", "0639984107"), ("9841", "9841"), ("tel:98", "98"), ("téléphone : 06 39", "0639"),
        ("+44 20 79", "00442079"),
    ],
)  # fmt: skip
def test_a_piece_of_a_number_is_one_term_from_four_digits(line: str, digits: str) -> None:
    term = only(line)
    assert (term.kind, term.value, term.span) == (SearchKind.PHONE, digits, (0, len(line)))


def test_a_number_stops_where_a_date_begins() -> None:
    assert chips("06 39 22/11") == ["tél. : 06 39", "date : 22/11"]
    assert chips("06 39 22 novembre") == ["tél. : 06 39", "date : 22/11"]


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("sans issue", NO_OUTCOME),
        ("issue:sans issue", NO_OUTCOME),
        ("issue:urg", ("urgence",)),
        ("motif:oti", ("otite",)),
        ("otite", ("otite",)),
        ("renouvellement", ("renouvellement_ordonnance", "renouvellement_arret")),
    ],
)
def test_an_outcome_or_a_reason_is_searched_by_its_codes(line: str, codes: tuple[str, ...]) -> None:
    assert only(line).value == codes


@pytest.mark.parametrize(
    ("line", "unread"),
    [
        ("12 martin", ("12",)),
        ("commune:pip", ("commune:pip",)),
        ("23/11/2027", ("23/11/2027",)),
        ("31/02", ("31/02",)),
        ("martin nom:", ("nom:",)),
        ("motif: , redon", ("motif:",)),
        ("martin à", ()),
    ],
)
def test_what_means_nothing_yet_is_said_and_looks_for_nothing(line: str, unread: tuple[str, ...]) -> None:
    assert search(line).unread == unread


@pytest.mark.parametrize(
    ("line", "chip", "rest"),
    [
        ("martin pipriac hier", "commune : Pipriac", "martin hier"),
        ("martin pipriac hier", "nom : martin", "pipriac hier"),
        ("nom : redon hier", "nom : redon", "hier"),
        ("martin, hier", "date : 24/11", "martin"),
        ("0639 martin 9841", "nom : martin", "0639, 9841"),
        ("saint-nicolas martin", "commune : Saint-Nicolas", "martin"),
    ],
)
def test_taking_a_chip_off_leaves_the_rest_of_the_line(line: str, chip: str, rest: str) -> None:
    found = search(line)
    term = next(term for term in found.terms if term.shown.replace("\u202f", " ") == chip)
    assert found.without(term) == rest


def test_a_line_is_read_without_any_list_of_outcomes_or_reasons() -> None:
    found = read_search("urgence martin sans issue", TODAY, COMMUNES.get, {}, {})
    assert [term.value for term in found.terms] == ["urgence", "martin", NO_OUTCOME]


def test_a_compound_name_is_one_term_of_several_folded_words() -> None:
    assert [term.value for term in search("Jean-Pierre d’Arc").terms] == ["jean pierre", "d arc"]


@given(LINES)
def test_terms_stand_apart_in_the_line_and_in_its_order(line: str) -> None:
    found = search(line)
    end = 0
    for term in found.terms:
        assert end <= term.span[0] < term.span[1] <= len(line)
        assert line[slice(*term.span)].strip()
        end = term.span[1]


@given(LINES)
def test_taking_a_term_off_takes_that_term_and_no_other(line: str) -> None:
    found = search(line)
    for term in found.terms:
        left = search(found.without(term))
        others = [(one.kind, one.value) for one in found.terms if one != term]
        assert [(one.kind, one.value) for one in left.terms] == others


@given(LINES)
def test_no_word_is_lost_between_the_chips(line: str) -> None:
    found = search(line)
    read = " ".join([*(line[slice(*term.span)] for term in found.terms), *found.unread])
    lost = set(fold(line).split()) - set(fold(read).split())
    assert lost <= {"a", "au", "aux", "avec", "chez", "d", "et", "l", "m", "madame", "mme", "monsieur", "mr"}
