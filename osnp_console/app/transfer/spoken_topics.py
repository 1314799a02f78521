"""What is read aloud to a line of each topic of a call, one fact a line; what is not known says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from osnp_console.app.calls.sheet_words import Knowledge
from osnp_console.app.checklist.sheet_lines import french_spaces
from osnp_console.app.transfer.spoken_line import (
    NOT_ASKED,
    NOT_KNOWN,
    Situation,
    SpokenLine,
    patient_noun,
    territory_of,
    unknown,
    unread,
    yes_no,
)
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call import AT_HOME, Call
from osnp_console.domain.call_sheet import CallSheet
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.commune import Commune
from osnp_console.domain.criteria.place import residence
from osnp_console.domain.criteria.usual_care import AVAILABLE, DECLARED, NONE, UNAVAILABLE
from osnp_console.domain.date_words import SHOWN_MONTHS
from osnp_console.domain.dates import PartialDate
from osnp_console.domain.phone import read_phone
from osnp_console.domain.states import State
from osnp_console.domain.transfer.line import Told, Topic
from osnp_console.domain.typed_dates import age_said, shown

__all__ = ["Situation", "SpokenLine", "lines_of"]

ON_TERRITORY, OFF_TERRITORY = "sur le territoire", "hors du territoire"


def lines_of(told: Told, situation: Situation, catalogue: Catalogue) -> Iterator[SpokenLine]:
    """The lines of one entry of what a line is told."""
    if told.topic is not None:
        yield from _TOPICS[told.topic](situation, catalogue)
    elif told.fact is not None:
        known = catalogue.facts.get(told.fact)
        label = french_spaces(known.question) if known is not None else told.fact
        yield yes_no(situation, told.fact, label)
    else:
        yield SpokenLine(told.text or "", "à dire de vive voix", Knowledge.NOT_ASKED)


def commune_words(commune: Commune) -> str:
    """`Pipriac, 35550`; the département of a commune that has several postal codes or none."""
    codes = commune.codes_postaux
    return f"{commune.nom}, {codes[0]}" if len(codes) == 1 else f"{commune.nom} ({commune.departement})"


def day_said(day: PartialDate) -> str:
    """`le 2 mai 1994`, `en mai 1994`, `en 1994`, `entre le … et le …`."""
    if day.first == day.last:
        return f"le {_day(day.first)}"
    if day == PartialDate.parse(f"{day.first:%Y}"):
        return f"en {day.first:%Y}"
    if day == PartialDate.parse(f"{day.first:%Y-%m}"):
        return f"en {SHOWN_MONTHS[day.first.month - 1]} {day.first.year}"
    return f"entre le {_day(day.first)} et le {_day(day.last)}"


def _day(day: date) -> str:
    return f"{'1er' if day.day == 1 else day.day} {SHOWN_MONTHS[day.month - 1]} {day.year}"


def _caller(situation: Situation, catalogue: Catalogue) -> Iterator[SpokenLine]:
    link = situation.sheet.text(fields.CALLER_LINK)
    himself = {"patiente": "la patiente elle-même", "patient": "le patient lui-même"}
    said = {
        "patient": himself.get(patient_noun(situation.call), "la personne elle-même"),
        "proche": "un proche",
        "professionnel": "un professionnel",
        "autre": "une autre personne",
    }
    if link:
        yield SpokenLine("Appelant", said.get(link, link))
    else:
        yield unknown(situation.sheet, fields.CALLER_LINK, "Appelant")


def _identity(situation: Situation, catalogue: Catalogue) -> Iterator[SpokenLine]:
    sheet, noun = situation.sheet, patient_noun(situation.call)
    label = noun.capitalize()
    surname, first = sheet.text(fields.BIRTH_NAME), sheet.text(fields.FIRST_NAMES)
    name = " ".join(part for part in (first, surname) if part)
    birth = _birth(situation)
    if name:
        yield SpokenLine(label, f"{name}, {birth}" if birth else name)
        for code, part, missing in (
            (fields.BIRTH_NAME, surname, "Nom"),
            (fields.FIRST_NAMES, first, "Prénom"),
        ):
            if not part:
                yield unknown(sheet, code, missing)
    else:
        yield unknown(sheet, fields.BIRTH_NAME, label)
        if birth:
            yield SpokenLine("Naissance", birth)
    if not birth:
        yield unread(sheet, facts.BIRTH, "Naissance")
    if facts.SEX not in sheet.values:
        yield unknown(sheet, facts.SEX, "Sexe")


def _birth(situation: Situation) -> str:
    """`née le 2 mai 1994, 32 ans`; the age alone where it is all that was given."""
    call = situation.call
    born, years = call.date(facts.BIRTH), call.number(facts.AGE)
    if born is not None and _is_a_range(born):
        return age_said(born, None, situation.day)
    age = age_said(born, years, situation.day)
    if born is None:
        return age
    agreed = {"patient": "né"}.get(patient_noun(call), "née")
    return f"{agreed} {day_said(born)}, {age}" if age else f"{agreed} {day_said(born)}"


def _is_a_range(day: PartialDate) -> bool:
    """Whether a date comes from an age in months or weeks, which is what was said."""
    return shown(day).startswith("du ")


def _residence(situation: Situation, catalogue: Catalogue) -> Iterator[SpokenLine]:
    home, where = residence(situation.call), territory_of(situation)
    belongs = {State.MET: ON_TERRITORY, State.UNMET: OFF_TERRITORY}.get(where, "")
    if home is not None:
        said = commune_words(home)
        yield SpokenLine("Habite à", f"{said} · {belongs}" if belongs else said)
        return
    yield unknown(situation.sheet, facts.RESIDENCE, "Habite à")
    if belongs:
        yield SpokenLine("Territoire", belongs)


def _present_place(situation: Situation, catalogue: Catalogue) -> Iterator[SpokenLine]:
    place = situation.call.known.get(facts.PRESENT_PLACE)
    if place == AT_HOME:
        yield SpokenLine("Se trouve", "à son domicile")
    elif isinstance(place, Commune):
        yield SpokenLine("Se trouve", commune_words(place))
    elif situation.sheet.text(facts.PRESENT_PLACE) == fields.ELSEWHERE:
        code = facts.PRESENT_PLACE
        pending = situation.sheet.pending.get(code)
        typed = f"\u202f: «\u202f{pending}\u202f» (non choisi)" if pending else ", commune à préciser"
        yield SpokenLine("Se trouve", f"ailleurs{typed}", Knowledge.PENDING, code)
    else:
        yield unknown(situation.sheet, facts.PRESENT_PLACE, "Se trouve")


def _reason(situation: Situation, catalogue: Catalogue) -> Iterator[SpokenLine]:
    code = situation.call.text(facts.REASON)
    delay = delay_words(situation.sheet, situation.call)
    if code is not None:
        said = catalogue.reasons.get(code, code)
        yield SpokenLine("Motif", f"{said}, {delay}" if delay else said)
    else:
        yield unknown(situation.sheet, facts.REASON, "Motif")
        if delay:
            yield SpokenLine("Délai", delay)
    if not delay:
        yield unknown(situation.sheet, facts.DELAY, "Délai")


def delay_words(sheet: CallSheet, call: Call) -> str:
    """`à voir sous 24 h`, `à voir sous 5 jours`, `peut attendre plus de 72 h`; empty while not known."""
    if sheet.values.get(facts.DELAY) == fields.LATER:
        days = sheet.text(fields.DELAY_DAYS)
        return f"à voir sous {days} jours" if days else "peut attendre plus de 72 h"
    hours = call.number(facts.DELAY)
    return f"à voir sous {hours} h" if hours is not None else ""


def _onset(situation: Situation, catalogue: Catalogue) -> Iterator[SpokenLine]:
    began = situation.call.date(facts.ONSET)
    if began is None:
        yield unread(situation.sheet, facts.ONSET, "Début")
    else:
        yield SpokenLine("Début", day_said(began))


def _pregnancy(situation: Situation, catalogue: Catalogue) -> Iterator[SpokenLine]:
    if situation.call.text(facts.SEX) != "M" or facts.PREGNANT in situation.call.known:
        yield yes_no(situation, facts.PREGNANT, "Enceinte")


def _doctor(situation: Situation, catalogue: Catalogue) -> Iterator[SpokenLine]:
    called = _called(
        situation, fields.DOCTOR_CALLED, "son cabinet a été appelé", "son cabinet n’a pas été appelé"
    )
    yield from _usual_care(situation, facts.REGULAR_DOCTOR, "Médecin traitant", called)


def _practitioner(situation: Situation, catalogue: Catalogue) -> Iterator[SpokenLine]:
    called = _called(situation, facts.USUAL_CONTACTED, "a été appelé", "n’a pas été appelé")
    yield from _usual_care(situation, facts.USUAL_PRACTITIONER, "Praticien habituel", called)


def _called(situation: Situation, code: str, yes: str, no: str) -> SpokenLine:
    answer = situation.sheet.values.get(code)
    if isinstance(answer, bool):
        return SpokenLine("Appelé", yes if answer else no)
    return unknown(situation.sheet, code, "Appelé")


def _usual_care(situation: Situation, code: str, label: str, called: SpokenLine) -> Iterator[SpokenLine]:
    status = situation.call.text(code)
    if status is None:
        yield unknown(situation.sheet, code, label)
        return
    said = {NONE: "aucun", DECLARED: "en a un", AVAILABLE: "disponible", UNAVAILABLE: "indisponible"}[status]
    has_one = status in (DECLARED, UNAVAILABLE)
    yield SpokenLine(label, f"{said}, {called.text}" if has_one and called.is_known else said)
    if status == DECLARED:
        in_vain = fields.AVAILABILITY[code] in situation.sheet.asked
        knowledge = Knowledge.ASKED if in_vain else Knowledge.NOT_ASKED
        yield SpokenLine(
            "Disponible", NOT_KNOWN if in_vain else NOT_ASKED, knowledge, "" if in_vain else code
        )
    if has_one and not called.is_known:
        yield called


def _prescription(situation: Situation, catalogue: Catalogue) -> Iterator[SpokenLine]:
    yield yes_no(situation, facts.PRESCRIPTION, "Ordonnance", "en a une", "n’en a pas")


def _platform(situation: Situation, catalogue: Catalogue) -> Iterator[SpokenLine]:
    yield yes_no(situation, facts.TECHNICAL_PLATFORM, "Plateau technique", "en relève", "n’en relève pas")


def _travel(situation: Situation, catalogue: Catalogue) -> Iterator[SpokenLine]:
    yield yes_no(
        situation, facts.CAN_TRAVEL, "Déplacement", "peut venir au cabinet", "ne peut pas venir au cabinet"
    )


def _callback(situation: Situation, catalogue: Catalogue) -> Iterator[SpokenLine]:
    sheet = situation.sheet
    caller, own = (read_phone(sheet.text(one)) for one in (fields.CALLER_PHONE, fields.PATIENT_PHONE))
    numbers = list(dict.fromkeys(number.shown for number in (caller, own) if number.shown))
    if not numbers:
        yield unknown(sheet, fields.CALLER_PHONE, "Rappeler au")
        return
    second = f", ou {numbers[1]}" if len(numbers) > 1 else ""
    yield SpokenLine("Rappeler au", numbers[0] + second)


_TOPICS: Mapping[Topic, Callable[[Situation, Catalogue], Iterator[SpokenLine]]] = {
    Topic.CALLER: _caller,
    Topic.IDENTITY: _identity,
    Topic.RESIDENCE: _residence,
    Topic.PRESENT_PLACE: _present_place,
    Topic.REASON: _reason,
    Topic.ONSET: _onset,
    Topic.PREGNANCY: _pregnancy,
    Topic.REGULAR_DOCTOR: _doctor,
    Topic.USUAL_PRACTITIONER: _practitioner,
    Topic.PRESCRIPTION: _prescription,
    Topic.TECHNICAL_PLATFORM: _platform,
    Topic.TRAVEL: _travel,
    Topic.CALLBACK: _callback,
}
