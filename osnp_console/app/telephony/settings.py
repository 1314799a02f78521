"""How this desk telephones: by the desktop's softphone, by a server that dials, or by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from osnp_console.domain.slots.source_address import address_fault, is_whole_path

PLACE = "{numero}"
"""What the number takes the place of, in the address or the body of a click-to-dial."""
SECRET_ENTRY = "telephonie-secret"
"""Where the secret of the click-to-dial lies in the keyring; sources' entries begin with `source-`."""
AUTHORIZATION = "Authorization"
GET, POST = "GET", "POST"

NO_DOMAIN = "Le domaine SIP n’est pas dit."
NOT_A_DOMAIN = "Un domaine est attendu, comme sip.exemple.fr."
NO_ADDRESS = "L’adresse du serveur de téléphonie n’est pas dite."
NO_PLACE = f"Dire où va le numéro\u202f: {PLACE}, une fois."
PLACE_IN_HOST = f"{PLACE} ne peut pas être dans le nom du serveur."
NOT_A_PREFIX = "Un préfixe est fait de un à quatre chiffres."
NOT_A_HEADER = "Un nom d’en-tête est attendu, comme Authorization ou X-Api-Key."
NOT_A_PATH = "Le chemin complet d’un fichier est attendu."

_DOMAIN = re.compile(r"(?=.{1,253}(:|$))[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?")
_PREFIX = re.compile(r"[0-9]{0,4}")
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,63}")
# What the client itself says of the request is not the secret's to replace.
_OWN_HEADERS = frozenset(
    {"host", "content-length", "content-type", "connection", "transfer-encoding", "accept-encoding", "cookie"}
)


class Way(Enum):
    """What dials."""

    TEL = "tel"
    SIP = "sip"
    CLICK = "https"
    BY_HAND = "main"


@dataclass(frozen=True, slots=True)
class Telephony:
    """The telephone of this desk; the secret is in the keyring, never here.

    `outside_prefix` leaves the switchboard. `sip_domain` serves `SIP`; the others `CLICK`: an address and a
    `body` (for POST) of which exactly one holds `{numero}`, the `header` that carries the secret, and the
    file of the `authority` that signed the server, empty for those that the system trusts.
    """

    way: Way = Way.TEL
    outside_prefix: str = ""
    sip_domain: str = ""
    address: str = ""
    method: str = GET
    body: str = ""
    header: str = AUTHORIZATION
    authority: str = ""


def telephony_faults(said: Telephony) -> Mapping[str, str]:
    """What keeps this telephone from dialling: French sentences by field, none when nothing does."""
    faults: dict[str, str] = {}
    if not _PREFIX.fullmatch(said.outside_prefix):
        faults["outside_prefix"] = NOT_A_PREFIX
    if said.way is Way.SIP and not _DOMAIN.fullmatch(said.sip_domain):
        faults["sip_domain"] = NOT_A_DOMAIN if said.sip_domain else NO_DOMAIN
    if said.way is Way.CLICK:
        faults |= _click_faults(said)
    return faults


def _click_faults(said: Telephony) -> dict[str, str]:
    faults: dict[str, str] = {}
    body = said.body if said.method == POST else ""
    address = _address_fault(said.address)
    if address is not None:
        faults["address"] = address
    elif said.address.count(PLACE) + body.count(PLACE) != 1:
        faults["body" if body else "address"] = NO_PLACE
    if not _HEADER.fullmatch(said.header) or said.header.lower() in _OWN_HEADERS:
        faults["header"] = NOT_A_HEADER
    if said.authority and not is_whole_path(said.authority):
        faults["authority"] = NOT_A_PATH
    return faults


def _address_fault(address: str) -> str | None:
    if not address:
        return NO_ADDRESS
    before, found, _ = address.partition(PLACE)
    # The host ends at the first slash or question mark after `://`.
    if found and not re.search(r"[/?]", before.partition("://")[2]):
        return PLACE_IN_HOST
    return address_fault(address.replace(PLACE, "0"))


def secret_header(header: str, secret: str) -> str:
    """The header's value: under `Authorization`, a secret that names no scheme is a bearer's.

    RFC 9110, section 11.6.2: credentials begin with their scheme and a space.
    """
    bare = secret.strip()
    return f"Bearer {bare}" if header.lower() == AUTHORIZATION.lower() and " " not in bare else bare
