"""Throw-away certificates for a throw-away server, so that what is tried is encrypted as at a site."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.storage.server import RUNS_AS


@dataclass(frozen=True, slots=True)
class ServerTls:
    """What a server needs to take encrypted connections.

    `options` are its own for `running`, `root` is the certificate by which a desk knows it.
    """

    options: str
    root: Path


def make_tls(folder: Path, address: str) -> ServerTls:
    """A certificate for that address of the server, its key readable by the server alone.

    `folder` must be open to the server, which is another user.
    """
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
    (folder / "serveur.crt").write_bytes(certificate.public_bytes(pem))
    secret = folder / "serveur.key"
    secret.touch(mode=0o600)
    secret.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    if os.getuid() == 0:
        shutil.chown(secret, RUNS_AS)
    options = f"-c ssl=on -c ssl_cert_file={folder / 'serveur.crt'} -c ssl_key_file={secret}"
    return ServerTls(options, folder / "serveur.crt")
