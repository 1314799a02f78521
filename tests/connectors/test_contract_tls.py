"""What every connector owes over TLS: let in with its certificate, refused otherwise, and told why."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509

from osnp_console.app.sources.agendas import SourceFailure
from osnp_console.connectors.http import SERVER_NAME
from osnp_console.connectors.simulator.certificates import Certificates
from osnp_console.domain.clock import in_paris
from osnp_console.domain.slots.answers import SourceState
from osnp_console.domain.slots.source import AgendaSource, TlsFiles
from tests.connectors.contract_reading import read
from tests.connectors.contract_subjects import Subject
from tests.connectors.misbehaving_server import MisbehavingServer, answering


def secured(certificates: Certificates, asks_certificate: bool) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificates.server.files)
    if asks_certificate:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(certificates.authority)
    return context


def let_in(certificates: Certificates) -> TlsFiles:
    return TlsFiles(*certificates.client.files, str(certificates.authority))


def test_a_desk_with_its_certificate_is_let_in(subject: Subject, certificates: Certificates) -> None:
    with MisbehavingServer(answering(subject.good), secured(certificates, True)) as server:
        source = replace(subject.declare(server.address), tls=let_in(certificates))
        assert read(subject, source)[0].read == 3


Change = Callable[[AgendaSource, Certificates], AgendaSource]


def _without_certificate(source: AgendaSource, made: Certificates) -> AgendaSource:
    return replace(source, tls=TlsFiles(authority=str(made.authority)))


def _certificate_of_nobody(source: AgendaSource, made: Certificates) -> AgendaSource:
    return replace(source, tls=TlsFiles(*made.self_signed.files, str(made.authority)))


def _authority_of_others(source: AgendaSource, made: Certificates) -> AgendaSource:
    return replace(source, tls=TlsFiles(*made.client.files))


def _name_of_another(source: AgendaSource, made: Certificates) -> AgendaSource:
    options = {**source.options, SERVER_NAME: "autre.exemple.invalid"}
    return replace(source, tls=let_in(made), options=options)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_without_certificate, "il demande le certificat du poste"),
        (_certificate_of_nobody, "certificat du poste non reconnu"),
        (_authority_of_others, "ce n’est pas le serveur attendu"),
        (_name_of_another, "le certificat du serveur n’est pas à son nom"),
    ],
)
def test_tls_that_cannot_be_agreed_on_is_a_refusal(
    subject: Subject, certificates: Certificates, change: Change, said: str
) -> None:
    with MisbehavingServer(answering(subject.good), secured(certificates, True)) as server:
        with pytest.raises(SourceFailure) as raised:
            read(subject, change(subject.declare(server.address), certificates))
        assert server.asked == []
    assert (raised.value.state, raised.value.message) == (SourceState.REFUSED, said)


def test_a_server_that_speaks_in_clear_is_a_failure(subject: Subject) -> None:
    with MisbehavingServer(answering(subject.good)) as server:
        source = subject.declare(server.address.replace("http:", "https:"))
        with pytest.raises(SourceFailure) as raised:
            read(subject, source)
    assert (raised.value.state, raised.value.message) == (SourceState.FAILED, "le serveur ne parle pas TLS")


def test_an_expired_certificate_is_told_with_its_date_before_anything_is_asked(
    subject: Subject, certificates: Certificates
) -> None:
    with MisbehavingServer(answering(subject.good), secured(certificates, True)) as server:
        source = replace(
            subject.declare(server.address),
            tls=TlsFiles(*certificates.expired.files, str(certificates.authority)),
        )
        with pytest.raises(SourceFailure) as raised:
            read(subject, source, now=datetime(2030, 1, 1, tzinfo=UTC))
        assert server.asked == []
    assert raised.value.state is SourceState.REFUSED
    ended = x509.load_pem_x509_certificate(certificates.expired.certificate.read_bytes()).not_valid_after_utc
    assert raised.value.message == f"certificat expiré le {in_paris(ended):%d/%m/%Y}"


@pytest.mark.parametrize("missing", ["certificate", "key", "authority"])
def test_a_file_that_is_missing_is_told_at_once(
    subject: Subject, certificates: Certificates, missing: str, tmp_path: Path
) -> None:
    files = replace(let_in(certificates), **{missing: str(tmp_path / "absent.pem")})
    with pytest.raises(SourceFailure) as raised:
        read(subject, replace(subject.declare("https://127.0.0.1:1/fhir"), tls=files))
    assert raised.value.state is SourceState.FAILED
    assert raised.value.message.endswith("introuvable")
    assert str(tmp_path) not in raised.value.message
