"""One prescription on screen, over the DeskPrescriptions: what is typed, and every act on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from osnp_console.app.prescription.differences import difference_words
from osnp_console.app.prescription.next_acts import Deed, PrescriptionFoot, foot_of
from osnp_console.app.prescription.paper import PaperSize
from osnp_console.app.prescription.shown import past_words, source_words, steps_of
from osnp_console.domain.prescription.content import Content
from osnp_console.domain.prescription.moves import PrescriptionMove
from osnp_console.domain.prescription.prescription import Prescription
from osnp_console.ui.forms_kept import ASKED_FORMS
from osnp_console.ui.prescriptions.around import Surroundings
from osnp_console.ui.prescriptions.document_view import DocumentView
from osnp_console.ui.prescriptions.form import FormSources
from osnp_console.ui.prescriptions.page_calls import PageCalls
from osnp_console.ui.prescriptions.page_images import PageImages
from osnp_console.ui.prescriptions.page_signature import PageSignature
from osnp_console.ui.prescriptions.page_validation import PageValidation
from osnp_console.ui.prescriptions.signing import Signing
from osnp_console.ui.prescriptions.validating import Validating
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.transfer.receiving.in_place import keep_typed
from osnp_console.ui.unfinished import Unfinished
from osnp_console.ui.widgets.message_line import Message

M = PrescriptionMove
NOT_VALID = "Une ordonnance s’imprime une fois validée."
Dial = Callable[[str], None]


class DocumentPage(QWidget):
    """Made for one theme.

    Signals:
        left(): back to where the person came from.
        opened(str): another prescription is shown, by its id.
        said(str, str): words for the journal strip of a call: its id, the words.
    """

    left = Signal()
    opened = Signal(str)
    said = Signal(str, str)

    def __init__(
        self,
        theme: Theme,
        around: Surroundings,
        sources: FormSources,
        images: PageImages,
        validating: Validating,
        signing: Signing,
        dial: Dial,
        new_id: Callable[[], str],
        note_of: Callable[[Prescription], str],
        parent: QWidget | None = None,
    ) -> None:
        """`note_of` says where the identity of a prescription comes from."""
        super().__init__(parent)
        self.theme = theme
        self._around, self._desk = around, around.desk
        self._validating, self._signing = validating, signing
        self._new_id, self._note_of = new_id, note_of
        self.key = ""
        self._asked_all = False
        self._told = ("", Message.NOTE)
        self._moving: set[str] = set()
        self._printing: set[str] = set()
        self.view = DocumentView(theme, sources, images, around.clock, self)
        self._validation = PageValidation(self.view, around, validating, lambda: self.prescription, self)
        self.calls = PageCalls(self.view.form, around.desk, lambda: self.prescription, dial, self)
        self._signature = PageSignature(self.view, around.desk, signing, lambda: self.prescription, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self._keep_typed(sources.unfinished)
        self._connect()

    def _keep_typed(self, unfinished: Unfinished) -> None:
        view = self.view
        asked = (
            view.send_back, view.cancel, view.correct, view.signed, view.mailed, view.sent, view.reported,
        )  # fmt: skip
        for question, form in zip(asked, ASKED_FORMS, strict=True):
            keep_typed(question, question.answer, unfinished, form, lambda: self.key)

    def _connect(self) -> None:
        view, desk = self.view, self._desk
        view.form.typed.connect(self._typed)
        view.form.confirmed.connect(self._confirm)
        view.foot.wanted.connect(self.do)
        view.foot.save_wanted.connect(self.save)
        view.preview.size_chosen.connect(self._show_page)
        view.said.mine_wanted.connect(self.keep_mine)
        view.said.theirs_wanted.connect(self.take_theirs)
        self._validation.done.connect(self._validated)
        self._validation.refused.connect(self._warn)
        self._signature.done.connect(self._say_nothing)
        view.send_back.given.connect(partial(self._move, M.SEND_BACK))
        view.cancel.given.connect(partial(self._move, M.CANCEL))
        view.signed.given.connect(partial(self._move, M.SIGN))
        view.sent.given.connect(partial(self._move, M.SEND))
        view.asking.connect(self._tell_asked)
        view.mailed.given.connect(self._mail)
        view.correct.given.connect(self._correct)
        view.reported.given.connect(self._report)
        desk.changed.connect(self._changed)
        desk.told.connect(self._was_told)
        desk.replaced.connect(self._replaced)
        desk.nurses_changed.connect(self.refresh)
        desk.person_changed.connect(self._person_changed)
        self._validating.changed.connect(self.refresh)
        self._signing.changed.connect(self.refresh)

    # --- showing ----------------------------------------------------------------------------------------

    @property
    def prescription(self) -> Prescription | None:
        """What is on screen."""
        return self._desk.get(self.key) if self.key else None

    def open(self, key: str) -> None:
        """Show a prescription."""
        if self.key and self.key != key:
            self.view.form.finish_typing()
            self._desk.save_all()
        self.key, self._asked_all, self._told = key, False, ("", Message.NOTE)
        for question in self.view.questions:
            question.hide()
        self.view.show_full(False)
        self.view.show_page(False)
        self.view.preview.propose(self._desk.site.size)
        one = self.prescription
        if one is not None:
            self._desk.read_finess(one.content.dispositif)
            self._desk.read_usual(one)
            self._desk.read_original(one)
        self.refresh()
        self.opened.emit(key)

    @Slot()
    def refresh(self) -> None:
        """Show it as it stands now."""
        one = self.prescription
        if one is None:
            return
        now, around = self._around.clock(), self._around
        dispositif = around.dispositif(one)
        view = self.view
        view.header.show_prescription(one, dispositif, now)
        view.steps.show_steps(steps_of(one))
        view.form.show_prescription(around.shown(one, self._note_of(one), asked=self._asked_all), now)
        stopped = self._desk.why_stopped(one.id)
        stored = self._desk.stored(one.id)
        if stopped and one.may_change and stored is not None:
            stopped = f"{stopped} {difference_words(one.content, stored.content)}".strip()
        told, kind = self._told
        if not told:
            told = past_words(one)
            kind = Message.WARNING if one.may_change else Message.NOTE
        view.said.say(told, stopped, may_keep=one.may_change, kind=kind)
        view.foot.show_foot(self.foot(), writes=one.may_change and not around.why_closed(one))
        self._tell_asked()
        self._show_page()
        self.calls.lead(one)

    @Slot()
    def _tell_asked(self) -> None:
        self.view.foot.give_way(self.view.asked is not None)

    def foot(self) -> PrescriptionFoot:
        """What can be done now."""
        one = self.prescription
        assert one is not None
        busy = ""
        if self._validating.under_way:
            busy = "Validation en cours…"
        elif self._signing.under_way:
            busy = "Signature en cours…"
        elif one.id in self._printing:
            busy = "Impression en cours…"
        elif one.id in self._moving and self._desk.queue.holds(one.id):
            busy = "Demandé\u202f: la base n’a pas encore répondu."
        mails = self._around.office.mail is not None
        signs = self._signing.is_there
        return foot_of(one, self._desk.may, self._around.faults(one), busy, mails=mails, signs=signs)

    def _show_page(self, size: object = None) -> None:
        one = self.prescription
        if one is not None:
            preview = self.view.preview
            kept = self._desk.original(one) if preview.paper_size is PaperSize.A4 else None
            preview.show_paper(self._around.paper(one, preview.paper_size), kept)

    def tick(self, now: datetime) -> None:
        """A second has passed."""
        if self.isVisible():
            self.view.header.tick(now)

    @Slot(str)
    def _changed(self, key: str) -> None:
        if key != self.key:
            return
        if not self._desk.queue.holds(key):
            self._moving.discard(key)
        self._follow_finess()
        if self.isVisible():
            self.refresh()

    def _follow_finess(self) -> None:
        """A draft bears the FINESS that its dispositif has now: the settled one, else the catalogue's."""
        one = self.prescription
        dispositif = self._around.dispositif(one) if one is not None else None
        stored = self._desk.stored(self.key)
        if one is None or dispositif is None or not one.may_change or stored is None or not stored.version:
            return
        if not self._desk.knows_finess(dispositif.id):
            return
        finess = self._desk.finess(dispositif).finess
        if finess != one.content.finess and not self._around.why_closed(one):
            self._desk.type(one.id, replace(one.content, finess=finess))

    @Slot()
    def _person_changed(self) -> None:
        """What was asked of one person is not answered by the next."""
        for question in self.view.questions:
            question.hide()
        self.view.show_full(False)
        self.refresh()

    @Slot(str, str)
    def _was_told(self, key: str, sentence: str) -> None:
        if key == self.key:
            self._told = (sentence, Message.WARNING)
            self.refresh()

    def focus_first(self) -> None:
        """Put the keyboard where work begins."""
        one = self.prescription
        foot = self.foot() if one is not None else None
        if one is not None and foot is not None and not one.may_change and foot.next is not None:
            self.view.foot.buttons[foot.next.deed].setFocus()
        else:
            self.view.form.focus_first()

    # --- typed ------------------------------------------------------------------------------------------

    @Slot(object)
    def _typed(self, content: Content) -> None:
        one = self.prescription
        if one is None or not one.may_change:
            return
        if content.dispositif != one.content.dispositif:
            self._desk.read_finess(content.dispositif)
            chosen = self._around.dispositifs.get(content.dispositif)
            finess = self._desk.finess(chosen).finess if chosen is not None else ""
            content = replace(content, finess=finess)
        self._told = ("", Message.NOTE)
        self._desk.type(one.id, content)

    def save(self) -> None:
        """Ctrl+S: the draft goes to the store now."""
        self.view.form.finish_typing()
        self._desk.save_all()

    def keep_mine(self) -> None:
        """Of what two desks wrote, what was typed here."""
        if self.view.said.asks:
            self._told = ("", Message.NOTE)
            self._desk.keep_mine(self.key)

    def take_theirs(self) -> None:
        """Of what two desks wrote, what the other one did."""
        if self.view.said.asks:
            self._told = ("", Message.NOTE)
            self._desk.take_theirs(self.key)

    @Slot(str)
    def _confirm(self, path: str) -> None:
        one = self.prescription
        if one is None:
            return
        for told in self._around.to_read_again(one):
            if told.field == path or (path == "prescripteur.rpps" and told.field == "prescripteur.nom"):
                self._desk.confirm(one.id, told.field, told.message)
        self.refresh()

    # --- acts -------------------------------------------------------------------------------------------

    def do_next(self) -> None:
        """F9: the usual next act."""
        foot = self.foot() if self.prescription is not None else None
        if self.view.asked is None and foot is not None and foot.next is not None:
            self.do(foot.next.deed)

    @Slot(object)
    def do(self, deed: Deed) -> None:
        """Do what a button says; what is missing is shown, and the keyboard led there."""
        self.view.form.finish_typing()
        one = self.prescription
        offered = self.foot().offers(deed) if one is not None else None
        if one is None or offered is None:
            return
        if deed in (Deed.SUBMIT, Deed.VALIDATE) and self._shows_faults(one):
            return
        if offered.reason:
            return
        view, name = self.view, self._desk.session().name
        match deed:
            case Deed.SUBMIT:
                self._move(M.SUBMIT)
            case Deed.VALIDATE:
                self._validation.ask(one)
            case Deed.PRINT:
                self._print(one)
            case Deed.ARCHIVE:
                self._move(M.ARCHIVE)
            case Deed.SIGN_BY_KEY:
                self._signature.ask()
            case Deed.SIGN:
                view.signed.ask(name)
            case Deed.MAIL:
                nurse = self._around.nurse(one)
                view.mailed.ask(nurse.mail if nurse is not None else "")
            case Deed.SEND:
                view.sent.ask(self._sent_to(one))
            case Deed.REPORT:
                view.reported.ask(one.report)
            case Deed.SEND_BACK:
                view.send_back.ask()
            case Deed.CORRECT:
                view.correct.ask()
            case Deed.CANCEL:
                view.cancel.ask()

    def _shows_faults(self, one: Prescription) -> bool:
        found = self._around.faults(one)
        if not found:
            return False
        self._asked_all = True
        self.refresh()
        self.view.form.focus_fault(found[0].field)
        return True

    def _sent_to(self, one: Prescription) -> str:
        nurse, name = self._around.nurse(one), self._around.nurse_name(one)
        mail = nurse.mail if nurse is not None else ""
        return f"{name}, {mail}" if name and mail else name

    def _move(self, move: PrescriptionMove, text: str = "") -> None:
        if self.key:
            self._moving.add(self.key)
            self._told = ("", Message.NOTE)
            self._desk.move(self.key, move, text)

    def _print(self, one: Prescription) -> None:
        prints = self._around.office.prints
        if prints is None:
            self._move(M.PRINT)
            return
        key = one.id
        self._printing.add(key)
        self.refresh()

        def printed(sentence: str) -> None:
            self._printing.discard(key)
            if not sentence:
                self._desk.move(key, M.PRINT)
            elif key == self.key:
                self._was_told(key, sentence)

        prints(one, self.view.preview.paper_size, printed)

    def _mail(self, address: str) -> None:
        one, mail = self.prescription, self._around.office.mail
        if one is not None and mail is not None:
            key = one.id
            mail(one, address, lambda sentence: self._was_told(key, sentence))

    def print_page(self) -> None:
        """Ctrl+P; what is not valid is not printed, which is said."""
        if self.view.asked is not None or self.prescription is None:
            return
        if self.foot().offers(Deed.PRINT) is None:
            self._warn(NOT_VALID)
        else:
            self.do(Deed.PRINT)

    def _correct(self, reason: str) -> None:
        self._moving.add(self.key)
        self._desk.correct(self.key, self._new_id(), reason)

    @Slot(str)
    def _replaced(self, key: str) -> None:
        if self.isVisible():
            self.open(key)
            self.view.form.focus_first()

    def _report(self, report: str) -> None:
        self._told = ("", Message.NOTE)
        self._desk.note_report(self.key, report)

    @Slot(str)
    def _validated(self, sentence: str) -> None:
        self._told = (sentence, Message.NOTE)
        self.refresh()
        self.focus_first()

    @Slot()
    def _say_nothing(self) -> None:
        self._told = ("", Message.NOTE)
        self.refresh()

    @Slot(str)
    def _warn(self, sentence: str) -> None:
        self._told = (sentence, Message.WARNING)
        self.refresh()

    @Slot(str)
    def say(self, sentence: str) -> None:
        """Say something of the prescription on screen, until the next act."""
        if self.isVisible():
            self._told = (sentence, Message.NOTE)
            self.refresh()

    def show_source(self) -> None:
        """Ctrl+I: what document the dispositif and its FINESS stand in."""
        one = self.prescription
        dispositif = self._around.dispositif(one) if one is not None else None
        if one is None or dispositif is None:
            return
        self.say(source_words(dispositif, self._desk.finess(dispositif)))

    # --- keys -------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap: what covers, then back."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.view.shows_page_only:
            self.view.show_page(False)
            self.view.form.focus_first()
        else:
            self.leave()

    def leave(self) -> None:
        """Back; what was typed is saved, nothing is discarded."""
        self.save()
        self.left.emit()
