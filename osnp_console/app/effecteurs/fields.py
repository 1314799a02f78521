"""One entry of the directory as a person writes it, in a form or on a line of a table."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from osnp_console.app.errors import Refusal
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.commune import fold
from osnp_console.domain.dispositif import SERVING, Dispositif
from osnp_console.domain.effecteur import Effecteur
from osnp_console.domain.identifiers import FINESS_KEY, NumberRead, read_rpps, read_structure
from osnp_console.domain.natures import cpts_name
from osnp_console.domain.phone import read_phone
from osnp_console.domain.slots.slot import Place

FIELDS = (
    "identifiant", "nom", "profession", "dispositifs", "sources", "structure", "lieu", "adresse",
    "code_postal", "commune", "telephone_lieu", "telephone", "latitude", "longitude", "note",
)  # fmt: skip
"""The fields of an entry, in the order of an exported table; all are texts, empty: not said."""
SEPARATORS = re.compile(r"[,;|\n]")
_RANG = re.compile(r"4[0-9]{14}")
_POSTCODE = re.compile(r"[0-9]{5}")
_GENERAL = ("medecine_generale", "centre_snp", "teleconsultation")
_BY_PROFESSION = (
    (re.compile(r"\b(medecin|generalist)"), _GENERAL),
    (re.compile(r"\b(infirmi|idel?\b)"), ("infirmier",)),
    (re.compile(r"\b(kine|masseur)"), ("kinesitherapie",)),
    (re.compile(r"\borthophon"), ("orthophonie",)),
    (re.compile(r"\bsages? femme|\bmaieutic"), ("sage_femme",)),
    (re.compile(r"dentist"), ("dentaire",)),
    (re.compile(r"\bpharmac"), ("protocole_pharmacien",)),
)
"""What a profession, folded, says of the natures of dispositifs it takes part in."""


@dataclass(frozen=True, slots=True)
class Known:
    """What an entry may refer to: the catalogue, and the ids of the declared sources."""

    catalogue: Catalogue
    sources: Collection[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class EffecteurRead:
    """An entry that was understood, and French sentences on what to read again."""

    effecteur: Effecteur
    warnings: tuple[str, ...] = ()


def read_effecteur(said: Mapping[str, str], known: Known) -> EffecteurRead:
    """The entry that these fields mean; raises Refusal with the field that is wrong.

    `dispositifs` are ids or names of CPTS: a CPTS stands for those of its dispositifs in service that the
    profession takes part in. A phone that is none, an unusual key are warnings.
    """
    warnings: list[str] = []
    number = _number(said.get("identifiant", ""), warnings)
    name = _line(said, "nom")
    if not name:
        raise Refusal("champ_manquant", "Il manque le nom.", "nom")
    profession = _line(said, "profession") or None
    effecteur = Effecteur(
        id=number,
        name=name,
        profession=profession,
        dispositifs=_dispositifs(_list(said, "dispositifs"), profession, known.catalogue),
        sources=_sources(_list(said, "sources"), known.sources),
        place=_place(said, warnings),
        phone=_phone(said, "telephone", warnings),
        note=said.get("note", "").strip(),
    )
    return EffecteurRead(effecteur, tuple(warnings))


def effecteur_fields(effecteur: Effecteur) -> dict[str, str]:
    """The fields of an entry: read again, they give the same entry."""
    place = effecteur.place
    values: dict[str, object] = {
        "identifiant": effecteur.id,
        "nom": effecteur.name,
        "profession": effecteur.profession,
        "dispositifs": ",".join(effecteur.dispositifs),
        "sources": ",".join(effecteur.sources),
        "structure": place.id,
        "lieu": place.name,
        "adresse": place.address,
        "code_postal": place.postcode,
        "commune": place.city,
        "telephone_lieu": place.phone,
        "telephone": effecteur.phone,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "note": effecteur.note,
    }
    return {name: "" if values[name] is None else str(values[name]) for name in FIELDS}


def _number(text: str, warnings: list[str]) -> str:
    if not text.strip():
        raise Refusal("champ_manquant", "Il manque le RPPS, le SIRET ou le FINESS.", "identifiant")
    bare = re.sub(r"\s", "", text)
    if re.search(r"[0-9][.,]?[0-9]*E\+?[0-9]+$", bare, re.IGNORECASE):
        said = "Un tableur a arrondi ce numéro\u202f: mettre la colonne au format texte."
        raise Refusal("valeur_invalide", said, "identifiant")
    read = _rpps_or_structure(bare)
    if read.number is None:
        code = "finess_invalide" if read.fault == FINESS_KEY else "valeur_invalide"
        raise Refusal(code, read.fault or "", "identifiant")
    if read.warning is not None:
        warnings.append(read.warning)
    return read.number


def _rpps_or_structure(bare: str) -> NumberRead:
    if len(bare) in (11, 12):
        return read_rpps(bare)
    read = read_structure(bare)
    if read.number is None and len(bare) not in (9, 10):
        return NumberRead(
            None, "Un RPPS a onze chiffres, un SIRET quatorze, un FINESS neuf caractères\u202f: vérifier."
        )
    return read


def _line(said: Mapping[str, str], name: str) -> str:
    text = " ".join(said.get(name, "").split())
    if not text.isprintable():
        raise Refusal("valeur_invalide", "Ce texte a des caractères qui ne se montrent pas.", name)
    return text


def _list(said: Mapping[str, str], name: str) -> tuple[str, ...]:
    parts = (" ".join(part.split()) for part in SEPARATORS.split(said.get(name, "")))
    return tuple(dict.fromkeys(part for part in parts if part))


def _dispositifs(names: Sequence[str], profession: str | None, catalogue: Catalogue) -> tuple[str, ...]:
    ids = {one.id for one in catalogue.dispositifs}
    found: dict[str, None] = {}
    for name in names:
        if name in ids:
            found[name] = None
            continue
        of_cpts = [one for one in catalogue.dispositifs if _same(one.cpts, name)]
        if not of_cpts:
            raise Refusal(
                "dispositif_inconnu",
                f"«\u00a0{name}\u00a0» n’est ni un dispositif ni une CPTS du catalogue.",
                "dispositifs",
            )
        found.update(dict.fromkeys(_of_cpts(name, of_cpts, profession)))
    return tuple(found)


def _of_cpts(name: str, dispositifs: Sequence[Dispositif], profession: str | None) -> list[str]:
    """The dispositifs of a CPTS that a profession takes part in; raises Refusal where one must choose."""
    serving = [one for one in dispositifs if one.status in SERVING]
    natures = natures_of(profession)
    if natures is None and len(serving) == 1:
        return [serving[0].id]
    taken = [one.id for one in serving if natures is not None and one.nature in natures]
    if not taken:
        choice = ", ".join(one.id for one in serving) or "aucun en service"
        said = f"De «\u00a0{name}\u00a0», dire quel dispositif\u202f: {choice}."
        raise Refusal("dispositif_inconnu", said, "dispositifs")
    return taken


def natures_of(profession: str | None) -> frozenset[str] | None:
    """The natures of dispositifs that a profession takes part in; None where that is not known."""
    said = fold(profession or "")
    found = {nature for words, natures in _BY_PROFESSION if words.search(said) for nature in natures}
    return frozenset(found) or None


def _sources(names: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    for name in names:
        if name not in known:
            said = f"Aucune source déclarée ne s’appelle «\u00a0{name}\u00a0»."
            raise Refusal("introuvable", said, "sources")
    return tuple(names)


def _place(said: Mapping[str, str], warnings: list[str]) -> Place:
    latitude, longitude = _degrees(said, "latitude", 90), _degrees(said, "longitude", 180)
    if (latitude is None) != (longitude is None):
        missing = "latitude" if latitude is None else "longitude"
        raise Refusal("champ_manquant", "Une latitude va avec une longitude.", missing)
    return Place(
        id=_structure(_line(said, "structure")),
        name=_line(said, "lieu") or None,
        address=_line(said, "adresse") or None,
        postcode=_postcode(_line(said, "code_postal"), warnings),
        city=_line(said, "commune") or None,
        phone=_phone(said, "telephone_lieu", warnings),
        latitude=latitude,
        longitude=longitude,
    )


def _structure(text: str) -> str | None:
    """The national structure identifier of a place, with its prefix (SAS protocol note, section 5.4)."""
    bare = re.sub(r"\s", "", text)
    if not bare:
        return None
    if _RANG.fullmatch(bare):
        return bare
    read = read_structure(bare)
    if read.number is None:
        raise Refusal("valeur_invalide", read.fault or "", "structure")
    return ("3" if len(read.number) == 14 else "1") + read.number


def _postcode(text: str, warnings: list[str]) -> str | None:
    if not text:
        return None
    bare = re.sub(r"\s", "", text)
    if bare.isascii() and bare.isdecimal() and len(bare) == 4:
        # A spreadsheet drops the zero of the first nine départements.
        return "0" + bare
    if _POSTCODE.fullmatch(bare) is None:
        warnings.append("Un code postal a cinq chiffres\u202f: le relire.")
        return text
    return bare


def _phone(said: Mapping[str, str], name: str, warnings: list[str]) -> str | None:
    text = _line(said, name)
    if not text:
        return None
    warning = read_phone(text).warning
    if warning is not None:
        warnings.append(warning)
    return text


def _degrees(said: Mapping[str, str], name: str, most: int) -> float | None:
    text = said.get(name, "").strip().replace(",", ".")
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not -most <= value <= most:
        raise Refusal("valeur_invalide", f"Des degrés, de -{most} à {most}, sont attendus.", name)
    return value


def _same(one: str, other: str) -> bool:
    """Whether two names of CPTS are one: with or without the word that all of them bear, and its article."""
    return fold(cpts_name(one)) == fold(cpts_name(other))
