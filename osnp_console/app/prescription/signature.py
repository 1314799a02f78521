"""What an electronic signature takes: the doctor's own key, in a file or on a card; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A PKCS#12 file (`.p12`, `.pfx`): the doctor's certificate and key, under a passphrase.

    The passphrase is asked for at each signature and kept nowhere.
    """

    path: str
    passphrase: str


@dataclass(frozen=True, slots=True)
class Token:
    """A PKCS#11 token (a professional card, a USB key): the module that speaks to it, and its PIN.

    `label` tells one token from another and may be empty where there is one; `certificate` chooses among
    several on it.
    """

    module: str
    pin: str
    label: str = ""
    certificate: str = ""


SigningKey = KeyFile | Token


class SignatureFault(Enum):
    """Why a document could not be signed."""

    NO_FILE = "fichier"
    WRONG_PASSPHRASE = "phrase"
    UNREADABLE = "illisible"
    NOT_IN_FORCE = "perime"
    NO_TOKEN = "carte"
    WRONG_PIN = "code"
    NO_CERTIFICATE = "certificat"
    FAILED = "echec"


FAULT_WORDS = {
    SignatureFault.NO_FILE: "Ce fichier de signature n’est pas sur ce poste.",
    SignatureFault.WRONG_PASSPHRASE: "La phrase de passe du fichier de signature est inexacte.",
    SignatureFault.UNREADABLE: "Ce fichier n’est pas un fichier de signature (PKCS#12).",
    SignatureFault.NOT_IN_FORCE: "Le certificat de signature n’est pas en cours de validité.",
    SignatureFault.NO_TOKEN: "La carte n’est pas lue\u202f: l’insérer, ou vérifier son module dans Réglages.",
    SignatureFault.WRONG_PIN: "Le code de la carte est inexact. Après plusieurs essais, elle se bloque.",
    SignatureFault.NO_CERTIFICATE: "Aucun certificat de signature n’est sur cette carte.",
    SignatureFault.FAILED: "La signature n’a pas pu être faite. Rien n’a été signé\u202f: signer à la main.",
}
_FIELDS = {
    SignatureFault.NO_FILE: "fichier",
    SignatureFault.WRONG_PASSPHRASE: "phrase",
    SignatureFault.UNREADABLE: "fichier",
    SignatureFault.NO_TOKEN: "module",
    SignatureFault.WRONG_PIN: "code",
    SignatureFault.NO_CERTIFICATE: "certificat",
}


class NotSigned(Exception):
    """A document was not signed; `message` says why, `field` where it can be mended, None for nowhere."""

    def __init__(self, fault: SignatureFault) -> None:
        super().__init__(FAULT_WORDS[fault])
        self.fault = fault
        self.message = FAULT_WORDS[fault]
        self.field = _FIELDS.get(fault)


SignDocument = Callable[[bytes, SigningKey], bytes]
"""Signs a PDF; raises NotSigned. It may take seconds: never on the window's thread."""
