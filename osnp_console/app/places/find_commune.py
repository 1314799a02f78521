"""Type-ahead over the communes: by name, former name, postal code or INSEE code, typos last."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from osnp_console.domain.commune import Alias, Commune, Gazetteer, Genre, fold, fold_all

_ARTICLE = re.compile(r"(?:les|le|la|l) ")
_CODE = re.compile(r"\d{2,5}|2[ab]\d{0,3}")
_HINT = re.compile(r"\d{1,5}|2[ab]\d{0,3}")
_AFTER_ALL = "~"  # sorts after every character of a folded name
_FEW = 3
_CLOSE_ENOUGH = 75.0  # of 100: one slip in four letters
_SHORTEST_TYPO = 4  # under that, everything resembles everything
_WAS: dict[Genre, str] = {
    "deleguee": "commune déléguée",
    "associee": "commune associée",
    "ancienne": "ancien code",
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One living commune proposed to the person who types.

    `shown` is the name (or old code) that matched, `via` the alias it was found by, `postal` the postal code
    that matched or the first, `departement` the département's name; `approximate` is true when only a typo
    explains it.
    """

    commune: Commune
    shown: str
    via: Alias | None
    postal: str | None
    departement: str
    approximate: bool = False

    @property
    def label(self) -> str:
        """The whole line, enough to tell homonyms apart: « Langon, 35660, Ille-et-Vilaine (35) »."""
        name = self.shown
        if self.via is not None:
            name += f" ({_WAS[self.via.genre]}, aujourd'hui {self.commune.nom})"
        place = f"{self.departement} ({self.commune.departement})"
        return ", ".join(part for part in (name, self.postal, place) if part)


@dataclass(frozen=True, slots=True)
class _Query:
    """A folded name and, when one was typed beside it, a département, postal or INSEE code."""

    name: str
    hint: str = ""


class CommuneSearch:
    """Answers each keystroke of a commune field."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._index: _Index | None = None

    def prepare(self) -> None:
        """Pay now, from any thread, the third of a second the first search would pay."""
        import rapidfuzz.process  # noqa: F401 (loaded ahead of the first slip)

        self._ready()

    def search(self, text: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """Return the communes the text may mean, best first, each once.

        INSEE code, then postal code, then old INSEE code; exact name, beginnings (most inhabited first,
        former names last) and, if there is room, typos. A département or a postal code beside the name
        narrows it. Under two characters, nothing. `limit` bounds the answer, except for exact homonyms:
        hiding one would invite a wrong choice.
        """
        typed = fold(text)
        if len(typed) < 2:
            return ()
        index = self._ready()
        code = typed.replace(" ", "").upper()
        if _CODE.fullmatch(code.lower()):
            return _first(limit, (), index.by_code(code))
        queries = _readings(typed)
        exact = list(chain.from_iterable(map(index.exact, queries)))
        beginning = chain.from_iterable(map(index.beginning, queries))
        first = list(
            islice(beginning, _FEW)
        )  # two letters begin thousands of names: only those shown are made
        # A slip is looked for only where few names begin so: it costs a hundred times as much.
        few = len(exact) + len(first) < _FEW
        slips = index.resembling(queries[-1]) if few else iter(())
        return _first(limit, exact, chain(first, beginning, slips))

    def _ready(self) -> _Index:
        index = self._index
        if index is None:
            index = self._index = _Index(self._gazetteer)
        return index


def _readings(typed: str) -> list[_Query]:
    """Return the ways to read what was typed: whole (« paris 12 » begins a name), then name and code."""
    queries = [_Query(typed)]
    first, _, after = typed.partition(" ")
    before, _, last = typed.rpartition(" ")
    if before and _HINT.fullmatch(last):
        queries.append(_Query(before, last.upper()))
    elif after and _HINT.fullmatch(first):
        queries.append(_Query(after, first.upper()))
    return queries


def _first(limit: int, exact: Iterable[Suggestion], near: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """Keep every exact suggestion, then the near ones while there is room; one line a commune."""
    kept: dict[str, Suggestion] = {}
    for suggestion in exact:
        kept.setdefault(suggestion.commune.code, suggestion)
    if len(kept) < limit:
        for suggestion in near:
            kept.setdefault(suggestion.commune.code, suggestion)
            if len(kept) >= limit:
                break
    return tuple(kept.values())


class _Index:
    """The names and codes, sorted. An entry's number is its rank: comparing numbers orders suggestions."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        communes = sorted(gazetteer.communes(), key=_renown)
        living = {commune.code: commune for commune in communes}
        self._aliases = {alias.code: alias for alias in gazetteer.aliases()}
        named = sorted(
            ((living[a.vers], a) for a in self._aliases.values() if a.nom), key=lambda e: _renown(e[0])
        )
        self._entries: list[tuple[Commune, Alias | None]] = [(c, None) for c in communes]
        self._entries += named
        self._names, self._owners = self._sorted_names()
        self._postal = sorted((p, rank) for rank, c in enumerate(communes) for p in c.codes_postaux)
        self._codes = sorted((c.code, rank) for rank, c in enumerate(communes))

    def _sorted_names(self) -> tuple[list[str], list[int]]:
        folded = fold_all([commune.nom if alias is None else alias.nom for commune, alias in self._entries])
        own: dict[str, str] = {}
        keys: list[tuple[str, bool, int]] = []
        for rank, ((commune, alias), name) in enumerate(zip(self._entries, folded, strict=True)):
            if alias is None:
                own[commune.code] = name
            elif own[commune.code] == name:
                continue  # the commune still bears its delegated part's name: one line is enough
            keys.append((name, False, rank))
            if article := _ARTICLE.match(name):
                keys.append((name[article.end() :], True, rank))
        keys.sort()  # under one name, those that bear it whole come before those that lost an article
        return [name for name, _, _ in keys], [rank for _, _, rank in keys]

    def by_code(self, code: str) -> Iterator[Suggestion]:
        """Yield what an INSEE code, a postal code or the beginning of one leads to."""
        commune = self._gazetteer.living(code)
        if commune is not None and commune.code == code:
            yield self._suggest(commune, None)
        # Under one postal code, an arrondissement says more than its whole city, hence first.
        whole = (self._entries[rank][0] for rank in _ranks(self._postal, code))
        for place in sorted(whole, key=lambda c: c.parent is None):
            yield self._suggest(place, None, code)
        # After: 75012, Paris's postal code, is also what Boulogne-Billancourt's INSEE code was until 1968.
        if commune is not None and commune.code != code:
            yield self._suggest(commune, self._aliases.get(code))
        for rank in _ranks(self._codes, code):
            yield self._suggest(self._entries[rank][0], None)

    def exact(self, query: _Query) -> Iterator[Suggestion]:
        """Yield the communes that bear, or bore, this very name."""
        start = bisect_left(self._names, query.name)
        end = bisect_left(self._names, query.name + "\0", start)
        return self._allowed(query, self._owners[start:end])

    def beginning(self, query: _Query) -> Iterator[Suggestion]:
        """Yield those whose name, with or without its article, begins so."""
        start = bisect_left(self._names, query.name)
        end = bisect_left(self._names, query.name + _AFTER_ALL, start)
        return self._allowed(query, sorted(self._owners[start:end]))

    def resembling(self, query: _Query) -> Iterator[Suggestion]:
        """Yield those whose whole name is a slip or two away, closest first."""
        if len(query.name) < _SHORTEST_TYPO:
            return
        # Loaded at the first typo: most searches end before.
        from rapidfuzz import fuzz, process

        close = process.extract(
            query.name, self._names, scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH, limit=None
        )
        for _, rank in sorted((-score, self._owners[place]) for _, score, place in close):
            if self._fits(rank, query.hint):
                yield self._suggest(*self._entries[rank], query.hint, approximate=True)

    def _allowed(self, query: _Query, ranks: list[int]) -> Iterator[Suggestion]:
        for rank in ranks:
            if self._fits(rank, query.hint):
                yield self._suggest(*self._entries[rank], query.hint)

    def _fits(self, rank: int, hint: str) -> bool:
        if not hint:
            return True
        commune = self._entries[rank][0]
        if hint in self._gazetteer.departements:
            return commune.departement == hint
        return any(place.startswith(hint) for place in (commune.code, *commune.codes_postaux))

    def _suggest(
        self, commune: Commune, alias: Alias | None, hint: str = "", *, approximate: bool = False
    ) -> Suggestion:
        codes = commune.codes_postaux
        postal = next((p for p in codes if hint and p.startswith(hint)), codes[0] if codes else None)
        shown = commune.nom if alias is None else alias.nom or alias.code
        departement = self._gazetteer.departement_name(commune.departement)
        return Suggestion(commune, shown, alias, postal, departement, approximate)


def _renown(commune: Commune) -> tuple[int, int, str, str]:
    return (-commune.population, len(commune.nom), commune.departement, commune.code)


def _ranks(pairs: list[tuple[str, int]], code: str) -> list[int]:
    """Return the ranks under the codes that begin so, in order and each once."""
    start = bisect_left(pairs, (code,))
    end = bisect_left(pairs, (code + _AFTER_ALL,), start)
    return sorted({rank for _, rank in pairs[start:end]})
