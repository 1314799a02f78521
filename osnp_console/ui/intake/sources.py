"""What the form looks things up in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from osnp_console.app.places.find_commune import CommuneSearch
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.commune import Commune
from osnp_console.domain.same_person import KnownPerson

Persons = Callable[[Sequence[KnownPerson]], None]
LookUp = Callable[[str, str, Persons], None]
"""Asks for persons of past calls by name, or by the national digits of a phone; answers on this thread."""


@dataclass(frozen=True, slots=True)
class IntakeSources:
    """The communes to search, the living commune of a code, and the catalogue."""

    communes: CommuneSearch
    living: Callable[[str], Commune | None]
    catalogue: Catalogue
