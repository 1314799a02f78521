"""What a commune's text means once its field is left: one commune, several of that name, or none.

Source: interface, type-ahead: a text is chosen by itself only when it is one exact, unique name, postal code
or INSEE code; homonyms never are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from osnp_console.app.places.find_commune import CommuneSearch, Suggestion
from osnp_console.domain.commune import fold

_CODE = re.compile(r"\d{5}|2[ab]\d{3}", re.IGNORECASE)
_HINT = re.compile(r"\d{2,5}|2[ab]\d{0,3}")
_ENOUGH = 60  # no name and no postal code is shared by more


@dataclass(frozen=True, slots=True)
class SettledCommune:
    """`chosen` when the text leaves no doubt; else how many bear it, and whether any resembles it."""

    chosen: Suggestion | None = None
    bearing: int = 0
    by_code: bool = False
    resembling: bool = False


def settle_commune(search: CommuneSearch, text: str) -> SettledCommune:
    """Read a text that was typed and not chosen from the list."""
    typed = fold(text)
    found = search.search(text, _ENOUGH)
    by_code = _CODE.fullmatch(typed.replace(" ", "")) is not None
    exact = _of_code(found, typed.replace(" ", "").upper()) if by_code else _of_name(found, typed)
    chosen = exact[0] if len(exact) == 1 else None
    return SettledCommune(chosen, len(exact), by_code, bool(found))


def _of_code(found: tuple[Suggestion, ...], code: str) -> list[Suggestion]:
    exact = [one for one in found if code == one.commune.code or code in one.commune.codes_postaux]
    whole = {one.commune.parent for one in exact if one.commune.parent is not None}
    # 75012 is an arrondissement and, less exactly, its city.
    return [one for one in exact if one.commune.code not in whole]


def _of_name(found: tuple[Suggestion, ...], typed: str) -> list[Suggestion]:
    names = [typed]
    before, _, last = typed.rpartition(" ")
    if before and _HINT.fullmatch(last):
        names.append(before)
    first, _, after = typed.partition(" ")
    if after and _HINT.fullmatch(first):
        names.append(after)
    for name in names:
        exact = [one for one in found if not one.approximate and fold(one.shown) == name]
        if exact:
            return exact
    return []
