"""Who a server lets in, and whom the console talks to: passwords, certificates, TLS that is verified."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from osnp_console.app.base.address import VERIFIED, ServerAddress
from osnp_console.app.ports import StoreFailure
from osnp_console.connectors.simulator.certificates import CLIENT_NAME, Certificates, KeyPair, make_authority
from osnp_console.storage import server_failures
from osnp_console.storage.server_store import Server, create_server_store, open_server_store
from tests.storage.kept import KEY
from tests.storage.server import RealServer, running

PASSWORD = "un mot de passe d’essai"
ROLE = "poste"
HBA = f"""
local   all postgres trust
host    all postgres 127.0.0.1/32 trust
hostssl all "{CLIENT_NAME}" 127.0.0.1/32 cert
hostssl all {ROLE} 127.0.0.1/32 scram-sha-256
"""


@dataclass
class Guarded:
    """A server that asks who comes, with its throw-away certificates."""

    server: RealServer
    certificates: Certificates
    base: str
    folder: Path

    def reached(self, password: str | None = PASSWORD, **changed: str | None) -> Server:
        """The base as a desk reaches it over verified TLS, by the name `localhost`."""
        address = ServerAddress(
            ROLE, "localhost", self.server.port, self.base, VERIFIED,
            sslrootcert=str(self.certificates.authority),
        )  # fmt: skip
        return Server(replace(address, **changed), password, KEY, self.folder, joins=True)  # type: ignore[arg-type]  # fields of the test's choice

    def by_certificate(self, pair: KeyPair) -> Server:
        """The base as a desk reaches it that has a certificate and no password."""
        return self.reached(None, user=CLIENT_NAME, sslcert=str(pair.certificate), sslkey=str(pair.key))


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    """The server; its one base is the console's already."""
    folder = tmp_path_factory.mktemp("tls")
    certificates = make_authority(folder, datetime.now(UTC))
    with running() as server:
        _turn_tls_on(server, certificates)
        server.say(f"create role {ROLE} login password '{PASSWORD}'")
        server.say(f'create role "{CLIENT_NAME}" login superuser')
        base = server.new_base(name="appels")
        server.say(f"alter database appels owner to {ROLE}")
        server.say(f"alter schema public owner to {ROLE}", base)
        found = Guarded(server, certificates, base, folder / "reperes")
        create_server_store(found.reached()).close()
        yield found


def _turn_tls_on(server: RealServer, certificates: Certificates) -> None:
    """The server's own files are its user's: it refuses a key that others may read."""
    for name, file in (
        ("server.crt", certificates.server.certificate),
        ("server.key", certificates.server.key),
        ("root.crt", certificates.authority),
    ):
        placed = server.data / name
        shutil.copy(file, placed)
        placed.chmod(0o600)
        if os.getuid() == 0:
            shutil.chown(placed, "postgres", "postgres")
    with (server.data / "postgresql.conf").open("a") as settings:
        settings.write("\nssl = on\nssl_ca_file = 'root.crt'\npassword_encryption = 'scram-sha-256'\n")
    (server.data / "pg_hba.conf").write_text(HBA)
    server.say("select pg_reload_conf()")
    server.restart()


def refused(server: Server) -> tuple[str, str]:
    with pytest.raises(StoreFailure) as failure:
        open_server_store(server)
    text = f"{failure.value} {failure.value.__cause__}"
    assert PASSWORD not in text
    return failure.value.code, failure.value.message


def test_the_password_opens_it_over_a_link_that_is_encrypted(guarded: Guarded) -> None:
    store = open_server_store(guarded.reached())
    with store.engine.connect() as connection:
        statement = "select ssl from pg_stat_ssl where pid = pg_backend_pid()"
        assert connection.exec_driver_sql(statement).scalar() is True
    store.close()


@pytest.mark.parametrize("password", [None, "", "un autre"])
def test_a_wrong_password_or_none_is_told_as_such(guarded: Guarded, password: str | None) -> None:
    assert refused(guarded.reached(password)) == ("cle", server_failures.REFUSED)


def test_a_certificate_opens_it_without_a_password(guarded: Guarded) -> None:
    open_server_store(guarded.by_certificate(guarded.certificates.client)).close()


def test_a_certificate_of_another_name_or_of_nobody_opens_nothing(guarded: Guarded) -> None:
    other = refused(guarded.by_certificate(guarded.certificates.wrong_cn))
    assert other == ("cle", server_failures.REFUSED)
    assert refused(guarded.by_certificate(guarded.certificates.self_signed))[0] in {"cle", "reseau"}


def test_a_server_that_another_authority_signed_is_not_talked_to(guarded: Guarded, tmp_path: Path) -> None:
    stranger = make_authority(tmp_path / "autre", datetime.now(UTC))
    told = refused(guarded.reached(sslrootcert=str(stranger.authority)))
    assert told == ("reseau", server_failures.NOT_SURE)


def test_a_server_without_tls_is_not_talked_to_where_it_is_required(guarded: Guarded, tmp_path: Path) -> None:
    with running() as plain:
        reached = guarded.reached(port=plain.port)  # type: ignore[arg-type]  # a number among texts
        assert refused(reached) == ("reseau", server_failures.NOT_SURE)


def test_an_authority_that_is_not_there_is_told(guarded: Guarded, tmp_path: Path) -> None:
    told = refused(guarded.reached(sslrootcert=str(tmp_path / "rien.pem")))
    assert told == ("reseau", server_failures.NOT_SURE)
