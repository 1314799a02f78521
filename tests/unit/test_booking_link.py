from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.app.booking.link import booking_url

HOSTS = ("rdv.exemple.fr", "agenda.exemple.fr:8443", "*.editeur.fr")


@pytest.mark.parametrize(
    ("comment", "opened"),
    [
        ("https://rdv.exemple.fr/dr", "https://rdv.exemple.fr/dr?origin=sas"),
        ("https://rdv.exemple.fr/dr?a=1&b=%20x", "https://rdv.exemple.fr/dr?a=1&b=%20x&origin=sas"),
        ("https://rdv.exemple.fr/dr?a=1#jour", "https://rdv.exemple.fr/dr?a=1&origin=sas#jour"),
        ("https://rdv.exemple.fr/dr?origin=autre&a=1", "https://rdv.exemple.fr/dr?a=1&origin=sas"),
        ("https://rdv.exemple.fr/dr?origin=x&Origin=y", "https://rdv.exemple.fr/dr?origin=sas"),
        ("https://rdv.exemple.fr/dr?%6Frigin=x", "https://rdv.exemple.fr/dr?origin=sas"),
        ("  https://rdv.exemple.fr/dr  ", "https://rdv.exemple.fr/dr?origin=sas"),
        ("https://RDV.exemple.fr:443/dr", "https://RDV.exemple.fr:443/dr?origin=sas"),
        ("https://agenda.exemple.fr:8443/", "https://agenda.exemple.fr:8443/?origin=sas"),
        ("https://dr.editeur.fr/", "https://dr.editeur.fr/?origin=sas"),
        ("https://rdv.exemple.fr", "https://rdv.exemple.fr?origin=sas"),
    ],
)
def test_the_page_is_opened_with_its_origin_said_once(comment: str, opened: str) -> None:
    assert booking_url(comment, "sas", HOSTS) == opened


@pytest.mark.parametrize("origin", [None, ""])
def test_without_an_origin_to_say_the_address_is_left_alone(origin: str | None) -> None:
    kept = "https://rdv.exemple.fr/dr?origin=x#jour"
    assert booking_url(kept, origin, HOSTS) == kept


def test_the_origin_is_encoded() -> None:
    assert (
        booking_url("https://rdv.exemple.fr/", "a&b=c#", HOSTS)
        == "https://rdv.exemple.fr/?origin=a%26b%3Dc%23"
    )


@pytest.mark.parametrize(
    "comment",
    [
        "",
        "Apporter sa carte",
        "http://rdv.exemple.fr/dr",
        "HTTPS:rdv.exemple.fr",
        "javascript:alert(1)",
        "file:///etc/hosts",
        "//rdv.exemple.fr/dr",
        "https://autre.exemple.fr/",
        "https://rdv.exemple.fr.autre.fr/",
        "https://autrerdv.exemple.fr/",
        "https://editeur.fr/",
        "https://autreediteur.fr/",
        "https://moi@rdv.exemple.fr/",
        "https://moi:secret@rdv.exemple.fr/",
        "https://rdv.exemple.fr@autre.fr/",
        "https://autre.fr\\@rdv.exemple.fr/",
        "https://rdv.exemple.fr:8443/",
        "https://agenda.exemple.fr/",
        "https://rdv.exemple.fr:port/",
        "https://[::1/",
        "https:///dr",
        "https://rdv.exemple.fr/a b",
        "https://rdv.exemple.fr/\n",
        "https://rdv.exemple.fr/\u0000",
    ],
)
def test_what_is_not_on_the_list_or_not_safe_is_not_opened(comment: str) -> None:
    assert booking_url(comment.replace("\n", "\nx"), "sas", HOSTS) is None


def test_without_a_list_nothing_is_opened() -> None:
    assert booking_url("https://rdv.exemple.fr/", "sas", ()) is None


@given(
    st.lists(st.tuples(st.text("abc", min_size=1, max_size=3), st.text("xyz &=#%é", max_size=3)), max_size=4),
    st.text(min_size=1, max_size=8).filter(
        lambda text: not any("\ud800" <= letter <= "\udfff" for letter in text)
    ),
)
def test_every_other_parameter_is_kept_in_its_place(others: list[tuple[str, str]], origin: str) -> None:
    query = urlencode([*others, ("origin", "avant")])
    opened = booking_url(f"https://rdv.exemple.fr/?{query}", origin, HOSTS)
    assert opened is not None
    assert parse_qsl(urlsplit(opened).query, keep_blank_values=True) == [*others, ("origin", origin)]
