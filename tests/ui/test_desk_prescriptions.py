"""Prescriptions as the window has them: what is typed stays until the store has it, whatever happens."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import TypeVar, cast

import pytest
from pytestqt.qtbot import QtBot

from osnp_console.app.base.live import Change, Subject
from osnp_console.app.errors import Forbidden
from osnp_console.app.places.whereabouts import Positions
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.app.prescription.signature import NotSigned, SignatureFault, SigningKey, Token
from osnp_console.app.prescription.signing_place import SigningPlace, SigningWay
from osnp_console.app.prescription.write import CHANGED_ELSEWHERE, write
from osnp_console.domain.permissions import DOCTOR, OSNP
from osnp_console.domain.prescription.content import Content
from osnp_console.domain.prescription.moves import PrescriptionMove, PrescriptionState
from osnp_console.domain.prescription.nurses import Nurse, NurseAnswer
from osnp_console.domain.prescription.prescription import Prescription
from osnp_console.domain.slots.ranking import Whereabouts
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.live import Live
from osnp_console.ui.prescriptions.around import distances_by
from osnp_console.ui.prescriptions.desk_prescriptions import DeskPrescriptions
from osnp_console.ui.prescriptions.signing import Signing
from osnp_console.ui.unfinished import Unfinished
from tests.unit.prescription_doubles import PrescriptionStore
from tests.unit.prescriptions import NOW, SARTHE, draft, other, validated

M, S = PrescriptionMove, PrescriptionState
T = TypeVar("T")
HERE = "72-1"
LOST = StoreFailure("reseau", "Le serveur ne répond plus.")


class Store:
    """A store that does its work at once, or fails as told."""

    def __init__(self) -> None:
        self.kept = PrescriptionStore()
        self.kept.signed("roche", OSNP)
        self.fails: deque[StoreFailure] = deque()

    def submit(self, work: Callable[[OpenUnit], T]) -> Future[T]:
        future: Future[T] = Future()
        if self.fails:
            future.set_exception(self.fails.popleft())
            return future
        try:
            future.set_result(work(self.kept.unit))
        except Exception as error:  # the future carries it, as a thread's would
            future.set_exception(error)
        return future

    @property
    def one(self) -> Prescription:
        return self.kept.prescriptions.kept["p-1"]


class World:
    """A desk that has begun a draft."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot, self.store, self.live = qtbot, Store(), Live()
        self.door, self.unfinished = StoreDoor(self.store), Unfinished()
        self.told: list[str] = []
        self.desk = self.window()
        self.desk.begin(draft(), SARTHE)
        self.wait()

    def window(self) -> DeskPrescriptions:
        """What a window has of prescriptions."""
        made = DeskPrescriptions(
            self.door, self.live, lambda: HERE, lambda: NOW, lambda: self.store.kept.session, self.unfinished
        )
        made.told.connect(lambda key, sentence: self.told.append(sentence))
        return made

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: self.door.is_idle)

    def typed(self, content: Content) -> None:
        self.desk.type("p-1", content)

    @property
    def shown(self) -> Prescription:
        found = self.desk.get("p-1")
        assert found is not None
        return found


@pytest.fixture
def world(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr("osnp_console.ui.prescriptions.asked_of_store.RETRY_MS", 3_600_000)
    return World(qtbot)


PARIS, LYON = other(call_reference="une frappe"), other(call_reference="une autre frappe")


def test_what_is_typed_is_shown_at_once_and_saved_when_the_typing_rests(world: World) -> None:
    world.typed(PARIS)
    assert (world.shown.content, world.store.one.content) == (PARIS, draft().content)
    world.typed(LYON)
    world.qtbot.waitUntil(lambda: world.store.one.content == LYON)
    world.wait()
    assert world.desk.is_saved("p-1")
    assert world.store.one.version == 2  # one writing for both keys


def test_a_move_asked_while_one_types_takes_what_was_typed_with_it(world: World) -> None:
    world.typed(PARIS)
    world.desk.move("p-1", M.SUBMIT)
    world.qtbot.waitUntil(lambda: world.shown.state is S.TO_VALIDATE)
    assert (world.store.one.content, world.store.one.state) == (PARIS, S.TO_VALIDATE)


def test_a_lost_link_takes_nothing_off_the_screen_and_all_goes_to_the_store_when_it_is_back(
    world: World,
) -> None:
    world.store.fails.extend([LOST] * 2)
    world.typed(PARIS)
    world.desk.save_all()
    world.wait()
    world.desk.move("p-1", M.SUBMIT)
    world.wait()
    assert (world.shown.content, world.store.one.content) == (PARIS, draft().content)
    assert not world.desk.is_saved("p-1")
    world.store.fails.clear()
    world.live.linked.emit(True)
    world.qtbot.waitUntil(lambda: world.store.one.state is S.TO_VALIDATE)
    assert world.store.one.content == PARIS
    world.qtbot.waitUntil(lambda: world.desk.is_saved("p-1"))


def test_a_refusal_of_the_store_is_told_and_what_was_typed_stays_for_another_window(world: World) -> None:
    world.typed(PARIS)
    world.store.fails.append(Forbidden("Ce compte ne permet plus rien."))
    world.desk.save_all()
    world.wait()
    assert world.told == ["Ce compte ne permet plus rien."]
    assert world.shown.content == PARIS
    again = world.window()
    again.refresh()
    world.wait()
    found = again.get("p-1")
    assert found is not None
    assert found.content == PARIS  # the panels were made anew: the text outlives them
    again.save_all()
    world.qtbot.waitUntil(lambda: world.store.one.content == PARIS)


def test_a_window_that_closes_leaves_what_is_typed_to_the_store(world: World) -> None:
    world.typed(PARIS)
    reached: list[str] = []
    world.desk.leave(reached.append)
    world.door.shut()  # nobody hears the answer any more
    assert (world.store.one.content, reached) == (PARIS, ["p-1"])


def changed_elsewhere(world: World, content: Content) -> None:
    """Another desk wrote in the draft, and it is heard here."""
    before = world.store.one.content
    write("p-1", content, before)(world.store.kept.unit)
    world.live.changed.emit(Change(Subject.PRESCRIPTION, "p-1"))


@pytest.mark.parametrize("keeps", [True, False])
def test_of_what_two_desks_wrote_the_person_chooses(world: World, keeps: bool) -> None:
    world.typed(PARIS)
    changed_elsewhere(world, LYON)
    world.qtbot.waitUntil(lambda: bool(world.desk.why_stopped("p-1")))
    assert world.told == [CHANGED_ELSEWHERE]
    assert (world.shown.content, world.store.one.content) == (PARIS, LYON)
    if keeps:
        world.desk.keep_mine("p-1")
    else:
        world.desk.take_theirs("p-1")
    expected = PARIS if keeps else LYON
    world.qtbot.waitUntil(lambda: world.store.one.content == expected)
    world.wait()
    assert world.shown.content == expected
    assert world.desk.is_saved("p-1")


def test_what_another_desk_did_is_shown_and_a_late_step_is_told(world: World) -> None:
    submitted = world.store.one.moved(M.SUBMIT, NOW, "72-9", "Anne")
    world.store.kept.prescriptions.save(submitted)
    world.desk.move("p-1", M.SUBMIT)  # asked before it was heard
    world.wait()
    assert world.shown.state is S.TO_VALIDATE
    assert "n’a pas été noté" in world.told[0]
    world.store.kept.prescriptions.save(world.store.one.moved(M.SEND_BACK, NOW, "72-9", "Anne", "à revoir"))
    world.live.changed.emit(Change(Subject.PRESCRIPTION, "p-1"))
    world.qtbot.waitUntil(lambda: world.shown.state is S.DRAFT)


def test_a_submission_at_another_desk_reaches_the_doctors_board_and_count(world: World) -> None:
    world.store.kept.signed("durand", DOCTOR)
    counts: list[int] = []
    world.desk.counted.connect(counts.append)
    theirs = replace(draft(), id="p-2", desk="72-9").moved(M.SUBMIT, NOW, "72-9")
    world.store.kept.prescriptions.save(theirs)
    world.live.changed.emit(Change(Subject.PRESCRIPTION, "p-2"))
    world.qtbot.waitUntil(lambda: counts == [1])
    assert [one.id for one in world.desk.board] == ["p-2", "p-1"]


def test_nurses_are_called_one_after_the_other_and_who_accepts_goes(world: World) -> None:
    world.desk.call_nurse("p-1", Nurse("n-1", "Mme Hubert"))
    world.desk.nurse_answered("p-1", NurseAnswer.REFUSED)
    world.desk.nurse_answered("p-1", NurseAnswer.REFUSED)  # nobody is being called any more
    world.desk.call_nurse("p-1", Nurse("n-2", "M. Sané"))
    world.desk.nurse_answered("p-1", NurseAnswer.ACCEPTED)
    world.wait()
    assert [(one.nurse, one.answer) for one in world.shown.tries] == [
        ("n-1", NurseAnswer.REFUSED),
        ("n-2", NurseAnswer.ACCEPTED),
    ]
    assert world.shown.nurse == "n-2"


def test_all_is_read_again_when_the_link_is_back(world: World) -> None:
    saved = world.store.one.moved(M.SUBMIT, NOW, "72-9")
    world.store.kept.prescriptions.save(saved)
    world.live.linked.emit(True)
    world.qtbot.waitUntil(lambda: world.shown.state is S.TO_VALIDATE)


def test_a_signature_by_key_is_archived_with_its_step_and_a_wrong_code_signs_nothing(world: World) -> None:
    store = world.store.kept
    store.signed("durand", DOCTOR)
    valid = replace(validated(), id="p-5")
    store.prescriptions.save(valid)
    place = SigningPlace(SigningWay.TOKEN, module="/lib/carte.so")
    secrets: list[str] = []

    def sign(content: bytes, key: SigningKey) -> bytes:
        assert isinstance(key, Token)
        secrets.append(key.pin)
        if key.pin != "1234":
            raise NotSigned(SignatureFault.WRONG_PIN)
        return content + b" signed"

    signing = Signing(sign, lambda: place)
    refused: list[str] = []
    signing.refused.connect(lambda key, sentence: refused.append(sentence))
    signing.signed.connect(world.desk.sign)
    world.desk.refresh()
    world.wait()
    assert (signing.is_there, signing.asked) == (True, "Code de la carte")
    signing.sign("p-5", b"pdf", "")
    assert refused == ["Taper le code de la carte."]
    signing.sign("p-5", b"pdf", "0000")
    world.qtbot.waitUntil(lambda: len(refused) == 2)
    assert "code de la carte est inexact" in refused[1]
    signing.sign("p-5", b"pdf", "1234")
    world.qtbot.waitUntil(lambda: store.prescriptions.kept["p-5"].state is S.SIGNED)
    paper = store.prescriptions.paper("p-5", "signee")
    assert paper is not None
    assert paper.content == b"pdf signed"
    world.wait()
    shown = world.desk.get("p-5")
    assert shown is not None
    assert shown.history[-1].electronic
    assert world.desk.original(shown) == b"pdf signed"
    assert secrets == ["0000", "1234"]


class Centres:
    """Where a few communes are."""

    def of_commune(self, code: str) -> Whereabouts | None:
        return {"72181": Whereabouts(48.0, 0.2), "72003": Whereabouts(47.97, 0.16)}.get(code)


def test_a_nurse_is_as_far_as_their_commune_and_an_unknown_distance_is_none() -> None:
    known, unknown = Nurse("n-1", "Mme Hubert", commune="72003"), Nurse("n-2", "M. Loin", commune="44109")
    distances = distances_by(cast("Positions", Centres()))
    found = distances("72181", (known, unknown))
    assert {one: round(km, 1) for one, km in found.items()} == {"n-1": 4.5}
    assert distances("44109", (known,)) == {}
