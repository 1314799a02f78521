"""The sending side of a transfer as it is shown, read from the call, the transfer and the catalogue."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.checklist.access_words import shown_phone
from osnp_console.app.checklist.arrangement import Arrangement
from osnp_console.app.checklist.check_eligibility import Answer
from osnp_console.app.checklist.dispositif_words import dispositif_title
from osnp_console.app.checklist.opening_words import opening_words
from osnp_console.app.slots.words import Names
from osnp_console.app.transfer import panel_words as words
from osnp_console.app.transfer.line_choice import LineChoice
from osnp_console.app.transfer.next_ways import NextWay, next_ways
from osnp_console.app.transfer.panel_clocks import ClockShown, line_clock, patient_clock
from osnp_console.app.transfer.panel_words import OtherMove, UsualAct
from osnp_console.app.transfer.spoken import Situation, Spoken, patient_noun, spoken
from osnp_console.app.transfer.stepper import StepShown, StepState, steps_shown
from osnp_console.domain.access import Access
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.clock import in_paris
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.hours import Opening
from osnp_console.domain.slots.ranking import RankedSlot
from osnp_console.domain.transfer.line import Line
from osnp_console.domain.transfer.moves import TransferMove, TransferState, steps_of
from osnp_console.domain.transfer.steps import STEP_NAMES
from osnp_console.domain.transfer.transfer import Conditions, LineCalled, Transfer

CLOSES_SOON = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Header:
    """The line, its dispositif, how its conditions stand (`why` is them in words), its hours now."""

    title: str
    dispositif: str
    conditions: str
    are_met: bool
    why: tuple[str, ...] = ()
    hours: str = ""
    hours_matter: bool = False


@dataclass(frozen=True, slots=True)
class Footer:
    """The question of the moment, and what each key does; an empty label is a button that is not there.

    `usual_reason` says why the usual button cannot be used. `asks_slot` and `asks_why` are the one-line
    fields there are.
    """

    question: str = ""
    usual: str = ""
    usual_reason: str = ""
    other: str = ""
    others: tuple[OtherMove, ...] = ()
    may_cancel: bool = False
    asks_slot: bool = False
    asks_why: bool = False


@dataclass(frozen=True, slots=True)
class NumberShown:
    """The line's name and its number as shown, empty where no source gives one; why it is not dialled now."""

    name: str
    number: str
    dial: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PanelShown:
    """Everything on the panel but what time alone changes.

    `message` says what went otherwise than hoped, `news` what is good to know. `line` is the catalogue's;
    `is_on_line` while somebody of it is on the phone.
    """

    header: Header
    steps: tuple[StepShown, ...]
    reading: Spoken
    line: Line
    number: NumberShown
    clocks: tuple[ClockShown, ...]
    tries: str
    patient: str
    patient_button: str
    ways: tuple[NextWay, ...]
    ways_title: str
    footer: Footer
    is_on_line: bool = False
    message: str = ""
    news: str = ""
    announced: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """What the panel reads beside the call and its transfer.

    `slot` is the board's best free one; `arrangement` the checklist's order; `late` what became of an act
    that was not done, `resumed` whether the transfer was found again after a stop.
    """

    catalogue: Catalogue
    arrangement: Arrangement
    names: Names
    now: datetime
    slot: RankedSlot | None = None
    late: str = ""
    resumed: bool = False
    anew: LineChoice | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    """A line found in the catalogue: nothing of it where the catalogue has it no more."""

    called: LineCalled
    dispositif: Dispositif | None
    access: Access | None = None
    line: Line = field(default_factory=Line)


def transfer_shown(call: OpenCall, transfer: Transfer, around: Around) -> PanelShown:
    """The panel of a transfer that was prepared."""
    found, patient = _find(transfer.line, around.catalogue), patient_noun(call.call)
    is_with_line = transfer.state in (TransferState.HANDED_OVER, TransferState.REGISTERED)
    ways = () if is_with_line else _ways(call, found.called, around)
    is_over = transfer.is_settled and transfer.state is not TransferState.REGISTERED
    return PanelShown(
        header=_header(found, transfer.conditions, around.now),
        steps=steps_shown(transfer),
        reading=_reading(call, found, around),
        line=found.line,
        number=_number(found.called, transfer),
        clocks=(*line_clock(transfer), patient_clock(transfer, call.record, patient)),
        tries=words.tries_words(transfer),
        patient=patient,
        patient_button=_patient_button(transfer, patient),
        ways=ways,
        ways_title="Autres solutions"
        if is_over
        else f"Si {words.called(found.called.name)} n’a rien ou refuse",
        footer=_footer(transfer, patient, around),
        is_on_line=transfer.is_on_the_line,
        message=around.late or words.outcome_sentence(transfer, around.slot, ways),
        news=words.registered_sentence(transfer, patient)
        or (words.resumed_words(transfer) if around.resumed else ""),
        announced=words.announced_words(transfer, patient),
    )


def asked_shown(call: OpenCall, choice: LineChoice, around: Around) -> PanelShown:
    """The panel of a transfer that is not prepared yet: going on needs a reason, which the footer asks."""
    found, patient = _find(choice.line, around.catalogue), patient_noun(call.call)
    conditions = choice.conditions(around.now)
    steps = steps_of(choice.line.steps)
    first, *others = (StepShown(STEP_NAMES[step], StepState.TO_COME) for step in steps)
    return PanelShown(
        header=_header(found, conditions, around.now),
        steps=(StepShown(first.name, StepState.NOW, "à décider"), *others),
        reading=_reading(call, found, around),
        line=found.line,
        number=NumberShown(found.called.name, shown_phone(found.called.number), "Appeler", words.WHY_MISSING),
        clocks=(patient_clock(None, call.record, patient),),
        tries="",
        patient=patient,
        patient_button="",
        ways=_ways(call, found.called, around),
        ways_title="Autres solutions",
        footer=Footer(
            usual="Continuer malgré tout" if conditions.asks_why else "Préparer le transfert",
            asks_why=conditions.asks_why,
        ),
        message=_why_not_at_once(conditions),
        announced=words.conditions_words(conditions),
    )


def _find(called: LineCalled, catalogue: Catalogue) -> _Line:
    dispositif = next((one for one in catalogue.dispositifs if one.id == called.dispositif), None)
    accesses = dispositif.accesses if dispositif is not None else ()
    access = accesses[called.access] if called.access < len(accesses) else None
    if access is None or access.line is None:
        return _Line(called, dispositif)
    return _Line(called, dispositif, access, access.line)


def _header(found: _Line, conditions: Conditions, now: datetime) -> Header:
    opening = found.access.opening(now) if found.access is not None else Opening(None)
    closes_at = opening.closes_at
    soon = closes_at is not None and closes_at - in_paris(now) <= CLOSES_SOON
    why = [*(f"Non réunie\u202f: {one}" for one in conditions.unmet)]
    why += [f"À vérifier\u202f: {one}" for one in conditions.to_check]
    why += [f"Motif pour continuer\u202f: {conditions.reason}"] if conditions.reason else []
    own = found.dispositif
    return Header(
        title=f"Transfert à {found.called.name}",
        dispositif=dispositif_title(own.cpts, own.nature) if own is not None else found.called.dispositif,
        conditions=words.conditions_words(conditions),
        are_met=not conditions.unmet and not conditions.to_check,
        why=tuple(why),
        hours=_hours_words(opening, now),
        hours_matter=opening.open is False or soon,
    )


def _hours_words(opening: Opening, now: datetime) -> str:
    """`ligne ouverte jusqu’à 19:00`, `ligne fermée · ouvre demain à 8:00`, `ferme dans 14 min`."""
    said = opening_words(opening, in_paris(now))
    if said.startswith("ouvert"):
        return f"ligne ouverte{said.removeprefix('ouvert')}"
    return f"ligne fermée{said.removeprefix('fermé')}" if said.startswith("fermé") else said


def _reading(call: OpenCall, found: _Line, around: Around) -> Spoken:
    if found.dispositif is None:
        return Spoken("", ())
    judgement = call.answer(found.dispositif, around.now).judgement
    situation = Situation(call.record.sheet, call.call, judgement, in_paris(around.now).date())
    return spoken(situation, found.line, call.desk.sas, around.catalogue)


def _number(called: LineCalled, transfer: Transfer) -> NumberShown:
    again = any(one.move is TransferMove.DIAL for one in transfer.history)
    reason = f"Le transfert à {called.name} est terminé." if transfer.is_settled else ""
    return NumberShown(called.name, shown_phone(called.number), "Rappeler" if again else "Appeler", reason)


def _patient_button(transfer: Transfer, patient: str) -> str:
    if transfer.is_settled or transfer.state is TransferState.HANDED_OVER:
        return ""
    who = words.the(patient)
    said = "est de nouveau en ligne" if transfer.patient_left_at is not None else "a raccroché"
    return f"{who[:1].upper()}{who[1:]} {said}"


def _ways(call: OpenCall, called: LineCalled, around: Around) -> tuple[NextWay, ...]:
    def judge(dispositif: Dispositif) -> Answer:
        return call.answer(dispositif, around.now)

    return next_ways(
        called, around.slot, around.arrangement, judge, around.names, call.desk.role, in_paris(around.now)
    )


def _footer(transfer: Transfer, patient: str, around: Around) -> Footer:
    is_anew = words.usual_act(transfer) is UsualAct.ANEW
    usual = words.usual_words(transfer, patient)
    if is_anew and around.anew is not None:
        usual = f"Transférer à {words.called(around.anew.line.name)}"
    return Footer(
        question=words.question_words(transfer, patient),
        usual=usual,
        other=words.other_words(transfer),
        others=words.other_moves(transfer, patient),
        may_cancel=transfer.may(TransferMove.CANCEL),
        asks_slot=words.asks_slot(transfer),
    )


def _why_not_at_once(conditions: Conditions) -> str:
    """`Condition non réunie : Besoin sous 48 h · À voir sous 72 h.`, and that the line is closed."""
    unmet = conditions.unmet
    told = "\u202f; ".join(one.rstrip(".") for one in unmet)
    many = "s" if len(unmet) > 1 else ""
    said = [f"Condition{many} non réunie{many}\u202f: {told}."] if unmet else []
    return " ".join([*said, conditions.closed]).strip()
