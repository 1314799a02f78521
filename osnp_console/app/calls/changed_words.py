"""What is said and asked of a call that two desks changed (interface, §10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from osnp_console.app.calls.changed_elsewhere import Author, Difference, Held
from osnp_console.app.calls.field_names import FieldName, field_name
from osnp_console.app.calls.sheet_words import CallSheetWords
from osnp_console.domain import call_sheet as fields
from osnp_console.domain.call_record import OUTCOMES
from osnp_console.domain.call_sheet import CallSheet
from osnp_console.domain.clock import in_paris
from osnp_console.domain.desk import desk_told

MOST_NAMED = 4
"""Fields named in one sentence; the others are counted."""
_SOMEBODY = "Un autre poste"
_NARROW = "\u202f"


class ChangedWords:
    """Says what changed; `questions` are those of the dispositifs by code, `own_desk` this desk's code."""

    def __init__(self, sheets: CallSheetWords, questions: Mapping[str, str], own_desk: str) -> None:
        self._sheets = sheets
        self._questions = questions
        self._own_desk = own_desk

    def name(self, code: str) -> FieldName:
        """A field's name."""
        return field_name(code, self._questions)

    def question(self, one: Difference, today: date) -> str:
        """What is asked: `É. Tessier a changé la commune à 10:03. Garder la vôtre ou prendre la sienne ?`."""
        name, author = self.name(one.code), one.author
        who = (author.person_name if author is not None else None) or self._desk(author)
        said = f"{who} a changé {name.words}{_at(author, today)}."
        return f"{said} Garder {name.yours} ou prendre {name.theirs}{_NARROW}?"

    def answer(self, code: str, held: Held, sheet: CallSheet, taken: date) -> str:
        """What a field holds, as the form shows it, in a call taken that day with that sheet."""
        return self._sheets.told(held.put_in(sheet, code), code, taken)

    def is_same(self, code: str, one: Held, other: Held, sheet: CallSheet, taken: date) -> bool:
        """Whether two answers are the same to whoever reads them, however each was typed."""
        said, also = (self.answer(code, held, sheet, taken).strip() for held in (one, other))
        if code == fields.BIRTH_NAME:  # in capitals once it is left
            return said.upper() == also.upper()
        return said == also

    def taken(self, codes: Sequence[str], author: Author | None, today: date) -> str:
        """What was taken: `É. Tessier (poste 5) a changé la commune et le motif à 10:03.`."""
        return f"{self._who(author)} a changé {self._listed(codes)}{_at(author, today)}."

    def alarm(self, is_raised: bool, author: Author | None, today: date) -> str:
        """The alarm was raised or dropped: `Le poste 5 a déclaré une urgence vitale à 10:03.`."""
        did = "déclaré une urgence vitale" if is_raised else "annulé l’urgence vitale"
        return f"{self._who(author)} a {did}{_at(author, today)}."

    def ended(self, call: str, outcome: str | None, author: Author | None, today: date) -> str:
        """`Le poste 5 a clos l’appel 14 à 10:03 : Conseil donné.` for a call that was open here too."""
        named = f"l’{call[:1].lower()}{call[1:]}"
        return f"{self._who(author)} a clos {named}{_at(author, today)}{_NARROW}: {_outcome(outcome)}."

    def outcome_question(
        self, call: str, mine: str | None, theirs: str | None, author: Author | None, today: date
    ) -> str:
        """The call, no longer on screen, was ended at both desks, each otherwise; the other's end stands."""
        said = self.ended(call, theirs, author, today)
        return f"{said} Garder cette issue ou la vôtre ({_outcome(mine)}){_NARROW}?"

    def _desk(self, author: Author | None) -> str:
        return _SOMEBODY if author is None else f"Le poste {desk_told(author.desk, self._own_desk)}"

    def _who(self, author: Author | None) -> str:
        """`É. Tessier (poste 5)`; of another room `É. Tessier (poste 5, SAS 35)`."""
        if author is None or not author.person_name:
            return self._desk(author)
        desk = desk_told(author.desk, self._own_desk).replace(" (", ", ").removesuffix(")")
        return f"{author.person_name} (poste {desk})"

    def _listed(self, codes: Sequence[str]) -> str:
        names = [self.name(code).words for code in codes]
        if len(names) > MOST_NAMED + 1:
            names = [*names[:MOST_NAMED], f"{len(names) - MOST_NAMED} autres réponses"]
        return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} et {names[-1]}"


def _at(author: Author | None, today: date) -> str:
    if author is None:
        return ""
    then = in_paris(author.at)
    return f" à {then:%H:%M}" if then.date() == today else f" le {then:%d/%m} à {then:%H:%M}"


def _outcome(outcome: str | None) -> str:
    return OUTCOMES.get(outcome or "", "sans issue")
