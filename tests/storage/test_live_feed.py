"""What one desk commits on the server, the others hear; a lost link is told, and told once it is back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from queue import Queue
from threading import Event, Thread
from types import SimpleNamespace
from typing import Self

import pytest

from osnp_console.app.base.live import Alone, Change, Heard, Linked, StillLinked, Subject
from osnp_console.storage.live_feed import LiveFeed, read_payload
from osnp_console.storage.server_link import open_link
from osnp_console.storage.store import Store
from tests.storage.kept import NOW, full_call
from tests.storage.places import ServerPlace
from tests.storage.server import running
from tests.storage.server_tls import encrypted

PATIENCE = 30.0
BUSY = 300
"""Changes of other desks while one rests."""


class Ear:
    """A desk that listens; what it hears waits in a queue."""

    def __init__(self, open_it: Callable[[], object], own_link: str = "") -> None:
        self.heard: Queue[Heard] = Queue()
        self.feed = LiveFeed(open_it, own_link, lambda: NOW)
        self.feed.follow(self.heard.put)

    def next(self, kind: type[Heard] = Change) -> Heard:
        """The next news of that kind, the others apart."""
        while True:
            news = self.heard.get(timeout=PATIENCE)
            if isinstance(news, kind):
                return news


@pytest.fixture
def two(server_place: ServerPlace) -> Iterator[tuple[Store, Store, Ear]]:
    """Two desks on one base; the first one listens."""
    here, there = server_place.open(), server_place.open()
    address = server_place.own.address
    ear = Ear(lambda: open_link(address, None), here.link)
    ear.next(Linked)
    yield here, there, ear
    ear.feed.close()
    here.close()
    there.close()


def test_a_call_saved_at_one_desk_is_heard_at_the_other_by_its_number_alone(
    two: tuple[Store, Store, Ear],
) -> None:
    _, there, ear = two
    with there.unit() as unit:
        saved = unit.calls.save(full_call())
        unit.commit()
    assert ear.next() == Change(Subject.CALL, saved.id)


def test_what_is_not_committed_is_not_heard_and_neither_is_what_one_did_oneself(
    two: tuple[Store, Store, Ear],
) -> None:
    here, there, ear = two
    with there.unit() as unit:
        unit.calls.save(full_call())  # and no commit
    with here.unit() as unit:
        saved = unit.calls.save(full_call())
        unit.commit()
    with there.unit() as unit:
        unit.sources.remove("aucune")
        unit.commit()
    assert ear.next() == Change(Subject.SOURCES, "aucune")
    assert saved.version == 1


def test_a_thousand_changes_of_one_commit_are_all_heard(two: tuple[Store, Store, Ear]) -> None:
    _, there, ear = two
    names = {f"agenda-{number:04}" for number in range(1000)}
    with there.unit() as unit:
        for name in names:
            unit.agendas.remove(name)
        unit.commit()
    heard = {ear.next() for _ in names}
    assert heard == {Change(Subject.AGENDA, name) for name in names}


def test_a_quiet_server_is_asked_whether_it_is_there(two: tuple[Store, Store, Ear]) -> None:
    assert two[2].next(StillLinked) == StillLinked(NOW)


def test_a_server_that_dies_leaves_the_desk_alone_until_it_is_back() -> None:
    with running() as own:
        ear = Ear(lambda: open_link(own.address("postgres"), None))
        ear.next(Linked)
        own.kill()
        assert ear.next(Alone) == Alone(NOW)
        own.start()
        assert ear.next(Linked) == Linked(NOW)
        with own.connection("postgres") as connection:
            connection.execute('SELECT pg_notify(\'osnp_console\', \'["autre", [["carnet", "a"]]]\')')
        assert ear.next() == Change(Subject.AGENDA, "a")
        ear.feed.close()


def test_a_busy_room_is_heard_together_also_where_each_change_comes_in_a_record_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """TLS hands over one record at a time: a desk that rested after each would hear its room ever later."""
    all_told, rests = Event(), Queue[float]()

    def rest(seconds: float) -> bool:
        rests.put(seconds)
        return not all_told.wait(PATIENCE)

    with encrypted() as (server, _):
        address = replace(server.address("postgres"), sslmode="require")
        ear = Ear(lambda: open_link(address, None))
        ear.next(Linked)
        monkeypatch.setattr(ear.feed._ended, "wait", rest)
        with server.connection("postgres") as connection:
            for number in range(BUSY):
                told = json.dumps(["autre", [["appel", f"a-{number}"]]])
                connection.execute("SELECT pg_notify('osnp_console', %s)", (told,))
        all_told.set()
        heard = [ear.next() for _ in range(BUSY)]
        assert heard == [Change(Subject.CALL, f"a-{number}") for number in range(BUSY)]
        ear.feed.close()
        assert rests.qsize() < 10, "it rested after each change"


def test_a_desk_is_told_once_that_it_is_alone_however_often_it_tries() -> None:
    tries: Queue[None] = Queue()

    def refuse() -> object:
        tries.put(None)
        raise OSError("no route")

    ear = Ear(refuse)
    for _ in range(3):
        tries.get(timeout=PATIENCE)
    ear.feed.close()
    assert ear.heard.get_nowait() == Alone(NOW)
    assert ear.heard.empty()


def test_what_a_newer_console_says_and_what_is_no_announcement_are_passed_over() -> None:
    newer = json.dumps(["autre", [["une_nouveaute", "t1"], ["appel", "a1"]]])
    assert read_payload(newer, "ici") == (Change(Subject.CALL, "a1"),)
    for other in ("", "bonjour", "[1]", "{}", '["autre", [["appel"]]]'):
        assert read_payload(other, "ici") == ()


class ScriptedLink:
    """A connection on which one batch of notifications after the other comes, then none."""

    def __init__(self, *batches: tuple[str, ...]) -> None:
        self._batches = list(batches)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def execute(self, statement: str) -> None:
        """Whatever is asked, it is there."""

    def notifies(self, *, timeout: float, stop_after: int | None = None) -> Iterator[SimpleNamespace]:
        """The next batch; nothing more where nobody waits for it."""
        batch = self._batches.pop(0) if timeout and self._batches else ()
        yield from (SimpleNamespace(payload=one) for one in batch)


def test_a_call_saved_letter_by_letter_is_passed_on_once_for_all_that_came_together() -> None:
    def said(*changes: tuple[str, str], link: str = "autre") -> str:
        return json.dumps([link, changes])

    letters = (said(("appel", "a1")), said(("appel", "a1")), said(("appel", "a2"), ("appel", "a1")))
    link = ScriptedLink(letters, (said(("appel", "a3"), link="ici"),), (said(("appel", "a1")),))
    ear = Ear(lambda: link, own_link="ici")
    heard = [ear.next() for _ in range(3)]
    ear.next(StillLinked)
    ear.feed.close()
    assert heard == [Change(Subject.CALL, call) for call in ("a1", "a2", "a1")]
    assert not any(isinstance(one, Change) for one in ear.heard.queue)


def test_a_server_that_says_nothing_keeps_nobody_from_closing_and_is_not_heard_afterwards() -> None:
    asked, answers = Event(), Event()

    class Silent:
        """A link whose server answers when the test says so."""

        autocommit = False

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *error: object) -> None:
            pass

        def execute(self, statement: str) -> None:
            asked.set()
            assert answers.wait(PATIENCE)

        def notifies(self, **wanted: object) -> list[object]:
            raise OSError("closed")

    ear = Ear(Silent)
    assert asked.wait(PATIENCE)
    closing = Thread(target=ear.feed.close)
    closing.start()
    closing.join(PATIENCE / 2)
    closed = not closing.is_alive()
    answers.set()
    closing.join()
    assert closed
    assert ear.heard.empty()
