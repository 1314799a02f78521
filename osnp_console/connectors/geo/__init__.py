"""Where communes are: geo.api.gouv.fr, « API Découpage administratif ».

Only INSEE codes are sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from osnp_console.app.places.whereabouts import CommuneCentres

BASE = "https://geo.api.gouv.fr"


@contextmanager
def open_geo(clock: Callable[[], datetime], base: str = BASE) -> Iterator[CommuneCentres]:
    """The directory of communes at `base`; its connections are closed when the context is left."""
    from osnp_console.connectors.geo.client import GeoApi
    from osnp_console.connectors.http import HttpSession

    session = HttpSession(headers={"Accept": "application/json"}, clock=clock)
    try:
        yield GeoApi(session, base)
    finally:
        session.close()
