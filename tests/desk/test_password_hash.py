"""Passwords are hashed with Argon2id, compared whatever their composition, upgraded when parameters grow."""

from __future__ import annotations

import unicodedata

import pytest
from argon2 import extract_parameters
from argon2.low_level import Type

from osnp_console.desk import password_hash
from osnp_console.desk.password_hash import ArgonPasswords

PHRASE = "quatre marées à Pénestin"


@pytest.fixture
def small() -> ArgonPasswords:
    """Parameters that cost nothing."""
    return ArgonPasswords(memory_kib=64, passes=1, lanes=1)


def test_only_the_password_itself_opens(small: ArgonPasswords) -> None:
    kept = small.hashed(PHRASE)
    assert PHRASE not in kept
    assert small.verify(kept, PHRASE)
    assert not small.verify(kept, PHRASE + " ")
    assert small.hashed(PHRASE) != kept


def test_the_same_letters_composed_another_way_are_the_same_password(small: ArgonPasswords) -> None:
    assert small.verify(small.hashed(PHRASE), unicodedata.normalize("NFD", PHRASE))


def test_todays_parameters_are_those_of_the_rfc_and_the_decoy_costs_as_much() -> None:
    kept = ArgonPasswords().hashed(PHRASE)
    found, decoy = extract_parameters(kept), extract_parameters(password_hash._DECOY)
    assert (found.type, found.memory_cost, found.time_cost, found.parallelism) == (Type.ID, 65536, 3, 4)
    assert decoy == found


def test_a_hash_of_smaller_parameters_is_to_be_made_again(small: ArgonPasswords) -> None:
    kept = small.hashed(PHRASE)
    assert ArgonPasswords().is_outdated(kept)
    assert not small.is_outdated(kept)
    assert ArgonPasswords().verify(kept, PHRASE)


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "en clair",
        "$argon2id$v=19$m=65536,t=3,p=4$abîmé",
        "$argon2id$v=19$m=4194304,t=9999,p=4$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaA",
        "$argon2i$v=19$m=64,t=1,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaA",
    ],
)
def test_what_is_no_hash_of_ours_opens_to_nobody(small: ArgonPasswords, kept: str) -> None:
    assert not small.verify(kept, PHRASE)
    assert not small.verify(kept, "")
