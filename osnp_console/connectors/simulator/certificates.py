"""A throw-away authority and its certificates, for talking over mutual TLS with the simulator.

Never for anything else: the keys are not encrypted and nobody stands behind the names. The national
platform's own certificates come from IGC-Santé (SAS protocol note, section 9).
"""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec

CLIENT_NAME = "plateforme.simulateur.invalid"
"""CN that the simulator lets in."""
CLIENT_UNIT = "300000000000017"
"""OU that the simulator lets in: an invented structure number, as IGC-Santé writes them."""
_OTHER_NAME, _OTHER_UNIT = "autre.simulateur.invalid", "300000000000025"
_BEFORE, _AFTER = timedelta(days=1), timedelta(days=30)


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A certificate and its private key, as PEM files."""

    certificate: Path
    key: Path

    @property
    def files(self) -> tuple[str, str]:
        """As `requests` and `ssl` take them: certificate, then key."""
        return str(self.certificate), str(self.key)


@dataclass(frozen=True, slots=True)
class Certificates:
    """What `make_authority` wrote. The simulator lets `client` in and refuses the other five clients.

    `authority` is the certificate to trust, `revocations` the list in which `revoked` stands. `server` is
    for 127.0.0.1, ::1 and localhost. `self_signed` has the right CN and OU, but no authority.
    """

    authority: Path
    revocations: Path
    server: KeyPair
    client: KeyPair
    wrong_cn: KeyPair
    wrong_ou: KeyPair
    expired: KeyPair
    revoked: KeyPair
    self_signed: KeyPair


def make_authority(folder: Path, now: datetime) -> Certificates:
    """Write an authority, a server's certificate and clients' certificates into `folder`.

    The folder is made where it is missing; it and the files are for their owner only. Files of a former
    authority are replaced. `now` is aware: certificates hold from a day before it to thirty days after,
    the expired one ended the day before. TLS compares with the computer's own clock: pass that one.
    The authority's key is not kept.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    maker = _Maker(folder, now)
    revoked = maker.client("client-revoque")
    return Certificates(
        authority=maker.write("autorite.pem", maker.authority_pem),
        revocations=maker.write("revocations.pem", maker.revocation_list(revoked)),
        server=maker.server("serveur"),
        client=maker.client("client"),
        wrong_cn=maker.client("client-autre-cn", name=_OTHER_NAME),
        wrong_ou=maker.client("client-autre-ou", unit=_OTHER_UNIT),
        expired=maker.client("client-expire", ended=True),
        revoked=revoked,
        self_signed=maker.client("client-sans-autorite", alone=True),
    )


class _Maker:
    """Signs with one authority, writes into one folder."""

    def __init__(self, folder: Path, now: datetime) -> None:
        self._folder, self._now = folder, now
        self._key = _new_key()
        self._name = _name("Autorité jetable du simulateur", None)
        self._authority = self._authority_certificate()

    @property
    def authority_pem(self) -> bytes:
        return _pem(self._authority)

    def write(self, name: str, content: bytes) -> Path:
        """Write one file that only its owner reads, whatever the umask and whatever was there."""
        path = self._folder / name
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
        return path

    def server(self, stem: str) -> KeyPair:
        from cryptography import x509
        from cryptography.x509.oid import ExtendedKeyUsageOID

        names = x509.SubjectAlternativeName(
            [
                x509.DNSName("localhost"),
                x509.IPAddress(ipaddress.ip_address("127.0.0.1")),
                x509.IPAddress(ipaddress.ip_address("::1")),
            ]
        )
        key = _new_key()
        builder = self._leaf(key, _name("localhost", None), ExtendedKeyUsageOID.SERVER_AUTH, self._now)
        return self._pair(stem, key, self._signed(builder.add_extension(names, critical=False)))

    def client(
        self,
        stem: str,
        *,
        name: str = CLIENT_NAME,
        unit: str = CLIENT_UNIT,
        ended: bool = False,
        alone: bool = False,
    ) -> KeyPair:
        from cryptography.hazmat.primitives import hashes
        from cryptography.x509.oid import ExtendedKeyUsageOID

        key = _new_key()
        when = self._now - _AFTER - _BEFORE if ended else self._now
        subject = _name(name, unit)
        builder = self._leaf(key, subject, ExtendedKeyUsageOID.CLIENT_AUTH, when, alone=alone)
        signed = builder.sign(key, hashes.SHA256()) if alone else self._signed(builder)
        return self._pair(stem, key, signed)

    def revocation_list(self, *pairs: KeyPair) -> bytes:
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes, serialization

        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self._name)
            .last_update(self._now - _BEFORE)
            .next_update(self._now + _AFTER)
        )
        for pair in pairs:
            serial = x509.load_pem_x509_certificate(pair.certificate.read_bytes()).serial_number
            builder = builder.add_revoked_certificate(
                x509.RevokedCertificateBuilder()
                .serial_number(serial)
                .revocation_date(self._now - _BEFORE)
                .build()
            )
        return builder.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    def _authority_certificate(self) -> x509.Certificate:
        from cryptography import x509

        public = self._key.public_key()
        builder = (
            self._dated(self._name, self._now)
            .issuer_name(self._name)
            .public_key(public)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(signs_certificates=True), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        )
        return self._signed(builder)

    def _leaf(
        self,
        key: ec.EllipticCurvePrivateKey,
        subject: x509.Name,
        purpose: x509.ObjectIdentifier,
        when: datetime,
        *,
        alone: bool = False,
    ) -> x509.CertificateBuilder:
        from cryptography import x509

        public = key.public_key()
        issuer = public if alone else self._key.public_key()
        return (
            self._dated(subject, when)
            .issuer_name(subject if alone else self._name)
            .public_key(public)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs_certificates=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer), critical=False)
        )

    def _dated(self, subject: x509.Name, when: datetime) -> x509.CertificateBuilder:
        from cryptography import x509

        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .serial_number(x509.random_serial_number())
            .not_valid_before(when - _BEFORE)
            .not_valid_after(when + _AFTER)
        )

    def _signed(self, builder: x509.CertificateBuilder) -> x509.Certificate:
        from cryptography.hazmat.primitives import hashes

        return builder.sign(self._key, hashes.SHA256())

    def _pair(self, stem: str, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> KeyPair:
        from cryptography.hazmat.primitives import serialization

        written = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        return KeyPair(self.write(f"{stem}.pem", _pem(certificate)), self.write(f"{stem}.cle.pem", written))


def _new_key() -> ec.EllipticCurvePrivateKey:
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.generate_private_key(ec.SECP256R1())


def _pem(certificate: x509.Certificate) -> bytes:
    from cryptography.hazmat.primitives import serialization

    return certificate.public_bytes(serialization.Encoding.PEM)


def _name(common: str, unit: str | None) -> x509.Name:
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "FR"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Simulateur (essais)"),
    ]
    if unit is not None:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, unit))
    return x509.Name([*parts, x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
