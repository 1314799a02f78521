"""The kit's checks of mutual TLS (SAS protocol note, section 9), against the simulator."""

from __future__ import annotations

import socket
import ssl
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
import requests

from osnp_console.connectors.simulator.certificates import Certificates, make_authority
from osnp_console.connectors.simulator.server import Simulator
from osnp_console.connectors.simulator.territory import invented_world
from tests.connectors import kit
from tests.connectors.kit import NOW, ONE_PLACE, slots_of


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_authority(tmp_path_factory.mktemp("tls"), datetime.now(UTC))


@pytest.fixture(scope="module")
def simulator(certificates: Certificates) -> Iterator[Simulator]:
    with Simulator(invented_world(NOW), lambda: NOW, tls=certificates) as running:
        yield running


def ask(simulator: Simulator, client: tuple[str, str] | None, authority: str | bool) -> requests.Response:
    url = f"{simulator.address}/fhir/Slot?{kit.encoded(slots_of(ONE_PLACE))}"
    return requests.get(url, cert=client, verify=authority, timeout=kit.SECONDS)


def test_the_platforms_certificate_is_let_in(simulator: Simulator, certificates: Certificates) -> None:
    assert simulator.address.startswith("https://127.0.0.1:")
    bundle = kit.bundle_of(ask(simulator, certificates.client.files, str(certificates.authority)))
    assert bundle["total"] > 0


def test_addresses_in_an_answer_are_secured_too(simulator: Simulator, certificates: Certificates) -> None:
    bundle = kit.bundle_of(ask(simulator, certificates.client.files, str(certificates.authority)))
    slots = kit.resources(bundle, "Slot")
    assert bundle["link"][0]["url"].startswith(simulator.address)
    assert all(slot["comment"].startswith(f"{simulator.address}/rdv/") for slot in slots)


@pytest.mark.parametrize("wrong", ["wrong_cn", "wrong_ou"])
def test_another_name_or_another_unit_is_refused(
    simulator: Simulator, certificates: Certificates, wrong: str
) -> None:
    pair = getattr(certificates, wrong)
    before = len(simulator.requests)
    response = ask(simulator, pair.files, str(certificates.authority))
    assert (response.status_code, kit.outcome_of(response)["code"]) == (403, "forbidden")
    assert len(simulator.requests) == before


@pytest.mark.parametrize("wrong", ["expired", "revoked", "self_signed"])
def test_a_certificate_that_is_no_longer_or_never_was_good_is_refused(
    simulator: Simulator, certificates: Certificates, wrong: str
) -> None:
    pair = getattr(certificates, wrong)
    with pytest.raises(requests.exceptions.SSLError, match=r"alert (certificate|unknown)"):
        ask(simulator, pair.files, str(certificates.authority))


def test_nobody_comes_in_without_a_certificate(simulator: Simulator, certificates: Certificates) -> None:
    with pytest.raises(requests.exceptions.SSLError, match="alert certificate required"):
        ask(simulator, None, str(certificates.authority))


def test_a_client_that_trusts_other_authorities_goes_away(
    simulator: Simulator, certificates: Certificates
) -> None:
    with pytest.raises(requests.exceptions.SSLError, match="CERTIFICATE_VERIFY_FAILED"):
        ask(simulator, certificates.client.files, True)


def handshake(simulator: Simulator, certificates: Certificates, version: ssl.TLSVersion) -> str | None:
    """Shake hands in one version of TLS only, however old; the version agreed on."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(certificates.authority)
    context.load_cert_chain(*certificates.client.files)
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of old versions, which is what is tried
        context.minimum_version = context.maximum_version = version
    port = urlsplit(simulator.address).port
    with (
        socket.create_connection(("127.0.0.1", port or 0), kit.SECONDS) as plain,
        context.wrap_socket(plain, server_hostname="localhost") as secured,
    ):
        return secured.version()


def test_tls_before_1_2_is_refused_by_the_server(simulator: Simulator, certificates: Certificates) -> None:
    with pytest.raises(ssl.SSLError) as refused:
        handshake(simulator, certificates, ssl.TLSVersion.TLSv1_1)
    # The server's own alert, not something that this client would not send.
    assert refused.value.reason == "TLSV1_ALERT_PROTOCOL_VERSION"


@pytest.mark.parametrize(("version", "name"), [("TLSv1_2", "TLSv1.2"), ("TLSv1_3", "TLSv1.3")])
def test_tls_1_2_and_1_3_are_spoken(
    simulator: Simulator, certificates: Certificates, version: str, name: str
) -> None:
    assert handshake(simulator, certificates, ssl.TLSVersion[version]) == name


def test_plain_http_is_not_answered(simulator: Simulator) -> None:
    url = simulator.address.replace("https", "http")
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{url}/fhir/metadata", timeout=kit.SECONDS)


def test_one_who_connects_and_stays_silent_keeps_nobody_waiting(
    simulator: Simulator, certificates: Certificates
) -> None:
    port = urlsplit(simulator.address).port
    with socket.create_connection(("127.0.0.1", port or 0), kit.SECONDS):
        bundle = kit.bundle_of(ask(simulator, certificates.client.files, str(certificates.authority)))
    assert bundle["total"] > 0
