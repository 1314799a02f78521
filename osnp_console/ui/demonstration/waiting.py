"""A patient registered on the physiotherapy list of the Centre Vendée (S5 page 44), then called back."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from osnp_console.domain import facts
from osnp_console.ui.demonstration.conversation import Said, answer_questions, counts_words, take_call
from osnp_console.ui.demonstration.stage import Stage
from osnp_console.ui.follow_up.workspace import FollowUpWorkspace
from osnp_console.ui.frame.call_place import CHECKLIST
from osnp_console.ui.frame.rail import Place

ROW = "Centre Vendée, kinésithérapie"
SAID: Said = {
    facts.RESIDENCE: ("« J’habite La Roche-sur-Yon. »", "la roche sur yon\n"),
    facts.USUAL_PRACTITIONER: ("« Je n’ai pas de kiné. »", "a"),
    f"{facts.TERRITORY_PREFIX}CPTS Centre Vendée": ("Le territoire de la CPTS, l’opérateur le connaît.", "o"),
}


def waiting_story(stage: Stage) -> Iterator[str]:
    """Yields what happened, at the desk of a regulating doctor: who registers, the source says."""
    yield from take_call(stage, "0639982752")
    stage.fill("Nom", "MARTIN")
    stage.fill("Prénom", "Hélène")
    stage.fill("Né(e) le", "8/3/71")
    stage.fill("Sexe", "f")
    stage.fill("Offre", "kin")
    stage.press("Return")
    stage.fill("Motif", "lumbago")
    stage.press("Return")
    yield from answer_questions(stage, SAID)
    yield f"    {counts_words(stage.call)}"
    _go_to_list(stage)
    yield "F6, les flèches : Centre Vendée tient une liste d’attente ; son détail dit qui inscrit."
    stage.picture("liste")
    stage.press("F8")
    yield "F8 : ce que l’outil demande, tiré de l’appel."
    stage.picture("inscription")
    stage.press("F9")
    panel = stage.window.frame.call_desk.waiting.panel
    stage.reach("l’inscription", lambda: panel.shown is not None and "jusqu’au" in panel.shown.chip)
    yield f"F9 : inscrite, {panel.shown.chip.partition(' · ')[2] if panel.shown is not None else ''}."
    stage.picture("inscrite")
    stage.press("Ctrl+G")
    stage.press("Return")
    yield from _call_back(stage)


def _go_to_list(stage: Stage) -> None:
    """The row of the list, by the arrows."""
    place = stage.window.frame.call_desk.place
    while place.pane_of(QApplication.focusWidget()) != CHECKLIST:
        stage.press("F6")
    rows = stage.window.frame.call_desk.checklist.view.list
    for _ in range(rows.model().rowCount()):
        said = str(rows.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))
        if said.startswith(ROW):
            break
        stage.press("Down")


def _call_back(stage: Stage) -> Iterator[str]:
    stage.press("Alt+S")
    place = stage.window.frame.places.workspace(Place.FOLLOW_UP)
    assert isinstance(place, FollowUpWorkspace)
    place.pages.setFocus()
    stage.press("L")
    stage.reach("la liste", lambda: place.lists is not None and bool(place.lists.on_it.rows))
    lists = place.lists
    assert lists is not None
    lists.on_it.setFocus()
    stage.press("Down")
    yield "Alt+S, L : qui attend, jusqu’à quand."
    stage.picture("suivi")
    stage.press("Return", "Space")
    stage.reach("le rappel noté", lambda: "Contacté" in lists.entry.state.text())
    yield "Entrée : contactée, c’est noté."
    stage.picture("contactee")
