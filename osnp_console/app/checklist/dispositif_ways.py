"""The lines of a dispositif's sheet that say how it is reached and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from osnp_console.app.checklist.dispositif_words import (
    ACT_NAMES,
    MODE_NAMES,
    PLACE_NAMES,
    REGIME_NAMES,
    STEP_NAMES,
    TOOL_NAMES,
    hours_words,
    minutes_words,
    role_names,
)
from osnp_console.app.checklist.opening_words import opening_words
from osnp_console.app.checklist.sheet_lines import NOT_SAID, SheetLine, french_spaces, labelled, listed
from osnp_console.app.waiting.rules import WHO, ListRule, list_rules
from osnp_console.domain.access import Access, Reception
from osnp_console.domain.dispositif import Notice, NurseVisit, SlotClocks
from osnp_console.domain.phone import read_phone
from osnp_console.domain.sources import Source
from osnp_console.domain.transfer.line import Told, Topic
from osnp_console.domain.waiting_list import WaitingList

_PRIORITIES = "priorites"
TOPIC_NAMES: Mapping[Topic, str] = {
    Topic.CALLER: "appelant",
    Topic.IDENTITY: "identité",
    Topic.RESIDENCE: "commune de résidence",
    Topic.PRESENT_PLACE: "lieu où se trouve le patient",
    Topic.REASON: "motif",
    Topic.ONSET: "date de début",
    Topic.PREGNANCY: "grossesse",
    Topic.REGULAR_DOCTOR: "médecin traitant",
    Topic.USUAL_PRACTITIONER: "praticien habituel",
    Topic.PRESCRIPTION: "ordonnance",
    Topic.TECHNICAL_PLATFORM: "plateau technique",
    Topic.TRAVEL: "déplacement possible",
    Topic.CALLBACK: "numéro de rappel",
}
"""What a list's tool asks for, in a word or two."""
_TO_PATIENTS: Mapping[bool | None, str] = {
    True: "à donner au patient",
    False: "à ne pas donner au patient",
    None: "donner ou non au patient\u202f: non précisé",
}


def access_title(access: Access) -> str:
    """The title of a way in: what the desk does to use it."""
    mode = MODE_NAMES[access.mode] if access.mode is not None else "Mode non précisé"
    return f"Accès\u202f: {mode[0].lower()}{mode[1:]}"


def access_lines(access: Access, moment: datetime) -> tuple[SheetLine, ...]:
    """One way in: for whom, by which line or tool, when, how, what to say, what follows."""
    lines = [SheetLine(role_names(access.roles), label="Pour", source=access.source)]
    if access.name:
        lines.append(SheetLine(access.name, label="Nom"))
    if access.phone is not None:
        given = _TO_PATIENTS[access.phone.for_patients]
        lines.append(SheetLine(read_phone(access.phone.number).shown, label="Téléphone", note=given))
    if access.phone is not None or access.hours is not None:
        said, *holidays = hours_words(access.hours)
        lines.append(SheetLine(said, label="Heures", note=" · ".join(holidays)))
    if access.hours is not None:
        lines.append(SheetLine(opening_words(access.opening(moment), moment), label="Maintenant"))
    lines.extend(
        labelled(
            ("Outil", TOOL_NAMES.get(access.tool, access.tool) if access.tool else None),
            ("Recherche", access.search_words),
            ("Compte", access.account),
        )
    )
    if access.steps:
        lines.append(
            SheetLine(" › ".join(STEP_NAMES.get(step, step) for step in access.steps), label="Étapes")
        )
    lines.extend(listed("À dire", access.to_say))
    lines.extend(listed("Ensuite", access.afterwards))
    return tuple(lines)


def reception_lines(reception: Reception, source: Source, moment: datetime) -> tuple[SheetLine, ...]:
    """Where and when patients are seen."""
    if reception.place is None and reception.hours is None:
        return ()
    lines = []
    if reception.place:
        lines.append(SheetLine(reception.place, label="Lieu", source=reception.source or source))
    said, *holidays = hours_words(reception.hours)
    lines.append(SheetLine(said, label="Heures", note=" · ".join(holidays)))
    if reception.hours is not None:
        lines.append(SheetLine(opening_words(reception.opening(moment), moment), label="Maintenant"))
    return tuple(lines)


def clock_lines(clocks: SlotClocks | None) -> tuple[SheetLine, ...]:
    """What the source says of the slots."""
    if clocks is None:
        return ()
    before = "{} avant l’heure".format
    pairs = (
        ("Fermeture", clocks.closing_minutes, lambda n: before(minutes_words(n))),
        ("Reprise", clocks.take_back_minutes, lambda n: before(minutes_words(n))),
        ("Ouverts sur", clocks.horizon_days, lambda n: f"{n} jour{'s' if n > 1 else ''}"),
        ("Durée", clocks.duration_minutes, minutes_words),
        ("Séances", clocks.sessions, str),
    )
    lines = [SheetLine(say(value), label=label) for label, value, say in pairs if value is not None]
    if clocks.closing_minutes is None and clocks.take_back_minutes is None:
        lines.append(
            SheetLine("aucune source ne donne de délai de fermeture ni de reprise", label="Fermeture")
        )
    if clocks.volume:
        lines.append(SheetLine(clocks.volume, label="Volume"))
    return (SheetLine(lines[0].text, lines[0].label, source=clocks.source), *lines[1:])


def notice_line(notice: Notice) -> SheetLine:
    """Who is told when a slot is booked."""
    who = "par tous" if notice.booked_by == "tous" else role_names((notice.booked_by,))
    told = {True: "prévenu", False: "n’est pas prévenu", None: NOT_SAID}
    text = f"médecin\u202f: {told[notice.doctor]} · patient\u202f: {told[notice.patient]}"
    return SheetLine(
        text, label=f"Réservé {who if who.startswith('par') else 'par ' + who}", source=notice.source
    )


def visit_lines(visit: NurseVisit | None) -> tuple[SheetLine, ...]:
    """A nurse dispositif’s regime, delay, places, acts and FINESS."""
    if visit is None:
        return ()
    places = ", ".join(PLACE_NAMES.get(place, place) for place in visit.places)
    return (
        SheetLine(REGIME_NAMES.get(visit.regime, visit.regime), label="Régime", source=visit.source),
        *labelled(
            ("Délai", f"{visit.delay_hours} h" if visit.delay_hours else "sans délai chiffré"),
            ("Où", places or NOT_SAID),
            ("À défaut", visit.then),
            ("Actes", None if visit.acts else NOT_SAID),
            ("FINESS", visit.finess or "Aucun FINESS connu pour ce dispositif."),
            ("Compte rendu", visit.report),
        ),
        *listed("Actes", (ACT_NAMES.get(act, act) for act in visit.acts)),
    )


def waiting_lines(waiting: WaitingList | None) -> tuple[SheetLine, ...]:
    """A waiting list’s rules, and what its tool asks for; the source stands beside the first it gives."""
    if waiting is None:
        return ()
    lines = [
        SheetLine(one.text, label=one.label, source=one.source if _is_first(one, waiting) else None)
        for one in list_rules(waiting)
        if one.key != _PRIORITIES
    ]
    lines.extend(listed("Priorités", waiting.priorities))
    asked = (_asked(one) for one in waiting.asks)
    lines.extend(listed("Demandé", (text for text in asked if text)))
    return tuple(lines)


def _is_first(rule: ListRule, waiting: WaitingList) -> bool:
    """Whether a line shows its source: the first of the list, and those that come from elsewhere."""
    return rule.key == WHO or rule.source != waiting.source


def _asked(told: Told) -> str:
    """One thing that the list's tool asks for: `motif (avec les informations médicales)`."""
    about = TOPIC_NAMES[told.topic] if told.topic is not None else ""
    if about and told.text:
        return french_spaces(f"{about} ({told.text})")
    return french_spaces(about or told.text or "")
