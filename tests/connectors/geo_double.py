"""A server that answers as geo.api.gouv.fr does for one commune."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from tests.connectors.misbehaving_server import Asked, MisbehavingServer, Reply, answering

REDON, PIPRIAC, HERBIGNAC = "35236", "35219", "44072"
SPOTS: Mapping[str, tuple[float, float]] = {
    REDON: (47.6577, -2.0814),
    PIPRIAC: (47.8084, -1.9424),
    HERBIGNAC: (47.4411, -2.3156),
}
"""Latitude and longitude by INSEE code, near enough for a test."""


@dataclass
class GeoDouble:
    """The communes it knows, and the requests it got, in order."""

    spots: dict[str, tuple[float, float]] = field(default_factory=lambda: dict(SPOTS))
    asked: list[str] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)

    def answer(self, asked: Asked) -> Reply:
        """What the real one says: only the fields that were asked for, the longitude first."""
        self.asked.append(asked.target)
        self.headers.append(asked.headers)
        parts = urlsplit(asked.target)
        code = parts.path.rpartition("/")[2]
        params = parse_qs(parts.query)
        if not parts.path.startswith("/communes/") or code not in self.spots:
            return Reply(b"Not Found", "text/plain; charset=utf-8", 404)
        latitude, longitude = self.spots[code]
        whole = {
            "nom": "Essai",
            "code": code,
            "centre": {"type": "Point", "coordinates": [longitude, latitude]},
        }
        wanted = params["fields"][0].split(",")
        return Reply(
            json.dumps({name: whole[name] for name in wanted}).encode(), "application/json; charset=utf-8"
        )

    @property
    def codes(self) -> list[str]:
        """The INSEE codes asked for, in order."""
        return [urlsplit(one).path.rpartition("/")[2] for one in self.asked]


@contextmanager
def serving(double: GeoDouble) -> Iterator[str]:
    """The double on the loopback; gives the base of its API."""
    with MisbehavingServer(answering(double.answer)) as server:
        yield server.address.removesuffix("/fhir")
