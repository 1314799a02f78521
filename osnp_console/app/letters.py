"""The letters that choose in a short list: one each, from the words themselves where that goes."""

from __future__ import annotations

from collections.abc import Mapping

from osnp_console.domain.commune import fold


def letters_of(labels: Mapping[str, str]) -> dict[str, str]:
    """A letter for each code of a list: the first of a long word of its label, else any letter of it.

    None serves twice; a code whose label has no letter left gets none.
    """
    taken: dict[str, str] = {}
    for code, label in labels.items():
        folded = fold(label)
        initials = [word[0] for word in folded.split() if len(word) > 3]
        for letter in (*initials, *folded.replace(" ", "")):
            if letter.isalpha() and letter.upper() not in taken.values():
                taken[code] = letter.upper()
                break
    return taken
