"""A birth date and an onset typed in any usual way: read, read back, refused with a sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.domain.dates import PartialDate
from osnp_console.domain.typed_ages import completed_months
from osnp_console.domain.typed_dates import DateRefused, age_said, read_birth, read_onset, shown

TODAY = date(2026, 11, 25)  # a Wednesday
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
PAST = st.dates(date(1900, 1, 1), TODAY)
TYPED = st.one_of(
    st.text(max_size=30),
    st.lists(
        st.sampled_from(
            [*"0123456789/.- ?é", "mars", "juin", " ans", "mois", "hier", "lundi", "il y a ", "le ", "du ",
             "1er", "2019", "00", "31", "semaines", "depuis ", "et ", "au ", "dernier", "９", "²"]
        ),
        max_size=10,
    ).map("".join),
)  # fmt: skip


def day(number: int, month: int, year: int) -> PartialDate:
    one = date(year, month, number)
    return PartialDate(one, one)


def fault(read: Callable[[str, date], object], text: str) -> DateRefused | None:
    try:
        read(text, TODAY)
    except DateRefused as refused:
        return refused
    return None


def refusal(text: str, today: date = TODAY) -> DateRefused:
    with pytest.raises(DateRefused) as refused:
        read_birth(text, today)
    return refused.value


def onset_refusal(text: str) -> DateRefused:
    with pytest.raises(DateRefused) as refused:
        read_onset(text, TODAY)
    return refused.value


@pytest.mark.parametrize(
    "text",
    ["14032019", "140319", "14/3/19", "14/03/19", "14.03.2019", "14-3-2019", "14 mars 2019", "14 MARS 19",
     "14mars2019", "2019-03-14", "20190314", "2019/3/14", "14 03 2019", "14/03/2019", "  14 / 03 / 2019  ",
     "né le 14 mars 2019", "Née le 14/03/2019", "14 mar. 2019"],
)  # fmt: skip
def test_a_birth_date_is_read_in_any_usual_shape(text: str) -> None:
    assert read_birth(text, TODAY).date == day(14, 3, 2019)


@pytest.mark.parametrize("text", ["1er mars 19", "1ER Mars 2019", "01/03/2019", "1 mars 2019"])
def test_the_first_of_a_month_may_be_written_as_it_is_said(text: str) -> None:
    assert read_birth(text, TODAY).date == day(1, 3, 2019)


@pytest.mark.parametrize("text", ["1 fevrier 2019", "1 février 2019", "1 FEV 2019", "1 févr. 19"])
def test_accents_and_capitals_do_not_matter(text: str) -> None:
    assert read_birth(text, TODAY).date == day(1, 2, 2019)


@pytest.mark.parametrize("text", ["03/2019", "mars 2019", "00/03/2019", "2019-03", "032019", "00032019"])
def test_a_month_alone_is_all_its_days(text: str) -> None:
    assert read_birth(text, TODAY).date == PartialDate.parse("2019-03")


@pytest.mark.parametrize("text", ["2019", "00/00/2019", "00002019", "en 2019"])
def test_a_year_alone_is_all_its_days(text: str) -> None:
    assert read_birth(text, TODAY).date == PartialDate.parse("2019")


@pytest.mark.parametrize("text", ["7 ans", "7ans", "7 a", "7 AN", "sept ans", "7 ans et demi"])
def test_an_age_in_years_is_an_age_and_no_date(text: str) -> None:
    typed = read_birth(text, TODAY)
    assert (typed.date, typed.age_years) == (None, 7)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("8 mois", date(2026, 2, 26), date(2026, 3, 25)),
        ("8m", date(2026, 2, 26), date(2026, 3, 25)),
        ("1 an et 3 mois", date(2025, 7, 26), date(2025, 8, 25)),
        ("3 semaines", date(2026, 10, 29), date(2026, 11, 4)),
        ("12 jours", date(2026, 11, 13), date(2026, 11, 13)),
        ("12 j", date(2026, 11, 13), date(2026, 11, 13)),
    ],
)
def test_the_age_of_an_infant_is_the_days_on_which_it_may_be_born(text: str, first: date, last: date) -> None:
    typed = read_birth(text, TODAY)
    assert (typed.date, typed.age_years) == (PartialDate(first, last), None)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("14/03/2019", None),
        (" 14/03/2019 ", None),
        ("14/3/19", "lu 14/03/2019"),
        ("14032019", "lu 14/03/2019"),
        ("251126", "lu 25/11/2026"),
        ("261126", "lu 26/11/1926"),
        ("29/02/00", "lu 29/02/2000"),
        ("29/02/28", "lu 29/02/1928"),
        ("2019", "lu 2019, jour et mois non connus"),
        ("mars 2019", "lu 03/2019, jour non connu"),
        ("8 mois", "lu du 26/02/2026 au 25/03/2026"),
        ("7 a", "lu 7 ans, date non connue"),
    ],
)
def test_whatever_is_not_typed_in_full_says_how_it_was_read(text: str, reading: str | None) -> None:
    assert read_birth(text, TODAY).reading == reading


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("31/02/2019", "Cette date n’existe pas."),
        ("29/02/2019", "Cette date n’existe pas."),
        ("31/04", "Cette date n’existe pas."),
        ("14/13/2019", "Cette date n’existe pas."),
        ("14/00/2019", "Cette date n’existe pas."),
        ("32/0", "Cette date n’existe pas."),
        ("45032019", "Cette date n’existe pas."),
        ("123456789", "Cette date n’existe pas."),
        ("26/11/2026", "Cette date est dans l’avenir."),
        ("12/2026", "Cette date est dans l’avenir."),
        ("2027", "Cette date est dans l’avenir."),
        ("14/03/1850", "Avant 1900\u202f: à relire avec l’appelant."),
        ("1850", "Avant 1900\u202f: à relire avec l’appelant."),
        ("130 ans", "Avant 1900\u202f: à relire avec l’appelant."),
        ("9999 mois", "Avant 1900\u202f: à relire avec l’appelant."),
    ],
)
def test_a_birth_date_that_cannot_be_is_refused_with_its_sentence(text: str, sentence: str) -> None:
    refused = refusal(text)
    assert (refused.message, refused.incomplete) == (sentence, False)


@pytest.mark.parametrize("text", ["bonjour", "?", "14 mars 2019 vers midi", "12 chats", "1/2/3/4"])
def test_a_text_that_is_no_date_is_told_so(text: str) -> None:
    refused = refusal(text)
    assert refused.message.startswith("Ce texte n’est pas une date")
    assert not refused.incomplete


@pytest.mark.parametrize(
    "text", ["", " ", "14/03", "14/0", "14 mars", "mars", "1403", "3112", "7", "2 ans et"]
)
def test_an_unfinished_date_is_not_yet_a_fault(text: str) -> None:
    assert refusal(text).incomplete


@pytest.mark.parametrize(
    "whole", ["14032019", "14/03/2019", "14.3.1984", "31-12-1999", "14 mars 2019", "1er août 2001",
              "2019-03-14", "mars 2019", "03/1984", "12 semaines", "8 mois", "31122003", "28021957"],
)  # fmt: skip
def test_no_fault_is_told_while_a_right_date_is_being_typed(whole: str) -> None:
    for length in range(len(whole)):
        refused = fault(read_birth, whole[:length])
        assert refused is None or refused.incomplete, whole[:length]


@given(PAST)
def test_every_past_day_written_in_every_shape_reads_back_as_itself(born: date) -> None:
    month = MONTHS[born.month - 1]
    expected = PartialDate(born, born)
    for text in (
        f"{born:%d%m%Y}", f"{born:%d/%m/%Y}", f"{born:%d.%m.%Y}", f"{born.day}-{born.month}-{born.year}",
        f"{born.day} {month} {born.year}", f"{born.day} {month.upper()} {born.year}", born.isoformat(),
    ):  # fmt: skip
        assert read_birth(text, TODAY).date == expected


@given(st.dates(TODAY - timedelta(days=99 * 365), TODAY))
def test_a_two_digit_year_is_the_latest_that_is_not_in_the_future(born: date) -> None:
    expected = PartialDate(born, born)
    assert read_birth(f"{born:%d%m%y}", TODAY).date == expected
    assert read_birth(f"{born.day}/{born.month}/{born:%y}", TODAY).date == expected


@given(PAST)
def test_what_is_shown_of_a_birth_reads_back_as_the_same(born: date) -> None:
    for known in (f"{born:%Y-%m-%d}", f"{born:%Y-%m}", f"{born:%Y}"):
        once = read_birth(shown(PartialDate.parse(known)), TODAY)
        assert once.date == PartialDate.parse(known)
        assert shown(once.date) == shown(PartialDate.parse(known))


@given(st.integers(1, 23), PAST)
def test_an_age_in_months_is_said_back_as_it_was_given(months: int, today: date) -> None:
    born = read_birth(f"{months} mois", max(today, date(1903, 1, 1))).date
    assert born is not None
    assert age_said(born, None, max(today, date(1903, 1, 1))) == f"{months} mois"
    assert read_birth(shown(born), max(today, date(1903, 1, 1))).date == born


@given(TYPED)
def test_any_text_gives_a_birth_or_a_refusal_and_nothing_else(text: str) -> None:
    refused = fault(read_birth, text)
    if refused is not None:
        assert refused.message
        return
    typed = read_birth(text, TODAY)
    assert (typed.date is None) is (typed.age_years is not None)
    if typed.date is not None:
        assert typed.date.first <= TODAY
        assert typed.date.last.year >= 1900
        assert read_birth(shown(typed.date), TODAY).date == typed.date


@pytest.mark.parametrize(
    ("born", "age", "said"),
    [
        ("2019-03-14", None, "7 ans"),
        ("2026-03-14", None, "8 mois"),
        ("2026-11-13", None, "12 jours"),
        ("2026-11-24", None, "1 jour"),
        ("2025-11-25", None, "12 mois"),
        ("2024-11-26", None, "23 mois"),
        ("2024-11-25", None, "2 ans"),
        ("2026-10-26", None, "30 jours"),
        ("2026-10-25", None, "1 mois"),
        ("2019", None, "6 ou 7 ans"),
        ("2019", 7, "7 ans"),
        ("2019", 12, "6 ou 7 ans"),
        ("2019-03", None, "7 ans"),
        ("2025", None, "de 10 à 22 mois"),
        ("2024", None, "de 22 mois à 2 ans"),
        ("2026-11", None, "de 0 à 24 jours"),
        ("2027-01-01", None, ""),
        (None, 7, "7 ans"),
        (None, 1, "1 an"),
        (None, None, ""),
    ],
)
def test_an_age_is_said_with_every_age_it_can_be(born: str | None, age: int | None, said: str) -> None:
    assert age_said(None if born is None else PartialDate.parse(born), age, TODAY) == said


@given(PAST, PAST)
def test_twelve_completed_months_are_one_completed_year(one: date, other: date) -> None:
    born, on = sorted((one, other))
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    assert completed_months(born, on) // 12 == years


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("aujourd’hui", day(25, 11, 2026)), ("aujourd'hui", day(25, 11, 2026)),
        ("ce matin", day(25, 11, 2026)),
        ("hier", day(24, 11, 2026)), ("Hier soir", day(24, 11, 2026)), ("depuis hier", day(24, 11, 2026)),
        ("avant-hier", day(23, 11, 2026)), ("avant hier", day(23, 11, 2026)),
        ("cette nuit", PartialDate(date(2026, 11, 24), TODAY)),
        ("lundi", day(23, 11, 2026)), ("jeudi", day(19, 11, 2026)), ("mercredi", day(25, 11, 2026)),
        ("mercredi dernier", day(18, 11, 2026)), ("depuis lundi dernier", day(23, 11, 2026)),
        ("lundi 23/11", day(23, 11, 2026)),
        ("il y a 3 jours", day(22, 11, 2026)), ("3 jours", day(22, 11, 2026)),
        ("depuis 48 h", day(23, 11, 2026)),
        ("depuis 2 semaines", day(11, 11, 2026)), ("il y a une semaine", day(18, 11, 2026)),
        ("il y a 1 mois", PartialDate(date(2026, 9, 26), date(2026, 10, 25))),
        ("12/11", day(12, 11, 2026)), ("12/12", day(12, 12, 2025)), ("25/11", day(25, 11, 2026)),
        ("26/11", day(26, 11, 2025)), ("29/02", day(29, 2, 2024)), ("1211", day(12, 11, 2026)),
        ("12 novembre", day(12, 11, 2026)), ("1er novembre", day(1, 11, 2026)), ("le 12", day(12, 11, 2026)),
        ("le 26", day(26, 10, 2026)), ("novembre", PartialDate.parse("2026-11")),
        ("décembre", PartialDate.parse("2025-12")), ("12/11/2026", day(12, 11, 2026)),
        ("12/11/26", day(12, 11, 2026)), ("12112026", day(12, 11, 2026)), ("2026-11-12", day(12, 11, 2026)),
        ("2025", PartialDate.parse("2025")), ("2011", PartialDate.parse("2011")),
    ],
)  # fmt: skip
def test_an_onset_is_read_as_a_caller_says_it(text: str, expected: PartialDate) -> None:
    assert read_onset(text, TODAY).date == expected


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("26/11/2026", "Cette date est dans l’avenir."),
        ("12/12/26", "Cette date est dans l’avenir."),
        ("31/11", "Cette date n’existe pas."),
        ("le 32", "Cette date n’existe pas."),
        ("lundi 24/11/2026", "Le 24/11/2026 est un mardi."),
        ("demain", "Ce texte n’est pas une date\u202f: écrire hier, lundi, 12/11 ou il y a 3 jours."),
    ],
)
def test_an_onset_that_cannot_be_is_refused_with_its_sentence(text: str, sentence: str) -> None:
    refused = onset_refusal(text)
    assert (refused.message, refused.incomplete) == (sentence, False)


@pytest.mark.parametrize(
    "whole", ["aujourd’hui", "avant-hier", "lundi", "lundi dernier", "il y a 3 jours", "depuis 2 semaines",
              "12/11", "12 novembre", "12/11/2026", "1er novembre", "depuis hier", "lundi 23/11"],
)  # fmt: skip
def test_no_fault_is_told_while_a_right_onset_is_being_typed(whole: str) -> None:
    for length in range(len(whole)):
        refused = fault(read_onset, whole[:length])
        assert refused is None or refused.incomplete, whole[:length]


@given(PAST, st.integers(0, 6))
def test_a_weekday_is_within_the_last_seven_days(today: date, weekday: int) -> None:
    today = max(today, date(1900, 2, 1))
    name = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")[weekday]
    onset = read_onset(name, today).date
    assert onset.first == onset.last
    assert onset.first.weekday() == weekday
    assert timedelta() <= today - onset.first < timedelta(days=7)


@given(st.dates(TODAY - timedelta(days=364), TODAY))
def test_a_day_without_its_year_is_the_latest_that_has_come(began: date) -> None:
    expected = PartialDate(began, began)
    assert read_onset(f"{began.day}/{began.month}", TODAY).date == expected
    assert read_onset(f"{began.day} {MONTHS[began.month - 1]}", TODAY).date == expected


@given(TYPED)
def test_any_text_gives_an_onset_or_a_refusal_and_nothing_else(text: str) -> None:
    refused = fault(read_onset, text)
    if refused is not None:
        assert refused.message
        return
    typed = read_onset(text, TODAY)
    assert typed.date.first <= TODAY
    again = read_onset(shown(typed.date), TODAY)
    assert again.date == typed.date
