"""Reads the document of `ordonnance --donnees` (contract) into a content, refusing what it cannot mean.

A field that is absent or null is not known. An unknown field, or a value of another kind, is refused with
the field's path. What is well written and yet not valid is for `checks.faults`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from osnp_console.domain.call_reading import CallRefused
from osnp_console.domain.clock import in_paris
from osnp_console.domain.dates import PartialDate
from osnp_console.domain.identifiers import read_rpps
from osnp_console.domain.prescription.birth import read_birth_date
from osnp_console.domain.prescription.content import Content, OrderedAct, PatientIdentity, Prescriber

Json = Mapping[str, object]
_TOP = frozenset(
    {
        "dispositif", "finess", "prescripteur", "patient", "actes", "domicile", "dimanches_feries", "date",
        "reference_appel",
    }
)  # fmt: skip
_PRESCRIBER = frozenset({"nom", "prenom", "rpps", "qualite", "numero_am"})
_PATIENT = frozenset(
    {
        "nom_naissance", "nom_utilise", "prenoms", "sexe", "date_naissance", "adresse", "commune",
        "telephone",
    }
)  # fmt: skip
_ACT = frozenset({"code", "precision", "frequence", "duree"})
NOT_AN_OBJECT = "Un objet JSON est attendu."
NOT_A_TEXT = "Un texte est attendu."
NOT_A_TRUTH = "Une réponse par oui ou par non (true, false ou null) est attendue."
NOT_AN_INSTANT = "Un instant ISO 8601 est attendu, heure de Paris s’il est sans décalage."
FIRST_YEAR, LAST_YEAR = 2000, 2099
NOT_THIS_CENTURY = f"Une date de {FIRST_YEAR} à {LAST_YEAR} est attendue."
NOT_A_BIRTH = "Une date de naissance s’écrit 1950-05-02, 1950-05-00 ou 1950-00-00."
NOT_A_LIST = "Une liste d’actes est attendue."
UNKNOWN_FIELD = "Ce champ n’existe pas."
NO_DATE = "La date de l’ordonnance manque."


def read_content(document: object) -> Content:
    """The content of a document. Raises CallRefused with the contract's code and the field's path."""
    whole = _object(document, None, _TOP)
    prescriber = _group(whole, "prescripteur", _PRESCRIBER)
    return Content(
        dispositif=_text(whole, "dispositif", ""),
        finess=_text(whole, "finess", ""),
        prescriber=Prescriber(
            name=_text(prescriber, "nom", "prescripteur"),
            first_name=_text(prescriber, "prenom", "prescripteur"),
            rpps=_rpps(_text(prescriber, "rpps", "prescripteur")),
            quality=_text(prescriber, "qualite", "prescripteur"),
            am_number="".join(_text(prescriber, "numero_am", "prescripteur").split()),
        ),
        patient=_patient(_group(whole, "patient", _PATIENT)),
        acts=_acts(whole.get("actes")),
        written_at=_instant(whole.get("date")),
        at_home=_truth(whole.get("domicile"), "domicile"),
        sundays_and_holidays=_truth(whole.get("dimanches_feries"), "dimanches_feries") is True,
        call_reference=_text(whole, "reference_appel", ""),
    )


def _patient(patient: Json) -> PatientIdentity:
    return PatientIdentity(
        birth_name=_text(patient, "nom_naissance", "patient"),
        first_names=_text(patient, "prenoms", "patient"),
        birth=_birth(patient.get("date_naissance")),
        used_name=_text(patient, "nom_utilise", "patient"),
        sex=_text(patient, "sexe", "patient"),
        address=_text(patient, "adresse", "patient"),
        commune=_text(patient, "commune", "patient"),
        phone=_text(patient, "telephone", "patient"),
    )


def _acts(value: object) -> tuple[OrderedAct, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise CallRefused("valeur_invalide", NOT_A_LIST, "actes")
    acts = []
    for place, one in enumerate(value):
        path = f"actes.{place}"
        act = _object(one, path, _ACT)
        acts.append(
            OrderedAct(
                _text(act, "code", path),
                _text(act, "precision", path),
                _text(act, "frequence", path),
                _text(act, "duree", path),
            )
        )
    return tuple(acts)


def _rpps(typed: str) -> str:
    """Its eleven digits, without blanks nor the prefix of messages: one spelling is printed and encoded."""
    return read_rpps(typed).number or typed


def _group(whole: Json, name: str, known: frozenset[str]) -> Json:
    value = whole.get(name)
    return _object({} if value is None else value, name, known)


def _object(value: object, path: str | None, known: frozenset[str]) -> Json:
    if not isinstance(value, dict):
        raise CallRefused("valeur_invalide", NOT_AN_OBJECT, path)
    for name in value:
        if name not in known:
            raise CallRefused("champ_inconnu", UNKNOWN_FIELD, f"{path}.{name}" if path else str(name))
    return value


def _text(values: Json, name: str, path: str) -> str:
    value = values.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise CallRefused("valeur_invalide", NOT_A_TEXT, f"{path}.{name}" if path else name)
    return value.strip()


def _truth(value: object, field: str) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    raise CallRefused("valeur_invalide", NOT_A_TRUTH, field)


def _birth(value: object) -> PartialDate | None:
    if value is None or value == "":
        return None
    try:
        if isinstance(value, str):
            return read_birth_date(value)
    except ValueError:
        pass
    raise CallRefused("valeur_invalide", NOT_A_BIRTH, "patient.date_naissance")


def _instant(value: object) -> datetime:
    if value is None or value == "":
        raise CallRefused("champ_manquant", NO_DATE, "date")
    try:
        instant = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        instant = None
    if instant is None:
        raise CallRefused("valeur_invalide", NOT_AN_INSTANT, "date")
    if not FIRST_YEAR <= instant.year <= LAST_YEAR:
        # Beyond what calendars hold, an instant has no hour in Paris.
        raise CallRefused("valeur_invalide", NOT_THIS_CENTURY, "date")
    return in_paris(instant)
