"""Which fields of the form a call needs, and which of them are still to ask.

Worked out when an answer is complete, never at each letter: a form that moves while one types is unusable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.access import Access, ways_in
from osnp_console.domain.call import Call
from osnp_console.domain.call_sheet import ASKED, CallSheet
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.checklist import Checklist, Node, Row
from osnp_console.domain.criteria.base import Moment
from osnp_console.domain.criteria.person import possible_ages
from osnp_console.domain.facts import AnsweredBy, Fact
from osnp_console.domain.states import State

MOST_QUESTIONS = 3
_DOCTOR_OFFERS = frozenset(
    {"medecine_generale", "centre_snp", "teleconsultation", "liste_attente_medecin_traitant"}
)
_PLATFORM_OFFERS = frozenset({"medecine_generale", "centre_snp", "teleconsultation"})
_PRESCRIPTION_OFFERS = frozenset({"infirmier", "kinesitherapie", "orthophonie", "biologie", "imagerie"})
_PROTOCOLS = frozenset({"protocole_pharmacien", "protocole_pluriprofessionnel"})
_CHILDBEARING = (10, 55)
_MIDWIFE = "sage_femme"
_AT_HOME = "domicile"
_REMOTE = "teleconsultation"

USUAL_LABELS: Mapping[str, str] = {
    "infirmier": "Infirmier habituel",
    "kinesitherapie": "Kiné habituel",
    "orthophonie": "Orthophoniste habituel",
    "sage_femme": "Sage-femme habituelle",
    "dentaire": "Dentiste habituel",
    "biologie": "Laboratoire habituel",
    "protocole_pharmacien": "Pharmacie habituelle",
}
USUAL_LABEL = "Praticien habituel"

DOCTOR = facts.REGULAR_DOCTOR
USUAL = facts.USUAL_PRACTITIONER
_CONDITIONAL = (
    facts.PREGNANT, facts.TECHNICAL_PLATFORM, facts.PRESCRIPTION, facts.ONSET,
    DOCTOR, USUAL, facts.CAN_TRAVEL,
)  # fmt: skip
ALWAYS = frozenset(
    {
        fields.CALLER_LINK, fields.CALLER_PHONE, fields.BIRTH_NAME, fields.FIRST_NAMES, facts.BIRTH,
        facts.SEX, facts.RESIDENCE, facts.PRESENT_PLACE, facts.OFFER, facts.REASON, facts.DELAY, fields.NOTE,
    }
)  # fmt: skip
_DESK = frozenset({facts.ROLE, facts.SAS, facts.DESK_CPTS, facts.VITAL_EMERGENCY})


@dataclass(frozen=True, slots=True)
class IntakeFields:
    """What the form shows: `shown` and `to_ask` are codes of fields; `questions` those of the dispositifs."""

    offer: str | None = None
    shown: frozenset[str] = ALWAYS
    to_ask: frozenset[str] = frozenset()
    questions: tuple[Fact, ...] = ()
    usual_label: str = USUAL_LABEL


NOTHING_YET = IntakeFields()


def field_of(fact: str) -> str | None:
    """The field where a fact is answered; None for what is answered in the checklist or by the desk."""
    if fact.startswith(facts.TERRITORY_PREFIX) or fact in _DESK:
        return None
    return facts.BIRTH if fact == facts.AGE else fact


def fields_for(
    checklist: Checklist,
    sheet: CallSheet,
    catalogue: Catalogue,
    question: str | None = None,
    before: IntakeFields = NOTHING_YET,
) -> IntakeFields:
    """The fields of a call, from those it showed `before` (an answer given makes none of them vanish).

    `question` is the fact of the next question: its field is always among those shown.
    """
    return _Fields(checklist, sheet, catalogue, question, before).work_out()


class _Fields:
    def __init__(
        self,
        checklist: Checklist,
        sheet: CallSheet,
        catalogue: Catalogue,
        question: str | None,
        before: IntakeFields,
    ) -> None:
        self._checklist = checklist
        self._sheet = sheet
        self._catalogue = catalogue
        self._question = field_of(question) if question is not None else None
        self._known_in_play: dict[int, bool] = {}
        self._offer = sheet.text(facts.OFFER) or None
        # Another offer is another form: what the former one showed is no reason to go on showing it.
        self._before = before if before.offer == self._offer else IntakeFields(self._offer)

    def work_out(self) -> IntakeFields:
        conditional = frozenset(code for code in _CONDITIONAL if self._is_shown(code))
        questions = self._questions()
        shown = ALWAYS | conditional | {fact.code for fact in questions}
        answered = (code for code in (*facts.BUILT_IN, *self._catalogue.facts) if self._is_to_ask(code))
        to_ask = frozenset(code for code in map(field_of, answered) if code is not None)
        label = USUAL_LABELS.get(self._offer or "", USUAL_LABEL)
        return IntakeFields(self._offer, shown, to_ask, questions, label)

    def _is_shown(self, code: str) -> bool:
        if code == facts.PREGNANT:
            return self._may_be_pregnant() and (
                code in self._before.shown or self._is_read(code) or self._reason_is_a_midwifes()
            )
        if code in self._before.shown or code == self._question:
            return True
        offer = self._offer
        if code == facts.TECHNICAL_PLATFORM:
            return offer is None or offer in _PLATFORM_OFFERS
        if code == facts.PRESCRIPTION:
            return offer in _PRESCRIPTION_OFFERS or (offer is None and self._is_read(code))
        if code == facts.CAN_TRAVEL:
            return self._somebody_must_come()
        if code == DOCTOR:
            return offer is None or offer in _DOCTOR_OFFERS or self._is_read(code)
        if code == USUAL and (offer is None or offer in _DOCTOR_OFFERS or offer in _PROTOCOLS):
            return self._is_read(code) or (offer in _PROTOCOLS and not self._is_read(DOCTOR))
        return code == USUAL or self._is_read(code)

    def _is_read(self, code: str) -> bool:
        """Whether a criterion of a dispositif in play reads the fact."""
        return any(self._in_play(node) for node in self._checklist.nodes_reading(code))

    def _is_to_ask(self, code: str) -> bool:
        """Whether a dispositif in play hangs on the fact, and nobody was asked yet."""
        if self._sheet.answer(field_of(code) or code) is ASKED:
            return False
        return any(
            node.finding.state is State.UNKNOWN and code in node.finding.missing and self._in_play(node)
            for node in self._checklist.nodes_reading(code)
        )

    def _in_play(self, node: Node) -> bool:
        """Whether a dispositif not refused has the criterion; several facts ask it of the same one."""
        known = self._known_in_play.get(id(node))
        if known is None:
            known = self._known_in_play[id(node)] = any(not row.unmet for row in node.rows)
        return known

    def _may_be_pregnant(self) -> bool:
        call = self._checklist.call
        if call.text(facts.SEX) != "F":
            return False
        return _age_may_be_within(call, self._checklist.moment, *_CHILDBEARING)

    def _reason_is_a_midwifes(self) -> bool:
        reason = self._checklist.call.text(facts.REASON)
        return reason is not None and _MIDWIFE in self._catalogue.reason_offers.get(reason, frozenset())

    def _somebody_must_come(self) -> bool:
        """False when every way in that this desk may use is at the patient's home or remote."""
        if self._is_read(facts.CAN_TRAVEL):
            return True
        role = self._checklist.call.text(facts.ROLE)
        in_play = [row for row in self._checklist.rows if not row.unmet]
        return not in_play or any(_is_at_a_place(row, role) for row in in_play)

    def _questions(self) -> tuple[Fact, ...]:
        """At most three; each keeps its place, and the next question takes that of one already answered."""
        defined = self._catalogue.facts
        asked = [code for code, fact in defined.items() if fact.answered_by is not AnsweredBy.AGENDAS]
        kept = [fact.code for fact in self._before.questions if fact.code in defined]
        near = [code for code in asked if self._is_read_near(code)]
        told = [code for code in near if self._sheet.answer(code) is not None]
        missing = [code for code in near if self._sheet.answer(code) is None and self._is_to_ask(code)]
        leading = [self._question] if self._question in asked else []
        chosen = list(dict.fromkeys((*kept, *told, *leading, *missing)))[:MOST_QUESTIONS]
        for code in leading:
            if code not in chosen:
                chosen[self._place_to_give(chosen)] = code
        return tuple(defined[code] for code in chosen)

    def _is_read_near(self, code: str) -> bool:
        """Whether a dispositif in play, and no longer because the commune is not known, reads the fact.

        Before the commune is known every dispositif of the catalogue is in play, and so are their questions.
        """
        return any(
            not row.unmet and not _hangs_on_the_commune(row)
            for node in self._checklist.nodes_reading(code)
            for row in node.rows
        )

    def _place_to_give(self, chosen: list[str]) -> int:
        idle = [n for n, code in enumerate(chosen) if not self._is_read(code)]
        answered = [n for n, code in enumerate(chosen) if self._sheet.answer(code) is not None]
        return (idle or answered or [len(chosen) - 1])[0]


def _hangs_on_the_commune(row: Row) -> bool:
    return any(
        node.finding.state is State.UNKNOWN and facts.RESIDENCE in node.finding.missing for node in row.nodes
    )


def _is_at_a_place(row: Row, role: str | None) -> bool:
    dispositif = row.dispositif
    ways: tuple[Access | None, ...] = ways_in(dispositif.accesses, role) or (None,)
    if dispositif.nature == _REMOTE or not ways:
        return False
    visit = dispositif.nurse_visit
    return visit is None or not visit.places or any(place != _AT_HOME for place in visit.places)


def _age_may_be_within(call: Call, moment: Moment, youngest: int, oldest: int) -> bool:
    ages = possible_ages(call, moment)
    return ages is None or (ages[0] <= oldest and ages[1] >= youngest)
