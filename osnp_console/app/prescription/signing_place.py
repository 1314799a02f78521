"""Where this desk finds the key that signs: a file, a card, or none. No passphrase and no PIN is kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from osnp_console.app.errors import Refusal
from osnp_console.app.prescription.signature import KeyFile, SigningKey, Token

NO_FILE = "Choisir le fichier de signature."
NO_MODULE = "Choisir le module de la carte (PKCS#11)."
NO_SECRET = {"fichier": "Taper la phrase de passe.", "carte": "Taper le code de la carte."}


class SigningWay(Enum):
    """What signs at this desk."""

    BY_HAND = "manuscrite"
    FILE = "fichier"
    TOKEN = "carte"


@dataclass(frozen=True, slots=True)
class SigningPlace:
    """As settled at this desk; what serves another way than the chosen one is kept.

    `file` leads to a PKCS#12 file, `module` to the PKCS#11 library of a card; `token` and `certificate` are
    their labels, empty for the only one.
    """

    way: SigningWay = SigningWay.BY_HAND
    file: str = ""
    module: str = ""
    token: str = ""
    certificate: str = ""


def signing_key(place: SigningPlace, secret: str) -> SigningKey:
    """The key, with the passphrase or the PIN that was just typed.

    Raises Refusal (`champ_manquant`) at `fichier`, `module`, `phrase` or `code`; ValueError where signing is
    by hand.
    """
    if place.way is SigningWay.FILE:
        if not place.file:
            raise Refusal("champ_manquant", NO_FILE, "fichier")
        if not secret:
            raise Refusal("champ_manquant", NO_SECRET["fichier"], "phrase")
        return KeyFile(place.file, secret)
    if place.way is SigningWay.TOKEN:
        if not place.module:
            raise Refusal("champ_manquant", NO_MODULE, "module")
        if not secret:
            raise Refusal("champ_manquant", NO_SECRET["carte"], "code")
        return Token(place.module, secret, place.token, place.certificate)
    raise ValueError(place.way)
