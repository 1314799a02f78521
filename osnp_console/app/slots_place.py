"""What the place of the slots says while there is none: why, and which ways on the checklist offers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from osnp_console.app.open_call import OpenCall
from osnp_console.domain import facts
from osnp_console.domain.access import Access, Mode
from osnp_console.domain.natures import cpts_name, nature_name
from osnp_console.domain.phone import read_phone

NOTHING_TO_SEARCH_WITH = "Il manque la commune ou le motif pour chercher."
NOBODY_TAKES = "Aucun dispositif ne prend ce patient avec les réponses actuelles."
NO_AGENDA = "Aucun agenda n’est relié à ce poste."
EMERGENCY = "Urgence vitale : on ne cherche pas de créneau."

_DOES = {
    Mode.AGENDA: "se réserve dans son agenda",
    Mode.TRANSFER: "se joint par transfert",
    Mode.LINE: "se joint par téléphone",
    Mode.DIRECTION: "où envoyer le patient",
    Mode.REGISTRATION: "sur inscription",
    Mode.PRESCRIPTION: "sur ordonnance",
}


@dataclass(frozen=True, slots=True)
class WayOn:
    """A way to an eligible dispositif: whose, what one does, the number as shown, and its hours now.

    `for_patients` is False where the source forbids giving the number, None where it does not say.
    """

    dispositif: str
    name: str
    nature: str
    does: str
    phone: str | None
    open: bool | None
    for_patients: bool | None


@dataclass(frozen=True, slots=True)
class Emptiness:
    """The sentence of an empty column and the ways on under it, best first."""

    sentence: str
    ways: tuple[WayOn, ...] = ()


def emptiness(call: OpenCall, now: datetime) -> Emptiness:
    """Why no slot is shown for a call, and what can be done instead (interface, §5).

    The first way on that is a line gives its own sentence; an eligible dispositif without any number is
    named with what one does.
    """
    if call.call.truth(facts.VITAL_EMERGENCY):
        return Emptiness(EMERGENCY)
    if facts.RESIDENCE not in call.call.known and facts.REASON not in call.call.known:
        return Emptiness(NOTHING_TO_SEARCH_WITH)
    if all(row.unmet for row in call.checklist.rows):
        return Emptiness(NOBODY_TAKES)
    ways = tuple(_ways(call, now))
    line = next((way for way in ways if way.phone is not None), None)
    if line is not None:
        return Emptiness(f"{line.name} {line.does}, {line.phone}.", ways)
    return Emptiness(NO_AGENDA, ways)


def _ways(call: OpenCall, now: datetime) -> Iterable[WayOn]:
    found = []
    for row in call.checklist.rows:
        if row.unmet or row.unknown:
            continue
        answer = call.answer(row.dispositif, now)
        for way in (*((answer.access,) if answer.access is not None else ()), *answer.others):
            access = way.access
            if access is None:
                continue
            found.append(
                WayOn(
                    row.dispositif.id,
                    cpts_name(row.dispositif.cpts),
                    nature_name(row.dispositif.nature),
                    _does(access),
                    read_phone(access.phone.number).shown if access.phone is not None else None,
                    way.opening.open,
                    access.phone.for_patients if access.phone is not None else None,
                )
            )
    # A line that answers now, then one that may, then one that is closed; then what has no number.
    return sorted(found, key=lambda way: (way.phone is None, {True: 0, None: 1, False: 2}[way.open]))


def _does(access: Access) -> str:
    if access.mode in (Mode.TRANSFER, Mode.LINE) and access.name:
        return f"se joint par {access.name}"
    if access.mode is None:
        return access.name or "accès non précisé par la source"
    does = _DOES[access.mode]
    return f"{does} : {access.name}" if access.name else does
