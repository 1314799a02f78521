"""The answers that the question strip offers as buttons, each with its letter."""

from __future__ import annotations

from dataclasses import dataclass

from osnp_console.domain import facts
from osnp_console.domain.call import AT_HOME
from osnp_console.domain.call_sheet import ASKED, AVAILABILITY, ELSEWHERE, Answer, CallSheet
from osnp_console.domain.criteria.usual_care import AVAILABLE, DECLARED, NONE, UNAVAILABLE
from osnp_console.domain.facts import TERRITORY_PREFIX


@dataclass(frozen=True, slots=True)
class Offered:
    """One button: its words, its letter (empty when it has none), the answer it gives.

    `goes_on` when the answer opens a field that has to be filled: the field then takes the focus. `field` is
    where the answer goes when it is not the fact's own field.
    """

    words: str
    letter: str
    answer: Answer
    goes_on: bool = False
    field: str | None = None


_NOT_KNOWN = Offered("Ne sait pas", "S", ASKED)
_YES_NO = (Offered("Oui", "O", True), Offered("Non", "N", False), _NOT_KNOWN)
_STATUS = (
    Offered("Aucun", "A", NONE),
    Offered("Disponible", "D", AVAILABLE),
    Offered("Indisponible", "I", UNAVAILABLE),
    _NOT_KNOWN,
)
_OFFERED = {
    facts.REGULAR_DOCTOR: _STATUS,
    facts.USUAL_PRACTITIONER: _STATUS,
    facts.SEX: (Offered("Femme", "F", "F"), Offered("Homme", "M", "M"), Offered("Indéterminé", "I", "I")),
    facts.DELAY: (Offered("24 h", "", 24), Offered("48 h", "", 48), Offered("72 h", "", 72), _NOT_KNOWN),
    facts.PRESENT_PLACE: (
        Offered("À domicile", "D", AT_HOME),
        Offered("Ailleurs…", "A", ELSEWHERE, goes_on=True),
        _NOT_KNOWN,
    ),
}
# Typed, or chosen in a long list: only the field can take them.
_TYPED = frozenset({facts.RESIDENCE, facts.REASON, facts.BIRTH, facts.AGE, facts.ONSET})


def offered(fact: str, sheet: CallSheet) -> tuple[Offered, ...]:
    """The buttons for a fact; none where it is typed, nor for a territory (the list has its own gesture)."""
    if fact in _TYPED or fact.startswith(TERRITORY_PREFIX):
        return ()
    answer = sheet.answer(fact)
    if fact in (facts.REGULAR_DOCTOR, facts.USUAL_PRACTITIONER) and answer == DECLARED:
        # That there is one is known and stays known, whoever does not know whether he is available.
        return (*_STATUS[1:3], Offered("Ne sait pas", "S", ASKED, field=AVAILABILITY[fact]))
    if fact == facts.PRESENT_PLACE and answer == ELSEWHERE:
        return ()
    return _OFFERED.get(fact, _YES_NO)
