"""From an empty base to slots in the search: a local agenda is made and opened, then tried in Réglages."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from osnp_console.ui.frame.rail import Place
from osnp_console.ui.local_agenda.workspace import NO_AGENDA, LocalAgendaWorkspace
from osnp_console.ui.preferences.agendas.form import SourceForm
from osnp_console.ui.preferences.agendas.page import AgendasPage
from osnp_console.ui.preferences.workspace import PreferencesWorkspace
from tests.journeys.operator import Operator, focused, label_of, pressed, typed
from tests.journeys.test_accessible import nameless
from tests.journeys.test_text_size import cut, out_of_sight


def carnet(operator: Operator) -> LocalAgendaWorkspace:
    """The workspace Carnet, shown by its key."""
    pressed("Alt+C")
    place = operator.frame.places.workspace(Place.LOCAL_AGENDA)
    assert isinstance(place, LocalAgendaWorkspace)
    operator.qtbot.waitUntil(place.isVisible)
    return place


def agendas(operator: Operator) -> AgendasPage:
    """The heading Agendas of Réglages."""
    pressed("Alt+R")
    place = operator.frame.places.workspace(Place.PREFERENCES)
    assert isinstance(place, PreferencesWorkspace)
    place.show_heading("Agendas")
    place.focus_first()
    pressed("Return")
    return place.agendas


def make_agenda(operator: Operator) -> LocalAgendaWorkspace:
    """Make an agenda open on Tuesdays and Thursdays, at the keyboard."""
    place = carnet(operator)
    operator.qtbot.waitUntil(lambda: place.week.message.words == NO_AGENDA)
    operator.qtbot.waitUntil(place.week.add.hasFocus)
    pressed("Return")
    assert label_of(focused()) == "Nom"
    typed("Carnet de Redon")
    pressed("Return")
    operator.qtbot.waitUntil(lambda: place.week.title.text() == "Carnet de Redon")
    place.editor.plan.opening.setFocus()
    pressed("Return")
    pressed("Tab")
    pressed("Tab")
    assert label_of(focused()) == "mardi"
    pressed("Space")
    pressed("Tab")
    pressed("Tab")
    assert label_of(focused()) == "jeudi"
    pressed("Space")
    for _ in range(4):
        pressed("Tab")
    assert label_of(focused()) == "Heure de début"
    typed("14h")
    pressed("Tab")
    typed("16h")
    operator.qtbot.waitUntil(lambda: "de plus" in place.editor.opening.lines.text())
    pressed("Return")
    operator.qtbot.waitUntil(lambda: len(place.editor.plan.list.rows) == 1)
    return place


def test_a_local_agenda_is_made_opened_and_tried_at_the_keyboard(operator: Operator) -> None:
    place = make_agenda(operator)
    current = place.week.list.current
    assert current is not None
    assert (current.hours, current.words) == ("14:00–14:20", "libre")
    page = agendas(operator)
    operator.qtbot.waitUntil(lambda: len(page.list.rows) == 2)
    page.list.choose(page.list.rows[1].key)
    form = page.forms.currentWidget()
    assert isinstance(form, SourceForm)
    form.attempt.setFocus()
    pressed("Return")
    operator.qtbot.waitUntil(lambda: form.state.words.startswith("répondu · 6 créneaux"))
    assert page.list.rows[1].second.startswith("répondu · 6 créneaux")


def test_what_is_typed_in_the_agendas_form_outlives_a_change_of_text_size(operator: Operator) -> None:
    place = make_agenda(operator)
    place.editor.plan.closure.setFocus()
    pressed("Return")
    typed("24/12/2026")
    pressed("Ctrl+=")
    operator.qtbot.waitUntil(lambda: operator.window.theme.scale > 1)
    again = carnet(operator)
    assert again is not place
    operator.qtbot.waitUntil(lambda: "Saisie commencée" in again.editor.plan.message.words)
    again.editor.plan.message.action_wanted.emit()
    assert again.editor.closure.first.text() == "24/12/2026"


@pytest.mark.parametrize("width", [1366, 1024])
def test_every_stop_of_the_carnet_has_a_name(operator: Operator, width: int) -> None:
    operator.window.resize(width, 768)
    place = make_agenda(operator)
    place.focus_first()
    seen: list[str] = []
    for _ in range(12):
        seen.append(focused().accessibleName())
        pressed("Tab")
    assert all(seen)


@pytest.mark.parametrize(
    ("size", "text", "theme"),
    [
        ((1366, 768), 100, "clair"),
        ((1366, 768), 150, "sombre"),
        ((1366, 768), 200, "clair"),
        ((1920, 1080), 100, "sombre"),
        ((1024, 640), 200, "sombre"),
    ],
)
def test_no_text_of_a_form_is_cut_and_no_button_is_out_of_sight(
    seated: Operator, size: tuple[int, int], text: int, theme: str
) -> None:
    seated.workstation.install(text=text, theme=theme)
    seated.start(*size)
    place = make_agenda(seated)
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        seated.wait_saved()
        QApplication.processEvents()
        seated.capture(f"{name}-{theme}-{size[0]}x{size[1]}-{text}")
        found[name] = [*cut(seated.window), *out_of_sight(seated.window)]

    look("carnet-semaine")
    editor = place.editor
    for name, begin in (
        ("carnet-ouverture", editor.begin_opening),
        ("carnet-fermeture", editor.begin_closure),
        ("carnet-carnet", editor.edit_agenda),
        ("carnet-import", editor.plan.load.click),
    ):
        begin()
        look(name)
        editor.leave()
    place.focus_first()
    pressed("Return")
    look("carnet-creneau")
    page = agendas(seated)
    seated.qtbot.waitUntil(lambda: len(page.list.rows) == 2)
    settings = seated.frame.places.workspace(Place.PREFERENCES)
    assert isinstance(settings, PreferencesWorkspace)
    look("agendas-liste")
    pressed("Return")
    look("agendas-poste")
    pressed("Escape")
    pressed("Down")
    pressed("Return")
    look("agendas-fiche")
    settings.show_heading("Effecteurs")
    settings.focus_first()
    pressed("Return")
    look("effecteurs-liste")
    settings.effecteurs.add.click()
    look("effecteurs-fiche")
    settings.effecteurs.look_up.click()
    look("effecteurs-annuaire")
    assert {name: texts for name, texts in found.items() if texts} == {}
    assert seated.window.width() == size[0], "the window had to grow"


@pytest.mark.parametrize("heading", ["Agendas", "Effecteurs"])
def test_the_headings_of_the_agendas_have_names(operator: Operator, heading: str) -> None:
    make_agenda(operator)
    page = agendas(operator)
    operator.qtbot.waitUntil(lambda: len(page.list.rows) == 2)
    page.list.choose(page.list.rows[1].key)
    operator.frame.places.show_heading(heading)
    assert nameless(operator.window) == []
