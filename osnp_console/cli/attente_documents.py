"""The JSON of waiting lists, and a registration read from JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from osnp_console.app.errors import Refusal
from osnp_console.app.waiting.asked import list_title, page_of, tool_name
from osnp_console.app.waiting.read import ListCount
from osnp_console.cli.documents import Document
from osnp_console.cli.slot_documents import instant
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.phone import read_phone
from osnp_console.domain.waiting_entry import Registered, WaitingEntry
from osnp_console.domain.waiting_list import WaitingList

FIELDS = frozenset({"liste", "appel", "reference_appel", "courriel", "accord", "besoin", "priorite"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A registration as a command is given it; `call` is the contract's call document."""

    dispositif: str
    call: Mapping[str, object]
    reference: str = ""
    mail: str = ""
    consented: bool = False
    need: str = ""
    priority: str = ""


def read_registration(document: object) -> Asked:
    """A registration as `inscrire` takes it; raises Refusal."""
    if not isinstance(document, dict):
        raise Refusal("valeur_invalide", "Un objet JSON est attendu.", "donnees")
    for name in document:
        if name not in FIELDS:
            raise Refusal("champ_inconnu", f"Le champ «\u00a0{name}\u00a0» n’existe pas.", name)
    if not document.get("liste"):
        raise Refusal("champ_manquant", "Dire sur quelle liste\u202f: l’identifiant du dispositif.", "liste")
    call = document.get("appel")
    if call is None:
        raise Refusal("champ_manquant", "Il faut l’appel, comme «\u00a0eligibilite\u00a0» le prend.", "appel")
    if not isinstance(call, dict):
        raise Refusal("valeur_invalide", "Un objet JSON est attendu.", "appel")
    consented = document.get("accord")
    if consented is not None and not isinstance(consented, bool):
        raise Refusal("valeur_invalide", "true, false ou null est attendu.", "accord")
    texts = {name: _text(document, name) for name in FIELDS - {"appel", "accord"}}
    return Asked(
        texts["liste"],
        call,
        texts["reference_appel"],
        texts["courriel"],
        bool(consented),
        texts["besoin"],
        texts["priorite"],
    )


def _text(document: Mapping[str, object], name: str) -> str:
    value = document.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Refusal("valeur_invalide", "Un texte est attendu.", name)
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        raise Refusal("valeur_invalide", "Un caractère de ce texte n’est pas de l’UTF-8.", name)
    return value


def person_of(call: Mapping[str, object], mail: str) -> Registered:
    """The patient of a call that was read without a refusal, called back at their number or the caller’s."""
    patient, caller = _part(call, "patient"), _part(call, "appelant")
    phone = str(patient.get("telephone") or caller.get("telephone") or "")
    return Registered(
        name=str(patient.get("nom_naissance") or "").strip(),
        first_names=str(patient.get("prenoms") or "").strip(),
        birth=_born(patient.get("date_naissance")),
        commune=str(patient.get("commune") or ""),
        phone=read_phone(phone).e164 or phone.strip(),
        mail=mail.strip(),
    )


def _part(call: Mapping[str, object], name: str) -> Mapping[str, object]:
    part = call.get(name)
    return part if isinstance(part, dict) else {}


def _born(value: object) -> str:
    """A birth as the window would have it typed: `02/05/1994`; a date that is less than a day as it is."""
    text = str(value or "")
    try:
        return f"{date.fromisoformat(text):%d/%m/%Y}" if len(text) == len("1994-05-02") else text
    except ValueError:
        return text


def list_document(dispositif: Dispositif, count: ListCount) -> Document:
    """A list, its rules, and how many are on it; nobody is named."""
    rules = dispositif.waiting_list or WaitingList(dispositif.source)
    return {
        "liste": dispositif.id,
        "nom": list_title(dispositif),
        "tenue_ici": rules.kept_here,
        "inscription_par": sorted(rules.registered_by),
        "ou": rules.where.text if rules.where is not None else None,
        "outil": tool_name(dispositif) or None,
        "page": page_of(dispositif) or None,
        "criteres": [one.text for one in rules.criteria],
        "duree_mois": rules.months,
        "seances_max": rules.sessions_at_most,
        "seances_semaine_max": rules.sessions_a_week_at_most,
        "priorites": list(rules.priorities),
        "a_inscrire": count.prepared,
        "en_attente": count.waiting,
        "expires": count.expired,
    }


def entry_document(entry: WaitingEntry, day: date) -> Document:
    """One person on a list, as it stands on a day."""
    person, registered = entry.person, entry.registered_at
    return {
        "id": entry.id,
        "liste": entry.dispositif,
        "etat": entry.state_on(day).value,
        "depuis": instant(entry.since),
        "jusqu_au": entry.ends_on.isoformat() if entry.ends_on is not None else None,
        "tenue_ici": entry.kept_here,
        "patient": {
            "nom_naissance": person.name,
            "prenoms": person.first_names or None,
            "date_naissance": person.birth or None,
            "commune": person.commune or None,
            "telephone": person.phone or None,
        },
        "courriel": person.mail or None,
        "besoin": entry.need or None,
        "priorite": entry.priority or None,
        "accord": instant(entry.consented_at) if entry.consented_at is not None else None,
        "inscrit_le": instant(registered) if registered is not None else None,
        "reference_appel": entry.call or None,
        "gestes": sorted(one.value for one in entry.moves_on(day)),
        "etapes": [
            {
                "geste": step.move.value,
                "a": instant(step.at),
                "poste": step.desk,
                "personne": step.person or None,
                "texte": step.text or None,
            }
            for step in entry.steps
        ],
    }
