"""The settings of this workstation: one JSON file, without any secret.

What a newer console wrote in it and this one does not know is kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from osnp_console.app.base.address import BasePlace, base_place
from osnp_console.app.ports import StoreFailure
from osnp_console.app.preferences import (
    BY_THE_HOUR,
    LOCK_MINUTES,
    LONGEST_LOCK_MINUTES,
    THEMES,
    Preferences,
    text_step,
)
from osnp_console.app.prescription.signing_place import SigningPlace, SigningWay
from osnp_console.app.telephony.settings import GET, POST, Telephony, Way
from osnp_console.desk.folders import write_private
from osnp_console.domain.desk import Desk
from osnp_console.domain.natures import NATURE_NAMES
from osnp_console.domain.regulator import Regulator
from osnp_console.domain.roles import NAMES
from osnp_console.domain.slots.ruling import USUAL_RIGHTS, Rights

DAMAGED = "Les réglages étaient illisibles : ils sont mis de côté, la console repart des réglages d’origine."
NOT_WRITTEN = "Les réglages n’ont pas pu être écrits : ils valent jusqu’à la fermeture. Vérifier le disque."
_ASIDE = ".illisible"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a workstation remembers from one start to the next.

    `base` is a database address without password, None for the workstation's own file; `next_base` is the
    address of the one to change to, None while no change is noted. `unknown` is what the file held besides.
    """

    preferences: Preferences = field(default_factory=Preferences)
    base: str | None = None
    next_base: str | None = None
    unknown: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings as read, and a sentence when they had to be set aside. `first` when there were none yet."""

    settings: Settings
    first: bool = False
    message: str | None = None


def load_settings(file: Path) -> Loaded:
    """Read the settings; a damaged file is set aside and the usual ones are taken. Raises OSError."""
    try:
        text = file.read_bytes()
    except FileNotFoundError:
        return Loaded(Settings(), first=True)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        file.replace(file.with_name(file.name + _ASIDE))
        return Loaded(Settings(), message=DAMAGED)
    return Loaded(_from_document(document))


def save_settings(file: Path, settings: Settings) -> None:
    """Write the settings in one step; raises OSError, and the file is then as it was."""
    content = json.dumps(_to_document(settings), ensure_ascii=False, indent=2) + "\n"
    write_private(file, content.encode())


def named_base(file: Path, own: Path) -> BasePlace:
    """The base that the settings name, `own` where they name none. Raises OSError, Refusal."""
    address = load_settings(file).settings.base
    return base_place(address) if address is not None else own


class KeptPreferences:
    """The preferences in the settings file (`app.preferences.PreferenceKeeper`).

    `message` says, once loaded, that a damaged file was set aside; `first` that there was none. The first
    start names the base (`name_base`): it goes into the file with the preferences, not before. `next_base`
    is the address of the base to change to, None while no change is noted.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self.message: str | None = None
        self.first = False
        self.next_base: str | None = None
        self._named: tuple[str | None] | None = None

    def name_base(self, address: str | None) -> None:
        """The next `save` names this base too, None for the workstation's own file."""
        self._named = (address,)

    def note_next_base(self, address: str | None) -> None:
        """Note a base to change to, None for none any more; raises StoreFailure (`disque`)."""
        self._change(next_base=address)
        self.next_base = address

    def change_base(self, address: str | None) -> None:
        """Name another base from now on: no change is noted any more; raises StoreFailure (`disque`)."""
        self._change(base=address, next_base=None)
        self.next_base = None

    def load(self) -> Preferences:
        """What was kept; the usual preferences, and a `message`, where it cannot be read."""
        try:
            loaded = load_settings(self._file)
        except OSError:
            self.message = DAMAGED
            return Preferences()
        self.message, self.first = loaded.message, loaded.first
        self.next_base = loaded.settings.next_base
        return loaded.settings.preferences

    def save(self, preferences: Preferences) -> None:
        """Keep them beside the other settings; raises StoreFailure (`disque`)."""
        if self._named is None:
            self._change(preferences=preferences)
        else:
            self._change(preferences=preferences, base=self._named[0])
            self._named = None

    def _change(self, **changed: Any) -> None:
        try:
            settings = load_settings(self._file).settings
            save_settings(self._file, replace(settings, **changed))
        except OSError as error:
            raise StoreFailure("disque", NOT_WRITTEN) from error


def _to_document(settings: Settings) -> dict[str, Any]:
    kept = settings.preferences
    desk = kept.desk
    return {
        **settings.unknown,
        "poste": {
            "role": desk.role,
            "sas": desk.sas,
            "cpts": list(desk.cpts),
            "numero": desk.number,
            "offre": desk.offer,
        },
        "apparence": {"theme": kept.theme, "texte": kept.text_scale},
        "personne": kept.person,
        "verrouillage": {"minutes": kept.lock_minutes},
        "urgence": {"contact": kept.emergency_name, "telephone": kept.emergency_phone},
        "regulateur": {
            "nom": kept.regulator.name,
            "prenom": kept.regulator.first_name,
            "courriel": kept.regulator.email,
            "identifiant": kept.regulator.identifier,
        },
        "creneaux": {
            "types": sorted(kept.rights.types),
            "cpts_du_territoire": kept.rights.territory,
            "distances": kept.distances,
        },
        "telephonie": {
            "par": kept.telephony.way.value,
            "prefixe": kept.telephony.outside_prefix,
            "domaine_sip": kept.telephony.sip_domain,
            "adresse": kept.telephony.address,
            "demande": kept.telephony.method,
            "contenu": kept.telephony.body,
            "en_tete": kept.telephony.header,
            "autorite": kept.telephony.authority,
        },
        "transferts": {"son": kept.arrival_sound},
        "signature": {
            "par": kept.signing.way.value,
            "fichier": kept.signing.file,
            "module": kept.signing.module,
            "carte": kept.signing.token,
            "certificat": kept.signing.certificate,
        },
        "base": settings.base,
        "base_suivante": settings.next_base,
        "fenetres": {screens: dict(layout) for screens, layout in kept.layouts.items()},
    }


_KNOWN = frozenset(_to_document(Settings()))


def _from_document(document: Mapping[str, Any]) -> Settings:
    """Field by field: one that is of another kind takes its usual value, the others are kept."""
    look, alarm = _group(document, "apparence"), _group(document, "urgence")
    theme, scale = look.get("theme"), look.get("texte")
    layouts = _group(document, "fenetres").items()
    preferences = Preferences(
        desk=_desk(_group(document, "poste")),
        theme=theme if isinstance(theme, str) and theme in THEMES else BY_THE_HOUR,
        text_scale=text_step(scale) if isinstance(scale, int) else Preferences().text_scale,
        person=_text(document.get("personne")),
        emergency_name=_text(alarm.get("contact")),
        emergency_phone=_text(alarm.get("telephone")),
        layouts={screens: layout for screens, layout in layouts if isinstance(layout, dict)},
        regulator=_regulator(_group(document, "regulateur")),
        rights=_rights(_group(document, "creneaux")),
        distances=_group(document, "creneaux").get("distances") is True,
        lock_minutes=_minutes(_group(document, "verrouillage").get("minutes")),
        telephony=_telephony(_group(document, "telephonie")),
        signing=_signing(_group(document, "signature")),
        arrival_sound=_group(document, "transferts").get("son") is True,
    )
    return Settings(
        preferences,
        _text(document.get("base")) or None,
        _text(document.get("base_suivante")) or None,
        {name: value for name, value in document.items() if name not in _KNOWN},
    )


def _desk(document: Mapping[str, Any]) -> Desk:
    usual = Desk()
    role, number, sas = document.get("role"), document.get("numero"), document.get("sas")
    cpts, offer = document.get("cpts"), document.get("offre", usual.offer)
    is_offer = offer is None or (isinstance(offer, str) and offer in NATURE_NAMES)
    return Desk(
        role=role if isinstance(role, str) and role in NAMES else usual.role,
        sas=sas if isinstance(sas, str) and sas else None,
        cpts=tuple(name for name in cpts if isinstance(name, str)) if isinstance(cpts, list) else (),
        number=number if isinstance(number, int) and not isinstance(number, bool) and number > 0 else 1,
        offer=offer if is_offer else usual.offer,
    )


def _regulator(document: Mapping[str, Any]) -> Regulator:
    return Regulator(
        name=_text(document.get("nom")),
        first_name=_text(document.get("prenom")),
        email=_text(document.get("courriel")),
        identifier=_text(document.get("identifiant")),
    )


def _rights(document: Mapping[str, Any]) -> Rights:
    types, territory = document.get("types"), document.get("cpts_du_territoire")
    return Rights(
        types=frozenset(code for code in types if isinstance(code, str))
        if isinstance(types, list)
        else USUAL_RIGHTS.types,
        territory=territory if isinstance(territory, bool) else USUAL_RIGHTS.territory,
    )


def _telephony(document: Mapping[str, Any]) -> Telephony:
    """As it was kept; what of it cannot dial is told when a number is dialled."""
    way = next((one for one in Way if one.value == document.get("par")), Way.TEL)
    return Telephony(
        way=way,
        outside_prefix=_text(document.get("prefixe")),
        sip_domain=_text(document.get("domaine_sip")),
        address=_text(document.get("adresse")),
        method=POST if document.get("demande") == POST else GET,
        body=_text(document.get("contenu")),
        header=_text(document.get("en_tete")) or Telephony().header,
        authority=_text(document.get("autorite")),
    )


def _signing(document: Mapping[str, Any]) -> SigningPlace:
    return SigningPlace(
        way=next((one for one in SigningWay if one.value == document.get("par")), SigningWay.BY_HAND),
        file=_text(document.get("fichier")),
        module=_text(document.get("module")),
        token=_text(document.get("carte")),
        certificate=_text(document.get("certificat")),
    )


def _minutes(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        return LOCK_MINUTES
    return value if 1 <= value <= LONGEST_LOCK_MINUTES else LOCK_MINUTES


def _group(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    group = document.get(name)
    return group if isinstance(group, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
