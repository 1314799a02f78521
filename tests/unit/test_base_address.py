"""Addresses of bases: read as typed, shown without a secret, refused where they would be unsafe."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.app.base.address import VERIFIED, ServerAddress, base_place, base_text
from osnp_console.app.errors import Refusal

names = st.text("abcé-_.", min_size=1, max_size=20)


def server(address: str) -> ServerAddress:
    place = base_place(address)
    assert isinstance(place, ServerAddress)
    return place


def test_a_file_is_read_as_sqlalchemy_reads_it() -> None:
    assert base_place("sqlite:///dossier/console.base") == Path("dossier/console.base")
    assert base_place("sqlite:////srv/console.base") == Path("/srv/console.base")


def test_a_server_elsewhere_is_always_verified() -> None:
    place = server("postgresql://poste3@base.sas.example:5433/appels")
    assert place == ServerAddress("poste3", "base.sas.example", 5433, "appels", VERIFIED)
    assert not place.is_here
    for mode in ("disable", "prefer", "require", "verify-ca"):
        with pytest.raises(Refusal, match="verify-full"):
            base_place(f"postgresql://a@base.sas.example/b?sslmode={mode}")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://a@localhost/b",
        "postgresql://a@127.0.0.1/b",
        "postgresql://a@[::1]:5433/b",
        "postgresql+psycopg://a@/b?host=/run/postgresql",
    ],
)
def test_what_never_leaves_the_machine_may_go_without_tls(address: str) -> None:
    assert server(address).is_here
    assert server(address).sslmode == "prefer"


def test_a_certificate_comes_with_its_key() -> None:
    place = server("postgresql://a@s/b?sslcert=/c/poste.pem&sslkey=/c/poste.key&sslrootcert=/c/ca.pem")
    assert (place.sslcert, place.sslkey, place.sslrootcert) == ("/c/poste.pem", "/c/poste.key", "/c/ca.pem")
    with pytest.raises(Refusal, match="sslkey"):
        base_place("postgresql://a@s/b?sslcert=/c/poste.pem")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://a:secret@s/b",
        "postgresql://a@s/b?password=secret",
        "postgresql://a@s/b?passfile=/secret",
        "postgresql://a@s/b?options=-csecret",
        "postgresql://s/b",
        "postgresql://a@s",
        "postgresql://a@s/b/c",
        "postgresql://a@/b",
        "postgresql://a@s:port/b",
        "postgresql://a@s/b?host=/run/postgresql",
        "postgresql://a@/b?host=serveur",
        "mysql://a@s/b",
    ],
)
def test_an_address_that_holds_a_secret_or_is_no_address_is_refused_without_repeating_it(
    address: str,
) -> None:
    with pytest.raises(Refusal) as refused:
        base_place(address)
    assert (refused.value.code, refused.value.field) == ("usage", "base")
    assert "secret" not in refused.value.message


@given(user=names, base=names, port=st.integers(1, 65535), here=st.booleans(), key=st.none() | names)
def test_an_address_is_shown_as_it_can_be_typed_again(
    user: str, base: str, port: int, here: bool, key: str | None
) -> None:
    place = ServerAddress(
        user, "/run/x" if here else "base.example", port, base, "require" if here else VERIFIED, key, key
    )
    assert base_place(base_text(place)) == place
