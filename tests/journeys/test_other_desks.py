"""One window on a base that other desks share: what they do shows here, and nothing typed here is lost."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from osnp_console.app.base.live import Alone, Change, Heard, Linked, StillLinked, Subject
from osnp_console.app.places.commune_names import CommuneNames
from osnp_console.app.ports import OpenUnit, StoreFailure, Unit
from osnp_console.bootstrap.desk_base import DeskBase
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts, journal
from osnp_console.domain.call_record import CallRecord, CallState
from osnp_console.storage.kept_aside import KeptAside
from osnp_console.storage.store import Store
from osnp_console.ui.follow_up import workspace
from osnp_console.ui.follow_up.workspace import FollowUpWorkspace
from osnp_console.ui.frame.rail import Place
from osnp_console.ui.widgets.line_field import LineField
from tests.journeys.operator import Operator, pressed, typed
from tests.journeys.test_redon_call import talk
from tests.journeys.test_text_size import cut, out_of_sight
from tests.journeys.workstation import NOON

ELSEWHERE = "44-5"


class HandFeed:
    """A feed that says what the test says."""

    def __init__(self) -> None:
        self.say: Callable[[Heard], None] = lambda heard: None

    def follow(self, heard: Callable[[Heard], None]) -> None:
        self.say = heard

    def close(self) -> None:
        self.say = lambda heard: None


@pytest.fixture
def feed(operator: Operator) -> HandFeed:
    """The desk listens to the others."""
    return listen(operator)


def listen(operator: Operator) -> HandFeed:
    """Let the window on screen hear what the test says."""
    listening = HandFeed()
    operator.window.live.follow(listening)
    listening.say(Linked(NOON))
    operator.qtbot.waitUntil(lambda: operator.window.live.up_to_date_at is not None)
    return listening


def elsewhere(operator: Operator, feed: HandFeed, change: Callable[[CallRecord], CallRecord]) -> None:
    """Another desk changes the call on screen in the base, and it is heard here."""
    call = operator.call.record.id

    def work(open_unit: OpenUnit) -> None:
        with open_unit() as unit:
            unit.calls.save(change(unit.calls.get(call)))
            unit.commit()

    operator.wait_saved()
    operator.read_base(work)
    feed.say(Change(Subject.CALL, call))


def other_desks_call(operator: Operator) -> CallRecord:
    """A call that another desk has open."""
    record = CallRecord("autre", 7, ELSEWHERE, NOON, CallState.HELD, NOON)
    record = record.put(fields.BIRTH_NAME, "GALLOIS")

    def work(open_unit: OpenUnit) -> CallRecord:
        with open_unit() as unit:
            saved = unit.calls.save(record)
            unit.commit()
            return saved

    return operator.read_base(work)


def test_what_another_desk_answers_appears_in_the_form_while_one_types_elsewhere_in_it(
    operator: Operator, feed: HandFeed
) -> None:
    pressed("F2")
    operator.tab_to("Nom")
    typed("mart")
    elsewhere(operator, feed, lambda record: record.put(facts.SEX, "f").put(fields.FIRST_NAMES, "Léa"))
    first_names = operator.frame.call_desk.intake.control(fields.FIRST_NAMES)
    operator.qtbot.waitUntil(lambda: operator.sheet.text(fields.FIRST_NAMES) == "Léa")
    assert isinstance(first_names, LineField)
    assert first_names.text() == "Léa"
    assert operator.here == "Nom"
    typed("in")
    operator.wait_saved()
    assert operator.sheet.text(fields.BIRTH_NAME) == "martin"
    assert journal.CHANGED_ELSEWHERE in operator.journal_of(operator.call.record.id)


def test_a_call_that_another_desk_takes_over_leaves_the_tabs_and_says_who_has_it(
    operator: Operator, feed: HandFeed
) -> None:
    pressed("F2")
    operator.tab_to("Nom")
    typed("martin")
    call = operator.call.record
    later = NOON + timedelta(minutes=1)
    elsewhere(operator, feed, lambda record: record.taken_over(ELSEWHERE, later))
    operator.qtbot.waitUntil(lambda: operator.window.calls.current is None)
    assert operator.notice == "Appel 1 a été pris par SAS 44 · 5. Tout ce qui était tapé ici y est."
    operator.wait_saved()

    def read(open_unit: OpenUnit) -> CallRecord:
        with open_unit() as unit:
            return unit.calls.get(call.id)

    assert operator.read_base(read).sheet.text(fields.BIRTH_NAME) == "martin"
    operator.frame.notice.yes.setFocus()
    pressed("Space")
    assert operator.notice == ""


def test_a_call_of_another_desk_is_taken_over_from_the_follow_up_with_a_second_entree(
    operator: Operator, feed: HandFeed
) -> None:
    other = other_desks_call(operator)
    pressed("Ctrl+F")
    place = operator.frame.places.workspace(Place.FOLLOW_UP)
    assert isinstance(place, FollowUpWorkspace)
    operator.qtbot.waitUntil(lambda: bool(place.table.rows))
    pressed("Down")
    operator.qtbot.waitUntil(lambda: "SAS 44 · 5" in place.call.message.words)
    pressed("Return")
    assert operator.window.calls.calls == []  # one Entrée only leads to the button that says so
    assert operator.here == "Prendre l’appel ici"
    pressed("Return")
    operator.qtbot.waitUntil(lambda: bool(operator.window.calls.calls))
    assert operator.call.record.id == other.id
    assert operator.call.record.state is CallState.ACTIVE
    operator.wait_saved()
    assert journal.TAKEN_OVER in operator.journal_of(other.id)


def test_a_call_asked_for_that_another_desk_has_open_is_taken_only_once_that_was_confirmed(
    operator: Operator, feed: HandFeed
) -> None:
    other = other_desks_call(operator)
    operator.frame.open_call(other.id)  # from a prescription, a person who called before
    operator.qtbot.waitUntil(lambda: bool(operator.notice))
    assert operator.notice == "Appel 7 est ouvert à SAS 44 · 5. Le prendre ici\u202f?"
    assert operator.window.calls.calls == []
    operator.frame.notice.no.setFocus()
    pressed("Space")
    assert (operator.notice, operator.window.calls.calls) == ("", [])
    operator.frame.open_call(other.id)
    operator.qtbot.waitUntil(lambda: bool(operator.notice))
    operator.frame.notice.yes.setFocus()
    pressed("Space")
    operator.qtbot.waitUntil(lambda: bool(operator.window.calls.calls))
    operator.wait_saved()
    assert journal.TAKEN_OVER in operator.journal_of(other.id)


def test_a_call_taken_elsewhere_appears_in_the_follow_up_that_is_on_screen(
    operator: Operator, feed: HandFeed
) -> None:
    pressed("Ctrl+F")
    place = operator.frame.places.workspace(Place.FOLLOW_UP)
    assert isinstance(place, FollowUpWorkspace)
    operator.qtbot.waitUntil(lambda: bool(place.message.words))
    other = other_desks_call(operator)
    feed.say(Change(Subject.CALL, other.id))
    operator.qtbot.waitUntil(lambda: [row.id for row in place.table.rows] == [other.id])


def test_a_desk_that_is_alone_says_since_when_goes_on_and_says_what_it_took_back(
    operator: Operator, feed: HandFeed
) -> None:
    link = operator.frame.top.link
    assert link.accessibleName() == "à jour à 10:02:00"
    feed.say(StillLinked(NOON + timedelta(seconds=5)))
    operator.qtbot.waitUntil(lambda: link.accessibleName() == "à jour à 10:02:05")
    pressed("F2")
    feed.say(Alone(NOON + timedelta(minutes=10)))
    operator.qtbot.waitUntil(lambda: bool(operator.notice))
    assert operator.notice == "Poste seul depuis 10:12\u202f: l’appel continue, l’agenda partagé est fermé."
    assert link.accessibleName() == "seul depuis 10:12"
    operator.capture("poste-seul")
    operator.tab_to("Nom")
    typed("martin")
    elsewhere(operator, HandFeed(), lambda record: record.put(fields.FIRST_NAMES, "Léa"))
    operator.workstation.hand_clock.now = NOON + timedelta(minutes=13)
    feed.say(Linked(NOON + timedelta(minutes=13)))
    operator.qtbot.waitUntil(lambda: operator.notice.startswith("Relié"))
    assert operator.notice == "Relié à 10:15. 1 changement repris."
    assert operator.sheet.text(fields.FIRST_NAMES) == "Léa"


def test_what_was_typed_while_alone_is_back_after_a_power_cut_beside_what_others_did(
    operator: Operator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = bytes(range(32))
    monkeypatch.setattr(DeskBase, "aside", lambda self: KeptAside(tmp_path / "attente", key))
    operator.stop()
    operator.start()
    pressed("F2")
    operator.wait_saved()
    call = operator.call.record.id

    def refuse(self: object) -> AbstractContextManager[Unit]:
        raise StoreFailure("reseau", "Le serveur ne répond plus.")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "unit", refuse)
        operator.tab_to("Nom")
        typed("martin")
        pressed("Tab")
        operator.qtbot.waitUntil(lambda: bool(operator.notice))
        operator.lose_power()

    codes = CommuneNames(operator.workstation.program.gazetteer()).codes
    store = operator.workstation.opened(codes)
    with store.unit() as unit:
        assert unit.calls.get(call).sheet.text(fields.BIRTH_NAME) == ""
        unit.calls.save(unit.calls.get(call).put(fields.FIRST_NAMES, "Léa"))
        unit.commit()
    store.close()

    operator.start()
    assert operator.notice.startswith("1 appel était ouvert")
    pressed("Space")
    assert operator.sheet.text(fields.BIRTH_NAME) == "MARTIN"
    assert operator.sheet.text(fields.FIRST_NAMES) == "Léa"
    operator.wait_saved()
    assert operator.journal_of(call).count(journal.ANSWERED) == 1


def test_in_the_least_room_the_link_leaves_its_time_to_the_tooltip_and_the_alarm_is_whole(
    seated: Operator,
) -> None:
    seated.workstation.install(text=200)
    seated.start(1024, 640)
    feed = listen(seated)
    talk(seated)
    seated.capture("poste-relie-etroit")
    link, top = seated.frame.top.link, seated.frame.top
    assert [*cut(top), *out_of_sight(top)] == []
    assert seated.words_in(link) == ["à jour"]
    assert link.accessibleName() == "à jour à 10:02:00"
    feed.say(Alone(NOON))
    seated.qtbot.waitUntil(lambda: seated.words_in(link) == ["seul"])
    seated.capture("poste-seul-etroit")
    assert [*cut(top), *out_of_sight(top)] == []
    assert link.toolTip().endswith("seul depuis 10:02")
    seated.window.resize(1366, 768)
    seated.qtbot.waitUntil(lambda: seated.words_in(link) == ["seul depuis 10:02"])


@pytest.mark.file_only
def test_a_desk_that_nobody_shares_says_nothing_of_a_link(operator: Operator) -> None:
    assert not operator.frame.top.link.isVisible()


def reading(operator: Operator) -> FollowUpWorkspace:
    """Suivi with what it lists, the keyboard in its table."""
    pressed("Ctrl+F")
    place = operator.frame.places.workspace(Place.FOLLOW_UP)
    assert isinstance(place, FollowUpWorkspace)
    operator.qtbot.waitUntil(lambda: bool(place.table.rows))
    pressed("Down")
    return place


def test_entree_before_the_call_was_read_leads_to_the_button_as_soon_as_it_is(
    operator: Operator, feed: HandFeed
) -> None:
    other = other_desks_call(operator)
    place = reading(operator)
    pressed("Return")  # quicker than the rest after which a call is read
    operator.qtbot.waitUntil(lambda: operator.here == "Prendre l’appel ici")
    assert operator.window.calls.calls == []
    assert place.table.current is not None
    assert place.table.current.id == other.id


def test_a_call_ended_elsewhere_while_it_is_read_here_is_read_again_and_no_more_offered(
    operator: Operator, feed: HandFeed
) -> None:
    other = other_desks_call(operator)
    place = reading(operator)
    operator.qtbot.waitUntil(lambda: "SAS 44 · 5" in place.call.message.words)

    def end(open_unit: OpenUnit) -> None:
        with open_unit() as unit:
            unit.calls.save(unit.calls.get(other.id).closed("conseil", NOON))
            unit.commit()

    operator.read_base(end)
    feed.say(Change(Subject.CALL, other.id))
    operator.qtbot.waitUntil(lambda: place.call.action.accessibleName() == "Rouvrir l’appel")
    assert not place.call.message.words


def test_words_changed_elsewhere_in_a_call_that_is_read_are_no_reason_to_read_it_again(
    operator: Operator, feed: HandFeed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspace, "READING_REST_MS", 0)
    other = other_desks_call(operator)
    place = reading(operator)
    operator.qtbot.waitUntil(lambda: "SAS 44 · 5" in place.call.message.words)
    read = operator.journal_of(other.id).count(journal.READ)

    def type_on(open_unit: OpenUnit) -> None:
        with open_unit() as unit:
            unit.calls.save(unit.calls.get(other.id).put(fields.FIRST_NAMES, "Léa"))
            unit.commit()

    operator.read_base(type_on)
    feed.say(Change(Subject.CALL, other.id))
    operator.qtbot.waitUntil(lambda: place.table.rows[0].person == "GALLOIS Léa")
    QApplication.processEvents()  # a reading that was wanted would be asked for now
    operator.qtbot.waitUntil(lambda: operator.window.door.is_idle)
    assert operator.journal_of(other.id).count(journal.READ) == read == 1
