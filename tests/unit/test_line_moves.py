"""What the line's desk is offered: a button exists if, and only if, its move is legal."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from osnp_console.app.transfer.line_moves import MOVES_OF, LineAct, foot_of, moves_when_closed
from osnp_console.domain.call_record import OUTCOMES
from osnp_console.domain.transfer.moves import TransferMove, TransferState
from osnp_console.domain.transfer.steps import ALL_STEPS, CALLING_STEPS
from osnp_console.domain.transfer.transfer import Actor, Transfer, unannounced
from tests.unit.transfers import ACCESS, NOON, SECRETARY, after, line, transfer_to

HERE = SECRETARY.desk
M, A = TransferMove, LineAct
SENDER_S = frozenset({M.DIAL, M.GET_NO_ANSWER, M.FIND_ENGAGED, M.ANSWER, M.CANCEL})
"""What whoever sends does; `ANSWER` is to take it."""


@st.composite
def in_hand(draw: st.DrawFn) -> Transfer:
    """A transfer in the hands of this desk, to a line with any further steps, after any legal moves."""
    further = draw(st.lists(st.sampled_from(ALL_STEPS[4:]), unique=True))
    called = line(*CALLING_STEPS, *sorted(further, key=ALL_STEPS.index))
    transfer = draw(st.sampled_from((transfer_to(called), unannounced("t", "own", called, SECRETARY, NOON))))
    transfer = replace(transfer, taken=None)
    for _ in range(draw(st.integers(0, 9))):
        if not transfer.moves:
            break
        transfer = after(transfer, draw(st.sampled_from(list(transfer.moves))))
    return transfer if transfer.is_settled else transfer.taken_by(SECRETARY, NOON)


@given(in_hand(), st.sampled_from(("", "10:45")))
def test_a_button_is_there_exactly_when_the_table_allows_its_move(transfer: Transfer, hour: str) -> None:
    acts = [one.act for one in foot_of(transfer, HERE, answers=True, hour=hour).acts]
    assert len(acts) == len(set(acts))
    moves = {move for act in acts for move in MOVES_OF.get(act, ()) if transfer.may(move)}
    wanted = set(transfer.moves) - SENDER_S
    if transfer.may(M.REFUSE):
        wanted -= {M.FAIL}  # the line refuses; that the call failed is for whoever made it to say
    assert moves == wanted
    assert all(any(transfer.may(move) for move in MOVES_OF[act]) for act in acts if act in MOVES_OF)


@given(in_hand())
def test_one_button_at_most_is_the_usual_one_and_it_does_the_step_that_comes_next(transfer: Transfer) -> None:
    foot = foot_of(transfer, HERE, answers=True)
    usual = [one for one in foot.acts if one.is_next]
    assert len(usual) <= 1
    assert foot.question
    if transfer.usual is not None and transfer.usual not in SENDER_S:
        assert foot.next is not None
        assert transfer.usual in MOVES_OF[foot.next.act]
        assert (foot.next.key, foot.acts[-1]) == ("F9", foot.next)


def test_the_words_follow_the_story_from_the_taking_to_the_registration() -> None:
    answered = after(transfer_to(), M.DIAL, M.ANSWER)
    foot = foot_of(answered, HERE, answers=True)
    assert (foot.question, [one.words for one in foot.acts]) == ("Prendre ce transfert\u202f?", ["Prendre"])
    mine = answered.taken_by(SECRETARY, NOON)
    told = [(foot.question, [(one.words, one.key) for one in foot.acts[1:]])
            for foot in (foot_of(one, HERE, answers=True, hour="10:45") for one in (
                mine, after(mine, M.PRESENT), after(mine, M.PRESENT, M.FIND_SLOT, M.AGREE),
            ))]  # fmt: skip
    no = [("Refuser…", "Maj+F8"), ("Rien de libre", "Maj+F9")]
    assert told == [
        ("La situation est-elle présentée\u202f?", [*no, ("Situation présentée", "F9")]),
        ("Proposer 10:45 au SAS\u202f?", [*no, ("Accord pour 10:45", "F9")]),
        ("Le patient est-il en ligne avec vous\u202f?", [*no, ("Patient pris en ligne", "F9")]),
    ]
    handed = after(mine, M.PRESENT, M.FIND_SLOT, M.AGREE, M.HAND_OVER)
    assert [one.words for one in foot_of(handed, HERE, answers=True).acts] == ["Échec…", "Inscrit"]
    without = foot_of(after(mine, M.PRESENT), HERE, answers=True)
    assert without.next is not None
    assert (without.question, without.next.words) == ("Quel créneau proposer au SAS\u202f?", "Accord…")


def test_who_has_it_is_said_with_the_way_to_take_it_over_and_what_is_over_has_no_button() -> None:
    theirs = transfer_to().taken_by(Actor("ligne-2", "Gaëlle Robin"), NOON)
    foot = foot_of(theirs, HERE, answers=True)
    assert foot.question == "Gaëlle Robin (poste 2) l’a pris à 12:00:00."
    assert [(one.act, one.key, one.is_next) for one in foot.acts] == [(A.TAKE_OVER, "", False)]
    refused = after(transfer_to(), M.DIAL, M.ANSWER, M.REFUSE)
    over = foot_of(refused, HERE, answers=True)
    assert (over.question, over.acts) == (
        "AccèsS a refusé (plus de place avant demain), à 12:00:30.",
        (),
    )
    sender = foot_of(theirs, "35-1", answers=False)
    assert (sender.question, sender.acts) == ("Le transfert à AccèsS est préparé depuis 12:00:00.", ())
    joined = replace(after(unannounced("t", "own", ACCESS, SECRETARY, NOON), M.CANCEL), joined_to="t-1")
    assert foot_of(joined, HERE, answers=True).question == "Joint à l’annonce du SAS à 12:00:10."


@given(in_hand(), st.sampled_from(list(OUTCOMES)))
def test_a_line_that_ends_its_call_leaves_no_transfer_in_its_hands(transfer: Transfer, outcome: str) -> None:
    for move, reason, text in moves_when_closed(transfer, outcome):
        if transfer.may(move):
            transfer = transfer.moved(move, SECRETARY, NOON, reason=reason, text=text)
    calling = {TransferState.PREPARED, TransferState.CALLING, TransferState.NO_ANSWER, TransferState.ENGAGED}
    assert transfer.is_settled or transfer.state in calling, "taken, it is answered at least"


def test_how_the_call_of_the_line_ended_is_what_the_sas_is_told() -> None:
    mine = after(transfer_to(), M.DIAL, M.ANSWER).taken_by(SECRETARY, NOON)

    def told(outcome: str, transfer: Transfer = mine) -> list[tuple[str, str, str]]:
        return [(move.value, reason, text) for move, reason, text in moves_when_closed(transfer, outcome)]

    assert told("sans_solution") == [("rien_de_libre", "", "")]
    assert told("rendu_arm") == [("refuser", "medecin_regulateur", "")]
    assert told("raccroche") == [("echouer", "patient_parti", "")]
    assert told("conseil") == [("echouer", "autre", "Conseil donné")]
    handed = after(mine, M.PRESENT, M.FIND_SLOT, M.AGREE, M.HAND_OVER)
    assert told("sans_solution", handed) == [("echouer", "autre", "Aucune solution trouvée")]
    assert told("conseil", after(handed, M.REGISTER)) == []


def test_a_transfer_that_is_over_asks_to_end_the_call_it_left_open_and_what_to_do_with_its_booking() -> None:
    mine = after(transfer_to().taken_by(SECRETARY, NOON), M.ANSWER, M.PRESENT)
    cancelled, refused = after(mine, M.CANCEL), after(mine, M.REFUSE)
    open_call = foot_of(cancelled, HERE, answers=True, left_open=True)
    said = "Le transfert à AccèsS est annulé, à 12:00:30. L’appel du patient est encore ouvert."
    assert open_call.question == said
    assert [(one.act, one.key, one.is_next) for one in open_call.acts] == [(A.END_CALL, "F9", True)]
    slot = "aujourd’hui 10:45, Dr Exemple, Redon"
    stands = foot_of(cancelled, HERE, answers=True, left_open=True, booked=slot)
    wanted = f"Réservé\u202f: {slot}, mais le SAS a annulé\u202f: annuler le rendez-vous\u202f?"
    assert stands.question == wanted
    # Not with the key that has just booked it.
    assert [(one.act, one.key) for one in stands.acts] == [(A.END_CALL, ""), (A.UNBOOK, "Maj+F8")]
    by_line = foot_of(refused, HERE, answers=True, left_open=True, booked=slot).question
    assert "mais AccèsS a refusé (plus de place avant demain)" in by_line
    busy = foot_of(cancelled, HERE, answers=True, left_open=True, booked=slot, busy="Annulation en cours…")
    assert not busy.offers(A.UNBOOK)


def test_nothing_overtakes_a_booking_under_way() -> None:
    mine = after(transfer_to().taken_by(SECRETARY, NOON), M.ANSWER, M.PRESENT)
    assert mine.state is TransferState.PRESENTED
    foot = foot_of(mine, HERE, answers=True, hour="10:45", busy="Réservation en cours…")
    assert all(one.reason == "Réservation en cours…" for one in foot.acts)
    assert not foot.offers(A.AGREE)
    assert foot_of(mine, HERE, answers=True, hour="10:45").offers(A.AGREE)
