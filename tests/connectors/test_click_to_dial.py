"""A telephony server that dials, refuses, hangs, sends elsewhere: each is told for what it is."""

from __future__ import annotations

import logging
import ssl
from dataclasses import replace

import pytest

from osnp_console.app.sources.agendas import Deadline
from osnp_console.app.telephony.dial import LATE, Dialled, Outcome
from osnp_console.app.telephony.numbers import NumberToDial
from osnp_console.app.telephony.settings import GET, POST, Telephony, Way
from osnp_console.connectors.simulator.certificates import Certificates
from osnp_console.connectors.telephony import click_to_dial as told
from osnp_console.connectors.telephony.click_to_dial import click_to_dial
from tests.connectors.misbehaving_server import (
    Asked,
    Behaviour,
    MisbehavingServer,
    Reply,
    answering,
    cut_at_once,
    endless,
    silent,
)

NUMBER = NumberToDial("+33230303434")
SECRET = "jeton-invente"
OK = answering(Reply(b"{}", "application/json"))


def telephony(server: MisbehavingServer, method: str = GET, body: str = "") -> Telephony:
    place = "" if "{numero}" in body else "?vers={numero}"
    return Telephony(Way.CLICK, address=f"{server.address}{place}", method=method, body=body)


def dialled(behaviour: Behaviour, method: str = GET, seconds: float = 60) -> tuple[Dialled, list[Asked]]:
    with MisbehavingServer(behaviour) as server:
        outcome = click_to_dial(telephony(server, method), SECRET, NUMBER, Deadline(seconds))
        return outcome, server.asked


def test_the_server_is_asked_once_with_the_number_in_its_place_and_the_secret_in_a_header() -> None:
    outcome, (asked,) = dialled(OK)
    assert outcome == Dialled(Outcome.SENT, told.ASKED)
    assert (asked.method, asked.target) == ("GET", "/fhir?vers=%2B33230303434")
    assert asked.headers["authorization"] == f"Bearer {SECRET}"
    assert SECRET not in asked.target


@pytest.mark.parametrize(
    ("body", "kind", "sent"),
    [
        ('{"vers": "{numero}"}', "application/json", b'{"vers": "+33230303434"}'),
        ("poste=201&vers={numero}", "application/x-www-form-urlencoded", b"poste=201&vers=%2B33230303434"),
    ],
)
def test_a_body_is_sent_as_what_it_is_and_the_address_then_names_nobody(
    body: str, kind: str, sent: bytes
) -> None:
    with MisbehavingServer(answering(Reply(b"", None, status=204))) as server:
        settings = replace(telephony(server, POST, body), header="X-Api-Key")
        outcome = click_to_dial(settings, SECRET, NUMBER, Deadline(60))
    (asked,) = server.asked
    assert outcome.outcome is Outcome.SENT
    assert (asked.headers["content-type"], asked.body, asked.target) == (kind, sent, "/fhir")
    assert asked.headers["x-api-key"] == SECRET
    assert "authorization" not in asked.headers


@pytest.mark.parametrize(
    ("reply", "method", "expected"),
    [
        (Reply(status=401), GET, Dialled(Outcome.NOT_SENT, told.REFUSED)),
        (Reply(status=403), POST, Dialled(Outcome.NOT_SENT, told.REFUSED)),
        (Reply(status=404), GET, Dialled(Outcome.NOT_SENT, told.NOT_FOUND)),
        (Reply(status=422), GET, Dialled(Outcome.NOT_SENT, told.NOT_TAKEN)),
        (Reply(status=500), GET, Dialled(Outcome.UNKNOWN, told.BROKEN)),
        (Reply(b"<html>", "text/html"), GET, Dialled(Outcome.UNKNOWN, told.A_PAGE)),
        (Reply(status=201), POST, Dialled(Outcome.SENT, told.ASKED)),
    ],
)
def test_each_answer_is_told_for_what_it_is(reply: Reply, method: str, expected: Dialled) -> None:
    outcome, asked = dialled(answering(reply), method)
    assert (outcome, len(asked)) == (expected, 1)


@pytest.mark.parametrize(
    ("status", "method", "expected"),
    [
        (302, GET, Dialled(Outcome.NOT_SENT, told.ELSEWHERE)),
        (308, POST, Dialled(Outcome.NOT_SENT, told.ELSEWHERE)),
        (303, POST, Dialled(Outcome.UNKNOWN, told.A_PAGE)),
    ],
)
def test_no_redirect_is_followed_even_to_the_same_server(status: int, method: str, expected: Dialled) -> None:
    outcome, asked = dialled(answering(Reply(status=status, headers={"Location": "/ailleurs"})), method)
    assert (outcome, len(asked)) == (expected, 1)


def test_a_server_that_took_the_number_and_says_nothing_may_be_dialling() -> None:
    assert dialled(silent, seconds=0.2)[0] == Dialled(Outcome.UNKNOWN, LATE)
    assert dialled(cut_at_once)[0] == Dialled(Outcome.UNKNOWN, told.CUT)
    assert dialled(endless)[0] == Dialled(Outcome.SENT, told.ASKED)


def test_where_no_server_is_nothing_is_dialled() -> None:
    with MisbehavingServer(OK) as server:
        settings = telephony(server)
    outcome = click_to_dial(settings, SECRET, NUMBER, Deadline(60))
    assert outcome.outcome is Outcome.NOT_SENT
    assert "connexion impossible" in outcome.sentence
    assert click_to_dial(settings, SECRET, NUMBER, Deadline(0)) == Dialled(Outcome.NOT_SENT, told.NO_ANSWER)


def test_over_tls_the_server_must_be_signed_by_the_authority_that_is_declared(
    certificates: Certificates,
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates.server.certificate, certificates.server.key)
    with MisbehavingServer(OK, context) as server:
        signed = replace(telephony(server), authority=str(certificates.authority))
        assert click_to_dial(signed, SECRET, NUMBER, Deadline(60)).outcome is Outcome.SENT
        stranger = click_to_dial(telephony(server), SECRET, NUMBER, Deadline(60))
        lost = click_to_dial(replace(signed, authority="/absent.pem"), SECRET, NUMBER, Deadline(60))
    assert stranger.outcome is Outcome.NOT_SENT
    assert "pas le serveur attendu" in stranger.sentence
    assert "autorité introuvable" in lost.sentence
    assert len(server.asked) == 1


def test_a_server_that_does_not_speak_tls_is_told() -> None:
    with MisbehavingServer(OK) as server:
        settings = telephony(server)
        plain = replace(settings, address=settings.address.replace("http:", "https:"))
        outcome = click_to_dial(plain, SECRET, NUMBER, Deadline(60))
    assert outcome.outcome is Outcome.NOT_SENT
    assert "ne parle pas TLS" in outcome.sentence


def test_a_secret_that_no_header_can_carry_is_not_sent_and_none_is_not_missed() -> None:
    with MisbehavingServer(OK) as server:
        for secret in ("clé", "cle\nX-Autre: 1"):
            outcome = click_to_dial(telephony(server), secret, NUMBER, Deadline(60))
            assert outcome == Dialled(Outcome.NOT_SENT, told.BAD_SECRET)
        assert server.asked == []
        assert click_to_dial(telephony(server), None, NUMBER, Deadline(60)).outcome is Outcome.SENT
        assert "authorization" not in server.asked[0].headers


def test_neither_number_nor_secret_is_in_a_sentence_or_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "osnp_console")
    behaviours: list[Behaviour] = [OK, cut_at_once, *(answering(Reply(status=s)) for s in (302, 401, 500))]
    for behaviour in behaviours:
        outcome, _ = dialled(behaviour)
        assert "230303434" not in outcome.sentence
        assert SECRET not in outcome.sentence
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("osnp_console")]
    assert not any("230303434" in line or SECRET in line for line in ours)
