"""Reads a source's declaration (contract, `sources ajouter`), and writes it back.

An unknown field, a value of another kind or outside its list is refused with the field's path. A secret has
no place in a declaration: it is refused where it is found, and lies in the keyring.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from osnp_console.domain.identifiers import FINESS_KEY, NumberRead, read_rpps, read_structure
from osnp_console.domain.slots.source import AgendaSource, SourceKind, TlsFiles
from osnp_console.domain.slots.source_address import address_fault, is_whole_path

FIELDS = ("id", "type", "nom", "url", "effecteurs", "structures", "dispositifs", "options", "tls")
_TLS = {"certificat": "certificate", "cle": "key", "autorite": "authority"}
_FHIR = frozenset({SourceKind.SAS_FHIR, SourceKind.SAS_SOS, SourceKind.FHIR_AGENDA})
NEEDS_ADDRESS = _FHIR | {SourceKind.CALDAV}
"""Kinds that cannot be asked without an address; a calendar's may be a secret, a Bundle is a file."""
MAY_BE_FILE = frozenset({SourceKind.ICAL, SourceKind.FHIR_BUNDLE})
"""Kinds whose `url` may be the whole path of a file, or of a folder of Bundles."""
WITHOUT_ADDRESS = frozenset({SourceKind.LOCAL_AGENDA, SourceKind.PHONE})
SECRETS_GO = (
    "Un secret ne s’écrit pas dans une déclaration\u202f: "
    "il va dans le trousseau du poste (Réglages, Agendas, ou «\u00a0sources secret\u00a0»)."
)
_ID = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}", re.ASCII)
_SECRET = re.compile(
    # A secretariat is no secret.
    r"mot_?de_?passe|mdp|password|passwd|secret(?!aria)|token|jeton|passphrase|phrase_de_passe|"
    r"(?:^|_)(?:cle|clé|key)(?:_|$)|api_?key|cle_?api|authorization|credential",
    re.IGNORECASE,
)
_DEEPEST = 4
_LONGEST_NAME = 120


class SourceRefused(ValueError):
    """A declaration cannot be read. `code` is one of the contract's, `field` its dotted path."""

    def __init__(self, code: str, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field


def read_source(document: object, catalogue_ids: Collection[str]) -> AgendaSource:
    """The source of a declaration; raises SourceRefused with the path of the first field that is wrong.

    A field that is absent or null is not said; without `nom` the source is called by its id. Numbers lose
    their blanks and the prefix of messages; one that is given twice counts once.
    """
    fields = _mapping(document, None)
    for name in fields:
        if name not in FIELDS:
            _refuse_secret(name, name)
            raise SourceRefused("champ_inconnu", f"Champ inconnu\u202f: {name}.", name)
    said = {name: value for name, value in fields.items() if value is not None}
    kind = _kind(said)
    source = _id(said)
    return AgendaSource(
        id=source,
        kind=kind,
        name=_name(said, source),
        url=_url(said, kind),
        practitioners=_numbers(said, "effecteurs", read_rpps),
        structures=_numbers(said, "structures", read_structure),
        dispositifs=_dispositifs(said, catalogue_ids),
        options=_options(said),
        tls=_tls(said),
    )


def source_document(source: AgendaSource) -> dict[str, object]:
    """The declaration of a source: read again, it gives the same source."""
    return {
        "id": source.id,
        "type": source.kind.value,
        "nom": source.name,
        "url": source.url,
        "effecteurs": list(source.practitioners),
        "structures": list(source.structures),
        "dispositifs": list(source.dispositifs),
        "options": dict(source.options),
        "tls": {name: getattr(source.tls, attribute) for name, attribute in _TLS.items()},
    }


def source_warnings(source: AgendaSource) -> tuple[tuple[str, str], ...]:
    """What to read again in a declaration that is taken: the field and a French sentence, each once."""
    found = [
        (field, read.warning)
        for field, numbers, reader in (
            ("effecteurs", source.practitioners, read_rpps),
            ("structures", source.structures, read_structure),
        )
        for read in map(reader, numbers)
        if read.warning is not None
    ]
    return tuple(dict.fromkeys(found))


def _mapping(value: object, field: str | None) -> Mapping[str, object]:
    if value is None and field is not None:
        return {}
    if not isinstance(value, dict):
        raise SourceRefused("valeur_invalide", "Un objet JSON est attendu.", field)
    return value


def _text(value: object, field: str) -> str:
    if not isinstance(value, str):
        raise SourceRefused("valeur_invalide", "Un texte est attendu.", field)
    return value


def _missing(field: str, what: str) -> SourceRefused:
    return SourceRefused("champ_manquant", f"Il manque {what}.", field)


def _kind(said: Mapping[str, object]) -> SourceKind:
    if "type" not in said:
        raise _missing("type", "le type de la source")
    try:
        return SourceKind(said["type"])
    except ValueError as error:
        shown = ", ".join(kind.value for kind in SourceKind)
        raise SourceRefused(
            "valeur_invalide", f"Type inconnu ; types possibles\u202f: {shown}.", "type"
        ) from error


def _id(said: Mapping[str, object]) -> str:
    if "id" not in said:
        raise _missing("id", "l’identifiant de la source")
    name = _text(said["id"], "id")
    if _ID.fullmatch(name) is None:
        raise SourceRefused(
            "valeur_invalide",
            "Un identifiant a 64 caractères au plus\u202f: minuscules, chiffres, tiret, point, souligné.",
            "id",
        )
    return name


def _name(said: Mapping[str, object], source: str) -> str:
    name = " ".join(_text(said.get("nom", source), "nom").split())
    if not name:
        return source
    if not name.isprintable() or len(name) > _LONGEST_NAME:
        raise SourceRefused(
            "valeur_invalide", f"Un nom tient en {_LONGEST_NAME} caractères, sur une ligne.", "nom"
        )
    return name


def _url(said: Mapping[str, object], kind: SourceKind) -> str | None:
    if "url" not in said:
        if kind in NEEDS_ADDRESS:
            raise _missing("url", "l’adresse de la source")
        return None
    if kind in WITHOUT_ADDRESS:
        raise SourceRefused("valeur_invalide", "Ce type de source n’a pas d’adresse.", "url")
    url = _text(said["url"], "url").strip()
    if kind in MAY_BE_FILE and is_whole_path(url):
        return url
    fault = address_fault(url)
    if fault is not None:
        raise SourceRefused("valeur_invalide", fault, "url")
    if kind in _FHIR and "?" in url:
        raise SourceRefused(
            "valeur_invalide", "L’adresse de base d’une source FHIR n’a pas de «\u00a0?\u00a0».", "url"
        )
    return url


def _texts(said: Mapping[str, object], field: str) -> tuple[str, ...]:
    value = said.get(field, [])
    if not isinstance(value, list):
        raise SourceRefused("valeur_invalide", "Une liste de textes est attendue.", field)
    return tuple(_text(one, field) for one in value)


def _numbers(said: Mapping[str, object], field: str, reader: Callable[[str], NumberRead]) -> tuple[str, ...]:
    taken: dict[str, None] = {}
    for text in _texts(said, field):
        read = reader(text)
        if read.number is None:
            code = "finess_invalide" if read.fault == FINESS_KEY else "valeur_invalide"
            raise SourceRefused(code, read.fault or "Ce n’est pas un numéro.", field)
        taken[read.number] = None
    return tuple(taken)


def _dispositifs(said: Mapping[str, object], known: Collection[str]) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(_texts(said, "dispositifs")))
    for name in names:
        if name not in known:
            raise SourceRefused(
                "dispositif_inconnu",
                f"Aucun dispositif du catalogue n’a l’id «\u00a0{name}\u00a0».",
                "dispositifs",
            )
    return names


def _options(said: Mapping[str, object]) -> Mapping[str, object]:
    options = _mapping(said.get("options"), "options")
    for name, value in options.items():
        _check_option(name, value, f"options.{name}", 1)
    return {name: value for name, value in options.items() if value is not None}


def _check_option(name: str, value: object, field: str, depth: int) -> None:
    _refuse_secret(name, field)
    if depth > _DEEPEST:
        raise SourceRefused("valeur_invalide", "Options trop imbriquées.", field)
    if isinstance(value, dict):
        for inner, one in value.items():
            _check_option(inner, one, f"{field}.{inner}", depth + 1)
    elif isinstance(value, list):
        for one in value:
            _check_option("", one, field, depth + 1)


def _refuse_secret(name: str, field: str) -> None:
    if _SECRET.search(re.sub(r"[\s.-]", "_", name)):
        raise SourceRefused("interdit", SECRETS_GO, field)


def _tls(said: Mapping[str, object]) -> TlsFiles:
    paths: dict[str, str] = {}
    for name, value in _mapping(said.get("tls"), "tls").items():
        field = f"tls.{name}"
        if name not in _TLS:
            _refuse_secret(name, field)
            raise SourceRefused("champ_inconnu", f"Champ inconnu\u202f: {field}.", field)
        if value is None:
            continue
        path = _text(value, field)
        if path.lstrip().startswith("-----BEGIN"):
            raise SourceRefused("interdit", "Un chemin de fichier est attendu, pas son contenu.", field)
        if not path.strip() or not path.isprintable():
            raise SourceRefused("valeur_invalide", "Un chemin de fichier est attendu.", field)
        paths[_TLS[name]] = path
    if "key" in paths and "certificate" not in paths:
        raise _missing("tls.certificat", "le certificat qui va avec la clé")
    return TlsFiles(**paths)
