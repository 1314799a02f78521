from __future__ import annotations

import gzip
import ssl
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509 import load_pem_x509_certificate

from osnp_console.app.sources.agendas import Deadline, SourceFailure
from osnp_console.connectors.http import HttpSession, with_params
from osnp_console.connectors.http_failures import diagnostics, quoted, rest_asked
from osnp_console.connectors.http_tls import client_tls
from osnp_console.connectors.simulator.certificates import Certificates
from osnp_console.domain.clock import in_paris
from osnp_console.domain.slots.answers import SourceState
from osnp_console.domain.slots.source import TlsFiles
from tests.connectors.misbehaving_server import (
    Asked,
    Behaviour,
    Line,
    MisbehavingServer,
    Reply,
    answering,
    silent,
)
from tests.connectors.searchsets import outcome

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@pytest.fixture
def session() -> HttpSession:
    return HttpSession(clock=lambda: NOW)


def asked_of(behaviour: Behaviour, session: HttpSession, *, times: int = 1) -> list[Asked]:
    with MisbehavingServer(behaviour) as server:
        for _ in range(times):
            session.get(f"{server.address}/Slot", deadline=Deadline(60))
        session.close()
        return server.asked


def test_parameters_are_encoded_but_for_commas_and_colons() -> None:
    params = [("a.b:C", "urn:x|1,urn:x|2"), ("start", "ge2026-11-24T10:00:00+01:00"), ("q", "é &=#")]
    assert with_params("https://x/fhir", params) == (
        "https://x/fhir?a.b:C=urn:x%7C1,urn:x%7C2&start=ge2026-11-24T10:00:00%2B01:00&q=%C3%A9%20%26%3D%23"
    )
    assert with_params("https://x/fhir?deja=1#f", [("a", "b")]) == "https://x/fhir?deja=1&a=b#f"
    assert with_params("https://x/fhir", []) == "https://x/fhir"


def test_an_answer_is_handed_over_with_its_kind_in_small_letters(session: HttpSession) -> None:
    reply = Reply(b"abc", "Text/Calendar; charset=utf-8", 207, {"X-Autre": "oui"})
    with MisbehavingServer(answering(reply)) as server:
        answer = session.request("REPORT", server.address, body=b"<x/>", deadline=Deadline(60))
    assert (answer.status, answer.body, answer.content_type) == (207, b"abc", "text/calendar")
    assert answer.headers["x-autre"] == "oui"
    assert (server.asked[0].method, server.asked[0].body) == ("REPORT", b"<x/>")
    session.close()


def test_a_packed_answer_is_unpacked(session: HttpSession) -> None:
    packed = Reply(gzip.compress(b"abc"), headers={"Content-Encoding": "gzip"})
    with MisbehavingServer(answering(packed)) as server:
        assert session.get(server.address, deadline=Deadline(60)).body == b"abc"
    session.close()


class Lines:
    """Counts the connections that requests come on."""

    def __init__(self) -> None:
        self.met: list[Line] = []

    def __call__(self, line: Line, asked: Asked) -> None:
        if all(line.sock is not other.sock for other in self.met):
            self.met.append(line)
        answering(Reply(b"{}"))(line, asked)


def test_one_connection_serves_many_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("osnp_console.connectors.http.IDLE_SECONDS", 600.0)
    lines = Lines()
    assert len(asked_of(lines, HttpSession(), times=5)) == 5
    assert len(lines.met) == 1


def test_a_connection_that_was_idle_for_long_is_not_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("osnp_console.connectors.http.IDLE_SECONDS", 0.0)
    lines = Lines()
    asked_of(lines, HttpSession(), times=3)
    assert len(lines.met) == 3


def test_a_session_may_have_a_connection_for_each_request() -> None:
    lines = Lines()
    asked_of(lines, HttpSession(keeps_lines=False), times=3)
    assert len(lines.met) == 3


def test_nothing_of_the_environment_is_used(
    session: HttpSession, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login moi password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    (asked,) = asked_of(answering(Reply(b"{}")), session)
    assert "authorization" not in asked.headers


def test_no_cookie_is_kept(session: HttpSession) -> None:
    first, second = asked_of(answering(Reply(b"{}", headers={"Set-Cookie": "a=b; Path=/"})), session, times=2)
    assert "cookie" not in first.headers
    assert "cookie" not in second.headers


def test_headers_of_the_session_go_with_every_request() -> None:
    session = HttpSession(headers={"ESANTE-API-KEY": "cle"})
    (asked,) = asked_of(answering(Reply(b"{}")), session)
    assert (asked.headers["esante-api-key"], asked.headers["user-agent"]) == ("cle", "OSNP-Console")


def test_a_status_that_is_expected_is_handed_back(session: HttpSession) -> None:
    with MisbehavingServer(answering(Reply(outcome("pris"), status=409))) as server:
        answer = session.post(server.address, body=b"{}", deadline=Deadline(60), accepted=(409,))
    assert answer.status == 409
    session.close()


def test_an_answer_larger_than_allowed_is_not_read_to_its_end(session: HttpSession) -> None:
    with MisbehavingServer(answering(Reply(b"x" * 1001))) as server:
        assert len(session.get(server.address, deadline=Deadline(60), largest_bytes=1001).body) == 1001
        with pytest.raises(SourceFailure, match="trop grosse"):
            session.get(server.address, deadline=Deadline(60), largest_bytes=1000)
    session.close()


def test_what_is_posted_is_not_sent_again_to_where_a_redirect_leads(session: HttpSession) -> None:
    with MisbehavingServer(answering(Reply(b"", None, 307, {"Location": "/ailleurs"}))) as server:
        with pytest.raises(SourceFailure, match="renvoie ailleurs"):
            session.post(server.address, body=b"{}", deadline=Deadline(60))
        assert len(server.asked) == 1
    session.close()


def test_a_request_that_carries_a_person_is_never_quoted(session: HttpSession) -> None:
    with MisbehavingServer(answering(Reply(outcome("refusé pour ESSAI"), status=422))) as server:
        with pytest.raises(SourceFailure) as loud:
            session.post(server.address, body=b"{}", deadline=Deadline(60))
        with pytest.raises(SourceFailure) as quiet:
            session.post(server.address, body=b"{}", deadline=Deadline(60), quiet=True)
    assert ("ESSAI" in loud.value.message, "ESSAI" in quiet.value.message) == (True, False)
    session.close()


def test_nothing_of_what_went_wrong_inside_is_left_in_the_failure(session: HttpSession) -> None:
    with pytest.raises(SourceFailure) as raised:
        session.get("https://127.0.0.1:1/Slot?identifier=10009990011", deadline=Deadline(60))
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__
    assert "10009990011" not in str(raised.value)


def test_several_threads_may_ask_at_once(session: HttpSession) -> None:
    together = threading.Barrier(4)

    def behave(line: Line, asked: Asked) -> None:
        together.wait(30)
        answering(Reply(b"{}"))(line, asked)

    with MisbehavingServer(behave) as server:
        bodies: list[bytes] = []
        threads = [
            threading.Thread(
                target=lambda: bodies.append(session.get(server.address, deadline=Deadline(60)).body)
            )
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    session.close()
    assert bodies == [b"{}"] * 4


def test_each_thread_keeps_its_own_deadline(session: HttpSession) -> None:
    with MisbehavingServer(silent) as mute:
        failures: list[SourceFailure] = []

        def ask() -> None:
            with pytest.raises(SourceFailure) as raised:
                session.get(mute.address, deadline=Deadline(0.2))
            failures.append(raised.value)

        thread = threading.Thread(target=ask)
        with MisbehavingServer(answering(Reply(b"{}"))) as server:
            thread.start()
            assert session.get(server.address, deadline=Deadline(60)).body == b"{}"
            thread.join()
    session.close()
    assert [failure.state for failure in failures] == [SourceState.LATE]


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        (None, None),
        ("", None),
        ("0", None),
        ("120", timedelta(seconds=120)),
        ("99999999999999999999", timedelta(days=1)),
        ("-5", None),
        ("bientôt", None),
        ("Tue, 24 Nov 2026 08:00:30 GMT", timedelta(seconds=30)),
        ("Tue, 24 Nov 2026 07:00:00 GMT", None),
        ("Tue, 24 Nov 2099 07:00:00 GMT", timedelta(days=1)),
    ],
)
def test_the_rest_asked_for_is_seconds_or_a_date(said: str | None, rest: timedelta | None) -> None:
    assert rest_asked(said, NOW) == rest


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", ""),
        (b"{", ""),
        (b"[]", ""),
        (b'{"issue": 1}', ""),
        (b'{"issue": [null, {}, {"diagnostics": " "}, {"details": {"text": "fin"}}]}', "fin"),
        (outcome("certificat inconnu."), "certificat inconnu"),
    ],
)
def test_only_an_outcome_is_quoted(body: bytes, said: str) -> None:
    assert diagnostics(body) == said


def test_what_is_quoted_is_short_plain_and_without_address() -> None:
    assert quoted("a\n\tb\x00 voir https://moi:secret@x.invalid/y?z=1 ou\u202e fin.") == "a b voir … ou fin"
    assert len(quoted("mot " * 200)) <= 121


def files(made: Certificates, key: Path | None = None) -> TlsFiles:
    return TlsFiles(str(made.client.certificate), str(key or made.client.key), str(made.authority))


def test_a_key_under_a_password_is_opened_by_it(certificates: Certificates, tmp_path: Path) -> None:
    key = load_pem_private_key(certificates.client.key.read_bytes(), None)
    locked = tmp_path / "cle.pem"
    locked.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"ouvre-toi"))
    )
    assert client_tls(files(certificates, locked), "ouvre-toi", NOW).expires_at is not None
    for wrong in ("abracadabra", None):
        with pytest.raises(SourceFailure) as raised:
            client_tls(files(certificates, locked), wrong, NOW)
        assert raised.value.state is SourceState.FAILED
        assert "mot de passe" in raised.value.message
        assert "abracadabra" not in raised.value.message


def test_a_key_of_another_certificate_is_told(certificates: Certificates) -> None:
    with pytest.raises(SourceFailure, match="d’un autre certificat"):
        client_tls(files(certificates, certificates.revoked.key), None, NOW)


@pytest.mark.parametrize("spoiled", ["certificate", "key", "authority"])
def test_a_file_that_is_no_certificate_is_told(
    certificates: Certificates, spoiled: str, tmp_path: Path
) -> None:
    (tmp_path / "x.pem").write_text("ceci n’est pas un certificat")
    whole = files(certificates)
    paths = {name: getattr(whole, name) for name in ("certificate", "key", "authority")}
    with pytest.raises(SourceFailure) as raised:
        client_tls(TlsFiles(**{**paths, spoiled: str(tmp_path / "x.pem")}), None, NOW)
    assert raised.value.state is SourceState.FAILED
    assert "illisible" in raised.value.message


def test_the_date_of_expiry_has_its_year_when_it_is_another(certificates: Certificates) -> None:
    pair = certificates.expired
    ended = load_pem_x509_certificate(pair.certificate.read_bytes()).not_valid_after_utc
    said = []
    for now in (ended, ended + timedelta(days=800)):
        with pytest.raises(SourceFailure) as raised:
            client_tls(TlsFiles(*pair.files), None, now)
        assert raised.value.state is SourceState.REFUSED
        said.append(raised.value.message)
    assert said == [
        f"certificat expiré le {in_paris(ended):%d/%m}",
        f"certificat expiré le {in_paris(ended):%d/%m/%Y}",
    ]


def test_only_the_declared_authority_is_trusted_once_a_server_was_asked(certificates: Certificates) -> None:
    tls = client_tls(files(certificates), None, NOW)
    session = HttpSession(tls=lambda: tls)
    with MisbehavingServer(answering(Reply(b"{}")), secured(certificates)) as server:
        session.get(server.address, deadline=Deadline(60))
    session.close()
    assert len(tls.context.get_ca_certs()) == 1


def test_a_certificate_that_is_replaced_needs_no_restart(certificates: Certificates, tmp_path: Path) -> None:
    """The desk's clock goes past the end of its first certificate; the file then holds another."""
    pair = tmp_path / "poste.pem", tmp_path / "poste.cle.pem"

    def put(certificate: Path, key: Path) -> None:
        pair[0].write_bytes(certificate.read_bytes())
        pair[1].write_bytes(key.read_bytes())

    now = [NOW]
    put(*(certificates.expired.certificate, certificates.expired.key))
    mine = TlsFiles(str(pair[0]), str(pair[1]), str(certificates.authority))
    ended = load_pem_x509_certificate(pair[0].read_bytes()).not_valid_after_utc
    now[0] = ended - timedelta(hours=1)
    session = HttpSession(tls=lambda: client_tls(mine, None, now[0]), clock=lambda: now[0])
    now[0] = ended + timedelta(hours=1)
    with MisbehavingServer(answering(Reply(b"{}")), secured(certificates)) as server:
        with pytest.raises(SourceFailure, match="certificat expiré le"):
            session.get(server.address, deadline=Deadline(60))
        assert server.asked == []
        put(certificates.client.certificate, certificates.client.key)
        assert session.get(server.address, deadline=Deadline(60)).body == b"{}"
    session.close()


def test_a_certificate_that_was_refused_is_read_again(certificates: Certificates, tmp_path: Path) -> None:
    pair = tmp_path / "poste.pem", tmp_path / "poste.cle.pem"
    mine = TlsFiles(str(pair[0]), str(pair[1]), str(certificates.authority))
    pair[0].write_bytes(certificates.self_signed.certificate.read_bytes())
    pair[1].write_bytes(certificates.self_signed.key.read_bytes())
    session = HttpSession(tls=lambda: client_tls(mine, None, NOW))
    with MisbehavingServer(answering(Reply(b"{}")), secured(certificates)) as server:
        with pytest.raises(SourceFailure, match="non reconnu"):
            session.get(server.address, deadline=Deadline(60))
        pair[0].write_bytes(certificates.client.certificate.read_bytes())
        pair[1].write_bytes(certificates.client.key.read_bytes())
        assert session.get(server.address, deadline=Deadline(60)).body == b"{}"
    session.close()


def secured(made: Certificates) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*made.server.files)
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(made.authority)
    return context


def test_nothing_older_than_tls_1_2_is_spoken(certificates: Certificates) -> None:
    assert client_tls(files(certificates), None, NOW).context.minimum_version.name == "TLSv1_2"
