"""The workspace Ordonnances in the frame: made when first shown, its badge, its keys, F7 on a call."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.prescription.board import ENDED
from osnp_console.app.prescription.from_call import NO_NURSE, draft_from, nurse_dispositif, usual_said
from osnp_console.app.prescription.next_acts import Deed
from osnp_console.domain.clock import in_paris
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.permissions import Act as Right
from osnp_console.domain.permissions import who_may
from osnp_console.domain.prescription.prescription import Prescription
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.frame.call_journal import CallJournal
from osnp_console.ui.frame.desk_notice import DeskNotice
from osnp_console.ui.frame.rail import Place, Rail
from osnp_console.ui.frame.shortcuts import Act
from osnp_console.ui.prescriptions.made import Prescribing
from osnp_console.ui.telephony.phone_desk import PhoneDesk
from osnp_console.ui.theme.theme import Theme

if TYPE_CHECKING:
    from osnp_console.ui.prescriptions.workspace import PrescriptionsWorkspace

NO_CALL = "Aucun appel n’est ouvert."


class PrescriptionsPlace(QObject):
    """Wires a Prescribing to the frame of one theme.

    Signals:
        wanted(): the workspace is to be shown.
        call_wanted(str): a call is to be shown; its id.
        offered(object): why F7 cannot begin a prescription now (a sentence), None when it can.
        document_offered(str, object): where Échap leads, empty while the list is on screen; why it cannot be
            printed (a sentence), None when it can.
    """

    wanted = Signal()
    call_wanted = Signal(str)
    offered = Signal(object)
    document_offered = Signal(str, object)

    def __init__(
        self,
        theme: Theme,
        prescribing: Prescribing,
        rail: Rail,
        notices: DeskNotice,
        calls: DeskCalls,
        selected: Callable[[], Dispositif | None],
        journal: CallJournal,
        phone: PhoneDesk,
        parent: QObject,
    ) -> None:
        """`selected` gives the dispositif that is chosen in the checklist of the call on screen."""
        super().__init__(parent)
        self._theme, self._prescribing, self._desk = theme, prescribing, prescribing.desk
        self._rail, self._notices, self._calls, self._journal = rail, notices, calls, journal
        self._selected, self._phone = selected, phone
        self._made: PrescriptionsWorkspace | None = None
        self._desk.counted.connect(self._count)
        self._desk.told.connect(self._told)
        self._desk.happened.connect(self._happened)
        self._desk.changed.connect(self._changed)
        self._desk.person_changed.connect(self.offer)
        for signal in (calls.shown, calls.settled):
            signal.connect(self.offer)
        calls.edited.connect(self._edited)
        calls.ticked.connect(self._tick)
        self._count(self._desk.count)

    def workspace(self) -> PrescriptionsWorkspace:
        """The workspace."""
        if self._made is None:
            from osnp_console.ui.prescriptions.workspace import PrescriptionsWorkspace

            prescribing = self._prescribing
            made = PrescriptionsWorkspace(
                self._theme,
                prescribing.around,
                prescribing.sources(),
                prescribing.images,
                prescribing.validating,
                prescribing.signing,
                self._phone.dial,
                prescribing.new_id,
                self._note_of,
            )
            made.call_wanted.connect(self.call_wanted)
            made.shown.connect(self._shown)
            self._made = made
        return self._made

    # --- F7 ---------------------------------------------------------------------------------------------

    def prescribe(self) -> None:
        """F7: the prescription of the call on screen, begun or found again."""
        call = self._calls.current
        reason = self.why_not(call)
        if reason is not None or call is None:
            self._notices.say_news(reason or NO_CALL)
            return
        # As the call says it now: what was just typed there may not be in the base yet.
        self._desk.usual[call.record.id] = usual_said(call.record.sheet)
        going_on = self._going_on(call)
        key = going_on.id if going_on is not None else self._begin(call)
        self.wanted.emit()
        self.workspace().open(key, call.record.id)

    def why_not(self, call: OpenCall | None) -> str | None:
        """Why F7 cannot begin a prescription now, None when it can."""
        if call is None:
            return NO_CALL
        if not self._desk.may(Right.PREPARE_PRESCRIPTION):
            return who_may(Right.PREPARE_PRESCRIPTION)
        if self._going_on(call) is not None:
            return None
        dispositif = nurse_dispositif(call, self._selected(), self._calls.clock())
        return NO_NURSE if dispositif is None else None

    def _going_on(self, call: OpenCall) -> Prescription | None:
        """The call's prescription that is under way, however far: none is begun beside it."""
        found = [one for one in self._desk.of_call(call.record.id) if one.state not in ENDED]
        return found[-1] if found else None

    def _begin(self, call: OpenCall) -> str:
        now = self._calls.clock()
        dispositif = nurse_dispositif(call, self._selected(), now)
        assert dispositif is not None  # `why_not` asked
        around, key = self._prescribing.around, self._prescribing.new_id()
        draft = draft_from(call, dispositif, around.first_doctor(), key, self._desk.desk_code, now)
        self._desk.begin(draft, dispositif)
        return key

    def _note_of(self, prescription: Prescription) -> str:
        for call in self._calls.calls:
            if call.record.id == prescription.call:
                return f"reprise de l’appel {call.record.number}"
        return f"appel {prescription.content.call_reference}" if prescription.content.call_reference else ""

    # --- keys -------------------------------------------------------------------------------------------

    def do(self, act: Act) -> bool:
        """Do what a shortcut says while the workspace is on screen; False when it is none of its own."""
        place = self.workspace()
        general: dict[Act, Callable[[], object]] = {
            Act.NEXT_PANE: lambda: place.go_round(1),
            Act.PREVIOUS_PANE: lambda: place.go_round(-1),
            Act.SAVE: self._desk.save_all,
        }
        of_page: dict[Act, Callable[[], object]] = {
            Act.BOOK: place.page.do_next,
            Act.PRINT: place.page.print_page,
            Act.SAVE: place.page.save,
            Act.DIAL: place.page.calls.dial,
            Act.SOURCE: place.page.show_source,
            Act.KEEP_MINE: place.page.keep_mine,
            Act.TAKE_THEIRS: place.page.take_theirs,
        }
        doing = (of_page.get(act) if place.key else None) or general.get(act)
        if doing is not None:
            doing()
        return doing is not None

    def leave(self) -> None:
        """Back to the call or to the list, as Échap."""
        self.workspace().page.leave()

    def print_page(self) -> None:
        """Print, as Ctrl+P."""
        self.workspace().page.print_page()

    # --- what is told -----------------------------------------------------------------------------------

    def entered(self) -> None:
        """The workspace came on screen."""
        self._shown(self.workspace().key)

    @Slot(str)
    def _shown(self, key: str) -> None:
        place = self.workspace()
        one = self._desk.get(key) if key else None
        if one is None:
            self.document_offered.emit("", None)
            return
        back = "Retour à l’appel" if place.comes_from_call else "Retour à la liste"
        foot = place.page.foot()
        offered = foot.offers(Deed.PRINT)
        from osnp_console.ui.prescriptions.document_page import NOT_VALID

        reason = NOT_VALID if offered is None else offered.reason or None
        self.document_offered.emit(back, reason)

    @Slot(str)
    def _changed(self, key: str) -> None:
        self.offer()
        if self._made is not None and key == self._made.key and self._made.isVisible():
            self._shown(key)

    @Slot(int)
    def _count(self, count: int) -> None:
        self._rail.buttons[Place.PRESCRIPTIONS].set_count(count)

    @Slot(str, str)
    def _told(self, key: str, sentence: str) -> None:
        seen = self._made is not None and self._made.isVisible() and self._made.key == key
        if not seen:
            self._notices.say_news(sentence)

    @Slot(object, str)
    def _happened(self, prescription: Prescription, words: str) -> None:
        if any(call.record.id == prescription.call for call in self._calls.calls):
            self._journal.say(prescription.call, f"{in_paris(self._calls.clock()):%H:%M:%S}", words)

    @Slot()
    def offer(self, call: object = None) -> None:
        self.offered.emit(self.why_not(self._calls.current))

    @Slot(object, object)
    def _edited(self, call: object, changed: object) -> None:
        if changed:
            self.offer()

    @Slot(object)
    def _tick(self, now: object) -> None:
        if self._made is not None and self._made.isVisible():
            self._made.tick(self._calls.clock())
