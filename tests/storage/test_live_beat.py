"""How a desk knows that what is on its screen is up to date."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Self

from osnp_console.app.base.live import StillLinked
from osnp_console.storage.live_feed import BEAT_TURNS
from tests.storage.kept import NOW
from tests.storage.test_live_feed import PATIENCE, Ear


def test_in_a_room_that_is_never_quiet_the_desk_knows_all_the_same_that_it_is_up_to_date() -> None:
    told = SimpleNamespace(payload=json.dumps(["autre", [["appel", "a"]]]))

    class Busy:
        """A link on which something is always said."""

        autocommit = False

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *error: object) -> None:
            pass

        def execute(self, statement: str) -> None:
            pass

        def notifies(self, **wanted: object) -> list[object]:
            return [told] if "stop_after" in wanted else []

    ear = Ear(Busy)
    heard = [ear.heard.get(timeout=PATIENCE) for _ in range(3 * BEAT_TURNS)]
    ear.feed.close()
    assert StillLinked(NOW) in heard
