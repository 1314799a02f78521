"""What is typed of an agenda is read as French writes it, and what cannot be is told field by field."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.app.errors import Refusal
from osnp_console.app.local_agenda import typed
from osnp_console.app.local_agenda.forms import (
    AgendaForm,
    ClosureForm,
    OpeningForm,
    form_of_agenda,
    form_of_closure,
    form_of_opening,
    read_agenda_form,
    read_closure_form,
    read_opening_form,
)
from osnp_console.domain.agenda.plan import (
    NOBODY,
    Agenda,
    Closure,
    Offer,
    Parity,
    SingleOpening,
    WeeklyOpening,
)
from osnp_console.domain.clock import in_paris
from osnp_console.domain.dates import Validity
from osnp_console.domain.slots.slot import Place, Practitioner
from tests.unit.agendas import CSNP, MAURY, NOW, days, times, weekly_openings

TODAY = NOW.date()
WEEKLY = OpeningForm(weekdays="lundi-vendredi", start="14h", end="18h", minutes="20")
SINGLE = OpeningForm(date="27/11/2026", start="14h20", end="18h")


def new_id() -> str:
    return "nouveau"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("24/11/2026", date(2026, 11, 24)),
        ("1/2/27", date(2027, 2, 1)),
        ("2026-11-24", date(2026, 11, 24)),
        (" 24.11.2026 ", date(2026, 11, 24)),
        ("24-11-2026", date(2026, 11, 24)),
    ],
)
def test_days_are_read(text: str, day: date) -> None:
    assert typed.read_day(text, "date") == day


@pytest.mark.parametrize("text", ["31/02/2026", "24/13/2026", "24/11/1026", "2026-02-30"])
def test_days_that_do_not_exist_are_told_so(text: str) -> None:
    with pytest.raises(Refusal, match="n’existe pas"):
        typed.read_day(text, "date")


@pytest.mark.parametrize("text", ["demain", "24/11", "24112026", "٢٤/١١/٢٠٢٦"])
def test_what_is_no_day_is_told_how_to_write_one(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        typed.read_day(text, "date")
    assert (refused.value.code, refused.value.field) == ("valeur_invalide", "date")
    assert refused.value.message == typed.DAY_EXPECTED


@pytest.mark.parametrize(
    ("text", "clock"),
    [("14h20", (14, 20)), ("14:20", (14, 20)), ("1420", (14, 20)), ("9h", (9, 0)), ("9", (9, 0)),
     ("8 H 05", (8, 5)), ("0h00", (0, 0)), ("9 heures", (9, 0))],
)  # fmt: skip
def test_times_are_read(text: str, clock: tuple[int, int]) -> None:
    assert typed.read_clock(text, "debut") == time(*clock)


@pytest.mark.parametrize("text", ["24h", "25:00", "14h60", "9960"])
def test_times_that_do_not_exist_are_told_so(text: str) -> None:
    with pytest.raises(Refusal, match="n’existe pas"):
        typed.read_clock(text, "debut")


@pytest.mark.parametrize(
    ("text", "code"), [("", "champ_manquant"), ("midi", "valeur_invalide"), ("14h2", "valeur_invalide")]
)
def test_what_is_no_time_is_told_how_to_write_one(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        typed.read_clock(text, "fin")
    assert (refused.value.code, refused.value.message, refused.value.field) == (
        code,
        typed.CLOCK_EXPECTED,
        "fin",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lundi", {0}),
        ("lundi, mercredi et vendredi", {0, 2, 4}),
        ("lun. mar. jeu.", {0, 1, 3}),
        ("lu/ma/me", {0, 1, 2}),
        ("Lundi-Vendredi", {0, 1, 2, 3, 4}),
        ("du lundi au vendredi", {0, 1, 2, 3, 4}),
        ("lundi à mercredi", {0, 1, 2}),
        ("lundis, mardis", {0, 1}),
        ("ven – lun", {4, 5, 6, 0}),
        ("tous les jours", set(range(7))),
        ("samedi samedi", {5}),
    ],
)
def test_weekdays_are_read(text: str, expected: set[int]) -> None:
    assert typed.read_weekdays(text, "jours") == expected


@pytest.mark.parametrize("text", ["m", "lundredi", "lundi-", "férié", "1"])
def test_what_is_no_weekday_is_told(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        typed.read_weekdays(text, "jours")
    assert (refused.value.message, refused.value.field) == (typed.WEEKDAYS_EXPECTED, "jours")


@given(st.frozensets(st.integers(0, 6), min_size=1))
def test_weekdays_that_are_said_are_read_again(weekdays: frozenset[int]) -> None:
    assert typed.read_weekdays(typed.said_weekdays(weekdays), "jours") == weekdays


@given(days, times)
def test_days_and_times_that_are_said_are_read_again(day: date, clock: time) -> None:
    assert typed.read_day(typed.said_day(day), "date") == day
    assert typed.read_clock(typed.said_clock(clock), "debut") == clock


@given(weekly_openings())
def test_a_weekly_opening_comes_back_from_its_form(opening: WeeklyOpening) -> None:
    assert read_opening_form(form_of_opening(opening), TODAY, new_id) == opening or not _fits(opening)


def _fits(opening: WeeklyOpening) -> bool:
    """Whether its slots are no longer than itself: the form refuses others."""
    start, end = opening.start, opening.end
    length = ((end.hour - start.hour) * 60 + end.minute - start.minute) % 1440
    return opening.offer.minutes is None or opening.offer.minutes <= length


def test_a_form_gives_an_opening() -> None:
    form = OpeningForm(
        id="o9", weekdays="mardi", start="20h", end="8h", minutes="30", places="2", over_booking="1",
        weeks="impaires", since="1/12/2026", until="31/03/2027", on_holidays="oui",
        practitioner=" Camille  Maury ", rpps="8 10002673899", walk_in="oui",
    )  # fmt: skip
    assert read_opening_form(form, TODAY, new_id) == WeeklyOpening(
        "o9",
        frozenset({1}),
        time(20),
        time(8),
        Offer(30, 2, 1, MAURY, walk_in=True),
        Parity.ODD,
        Validity(date(2026, 12, 1), date(2027, 3, 31)),
        on_holidays=True,
    )


def test_an_opening_for_one_date_is_one_range_unless_slots_are_asked_for() -> None:
    opening = read_opening_form(SINGLE, TODAY, new_id)
    assert isinstance(opening, SingleOpening)
    assert (opening.id, opening.offer) == ("nouveau", Offer(None, 1, 0, NOBODY))
    assert (
        f"{in_paris(opening.start):%d/%m %H:%M} {in_paris(opening.end):%d/%m %H:%M}"
        == "27/11 14:20 27/11 18:00"
    )
    night = read_opening_form(OpeningForm(date="27/11/2026", start="22h", end="2h"), TODAY, new_id)
    assert isinstance(night, SingleOpening)
    assert f"{in_paris(night.end):%d/%m %H:%M}" == "28/11 02:00"
    for one in (opening, night):
        assert read_opening_form(form_of_opening(one), TODAY, new_id) == one


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (OpeningForm(start="14h", end="18h"), "jours"),
        (OpeningForm(weekdays="lundi", end="18h"), "debut"),
        (OpeningForm(weekdays="lundi", start="14h"), "fin"),
        (OpeningForm(weekdays="lundi", start="14h", end="14h"), "fin"),
        (OpeningForm(weekdays="lundi", start="14h", end="15h", minutes="90"), "duree"),
        (OpeningForm(weekdays="lundi", start="14h", end="15h", minutes="0"), "duree"),
        (OpeningForm(weekdays="lundi", start="14h", end="15h", minutes="vingt"), "duree"),
        (OpeningForm(weekdays="lundi", start="14h", end="15h", places="0"), "places"),
        (OpeningForm(weekdays="lundi", start="14h", end="15h", places="-1"), "places"),
        (OpeningForm(weekdays="lundi", start="14h", end="15h", over_booking="201"), "surnombre"),
        (OpeningForm(weekdays="lundi", start="14h", end="15h", weeks="une sur deux"), "semaines"),
        (OpeningForm(weekdays="lundi", start="14h", end="15h", since="2/1/2027", until="1/1/2027"), "au"),
        (OpeningForm(weekdays="lundi", start="14h", end="15h", since="bientôt"), "du"),
        (OpeningForm(weekdays="lundi", start="14h", end="15h", on_holidays="peut-être"), "feries"),
        (OpeningForm(weekdays="lundi", start="14h", end="15h", rpps="123"), "rpps"),
        (OpeningForm(weekdays="lundi", start="14h", end="15h", practitioner="x" * 121), "praticien"),
        (OpeningForm(weekdays="lundi", start="14h", end="15h", walk_in="?!"), "sans_rendez_vous"),
        (OpeningForm(date="23/11/2026", start="14h", end="15h"), "date"),
    ],
)  # fmt: skip
def test_a_form_that_cannot_be_names_its_field(form: OpeningForm, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_opening_form(form, TODAY, new_id)
    assert refused.value.field == field
    assert refused.value.message


def test_places_may_all_be_over_booking() -> None:
    form = OpeningForm(weekdays="lundi", start="14h", end="15h", places="0", over_booking="2")
    assert read_opening_form(form, TODAY, new_id).offer == Offer(None, 0, 2)


def test_a_closure_is_of_whole_days_or_to_the_hour_and_comes_back_from_its_form() -> None:
    whole = read_closure_form(
        ClosureForm(first="24/12/2026", last="3/1/2027", why=" congés  de Noël "), new_id
    )
    assert (
        f"{in_paris(whole.start):%d/%m %H:%M} {in_paris(whole.end):%d/%m %H:%M}" == "24/12 00:00 04/01 00:00"
    )
    assert (whole.id, whole.why, whole.practitioner) == ("nouveau", "congés de Noël", None)
    one_day = read_closure_form(ClosureForm(first="24/12/2026"), new_id)
    assert f"{in_paris(one_day.end):%d/%m %H:%M}" == "25/12 00:00"
    hours = read_closure_form(
        ClosureForm(first="24/12/2026", start="12h", end="14h", rpps=MAURY.rpps or ""), new_id
    )
    assert f"{in_paris(hours.start):%H:%M} {in_paris(hours.end):%d/%m %H:%M}" == "12:00 24/12 14:00"
    assert hours.practitioner == Practitioner(None, MAURY.rpps)
    for one in (whole, one_day, hours):
        assert read_closure_form(form_of_closure(one), new_id) == one


@given(days, st.integers(0, 3000), st.integers(1, 9000), st.sampled_from([None, MAURY]))
def test_any_closure_comes_back_from_its_form(
    day: date, start: int, length: int, whose: Practitioner | None
) -> None:
    begins = read_closure_form(ClosureForm(first=typed.said_day(day)), new_id).start
    first = in_paris(begins.replace(fold=0))
    hour = time(start % 1440 // 60, start % 60)
    last = typed.said_day(date.fromordinal(day.toordinal() + length // 1440))
    form = ClosureForm("f1", typed.said_day(day), typed.said_clock(hour), last, "", "raison")
    closure = read_closure_form(form, new_id)
    closure = Closure(closure.id, closure.start, closure.end, closure.why, whose)
    assert first <= closure.start < closure.end
    assert read_closure_form(form_of_closure(closure), new_id) == closure


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (ClosureForm(), "du"),
        (ClosureForm(first="24/12/2026", last="23/12/2026"), "au"),
        (ClosureForm(first="24/12/2026", start="14h", end="12h"), "fin"),
        (ClosureForm(first="24/12/2026", rpps="12"), "rpps"),
    ],
)
def test_a_closure_that_cannot_be_names_its_field(form: ClosureForm, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_closure_form(form, new_id)
    assert refused.value.field == field


def test_an_agenda_gets_an_id_from_its_name() -> None:
    agenda = read_agenda_form(AgendaForm(name=" CSNP  de l’Île-d’Yeu ", city="L’Île-d’Yeu", types=("SNP",)))
    assert agenda == Agenda(
        "csnp-de-l-ile-d-yeu",
        "CSNP de l’Île-d’Yeu",
        Place(city="L’Île-d’Yeu"),
        types=frozenset({"SNP"}),
    )
    assert read_agenda_form(form_of_agenda(CSNP)) == CSNP


@pytest.mark.parametrize(
    ("form", "field"),
    [(AgendaForm(), "nom"), (AgendaForm(name="x" * 121), "nom"), (AgendaForm(name="x", id="É!"), "id"),
     (AgendaForm(name="…"), "id")],
)  # fmt: skip
def test_an_agenda_that_cannot_be_names_its_field(form: AgendaForm, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_agenda_form(form)
    assert refused.value.field == field
