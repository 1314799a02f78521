"""From what was typed to the facts that rules read: a sheet becomes the contract's call document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call import Call
from osnp_console.domain.call_reading import CallRefused, Vocabulary, read_call
from osnp_console.domain.call_sheet import CallSheet
from osnp_console.domain.criteria.usual_care import DECLARED
from osnp_console.domain.dates import PartialDate, completed_years
from osnp_console.domain.desk import Desk
from osnp_console.domain.typed_dates import DateRefused, read_birth, read_onset

Document = dict[str, object]

# Texts that are kept with the call and that the contract's document does not have.
_NOT_IN_THE_CONTRACT = frozenset(
    {
        fields.NOTE,
        fields.DOCTOR_PRACTICE,
        fields.USUAL_PRACTICE,
        fields.DELAY_DAYS,
        *fields.AVAILABILITY.values(),
    }
)
_TYPED_DATES = frozenset({facts.BIRTH, facts.ONSET})


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """The facts of a sheet, and the French sentence for each field that could not be read."""

    call: Call
    faults: Mapping[str, str] = field(default_factory=dict)


def read_sheet(sheet: CallSheet, desk: Desk, words: Vocabulary, today: date) -> SheetFacts:
    """Read a sheet; never raises: a field that cannot be read is a fault and no fact."""
    document, faults = document_of(sheet, desk, today)
    while True:
        try:
            call = read_call(document, words)
            for code, day in finer_dates(sheet, today).items():
                call = call.with_fact(code, day)
            return SheetFacts(call, faults)
        except CallRefused as error:
            if error.field is None or not _take_out(document, error.field):
                raise
            faults[error.field] = error.message


def document_of(sheet: CallSheet, desk: Desk, today: date) -> tuple[Document, dict[str, str]]:
    """The sheet as `appel.json`, and the sentence for each typed date that is none."""
    document: Document = {"poste": desk.document()}
    faults: dict[str, str] = {}
    for code, value in sheet.values.items():
        if code in _TYPED_DATES:
            continue
        known = _fact_value(code, value, sheet)
        if known is not None:
            _place(document, code, known)
    _birth(sheet, today, document, faults)
    _onset(sheet, today, document, faults)
    asked = sorted({code for code in sheet.asked if _is_fact(code)} | _available_in_vain(sheet))
    if asked:
        document["demandes"] = asked
    return document, faults


def finer_dates(sheet: CallSheet, today: date) -> dict[str, PartialDate]:
    """The typed dates that lie between two days which no date of the contract's shapes names.

    « 8 mois » and « depuis 2 mois » are such: the rules read the range, the document has the age in years.
    """
    found = {}
    for code, read in ((facts.BIRTH, _birth_date), (facts.ONSET, _onset_date)):
        typed = sheet.text(code)
        day = read(typed, today) if typed else None
        if day is not None and _iso(day) is None:
            found[code] = day
    return found


def _birth_date(typed: str, today: date) -> PartialDate | None:
    try:
        return read_birth(typed, today).date
    except DateRefused:
        return None


def _onset_date(typed: str, today: date) -> PartialDate | None:
    try:
        return read_onset(typed, today).date
    except DateRefused:
        return None


def _fact_value(code: str, value: object, sheet: CallSheet) -> object | None:
    if code in _NOT_IN_THE_CONTRACT:
        return None
    if code == facts.PRESENT_PLACE and value == fields.ELSEWHERE:
        return None
    if code == facts.DELAY and value == fields.LATER:
        days = sheet.values.get(fields.DELAY_DAYS)
        return int(days) * 24 if isinstance(days, str) and days.isdecimal() and len(days) <= 3 else None
    return value


def _is_fact(code: str) -> bool:
    return code not in _NOT_IN_THE_CONTRACT and code not in fields.NEVER_A_QUESTION


def _available_in_vain(sheet: CallSheet) -> set[str]:
    """The statuses that stay `declare`: the caller does not know whether the practitioner is available."""
    return {
        fact
        for fact, code in fields.AVAILABILITY.items()
        if code in sheet.asked and sheet.values.get(fact) == DECLARED
    }


def _place(document: Document, code: str, value: object) -> None:
    group, _, name = code.partition(".")
    if code.startswith(facts.TERRITORY_PREFIX) or (not name and code != facts.CAN_TRAVEL):
        group, name = "reponses", code
    if not name:
        document[group] = value
        return
    inner = document.setdefault(group, {})
    if isinstance(inner, dict):
        inner[name] = value


def _take_out(document: Document, path: str) -> bool:
    group, _, name = path.partition(".")
    inner = document.get(group)
    if name and isinstance(inner, dict):
        return inner.pop(name, None) is not None
    if group == "demandes":
        return document.pop(group, None) is not None
    return not name and document.pop(group, None) is not None


def _birth(sheet: CallSheet, today: date, document: Document, faults: dict[str, str]) -> None:
    typed = sheet.text(facts.BIRTH)
    if not typed:
        return
    try:
        birth = read_birth(typed, today)
    except DateRefused as error:
        faults[facts.BIRTH] = error.message
        return
    iso = _iso(birth.date) if birth.date is not None else None
    if iso is not None:
        _place(document, facts.BIRTH, iso)
        return
    years = birth.age_years if birth.date is None else _years(birth.date, today)
    if years is not None:
        _place(document, facts.AGE, years)


def _years(born: PartialDate, today: date) -> int | None:
    """Completed years, where every day of the range gives the same number."""
    youngest, oldest = completed_years(born.last, today), completed_years(born.first, today)
    return youngest if youngest == oldest else None


def _onset(sheet: CallSheet, today: date, document: Document, faults: dict[str, str]) -> None:
    typed = sheet.text(facts.ONSET)
    if not typed:
        return
    try:
        iso = _iso(read_onset(typed, today).date)
    except DateRefused as error:
        faults[facts.ONSET] = error.message
        return
    if iso is not None:
        _place(document, facts.ONSET, iso)


def _iso(day: PartialDate) -> str | None:
    """The date in one of the contract's three shapes; None for another range of days."""
    if day.first == day.last:
        return day.first.isoformat()
    for text in (f"{day.first:%Y-%m}", f"{day.first:%Y}"):
        if PartialDate.parse(text) == day:
            return text
    return None
