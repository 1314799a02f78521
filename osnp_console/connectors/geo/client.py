"""Asks geo.api.gouv.fr for the centre of a commune, through the network door."""

from __future__ import annotations

import re

import msgspec

from osnp_console.app.sources.agendas import Deadline
from osnp_console.connectors.http import HttpSession
from osnp_console.connectors.http_failures import unreadable
from osnp_console.domain.slots.ranking import Whereabouts

LARGEST_BYTES = 64 * 1024
"""An answer weighs 100 bytes."""
NO_SUCH_COMMUNE = 404
TYPES = "commune-actuelle,arrondissement-municipal"
"""Without it the arrondissements of Paris, Lyon and Marseille are left out of what is searched."""
_CODE = re.compile(r"\d{5}|2[AB]\d{3}")


class _Point(msgspec.Struct):
    type: str
    coordinates: tuple[float, float]


class _Commune(msgspec.Struct):
    code: str
    centre: _Point | None = None


_COMMUNE = msgspec.json.Decoder(_Commune)


class GeoApi:
    """The national directory of communes, opened: a CommuneCentres."""

    def __init__(self, session: HttpSession, base: str) -> None:
        self._session = session
        self._base = base.rstrip("/")

    def centre(self, commune: str, deadline: Deadline) -> Whereabouts | None:
        """The centre of a commune, None when it is not known there; raises SourceFailure.

        A code that is none is not sent.
        """
        if not _CODE.fullmatch(commune):
            return None
        answer = self._session.get(
            f"{self._base}/communes/{commune}",
            deadline=deadline,
            params=(("fields", "code,centre"), ("type", TYPES), ("format", "json")),
            largest_bytes=LARGEST_BYTES,
            accepted=(NO_SUCH_COMMUNE,),
        )
        if answer.status == NO_SUCH_COMMUNE:
            if answer.content_type == "text/html":
                raise unreadable()  # a page of something in between, not the directory's own word
            return None
        try:
            found = _COMMUNE.decode(answer.body)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise unreadable() from None
        if found.code != commune:
            raise unreadable("une autre commune que celle demandée")
        return _whereabouts(found.centre) if found.centre is not None else None


def _whereabouts(point: _Point) -> Whereabouts:
    """GeoJSON gives the longitude first."""
    longitude, latitude = point.coordinates
    if point.type != "Point" or not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise unreadable("un lieu qui n’en est pas un")
    return Whereabouts(latitude, longitude, is_centre=True)
