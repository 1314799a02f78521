"""Which searches that showed persons of other calls go into the journal: each that settled, once.

A search runs at every key. One line a key would say how somebody types; no line at all would leave a list
of patients read by nobody. What counts is the search that stayed: it rested for a while, something was
done with what it found, or it was on screen when the list was left.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field

from osnp_console.domain.call_search import CallSearch
from osnp_console.domain.journal import Facts

FOLLOW_UP, SHEET = "suivi", "fiche"
"""Where persons are shown: the list of calls, or beside the sheet of a call as ones who called before."""
WHERE, TERMS, RECORDS = "ou", "termes", "fiches"
NAME, PHONE = "nom", "tél."


@dataclass(frozen=True, slots=True)
class PersonSearch:
    """A search and how many records of persons it showed.

    `kinds` says by what was searched (`nom`, `date`…), none for the usual list: that is what the journal
    keeps. `wanted` is what was searched: it tells one search from another in memory and goes nowhere.
    """

    where: str
    kinds: tuple[str, ...]
    records: int
    wanted: Hashable = field(default=None, repr=False)
    call: str | None = None

    @property
    def facts(self) -> Facts:
        """What the journal keeps of it: nothing by which somebody could be found."""
        return {WHERE: self.where, TERMS: list(self.kinds), RECORDS: self.records}


def search_of_calls(search: CallSearch, records: int) -> PersonSearch:
    """A search line of Suivi, with how many calls it found."""
    kinds = tuple(dict.fromkeys(term.kind.value for term in search.terms))
    wanted = frozenset((term.kind, term.shown) for term in search.terms)
    return PersonSearch(FOLLOW_UP, kinds, records, wanted)


def look_alike_search(call: str, name: str, phone: str, records: int) -> PersonSearch:
    """What was looked up for the person of a call: a name, a phone number or both, empty when not."""
    kinds = tuple(kind for kind, text in ((NAME, name), (PHONE, phone)) if text)
    return PersonSearch(SHEET, kinds, records, (call, name, phone), call)


class SearchesTold:
    """Lets a search be journaled once: `tell` is called for each that settled and showed somebody."""

    def __init__(self, tell: Callable[[PersonSearch], None]) -> None:
        self._tell = tell
        self._shown: PersonSearch | None = None
        self._told: set[Hashable] = set()

    @property
    def is_waiting(self) -> bool:
        """Whether what is on screen is still to be told, once it settles."""
        return self._shown is not None

    def show(self, search: PersonSearch) -> bool:
        """A search has its answer on screen, in place of the one before; whether it is to be told."""
        if search.records == 0 or search.wanted in self._told:
            self._shown = None
            return False
        is_other = self._shown is None or self._shown.wanted != search.wanted
        self._shown = search
        return is_other

    def settle(self) -> None:
        """What is on screen rested, or was used."""
        shown, self._shown = self._shown, None
        if shown is not None:
            self._told.add(shown.wanted)
            self._tell(shown)

    def leave(self) -> None:
        """What is on screen goes away: the same search later is another one."""
        self.settle()
        self._told.clear()


def search_words(about: Facts) -> str:
    """An entry in a few words: `recherche de personnes par nom, date : 3 fiches`."""
    terms, records = about.get(TERMS), about.get(RECORDS)
    kinds = ", ".join(map(str, terms)) if isinstance(terms, Iterable) and not isinstance(terms, str) else ""
    by = f" par {kinds}" if kinds else ""
    what = "recherche de personnes" if by or about.get(WHERE) == SHEET else "liste des appels"
    if not isinstance(records, int):
        return f"{what}{by}"
    return f"{what}{by}\u202f: {records} fiche{'s' if records > 1 else ''}"
