"""RPPS, SIRET and FINESS with their keys, a phone number in one shape."""

from __future__ import annotations

import pytest

from osnp_console.domain.identifiers import (
    FINESS_KEY,
    RPPS_KEY,
    SIRET_KEY,
    NumberRead,
    finess_fault,
    read_rpps,
    read_structure,
)
from osnp_console.domain.phone import international


@pytest.mark.parametrize("number", ["291991081", "291 991 081", " 291991081 ", "2A0000014", "2b0000020"])
def test_a_finess_with_the_right_key_has_no_fault(number: str) -> None:
    assert finess_fault(number) is None


@pytest.mark.parametrize("last", "023456789")
def test_any_other_last_digit_is_a_wrong_key(last: str) -> None:
    assert "Clé" in (finess_fault(f"29199108{last}") or "")


@pytest.mark.parametrize("number", ["2A0000015", "2B0000014", "2A0000041", "219991081", "291991018"])
def test_a_wrong_letter_or_two_digits_the_wrong_way_round_are_seen(number: str) -> None:
    assert "Clé" in (finess_fault(number) or "")


@pytest.mark.parametrize(
    "number", ["", "29199108", "2919910811", "2C0000014", "A21991081", "29-1991081", "abc"]
)
def test_what_has_not_nine_characters_is_told_so(number: str) -> None:
    assert "neuf caractères" in (finess_fault(number) or "")


def test_only_plain_digits_make_a_finess() -> None:
    assert finess_fault("２９１９９１０８１") is not None


@pytest.mark.parametrize(
    "number",
    ["0261911234", "02 61 91 12 34", "02.61.91.12.34", "02-61-91-12-34", "+33261911234", "+33 2 61 91 12 34",
     "0033 2 61 91 12 34", "+33 (0)2 61 91 12 34", "02\u00a061\u00a091\u00a012\u00a034"],
)  # fmt: skip
def test_a_french_number_has_one_shape(number: str) -> None:
    assert international(number) == "+33261911234"


@pytest.mark.parametrize(
    ("number", "kept"),
    [("15", "15"), (" 15 ", "15"), ("116 117", "116117"), ("116117", "116117"), ("112", "112"),
     ("114", "114"), ("116\u00a0117", "116117")],
)  # fmt: skip
def test_the_short_numbers_of_care_are_themselves(number: str, kept: str) -> None:
    assert international(number) == kept


@pytest.mark.parametrize("number", ["", "abc", "02 61 91 12 3", "02 61 91 12 345", "00 00 00 00 00", "1234"])
def test_what_is_no_number_is_told_apart(number: str) -> None:
    assert international(number) is None


def test_a_number_from_abroad_is_a_number() -> None:
    assert international("+41 44 668 18 00") == "+41446681800"


@pytest.mark.parametrize("number", ["10002909371", "810002909371", "1000 2909 371", "8 10002909371\u00a0"])
def test_an_rpps_is_kept_in_eleven_digits(number: str) -> None:
    assert read_rpps(number) == NumberRead("10002909371")


@pytest.mark.parametrize("number", ["10002673899", "20002909371", "10002909372"])
def test_an_unusual_rpps_is_kept_with_a_warning(number: str) -> None:
    assert read_rpps(number) == NumberRead(number, warning=RPPS_KEY)


@pytest.mark.parametrize(
    "number", ["", "1000290937", "910002909371", "8100029093711", "1000290937A", "１0002909371"]
)
def test_any_other_number_is_no_rpps(number: str) -> None:
    read = read_rpps(number)
    assert read.number is None
    assert "onze chiffres" in (read.fault or "")


@pytest.mark.parametrize(
    ("number", "kept"),
    [
        ("34173748400020", "34173748400020"), ("334173748400020", "34173748400020"),
        ("341 737 484 00020", "34173748400020"), ("291 991 081", "291991081"), ("1291991081", "291991081"),
        ("2a0000014", "2A0000014"), ("12A0000014", "2A0000014"),
    ],
)  # fmt: skip
def test_a_structure_is_known_by_its_siret_or_its_finess(number: str, kept: str) -> None:
    assert read_structure(number) == NumberRead(kept)


def test_the_key_of_a_siret_is_a_warning_and_that_of_a_finess_a_fault() -> None:
    assert read_structure("34173748400021") == NumberRead("34173748400021", warning=SIRET_KEY)
    assert read_structure("291991082") == NumberRead(None, FINESS_KEY)


@pytest.mark.parametrize("number", ["", "29199108", "434173748400020", "3417374840002", "2B000002"])
def test_any_other_number_is_no_structure(number: str) -> None:
    assert read_structure(number).number is None
    assert read_structure(number).fault
