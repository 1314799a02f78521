"""Electronic signature of a PDF (PAdES, ETSI EN 319 142-1, level B-B), by pyHanko.

The signature is added after the document: every byte that was archived stays as it was. Its name and its
place say nothing of the patient.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from osnp_console.app.prescription.signature import KeyFile, NotSigned, SignatureFault, SigningKey, Token

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer

FIELD = "Prescripteur"
REASON = "Prescription médicale"
LOG = logging.getLogger(__name__)


def sign_pdf(content: bytes, key: SigningKey, now: datetime | None = None) -> bytes:
    """The document with its signature; raises NotSigned. `now` is the instant the certificate is looked at.

    The clock in the signature is this workstation's: no time-stamping authority is asked.
    """
    with _signer(key) as signer:
        _check_in_force(signer, now or datetime.now(UTC))
        return _signed(content, signer)


@contextmanager
def _signer(key: SigningKey) -> Iterator[Signer]:
    if isinstance(key, KeyFile):
        yield _from_file(key)
        return
    session = _open_token(key)
    try:
        yield _from_token(session, key)
    finally:
        session.close()


def _from_file(key: KeyFile) -> Signer:
    from cryptography.hazmat.primitives.serialization import pkcs12
    from pyhanko.sign.signers import SimpleSigner

    try:
        content = Path(key.path).read_bytes()
    except OSError as error:
        raise NotSigned(SignatureFault.NO_FILE) from error
    passphrase = key.passphrase.encode()
    try:
        # pyHanko says neither of the two apart: a wrong passphrase, a file that is none.
        pkcs12.load_key_and_certificates(content, passphrase or None)
    except ValueError as error:
        told = str(error).lower()
        wrong = "password" in told or "mac" in told
        raise NotSigned(SignatureFault.WRONG_PASSPHRASE if wrong else SignatureFault.UNREADABLE) from error
    signer: Signer | None = SimpleSigner.load_pkcs12_data(
        content, other_certs=[], passphrase=passphrase or None
    )
    if signer is None:
        raise NotSigned(SignatureFault.UNREADABLE)
    return signer


def _open_token(key: Token) -> Any:
    from pkcs11.exceptions import PinIncorrect, PinInvalid, PinLenRange, PKCS11Error
    from pyhanko.config.pkcs11 import TokenCriteria
    from pyhanko.sign.pkcs11 import open_pkcs11_session

    wanted = TokenCriteria(label=key.label) if key.label else None
    try:
        return open_pkcs11_session(key.module, token_criteria=wanted, user_pin=key.pin)
    except (PinIncorrect, PinInvalid, PinLenRange) as error:
        raise NotSigned(SignatureFault.WRONG_PIN) from error
    except (PKCS11Error, OSError, RuntimeError) as error:
        LOG.info("carte_absente", extra={"raison": type(error).__name__})
        raise NotSigned(SignatureFault.NO_TOKEN) from error


def _from_token(session: Any, key: Token) -> Signer:
    from pkcs11 import Attribute, ObjectClass
    from pyhanko.sign.pkcs11 import PKCS11Signer

    labels = [one[Attribute.LABEL] for one in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})]
    if not labels or (key.certificate and key.certificate not in labels):
        raise NotSigned(SignatureFault.NO_CERTIFICATE)
    return PKCS11Signer(session, cert_label=key.certificate or labels[0])


def _check_in_force(signer: Signer, now: datetime) -> None:
    try:
        certificate = signer.signing_cert
    except Exception as error:  # whatever a token says of its certificate
        raise NotSigned(SignatureFault.NO_CERTIFICATE) from error
    if certificate is None:
        raise NotSigned(SignatureFault.NO_CERTIFICATE)
    if not certificate.not_valid_before <= now <= certificate.not_valid_after:
        raise NotSigned(SignatureFault.NOT_IN_FORCE)


def _signed(content: bytes, signer: Signer) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    meta = PdfSignatureMetadata(
        field_name=FIELD, reason=REASON, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    out = BytesIO()
    try:
        PdfSigner(meta, signer).sign_pdf(IncrementalPdfFileWriter(BytesIO(content)), output=out)
    except Exception as error:  # a card that is pulled out, a module that breaks: nothing was signed
        LOG.warning("signature_impossible", extra={"raison": type(error).__name__})
        raise NotSigned(SignatureFault.FAILED) from error
    return out.getvalue()
