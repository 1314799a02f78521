"""What is dialled of a number, and what keeps a telephone's settings from dialling."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.app.telephony.dial import NOT_A_NUMBER, Dialled, Outcome, ready_to_dial
from osnp_console.app.telephony.numbers import NumberToDial, number_to_dial, sip_uri, tel_uri
from osnp_console.app.telephony.settings import (
    NO_ADDRESS,
    NO_DOMAIN,
    NO_PLACE,
    NOT_A_DOMAIN,
    NOT_A_HEADER,
    NOT_A_PATH,
    NOT_A_PREFIX,
    PLACE_IN_HOST,
    POST,
    Telephony,
    Way,
    secret_header,
    telephony_faults,
)

CLICK = Telephony(Way.CLICK, address="https://pabx.exemple.fr/appel?poste=201&vers={numero}")


def digits(text: str, prefix: str = "") -> str | None:
    number = number_to_dial(text, prefix)
    return number.digits if number is not None else None


@pytest.mark.parametrize(
    ("text", "direct", "behind_zero"),
    [
        ("02 30 30 34 34", "+33230303434", "00230303434"),
        ("+33 2 30 30 34 34", "+33230303434", "00230303434"),
        ("0692 12 34 56", "+262692123456", "00692123456"),
        ("+32 2 555 12 12", "+3225551212", "0003225551212"),
        ("116\u202f117", "116117", "0116117"),
        ("36 24", "3624", "03624"),
        ("15", "15", "15"),
        ("112", "112", "112"),
        ("4512", "4512", "4512"),
        ("Secrétariat : 02 30 30 34 34 le matin", "+33230303434", "00230303434"),
    ],
)
def test_a_number_is_dialled_as_e164_or_as_from_behind_the_switchboard(
    text: str, direct: str, behind_zero: str
) -> None:
    assert digits(text) == direct
    assert digits(text, "0") == behind_zero


@pytest.mark.parametrize("text", ["", "   ", "à demander", "poste 12 à 14", "02 30 30 34", "0230", "1234567"])
def test_words_and_numbers_cut_short_are_not_dialled(text: str) -> None:
    assert number_to_dial(text) is None
    assert ready_to_dial(text, Telephony()) == Dialled(Outcome.NOT_SENT, NOT_A_NUMBER)


def test_a_tel_address_says_whose_plan_a_short_number_belongs_to() -> None:
    assert tel_uri(NumberToDial("+33230303434")) == "tel:+33230303434"
    assert tel_uri(NumberToDial("116117")) == "tel:116117;phone-context=+33"
    assert tel_uri(NumberToDial("00230303434", is_inside=True)) == "tel:00230303434"


def test_a_sip_address_tells_a_number_of_the_world_from_one_of_the_domain() -> None:
    assert sip_uri(NumberToDial("+33230303434"), "sip.exemple.fr") == (
        "sip:+33230303434@sip.exemple.fr;user=phone"
    )
    assert sip_uri(NumberToDial("116117"), "sip.exemple.fr:5061") == "sip:116117@sip.exemple.fr:5061"


@given(st.text(), st.sampled_from(["", "0", "9"]))
def test_whatever_is_shown_only_digits_are_dialled(text: str, prefix: str) -> None:
    number = number_to_dial(text, prefix)
    if number is not None:
        assert number.digits.removeprefix("+").isascii()
        assert number.digits.removeprefix("+").isdigit()
        assert not (prefix and number.is_global)


def test_a_usual_desk_dials_by_its_desktop_without_any_setting() -> None:
    assert telephony_faults(Telephony()) == {}
    assert ready_to_dial("116 117", Telephony()) == NumberToDial("116117")


def test_a_setting_that_lacks_is_told_before_anything_is_sent() -> None:
    told = ready_to_dial("15", Telephony(Way.SIP))
    assert isinstance(told, Dialled)
    assert told.outcome is Outcome.NOT_SENT
    assert told.sentence.startswith(NO_DOMAIN)
    assert ready_to_dial("15", Telephony(Way.SIP, sip_domain="sip.exemple.fr")) == NumberToDial("15")


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"outside_prefix": "zéro"}, "outside_prefix", NOT_A_PREFIX),
        ({"outside_prefix": "00000"}, "outside_prefix", NOT_A_PREFIX),
        ({"way": Way.SIP, "sip_domain": "a@b"}, "sip_domain", NOT_A_DOMAIN),
        ({"address": ""}, "address", NO_ADDRESS),
        ({"address": "https://pabx.exemple.fr/appel"}, "address", NO_PLACE),
        ({"address": "https://pabx.exemple.fr/{numero}/{numero}"}, "address", NO_PLACE),
        ({"address": "https://{numero}.exemple.fr/"}, "address", PLACE_IN_HOST),
        ({"method": POST, "body": "vers={numero}"}, "body", NO_PLACE),
        ({"header": "Host"}, "header", NOT_A_HEADER),
        ({"header": "X Api\r\nKey"}, "header", NOT_A_HEADER),
        ({"authority": "autorite.pem"}, "authority", NOT_A_PATH),
    ],
)
def test_what_keeps_a_telephone_from_dialling_is_told_at_its_field(
    changed: dict[str, object], field: str, sentence: str
) -> None:
    assert telephony_faults(replace(CLICK, **changed)) == {field: sentence}  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize(
    "address",
    [
        "http://pabx.exemple.fr/{numero}",
        "https://compte:passe@pabx.exemple.fr/{numero}",
        "https://pabx.exemple.fr/{numero}?token=abc",
        "ftp://pabx.exemple.fr/{numero}",
    ],
)
def test_an_address_in_clear_or_with_a_secret_is_refused_and_never_repeated(address: str) -> None:
    sentence = telephony_faults(replace(CLICK, address=address))["address"]
    assert "exemple" not in sentence
    assert "abc" not in sentence


def test_a_body_may_hold_the_number_and_the_loopback_needs_no_tls() -> None:
    body = replace(CLICK, address="http://127.0.0.1:8088/appel", method=POST, body='{"vers": "{numero}"}')
    assert telephony_faults(body) == {}
    assert telephony_faults(replace(body, method="GET")) == {"address": NO_PLACE}


def test_a_bare_secret_is_a_bearers_and_one_that_names_its_scheme_goes_as_it_is() -> None:
    assert secret_header("authorization", " abc ") == "Bearer abc"
    assert secret_header("Authorization", "Basic YTpi") == "Basic YTpi"
    assert secret_header("X-Api-Key", "abc") == "abc"
