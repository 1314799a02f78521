"""Finding calls again: the search line read, the store asked, a call told in one row of words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from osnp_console.app.calls.journal_words import JournalWords
from osnp_console.app.calls.sheet_words import CallSheetWords
from osnp_console.app.checklist.dispositif_words import dispositif_title
from osnp_console.app.places.commune_names import CommuneNames
from osnp_console.app.ports import CallSummary, OpenUnit
from osnp_console.domain.call_record import OUTCOMES, CallState
from osnp_console.domain.call_search import CallSearch, read_search
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.clock import in_paris
from osnp_console.domain.commune import Gazetteer
from osnp_console.domain.natures import NATURE_NAMES
from osnp_console.domain.permissions import Act

MOST_CALLS = 200
"""Rows of one answer; further calls are found by saying more."""

TO_CALL_BACK = "a_rappeler"
_OPEN_WORDS = {CallState.ACTIVE.value: "en ligne", CallState.HELD.value: "en attente"}
SearchReader = Callable[[str, date], CallSearch]


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call in one row; `to_do` is what is left to do, `is_late` when its hour is past."""

    id: str
    hour: str
    person: str
    commune: str
    reason: str
    outcome: str
    desk: str
    to_do: str
    is_late: bool = False
    has_person: bool = True

    @property
    def cells(self) -> tuple[str, ...]:
        """The columns in their order on screen."""
        return (self.hour, self.person, self.commune, self.reason, self.outcome, self.desk, self.to_do)

    @property
    def spoken(self) -> str:
        """The row as one sentence."""
        return ", ".join(cell for cell in self.cells if cell)


class FollowUp:
    """What the workspace Suivi says and asks."""

    def __init__(self, catalogue: Catalogue, gazetteer: Gazetteer, names: CommuneNames) -> None:
        questions = {code: fact.question for code, fact in catalogue.facts.items()}
        self.sheets = CallSheetWords(catalogue.reasons, NATURE_NAMES, questions, gazetteer.living)
        self.journal = JournalWords(catalogue.reasons, NATURE_NAMES, gazetteer.living, _titles(catalogue))
        self._reasons = catalogue.reasons
        self._names = names

    def read(self, line: str, today: date) -> CallSearch:
        """The search line as it is understood."""
        return read_search(line, today, self._names.shown, self._reasons, OUTCOMES)

    def row(self, summary: CallSummary, now: datetime) -> CallRow:
        """A call as its row says it at an instant."""
        late = summary.call_back_at is not None and summary.call_back_at <= now
        is_open = summary.state in _OPEN_WORDS
        outcome = _OPEN_WORDS.get(summary.state) or OUTCOMES.get(summary.outcome or "", "")
        return CallRow(
            summary.id,
            when(summary.taken_at, now),
            summary.person or "identité non notée",
            self.sheets.commune(summary.commune),
            self.sheets.reason(summary.reason),
            outcome,
            desk_words(summary.desk),
            "à reprendre" if is_open else _call_back(summary, now),
            late and not is_open,
            bool(summary.person),
        )


def find_calls(search: CallSearch, today: date) -> Callable[[OpenUnit], tuple[CallSummary, ...]]:
    """Work for the store: the calls of a search, those to look at first when it looks for nothing.

    The work raises StoreFailure.
    """

    def work(open_unit: OpenUnit) -> tuple[CallSummary, ...]:
        with open_unit() as unit:
            unit.session.require(Act.READ_CALLS)
            if search.terms:
                return tuple(unit.calls.search(search, MOST_CALLS))
            return tuple(unit.calls.follow_up(today, MOST_CALLS))

    return work


def when(instant: datetime, now: datetime) -> str:
    """`10:02` today, `hier 10:02`, else `23/11 10:02`, with the year when it is another one."""
    local, today = in_paris(instant), in_paris(now).date()
    days = (today - local.date()).days
    if days == 0:
        return f"{local:%H:%M}"
    if days == 1:
        return f"hier {local:%H:%M}"
    return f"{local:%d/%m %H:%M}" if local.year == today.year else f"{local:%d/%m/%Y %H:%M}"


def desk_words(code: str) -> str:
    """A desk's code as people say it: `44-3` is `SAS 44 · 3`."""
    place, _, number = code.rpartition("-")
    if not place:
        return code
    return f"{place} · {number}" if place == "ligne" else f"SAS {place} · {number}"


def _call_back(summary: CallSummary, now: datetime) -> str:
    if summary.outcome != TO_CALL_BACK:
        return ""
    if summary.call_back_at is None:
        return "rappeler"
    said = when(summary.call_back_at, now)
    if summary.call_back_at > now and in_paris(summary.call_back_at).date() == in_paris(now).date():
        return f"rappeler à {said}"
    return f"rappeler depuis {said}" if summary.call_back_at <= now else f"rappeler le {said}"


def _titles(catalogue: Catalogue) -> Callable[[str], str]:
    titles = {one.id: dispositif_title(one.cpts, one.nature) for one in catalogue.dispositifs}
    return lambda name: titles.get(name, name)
