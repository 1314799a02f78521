"""An electronic signature: by a file or a card, valid to another program, broken by one byte."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from osnp_console.app.prescription.paper import PaperWords, paper_of_prescription
from osnp_console.app.prescription.signature import KeyFile, NotSigned, SignatureFault, Token
from osnp_console.documents.ide_prescription import ide_prescription
from osnp_console.documents.signature import sign_pdf
from tests.unit.prescriptions import SARTHE, validated

PASSPHRASE, PIN, LABEL = "une phrase d’essai", "123456", "carte d’essai"
SOFTHSM = Path("/usr/lib/softhsm/libsofthsm2.so")
NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    """A key of the tests' own."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def certificate(key: rsa.RSAPrivateKey, *, until: datetime) -> x509.Certificate:
    """A certificate of an invented doctor, signed by itself."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Dr Paul DURAND (essai)")])
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(until - timedelta(days=30))
        .not_valid_after(until)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )


@pytest.fixture(scope="module")
def document() -> bytes:
    """A prescription that a doctor validated."""
    return ide_prescription(paper_of_prescription(validated(), PaperWords(SARTHE, lambda code: None)))


@pytest.fixture
def file(key: rsa.RSAPrivateKey, tmp_path: Path) -> Path:
    """A PKCS#12 file."""
    return in_file(key, tmp_path / "medecin.p12", NOW + timedelta(days=10))


def in_file(key: rsa.RSAPrivateKey, path: Path, until: datetime) -> Path:
    protected = BestAvailableEncryption(PASSPHRASE.encode())
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(b"medecin", key, certificate(key, until=until), None, protected)
    )
    return path


def verified(content: bytes, folder: Path) -> str:
    """What Poppler's `pdfsig` says of a document's signatures."""
    file = folder / "a-verifier.pdf"
    file.write_bytes(content)
    done = subprocess.run(["pdfsig", str(file)], capture_output=True, text=True, check=False)
    return done.stdout


def test_a_signature_by_a_file_is_valid_to_another_program_and_leaves_the_archived_bytes(
    document: bytes, file: Path, tmp_path: Path
) -> None:
    signed = sign_pdf(document, KeyFile(str(file), PASSPHRASE))
    assert signed.startswith(document), "added after what was archived"
    said = verified(signed, tmp_path)
    assert "Signature is Valid" in said
    assert "ETSI.CAdES.detached" in said
    assert "Total document signed" in said
    assert "DURAND" in said


def test_one_changed_byte_is_seen(document: bytes, file: Path, tmp_path: Path) -> None:
    signed = bytearray(sign_pdf(document, KeyFile(str(file), PASSPHRASE)))
    place = signed.index(b"/Title") + 10
    signed[place] ^= 1
    assert "Signature is Valid" not in verified(bytes(signed), tmp_path)


@pytest.mark.parametrize(
    ("fault", "path", "passphrase"),
    [
        (SignatureFault.NO_FILE, "absent.p12", PASSPHRASE),
        (SignatureFault.WRONG_PASSPHRASE, "medecin.p12", "une autre"),
        (SignatureFault.UNREADABLE, "texte.p12", PASSPHRASE),
        (SignatureFault.NOT_IN_FORCE, "perime.p12", PASSPHRASE),
    ],
)
def test_what_keeps_a_document_from_being_signed_is_said_and_nothing_is_signed(
    key: rsa.RSAPrivateKey, document: bytes, file: Path, tmp_path: Path, fault: SignatureFault, path: str,
    passphrase: str,
) -> None:  # fmt: skip
    (tmp_path / "texte.p12").write_text("pas une clé")
    in_file(key, tmp_path / "perime.p12", NOW - timedelta(days=1))
    with pytest.raises(NotSigned) as refused:
        sign_pdf(document, KeyFile(str(tmp_path / path), passphrase))
    assert refused.value.fault is fault
    assert passphrase not in refused.value.message
    assert file.exists()


# --- a card -----------------------------------------------------------------------------------------------


@pytest.fixture
def card(key: rsa.RSAPrivateKey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Token:
    """A PKCS#11 token in software, with a key and its certificate on it."""
    if not SOFTHSM.exists():
        if os.environ.get("OSNP_SERVEUR_EXIGE") == "oui":
            pytest.fail("softhsm2 manque\u202f: packaging/test.sh l’installe")
        pytest.skip("softhsm2 n’est pas installé")
    tokens = tmp_path / "cartes"
    tokens.mkdir()
    settings = tmp_path / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {tokens}\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(settings))
    tool = shutil.which("softhsm2-util")
    assert tool is not None
    subprocess.run(
        [tool, "--init-token", "--free", "--label", LABEL, "--pin", PIN, "--so-pin", "12345678"],
        check=True, capture_output=True,
    )  # fmt: skip
    _put_on(key, Token(str(SOFTHSM), PIN, LABEL))
    return Token(str(SOFTHSM), PIN, LABEL)


def _put_on(key: rsa.RSAPrivateKey, token: Token) -> None:
    import pkcs11
    from asn1crypto import pem  # type: ignore[import-untyped]  # it ships no types
    from pkcs11.util.rsa import decode_rsa_private_key
    from pkcs11.util.x509 import decode_x509_certificate

    der = key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    made = certificate(key, until=NOW + timedelta(days=10)).public_bytes(Encoding.PEM)
    _, _, cert = pem.unarmor(made)
    slot = pkcs11.lib(token.module).get_token(token_label=token.label)
    with slot.open(rw=True, user_pin=token.pin) as session:
        for attributes in (decode_rsa_private_key(der), decode_x509_certificate(cert)):
            attributes[pkcs11.Attribute.TOKEN] = True
            attributes[pkcs11.Attribute.LABEL] = "medecin"
            attributes[pkcs11.Attribute.ID] = b"\x01"
            session.create_object(attributes)


def test_a_signature_by_a_card_is_valid_to_another_program(
    document: bytes, card: Token, tmp_path: Path
) -> None:
    assert "Signature is Valid" in verified(sign_pdf(document, card), tmp_path)


@pytest.mark.parametrize(
    ("fault", "changed"),
    [
        (SignatureFault.WRONG_PIN, {"pin": "654321"}),
        (SignatureFault.NO_TOKEN, {"label": "une autre"}),
        (SignatureFault.NO_TOKEN, {"module": "/nulle/part.so"}),
        (SignatureFault.NO_CERTIFICATE, {"certificate": "absent"}),
    ],
)
def test_what_a_card_lacks_is_said(
    document: bytes, card: Token, fault: SignatureFault, changed: dict[str, str]
) -> None:
    given = {"module": card.module, "pin": card.pin, "label": card.label, **changed}
    with pytest.raises(NotSigned) as refused:
        sign_pdf(document, Token(**given))
    assert refused.value.fault is fault
