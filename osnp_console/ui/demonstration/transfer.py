"""The Redon call handed over to the line AccèsS (S5 page 14), seen from both desks; then a refusal."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtTest import QTest

from osnp_console.domain import facts
from osnp_console.domain.transfer.moves import TransferState
from osnp_console.ui.demonstration.conversation import Said, answer_questions, counts_words, take_call
from osnp_console.ui.demonstration.stage import Stage
from osnp_console.ui.frame.main_window import MainWindow

LEA: Said = {
    facts.RESIDENCE: ("« J’habite Pipriac. »", "pipriac\n"),
    facts.REASON: ("« Une cystite, je crois. »", "cystite\n"),
    facts.REGULAR_DOCTOR: ("« Mon médecin est en congé. »", "i"),
    facts.DELAY: ("« Aujourd’hui, si possible. »", "2"),
    facts.TECHNICAL_PLATFORM: ("Ni urgences ni plateau technique.", "n"),
    facts.CAN_TRAVEL: ("« Je peux venir. »", "o"),
    facts.PRESENT_PLACE: ("« Je suis chez moi. »", "d"),
}
NOE: Said = {
    **LEA,
    facts.REASON: ("« Il a de la fièvre, il ne boit plus. »", "fievre\n"),
}
S = TransferState
REST_MS = 500


def transfer_story(stage: Stage, sas: MainWindow, line: MainWindow) -> Iterator[str]:
    """Yields what happened; `sas` is the window of the SAS, `line` that of the line, on the same base."""
    stage.turn_to(sas)
    yield from take_call(stage, "0639982744")
    yield from answer_questions(stage, LEA)
    yield f"    {counts_words(stage.call)}"
    _who_calls(stage, "p", "MARTIN", "Léa", "2/5/94", "f")
    stage.press("Ctrl+M")
    stage.type("Brûlures depuis ce matin, pas de fièvre.")
    stage.wait_for_agendas()
    stage.picture("sas-appel-regle")
    yield from _hand_over(stage, sas, line)
    yield from _refused(stage, sas, line)


def _who_calls(stage: Stage, link: str, name: str, first_name: str, birth: str, sex: str) -> None:
    """What nobody had to ask: typed where it stands in the form."""
    stage.fill("Lien", link)
    stage.fill("Nom", name)
    stage.fill("Prénom", first_name)
    stage.fill("Né(e) le", birth)
    stage.fill("Sexe", sex)


def _hand_over(stage: Stage, sas: MainWindow, line: MainWindow) -> Iterator[str]:
    _step(stage)
    yield "F8 : le transfert est préparé ; le texte à lire vient de l’appel."
    stage.picture("sas-prepare")
    stage.press("Ctrl+Space")
    stage.type("o")
    yield "Ctrl+Espace : ce que la ligne demandera et que nul n’a demandé ; le texte suit."
    stage.picture("sas-complete")
    _step(stage)
    yield "F8 : la ligne est appelée."
    stage.picture("sas-appelle")
    stage.turn_to(line)
    stage.picture("ligne-arrivee")
    stage.press("Alt+T")
    stage.reach("la patiente annoncée", lambda: _is_announced(stage, line))
    yield "Au poste de la ligne : Alt+T, la file, avec tout ce que le SAS a tapé."
    stage.picture("ligne-file")
    stage.press("Return")
    stage.reach("la prise du transfert", lambda: line.calls.current is not None)
    stage.wait_for_agendas()
    yield "Entrée : la patiente est prise ; rien n’est à retaper."
    stage.picture("ligne-pris")
    stage.turn_to(sas)
    _step(stage)
    yield "Au SAS, F8 : la situation est présentée."
    stage.picture("sas-presente")
    stage.dark_picture("sas-presente")
    stage.turn_to(line)
    stage.wait_for_agendas()
    stage.press("F9")
    stage.reach("l’accord de la ligne", lambda: _is_at(stage, sas, S.AGREED))
    yield "À la ligne, F9 : le créneau de 15:00 est proposé, l’accord donné."
    stage.picture("ligne-accord")
    stage.turn_to(sas)
    _rest(stage)
    stage.picture("sas-accord")
    _step(stage)
    yield "Au SAS, F8 : la patiente est remise."
    stage.turn_to(line)
    _rest(stage)
    stage.picture("ligne-remise")
    stage.press("F9")
    stage.reach("l’inscription", lambda: _is_at(stage, sas, S.REGISTERED))
    yield "À la ligne, F9 : inscrite, motif et mention SAS."
    stage.picture("ligne-inscrite")
    stage.turn_to(sas)
    stage.picture("sas-inscrite")
    _step(stage)
    stage.reach("la fin de l’appel", lambda: sas.calls.current is None)
    yield "Au SAS, F8 : l’appel est clos, transféré."
    stage.picture("sas-clos")


def _refused(stage: Stage, sas: MainWindow, line: MainWindow) -> Iterator[str]:
    """A second call: the line refuses, the SAS goes on without typing anything again."""
    yield ""
    yield from take_call(stage, "0639984107")
    yield from answer_questions(stage, NOE)
    _who_calls(stage, "pp", "LE GOFF", "Noé", "12/9/25", "m")
    stage.wait_for_agendas()
    _step(stage)
    _step(stage)
    yield "F8, F8 : un second patient, la ligne est appelée."
    stage.turn_to(line)
    stage.reach("le second transfert annoncé", lambda: _is_announced(stage, line))
    stage.press("Alt+T", "Home", "Return")
    stage.reach("la prise du transfert", lambda: line.calls.current is not None)
    _rest(stage)
    stage.press("Shift+F8")
    stage.picture("ligne-refus")
    stage.press("V", "Return")
    stage.turn_to(sas)
    stage.reach("le refus", lambda: _is_at(stage, sas, S.REFUSED))
    yield "À la ligne, Maj+F8 : refusé, « à voir avec le médecin régulateur »."
    stage.picture("sas-refuse")
    stage.press("M")
    yield "Au SAS, M : l’autre solution est à une touche, rien n’est à retaper."
    stage.picture("sas-autre-solution")
    stage.press("Return")


def _is_announced(stage: Stage, line: MainWindow) -> bool:
    stage.settle()
    return any(not one.is_settled for one in line.transfers.queue)


def _step(stage: Stage) -> None:
    """F8, once the step before has been on screen long enough for the key to count."""
    stage.wait(lambda: not stage.window.sending.guard.isActive())
    stage.press("F8")


def _rest(stage: Stage) -> None:
    """Long enough for news to be read, and for a key to count again after a step."""
    QTest.qWait(REST_MS)
    stage.wait_for_agendas()


def _is_at(stage: Stage, window: MainWindow, state: TransferState) -> bool:
    """Whether the transfer of the call in that window has come so far, once it was told."""
    stage.settle()
    call = window.calls.current
    found = window.transfers.of_call(call.record.id) if call is not None else None
    return found is not None and found.state is state
