from __future__ import annotations

import stat
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID

from osnp_console.connectors.simulator.certificates import (
    CLIENT_NAME,
    CLIENT_UNIT,
    Certificates,
    KeyPair,
    make_authority,
)

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_authority(tmp_path_factory.mktemp("tls") / "neuf", NOW)


def read(pair: KeyPair) -> x509.Certificate:
    return x509.load_pem_x509_certificate(pair.certificate.read_bytes())


def said(pair: KeyPair) -> tuple[str, str]:
    subject = read(pair).subject
    return (
        str(subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value),
        str(subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)[0].value),
    )


@pytest.mark.skipif(sys.platform == "win32", reason="files have modes on POSIX only")
def test_only_their_owner_reads_the_folder_and_its_files(made: Certificates) -> None:
    folder = made.authority.parent
    files = list(folder.iterdir())
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert len(files) == 2 + 7 * 2
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_the_client_carries_the_name_and_the_unit_that_are_let_in(made: Certificates) -> None:
    assert said(made.client) == (CLIENT_NAME, CLIENT_UNIT)


def test_each_wrong_client_is_wrong_in_one_thing_only(made: Certificates) -> None:
    name, unit = said(made.wrong_cn)
    assert (name != CLIENT_NAME, unit) == (True, CLIENT_UNIT)
    name, unit = said(made.wrong_ou)
    assert (name, unit != CLIENT_UNIT) == (CLIENT_NAME, True)
    for pair in (made.expired, made.revoked, made.self_signed):
        assert said(pair) == (CLIENT_NAME, CLIENT_UNIT)


def test_the_client_holds_now_and_the_expired_one_ended_before(made: Certificates) -> None:
    assert read(made.client).not_valid_before_utc < NOW < read(made.client).not_valid_after_utc
    assert read(made.expired).not_valid_after_utc < NOW


def test_all_but_the_self_signed_come_from_the_authority(made: Certificates) -> None:
    authority = x509.load_pem_x509_certificate(made.authority.read_bytes())
    for pair in (made.server, made.client, made.wrong_cn, made.wrong_ou, made.expired, made.revoked):
        read(pair).verify_directly_issued_by(authority)
    alone = read(made.self_signed)
    assert alone.issuer == alone.subject != authority.subject


def test_the_revoked_client_and_no_other_stands_in_the_list(made: Certificates) -> None:
    revoked = x509.load_pem_x509_crl(made.revocations.read_bytes())
    assert [one.serial_number for one in revoked] == [read(made.revoked).serial_number]


def test_a_former_authority_is_replaced_file_by_file(tmp_path: Path) -> None:
    first = make_authority(tmp_path, NOW)
    before = first.authority.read_bytes()
    second = make_authority(tmp_path, NOW)
    assert second == first
    assert second.authority.read_bytes() != before
