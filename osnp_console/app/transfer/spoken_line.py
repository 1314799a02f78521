"""One fact read aloud to a line, and what it is read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from osnp_console.app.calls.sheet_words import Knowledge
from osnp_console.domain import facts
from osnp_console.domain.call import Call
from osnp_console.domain.call_sheet import ASKED, CallSheet
from osnp_console.domain.checklist import Judgement
from osnp_console.domain.criteria.place import InTerritory, residence
from osnp_console.domain.states import State

NOT_ASKED, NOT_KNOWN = "pas demandé", "ne sait pas"


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """One fact: its label, what is read, how far it is known.

    `ask` is the field to ask for while it is not, empty once it is, or where no field holds it. `precision`
    is what the line wants to hear of it (`avec son grade`), mostly empty.
    """

    label: str
    text: str
    knowledge: Knowledge = Knowledge.KNOWN
    ask: str = ""
    precision: str = ""

    @property
    def is_known(self) -> bool:
        """Whether there is something to say."""
        return self.knowledge is Knowledge.KNOWN


@dataclass(frozen=True, slots=True)
class Situation:
    """What a line is told of: a call as it was typed, as it was read, and judged for the line's dispositif.

    `day` is the day in Paris on which it is told.
    """

    sheet: CallSheet
    call: Call
    judgement: Judgement
    day: date


def patient_noun(call: Call) -> str:
    """`patiente`, `patient`; `personne` where the sex is not known."""
    return {"F": "patiente", "M": "patient"}.get(call.text(facts.SEX) or "", "personne")


def territory_of(situation: Situation) -> State:
    """Whether the patient lives on the dispositif's territory, by list or by the operator; else unknown."""
    for line in situation.judgement.lines:
        criterion = line.rule.criterion
        if isinstance(criterion, InTerritory):
            home = residence(situation.call)
            held = criterion.territory.holds(home) if home is not None else State.UNKNOWN
            if held is not State.UNKNOWN:
                return held
            answer = situation.call.truth(criterion.answer)
            if answer is not None:
                return State.MET if answer else State.UNMET
    return State.UNKNOWN


def unknown(sheet: CallSheet, code: str, label: str) -> SpokenLine:
    """The line of a field that holds no answer: being typed, asked in vain, or not asked yet."""
    if code in sheet.pending:
        typed = f"«\u202f{sheet.pending[code]}\u202f» (non choisi)"
        return SpokenLine(label, typed, Knowledge.PENDING, code)
    if sheet.answer(code) is ASKED:
        return SpokenLine(label, NOT_KNOWN, Knowledge.ASKED)
    return SpokenLine(label, NOT_ASKED, Knowledge.NOT_ASKED, code)


def unread(sheet: CallSheet, code: str, label: str) -> SpokenLine:
    """The same for a date, of which a text that is none may stand in its field."""
    typed = sheet.text(code)
    if typed:
        return SpokenLine(label, f"«\u202f{typed}\u202f» (à relire)", Knowledge.PENDING, code)
    return unknown(sheet, code, label)


def yes_no(situation: Situation, code: str, label: str, yes: str = "oui", no: str = "non") -> SpokenLine:
    """The line of a fact that is true or false, in those words."""
    answer = situation.call.truth(code)
    if answer is None:
        return unknown(situation.sheet, code, label)
    return SpokenLine(label, yes if answer else no)
