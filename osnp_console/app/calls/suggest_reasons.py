"""Type-ahead over the reasons of a call: those of the offer first, by word beginnings, typos last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from osnp_console.domain.commune import fold, fold_all
from osnp_console.domain.criteria.need import GENERAL_MEDICINE, SERVE_GENERAL_MEDICINE
from osnp_console.domain.natures import NATURE_NAMES

_CLOSE_ENOUGH = 75.0  # of 100: one slip in four letters
_SHORTEST_TYPO = 4  # under that, everything resembles everything

_Entry = tuple["Reason", tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason to call: its code, its label, and the offers it is brought to (empty: any)."""

    code: str
    label: str
    offers: frozenset[str]


@dataclass(frozen=True, slots=True)
class SuggestedReason:
    """A reason proposed to the person who types; `of_offer` is False when another offer takes it."""

    reason: Reason
    of_offer: bool
    approximate: bool = False


class ReasonSearch:
    """Answers each keystroke of the reason's field."""

    def __init__(self, labels: Mapping[str, str], offers: Mapping[str, frozenset[str]]) -> None:
        reasons = [Reason(code, label, offers.get(code, frozenset())) for code, label in labels.items()]
        names = fold_all([reason.label for reason in reasons]) if reasons else []
        self._by_code = {reason.code: reason for reason in reasons}
        self._entries: list[_Entry] = [
            (reason, tuple(name.split())) for reason, name in zip(reasons, names, strict=True)
        ]
        self._offers = frozenset().union(*(reason.offers for reason in reasons))

    def find(self, code: str) -> Reason | None:
        """The reason of that code."""
        return self._by_code.get(code)

    def belongs(self, reason: Reason, offer: str | None) -> bool:
        """Whether a reason is one of the offer's (None: all offers).

        An offer that no reason names and that serves general medicine (contract, `besoin.offre`) has
        general medicine's reasons.
        """
        if offer is None or not reason.offers or offer in reason.offers:
            return True
        stands_for_all = offer not in self._offers and offer in SERVE_GENERAL_MEDICINE
        return stands_for_all and GENERAL_MEDICINE in reason.offers

    def offer_for(self, reason: Reason, offer: str | None) -> str | None:
        """The offer once this reason is chosen: unchanged where it is the offer's own."""
        if self.belongs(reason, offer):
            return offer
        return next((nature for nature in NATURE_NAMES if nature in reason.offers), offer)

    def search(self, text: str, offer: str | None, limit: int = 8) -> tuple[SuggestedReason, ...]:
        """The reasons the text may mean: the offer's own, then the others; each in the catalogue's order.

        Every word typed begins a word of the label, accents and case aside; a label that begins with the
        text comes first. A slip is looked for only where nothing begins so. Nothing typed: all of them.
        """
        typed = fold(text)
        if not typed and text.strip():
            return ()
        words = typed.split()
        found = [entry for entry in self._entries if _begins(words, entry[1])]
        approximate = not found
        if approximate:
            found = _resembling(words, self._entries)
        else:
            found.sort(key=lambda entry: not " ".join(entry[1]).startswith(typed))
        proposed = [SuggestedReason(one, self.belongs(one, offer), approximate) for one, _ in found]
        return tuple(sorted(proposed, key=lambda one: not one.of_offer)[:limit])

    def exact(self, text: str, offer: str | None) -> SuggestedReason | None:
        """The one reason that bears this very label, None for none or several."""
        words = tuple(fold(text).split())
        found = [reason for reason, name in self._entries if words and name == words]
        return SuggestedReason(found[0], self.belongs(found[0], offer)) if len(found) == 1 else None


def _begins(typed: Iterable[str], name: tuple[str, ...]) -> bool:
    return all(any(word.startswith(one) for word in name) for one in typed)


def _resembling(typed: list[str], entries: Iterable[_Entry]) -> list[_Entry]:
    """Those each typed word of which is a slip away from the beginning of a word, closest first."""
    if not any(len(word) >= _SHORTEST_TYPO for word in typed):
        return []
    # Loaded at the first typo: most searches end before.
    from rapidfuzz import fuzz

    scored = []
    for entry in entries:
        score = min(_likeness(word, entry[1], fuzz.ratio) for word in typed)
        if score >= _CLOSE_ENOUGH:
            scored.append((-score, entry))
    return [entry for _, entry in sorted(scored, key=lambda pair: pair[0])]


def _likeness(typed: str, name: tuple[str, ...], ratio: Callable[[str, str], float]) -> float:
    if len(typed) < _SHORTEST_TYPO:
        return 100.0 if any(word.startswith(typed) for word in name) else 0.0
    best = 0.0
    for word in name:
        # The word may not be finished, and a slip may have added or dropped a letter.
        for beginning in {word[: len(typed) + more] for more in (-1, 0, 1)}:
            best = max(best, ratio(typed, beginning))
    return best
