"""The workspace Carnet: weeks walked through, openings and closures looked at first, places given back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from osnp_console.app.local_agenda.calendar_events import CalendarEvent
from osnp_console.app.local_agenda.cancel import NO_REASON
from osnp_console.domain.agenda.booking import Booking
from osnp_console.domain.agenda.plan import Agenda, Offer, Parity, WeeklyOpening
from osnp_console.domain.appointment import AppointmentState
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.clock import PARIS
from osnp_console.domain.slots.slot import Place, Practitioner
from osnp_console.domain.slots.source import SourceKind
from osnp_console.ui.agendas.door import AgendaDoor
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.local_agenda.desk import AgendaDesk
from osnp_console.ui.local_agenda.workspace import NO_AGENDA, LocalAgendaWorkspace
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.unfinished import Unfinished
from osnp_console.ui.widgets.line_field import LineField
from tests.ui.directory_doubles import ChosenFiles
from tests.ui.doubles import NOW, Memory
from tests.ui.showing import focused, shown

REDON = Agenda("redon", "Carnet de Redon", Place(city="Redon"))
MORNINGS = WeeklyOpening(
    "matins", frozenset({1, 3}), time(9), time(11), Offer(20, practitioner=Practitioner("Dr Inventé"))
)
NAMES = {"44-a-mg": "A · Médecine générale · 44"}
SLOT = "20261124T092000Z/dr invente"
"""Tuesday 24 November, 10:20 in Paris."""


@pytest.fixture
def memory() -> Memory:
    """A base with one agenda, open on Tuesday and Thursday mornings, and one call that holds a place."""
    memory = Memory()
    memory.agendas.put(REDON)
    memory.agendas.put_weekly("redon", MORNINGS)
    memory.records["appel-a"] = CallRecord("appel-a", 12, "44-3", NOW)
    start, end = datetime(2026, 11, 24, 10, 20, tzinfo=PARIS), datetime(2026, 11, 24, 10, 40, tzinfo=PARIS)
    memory.agendas.booked["a"] = Booking(
        "a", "redon", "dr invente", start, end, 1, False, AppointmentState.BOOKED, NOW, NOW, "44-3", "appel-a"
    )
    return memory


@pytest.fixture
def files() -> ChosenFiles:
    """Which file the person chooses."""
    return ChosenFiles()


Make = Callable[..., LocalAgendaWorkspace]


@pytest.fixture
def make(qtbot: QtBot, theme: Theme, memory: Memory, files: ChosenFiles) -> Make:
    """Makes workspaces over the same base, as a change of theme does."""
    unfinished, held = Unfinished(), list[object]()
    ids = iter(range(1, 1000))

    def read_events(content: bytes, start: datetime, end: datetime) -> list[CalendarEvent]:
        begin = datetime(2026, 12, 2, 14, tzinfo=PARIS)
        return [CalendarEvent("u", begin, begin.replace(hour=16), "titre tu")]

    def workspace(width: int = 1280, height: int = 700) -> LocalAgendaWorkspace:
        door, agendas = StoreDoor(memory), AgendaDoor()
        desk = AgendaDesk(door, agendas, lambda: NOW, lambda: f"n{next(ids)}", lambda: read_events)
        made = LocalAgendaWorkspace(theme, desk, NAMES, files, unfinished)
        made.editor._rest.setInterval(0)
        held.extend((door, agendas, desk, made, shown(qtbot, made, width=width, height=height)))
        qtbot.waitUntil(lambda: bool(made.week.list.rows) or bool(made.week.message.words))
        return made

    return workspace


@pytest.fixture
def place(make: Make) -> LocalAgendaWorkspace:
    """The workspace, shown wide."""
    return make()


def _type(field: LineField, text: str) -> None:
    field.setFocus()
    field.line_edit.selectAll()
    QTest.keyClicks(field.line_edit, text)


def _key(widget: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(widget, key)


def _texts(place: LocalAgendaWorkspace) -> Mapping[str, str]:
    return {row.key: row.words for row in place.week.list.rows}


# --- the week -------------------------------------------------------------------------------------------


def test_the_week_opens_on_the_next_slot_of_today(place: LocalAgendaWorkspace) -> None:
    assert place.week.week.text() == "Semaine 48 · 23 au 29 novembre 2026"
    current = place.week.list.current
    assert current is not None
    assert current.key == SLOT
    assert current.words == "réservé · appel 12"


def test_arrows_pass_the_headings_and_turn_the_weeks_and_a_comes_back(
    place: LocalAgendaWorkspace, qtbot: QtBot
) -> None:
    rows = place.week.list
    focused(qtbot, rows)
    for _ in range(2):
        _key(rows, Qt.Key.Key_Down)
    assert rows.current is not None
    assert rows.current.day == date(2026, 11, 26)
    _key(rows, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: place.week.monday == date(2026, 11, 30))
    assert rows.current is not None
    assert rows.current.day == date(2026, 12, 1)
    _key(rows, Qt.Key.Key_Left)
    _key(rows, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: place.week.monday == date(2026, 11, 16))
    QTest.keyClicks(rows, "a")
    qtbot.waitUntil(lambda: place.week.monday == date(2026, 11, 23))


def test_each_row_is_read_aloud_as_one_sentence(place: LocalAgendaWorkspace) -> None:
    current = place.week.list.current
    assert current is not None
    assert current.sentence.endswith("Dr Inventé, réservé, appel 12")


def test_a_base_without_an_agenda_says_so_and_offers_to_add_one(
    make: Make, memory: Memory, qtbot: QtBot
) -> None:
    memory.agendas.remove("redon")
    place = make()
    assert place.week.message.words == NO_AGENDA
    place.focus_first()
    assert place.week.add.hasFocus()
    place.week.add.click()
    form = place.editor.agenda
    _type(form.name, "Ligne de Pipriac")
    form.save.click()
    qtbot.waitUntil(lambda: place.week.title.text() == "Ligne de Pipriac")
    assert [one.id for one in memory.agendas.all()] == ["ligne-de-pipriac"]
    (source,) = memory.sources.all()
    assert (source.kind, source.options) == (SourceKind.LOCAL_AGENDA, {"agenda": "ligne-de-pipriac"})


# --- openings -------------------------------------------------------------------------------------------


def test_an_opening_is_looked_at_over_four_weeks_before_it_is_saved(
    place: LocalAgendaWorkspace, memory: Memory, qtbot: QtBot
) -> None:
    place.editor.plan.opening.click()
    page = place.editor.opening
    page.days[0].click()
    _type(page.start, "14h")
    _type(page.end_hour, "15h")
    qtbot.waitUntil(lambda: "3 créneaux de plus" in page.lines.text())
    assert page.lines.text().splitlines()[0] == "Semaine du lundi 30 novembre\u202f: 3 créneaux de plus"
    assert len(memory.agendas.plans["redon"].weekly) == 1
    _key(page.save, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(memory.agendas.plans["redon"].weekly) == 2)
    added = memory.agendas.plans["redon"].weekly[-1]
    assert (added.weekdays, added.start, added.offer.minutes) == (frozenset({0}), time(14), 20)
    qtbot.waitUntil(lambda: len(place.editor.plan.list.rows) == 2)
    assert place.editor.plan.message.words.startswith("Enregistré.")
    assert place.week.list.hasFocus()


def test_saving_what_was_not_looked_at_yet_looks_first(
    place: LocalAgendaWorkspace, memory: Memory, qtbot: QtBot
) -> None:
    place.editor._rest.setInterval(600_000)
    place.editor.plan.opening.click()
    page = place.editor.opening
    page.days[0].click()
    _type(page.start, "14h")
    _type(page.end_hour, "15h")
    page.save.click()
    qtbot.waitUntil(lambda: "3 créneaux de plus" in page.lines.text())
    assert len(memory.agendas.plans["redon"].weekly) == 1
    page.save.click()
    qtbot.waitUntil(lambda: len(memory.agendas.plans["redon"].weekly) == 2)


def test_a_range_in_even_weeks_for_one_practitioner_is_what_was_typed(
    place: LocalAgendaWorkspace, memory: Memory, qtbot: QtBot
) -> None:
    place.editor.plan.opening.click()
    page = place.editor.opening
    focused(qtbot, page.shape)
    QTest.keyClicks(page.shape, "p")
    assert not page.minutes.isVisible()
    page.days[4].click()
    _type(page.start, "14h")
    _type(page.end_hour, "18h")
    _type(page.places, "3")
    _type(page.over, "1")
    focused(qtbot, page.weeks)
    QTest.keyClicks(page.weeks, "p")
    _type(page.since, "1/12/2026")
    _type(page.practitioner, "Dr Fictif")
    page.walk_in.click()
    qtbot.waitUntil(lambda: "de plus" in page.lines.text())
    page.save.click()
    qtbot.waitUntil(lambda: len(memory.agendas.plans["redon"].weekly) == 2)
    added = memory.agendas.plans["redon"].weekly[-1]
    assert added.offer == Offer(None, 3, 1, Practitioner("Dr Fictif"), walk_in=True)
    assert (added.parity, added.validity.start) == (Parity.EVEN, date(2026, 12, 1))


def test_a_single_date_opens_that_day_only(place: LocalAgendaWorkspace, memory: Memory, qtbot: QtBot) -> None:
    place.editor.plan.opening.click()
    page = place.editor.opening
    focused(qtbot, page.repeats)
    QTest.keyClicks(page.repeats, "u")
    _type(page.date, "28/11/2026")
    _type(page.start, "9h")
    _type(page.end_hour, "10h")
    qtbot.waitUntil(lambda: "3 créneaux de plus" in page.lines.text())
    page.save.click()
    qtbot.waitUntil(lambda: bool(memory.agendas.plans["redon"].singles))
    assert memory.agendas.plans["redon"].singles[0].start == datetime(2026, 11, 28, 9, tzinfo=PARIS)


def test_a_refusal_stands_under_its_field_and_what_was_typed_stays(
    place: LocalAgendaWorkspace, memory: Memory, qtbot: QtBot
) -> None:
    place.editor.plan.opening.click()
    page = place.editor.opening
    page.days[0].click()
    _type(page.start, "14h")
    _type(page.end_hour, "25h")
    qtbot.waitUntil(lambda: bool(page.end_hour.message.words))
    assert page.end_hour.message.words == "Cette heure n’existe pas."
    assert page.end_hour.text() == "25h"
    page.save.click()
    assert len(memory.agendas.plans["redon"].weekly) == 1
    _type(page.end_hour, "15h")
    qtbot.waitUntil(lambda: page.end_hour.message.words == "")


def test_what_only_lacks_is_no_mistake_until_saving_is_asked_for(
    place: LocalAgendaWorkspace, qtbot: QtBot
) -> None:
    place.editor.plan.opening.click()
    page = place.editor.opening
    page.days[0].click()
    qtbot.waitUntil(lambda: "Heure attendue" in page.lines.text())
    assert page.start.message.words == ""
    page.save.click()
    qtbot.waitUntil(lambda: "Heure attendue" in page.start.message.words)
    assert page.start.line_edit.hasFocus()


def test_escape_leaves_a_form_and_what_was_typed_waits_even_in_other_panels(
    make: Make, memory: Memory, qtbot: QtBot
) -> None:
    place = make()
    place.editor.plan.opening.click()
    _type(place.editor.opening.start, "14h")
    _key(place.editor.opening.start.line_edit, Qt.Key.Key_Escape)
    assert place.week.list.hasFocus()
    assert place.editor.plan.message.words == "Saisie commencée\u202f: nouvelle ouverture."
    again = make()
    again.editor.plan.message.action_wanted.emit()
    assert again.editor.opening.start.text() == "14h"
    again.editor.opening.cancel.click()
    assert again.editor.plan.message.words == ""


def test_an_opening_is_changed_from_one_of_its_slots(
    place: LocalAgendaWorkspace, memory: Memory, qtbot: QtBot
) -> None:
    focused(qtbot, place.week.list)
    _key(place.week.list, Qt.Key.Key_Return)
    place.editor.slot.change.click()
    page = place.editor.opening
    assert (page.start.text(), page.end_hour.text(), page.practitioner.text()) == ("9h", "11h", "Dr Inventé")
    assert [box.is_ticked for box in page.days] == [False, True, False, True, False, False, False]
    _type(page.end_hour, "10h")
    qtbot.waitUntil(lambda: "de moins" in page.lines.text())
    assert "appel 12" in page.stranded.words
    page.save.click()
    qtbot.waitUntil(lambda: memory.agendas.plans["redon"].weekly[0].end == time(10))
    assert memory.agendas.booked["a"].is_held
    qtbot.waitUntil(lambda: "réservé hors ouverture · appel 12" in _texts(place).values())


def test_removing_an_opening_says_first_what_goes_with_it(
    place: LocalAgendaWorkspace, memory: Memory, qtbot: QtBot
) -> None:
    place.editor.open_entry("matins")
    drop = place.editor.opening.drop
    qtbot.waitUntil(lambda: "1 rendez-vous reste sans créneau" in drop.question)
    drop.ask.click()
    assert "appel 12" in drop.words.words
    drop.yes.click()
    qtbot.waitUntil(lambda: memory.agendas.plans["redon"].weekly == ())


# --- closures -------------------------------------------------------------------------------------------


def test_the_hours_of_a_slot_are_closed_with_a_word(
    place: LocalAgendaWorkspace, memory: Memory, qtbot: QtBot
) -> None:
    place.week.list.choose("20261126T080000Z/dr invente")
    _key(place.week.list, Qt.Key.Key_Return)
    place.editor.slot.close_hours.click()
    page = place.editor.closure
    assert (page.first.text(), page.start.text(), page.end_hour.text()) == ("26/11/2026", "9h", "9h20")
    _type(page.why, "formation")
    qtbot.waitUntil(lambda: "1 créneau de moins" in page.lines.text())
    page.save.click()
    qtbot.waitUntil(lambda: "fermé · formation" in _texts(place).values())
    assert memory.agendas.plans["redon"].closures[0].practitioner == Practitioner("Dr Inventé")


def test_a_closure_that_ends_before_it_begins_is_refused_under_its_end(
    place: LocalAgendaWorkspace, qtbot: QtBot
) -> None:
    place.editor.plan.closure.click()
    page = place.editor.closure
    _type(page.first, "26/11/2026")
    _type(page.last, "25/11/2026")
    qtbot.waitUntil(lambda: page.last.message.words == "La fin est avant le début.")


# --- places given back ----------------------------------------------------------------------------------


def test_a_place_is_given_back_with_a_reason_and_is_free_again(
    place: LocalAgendaWorkspace, memory: Memory, qtbot: QtBot
) -> None:
    focused(qtbot, place.week.list)
    _key(place.week.list, Qt.Key.Key_Return)
    (block,) = place.editor.slot.blocks
    assert block.words.text() == "Appel 12 · réservé le 24/11 à 10:02, poste 44-3"
    block.ask.click()
    _key(block.reason.line_edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: block.reason.message.words == NO_REASON)
    assert memory.agendas.booked["a"].is_held
    _type(block.reason, "rappel du patient")
    _key(block.reason.line_edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not memory.agendas.booked["a"].is_held)
    qtbot.waitUntil(lambda: _texts(place)[SLOT] == "libre")
    assert place.week.list.hasFocus()


def test_escape_keeps_the_booking(place: LocalAgendaWorkspace, memory: Memory, qtbot: QtBot) -> None:
    focused(qtbot, place.week.list)
    _key(place.week.list, Qt.Key.Key_Return)
    (block,) = place.editor.slot.blocks
    block.ask.click()
    _key(block.reason.line_edit, Qt.Key.Key_Escape)
    assert block.ask.hasFocus()
    assert memory.agendas.booked["a"].is_held


# --- the agenda itself ----------------------------------------------------------------------------------


def test_an_agenda_that_is_searched_no_longer_keeps_its_openings_and_loses_its_source(
    place: LocalAgendaWorkspace, memory: Memory, qtbot: QtBot
) -> None:
    assert "hors recherche" in place.list.rows[0].second
    place.editor.edit_agenda()
    place.editor.agenda.searched.click()
    place.editor.agenda.save.click()
    qtbot.waitUntil(lambda: len(memory.sources.all()) == 1)
    qtbot.waitUntil(lambda: "hors recherche" not in place.list.rows[0].second)
    place.editor.edit_agenda()
    place.editor.agenda.save.click()
    qtbot.waitUntil(lambda: not place.editor.is_editing)
    assert len(memory.sources.all()) == 1
    place.editor.edit_agenda()
    assert place.editor.agenda.searched.is_ticked
    place.editor.agenda.searched.click()
    place.editor.agenda.save.click()
    qtbot.waitUntil(lambda: not memory.sources.all())
    assert memory.agendas.plans["redon"].weekly == (MORNINGS,)


def test_an_agenda_with_bookings_ahead_is_not_removed(
    place: LocalAgendaWorkspace, memory: Memory, qtbot: QtBot
) -> None:
    place.editor.edit_agenda()
    place.editor.agenda.drop.ask.click()
    place.editor.agenda.drop.yes.click()
    qtbot.waitUntil(lambda: "réservation" in place.editor.agenda.trouble.words)
    assert memory.agendas.all() == [REDON]


# --- importing ------------------------------------------------------------------------------------------


def test_a_table_is_shown_with_what_it_refuses_before_it_is_added(
    place: LocalAgendaWorkspace, memory: Memory, files: ChosenFiles, qtbot: QtBot, tmp_path: Path
) -> None:
    table = tmp_path / "ouvertures.csv"
    table.write_text("jours;debut;fin;duree\nvendredi;9h;10h;20\nlundi;25h;26h;20\n", encoding="utf-8")
    files.read = str(table)
    place.editor.plan.load.click()
    page = place.editor.imports
    page.file.click()
    qtbot.waitUntil(lambda: page.found is not None)
    assert page.summary.text().startswith("ouvertures.csv\u202f: 1 ouverture à ajouter, 1 refusée.")
    assert page.refused.rows[0].second == "Cette heure n’existe pas."
    assert len(memory.agendas.plans["redon"].weekly) == 1
    page.save.click()
    qtbot.waitUntil(lambda: len(memory.agendas.plans["redon"].weekly) == 2)
    assert place.editor.plan.message.words == "1 ouverture ajoutée, 1 refusée."


def test_a_calendar_gives_openings_of_the_practitioner_typed(
    place: LocalAgendaWorkspace, memory: Memory, files: ChosenFiles, qtbot: QtBot, tmp_path: Path
) -> None:
    calendar = tmp_path / "agenda.ics"
    calendar.write_bytes(b"BEGIN:VCALENDAR")
    files.read = str(calendar)
    place.editor.plan.load.click()
    page = place.editor.imports
    _type(page.practitioner, "Dr Fictif")
    _type(page.minutes, "30")
    page.file.click()
    qtbot.waitUntil(lambda: page.found is not None)
    page.save.click()
    qtbot.waitUntil(lambda: bool(memory.agendas.plans["redon"].singles))
    added = memory.agendas.plans["redon"].singles[0]
    assert added.offer == Offer(30, 1, 0, Practitioner("Dr Fictif"))
    assert "titre" not in page.summary.text()


def test_a_file_that_is_not_there_has_its_sentence(
    place: LocalAgendaWorkspace, files: ChosenFiles, qtbot: QtBot, tmp_path: Path
) -> None:
    files.read = str(tmp_path / "absent.csv")
    place.editor.plan.load.click()
    place.editor.imports.file.click()
    row = place.editor.imports.fields["fichier"]
    qtbot.waitUntil(lambda: "ne peut pas être lu" in row.message.words)


# --- room -----------------------------------------------------------------------------------------------


def test_with_little_room_the_week_and_the_form_take_turns(make: Make, qtbot: QtBot) -> None:
    place = make(width=640, height=400)
    qtbot.waitUntil(place.week.isVisible)
    assert not place.editor.isVisible()
    place.week.plan.click()
    assert place.editor.plan.isVisible()
    assert not place.week.isVisible()
    place.editor.plan.opening.click()
    assert place.editor.opening.isVisible()
    _key(place.editor.opening.repeats, Qt.Key.Key_Escape)
    assert place.week.list.hasFocus()
    assert place.week.choice.isVisible()
