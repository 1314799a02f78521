"""A callback number in any shape: read, shown in pairs, kept whatever it is, found again by its digits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.domain.phone import NOT_A_FRENCH_NUMBER, phone_digits, read_phone

NARROW = "\u202f"
NATIONAL = st.from_regex(r"0[1-79][0-9]{8}", fullmatch=True)
TYPED = st.one_of(st.text(max_size=40), st.text("0123456789+ .-()/\u202fh", max_size=30))


def in_pairs(national: str) -> str:
    return NARROW.join(national[start : start + 2] for start in range(0, 10, 2))


@pytest.mark.parametrize(
    "text",
    ["0639984107", "06 39 98 41 07", "06.39.98.41.07", "06-39-98-41-07", "06/39/98/41/07", "0639 984 107",
     "+33639984107", "+33 6 39 98 41 07", "+33 (0)6 39 98 41 07", "0033 6 39 98 41 07", "(06) 39 98 41 07",
     "33639984107", "639984107", f"06{NARROW}39{NARROW}98{NARROW}41{NARROW}07",
     "06\u00a039\u00a098\u00a041\u00a007",
     "０６３９９８４１０７", "rappeler au 06 39 98 41 07 svp", "tél:0639984107", "06 39 98 41 07 après 14h",
     "06 39 98 41 07 14 h", "06 39 98 41 07 / 02 61 91 12 34", "06 39 98 41 07 ou 02 61 91 12 34",
     "né le 14/03/2019, 0639984107", "\u202a+33 6 39 98 41 07\u202c"],
)  # fmt: skip
def test_a_number_pasted_in_any_shape_is_shown_in_pairs(text: str) -> None:
    phone = read_phone(text)
    assert phone.shown == in_pairs("0639984107")
    assert (phone.e164, phone.kind, phone.warning) == ("+33639984107", "mobile", None)
    assert phone.text == text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("0639984107", "mobile"),
        ("07 00 00 00 00", "mobile"),
        ("02 61 91 12 34", "fixe"),
        ("09 87 65 43 21", "fixe"),
        ("0692 12 34 56", "mobile"),
        ("+590 590 12 34 56", "fixe"),
        ("+44 20 7946 0958", "étranger"),
        ("0041 44 668 18 00", "étranger"),
        ("+687 25 12 34", "étranger"),
        ("15", "court"),
        ("116 117", "court"),
        ("3624", "court"),
        ("appeler le 3919", "court"),
        ("08 00 12 34 56", "à vérifier"),
        ("06 39 98", "à vérifier"),
        ("à la boulangerie", "à vérifier"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_the_kind_of_a_number_stands_beside_it(text: str, kind: str) -> None:
    assert read_phone(text).kind == kind


@pytest.mark.parametrize(
    ("text", "e164", "shown"),
    [
        ("0692123456", "+262692123456", in_pairs("0692123456")),
        ("+262 692 12 34 56", "+262692123456", in_pairs("0692123456")),
        ("00262 0692 12 34 56", "+262692123456", in_pairs("0692123456")),
        ("0590 12 34 56", "+590590123456", in_pairs("0590123456")),
        ("0694 20 12 34", "+594694201234", in_pairs("0694201234")),
        ("0696 12 34 56", "+596696123456", in_pairs("0696123456")),
        ("0639 01 23 45", "+262639012345", in_pairs("0639012345")),
    ],
)
def test_a_number_of_an_overseas_departement_is_dialled_with_its_own_code(
    text: str, e164: str, shown: str
) -> None:
    phone = read_phone(text)
    assert (phone.e164, phone.shown, phone.warning) == (e164, shown, None)


def test_a_number_from_abroad_is_shown_as_abroad() -> None:
    phone = read_phone("rappeler +44 20 7946 0958")
    assert (phone.e164, phone.shown) == ("+442079460958", f"+44{NARROW}20{NARROW}7946{NARROW}0958")


@pytest.mark.parametrize(
    "text",
    ["06 39 98 41 0", "06 39 98 41 077", "00 00 00 00 00", "1234", "demander Mme L.", "+33 6 39", "+999 12",
     "rappeler vers 15 h", "le 15", "06 39 98 41 07 12"],
)  # fmt: skip
def test_a_wrong_number_warns_and_is_kept_as_it_is(text: str) -> None:
    phone = read_phone(text)
    assert phone.warning == NOT_A_FRENCH_NUMBER
    assert phone.warning == "Ce numéro n’a pas la forme d’un numéro français. Il est gardé tel quel."
    assert (phone.text, phone.shown, phone.e164) == (text, text, None)


@given(TYPED)
def test_no_text_is_ever_lost_nor_refused(text: str) -> None:
    phone = read_phone(text)
    assert phone.text == text
    assert (phone.e164 is None) or (phone.warning is None)
    assert bool(phone.shown) is bool(text.strip())


@given(TYPED)
def test_what_is_shown_reads_back_as_the_same_number(text: str) -> None:
    once = read_phone(text)
    again = read_phone(once.shown)
    assert (again.shown, again.e164, again.kind) == (once.shown, once.e164, once.kind)


@given(NATIONAL, st.sampled_from(["", " ", ".", "-", NARROW, "\u00a0"]))
def test_every_french_number_is_itself_with_any_separator(national: str, separator: str) -> None:
    pairs = [national[start : start + 2] for start in range(0, 10, 2)]
    for text in (separator.join(pairs), "+33" + separator + separator.join([national[1], *pairs[1:]])):
        phone = read_phone(f"au {text} svp")
        assert phone.shown == in_pairs(national)
        assert phone_digits(text) == national


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("06 39", "0639"),
        ("+33 6 39", "0639"),
        ("+33 (0)6 39", "0639"),
        ("0033 6 39", "0639"),
        ("06.39.98", "063998"),
        ("39 98 41", "399841"),
        ("+262 692", "0692"),
        ("+44 20", "004420"),
        ("0044 20", "004420"),
        ("rappeler au 06 39 98 41 07 svp", "0639984107"),
        ("le soir, 06 39 98 41 07", "0639984107"),
        ("Pipriac", ""),
        ("", ""),
    ],
)
def test_a_piece_of_a_number_is_searched_by_its_national_digits(text: str, digits: str) -> None:
    assert phone_digits(text) == digits


@given(NATIONAL, st.integers(1, 10))
def test_the_beginning_of_a_number_meets_it_with_or_without_the_country(national: str, length: int) -> None:
    piece = national[:length]
    assert phone_digits(national).startswith(phone_digits(piece))
    assert phone_digits(national).startswith(phone_digits("+33 " + piece[1:]))
    assert phone_digits(national).startswith(phone_digits("0033" + piece[1:]))


@given(TYPED)
def test_the_digits_to_search_by_are_only_digits(text: str) -> None:
    assert set(phone_digits(text)) <= set("0123456789")
