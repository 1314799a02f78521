"""A nurse is sent in the Sarthe (S5 page 81): prepared by the operator, validated by the doctor, archived."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtTest import QTest

from osnp_console.domain import facts
from osnp_console.domain.prescription.canonical import datamatrix_text
from osnp_console.domain.prescription.moves import PrescriptionState
from osnp_console.domain.prescription.nurses import NurseAnswer
from osnp_console.ui.demonstration.conversation import Said, answer_questions, take_call
from osnp_console.ui.demonstration.stage import Stage
from osnp_console.ui.frame.main_window import MainWindow
from osnp_console.ui.frame.rail import Place
from osnp_console.ui.prescriptions.preview import REDRAW_AFTER_MS
from osnp_console.ui.prescriptions.workspace import PrescriptionsWorkspace

SAID: Said = {
    facts.RESIDENCE: ("« J’habite Le Mans. »", "le mans\n"),
    facts.PRESCRIPTION: ("Pas encore : c’est au médecin de le dire.", "?"),
    facts.PRESENT_PLACE: ("« Je suis chez moi. »", "d"),
    facts.USUAL_PRACTITIONER: ("« Mon infirmière est en congé. »", "i"),
    facts.TECHNICAL_PLATFORM: ("Ni urgences ni plateau technique.", "n"),
}
WRITTEN = (
    ("Nom", "LEROY"),
    ("Prénom", "Jeanne"),
    ("Né(e) le", "2/5/50"),
    ("Sexe", "f"),
    ("Offre", "inf\n"),
    ("Motif", "pansement\n"),
)
S, A = PrescriptionState, NurseAnswer


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has an account in the story."""

    identifier: str
    name: str
    password: str


MARIE = Person("m.exemple", "Marie Exemple", "trois chaises au soleil")
PAUL = Person("p.durand", "Dr Paul Durand", "quatre marees basses")


def prescription_story(stage: Stage, operator: MainWindow, doctor: MainWindow) -> Iterator[str]:
    """Yields what happened; both windows are on one base, each with its person."""
    sign_in(stage, operator, MARIE)
    yield "L’opératrice se connecte."
    yield from take_call(stage, "0261910644")
    for field, text in WRITTEN:
        stage.fill(field, text)
    yield from answer_questions(stage, SAID)
    stage.fill("Infirmier habituel, cabinet", "Cabinet des Lilas")
    stage.picture("appel")
    stage.press("F7")
    _wait_for_page(stage)
    yield "F7 : l’ordonnance, tirée de l’appel ; la page à droite, comme elle sera imprimée."
    stage.picture("brouillon")
    stage.press("F9")
    stage.reach("la soumission", lambda: _state(stage) is S.TO_VALIDATE)
    yield "F9 : soumise au Dr Durand. Seul un médecin valide."
    stage.picture("soumise")
    sign_in(stage, doctor, PAUL)
    stage.reach("l’ordonnance à valider", lambda: doctor.prescribing.desk.count == 1)
    stage.press("Alt+O")
    yield "Le médecin se connecte à son poste : Alt+O, une ordonnance à valider."
    stage.picture("medecin-liste")
    stage.press("Home", "Return")
    _wait_for_page(stage)
    stage.picture("medecin-lit")
    stage.press("F9")
    stage.picture("medecin-mot-de-passe")
    stage.type(f"{PAUL.password}\n")
    stage.reach("la validation", lambda: _state(stage) is S.VALIDATED)
    stage.settle()
    yield f"F9 et son mot de passe : validée et archivée, n° {_number(stage)}."
    stage.picture("medecin-validee")
    stage.turn_to(operator)
    yield from _send(stage)
    yield from _find_again(stage)


def _send(stage: Stage) -> Iterator[str]:
    """The operator prints, calls nurses, notes the sending, archives."""
    stage.press("F9")
    stage.reach("l’impression", lambda: _state(stage) is S.PRINTED)
    _wait_for_page(stage)
    yield "À l’opératrice, F9 : imprimée (le PDF A4 est dans le dossier des captures)."
    stage.picture("imprimee")
    stage.press("F9", "Return")
    stage.reach("la signature", lambda: _state(stage) is S.SIGNED)
    yield "F9 : signature manuscrite constatée."
    stage.press("Ctrl+T")
    stage.picture("infirmiere-appelee")
    stage.press("S", "Ctrl+T", "O")
    stage.reach("l’accord de l’infirmier", lambda: _accepted(stage))
    yield "Ctrl+T : l’infirmière habituelle ne répond pas (S), la suivante accepte (O)."
    stage.picture("infirmier-accepte")
    stage.press("F9")
    stage.picture("transmission")
    stage.press("Return")
    stage.reach("la transmission", lambda: _state(stage) is S.SENT)
    stage.press("F9")
    stage.reach("l’archivage", lambda: _state(stage) is S.ARCHIVED)
    yield "F9, F9 : transmise, archivée."
    stage.picture("archivee")


def _find_again(stage: Stage) -> Iterator[str]:
    """The DataMatrix of the sheet, as a reader types it."""
    one = _on_screen(stage).page.prescription
    assert one is not None
    assert one.number is not None
    code = datamatrix_text(one.content, one.number.text)
    stage.press("Escape", "Alt+O", "F6")
    stage.type(f"{code}\n")
    stage.reach("l’ordonnance retrouvée", lambda: bool(_on_screen(stage).key))
    _wait_for_page(stage)
    yield f"La douchette lit le DataMatrix de la feuille : n° {_number(stage)}, inchangée."
    stage.picture("retrouvee")


def _on_screen(stage: Stage) -> PrescriptionsWorkspace:
    made = stage.window.frame.places.workspace(Place.PRESCRIPTIONS)
    assert isinstance(made, PrescriptionsWorkspace)
    return made


def _accepted(stage: Stage) -> bool:
    stage.settle()
    one = _on_screen(stage).page.prescription
    return one is not None and [each.answer for each in one.tries] == [A.NO_ANSWER, A.ACCEPTED]


def _state(stage: Stage) -> PrescriptionState | None:
    stage.settle()
    one = _on_screen(stage).page.prescription
    return one.state if one is not None else None


def _number(stage: Stage) -> str:
    one = _on_screen(stage).page.prescription
    return one.number.text if one is not None and one.number is not None else ""


def _wait_for_page(stage: Stage) -> None:
    """Until the page on screen is the one that would be printed."""
    preview = _on_screen(stage).page.view.preview
    QTest.qWait(REDRAW_AFTER_MS + 50)
    stage.reach("la page", lambda: preview.pages.height() > preview.reading.height() // 2)
    stage.settle()


def sign_in(stage: Stage, window: MainWindow, person: Person) -> None:
    """The person gives their identifier and password."""
    stage.open(window)
    stage.type(f"{person.identifier}\n{person.password}\n")
    stage.reach("la connexion", lambda: window.is_open)
    stage.settle()
