"""One nurse as a form or a line of a table says them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from osnp_console.app.errors import Refusal
from osnp_console.domain.commune import Commune, Gazetteer, fold
from osnp_console.domain.hours import Hours
from osnp_console.domain.identifiers import read_rpps
from osnp_console.domain.phone import read_phone
from osnp_console.domain.prescription.nurses import Nurse

_ADELI = re.compile(r"[0-9AB]{9}", re.ASCII)
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
NO_NAME = "Cette ligne n’a pas de nom."
NOT_A_NUMBER = "Ni un RPPS (onze chiffres) ni un numéro ADELI (neuf)\u202f: à relire."
NOT_A_MAIL = "Cette adresse n’a pas la forme d’une adresse de messagerie\u202f: gardée à relire."
UNKNOWN_COMMUNE = "Commune non reconnue\u202f: {}."
UNREAD_HOURS = "Heures non reconnues\u202f: {}. Elles ne seront pas suivies."
NOT_KEPT = frozenset({"communes", "commune", "horaires"})
"""Fields of which what is not understood is not kept: a form refuses it, a table tells it."""


@dataclass(frozen=True, slots=True)
class NurseRead:
    """The entry, and what to read again: a field, a sentence."""

    nurse: Nurse
    remarks: tuple[tuple[str, str], ...] = ()


def read_nurse(said: Mapping[str, str], gazetteer: Gazetteer) -> NurseRead:
    """The entry that fields mean; raises Refusal at `nom` or `numero`.

    Fields: `nom`, `prenom`, `numero`, `cabinet`, `telephone`, `courriel`, `commune`, `communes` (with
    commas), `horaires` (OSM syntax). A commune is a code, or a name with its département after it.
    """
    name = " ".join(part for part in (said.get("prenom", ""), said.get("nom", "")) if part)
    if not said.get("nom"):
        raise Refusal("champ_manquant", NO_NAME, "nom")
    number = _number(said.get("numero", ""))
    if said.get("numero") and not number:
        raise Refusal("valeur_invalide", NOT_A_NUMBER, "numero")
    remarks: list[tuple[str, str]] = []
    nurse = Nurse(
        id=number or _own_id(name, said),
        name=name,
        number=number,
        practice=said.get("cabinet", ""),
        phone=_phone(said.get("telephone", ""), remarks),
        mail=_mail(said.get("courriel", ""), remarks),
        communes=_communes(said.get("communes", ""), gazetteer, remarks),
        commune=_commune(said.get("commune", ""), gazetteer, remarks, "commune"),
        hours=_hours(said.get("horaires", ""), remarks),
    )
    return NurseRead(nurse, tuple(remarks))


def nurse_said(nurse: Nurse, gazetteer: Gazetteer) -> dict[str, str]:
    """The fields of an entry as a form shows them: read again, they mean the same."""
    told = {
        "nom": nurse.name,
        "numero": nurse.number,
        "cabinet": nurse.practice,
        "telephone": read_phone(nurse.phone).shown if nurse.phone else "",
        "courriel": nurse.mail,
        "commune": _commune_said(nurse.commune, gazetteer),
        "communes": ", ".join(sorted(_commune_said(code, gazetteer) for code in nurse.communes)),
        "horaires": nurse.hours.osm or "" if nurse.hours is not None else "",
    }
    return {name: text for name, text in told.items() if text}


def _commune_said(code: str, gazetteer: Gazetteer) -> str:
    """`Le Mans (72)`; the code where that name would mean another commune, or none."""
    living = gazetteer.living(code) if code else None
    if living is None:
        return code
    said = f"{living.nom} ({living.departement})"
    again = _found(said, gazetteer)
    return said if again is not None and again.code == code else code


def _number(text: str) -> str:
    """An RPPS or an ADELI number, empty when it is neither."""
    bare = "".join(text.split()).upper()
    rpps = read_rpps(bare).number if bare else None
    return rpps or (bare if _ADELI.fullmatch(bare) else "")


def _own_id(name: str, said: Mapping[str, str]) -> str:
    """The key of somebody without a number: the same at each import of the same name and practice."""
    whole = "\0".join(fold(part) for part in (name, said.get("cabinet", "")))
    return f"ide-{sha256(whole.encode()).hexdigest()[:20]}"


def _phone(text: str, remarks: list[tuple[str, str]]) -> str:
    read = read_phone(text)
    if text and read.warning is not None:
        remarks.append(("telephone", read.warning))
    return read.e164 or text


def _mail(text: str, remarks: list[tuple[str, str]]) -> str:
    if text and not _MAIL.fullmatch(text):
        remarks.append(("courriel", NOT_A_MAIL))
    return text


def _communes(text: str, gazetteer: Gazetteer, remarks: list[tuple[str, str]]) -> frozenset[str]:
    parts = (part.strip() for part in re.split(r"[,;/|\n]", text))
    codes = (_commune(part, gazetteer, remarks, "communes") for part in parts if part)
    return frozenset(code for code in codes if code)


def _commune(text: str, gazetteer: Gazetteer, remarks: list[tuple[str, str]], field: str) -> str:
    """An INSEE code, from a code or a name with its département; empty, and told, when it is neither."""
    if not text:
        return ""
    found = _found(text, gazetteer)
    if found is None:
        remarks.append((field, UNKNOWN_COMMUNE.format(text)))
        return ""
    return found.code


def _found(text: str, gazetteer: Gazetteer) -> Commune | None:
    living = gazetteer.living(text.upper())
    if living is not None:
        return living
    named = re.fullmatch(r"(.+?)\s*\(?(\d{2,3}|2[AB])\)?", text.strip())
    if named is None:
        return None
    communes = gazetteer.by_name(named[1], named[2])
    return communes[0] if len(communes) == 1 else None


def _hours(text: str, remarks: list[tuple[str, str]]) -> Hours | None:
    """Hours in OSM syntax; others are told and not followed."""
    if not text:
        return None
    hours = Hours(text, text)
    try:
        hours.check()
    except ValueError:
        remarks.append(("horaires", UNREAD_HOURS.format(text)))
        return None
    return hours
