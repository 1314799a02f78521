"""What is typed in forms is on the desk's own disk until the base has it, and outlives a power cut."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from osnp_console.app.base.drafts import NO_DRAFTS, About, Drafts, TypedText
from osnp_console.app.ports import StoreFailure
from osnp_console.app.prescription.write import CHANGED_ELSEWHERE, write
from osnp_console.domain.permissions import ADMINISTRATOR, OSNP
from osnp_console.domain.prescription.content import Content
from osnp_console.domain.prescription.prescription import Prescription
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.drafts_kept import UNREADABLE, WAITS_FOR_CHOICE, DraftsKept
from osnp_console.ui.live import Live
from osnp_console.ui.prescriptions.desk_prescriptions import DeskPrescriptions
from osnp_console.ui.unfinished import Unfinished
from tests.ui.test_desk_prescriptions import LOST, LYON, PARIS, Store
from tests.unit.prescriptions import NOW, SARTHE, draft

ABOUT = {"transfert.autre": About.DESK}


class Shelf:
    """A place on the disk that is only memory."""

    def __init__(self) -> None:
        self.kept = NO_DRAFTS
        self.is_broken = False

    def keep_drafts(self, drafts: Drafts) -> None:
        self.kept = drafts

    def read_drafts(self) -> Drafts:
        if self.is_broken:
            raise StoreFailure("base_illisible", "La clé ne convient pas.")
        return self.kept


class Desk:
    """A console on a store, from its start to its power cut."""

    def __init__(self, qtbot: QtBot, store: Store, shelf: Shelf) -> None:
        self.qtbot, self.store = qtbot, store
        self.door, self.unfinished = StoreDoor(store), Unfinished()
        self.prescriptions = DeskPrescriptions(
            self.door, Live(), lambda: "72-1", lambda: NOW, lambda: store.kept.session, self.unfinished
        )
        self.told: list[str] = []
        self.is_writing = False
        self.drafts = DraftsKept(
            self.unfinished, self.prescriptions, self.door, ABOUT, lambda: self.is_writing
        )
        self.prescriptions.changed.connect(self.drafts.look)
        self.prescriptions.told.connect(self.drafts.hear)
        self.drafts.told.connect(self.told.append)
        self.drafts.bring_back(shelf)
        self.wait()

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: self.door.is_idle)

    def content(self) -> Content:
        """The content on screen."""
        found = self.prescriptions.get("p-1")
        assert found is not None
        return found.content


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr("osnp_console.ui.prescriptions.asked_of_store.RETRY_MS", 3_600_000)
    monkeypatch.setattr("osnp_console.ui.prescriptions.desk_prescriptions.SAVE_AFTER_MS", 0)
    return Store()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def cut(store: Store) -> None:
    """The base does not answer from now on."""
    store.fails.extend([LOST] * 99)


def mend(store: Store) -> None:
    """It does again."""
    store.fails.clear()


def typed_alone(qtbot: QtBot, store: Store, shelf: Shelf) -> None:
    """A draft that the base has, typed in while it was away, until the power went."""
    desk = Desk(qtbot, store, shelf)
    desk.prescriptions.begin(draft(), SARTHE)
    desk.wait()
    cut(store)
    desk.prescriptions.type("p-1", PARIS)
    qtbot.waitUntil(lambda: bool(shelf.kept.prescriptions))
    desk.wait()
    assert store.one.content == draft().content
    mend(store)


def asked_to_choose(qtbot: QtBot, store: Store, shelf: Shelf) -> Desk:
    """A start at which the base holds something else than what was typed over."""
    desk = Desk(qtbot, store, shelf)
    qtbot.waitUntil(lambda: bool(desk.told))
    assert desk.told == [WAITS_FOR_CHOICE.format(CHANGED_ELSEWHERE)]
    assert (desk.content(), store.one.content) == (PARIS, LYON)
    assert desk.prescriptions.why_stopped("p-1") == CHANGED_ELSEWHERE
    return desk


def test_what_was_typed_while_the_base_was_away_reaches_it_at_the_next_start(
    qtbot: QtBot, store: Store, shelf: Shelf
) -> None:
    typed_alone(qtbot, store, shelf)
    again = Desk(qtbot, store, shelf)
    qtbot.waitUntil(lambda: store.one.content == PARIS)
    qtbot.waitUntil(lambda: shelf.kept == NO_DRAFTS)
    assert (again.content(), again.told) == (PARIS, [])


def test_a_draft_begun_and_typed_while_the_base_was_away_is_there_under_the_name_of_who_began_it(
    qtbot: QtBot, store: Store, shelf: Shelf
) -> None:
    desk = Desk(qtbot, store, shelf)
    cut(store)
    desk.prescriptions.begin(draft(), SARTHE)
    qtbot.waitUntil(lambda: bool(shelf.kept))
    desk.prescriptions.type("p-1", PARIS)
    qtbot.waitUntil(lambda: shelf.kept.prescriptions[0].content == PARIS)
    began = store.kept.session.person
    mend(store)
    store.kept.signed("morvan", OSNP)
    Desk(qtbot, store, shelf)
    qtbot.waitUntil(lambda: "p-1" in store.kept.prescriptions.kept and store.one.content == PARIS)
    qtbot.waitUntil(lambda: shelf.kept == NO_DRAFTS)
    assert [entry.person for entry in store.kept.journal] == [began]


def test_what_another_desk_wrote_meanwhile_is_kept_beside_and_the_choice_is_said_and_outlives_a_second_cut(
    qtbot: QtBot, store: Store, shelf: Shelf
) -> None:
    typed_alone(qtbot, store, shelf)
    write("p-1", LYON, store.one.content)(store.kept.unit)
    asked_to_choose(qtbot, store, shelf)
    desk = asked_to_choose(qtbot, store, shelf)
    desk.prescriptions.keep_mine("p-1")
    qtbot.waitUntil(lambda: store.one.content == PARIS)
    qtbot.waitUntil(lambda: shelf.kept == NO_DRAFTS)


def test_a_save_whose_answer_was_lost_with_the_power_is_known_again_as_this_desks_own(
    qtbot: QtBot, store: Store, shelf: Shelf
) -> None:
    typed_alone(qtbot, store, shelf)
    write("p-1", PARIS, store.one.content)(store.kept.unit)  # it had been done after all
    (waiting,) = shelf.kept.prescriptions
    assert waiting.tried == (PARIS,)
    shelf.kept = Drafts((replace(waiting, content=LYON),))  # a letter more was typed since
    desk = Desk(qtbot, store, shelf)
    qtbot.waitUntil(lambda: store.one.content == LYON)
    assert desk.told == []


def test_who_may_not_prepare_leaves_it_to_the_next_who_may(qtbot: QtBot, store: Store, shelf: Shelf) -> None:
    typed_alone(qtbot, store, shelf)
    store.kept.signed("blin", ADMINISTRATOR)
    desk = Desk(qtbot, store, shelf)
    desk.drafts.keep()
    assert store.one.content == draft().content
    assert shelf.kept.prescriptions[0].content == PARIS
    store.kept.signed("roche", OSNP)
    desk.prescriptions.somebody_came(store.kept.session)
    qtbot.waitUntil(lambda: store.one.content == PARIS)


def test_a_text_of_a_panel_is_put_back_until_the_step_it_was_typed_for_is_in_the_base(
    qtbot: QtBot, store: Store, shelf: Shelf
) -> None:
    desk = Desk(qtbot, store, shelf)
    desk.unfinished.hold("transfert.autre", "t-1", "la ligne est satur")
    desk.unfinished.hold("reglages", "x", "d’autre part")
    kept = Drafts(texts=(TypedText("transfert.autre", "t-1", "la ligne est satur"),))
    qtbot.waitUntil(lambda: shelf.kept == kept)
    again = Desk(qtbot, store, shelf)
    assert again.unfinished.held("transfert.autre") == {"t-1": "la ligne est satur"}
    again.is_writing = True
    again.unfinished.drop("transfert.autre", "t-1")
    again.drafts.keep()
    assert shelf.kept == kept, "the step is not in the base yet"
    again.is_writing = False
    again.drafts.look("t-1")
    qtbot.waitUntil(lambda: shelf.kept == NO_DRAFTS)


def test_what_cannot_be_read_is_said_and_not_written_over(qtbot: QtBot, store: Store, shelf: Shelf) -> None:
    typed_alone(qtbot, store, shelf)
    kept, shelf.is_broken = shelf.kept, True
    desk = Desk(qtbot, store, shelf)
    assert desk.told == [UNREADABLE.format("La clé ne convient pas.")]
    desk.unfinished.hold("transfert.autre", "t-1", "autre chose")
    desk.drafts.keep()
    assert shelf.kept == kept


@pytest.mark.parametrize("answers", [True, False])
def test_a_window_that_closes_leaves_on_the_disk_only_what_the_base_did_not_take(
    qtbot: QtBot, store: Store, shelf: Shelf, answers: bool
) -> None:
    desk = Desk(qtbot, store, shelf)
    desk.prescriptions.begin(draft(), SARTHE)
    desk.wait()
    desk.prescriptions.type("p-1", PARIS)
    if not answers:
        cut(store)
    desk.prescriptions.leave(desk.drafts.close())
    desk.door.shut()
    assert (shelf.kept == NO_DRAFTS) is answers
    assert (store.one.content == PARIS) is answers


def test_a_validated_prescription_keeps_what_was_typed_beside_it_until_it_is_given_up(
    qtbot: QtBot, store: Store, shelf: Shelf
) -> None:
    typed_alone(qtbot, store, shelf)
    before: Prescription = store.one
    cancelled = replace(before, state=type(before.state).CANCELLED)
    store.kept.prescriptions.save(cancelled)
    desk = Desk(qtbot, store, shelf)
    qtbot.waitUntil(lambda: bool(desk.told))
    assert shelf.kept.prescriptions[0].content == PARIS
    desk.prescriptions.take_theirs("p-1")
    qtbot.waitUntil(lambda: shelf.kept == NO_DRAFTS)
