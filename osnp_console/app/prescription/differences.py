"""What two desks wrote otherwise in one draft, in words: whoever chooses reads the other's first."""

from __future__ import annotations

from collections.abc import Mapping

from osnp_console.domain.prescription.canonical import document_of
from osnp_console.domain.prescription.content import ACTS, Content, OrderedAct

_NAMES: Mapping[str, str] = {
    "dispositif": "dispositif",
    "prescripteur.nom": "médecin",
    "prescripteur.prenom": "prénom du médecin",
    "prescripteur.rpps": "RPPS",
    "prescripteur.qualite": "qualité",
    "patient.nom_naissance": "nom de naissance",
    "patient.nom_utilise": "nom utilisé",
    "patient.prenoms": "prénoms",
    "patient.sexe": "sexe",
    "patient.date_naissance": "né(e) le",
    "patient.adresse": "adresse",
    "patient.commune": "commune",
    "patient.telephone": "téléphone",
    "actes": "actes",
    "domicile": "à domicile",
    "dimanches_feries": "dimanches et jours fériés",
}
MOST = 3


def difference_words(mine: Content, theirs: Content) -> str:
    """`Chez l’autre : adresse « 3 place du Marché »`; empty where they say the same."""
    ours, others = _flat(mine), _flat(theirs)
    differing = [path for path in _NAMES if ours[path] != others[path]]
    told = [f"{_NAMES[path]} {_quoted(others[path])}" for path in differing]
    if not told:
        return ""
    rest = f", et {len(told) - MOST} de plus" if len(told) > MOST else ""
    return f"Chez l’autre\u202f: {', '.join(told[:MOST])}{rest}."


def _flat(content: Content) -> dict[str, str]:
    document = document_of(content)
    found = {}
    for path in _NAMES:
        value: object = document
        for part in path.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
        found[path] = _said(value)
    found["actes"] = ", ".join(map(_act, content.acts))
    return found


def _quoted(text: str) -> str:
    return f"«\u202f{text}\u202f»" if text else "vide"


def _act(act: OrderedAct) -> str:
    told = (act.detail or ACTS.get(act.code, act.code), act.frequency, act.duration)
    return " ".join(part for part in told if part)


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(value) if value is not None else ""
