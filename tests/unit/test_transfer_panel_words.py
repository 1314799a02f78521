"""What the sending side of a transfer says: read from the table of moves, never beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.app.transfer.next_ways import NextWay, WayKind
from osnp_console.app.transfer.panel_words import (
    UsualAct,
    asks_slot,
    at_town,
    conditions_words,
    other_moves,
    other_words,
    outcome_sentence,
    question_words,
    registered_sentence,
    resumed_words,
    tab_words,
    tries_words,
    usual_act,
    usual_words,
)
from osnp_console.app.transfer.stepper import StepState, steps_shown
from osnp_console.domain.slots.ranking import Group, RankedSlot
from osnp_console.domain.slots.ruling import Ruling, Standing
from osnp_console.domain.transfer.moves import TransferMove, TransferState
from osnp_console.domain.transfer.reasons import REASONS
from osnp_console.domain.transfer.steps import ALL_STEPS, CALLING_STEPS, Step
from osnp_console.domain.transfer.transfer import Conditions, Transfer
from tests.unit.slot_world import slot
from tests.unit.transfers import OPERATOR, after, line, transfer_to

M, S, NB = TransferMove, TransferState, "\u202f"
TO_ANSWER = (M.DIAL, M.ANSWER)
TO_AGREE = (*TO_ANSWER, M.PRESENT, M.FIND_SLOT, M.AGREE)
REGULATOR = NextWay(WayKind.REGULATOR, "M", "Médecin régulateur", "avis, ou ordonnance")
SLOT_WAY = NextWay(WayKind.SLOT, "A", "Dr Yann Coudrais · Plessé", "agenda SAS", "s-1", "11:20")


def plesse() -> RankedSlot:
    ruling = Ruling(Standing.FREE, ("44-pays-de-redon-mg",))
    return RankedSlot(slot("11:20", "Dr Yann Coudrais", "Plessé"), ruling, Group.USABLE, False, None)


@pytest.mark.parametrize(
    ("moves", "question", "label"),
    [
        ((), f"Appeler AccèsS{NB}?", "Appeler AccèsS"),
        ((M.DIAL,), f"AccèsS répond{NB}?", "AccèsS répond"),
        ((M.DIAL, M.GET_NO_ANSWER), f"Rappeler AccèsS{NB}?", "Rappeler AccèsS"),
        (TO_ANSWER, f"AccèsS a entendu la situation{NB}?", "Présenté, AccèsS cherche"),
        ((*TO_ANSWER, M.PRESENT), f"AccèsS a un créneau{NB}?", "AccèsS a un créneau"),
        ((*TO_ANSWER, M.PRESENT, M.FIND_SLOT), f"AccèsS donne son accord{NB}?", "AccèsS est d’accord"),
        (TO_AGREE, f"Passer la patiente à AccèsS{NB}?", "Patiente remise"),
        ((*TO_AGREE, M.HAND_OVER), "La patiente est avec AccèsS.", f"Terminer{NB}: transféré"),
    ],
)
def test_each_moment_has_its_question_and_its_next_step(
    moves: tuple[TransferMove, ...], question: str, label: str
) -> None:
    transfer = after(transfer_to(), *moves)
    assert (question_words(transfer, "patiente"), usual_words(transfer, "patiente")) == (question, label)


def test_the_words_go_with_the_patient() -> None:
    transfer = after(transfer_to(), *TO_AGREE)
    assert usual_words(transfer, "patient") == "Patient remis"
    assert question_words(transfer, "personne") == f"Passer la personne à AccèsS{NB}?"


def test_a_line_that_has_no_step_for_the_slot_is_only_told() -> None:
    told = after(transfer_to(line(*CALLING_STEPS)), *TO_ANSWER)
    assert usual_words(told, "patient") == "Présenté"
    done = after(told, M.PRESENT)
    assert usual_act(done) is UsualAct.CLOSE_CALL
    assert question_words(done, "patient") == "La situation est présentée à Ligne de la CPTS."
    assert M.AGREE in {one.move for one in other_moves(done, "patient")}


def test_a_long_name_is_la_ligne_on_the_buttons_and_in_the_question() -> None:
    name = "Ligne des soins non programmés de la CPTS"
    transfer = after(transfer_to(replace(line(), name=name)), M.DIAL)
    assert usual_words(transfer, "patient") == "La ligne répond"
    assert question_words(transfer, "patient") == f"La ligne répond{NB}?"


def test_a_line_that_registers_during_the_call_is_asked_for_it() -> None:
    called = line(*CALLING_STEPS, Step.SLOT, Step.REGISTERED)
    found = after(transfer_to(called), *TO_ANSWER, M.PRESENT, M.FIND_SLOT)
    assert usual_words(found, "patiente") == "Patiente inscrite"
    assert question_words(found, "patiente") == f"Ligne de la CPTS inscrit la patiente{NB}?"


def test_what_else_may_happen_is_chosen_by_one_letter_each() -> None:
    presented = after(transfer_to(), *TO_ANSWER, M.PRESENT)
    others = other_moves(presented, "patiente")
    letters = [one.letter for one in others]
    assert all(letters)
    assert len(set(letters)) == len(others) == 1 + len(REASONS[M.REFUSE]) + len(REASONS[M.FAIL])
    assert [one.heading for one in others if one.heading] == ["AccèsS refuse", "Le transfert échoue"]
    assert "La patiente a raccroché" in [one.words for one in others]
    assert [one.reason for one in others if one.asks_text] == ["autre", "autre"]
    assert other_words(presented) == "Refus ou rien de libre…"


STEPS = st.sampled_from([ALL_STEPS, CALLING_STEPS, (*CALLING_STEPS, Step.SLOT, Step.REGISTERED)])


@st.composite
def transfers(draw: st.DrawFn) -> Transfer:
    """A transfer after any legal moves."""
    transfer = transfer_to(line(*draw(STEPS)))
    for _ in range(draw(st.integers(0, 10))):
        legal = list(transfer.moves)
        if legal:
            transfer = after(transfer, draw(st.sampled_from(legal)))
    return transfer


@given(transfers())
def test_what_is_offered_is_what_the_table_allows_and_nothing_is_offered_twice(transfer: Transfer) -> None:
    offered = [one.move for one in other_moves(transfer, "patient")]
    if usual_act(transfer) is UsualAct.MOVE:
        assert transfer.usual is not None
        offered.append(transfer.usual)
    else:
        assert transfer.usual is None or transfer.state is S.HANDED_OVER
    buttons = {M.DIAL, M.CANCEL}
    assert set(offered) | (buttons & set(transfer.moves)) == set(transfer.moves)
    simple = [move for move in offered if move not in REASONS]
    assert len(simple) == len(set(simple))
    assert bool(usual_words(transfer, "patient")) is (usual_act(transfer) is not UsualAct.ANEW)
    is_bad = usual_act(transfer) is UsualAct.ANEW or transfer.state in (S.NO_ANSWER, S.ENGAGED)
    assert bool(outcome_sentence(transfer, None, (REGULATOR,))) is is_bad
    assert bool(other_words(transfer)) is bool(other_moves(transfer, "patient"))


@given(transfers())
def test_the_steps_are_those_of_the_line_and_at_most_one_is_gone_through(transfer: Transfer) -> None:
    shown = steps_shown(transfer)
    assert len(shown) == len(transfer.line.steps)
    states = [one.state for one in shown]
    at = [state for state in states if state in (StepState.NOW, StepState.STOPPED)]
    assert len(at) <= 1
    assert StepState.NOW not in states or not transfer.is_settled
    if transfer.state is S.REGISTERED:
        assert set(states) == {StepState.DONE}


def test_steps_bear_their_hours_and_the_call_its_tries() -> None:
    again = after(transfer_to(), M.DIAL, M.GET_NO_ANSWER, M.DIAL, M.ANSWER)
    shown = steps_shown(again)
    assert [(one.name, one.words) for one in shown[:5]] == [
        ("Préparé", "12:00:00"),
        ("Appel", "12:00:30 · 2e essai"),
        ("Répondu", "12:00:40"),
        ("Présenté", "en cours"),
        ("Créneau", ""),
    ]
    assert shown[3].since == again.since
    assert tries_words(again) == f"Essais{NB}: 12:00 sans réponse, 12:00 répondu"


def test_a_transfer_that_stopped_shows_where() -> None:
    refused = after(transfer_to(), *TO_ANSWER, M.PRESENT, M.REFUSE)
    stopped = [one for one in steps_shown(refused) if one.state is StepState.STOPPED]
    assert [(one.name, one.words) for one in stopped] == [("Créneau", "refusé · 12:00:40")]
    silent = after(transfer_to(), M.DIAL, M.GET_NO_ANSWER)
    now = [one for one in steps_shown(silent) if one.state is StepState.NOW]
    assert [(one.name, one.words) for one in now] == [("Appel", "sans réponse")]


def test_a_line_that_does_not_answer_twice_leads_to_the_next_best() -> None:
    ways = (SLOT_WAY, REGULATOR)
    once = after(transfer_to(), M.DIAL, M.GET_NO_ANSWER)
    twice = after(once, M.DIAL, M.GET_NO_ANSWER)
    assert outcome_sentence(once, plesse(), ways) == (
        "AccèsS ne répond pas. Rappeler, ou prendre 11:20 à Plessé."
    )
    assert outcome_sentence(twice, plesse(), ways) == (
        "AccèsS ne répond pas (2e essai). Rappeler, ou prendre 11:20 à Plessé."
    )
    assert outcome_sentence(once, None, (REGULATOR,)).endswith("Rappeler, ou voir le médecin régulateur.")
    engaged = after(transfer_to(), M.DIAL, M.FIND_ENGAGED)
    assert outcome_sentence(engaged, None, ()) == "AccèsS est occupé. Rappeler."


def test_a_refusal_says_why_and_how_many_ways_on_there_are() -> None:
    refused = after(transfer_to(), *TO_ANSWER, M.REFUSE)
    assert outcome_sentence(refused, None, (SLOT_WAY, REGULATOR)) == (
        f"AccèsS refuse{NB}: plus de place avant demain. Deux autres solutions ci-dessous."
    )
    nothing = after(transfer_to(), *TO_ANSWER, M.FIND_NOTHING)
    assert outcome_sentence(nothing, None, ()) == "AccèsS n’a rien de libre."
    assert outcome_sentence(after(transfer_to(), *TO_ANSWER), None, (REGULATOR,)) == ""


def test_who_is_registered_where_is_said_once_the_line_has_done_it() -> None:
    agreed = after(transfer_to(), *TO_ANSWER, M.PRESENT)
    assert asks_slot(agreed)
    agreed = agreed.moved(M.FIND_SLOT, OPERATOR, agreed.since, text="10:45, Dr Bréhault.")
    assert not asks_slot(agreed)
    done = after(agreed, M.AGREE, M.HAND_OVER, M.REGISTER)
    assert registered_sentence(done, "patiente") == (
        f"AccèsS a inscrit la patiente à 12:01:00{NB}: 10:45, Dr Bréhault."
    )
    assert registered_sentence(agreed, "patiente") == ""


def test_the_tab_and_the_sentence_after_a_stop_say_where_it_stands() -> None:
    answered = after(transfer_to(), *TO_ANSWER)
    assert resumed_words(answered) == "Transfert repris à l’étape Présenté (12:00:20)."
    assert tab_words(answered) == "en transfert · AccèsS"
    assert tab_words(after(answered, M.REFUSE)) == ""
    assert tab_words(after(transfer_to(), *TO_AGREE, M.HAND_OVER)) == "remis · AccèsS"


def test_conditions_are_counted() -> None:
    assert conditions_words(Conditions()) == "Conditions réunies"
    assert conditions_words(Conditions(unmet=("a", "b"), to_check=("c",))) == "2 conditions non réunies"
    assert conditions_words(Conditions(to_check=("c",))) == "1 condition à vérifier"


def test_towns_are_said_with_their_article() -> None:
    assert [at_town(one) for one in ("Plessé", "Le Pellerin", "Les Sorinières")] == [
        "à Plessé", "au Pellerin", "aux Sorinières",
    ]  # fmt: skip
