"""An effecteur: who gives the care, a practitioner or a structure, as the site's directory knows them."""

from __future__ import annotations

from dataclasses import dataclass

from osnp_console.domain.slots.slot import NO_PLACE, Place


@dataclass(frozen=True, slots=True)
class Effecteur:
    """One entry of the directory. None and empty are not said.

    `id` is an RPPS (11 digits), a SIRET (14 digits) or a FINESS (9 characters). `dispositifs` are ids of the
    catalogue, `sources` ids of declared agenda sources in which to look for this effecteur. `phone` is the
    desk's own number for them, as typed.
    """

    id: str
    name: str
    profession: str | None = None
    dispositifs: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    place: Place = NO_PLACE
    phone: str | None = None
    note: str = ""

    @property
    def is_practitioner(self) -> bool:
        """True for an RPPS, False for a structure's number."""
        return len(self.id) == 11
