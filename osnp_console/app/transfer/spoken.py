"""What is read aloud to a line, what the line records, and what it tells the patient."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from osnp_console.app.checklist.criterion_words import refers
from osnp_console.app.checklist.sheet_lines import french_spaces
from osnp_console.app.slots.words import long_day
from osnp_console.app.transfer.spoken_line import Situation, SpokenLine, patient_noun, territory_of
from osnp_console.app.transfer.spoken_topics import lines_of
from osnp_console.domain import facts
from osnp_console.domain.call import Call
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.clock import in_paris
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.slots.slot import Slot
from osnp_console.domain.states import State
from osnp_console.domain.transfer.line import Line, Said, Topic
from osnp_console.domain.transfer.transfer import Transfer

__all__ = [
    "NO_RECORD",
    "Record",
    "Reminder",
    "Situation",
    "Spoken",
    "SpokenLine",
    "explanation",
    "patient_noun",
    "registration",
    "spoken",
    "spoken_text",
]

_OF_A_CPTS = "CPTS "
_ARTICLES = ("du ", "de la ", "de l’", "de l'", "des ", "de ", "d’", "d'")
_NEEDS = {
    "medecine_generale": "un créneau de soins non programmés",
    "centre_snp": "un créneau de soins non programmés",
    "kinesitherapie": "des soins non programmés de kinésithérapie",
    "orthophonie": "des soins non programmés d’orthophonie",
    "dentaire": "des soins dentaires non programmés",
    "infirmier": "des soins infirmiers non programmés",
}
"""What is asked of a line, by the nature of its dispositif."""
_OF_DOCTORS = frozenset({"medecine_generale", "centre_snp", "teleconsultation"})
_ANY_NEED = "des soins non programmés"


@dataclass(frozen=True, slots=True)
class Reminder:
    """What a line is reminded of, and where that is read: `S5 p. 14`, `convention`."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """The whole reading: the sentence it opens with, one fact a line, what to remind the line of."""

    opening: str
    lines: tuple[SpokenLine, ...]
    reminders: tuple[Reminder, ...] = ()

    @property
    def to_ask(self) -> tuple[str, ...]:
        """The fields that the line needs and that were not asked yet, in its order."""
        return tuple(dict.fromkeys(line.ask for line in self.lines if line.ask))


@dataclass(frozen=True, slots=True)
class Record:
    """What a line records of the patient: the tag of the file (may be empty), and the reason."""

    tag: str
    reason: str


NO_RECORD = Record("", "")


def spoken(situation: Situation, line: Line, sas: str | None, catalogue: Catalogue) -> Spoken:
    """The reading for a line: only what it needs, in the order in which it asks.

    `sas` is the département of the desk's SAS; a desk that has none says none.
    """
    lines: list[SpokenLine] = []
    for told in line.to_tell:
        found = list(lines_of(told, situation, catalogue))
        if found and told.topic is Topic.REASON:
            found[0] = _with_mention(found[0], line, sas)
        if found and told.text and (told.topic is not None or told.fact is not None):
            found[0] = replace(found[0], precision=told.text)
        lines += found
    reminders = tuple(Reminder(french_spaces(one.text), refers(one.source)) for one in line.to_remind)
    return Spoken(_opening(situation, sas), tuple(lines), reminders)


def spoken_text(reading: Spoken) -> str:
    """The reading as plain text, to be pasted: a fact a line, what is not known said as such."""
    lines = [reading.opening, ""]
    for one in reading.lines:
        label = f"{one.label} ({one.precision})" if one.precision else one.label
        lines.append(f"{label}\u202f: {one.text}")
    if reading.reminders:
        lines += ["", "À rappeler\u202f:"]
        lines += [f"- {one.text} ({one.source})" for one in reading.reminders]
    return "\n".join(lines)


def registration(line: Line, call: Call, transfer: Transfer | None, catalogue: Catalogue) -> Record:
    """The tag and the reason to record: `SAS`, « SAS 35 – cystite ».

    Neither tag nor mention for whoever does not come from a SAS: a direct call (`transfer` None), or one
    announced by a desk that belongs to none. An unannounced patient was sent by a SAS, known or not.
    """
    code = call.text(facts.REASON)
    reason = catalogue.reasons.get(code, code) if code is not None else ""
    if transfer is None or line.tag is None or (transfer.announced and not transfer.sas):
        return Record("", reason)
    label = line.tag.label or ""
    if not reason:
        mention = line.tag.mention or ""
        return Record(label, f"{mention} {transfer.sas}".strip() if mention else "")
    return Record(label, line.tag.reason(reason, transfer.sas or None))


def explanation(
    line: Line, slot: Slot | None, now: datetime, nature: str = "medecine_generale"
) -> tuple[Reminder, ...]:
    """What the line tells the patient, ready to be read: where and when, then what its source has it explain.

    The first sentence is there once a slot is chosen; what the appointment is, and is not, is a convention
    of the console. `nature` is that of the line's dispositif.
    """
    said = [Reminder(_appointment(slot, now), "convention")] if slot is not None else []
    if line.explains is not None:
        said.append(_reminder(line.explains))
    said.append(Reminder(_what_it_is(slot, nature), "convention"))
    return tuple(said)


def _what_it_is(slot: Slot | None, nature: str) -> str:
    usual = "médecin traitant" if nature in _OF_DOCTORS else "praticien habituel"
    bring = "" if slot is not None and slot.is_remote else " Venez avec votre carte Vitale."
    return french_spaces(
        "C’est un rendez-vous de soins non programmés : il répond au problème d’aujourd’hui et ne remplace "
        f"pas votre {usual}.{bring}"
    )


def _reminder(said: Said) -> Reminder:
    return Reminder(french_spaces(said.text), refers(said.source))


def _appointment(slot: Slot, now: datetime) -> str:
    """`Je vous inscris aujourd’hui à 10 h 45 au cabinet du Dr Anne Bréhault, à Redon.`."""
    start = in_paris(slot.start)
    day = long_day(slot.start, now)
    on = day if day in ("aujourd’hui", "demain") else f"le {day}"
    hour = f"{start.hour} h {start:%M}" if start.minute else f"{start.hour} h"
    by_name, place = slot.practitioner.name, slot.place.name
    seen = f", avec {by_name}" if by_name else (f", {place}" if place else "")
    town = f", à {slot.place.city}" if slot.place.city else ""
    how = " en téléconsultation" if slot.is_remote else ""
    return f"Je vous inscris {on} à {hour}{how}{seen}{town if not slot.is_remote else ''}."


def _with_mention(said: SpokenLine, line: Line, sas: str | None) -> SpokenLine:
    """The line that a mention goes with says so, where it is for a SAS to give it."""
    mention = line.tag.mention if line.tag is not None else None
    if not mention or not sas or not said.is_known:
        return said
    return replace(said, text=f"{said.text} · «\u202f{mention}\u202f» à noter avec le motif")


def _opening(situation: Situation, sas: str | None) -> str:
    dispositif = situation.judgement.dispositif
    noun = patient_noun(situation.call)
    who = f"{'un' if noun == 'patient' else 'une'} {noun}"
    origin = _of(dispositif.cpts) if territory_of(situation) is State.MET else ""
    desk = f"SAS {sas}, " if sas else ""
    said = f"Bonjour, {desk}je vous présente {who}{origin} pour {_need(dispositif)}."
    return f"«\u202f{said}\u202f»"


def _need(dispositif: Dispositif) -> str:
    return _NEEDS.get(dispositif.nature, _ANY_NEED)


def _of(cpts: str) -> str:
    """` du Pays de Redon`, ` de la CPTS Ouest Loiret`: whose patient it is, within a sentence.

    Empty for a territory that is no CPTS's.
    """
    if not cpts.startswith(_OF_A_CPTS):
        return ""
    name = cpts.removeprefix(_OF_A_CPTS)
    if name.startswith(_ARTICLES):
        return f" {name}".replace("'", "’")
    return f" du {name}" if name.startswith("Pays ") else f" de la {cpts}"
