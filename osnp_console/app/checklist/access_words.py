"""How a dispositif is reached, in a few French words, and whether anybody answers now."""

from __future__ import annotations

from datetime import datetime

from osnp_console.app.checklist.check_eligibility import Answer
from osnp_console.app.checklist.dispositif_words import TOOL_NAMES
from osnp_console.app.checklist.opening_words import NOT_GIVEN, opening_words
from osnp_console.domain.access import Access, Mode
from osnp_console.domain.hours import NOT_SAID, Opening

NO_WAY_GIVEN = "Accès non précisé pour ce poste"
NOT_FOR_PATIENTS = "à ne pas donner au patient"

_BEGINNINGS = {
    Mode.AGENDA: "Agenda",
    Mode.TRANSFER: "Transfert à",
    Mode.LINE: "Ligne",
    Mode.DIRECTION: "Orientation",
    Mode.REGISTRATION: "Inscription",
    Mode.PRESCRIPTION: "Ordonnance d’abord",
}


def shown_phone(number: str) -> str:
    """`+33230303434` as `02 30 30 34 34`, `116117` as `116 117`; anything else as it is."""
    if number.startswith("+33") and len(number) == 12:
        national = f"0{number.removeprefix('+33')}"
        return " ".join(national[start : start + 2] for start in range(0, 10, 2))
    return f"{number[:3]} {number[3:]}" if len(number) == 6 and number.isdecimal() else number


def way_words(access: Access | None) -> str:
    """The way in on a row: `Transfert à AccèsS`, `Agenda CPTS RDV`, `Ligne 02 47 45 64 91`."""
    if access is None:
        return NO_WAY_GIVEN
    tool = TOOL_NAMES.get(access.tool or "", access.tool or "")
    phone = shown_phone(access.phone.number) if access.phone is not None else ""
    match access.mode:
        case Mode.AGENDA:
            return f"Agenda {tool}" if tool else _agenda(access.name)
        case Mode.TRANSFER:
            return f"Transfert à {access.name or 'la ligne'}"
        case Mode.LINE:
            return f"Ligne {phone}" if phone else access.name or "Ligne"
        case Mode.PRESCRIPTION:
            return _BEGINNINGS[Mode.PRESCRIPTION]
        case Mode.DIRECTION | Mode.REGISTRATION as mode:
            about = access.name or tool
            return f"{_BEGINNINGS[mode]} · {about}" if about else _BEGINNINGS[mode]
    return access.name or phone or tool or NO_WAY_GIVEN


def _agenda(name: str | None) -> str:
    if not name:
        return "Agenda"
    return name if name.startswith("Agenda") else f"Agenda · {name}"


def way_title(access: Access | None) -> str:
    """The way in at the top of the detail: its own name and its number."""
    if access is None:
        return NO_WAY_GIVEN
    phone = shown_phone(access.phone.number) if access.phone is not None else ""
    name = access.name or way_words(access)
    return f"{name} {phone}" if phone and phone not in name else name


def serving(answer: Answer) -> Opening:
    """What decides whether it can serve now: the way in, else where patients are seen."""
    access = answer.access.opening if answer.access is not None else NOT_SAID
    if access.open is not None or answer.reception is None:
        return access
    return answer.reception[1]


def state_words(answer: Answer, now: datetime) -> str:
    """The state of opening on a row; way in and reception are both named where they differ."""
    access = answer.access.opening if answer.access is not None else NOT_SAID
    reception = answer.reception[1] if answer.reception is not None else NOT_SAID
    if access.open is None and reception.open is None:
        return NOT_GIVEN
    if reception.open is None or access == reception:
        return opening_words(access, now)
    seen = opening_words(reception, now)
    if access.open is None:
        return f"accueil {seen}"
    return f"accès {opening_words(access, now)} · accueil {seen}"
