"""Who books: what a message needs of them, and what is only looked at for its shape."""

from __future__ import annotations

import pytest

from osnp_console.domain.regulator import (
    NOT_AN_ADDRESS,
    NOT_AN_IDENTIFIER,
    Regulator,
    email_fault,
    identifier_fault,
    read_identifier,
)


@pytest.mark.parametrize("good", ["", "  ", "e.invente@exemple.fr", " é.x+y@sous.domaine.exemple "])
def test_an_address_of_the_usual_shape_or_none_has_no_fault(good: str) -> None:
    assert email_fault(good) is None


@pytest.mark.parametrize(
    "bad", ["élise", "a@b", "a b@c.fr", "a@b..fr", "a@@b.fr", "<a@b.fr>", "a@b.fr, c@d.fr"]
)
def test_a_text_without_that_shape_has_a_sentence(bad: str) -> None:
    assert email_fault(bad) == NOT_AN_ADDRESS


def test_an_rpps_is_written_with_the_prefix_it_has_in_messages_and_nothing_else_is_touched() -> None:
    assert read_identifier("10002 909 371") == "810002909371"
    assert read_identifier("810002909371") == "810002909371"
    assert read_identifier("3490003542/0000012") == "3490003542/0000012"


def test_an_identifier_holds_letters_digits_slash_and_dash_only() -> None:
    assert identifier_fault("") is None
    assert identifier_fault("3490003542/0000012") is None
    assert identifier_fault("a@b") == NOT_AN_IDENTIFIER


def test_a_message_can_name_who_has_a_name_a_first_name_and_an_address() -> None:
    assert Regulator("INVENTÉ", "Élise", "e@exemple.fr").is_complete
    assert not Regulator("INVENTÉ", "Élise").is_complete
