"""Choosing where the calls are kept: what is typed of a shared base, read; what a trial of it found, told."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NoReturn, Protocol
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from osnp_console.app.base.address import BasePlace, ServerAddress, base_place
from osnp_console.app.errors import Refusal

ADDRESS, USER, PASSWORD, SITE_KEY = "adresse", "utilisateur", "mot_de_passe", "cle_du_site"
CERTIFICATE, CERTIFICATE_KEY, AUTHORITY = "certificat", "cle_du_certificat", "autorite"
"""The fields of a shared base: a refusal names one of them."""

NO_ADDRESS = "Écrire l’adresse de la base, que l’administrateur a gardée."
NOT_SHARED = "L’adresse d’une base partagée s’écrit postgresql://serveur:port/base."
PASSWORD_INSIDE = "L’adresse ne porte pas de mot de passe\u202f: l’écrire dans son champ."
TWO_USERS = "L’adresse nomme un autre utilisateur\u202f: ne l’écrire qu’à un endroit."
NO_USER = "Écrire le nom sous lequel le serveur connaît ce poste."
NO_CERTIFICATE = "Écrire où est le certificat de ce poste."
NO_CERTIFICATE_KEY = "Écrire où est la clé du certificat."
NO_KEY = "Écrire la clé du site, que l’administrateur a gardée."
NOT_A_KEY = "La clé du site a 64 signes\u202f: des chiffres et les lettres a à f."
KEY_DIGITS = 64
"""Hexadecimal digits of the site's key."""
_IN_ADDRESS = {"sslcert": CERTIFICATE, "sslkey": CERTIFICATE_KEY, "sslrootcert": AUTHORITY}


@dataclass(frozen=True, slots=True)
class TypedServer:
    """A shared base as it is typed, letter for letter. Its secrets never show in a log."""

    address: str = ""
    user: str = ""
    by_certificate: bool = False
    password: str = field(default="", repr=False)
    certificate: str = ""
    certificate_key: str = ""
    authority: str = ""
    site_key: str = field(default="", repr=False)

    @property
    def without_secrets(self) -> TypedServer:
        """What of it may outlive a form."""
        return replace(self, password="", site_key="")


@dataclass(frozen=True, slots=True)
class FoundBase:
    """What a trial found: a base of the console that this desk may open.

    `is_older` says that opening it brings it up to date; `is_being_updated` that another desk is at it.
    `desks` are the codes of those that wrote in it.
    """

    address: ServerAddress
    has_accounts: bool = False
    is_older: bool = False
    is_being_updated: bool = False
    desks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """What of this desk a change would leave in the base of today; each None where that is not known.

    `calls` counts those that are open there; `kept_here` says whether this desk keeps something for it that
    it does not have yet.
    """

    calls: int | None
    kept_here: bool | None

    @property
    def is_nothing(self) -> bool:
        """Whether it is known that nothing would stay behind."""
        return self.calls == 0 and self.kept_here is False


class BaseChoice(Protocol):
    """Where this workstation keeps its calls, and how that is changed.

    What is refused is an answer, a Refusal whose `field` names one of this module's; nothing raises.
    """

    draft: TypedServer | None
    """What is typed and not settled, in memory only: a change of theme remakes the form."""

    @property
    def now(self) -> BasePlace:
        """The base that is open, or that is about to be opened."""

    @property
    def at_next_start(self) -> BasePlace:
        """The base to change to at the next start; that of now while no change is noted."""

    @property
    def keeps_secrets(self) -> bool:
        """Whether this session has a keyring; else the secrets are asked for at each start."""

    def attempt(self, typed: TypedServer) -> Future[FoundBase | Refusal]:
        """Try a shared base, beside the window; changes nothing. An empty secret is the keyring's."""

    def choose(self, typed: TypedServer | None) -> Refusal | None:
        """Before a base is open: open that one, tried as it is typed; None for this desk's own file."""

    def change(self, typed: TypedServer | None) -> Future[BasePlace | Refusal]:
        """Note another base for the next start; joined now, beside the window, so that it opens then."""

    def left_behind(self, desk: str) -> Future[LeftBehind]:
        """What of that desk the noted change would leave; fails with StoreFailure."""

    def move(self) -> Future[None]:
        """Make the noted change: that base is opened next. Fails with StoreFailure, and nothing changed."""


def read_server(typed: TypedServer) -> ServerAddress:
    """The address that what is typed comes to; raises Refusal, which names the field."""
    text = typed.address.strip()
    if not text:
        raise Refusal("champ_manquant", NO_ADDRESS, ADDRESS)
    parts = _parts(text if "://" in text else f"postgresql://{text}")
    host = parts.netloc.rpartition("@")[2]
    user = _user(unquote(parts.username or ""), typed.user.strip())
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    if not typed.by_certificate:
        query.pop("sslcert", None)
        query.pop("sslkey", None)
    for name, value in zip(_IN_ADDRESS, _files(typed), strict=True):
        if value:
            query[name] = value
    _need_certificate(typed, query)
    whole = urlunsplit(
        (parts.scheme, f"{quote(user, safe='')}@{host}", parts.path, urlencode(query, safe="/"), "")
    )
    try:
        place = base_place(whole)
    except Refusal as refusal:
        raise Refusal("valeur_invalide", refusal.message, ADDRESS) from refusal
    if not isinstance(place, ServerAddress):
        _refuse(NOT_SHARED, ADDRESS)
    return place


def _parts(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        has_password = parts.password is not None
        parts.port  # noqa: B018 (reading it checks it)
    except ValueError:
        _refuse(NOT_SHARED, ADDRESS)
    if parts.scheme.partition("+")[0] not in ("postgresql", "postgres") or not parts.path.strip("/"):
        _refuse(NOT_SHARED, ADDRESS)
    if has_password or "password=" in parts.query:
        _refuse(PASSWORD_INSIDE, ADDRESS)
    return parts


def _user(inside: str, beside: str) -> str:
    if inside and beside and inside != beside:
        _refuse(TWO_USERS, USER)
    if not inside and not beside:
        raise Refusal("champ_manquant", NO_USER, USER)
    return inside or beside


def _files(typed: TypedServer) -> tuple[str, str, str]:
    authority = typed.authority.strip()
    if not typed.by_certificate:
        return "", "", authority
    return typed.certificate.strip(), typed.certificate_key.strip(), authority


def _need_certificate(typed: TypedServer, query: dict[str, str]) -> None:
    if not typed.by_certificate:
        return
    for name, sentence in (("sslcert", NO_CERTIFICATE), ("sslkey", NO_CERTIFICATE_KEY)):
        if not query.get(name):
            raise Refusal("champ_manquant", sentence, _IN_ADDRESS[name])


def read_site_key(typed: TypedServer) -> bytes | None:
    """The site's key, None while it is not typed; raises Refusal. Blanks that were pasted in do not count."""
    text = "".join(typed.site_key.split())
    if not text:
        return None
    try:
        key = bytes.fromhex(text)
    except ValueError:
        _refuse(NOT_A_KEY, SITE_KEY)
    if len(text) != KEY_DIGITS:
        _refuse(NOT_A_KEY, SITE_KEY)
    return key


def typed_of(address: ServerAddress) -> TypedServer:
    """An address as it would be typed, without its secrets."""
    bare = replace(address, sslcert=None, sslkey=None, sslrootcert=None).text
    return TypedServer(
        address=bare.replace(f"{quote(address.user, safe='')}@", "", 1),
        user=address.user,
        by_certificate=address.sslcert is not None,
        certificate=address.sslcert or "",
        certificate_key=address.sslkey or "",
        authority=address.sslrootcert or "",
    )


def found_words(found: FoundBase) -> tuple[str, str]:
    """The state word of a trial that ended well, and what it means for this desk."""
    if found.is_being_updated:
        return "répondu", "Un autre poste met la base à jour\u202f: la console attendra qu’il ait fini."
    if found.is_older:
        return "répondu", "La base vient d’une version plus ancienne\u202f: ce poste la mettra à jour."
    if found.has_accounts:
        return "répondu", "La base est là et s’ouvre. Elle a des comptes\u202f: se connecter avec le sien."
    return "répondu", "La base est là et s’ouvre. Elle n’a pas encore de comptes."


def same_desk_words(number: int) -> str:
    """Two desks of one number would number their calls alike."""
    return (
        f"Un poste {number} écrit déjà dans cette base\u202f: prendre un autre numéro, sauf si c’est ce "
        "poste qui revient."
    )


def place_words(place: BasePlace) -> str:
    """Where a base is, in words; never a secret."""
    if isinstance(place, Path):
        return f"sur ce poste\u202f: {place}"
    where = "sur cet ordinateur" if place.is_here else f"sur {place.host}"
    return f"partagée\u202f: {place.base}, {where}"


def _refuse(message: str, at: str) -> NoReturn:
    raise Refusal("valeur_invalide", message, at)
