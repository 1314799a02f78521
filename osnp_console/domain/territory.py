"""Territories: which communes a CPTS or a protocol covers, as far as somebody lists them."""

from __future__ import annotations

from dataclasses import dataclass

from osnp_console.domain.commune import Commune
from osnp_console.domain.sources import Doubt, Source
from osnp_console.domain.states import State, met_if


@dataclass(frozen=True, slots=True)
class Territory:
    """Where the patients of a CPTS (or of a departmental protocol) live.

    `communes` are living INSEE codes, None when nobody lists them; `whole` means that the
    `departements` themselves are the territory.
    """

    cpts: str
    departements: frozenset[str]
    communes: frozenset[str] | None = None
    whole: bool = False
    source: Source | None = None
    doubts: tuple[Doubt, ...] = ()

    def holds(self, commune: Commune) -> State:
        """Whether the commune belongs: by the list, by the département, else not known.

        A municipal arrondissement belongs with its commune. A commune of another département than
        those covered does not belong, list or no list.
        """
        if commune.departement not in self.departements:
            return State.UNMET
        if self.whole:
            return State.MET
        if self.communes is None:
            return State.UNKNOWN
        return met_if(commune.code in self.communes or (commune.parent or "") in self.communes)
