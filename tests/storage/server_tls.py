"""Throw-away certificates for a throw-away server, so that what is tried is encrypted as at a site."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.storage.server import RUNS_AS, RealServer, running

CERTIFICATE, KEY = "serveur.crt", "serveur.key"


@contextmanager
def encrypted(
    options: str = "", hba: str | None = None, *, address: str = "127.0.0.1", on_disk: bool = False
) -> Iterator[tuple[RealServer, Path]]:
    """A server as `running` gives it, which also takes encrypted connections to that address of it.

    Beside it the certificate by which whoever connects knows it.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o711)  # the server is another user
        _certify(folder, address)
        files = f"-c ssl_cert_file={folder / CERTIFICATE} -c ssl_key_file={folder / KEY}"
        with running(f"{options} -c ssl=on {files}", hba, on_disk=on_disk) as server:
            yield server, folder / CERTIFICATE


def _certify(folder: Path, address: str) -> None:
    """Write a certificate for that address, and its key, readable by the server alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "serveur d’essai")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / CERTIFICATE).write_bytes(certificate.public_bytes(pem))
    secret = folder / KEY
    secret.touch(mode=0o600)
    secret.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    if os.getuid() == 0:
        shutil.chown(secret, RUNS_AS)
