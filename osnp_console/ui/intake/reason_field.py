"""The offer looked for, and the reason of the call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Slot

from osnp_console.app.calls.suggest_reasons import ReasonSearch, SuggestedReason
from osnp_console.domain import facts
from osnp_console.domain.call_sheet import Answer, CallSheet
from osnp_console.domain.natures import NATURE_NAMES
from osnp_console.ui.intake.answers import Answers
from osnp_console.ui.intake.choice_field import ChoiceField
from osnp_console.ui.intake.choice_part import TO_CHOOSE, ListedPart
from osnp_console.ui.intake.choices import ALL_OFFERS
from osnp_console.ui.intake.part import Part, show_choice
from osnp_console.ui.widgets.combo import Combo
from osnp_console.ui.widgets.suggestions import Row

_NARROW = "\u202f"
OTHER_OFFERS = "Autres offres"
NO_REASON = f"Aucun motif ne ressemble à «{_NARROW}{{}}{_NARROW}»."
CHOOSE = "Choisir le motif dans la liste."


def reason_rows(search: ReasonSearch, text: str, offer: str | None) -> Sequence[Row]:
    """The reasons a text may mean, those of other offers under their own title."""
    return [_row(one) for one in search.search(text, offer)]


def _row(one: SuggestedReason) -> Row:
    return Row(one.reason.code, one.reason.label, section="" if one.of_offer else OTHER_OFFERS)


class OfferPart(Part):
    """The offer; « Toutes les offres » is no offer in the sheet."""

    def __init__(self, answers: Answers, control: Combo) -> None:
        super().__init__(answers, {facts.OFFER: control})
        self._control = control
        control.answered.connect(self._is_answered)

    def load(self, sheet: CallSheet, day: date) -> None:
        show_choice(self._control, sheet.text(facts.OFFER) or ALL_OFFERS)

    @Slot(object)
    def _is_answered(self, answer: object) -> None:
        offer = answer if isinstance(answer, str) and answer != ALL_OFFERS else None
        self.answers.put_and_settle(facts.OFFER, offer)


class ReasonPart(ListedPart):
    """The reason; one of another offer changes the offer, and this is said."""

    def __init__(self, answers: Answers, field: ChoiceField, search: ReasonSearch, offer: OfferPart) -> None:
        super().__init__(answers, facts.REASON, field, self._named, self._doubtful)
        self._search = search
        self._offer = offer

    def _named(self, key: str) -> tuple[str, str]:
        reason = self._search.find(key)
        return (key if reason is None else reason.label), ""

    def write(self, answer: Answer) -> None:
        super().write(answer)
        reason = self._search.find(answer) if isinstance(answer, str) else None
        if reason is None:
            return
        before = self.answers.sheet.text(facts.OFFER) or None
        offer = self._search.offer_for(reason, before)
        if offer != before and offer is not None:
            self.answers.put(facts.OFFER, offer)
            self._offer.load(self.answers.sheet, date.min)
            self.said.emit(f"Offre changée pour ce motif{_NARROW}: {NATURE_NAMES.get(offer, offer).lower()}")

    def _doubtful(self, text: str) -> tuple[str, str]:
        found = self._search.search(text, self.answers.sheet.text(facts.OFFER) or None)
        return (TO_CHOOSE, CHOOSE) if found else ("", NO_REASON.format(text))
