"""The Redon call (S5 page 14), from the first ring to the appointment."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtTest import QTest

from osnp_console.domain import facts
from osnp_console.ui.demonstration.conversation import Said, answer_questions, take_call
from osnp_console.ui.demonstration.stage import Stage

SAID: Said = {
    facts.RESIDENCE: ("« J’habite Pipriac. »", "pipriac\n"),
    facts.REASON: ("« C’est pour une otite. »", "otite\n"),
    facts.REGULAR_DOCTOR: ("« Mon médecin ne peut pas me prendre cette semaine. »", "i"),
    facts.DELAY: ("« Il faudrait me voir d’ici après-demain. »", "4"),
    facts.TECHNICAL_PLATFORM: ("Ni urgences ni plateau technique.", "n"),
    facts.CAN_TRAVEL: ("« Oui, je peux venir au cabinet. »", "o"),
    facts.PRESENT_PLACE: ("« Je suis chez moi. »", "d"),
    facts.BIRTH: ("« Je suis née le 2 mai 1994. »", "2/5/94\n"),
    facts.SEX: ("C’est une femme.", "f"),
}
READ_MS = 600  # a call is read once the selection rests
RECHECK_MS = 500  # a chosen slot is asked for again once it rests
SLOT_TAKEN, LOCAL = "coudrais-plesse-80", "carnet"


def redon_story(stage: Stage, take_away: Callable[[str], None]) -> Iterator[str]:
    """Yields what happened, in French, line by line. `take_away` takes a slot as somebody else would."""
    yield "La base est ouverte, aucun appel."
    stage.picture("bureau-vide")
    yield from take_call(stage, "0639984107")
    stage.picture("appel-pris")
    yield from answer_questions(stage, SAID, pictures=True)
    stage.press("F6")
    stage.picture("checklist")
    stage.press("Ctrl+I")
    yield "Ctrl+I : la source de la fiche."
    stage.picture("source")
    stage.press("Escape", "F1")
    stage.picture("touches")
    stage.press("Escape")
    yield from _book(stage, take_away)
    stage.press("Ctrl+G")
    stage.picture("issue")
    stage.press("R", "Return")
    yield "Ctrl+G : l’appel est clos, rendez-vous pris."
    stage.press("Ctrl+F")
    stage.type("pipriac")
    stage.press("Down")
    QTest.qWait(READ_MS)
    stage.settle()
    yield "Ctrl+F : il se retrouve par sa commune."
    stage.picture("suivi")


def _book(stage: Stage, take_away: Callable[[str], None]) -> Iterator[str]:
    """A slot taken under the cursor, then a place of the local agenda."""
    slots = stage.window.frame.call_desk.slots
    stage.wait_for_agendas()
    stage.press("F6")
    stage.picture("creneaux")
    for line in stage.window.agendas.searches.slots_of(stage.call).board.sources():
        yield f"    {line.name} : {line.words}"
    take_away(SLOT_TAKEN)
    stage.press("Down")
    stage.reach("le créneau pris entre-temps", lambda: slots.chosen_row is None)
    stage.wait_for_agendas()
    stage.picture("pris-entre-temps")
    yield "Le créneau choisi vient d’être pris : rien n’est réservé, le suivant est proposé."
    stage.press("Return", "Shift+F6", "F6")
    while (row := slots.chosen_row) is not None and row.one.slot.sources != (LOCAL,):
        before = row.id
        stage.press("Down")
        if slots.chosen_row is None or slots.chosen_row.id == before:
            break
    QTest.qWait(RECHECK_MS)
    stage.wait_for_agendas()
    stage.press("F9")
    stage.reach("la réservation", lambda: _is_booked(stage))
    stage.wait_for_agendas()
    stage.picture("reserve")
    yield "F9 : réservé dans le carnet, avec ce qu’il faut lire au patient."


def _is_booked(stage: Stage) -> bool:
    stage.settle()
    said = stage.window.journal.lines(stage.call.record.id)
    return any(words.startswith("rendez-vous pris") for _, words in said)
