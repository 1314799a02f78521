"""Where the patient lives, and where the patient is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from PySide6.QtCore import Slot

from osnp_console.app.places.find_commune import CommuneSearch, Suggestion
from osnp_console.app.places.settle_commune import settle_commune
from osnp_console.domain import facts
from osnp_console.domain.call import AT_HOME
from osnp_console.domain.call_sheet import ASKED, ELSEWHERE, Answer, CallSheet
from osnp_console.ui.intake.answers import Answers
from osnp_console.ui.intake.choice_field import ChoiceField
from osnp_console.ui.intake.choice_part import TO_CHOOSE, ListedPart
from osnp_console.ui.intake.part import Part, show_choice
from osnp_console.ui.intake.sources import IntakeSources
from osnp_console.ui.widgets.combo import Combo
from osnp_console.ui.widgets.suggestions import Row

_NARROW = "\u202f"
NO_COMMUNE = f"Aucune commune ne ressemble à «{_NARROW}{{}}{_NARROW}»."
CHOOSE = "Choisir la commune dans la liste."


def commune_rows(search: CommuneSearch, text: str) -> Sequence[Row]:
    """The communes a text may mean, each with what tells homonyms apart."""
    return [_row(one) for one in search.search(text)]


def _row(one: Suggestion) -> Row:
    name = one.shown if one.via is None else f"{one.shown} → {one.commune.nom}"
    return Row(one.commune.code, name, " · ".join(part for part in (one.postal, one.departement) if part))


def resolved(search: CommuneSearch, text: str) -> str | None:
    """The code of the one commune the text can mean, None when there is a doubt."""
    chosen = settle_commune(search, text).chosen
    return None if chosen is None else chosen.commune.code


class CommunePart(ListedPart):
    """The commune of residence."""

    def __init__(self, answers: Answers, code: str, field: ChoiceField, sources: IntakeSources) -> None:
        super().__init__(answers, code, field, self._named, self._doubtful)
        self._sources = sources

    def _named(self, key: str) -> tuple[str, str]:
        commune = self._sources.living(key)
        if commune is None:
            return key, ""
        postal = commune.codes_postaux[0] if commune.codes_postaux else ""
        return commune.nom, " · ".join(part for part in (postal, commune.departement) if part)

    def _doubtful(self, text: str) -> tuple[str, str]:
        settled = settle_commune(self._sources.communes, text)
        if settled.bearing > 1:
            what = "à ce code" if settled.by_code else "de ce nom"
            how = "ont ce code" if settled.by_code else "portent ce nom"
            return (
                f"{settled.bearing} communes {what}",
                f"{settled.bearing} communes {how}{_NARROW}: choisir avec le département.",
            )
        return (TO_CHOOSE, CHOOSE) if settled.resembling else ("", NO_COMMUNE.format(text))


class _ElsewherePart(CommunePart):
    """The commune where the patient is, when it is not home: without one the patient is just away."""

    def answer_in(self, sheet: CallSheet) -> Answer:
        answer = sheet.answer(self.code)
        return answer if isinstance(answer, str) and answer not in (AT_HOME, ELSEWHERE) else None

    def write(self, answer: Answer) -> None:
        self.answers.put(self.code, answer if isinstance(answer, str) else ELSEWHERE)
        if answer is ASKED:
            # Away, and nobody knows where: the sheet has no such answer, the text tells it.
            self.answers.type(self.code, "?")


class PresentPlacePart(Part):
    """`Se trouve`: at home, or elsewhere, which opens a second commune."""

    def __init__(
        self, answers: Answers, place: Combo, elsewhere: ChoiceField, sources: IntakeSources
    ) -> None:
        self._elsewhere = _ElsewherePart(answers, facts.PRESENT_PLACE, elsewhere, sources)
        super().__init__(answers, {facts.PRESENT_PLACE: place}, (self._elsewhere,))
        self._place = place
        self._last: dict[str, str] = {}
        place.answered.connect(self._is_answered)

    def load(self, sheet: CallSheet, day: date) -> None:
        answer = sheet.answer(facts.PRESENT_PLACE)
        at_a_commune = isinstance(answer, str) and answer not in (AT_HOME, ELSEWHERE)
        show_choice(self._place, ELSEWHERE if at_a_commune else answer)
        super().load(sheet, day)
        self._lead()

    def _lead(self) -> None:
        """Away from home, the question is answered in the second commune."""
        away = self._place.answer == ELSEWHERE
        self.controls[facts.PRESENT_PLACE] = self._elsewhere.field if away else self._place

    def opens(self) -> dict[str, bool]:
        return {ELSEWHERE: self._place.answer == ELSEWHERE}

    @Slot(object)
    def _is_answered(self, answer: object) -> None:
        call = self.answers.calls.current
        if call is None:
            return
        before = self._elsewhere.answer_in(self.answers.sheet)
        if isinstance(before, str):
            # A wrong line of the list must not lose the commune.
            self._last[call.record.id] = before
        if answer == ELSEWHERE:
            self.answers.put(facts.PRESENT_PLACE, self._last.get(call.record.id, ELSEWHERE))
        else:
            self.answers.put(facts.PRESENT_PLACE, cast("Answer", answer))
        self.answers.settle()
        self.load(self.answers.sheet, date.min)
        self.layout_wanted.emit()
