"""At a shift's end the open calls go on with somebody else; what each typed is under their own name."""

from __future__ import annotations

from datetime import timedelta

import pytest

from osnp_console.app.errors import Forbidden
from osnp_console.app.people.session import NOBODY, Session, Standing
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import journal
from osnp_console.domain.call_record import CallState
from tests.unit.desk_calls import NOW, DeskAtWork

LATER = NOW + timedelta(minutes=3)


def signed_in(person: str, *roles: str) -> Session:
    return Session(Standing.SIGNED_IN, "44-3", person, person, frozenset(roles))


GAELLE, NOEMIE = signed_in("c1", "osnp"), signed_in("c2", "osnp", "administrateur")
REFERENT = signed_in("c3", "referent")


def test_what_is_done_to_a_call_is_under_the_name_of_who_does_it() -> None:
    desk = DeskAtWork()
    desk.in_hand.hand_over(GAELLE, NOW)
    call = desk.in_hand.take(NOW)
    desk.in_hand.hold(call, NOW)
    assert [(one.kind, one.person) for one in desk.journal] == [
        (journal.TAKEN, "c1"),
        (journal.HELD, "c1"),
    ]


def test_open_calls_are_handed_over_as_they_stand_and_their_journal_says_so() -> None:
    desk = DeskAtWork()
    desk.in_hand.hand_over(GAELLE, NOW)
    call = desk.in_hand.take(NOW)
    desk.in_hand.answer(call, fields.BIRTH_NAME, "ESSAI")
    desk.in_hand.hand_over(NOEMIE, LATER)
    assert desk.in_hand.calls == [call]
    assert call.record.state is CallState.ACTIVE
    assert call.record.sheet.answer(fields.BIRTH_NAME) == "ESSAI"
    answered = [one for one in desk.journal if one.kind == journal.ANSWERED]
    assert [one.person for one in answered] == ["c1"]
    assert (desk.journal[-1].kind, desk.journal[-1].person, desk.journal[-1].facts) == (
        journal.HANDED_OVER,
        "c2",
        {"de": "c1"},
    )


def test_the_same_person_coming_back_hands_nothing_over() -> None:
    desk = DeskAtWork()
    desk.in_hand.hand_over(GAELLE, NOW)
    desk.in_hand.take(NOW)
    desk.in_hand.hand_over(GAELLE, LATER)
    assert [one.kind for one in desk.journal] == [journal.TAKEN]


def test_open_calls_are_never_handed_to_somebody_who_may_not_take_any() -> None:
    desk = DeskAtWork()
    desk.in_hand.hand_over(GAELLE, NOW)
    call = desk.in_hand.take(NOW)
    with pytest.raises(Forbidden, match="peuvent prendre un appel"):
        desk.in_hand.hand_over(REFERENT, LATER)
    assert desk.in_hand.session is GAELLE
    desk.in_hand.close(call, "conseil", LATER)
    desk.in_hand.hand_over(REFERENT, LATER)
    with pytest.raises(Forbidden):
        desk.in_hand.take(LATER)
    with pytest.raises(Forbidden):
        desk.in_hand.reopen(call.record, LATER)
    with pytest.raises(Forbidden):
        desk.in_hand.recover([call.record], LATER)
    assert desk.in_hand.calls == []


def test_before_anybody_signed_in_on_a_base_with_accounts_no_call_is_taken() -> None:
    desk = DeskAtWork()
    desk.in_hand.hand_over(NOBODY, NOW)
    with pytest.raises(Forbidden, match="se connecter d’abord"):
        desk.in_hand.take(NOW)


def test_somebody_who_may_take_calls_no_more_keeps_those_in_hand_and_takes_no_other() -> None:
    desk = DeskAtWork()
    desk.in_hand.hand_over(GAELLE, NOW)
    call = desk.in_hand.take(NOW)
    desk.in_hand.hand_over(signed_in("c1", "referent"), LATER)
    assert desk.in_hand.calls == [call]
    with pytest.raises(Forbidden):
        desk.in_hand.take(LATER)
