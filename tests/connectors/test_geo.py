"""geo.api.gouv.fr is asked for one commune by its code; what is not its plain answer is a failure."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from osnp_console.app.sources.agendas import Deadline, SourceFailure
from osnp_console.connectors.geo import open_geo
from osnp_console.domain.slots.answers import SourceState
from osnp_console.domain.slots.ranking import Whereabouts
from tests.connectors.geo_double import REDON, SPOTS, GeoDouble, serving
from tests.connectors.misbehaving_server import (
    Behaviour,
    MisbehavingServer,
    Reply,
    answering,
    cut_at_once,
    endless,
    silent,
    trickling_body,
)

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
POINT = {"type": "Point", "coordinates": [-2.0814, 47.6577]}


def centre(double: GeoDouble, code: str = REDON) -> Whereabouts | None:
    with serving(double) as base, open_geo(lambda: NOW, base) as communes:
        return communes.centre(code, Deadline(10))


def answered(behaviour: Behaviour, seconds: float = 10.0) -> Whereabouts | None:
    with MisbehavingServer(behaviour) as server, open_geo(lambda: NOW, server.address) as communes:
        return communes.centre(REDON, Deadline(seconds))


def failure(behaviour: Behaviour, seconds: float = 10.0) -> SourceFailure:
    with pytest.raises(SourceFailure) as caught:
        answered(behaviour, seconds)
    assert "127.0.0.1" not in caught.value.message
    return caught.value


def saying(document: object) -> Behaviour:
    return answering(Reply(json.dumps(document).encode(), "application/json"))


def test_the_centre_of_a_commune_is_read_latitude_and_longitude_each_in_its_place() -> None:
    assert centre(GeoDouble()) == Whereabouts(*SPOTS[REDON], is_centre=True)


def test_nothing_is_sent_but_the_code() -> None:
    double = GeoDouble()
    centre(double)
    query = "fields=code,centre&type=commune-actuelle,arrondissement-municipal&format=json"
    assert double.asked == [f"/communes/{REDON}?{query}"]
    assert double.headers[0].keys() <= {
        "host",
        "user-agent",
        "accept",
        "accept-encoding",
        "connection",
    }


def test_a_commune_that_is_not_known_there_has_no_centre() -> None:
    assert centre(GeoDouble(spots={})) is None


@pytest.mark.parametrize("code", ["", "3523", "352360", "35236/..", "rue du Port", "2C004"])
def test_what_is_no_code_is_not_sent(code: str) -> None:
    double = GeoDouble()
    assert centre(double, code) is None
    assert double.asked == []


def test_a_commune_without_a_centre_has_none() -> None:
    assert answered(saying({"code": REDON})) is None
    assert answered(saying({"code": REDON, "centre": None})) is None


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        [{"code": REDON, "centre": POINT}, {"code": "44067", "centre": POINT}],
        {"code": "44067", "centre": POINT},
        {"code": REDON, "centre": {"type": "Polygon", "coordinates": [[[0.0, 0.0]]]}},
        {"code": REDON, "centre": {"type": "Point", "coordinates": [47.6, -2.0, 3.0]}},
        {"code": REDON, "centre": {"type": "Point", "coordinates": [-2.0, 147.6]}},
        {"code": REDON, "centre": {"type": "Point", "coordinates": ["-2", "47"]}},
        {"code": REDON, "centre": "47,-2"},
    ],
)
def test_an_answer_of_another_shape_is_no_position(document: object) -> None:
    assert failure(saying(document)).state is SourceState.FAILED


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"{", "application/json"),
        Reply(b"\xff\xfe", "application/json"),
        Reply(b"", "application/json"),
        Reply(b"<html></html>", "text/html"),
        Reply(b"Internal Server Error", "text/plain", 500),
        Reply(b"", "text/plain", 429),
        Reply(b"<html>portail captif</html>", "text/html", 404),
    ],
)
def test_what_is_no_answer_is_a_failure_and_never_an_unknown_commune(reply: Reply) -> None:
    failure(answering(reply))


@pytest.mark.parametrize("behaviour", [silent, trickling_body])
def test_a_directory_that_does_not_answer_in_time_is_late(behaviour: Behaviour) -> None:
    assert failure(behaviour, 0.3).state is SourceState.LATE


@pytest.mark.parametrize("behaviour", [cut_at_once, endless])
def test_a_cut_or_endless_answer_is_a_failure(behaviour: Behaviour) -> None:
    assert failure(behaviour).state is SourceState.FAILED
