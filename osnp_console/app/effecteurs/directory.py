"""The directory of effecteurs: who may be asked for where, and the dispositifs they take part in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from osnp_console.app.errors import Refusal
from osnp_console.app.people.permissions import note
from osnp_console.app.ports import OpenUnit
from osnp_console.domain.commune import fold
from osnp_console.domain.effecteur import Effecteur
from osnp_console.domain.identifiers import read_rpps, read_structure
from osnp_console.domain.journal import DIRECTORY_CHANGED, EXPORTED
from osnp_console.domain.permissions import Act
from osnp_console.domain.phone import phone_digits
from osnp_console.domain.slots.slot import Place, Slot
from osnp_console.domain.slots.source import AgendaSource

NOT_THERE = "Aucun effecteur de l’annuaire du site n’a ce numéro."
_SHORTEST_DIGITS = 4
"""Fewer digits than that in a text are no number one looks for."""


class Directory:
    """The entries by number, made once for many slots."""

    def __init__(self, effecteurs: Iterable[Effecteur] = ()) -> None:
        self.effecteurs = tuple(effecteurs)
        self._by_id = {one.id: one for one in self.effecteurs}

    def find(self, number: str) -> Effecteur | None:
        """The entry of that RPPS, SIRET or FINESS."""
        return self._by_id.get(number)

    def whose(self, slot: Slot) -> Effecteur | None:
        """Who gives the care of a slot: its practitioner, else the structure it is at."""
        rpps = slot.practitioner.rpps
        if rpps is not None:
            return self._by_id.get(rpps)
        return self._by_id.get(structure_number(slot.place) or "")

    def dispositifs_of(self, slot: Slot, source: AgendaSource) -> frozenset[str]:
        """The dispositifs a slot belongs to: the entry's when it names any, else the source's."""
        entry = self.whose(slot)
        return frozenset(entry.dispositifs if entry is not None and entry.dispositifs else source.dispositifs)

    def place_of(self, slot: Slot) -> Place:
        """The slot's place, with the position that the entry gives for this very place or its commune.

        Who practises at two places has one in the directory: the other one is not where it says.
        """
        place, entry = slot.place, self.whose(slot)
        if entry is None or place.latitude is not None or not _is_at(place, entry):
            return place
        known = entry.place
        return replace(place, latitude=known.latitude, longitude=known.longitude)


def _is_at(place: Place, entry: Effecteur) -> bool:
    """Whether an entry has a position, and of this very place or of one in the same commune."""
    known = entry.place
    if known.latitude is None or known.longitude is None:
        return False
    number = structure_number(place)
    if number is not None and number in (entry.id, structure_number(known)):
        return True
    here, there = ((one.postcode, fold(one.city or "")) for one in (place, known))
    return bool(place.postcode and place.city) and here == there


def structure_number(place: Place) -> str | None:
    """The SIRET or FINESS of a place, without the prefix of national structure identifiers."""
    return read_structure(place.id).number if place.id is not None else None


def dispositifs_of(
    slot: Slot, source: AgendaSource, directory: Directory | Iterable[Effecteur]
) -> frozenset[str]:
    """The dispositifs of a slot, as `Directory.dispositifs_of`; pass a Directory for many slots."""
    known = directory if isinstance(directory, Directory) else Directory(directory)
    return known.dispositifs_of(slot, source)


def whom_to_ask(
    source: AgendaSource, effecteurs: Iterable[Effecteur]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """RPPS and structures to ask of a source: those it declares, then the entries that name it, each once."""
    practitioners, structures = dict.fromkeys(source.practitioners), dict.fromkeys(source.structures)
    for one in effecteurs:
        if source.id in one.sources:
            (practitioners if one.is_practitioner else structures)[one.id] = None
    return tuple(practitioners), tuple(structures)


@dataclass(frozen=True, slots=True)
class Kept:
    """How many entries were added and how many replaced."""

    added: int
    replaced: int


def keep_effecteurs(open_unit: OpenUnit, effecteurs: Sequence[Effecteur]) -> Kept:
    """Add entries, or replace those of the same number, all or none; raises StoreFailure."""
    with open_unit() as unit:
        unit.session.require(Act.EDIT_DIRECTORY)
        there = {one.id for one in unit.effecteurs.all()}
        for one in effecteurs:
            unit.effecteurs.put(one)
        note(unit, DIRECTORY_CHANGED, {"quoi": "entrees", "nombre": len(effecteurs)})
        unit.commit()
    replaced = sum(one.id in there for one in effecteurs)
    return Kept(len(effecteurs) - replaced, replaced)


def remove_effecteur(open_unit: OpenUnit, number: str) -> None:
    """Remove an entry; raises Refusal (`introuvable`), StoreFailure."""
    with open_unit() as unit:
        unit.session.require(Act.EDIT_DIRECTORY)
        if not unit.effecteurs.remove(bare_number(number)):
            raise Refusal("introuvable", NOT_THERE, "identifiant")
        note(unit, DIRECTORY_CHANGED, {"quoi": "retrait", "numero": bare_number(number)})
        unit.commit()


def replace_effecteur(open_unit: OpenUnit, effecteur: Effecteur, before: str | None) -> None:
    """Add an entry, or put it in place of the one of the number `before`; raises StoreFailure, Forbidden."""
    with open_unit() as unit:
        unit.session.require(Act.EDIT_DIRECTORY)
        if before is not None and before != effecteur.id:
            unit.effecteurs.remove(before)
        unit.effecteurs.put(effecteur)
        note(unit, DIRECTORY_CHANGED, {"quoi": "entree", "numero": effecteur.id})
        unit.commit()


def get_effecteur(open_unit: OpenUnit, number: str) -> Effecteur:
    """The entry of a number, however it is written; raises Refusal (`introuvable`), StoreFailure."""
    entry = Directory(all_effecteurs(open_unit)).find(bare_number(number))
    if entry is None:
        raise Refusal("introuvable", NOT_THERE, "identifiant")
    return entry


def all_effecteurs(open_unit: OpenUnit) -> tuple[Effecteur, ...]:
    """Everybody, by name; raises StoreFailure."""
    with open_unit() as unit:
        return tuple(unit.effecteurs.all())


def exported_effecteurs(open_unit: OpenUnit) -> tuple[Effecteur, ...]:
    """Everybody, by name, to be written in a table outside the base; raises StoreFailure, Forbidden."""
    with open_unit() as unit:
        unit.session.require(Act.EXPORT)
        everybody = tuple(unit.effecteurs.all())
        note(unit, EXPORTED, {"quoi": "annuaire", "nombre": len(everybody)})
        unit.commit()
    return everybody


def bare_number(text: str) -> str:
    """A number as the directory keeps it, the text itself when it is none."""
    return read_rpps(text).number or read_structure(text).number or text.strip()


def search_effecteurs(effecteurs: Iterable[Effecteur], text: str) -> list[Effecteur]:
    """Those of whom every word typed begins a word, or whose number or phone the digits typed are part of.

    Accents and case do not count; an empty text finds everybody.
    """
    wanted = fold(text).split()
    bare = "" if any(letter.isalpha() for letter in text) else "".join(filter(str.isdigit, text))
    if len(bare) < _SHORTEST_DIGITS:
        bare = ""
    return [
        one
        for one in effecteurs
        if _begins(wanted, fold(_said(one)).split()) or (bare and _has_number(one, bare))
    ]


def _has_number(one: Effecteur, bare: str) -> bool:
    if bare in one.id or bare_number(bare) == one.id:
        return True
    digits = phone_digits(bare)
    return any(phone_digits(phone).startswith(digits) for phone in (one.phone, one.place.phone) if phone)


def _said(one: Effecteur) -> str:
    place = one.place
    parts = (one.name, one.profession, place.name, place.city, place.postcode, *one.dispositifs, *one.sources)
    return " ".join(part for part in parts if part)


def _begins(wanted: Iterable[str], words: Sequence[str]) -> bool:
    return all(any(word.startswith(part) for word in words) for part in wanted)
