"""The form of a call: shows the call on screen, writes each change to it, and leads to what is missing."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from osnp_console.app.calls.intake_fields import (
    NOTHING_YET,
    IntakeFields,
    field_of,
    fields_for,
)
from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.calls.suggest_reasons import ReasonSearch
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.clock import in_paris
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.differences import Differences
from osnp_console.ui.intake import view as layout
from osnp_console.ui.intake.answers import Answers
from osnp_console.ui.intake.birth_field import BirthPart, OnsetPart
from osnp_console.ui.intake.both_changed import BothChangedStrip
from osnp_console.ui.intake.both_changed_part import BothChangedPart
from osnp_console.ui.intake.delay_field import DelayPart
from osnp_console.ui.intake.doctor_fields import UsualCarePart
from osnp_console.ui.intake.known_persons import KnownPersonsPart
from osnp_console.ui.intake.note import NotePart
from osnp_console.ui.intake.part import BirthNamePart, ChoicePart, NamePart, Part
from osnp_console.ui.intake.phone_field import PhonePart
from osnp_console.ui.intake.place_fields import (
    NO_COMMUNE,
    CommunePart,
    PresentPlacePart,
    commune_rows,
    resolved,
)
from osnp_console.ui.intake.question_fields import QuestionsPart
from osnp_console.ui.intake.reason_field import NO_REASON, OfferPart, ReasonPart, reason_rows
from osnp_console.ui.intake.rows import Rows
from osnp_console.ui.intake.shown_rows import DOCTOR, USUAL, ShownRows
from osnp_console.ui.intake.sources import IntakeSources, LookUp
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.control import Control
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.surfaces import Card

_LEAST_WIDTH = 352


class IntakePanel(Card):
    """The intake column.

    Signals:
        next_wanted(): Entrée in a one-line field: the person wants the next question.
        said(str): something the form did by itself, for the journal strip.
        open_wanted(str): the person wants to open the call of that id.
        asked(str): a field was changed at another desk too: what the strip over the form asks.
    """

    next_wanted = Signal()
    said = Signal(str)
    open_wanted = Signal(str)
    asked = Signal(str)

    def __init__(
        self,
        theme: Theme,
        calls: DeskCalls,
        sources: IntakeSources,
        look_up: LookUp | None = None,
        parent: QWidget | None = None,
        *,
        differences: Differences | None = None,
    ) -> None:
        """A form over the calls of the desk.

        `look_up` asks for persons of past calls; without it none is shown. `differences` are what other
        desks changed in fields that were changed here.
        """
        super().__init__(theme, parent=parent)
        # First: Tab goes through it before the form under it.
        self.strip = BothChangedStrip(theme, self)
        self._sources = sources
        self._reasons = ReasonSearch(sources.catalogue.reasons, sources.catalogue.reason_offers)
        self.answers = Answers(calls, self)
        self.controls = self._make_controls()
        self.view = layout.IntakeView(theme, self.controls, self)
        self.rows = Rows(self.view.rows, frozenset({layout.KNOWN}), self)
        self._shown_rows = ShownRows(self.view, self.rows)
        self._questions = QuestionsPart(self.answers, self.controls.questions, self.view.question_rows)
        self._known = KnownPersonsPart(self.answers, self.view.known, look_up)
        self._parts = self._make_parts()
        self._shown_fields: dict[str, IntakeFields] = {}
        self._fields = NOTHING_YET
        self._wanted: str | None = None
        self.both_changed = self._make_both_changed(differences) if differences is not None else None
        self._lay_out()
        self._connect(calls)
        self._show(calls.current)

    # --- what the frame asks ----------------------------------------------------------------------------

    @property
    def footer(self) -> QVBoxLayout:
        """Where the journal of the call goes, under the note."""
        return self.view.footer

    def show_wanted(self, fact: str | None) -> None:
        """Put the ► before the field that answers a fact; None takes it away."""
        code = field_of(fact) if fact is not None else None
        for known, control in self._by_code().items():
            control.wanted = known == code
        self._wanted = code
        self._shown_rows.mark_to_ask(self._fields.to_ask)

    def focus_question(self) -> bool:
        """Give the keyboard to the field of the next question; False when none answers it here."""
        return self._wanted is not None and self.focus_field(self._wanted)

    def focus_field(self, code: str) -> bool:
        """Give the keyboard to a field, opening its row; False when the form has no such field."""
        control = self._by_code().get(code)
        if control is None:
            return False
        for name, row in self.view.rows:
            if row is control or row.isAncestorOf(control):
                self._shown_rows.open_now(name)
        control.focus_target().setFocus()
        return True

    def finish_typing(self) -> None:
        """Take the field that has the keyboard as left: another call is about to be shown."""
        focused = QApplication.focusWidget()
        for control in (*self._by_code().values(), self.controls.elsewhere):
            if isinstance(control, LineField) and control.focus_target() is focused:
                control.is_left()

    def focus_note(self) -> None:
        """Give the keyboard to the note."""
        self.focus_field(fields.NOTE)

    def keep_mine(self) -> bool:
        """Of what both desks changed, keep one's own answer; False when a question is not seen."""
        return self.both_changed is None or self.both_changed.keep()

    def take_theirs(self) -> bool:
        """Of what both desks changed, take the other desk's answer; False when a question is not seen."""
        return self.both_changed is None or self.both_changed.take()

    def _go_to(self, code: str | None) -> None:
        if code is None or not self.focus_field(code):
            self.focus_first()

    def focus_first(self) -> None:
        """Give the keyboard to the phone field, where a call begins."""
        self.focus_field(fields.CALLER_PHONE)

    def control(self, code: str) -> Control | None:
        """The control of a field, None when the form has none for it now."""
        return self._by_code().get(code)

    # --- making -----------------------------------------------------------------------------------------

    def _make_controls(self) -> layout.Controls:
        communes = self._sources.communes
        return layout.Controls(
            self.theme,
            lambda text: commune_rows(communes, text),
            lambda text: resolved(communes, text),
            NO_COMMUNE,
            lambda text: reason_rows(self._reasons, text, self._offer()),
            self._resolve_reason,
            NO_REASON,
        )

    def _make_parts(self) -> list[Part]:
        a, c = self.answers, self.controls
        offer = OfferPart(a, c.offer)
        return [
            ChoicePart(a, fields.CALLER_LINK, c.link),
            PhonePart(a, fields.CALLER_PHONE, c.phone),
            BirthNamePart(a, fields.BIRTH_NAME, c.name),
            NamePart(a, fields.FIRST_NAMES, c.first_names),
            BirthPart(a, facts.BIRTH, c.birth),
            ChoicePart(a, facts.SEX, c.sex),
            ChoicePart(a, facts.PREGNANT, c.pregnant),
            CommunePart(a, facts.RESIDENCE, c.residence, self._sources),
            PresentPlacePart(a, c.place, c.elsewhere, self._sources),
            offer,
            ReasonPart(a, c.reason, self._reasons, offer),
            DelayPart(a, c.delay, c.days),
            ChoicePart(a, facts.TECHNICAL_PLATFORM, c.platform),
            ChoicePart(a, facts.PRESCRIPTION, c.prescription),
            OnsetPart(a, facts.ONSET, c.onset),
            UsualCarePart(a, DOCTOR, c.doctor, c.doctor_practice, c.doctor_called),
            UsualCarePart(a, USUAL, c.usual, c.usual_practice, c.usual_called),
            ChoicePart(a, facts.CAN_TRAVEL, c.travel),
            self._questions,
            NotePart(a, c.note),
        ]

    def _make_both_changed(self, differences: Differences) -> BothChangedPart:
        part = BothChangedPart(
            self.strip, self.view, self.answers, differences, self._by_code, self._go_to, self._take_in
        )
        part.asked.connect(self.asked)
        return part

    def _lay_out(self) -> None:
        around, edge = QVBoxLayout(self), self.theme.px(1)
        around.setContentsMargins(edge, edge, edge, edge)
        around.setSpacing(0)
        around.addWidget(self.strip)
        around.addWidget(self.view, 1)
        self.setMinimumWidth(self.theme.px(_LEAST_WIDTH))
        self.setAccessibleName("Fiche de l’appel")

    def _connect(self, calls: DeskCalls) -> None:
        for part in self._parts:
            part.said.connect(self.said)
            part.layout_wanted.connect(self._open_rows)
            for control in part.controls.values():
                control.next_wanted.connect(self.next_wanted)
        for question in self.controls.questions:
            question.next_wanted.connect(self.next_wanted)
        self.controls.elsewhere.next_wanted.connect(self.next_wanted)
        self._known.found.connect(self._open_rows)
        self._known.open_wanted.connect(self.open_wanted)
        self.answers.came.connect(self._take_in)
        calls.shown.connect(self._show)
        calls.settled.connect(self._is_settled)
        calls.closed.connect(self._forget)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    # --- what is shown ----------------------------------------------------------------------------------

    @Slot(object)
    def _show(self, call: OpenCall | None) -> None:
        """Show another call, or none: every field as it was left, written nowhere."""
        self.answers.follow()
        sheet, day = self.answers.sheet, self._day()
        self._work_out(call)
        for part in self._parts:
            part.load(sheet, day)
        self._known.load(sheet, day)
        self.view.setEnabled(call is not None)
        self._open_rows()
        self.rows.settle()
        self.show_wanted(call.question.fact if call is not None and call.question is not None else None)
        if self.both_changed is not None:
            self.both_changed.show()
        self.view.verticalScrollBar().setValue(0)

    @Slot(object)
    def _is_settled(self, call: OpenCall) -> None:
        if call is self.answers.calls.current:
            self._work_out(call)
            self._open_rows()
            self.show_wanted(call.question.fact if call.question is not None else None)

    @Slot(object)
    def _forget(self, call: OpenCall) -> None:
        self._shown_fields.pop(call.record.id, None)

    @Slot(object)
    def _take_in(self, codes: frozenset[str]) -> None:
        """Show what was answered elsewhere."""
        sheet, day = self.answers.sheet, self._day()
        for part in self._parts:
            if not codes.isdisjoint(part.controls):
                part.load(sheet, day)
        self._open_rows()

    def _work_out(self, call: OpenCall | None) -> None:
        """Which fields this call needs; remembered by call, so that coming back shows the same form."""
        if call is None:
            self._fields = NOTHING_YET
        else:
            before = self._shown_fields.get(call.record.id, NOTHING_YET)
            question = call.question.fact if call.question is not None else None
            self._fields = fields_for(
                call.checklist, call.record.sheet, self._sources.catalogue, question, before
            )
            self._shown_fields[call.record.id] = self._fields
        self._questions.show_questions(self._fields.questions, self.answers.sheet)

    @Slot()
    def _open_rows(self) -> None:
        self._shown_rows.open(self._fields, self._parts, self._known.has_something)

    @Slot(QWidget, QWidget)
    def _focus_moved(self, before: QWidget | None, after: QWidget | None) -> None:
        if before is self.controls.note.text_edit and after is not before:
            self.answers.settle()
        if self.both_changed is not None:
            self.both_changed.focus_moved(before)
        self.rows.focus_moved()
        self.view.keep_focus_in_sight()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is asked over the form leaves it the greater part of the height."""
        if self.both_changed is not None:
            self.both_changed.fit(event.size().height())
        super().resizeEvent(event)

    # --- small questions --------------------------------------------------------------------------------

    def _by_code(self) -> dict[str, Control]:
        return {code: control for part in self._parts for code, control in part.controls.items()}

    def _offer(self) -> str | None:
        return self.answers.sheet.text(facts.OFFER) or None

    def _resolve_reason(self, text: str) -> str | None:
        exact = self._reasons.exact(text, self._offer())
        return None if exact is None else exact.reason.code

    def _day(self) -> date:
        calls = self.answers.calls
        moment = calls.clock() if calls.current is None else calls.current.record.taken_at
        return in_paris(moment).date()
