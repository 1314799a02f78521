"""A prescription's data in the one spelling that is hashed: what the DataMatrix vouches for."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from datetime import UTC

from osnp_console.domain.prescription.birth import birth_text
from osnp_console.domain.prescription.content import Content


def document_of(content: Content) -> dict[str, object]:
    """The content as the contract's document (`ordonnance --donnees`): read again, it is the same content."""
    prescriber, patient = content.prescriber, content.patient
    return {
        "dispositif": content.dispositif,
        "finess": content.finess or None,
        "prescripteur": {
            "nom": prescriber.name,
            "prenom": prescriber.first_name or None,
            "rpps": prescriber.rpps or None,
            "qualite": prescriber.quality or None,
            **({"numero_am": prescriber.am_number} if prescriber.am_number else {}),
        },
        "patient": {
            "nom_naissance": patient.birth_name,
            "nom_utilise": patient.used_name or None,
            "prenoms": patient.first_names,
            "sexe": patient.sex or None,
            "date_naissance": birth_text(patient.birth) if patient.birth is not None else None,
            "adresse": patient.address or None,
            "commune": patient.commune or None,
            "telephone": patient.phone or None,
        },
        "actes": [
            {
                "code": act.code,
                "precision": act.detail or None,
                "frequence": act.frequency or None,
                "duree": act.duration or None,
            }
            for act in content.acts
        ],
        "domicile": content.at_home,
        "dimanches_feries": content.sundays_and_holidays,
        "date": content.written_at.isoformat(),
        "reference_appel": content.call_reference or None,
    }


def canonical(content: Content, number: str = "") -> bytes:
    """The data with their number in one spelling: keys in order, composed letters (NFC), UTC."""
    document = document_of(content)
    document["date"] = content.written_at.astimezone(UTC).isoformat(timespec="seconds")
    document["numero"] = number or None
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return unicodedata.normalize("NFC", text).encode()


def fingerprint(content: Content, number: str = "") -> str:
    """`sha256:` and the hash of the canonical data."""
    return f"sha256:{hashlib.sha256(canonical(content, number)).hexdigest()}"


def datamatrix_text(content: Content, number: str = "") -> str:
    """What the DataMatrix carries (contract, `ordonnance`): the number, and the hash of the canonical data.

    It holds nothing about anybody: it is read again to find the prescription and to see that it is unchanged.
    """
    return f"OSNP1|{number or 'PROJET'}|{fingerprint(content, number).removeprefix('sha256:')}"


def read_datamatrix(text: str) -> tuple[str, str] | None:
    """The number and the hash of a scanned DataMatrix; None for another code. A draft's number is empty."""
    parts = text.strip().split("|")
    if len(parts) != 3 or parts[0] != "OSNP1":
        return None
    return ("" if parts[1] == "PROJET" else parts[1]), f"sha256:{parts[2]}"
