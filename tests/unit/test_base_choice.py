"""What is typed of a shared base, what a trial of it found, and what keeps a desk from leaving its base."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.app.base import choice
from osnp_console.app.base.address import VERIFIED, ServerAddress, base_place
from osnp_console.app.base.choice import (
    FoundBase,
    LeftBehind,
    TypedServer,
    found_words,
    place_words,
    read_server,
    read_site_key,
    typed_of,
)
from osnp_console.app.base.leaving import NOT_WRITTEN, copying_words, staying_words, unseen_words, why_not
from osnp_console.app.errors import Refusal

KEY = "ab" * 32
ELSEWHERE = TypedServer(
    "postgresql://base.sas.example:5433/appels", "poste3", password="secret", site_key=KEY
)
names = st.text("abcé-_.", min_size=1, max_size=20)
files = st.none() | st.text("abcé/ _.", max_size=20).map(lambda name: f"/f{name}.crt")


def refused(typed: TypedServer) -> tuple[str | None, str]:
    with pytest.raises(Refusal) as refusal:
        read_server(typed)
    return refusal.value.field, refusal.value.message


def test_an_address_and_a_user_are_a_link_that_is_verified() -> None:
    expected = ServerAddress("poste3", "base.sas.example", 5433, "appels", VERIFIED)
    assert read_server(ELSEWHERE) == expected
    for address in ("base.sas.example:5433/appels", " postgresql://poste3@base.sas.example:5433/appels "):
        assert read_server(replace(ELSEWHERE, address=address)) == expected
    alone = TypedServer("postgresql://poste3@base.sas.example:5433/appels")
    assert read_server(alone) == expected
    signed = replace(ELSEWHERE, authority=" /etc/ca.crt ")
    assert read_server(signed) == replace(expected, sslrootcert="/etc/ca.crt")


def test_a_certificate_goes_with_its_key_and_only_where_it_is_chosen() -> None:
    files = replace(ELSEWHERE, certificate="/a.crt", certificate_key="/a.key")
    assert read_server(files).sslcert is None
    by_certificate = replace(files, by_certificate=True)
    assert (read_server(by_certificate).sslcert, read_server(by_certificate).sslkey) == ("/a.crt", "/a.key")
    assert refused(replace(by_certificate, certificate=""))[0] == choice.CERTIFICATE
    assert refused(replace(by_certificate, certificate_key=" "))[0] == choice.CERTIFICATE_KEY


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"address": " "}, choice.ADDRESS, choice.NO_ADDRESS),
        ({"address": "sqlite:///base"}, choice.ADDRESS, choice.NOT_SHARED),
        ({"address": "https://base.example/appels"}, choice.ADDRESS, choice.NOT_SHARED),
        ({"address": "base.example"}, choice.ADDRESS, choice.NOT_SHARED),
        ({"address": "base.example:port/appels"}, choice.ADDRESS, choice.NOT_SHARED),
        ({"address": "postgresql://poste3:secret@base.example/a"}, choice.ADDRESS, choice.PASSWORD_INSIDE),
        ({"address": "base.example/a?password=secret"}, choice.ADDRESS, choice.PASSWORD_INSIDE),
        ({"address": "autre@base.example/a"}, choice.USER, choice.TWO_USERS),
        ({"user": ""}, choice.USER, choice.NO_USER),
    ],
)
def test_what_is_wrong_is_told_at_its_field(changed: dict[str, str], field: str, sentence: str) -> None:
    at, message = refused(replace(ELSEWHERE, **changed))  # type: ignore[arg-type]  # fields of the case's choice
    assert (at, message) == (field, sentence)
    assert "secret" not in message


def test_a_link_to_another_machine_without_tls_is_refused() -> None:
    at, message = refused(replace(ELSEWHERE, address="base.example/appels?sslmode=disable"))
    assert at == choice.ADDRESS
    assert "verify-full" in message
    assert read_server(replace(ELSEWHERE, address="127.0.0.1/appels?sslmode=disable")).sslmode == "disable"


def test_the_sites_key_may_be_pasted_with_blanks_and_is_whole() -> None:
    assert read_site_key(replace(ELSEWHERE, site_key=f" {KEY[:32]}\n{KEY[32:]} ")) == bytes.fromhex(KEY)
    assert read_site_key(replace(ELSEWHERE, site_key=" ")) is None
    for wrong in (KEY[:-2], KEY + "ab", KEY[:-1], "zz" * 32):
        with pytest.raises(Refusal) as refusal:
            read_site_key(replace(ELSEWHERE, site_key=wrong))
        assert refusal.value.field == choice.SITE_KEY


@given(names, st.sampled_from(["base.example", "localhost", "::1", "/run/postgresql"]), names, files, files)
def test_an_address_shown_in_the_form_is_read_back_the_same(
    user: str, host: str, base: str, certificate: str | None, authority: str | None
) -> None:
    mode = VERIFIED if host == "base.example" else "prefer"
    place = ServerAddress(user, host, 5433, base, mode, certificate, certificate, authority)
    typed = typed_of(place)
    assert user not in typed.address or user in f"postgresql://{host}:5433/{base}{place.text}"
    assert read_server(typed) == place
    assert base_place(place.text) == place


def test_secrets_show_neither_in_a_log_nor_in_what_outlives_a_form() -> None:
    assert "secret" not in repr(ELSEWHERE)
    assert KEY not in repr(ELSEWHERE)
    bare = ELSEWHERE.without_secrets
    assert (bare.password, bare.site_key, bare.address) == ("", "", ELSEWHERE.address)


def test_each_thing_that_a_trial_finds_has_its_own_sentence() -> None:
    there = FoundBase(read_server(ELSEWHERE))
    found = (
        there,
        replace(there, has_accounts=True),
        replace(there, has_accounts=True, is_older=True),
        replace(there, is_older=True, is_being_updated=True),
    )
    assert len({found_words(one) for one in found}) == len(found)


def test_a_place_is_said_without_user_nor_path_of_certificates() -> None:
    assert place_words(Path("/srv/a.base")) == "sur ce poste\u202f: /srv/a.base"
    assert place_words(read_server(ELSEWHERE)) == "partagée\u202f: appels, sur base.sas.example"
    assert (
        place_words(replace(read_server(ELSEWHERE), host="::1"))
        == "partagée\u202f: appels, sur cet ordinateur"
    )


def test_a_desk_leaves_its_base_with_nothing_open_and_all_of_it_written() -> None:
    assert why_not(0, 0, is_saved=True) is None
    one, two, unsaved = why_not(1, 0, True), why_not(1, 2, True), why_not(0, 0, False)
    assert one is not None
    assert two is not None
    assert unsaved is not None
    assert one.message.startswith("Un appel est ouvert")
    assert two.message.startswith("2 appels sont ouverts")
    assert unsaved.message == NOT_WRITTEN


def test_a_desk_that_stays_says_why_and_what_to_do() -> None:
    then = Path("/srv/a.base")
    said = [
        staying_words(LeftBehind(calls, kept), then) for calls, kept in ((1, False), (3, True), (0, True))
    ]
    assert [words.partition(". ")[0].partition("\u202f: ")[2] for words in said] == [
        "un appel est resté ouvert dans celle d’aujourd’hui",
        "3 appels sont restés ouverts dans celle d’aujourd’hui",
        "ce poste n’avait pas tout écrit dans celle d’aujourd’hui",
    ]
    assert all("fermer et rouvrir la console" in words and "/srv/a.base" in words for words in said)


def test_only_what_is_known_to_be_nothing_is_nothing() -> None:
    assert LeftBehind(0, False).is_nothing
    for calls, kept in ((1, False), (0, True), (None, False), (0, None), (None, None)):
        assert not LeftBehind(calls, kept).is_nothing


def test_a_base_that_does_not_open_is_left_by_somebody_s_word_where_nothing_is_kept_for_it() -> None:
    then = Path("/srv/a.base")
    nothing, something, unknown = (unseen_words(LeftBehind(None, kept), then) for kept in (False, True, None))
    assert "Changer maintenant est possible" in nothing
    assert "il n’en change pas" in something
    assert "On ne sait pas" in unknown


def test_the_command_that_takes_the_calls_along_names_the_base_of_today() -> None:
    assert "base copier sqlite:////srv/a.base postgresql://" in copying_words(
        Path("/srv/a.base"), to_shared=True
    )
    back = copying_words(read_server(ELSEWHERE), to_shared=False)
    assert "base copier postgresql://poste3@base.sas.example:5433/appels sqlite:///" in back
