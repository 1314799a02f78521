"""Openings come from a table or a calendar; each line that is not taken says why, none is taken twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.app.errors import Refusal
from osnp_console.app.local_agenda import import_openings as importing
from osnp_console.app.local_agenda.calendar_events import CalendarEvent, CalendarUnreadable
from osnp_console.app.local_agenda.import_openings import (
    OpeningsImport,
    import_openings,
    read_calendar_openings,
    read_openings,
)
from osnp_console.app.ports import StoreFailure
from osnp_console.domain.agenda.plan import Offer, Plan, SingleOpening, WeeklyOpening
from osnp_console.domain.clock import in_paris
from tests.unit.agendas import CSNP, LE_GALL, MAURY, NOW, weekly
from tests.unit.local_agendas import AgendaStore

TABLE = """date;jours;début;fin;durée;places;surnombre;semaines;du;au;fériés;praticien;RPPS;sans rendez-vous
24/11/2026;;14h20;15h00;20;;;;;;;Camille Maury;10002673899;
;lundi-vendredi;9h;12h30;15;2;1;paires;1/12/2026;31/3/2027;oui;Dr Le Gall;;
27/11/2026;;18h;21h;;10;;;;;;;;oui
"""


def read(text: str | bytes) -> OpeningsImport:
    ids = count(1)
    content = text if isinstance(text, bytes) else text.encode()
    return read_openings(content, NOW.date(), lambda: f"n{next(ids)}")


def test_a_table_gives_openings() -> None:
    found = read(TABLE)
    assert (found.refused, found.repeated) == ((), 0)
    single, every_week, walk_in = (one.opening for one in found.taken)
    assert isinstance(single, SingleOpening)
    assert (f"{in_paris(single.start):%d/%m %H:%M}", single.offer) == ("24/11 14:20", Offer(20, 1, 0, MAURY))
    assert isinstance(every_week, WeeklyOpening)
    assert (every_week.start, every_week.end, every_week.offer) == (
        time(9),
        time(12, 30),
        Offer(15, 2, 1, LE_GALL),
    )
    assert (every_week.on_holidays, every_week.parity.value) == (True, "paires")
    assert walk_in.offer == Offer(None, 10, 0, walk_in=True)
    assert [one.line for one in found.taken] == [2, 3, 4]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_table_is_read_as_spreadsheets_write_it(encoding: str, delimiter: str) -> None:
    text = TABLE.replace(";", delimiter).replace("\n", "\r\n")
    assert len(read(text.encode(encoding)).taken) == 3


def test_each_line_that_is_not_taken_says_why() -> None:
    found = read(
        "date;jours;debut;fin\n"
        "24/11/2026;;14h;15h\n"
        "31/02/2026;;14h;15h\n"
        "\n"
        "23/11/2026;;14h;15h\n"
        ";;14h;15h\n"
        "24/11/2026;lundi;14h;15h\n"
        "25/11/2026;;25h;26h\n"
        "26/11/2026;;14h;\n"
    )
    assert [one.line for one in found.taken] == [2]
    assert [(one.line, one.field, one.why) for one in found.refused] == [
        (3, "date", "Cette date n’existe pas."),
        (5, "date", "Cette date est passée."),
        (6, "jours", "Jours attendus\u202f: lundi, mercredi ou lundi-vendredi."),
        (7, "jours", importing.BOTH),
        (8, "debut", "Cette heure n’existe pas."),
        (9, "fin", "Heure attendue\u202f: 14h20."),
    ]
    assert found.refused[0].text == "31/02/2026 ; 14h ; 15h"


def test_a_line_that_says_the_same_is_counted_and_one_that_contradicts_is_refused() -> None:
    found = read(
        "date;debut;fin;places\n24/11/2026;14h;15h;1\n24/11/2026;14:00;15:00;\n24/11/2026;14h;16h;1\n"
    )
    assert ([one.line for one in found.taken], found.repeated) == ([2], 1)
    assert [(one.line, one.why) for one in found.refused] == [(4, importing.SAID_BEFORE)]


@pytest.mark.parametrize(
    ("heading", "code", "field"),
    [
        ("date;debut", "champ_manquant", "fin"),
        ("jours;fin", "champ_manquant", "debut"),
        ("debut;fin", "champ_manquant", "date"),
        ("date;debut;fin;patient", "champ_inconnu", "patient"),
        ("date;debut;fin;Début", "valeur_invalide", "Début"),
        ("", "champ_manquant", "debut"),
    ],
)
def test_a_table_whose_columns_cannot_be_is_refused_whole(heading: str, code: str, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(f"{heading}\n24/11/2026;14h;15h\n" if heading else "")
    assert (refused.value.code, refused.value.field) == (code, field)


@pytest.mark.parametrize("content", [b"\0\0", b"\x81\x8d", b'"', b"x" * (16 * 1024 * 1024 + 1)])
def test_what_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        read(content)
    assert refused.value.field == "fichier"


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    st.lists(st.text('01/h:;," 2é'), max_size=6),
)
def test_no_text_does_worse_than_be_refused(heading: str, lines: Sequence[str]) -> None:
    for first in (heading, "date;debut;fin"):
        try:
            found = read("\n".join([first, *lines]))
        except Refusal:
            continue
        assert all(one.why for one in found.refused)


def test_what_was_read_is_added_and_read_again_adds_nothing() -> None:
    store = AgendaStore(Plan(CSNP))
    assert len(import_openings(store.units, CSNP.id, read(TABLE), NOW).taken) == 3
    again = import_openings(store.units, CSNP.id, read(TABLE), NOW)
    assert (again.taken, again.refused, again.repeated) == ((), (), 3)
    plan = store.agendas.plans[CSNP.id]
    assert (len(plan.singles), len(plan.weekly), store.commits) == (2, 1, 1)


def test_what_contradicts_the_agenda_is_refused_with_its_line() -> None:
    store = AgendaStore(Plan(CSNP))
    import_openings(store.units, CSNP.id, read("date;debut;fin\n24/11/2026;14h;15h\n"), NOW)
    found = import_openings(
        store.units, CSNP.id, read("date;debut;fin\n25/11/2026;14h;15h\n24/11/2026;14h;18h\n"), NOW
    )
    assert [one.line for one in found.taken] == [2]
    assert [(one.line, one.text) for one in found.refused] == [(3, "24/11/2026 14h00")]


def test_an_import_into_an_agenda_that_is_not_there_is_told() -> None:
    with pytest.raises(StoreFailure):
        import_openings(AgendaStore().units, CSNP.id, read(TABLE), NOW)


def event(hours: float, minutes: int = 20, uid: str = "u1", **other: object) -> CalendarEvent:
    start = NOW + timedelta(hours=hours)
    end = start + timedelta(minutes=minutes)
    return CalendarEvent(uid, start, end, title="Mme Untel", **other)  # type: ignore[arg-type]  # fields of it


def calendar(*events: CalendarEvent) -> OpeningsImport:
    def read_events(content: bytes, start: datetime, end: datetime) -> list[CalendarEvent]:
        assert (content, start) == (b"BEGIN", NOW)
        return list(events)

    return read_calendar_openings(b"BEGIN", read_events, CSNP.id, Offer(None, 1, 0, MAURY), NOW)


def test_a_calendar_gives_an_opening_for_each_event_that_is_not_busy() -> None:
    found = calendar(event(4), event(28), event(30, free=False))
    assert [one.opening.offer for one in found.taken] == [Offer(None, 1, 0, MAURY)] * 2
    assert [(one.line, one.why) for one in found.refused] == [(3, importing.BUSY)]


def test_where_a_calendar_marks_free_time_only_that_is_open() -> None:
    found = calendar(event(4, free=True), event(28))
    assert [one.line for one in found.taken] == [1]
    assert [one.why for one in found.refused] == [importing.BUSY]


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (event(4, all_day=True), importing.WHOLE_DAY),
        (event(4, tentative=True), importing.TENTATIVE),
        (event(4, 26 * 60), importing.TOO_LONG),
        (event(4, 0), importing.NO_LENGTH),
        (event(-1), importing.BEGUN),
    ],
)
def test_an_event_that_is_no_opening_says_why_without_its_title(one: CalendarEvent, why: str) -> None:
    (refused,) = calendar(one).refused
    assert refused.why == why
    assert "Untel" not in refused.text + refused.why


def test_a_calendar_read_again_replaces_what_an_event_gave() -> None:
    store = AgendaStore(Plan(CSNP, (weekly(time(9), time(10)),)))
    import_openings(store.units, CSNP.id, calendar(event(4), event(28)), NOW)
    found = import_openings(store.units, CSNP.id, calendar(event(4, 40), event(28)), NOW)
    assert (len(found.taken), found.repeated, found.refused) == (1, 1, ())
    singles = store.agendas.plans[CSNP.id].singles
    assert sorted(one.end - one.start for one in singles) == [timedelta(minutes=20), timedelta(minutes=40)]


def test_the_same_calendar_may_go_into_two_agendas() -> None:
    def read_events(content: bytes, start: datetime, end: datetime) -> list[CalendarEvent]:
        return [event(4)]

    ids = {
        read_calendar_openings(b"", read_events, agenda, Offer(), NOW).taken[0].opening.id
        for agenda in ("a", "b")
    }
    assert len(ids) == 2


def test_what_is_no_calendar_is_refused() -> None:
    def read_events(content: bytes, start: datetime, end: datetime) -> list[CalendarEvent]:
        raise CalendarUnreadable("ce n’est pas un calendrier")

    with pytest.raises(Refusal) as refused:
        read_calendar_openings(b"", read_events, CSNP.id, Offer(), NOW)
    assert (refused.value.message, refused.value.field) == ("Ce n’est pas un calendrier.", "fichier")
