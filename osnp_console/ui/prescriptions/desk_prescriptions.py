"""The prescriptions of this desk, as the window sees them: what is typed stays until the store has it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from osnp_console.app.base.drafts import DraftedPrescription
from osnp_console.app.base.live import Change, Subject
from osnp_console.app.errors import Refusal
from osnp_console.app.people.session import Session, Standing
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.app.prescription import acts
from osnp_console.app.prescription.acts import Moved
from osnp_console.app.prescription.board import board, by_id, waiting_here
from osnp_console.app.prescription.confirm import confirm_read_again
from osnp_console.app.prescription.correct import cancel_and_replace
from osnp_console.app.prescription.from_call import begin_draft
from osnp_console.app.prescription.journal import move_entry, other_entry, prescription_words
from osnp_console.app.prescription.typed_search import find_typed, read_search
from osnp_console.app.prescription.write import BEGUN, Written, begin, write
from osnp_console.domain.clock import in_paris
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.permissions import Act
from osnp_console.domain.prescription.content import Content
from osnp_console.domain.prescription.moves import PrescriptionMove
from osnp_console.domain.prescription.nurses import Nurse, NurseAnswer
from osnp_console.domain.prescription.prescription import IllegalPrescriptionMove, Prescription
from osnp_console.ui.background import OnBehalf, StoreDoor, nobody_else
from osnp_console.ui.burst import Burst
from osnp_console.ui.live import Live
from osnp_console.ui.prescriptions.asked_of_store import AskedOfStore
from osnp_console.ui.prescriptions.read_beside import ReadBeside
from osnp_console.ui.prescriptions.typed_content import Typed, last_write
from osnp_console.ui.unfinished import Unfinished

SAVE_AFTER_MS = 400
"""After the last key, how long until a draft is saved."""
REST_MS = 100
"""The first change heard is read at once, those that follow together, not more often than that."""
FORM = "ordonnance"
Found = Callable[[tuple[Prescription, ...], str], None]
T = TypeVar("T")


class DeskPrescriptions(ReadBeside):
    """One for the window.

    What is typed shows at once, is saved shortly after, and stays in `unfinished` until the store has it:
    also when the store refuses it, or another desk wrote meanwhile.

    Signals:
        listed(): the board is not what it was.
        counted(int): how many wait for this desk.
        told(str, str): of a prescription, a sentence: what was asked was not done, and why.
        replaced(str): the id of the draft that takes the place of a cancelled one.
        person_changed(): somebody else sits here.
        happened(object, str): what was done to a Prescription here, in a few words.
        changed(str): also when a prescription, by its id, is not what it was (`get`).
    """

    listed = Signal()
    counted = Signal(int)
    told = Signal(str, str)
    replaced = Signal(str)
    happened = Signal(object, str)
    person_changed = Signal()

    def __init__(
        self,
        door: StoreDoor,
        live: Live,
        desk: Callable[[], str],
        clock: Callable[[], datetime],
        session: Callable[[], Session],
        unfinished: Unfinished,
        parent: QObject | None = None,
        on_behalf: Callable[[], OnBehalf] = nobody_else,
    ) -> None:
        """`desk` gives the code of this desk, `session` who acts, `on_behalf` signs work for them."""
        super().__init__(door, desk, clock, session, parent)
        self._live, self._unfinished = live, unfinished
        self._in_board: tuple[str, ...] = ()
        self._stopped: dict[str, str] = {}
        self._heard: set[str] = set()
        self._begun_by: dict[str, str | None] = {}
        self.on_screen = ("", "")
        """The prescription that is opened, and the call that Échap goes back to: panels made anew show it."""
        self.confirmed: set[tuple[str, str]] = set()
        """What was read again and confirmed here: the prescription's id and the sentence."""
        self.count = 0
        self.queue = AskedOfStore(door, self, on_behalf)
        self.queue.failed.connect(self._asked_in_vain)
        self.queue.settled.connect(self._read_heard_soon)
        self._save = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._save.timeout.connect(self.save_all)
        self._news = Burst(REST_MS, self)
        self._news.due.connect(self._read_heard)
        live.changed.connect(self._changed)
        live.linked.connect(self._linked)

    # --- what is known ----------------------------------------------------------------------------------

    def get(self, key: str) -> Prescription | None:
        """A prescription as it is on screen: what was typed stands over what the store holds."""
        known, typed = self._known.get(key), self.typed(key)
        if known is None or typed is None or not known.may_change:
            return known
        return replace(known, content=typed.content)

    def stored(self, key: str) -> Prescription | None:
        """The same as the store last told it."""
        return self._known.get(key)

    def typed(self, key: str) -> Typed | None:
        """What was typed and the store does not have yet."""
        held = self._unfinished.held(FORM).get(key)
        return held if isinstance(held, Typed) else None

    def is_saved(self, key: str) -> bool:
        """Whether the store has all that was typed and asked."""
        return self.typed(key) is None and not self.queue.holds(key)

    def why_stopped(self, key: str) -> str:
        """Why what is typed is not saved by itself any more: the person chooses. Empty while it is."""
        return self._stopped.get(key, "")

    @property
    def board(self) -> tuple[Prescription, ...]:
        """What is under way, and what was ended today."""
        return tuple(one for one in map(self.get, self._in_board) if one is not None)

    def of_call(self, call: str) -> tuple[Prescription, ...]:
        """The prescriptions of a call that are known here, oldest first."""
        found = [one for one in self._known.values() if call and one.call == call]
        return tuple(sorted(found, key=lambda one: one.made_at))

    @property
    def all(self) -> tuple[Prescription, ...]:
        """Every prescription that is known here."""
        return tuple(self._known.values())

    # --- reading ----------------------------------------------------------------------------------------

    @Slot(object)
    def somebody_came(self, session: object) -> None:
        """Somebody else sits here: what they may see is read, and counted for them."""
        self._in_board = ()
        self.person_changed.emit()
        if self.session().standing is not Standing.NOBODY:
            self.refresh()
            self.read_nurses()
            self._bring_to_store()

    @Slot()
    def refresh(self) -> None:
        """Read the board again."""
        today = in_paris(self._clock()).date()
        self._door.ask(board(today), self._board_read, self.failed.emit)

    def search(self, text: str, then: Found) -> None:
        """Look for what is typed or scanned; `then` gets those found and, where there is one, a sentence."""
        now = self._clock()
        typed = read_search(text, in_paris(now).date(), self.nurses)
        find = find_typed(typed, self._desk(), now)

        def work(open_unit: OpenUnit) -> tuple[tuple[Prescription, ...], str]:
            try:
                return find(open_unit), ""
            except Refusal as refusal:
                return (), refusal.message

        def found(answer: tuple[tuple[Prescription, ...], str]) -> None:
            for one in answer[0]:
                self._take_in(one)
            then(*answer)

        self._door.ask(work, found, lambda failure: then((), failure.message))

    # --- writing ----------------------------------------------------------------------------------------

    def begin(self, draft: Prescription, dispositif: Dispositif) -> None:
        """Begin a draft; it is on screen at once."""
        person = self._begun_by[draft.id] = self.session().person
        self._known[draft.id] = draft
        self.queue.ask(draft.id, lambda: begin_draft(draft, dispositif, person), self._begun)
        self.changed.emit(draft.id)

    def _begun(self, saved: Prescription) -> None:
        typed = self.typed(saved.id)
        if typed is not None:
            # Where it had reached the store before, another desk may have written in it: that is seen then.
            content, over = (replace(one, finess=saved.content.finess) for one in (typed.content, typed.over))
            self._unfinished.hold(FORM, saved.id, Typed(content, over, typed.tried))
            self._save.start()
        self._known[saved.id] = saved
        self._in_board = (*self._in_board, saved.id)
        self._show(saved.id)
        self._tell(saved, other_entry(saved, BEGUN, saved.desk, saved.made_at))

    def type(self, key: str, content: Content) -> None:
        """Take what is typed; it is saved once nothing more is typed for a moment."""
        known, typed = self._known[key], self.typed(key)
        if not known.may_change or content == (typed.content if typed is not None else known.content):
            return
        held = replace(typed, content=content) if typed is not None else Typed(content, known.content)
        self._unfinished.hold(FORM, key, held)
        if key not in self._stopped:
            self._save.start()
        self.changed.emit(key)

    @Slot()
    def save_all(self) -> None:
        """Save now what is typed in every draft."""
        self._save.stop()
        for key in tuple(self._unfinished.held(FORM)):
            if key in self._known and key not in self._stopped and not self.queue.holds(key):
                self._write(key)

    def leave(self, reached: Callable[[str], None]) -> None:
        """The window is going: what is typed goes to the store, answered or not.

        `reached` is told, on the store's thread, of each prescription that the store has as it was typed.
        """
        self._save.stop()
        for key, held in self._unfinished.held(FORM).items():
            if isinstance(held, Typed) and key in self._known and key not in self._stopped:
                self._door.ask(last_write(key, held, reached), _nothing_more, _nothing_more)

    def _write(self, key: str) -> None:
        def make() -> Callable[[OpenUnit], Written]:
            typed = self.typed(key)
            known = self._known[key]
            if typed is None:
                return lambda units: Written(by_id(key)(units))
            sent = typed.sent()
            self._unfinished.hold(FORM, key, sent)
            return write(key, sent.content, sent.over if known.version else known.content, sent.tried)

        self.queue.ask(key, make, self._written)

    def _written(self, written: Written) -> None:
        saved, key = written.prescription, written.prescription.id
        typed = self.typed(key)
        self._known[key] = saved
        if written.sentence:
            self._stopped[key] = written.sentence
            self.told.emit(key, written.sentence)
        elif typed is not None and typed.content == saved.content:
            self._unfinished.drop(FORM, key)
        elif typed is not None:
            self._unfinished.hold(FORM, key, Typed(typed.content, saved.content))
            self._save.start()
        self._show(key)

    def keep_mine(self, key: str) -> None:
        """Of what both desks wrote, what was typed here; over what the store holds now."""
        known, typed = self._known.get(key), self.typed(key)
        if known is not None and typed is not None and known.may_change:
            self._stopped.pop(key, None)
            self._unfinished.hold(FORM, key, Typed(typed.content, known.content))
            self._write(key)
            self.changed.emit(key)

    def take_theirs(self, key: str) -> None:
        """Of what both desks wrote, what the store holds; what was typed here is given up."""
        self._stopped.pop(key, None)
        self._unfinished.drop(FORM, key)
        self.changed.emit(key)

    # --- what outlives the program ----------------------------------------------------------------------

    def drafted(self) -> tuple[DraftedPrescription, ...]:
        """What was typed or begun here and the store is not known to have."""
        found = []
        for key, known in self._known.items():
            typed = self.typed(key)
            if typed is None and known.version == 0:
                typed = Typed(known.content, known.content)
            if typed is not None:
                person = self._begun_by.get(key)
                found.append(DraftedPrescription(known, typed.content, typed.over, typed.tried, person))
        return tuple(found)

    def take_back(self, drafted: Iterable[DraftedPrescription]) -> None:
        """What waited for the store when the program last stopped: it is typed again, and goes there."""
        for one in drafted:
            key = one.known.id
            if self.typed(key) is not None:
                continue
            self._known.setdefault(key, one.known)
            self._begun_by[key] = one.person
            if one.content != one.over:
                self._unfinished.hold(FORM, key, Typed(one.content, one.over, one.tried))
            self.changed.emit(key)
        self._bring_to_store()

    def _bring_to_store(self) -> None:
        """Whoever sits here may prepare prescriptions: what waits goes on in their name."""
        if not self.may(Act.PREPARE_PRESCRIPTION):
            return
        for key, known in tuple(self._known.items()):
            if known.version == 0 and not self.queue.holds(key):
                self._begin_again(known)
        self.save_all()

    def _begin_again(self, draft: Prescription) -> None:
        person = self._begun_by.get(draft.id)
        self.queue.ask(draft.id, lambda: begin(draft, person), self._begun)

    # --- acts -------------------------------------------------------------------------------------------

    def confirm(self, key: str, field: str, message: str) -> None:
        """Somebody read a field again: it is no longer asked here, and the journal says who and when."""
        self.confirmed.add((key, message))
        work = confirm_read_again(key, field, self._desk(), self._clock())
        self._ask(key, lambda: work, self.take_in)

    def move(self, key: str, what: PrescriptionMove, text: str = "") -> None:
        """Ask for a step; what is typed is saved before it. `told` says why it was not made."""
        desk, now = self._desk(), self._clock()
        self._ask(key, lambda: acts.move(key, what, desk, now, text), self._moved)

    def sign(self, key: str, document: bytes) -> None:
        """The document bears an electronic signature: it is archived with the step."""
        desk, now, what = self._desk(), self._clock(), PrescriptionMove.SIGN
        work = acts.move(key, what, desk, now, electronic=True, signed=document)

        def signed(moved: Moved) -> None:
            if not moved.sentence:
                self._originals[key] = document
            self._moved(moved)

        self._ask(key, lambda: work, signed)

    def correct(self, key: str, new_key: str, reason: str) -> None:
        """Cancel a valid one and begin its replacement (`replaced`)."""
        work = cancel_and_replace(key, new_key, reason, self._desk(), self._clock())

        def corrected(moved: Moved) -> None:
            self._moved(moved)
            if not moved.sentence:
                self.take_in(moved.prescription)
                self._in_board = (*self._in_board, new_key)
                self._heard.add(key)
                self._news.tell()
                self.replaced.emit(new_key)

        self._ask(key, lambda: work, corrected)

    def call_nurse(self, key: str, nurse: Nurse) -> None:
        """Note that a nurse is being called."""
        work = acts.call_nurse(key, nurse.id, nurse.name, self._desk(), self._clock())
        self._ask(key, lambda: work, self.take_in)

    def nurse_answered(self, key: str, answer: NurseAnswer) -> None:
        """Note what the nurse who is called said."""
        self._ask_if_legal(key, acts.nurse_answered(key, answer, self._desk(), self._clock()))

    def note_report(self, key: str, report: str) -> None:
        """Note what the nurse said when it came back: the delay's clock ends."""
        self._ask_if_legal(key, acts.note_report(key, report, self._desk(), self._clock()))

    def _ask_if_legal(self, key: str, work: Callable[[OpenUnit], Prescription]) -> None:
        def do(open_unit: OpenUnit) -> Prescription:
            try:
                return work(open_unit)
            except IllegalPrescriptionMove:  # somebody else was quicker
                return by_id(key)(open_unit)

        self._ask(key, lambda: do, self.take_in)

    def _ask(self, key: str, make: Callable[[], Callable[[OpenUnit], T]], then: Callable[[T], None]) -> None:
        if self.typed(key) is not None and key not in self._stopped and not self.queue.holds(key):
            self._write(key)
        self.queue.ask(key, make, then)
        self.changed.emit(key)

    def _moved(self, moved: Moved) -> None:
        one = moved.prescription
        self.take_in(one)
        if moved.sentence:
            self.told.emit(one.id, moved.sentence)
        elif one.history:
            last = one.history[-1]
            self._tell(one, move_entry(one, last.move, last.desk, last.at, last.text))

    def _tell(self, prescription: Prescription, entry: JournalEntry) -> None:
        self.happened.emit(prescription, prescription_words(entry.facts))

    def was_validated(self, prescription: Prescription) -> None:
        """A doctor validated it here."""
        self._moved(Moved(prescription))
        self.read_original(prescription)

    def take_in(self, prescription: Prescription) -> None:
        """The store holds this now."""
        self._known[prescription.id] = prescription
        self._show(prescription.id)

    # --- inside -----------------------------------------------------------------------------------------

    def _show(self, key: str) -> None:
        self.changed.emit(key)
        self.listed.emit()
        self._count()

    def _count(self) -> None:
        count = waiting_here(self.board, self._desk(), validates=self.validates)
        if count != self.count:
            self.count = count
            self.counted.emit(count)

    def _take_in(self, prescription: Prescription) -> None:
        known = self._known.get(prescription.id)
        if self.queue.holds(prescription.id):
            self._heard.add(prescription.id)
            return
        if known is not None and known.version >= prescription.version:
            return
        self._known[prescription.id] = prescription
        self.changed.emit(prescription.id)

    def _board_read(self, prescriptions: Iterable[Prescription]) -> None:
        found = tuple(prescriptions)
        for one in found:
            self._take_in(one)
        begun = [key for key, one in self._known.items() if one.version == 0]
        self._in_board = tuple(dict.fromkeys((*(one.id for one in found), *begun)))
        self.listed.emit()
        self._count()

    def _asked_in_vain(self, key: str, failure: StoreFailure) -> None:
        self.told.emit(key, failure.message)
        self.failed.emit(failure)
        self._heard.add(key)
        self._news.tell()

    # --- the other desks --------------------------------------------------------------------------------

    @Slot(object)
    def _changed(self, change: Change) -> None:
        if change.subject is Subject.PRESCRIPTION:
            self._heard.add(change.id)
            self._news.tell()
        elif change.subject is Subject.NURSES:
            self.read_nurses()
        elif change.subject is Subject.SITE_PAPERS:
            self.read_site()

    @Slot(bool)
    def _linked(self, was_alone: bool) -> None:
        self._heard.update(self._known)
        self._news.tell()
        self.queue.go_on()

    @Slot()
    def _read_heard_soon(self) -> None:
        if self._heard:
            self._news.tell()

    @Slot()
    def _read_heard(self) -> None:
        if self.queue.waits:
            return  # once it is written
        heard, self._heard = self._heard, set()
        in_board = set(self._in_board)
        for key in sorted(heard & set(self._known) - in_board):
            self._door.ask(by_id(key), self._take_in, lambda failure: None)
        self.refresh()


def _nothing_more(answer: object) -> None:
    """Nobody is there to be told."""
