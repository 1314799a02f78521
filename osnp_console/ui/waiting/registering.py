"""The registrations of the calls in hand: which list is open in each, what is typed for it, every act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.errors import Refusal, StoreFailure
from osnp_console.app.transfer.spoken_topics import Situation
from osnp_console.app.waiting.asked import list_title, registered
from osnp_console.app.waiting.panel import Draft, ListPanel, entry_in_call, form_of, list_panel, next_move
from osnp_console.app.waiting.register import EntryMoved, prepare_entry
from osnp_console.app.waiting.words import LIST, STATE, waiting_words
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.clock import in_paris
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.waiting_entry import EntryMove, WaitingEntry
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.unfinished import Unfinished
from osnp_console.ui.waiting.desk_waiting import DeskWaiting
from osnp_console.ui.waiting.form_part import CONSENT, MAIL, NEED, PHONE, PRIORITY

FORM = "liste_attente"
"""What is typed for a registration and not kept yet, by call and list."""
DOUBLE = "double"
"""The field of a refusal that another asking may overrule: somebody looks like the same patient."""
_PARTS = {CONSENT: "consent", PHONE: "phone", MAIL: "mail", NEED: "need", PRIORITY: "priority"}
Say = Callable[[str, str, str], None]


class RegisteringDesk(QObject):
    """One for the window, over its waiting lists.

    Signals:
        changed(object): the panel of that OpenCall says something else.
        refused(object, object): what was asked in that OpenCall was not done: a Refusal.
    """

    changed = Signal(object)
    refused = Signal(object, object)

    def __init__(
        self,
        calls: DeskCalls,
        waiting: DeskWaiting,
        catalogue: Catalogue,
        say: Say,
        unfinished: Unfinished,
        parent: QObject | None = None,
    ) -> None:
        """`say` adds a line to a call's journal on screen: its id, the hour, words."""
        super().__init__(parent)
        self._calls, self.waiting, self._catalogue = calls, waiting, catalogue
        self._say, self._unfinished = say, unfinished
        self._open: dict[str, str] = {}
        self._begun: dict[str, tuple[str, str]] = {}
        waiting.changed.connect(self._entries_changed)
        waiting.done.connect(self._done)
        waiting.failed.connect(self._failed)
        calls.opened.connect(self._opened)
        calls.closed.connect(self._closed)

    # --- what is there ----------------------------------------------------------------------------------

    def shown_in(self, call: OpenCall) -> Dispositif | None:
        """The dispositif whose list is looked at in a call."""
        return self._catalogue.find(self._open.get(call.record.id, ""))

    def open(self, call: OpenCall, dispositif: Dispositif) -> None:
        """Look at a dispositif's list; nothing where it has none."""
        if dispositif.waiting_list is not None:
            self._open[call.record.id] = dispositif.id
            self.waiting.look_up(call.record.id)
            self.changed.emit(call)

    def leave(self, call: OpenCall) -> None:
        """Look at the checklist again; what was typed stays."""
        if self._open.pop(call.record.id, None) is not None:
            self.changed.emit(call)

    def panel(self, call: OpenCall) -> ListPanel | None:
        """What the panel says now; None while no list is looked at in the call."""
        dispositif = self.shown_in(call)
        if dispositif is None or dispositif.waiting_list is None:
            return None
        return list_panel(
            self._situation(call, dispositif),
            self._catalogue,
            dispositif.waiting_list,
            self.entry(call),
            self.draft(call),
            self._calls.clock(),
        )

    def entry(self, call: OpenCall) -> WaitingEntry | None:
        """What became of the call's patient on the list that is looked at."""
        key = call.record.id
        day = in_paris(self._calls.clock()).date()
        return entry_in_call(self.waiting.of_call(key), self._open.get(key, ""), day)

    def draft(self, call: OpenCall) -> Draft:
        """What is typed for the list that is looked at."""
        held = self._unfinished.held(FORM).get(self._key(call))
        return held if isinstance(held, Draft) else Draft()

    def is_asking(self, call: OpenCall) -> bool:
        """Whether something asked in the call has no answer yet."""
        entry = self.entry(call)
        keys = (call.record.id, *((entry.id,) if entry is not None else ()))
        return any(self.waiting.is_asking(key) for key in keys)

    # --- acts -------------------------------------------------------------------------------------------

    def edit(self, call: OpenCall, field: str, value: object) -> None:
        """A field of the registration was changed."""
        changed = replace(self.draft(call), **{_PARTS[field]: value})  # type: ignore[arg-type]  # by its field
        self._unfinished.hold(FORM, self._key(call), changed)

    def act(self, call: OpenCall, *, later: bool = False, again: bool = False) -> None:
        """Register, note that it was done in the list's tool, or keep it for later.

        `again` also beside somebody on the list who looks like the same patient.
        """
        dispositif, panel = self.shown_in(call), self.panel(call)
        if dispositif is None or dispositif.waiting_list is None or panel is None or not panel.act:
            return
        rules, entry = dispositif.waiting_list, self.entry(call)
        move = next_move(panel, entry)
        if move is not None and entry is not None:
            self.waiting.move(entry.id, move, rules)
            self.changed.emit(call)
            return
        # What is kept is what was answered: the last field counts too.
        self._calls.settle()
        situation = self._situation(call, dispositif)
        form = form_of(situation, self._catalogue, rules, self.draft(call))
        try:
            begun = prepare_entry(
                self.waiting.new_id(),
                dispositif.id,
                call.record.id,
                registered(call.record.sheet, phone=form.phone, mail=form.mail),
                self.waiting.desk(),
                self._calls.clock(),
                rules=rules,
                consented=form.consent is True,
                need=form.need,
                priority=form.priority,
                may=rules.may_register(call.call),
            )
        except Refusal as refusal:
            self.refused.emit(call, refusal)
            return
        self._begun[begun.id] = (call.record.id, self._key(call))
        if later:
            self.waiting.keep(begun)
        else:
            self.waiting.enrol(begun, rules, again=again)
        self.changed.emit(call)

    def withdraw(self, call: OpenCall) -> None:
        """Somebody who was still to be registered is not going to be."""
        entry = self.entry(call)
        if entry is not None:
            self.waiting.move(entry.id, EntryMove.WITHDRAW, None)
            self.changed.emit(call)

    # --- what happens -----------------------------------------------------------------------------------

    def _situation(self, call: OpenCall, dispositif: Dispositif) -> Situation:
        return Situation(
            call.record.sheet,
            call.call,
            call.checklist.judgement(dispositif),
            in_paris(self._calls.clock()).date(),
        )

    def _title(self, dispositif: str) -> str:
        found = self._catalogue.find(dispositif)
        return list_title(found) if found is not None else dispositif

    def _key(self, call: OpenCall) -> str:
        return f"{call.record.id}:{self._open.get(call.record.id, '')}"

    def _call(self, key: str) -> OpenCall | None:
        return next((one for one in self._calls.calls if one.record.id == key), None)

    @Slot(object)
    def _done(self, moved: EntryMoved) -> None:
        entry = moved.entry
        asked_in, draft = self._begun.pop(moved.asked or entry.id, ("", ""))
        call = self._call(asked_in or entry.call)
        if draft and not moved.refused:
            self._unfinished.drop(FORM, draft)
        if call is None:
            return
        if moved.refused:
            field = DOUBLE if moved.is_double else None
            self.refused.emit(call, Refusal("conflit", moved.refused, field))
        else:
            facts = {LIST: entry.dispositif, STATE: entry.state.value}
            hour = f"{in_paris(self._calls.clock()):%H:%M:%S}"
            self._say(entry.call, hour, waiting_words(facts, self._title))
        self.changed.emit(call)

    @Slot(object)
    def _failed(self, failure: StoreFailure) -> None:
        call = self._calls.current
        if call is not None and call.record.id in self._open:
            self.refused.emit(call, Refusal(failure.code, failure.message))
            self.changed.emit(call)

    @Slot(str)
    def _entries_changed(self, key: str) -> None:
        call = self._call(key)
        if call is not None:
            self.changed.emit(call)

    @Slot(object)
    def _opened(self, call: OpenCall) -> None:
        if call.record.version:  # not a new one: its patient may be on a list already
            self.waiting.look_up(call.record.id)

    @Slot(object)
    def _closed(self, call: OpenCall) -> None:
        self._open.pop(call.record.id, None)
