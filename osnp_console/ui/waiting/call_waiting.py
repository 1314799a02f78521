"""The waiting list of the call on screen: its panel, its keys, and when it is looked at."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.checklist.check_eligibility import Answer as Judged
from osnp_console.app.errors import Refusal
from osnp_console.domain.access import Mode
from osnp_console.domain.call_sheet import BIRTH_NAME, Answer
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.waiting.panel import WaitingPanel
from osnp_console.ui.waiting.registering import DOUBLE, RegisteringDesk


def registers(answer: Judged | None) -> bool:
    """Whether a row is one from which somebody is registered: a list, and no line or agenda before it."""
    if answer is None or answer.access is None or answer.judgement.dispositif.waiting_list is None:
        return False
    access = answer.access.access
    return access is None or access.mode in (None, Mode.REGISTRATION)


class CallWaiting(QObject):
    """Brings the panel of one theme together with the registrations of the desk.

    Signals:
        seen(bool): the panel is to be looked at, or no longer.
        left(): Échap: the checklist is wanted again.
        next_told(bool): whether the panel's act is the next deliberate one of the screen.
        field_wanted(str): the field of the call that answers what lacks.
        page_wanted(str): an address is to be opened. said(str): words for the journal strip.
    """

    seen = Signal(bool)
    left = Signal()
    next_told = Signal(bool)
    field_wanted = Signal(str)
    page_wanted = Signal(str)
    said = Signal(str)

    def __init__(
        self, theme: Theme, calls: DeskCalls, registering: RegisteringDesk, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._calls, self._registering = calls, registering
        self.panel = WaitingPanel(theme)
        self.is_seen = self._is_next = False
        self._minute = -1
        panel = self.panel
        panel.act_wanted.connect(self._act)
        panel.later_wanted.connect(self._later)
        panel.again_wanted.connect(self._again)
        panel.withdraw_wanted.connect(self._withdraw)
        panel.edited.connect(self._edited_here)
        panel.left.connect(self.leave)
        panel.ask_wanted.connect(self.field_wanted)
        panel.answered.connect(self._answered)
        panel.page_wanted.connect(self.page_wanted)
        panel.copied.connect(self.said)
        registering.changed.connect(self._changed)
        registering.refused.connect(self._refused)
        calls.edited.connect(self._edited)
        calls.settled.connect(self._changed)
        calls.shown.connect(self._shown)
        calls.ticked.connect(self._ticked)

    # --- what the window asks ---------------------------------------------------------------------------

    def begin(self) -> None:
        """Show the panel of the call on screen as it was left; for a window made anew."""
        self._shown(self._calls.current)

    def open(self, answer: Judged | None) -> None:
        """Look at the list of a row, the keyboard in its panel."""
        call = self._calls.current
        if call is None or answer is None or answer.judgement.dispositif.waiting_list is None:
            return
        self._registering.open(call, answer.judgement.dispositif)
        self.panel.take_focus()

    def leave(self) -> bool:
        """Échap: the checklist again; False where the panel is not seen."""
        call = self._calls.current
        if call is None or not self.is_seen:
            return False
        self._registering.leave(call)
        self.left.emit()
        return True

    def to_ask(self) -> str:
        """The first field that the tool asks for and that was not asked yet; empty when there is none."""
        shown = self.panel.shown if self.is_seen else None
        return next((one.ask for one in shown.asked.lacking), "") if shown is not None else ""

    # --- what happens -----------------------------------------------------------------------------------

    def _refresh(self, call: OpenCall | None) -> None:
        shown = self._registering.panel(call) if call is not None else None
        if shown is not None and call is not None:
            self.panel.show_panel(shown, is_asking=self._registering.is_asking(call))
        self._look(shown is not None)

    def _look(self, seen: bool) -> None:
        if seen is not self.is_seen:
            self.is_seen = seen
            self.seen.emit(seen)
        is_next = seen and self.panel.is_next
        if is_next is not self._is_next:
            self._is_next = is_next
            self.next_told.emit(is_next)

    @Slot(object)
    def _changed(self, call: OpenCall) -> None:
        if call is self._calls.current:
            self._refresh(call)

    @Slot(object, object)
    def _edited(self, call: OpenCall, changed: object) -> None:
        if call is self._calls.current and self.is_seen:
            self._refresh(call)

    @Slot(object)
    def _shown(self, call: OpenCall | None) -> None:
        self.panel.shown = None
        self._refresh(call)

    @Slot(object)
    def _ticked(self, now: object) -> None:
        minute = self._calls.clock().minute
        if minute != self._minute and self.is_seen:
            self._minute = minute
            self._refresh(self._calls.current)

    @Slot(object, object)
    def _refused(self, call: OpenCall, refusal: Refusal) -> None:
        if call is not self._calls.current or not self.is_seen:
            return
        if refusal.field == DOUBLE:
            self.panel.say_double(refusal.message)
            return
        missing = BIRTH_NAME if refusal.field == BIRTH_NAME else ""
        self.panel.say_refusal(refusal.message, refusal.field or "", missing)

    # --- what the panel asks ----------------------------------------------------------------------------

    @Slot()
    def _act(self) -> None:
        self._do()

    @Slot()
    def _later(self) -> None:
        self._do(later=True)

    @Slot()
    def _again(self) -> None:
        self._do(again=True)

    def _do(self, *, later: bool = False, again: bool = False) -> None:
        call = self._calls.current
        if call is not None:
            self.panel.forget_refusals()
            self._registering.act(call, later=later, again=again)

    @Slot(str, object)
    def _answered(self, fact: str, answer: Answer) -> None:
        """What the desk's right hangs on, asked and answered in the panel itself."""
        self._calls.answer(fact, answer)
        self._calls.settle()

    @Slot()
    def _withdraw(self) -> None:
        call = self._calls.current
        if call is not None:
            self._registering.withdraw(call)

    @Slot(str, object)
    def _edited_here(self, field: str, value: object) -> None:
        call = self._calls.current
        if call is not None:
            self._registering.edit(call, field, value)
            self._refresh(call)
