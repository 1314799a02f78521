"""The FINESS that a dispositif's prescriptions bear: what is printed, whence; the administrator enters it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from osnp_console.app.prescription.finess import finess_of, shown_finess
from osnp_console.app.prescription.records import SettledFiness
from osnp_console.app.sources.agendas import SourceField
from osnp_console.domain.clock import in_paris
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.natures import cpts_name
from osnp_console.domain.permissions import Act, who_may
from osnp_console.domain.prescription.checks import prefix_warning
from osnp_console.ui.preferences.effecteurs.form import FOR_ALL
from osnp_console.ui.preferences.field_rows import LABEL_WIDTH, TextRow
from osnp_console.ui.preferences.ordonnances.acts import NotDone, OrdonnanceActs
from osnp_console.ui.preferences.ordonnances.parts import align_with_list, at_left
from osnp_console.ui.preferences.page import Page
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.unfinished import Unfinished
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.message_line import Message, MessageLine

NONE_KNOWN = "Aucun FINESS connu\u202f: les ordonnances de ce dispositif ne s’impriment pas."
NONE_SHORT = "aucun FINESS connu"
KEPT = "FINESS enregistré\u202f: imprimé sur les ordonnances à venir, de tous les postes."
SAVING = "Enregistrement…"
CONFIRM = "Confirmer"
TO_CONFIRM = "préfixe à confirmer"
NUMBER, SOURCE = "finess", "source"
HELD = "finess"
"""Under that name, what is typed for each dispositif and not kept."""


def finess_words(dispositif: Dispositif, settled: SettledFiness | None) -> str:
    """`29 199 10 81`, or that none is known."""
    known = finess_of(dispositif, settled)
    if not known.finess:
        return NONE_SHORT
    waits = waits_for_prefix(dispositif, settled)
    return f"{shown_finess(known.finess)} · {TO_CONFIRM}" if waits else shown_finess(known.finess)


def waits_for_prefix(dispositif: Dispositif, settled: SettledFiness | None) -> bool:
    """Whether the number begins with another département, and nobody confirmed it yet."""
    known = finess_of(dispositif, settled)
    if not known.finess or known.prefix_settled:
        return False
    return prefix_warning(known.finess, dispositif) is not None


def whence_words(dispositif: Dispositif, settled: SettledFiness | None) -> str:
    """Where the number comes from: the catalogue's page, or who entered it, when, from which source."""
    visit = dispositif.nurse_visit
    if settled is not None:
        at = in_paris(settled.at)
        by = f" par {settled.person}" if settled.person else ""
        accepted = " Le préfixe d’un autre département a été confirmé." if settled.prefix_accepted else ""
        return f"Saisi{by} le {at:%d/%m/%Y} à {at:%H:%M}. Source\u202f: {settled.source}.{accepted}"
    if visit is None or not visit.finess:
        return ""
    source = visit.source
    if source.author:
        entered = f" le {source.entered:%d/%m/%Y}" if source.entered is not None else ""
        return f"Couche du site, par {source.author}{entered}."
    page = f", page {source.page}" if source.page is not None else ""
    return f"Catalogue\u202f: source {source.document}{page}."


class FinessPage(Page):
    """One dispositif's FINESS; the same page shows one after the other.

    Signals:
        settled(): something was changed in the base.
    """

    settled = Signal()

    def __init__(
        self, theme: Theme, acts: OrdonnanceActs, unfinished: Unfinished, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "FINESS", parent)
        align_with_list(self)
        self._acts, self._unfinished = acts, unfinished
        self._dispositif: Dispositif | None = None
        self._settled: SettledFiness | None = None
        self.section.set_note(FOR_ALL)
        self.printed = PlainLabel(theme, points=11, bold=True, wrap=True, parent=self.sheet)
        self.whence = PlainLabel(theme, role="muted", points=9, wrap=True, parent=self.sheet)
        self.state = MessageLine(theme, self.sheet)
        self.number = TextRow(
            theme, SourceField(NUMBER, "FINESS", hint="neuf caractères, espaces permis"), parent=self.sheet
        )
        self.source = TextRow(
            theme, SourceField(SOURCE, "Source", hint="courrier de l’ARS du 3/11/2026"), parent=self.sheet
        )
        self.save = ActionButton(theme, "Enregistrer", kind="primary", height=28, parent=self.sheet)
        self._save_row = FormRow(
            theme, "", at_left(self.save, self.sheet), label_width=LABEL_WIDTH, parent=self.sheet
        )
        self.add(self.printed, self.whence, self.state, self.number, self.source, self._save_row)
        self.end()
        self.save.clicked.connect(self._save)
        self.number.line.next_wanted.connect(self.source.line.setFocus)
        self.source.line.next_wanted.connect(self._save)
        self.number.line.message_action_wanted.connect(self._confirm)
        self.number.typing.connect(self._typed)
        self.source.typing.connect(self._typed)

    def show_dispositif(self, dispositif: Dispositif, settled: SettledFiness | None) -> None:
        """Show what is printed for a dispositif; what is being typed for it stays."""
        known = finess_of(dispositif, settled).finess
        is_new = self._dispositif is None or dispositif.id != self._dispositif.id
        self.section.set_title(f"FINESS · {cpts_name(dispositif.cpts)}")
        self.printed.setText(shown_finess(known) if known else NONE_KNOWN)
        self.whence.setText(whence_words(dispositif, settled))
        self.whence.setVisible(bool(self.whence.text()))
        if is_new or settled != self._settled:
            said = settled.source if settled is not None else ""
            number, source = self._held(dispositif.id) or (shown_finess(known), said)
            self.number.show_value(number)
            self.source.show_value(source)
            self.number.say(None)
            self.source.say(None)
        if is_new:
            self.state.set_message(None)
        self._dispositif, self._settled = dispositif, settled
        self._show_right()

    def _show_right(self) -> None:
        may = self._acts.session.may(Act.SETTLE_FINESS)
        for widget in (self.number, self.source, self._save_row):
            widget.setVisible(may)
        if not may:
            self.state.set_message(who_may(Act.SETTLE_FINESS), Message.NOTE)
        else:
            self._warn_once()

    def _warn_once(self) -> None:
        """A prefix of another département that the catalogue gives, and nobody confirmed yet."""
        dispositif = self._dispositif
        if dispositif is None:
            return
        if waits_for_prefix(dispositif, self._settled) and self.number.line.message.kind is None:
            known = finess_of(dispositif, self._settled).finess
            self.number.line.set_warning(prefix_warning(known, dispositif), CONFIRM)

    def _say_nothing(self) -> None:
        self.state.set_message(None)
        self.number.say(None)
        self.source.say(None)

    def _held(self, dispositif: str) -> tuple[str, str] | None:
        held = self._unfinished.held(HELD).get(dispositif)
        return held if isinstance(held, tuple) else None

    def _typed(self) -> None:
        self._say_nothing()
        if self._dispositif is not None:
            typed = self.number.line.text(), self.source.line.text()
            self._unfinished.hold(HELD, self._dispositif.id, typed)

    def _save(self) -> None:
        self._settle(confirmed=False)

    def _confirm(self) -> None:
        self._settle(confirmed=True)

    def _settle(self, *, confirmed: bool) -> None:
        if self._dispositif is not None:
            self._say_nothing()
            self.save.set_reason(SAVING)
            number, source = self.number.line.text(), self.source.line.text()
            visit = self._dispositif.nurse_visit
            if not source.strip() and visit is not None and "".join(number.split()) == visit.finess:
                # The catalogue's own number is confirmed with the catalogue's own page.
                source = whence_words(self._dispositif, None)
            then = partial(self._done, self._dispositif.id)
            self._acts.settle_finess(self._dispositif, number, source, confirmed, then)

    def _done(self, dispositif: str, trouble: NotDone | None) -> None:
        self.save.set_reason(None)
        if trouble is None:
            self._unfinished.drop(HELD, dispositif)
            self.settled.emit()
        if self._dispositif is None or dispositif != self._dispositif.id:
            return
        if trouble is None:
            self.state.set_message(KEPT, Message.NOTE)
        elif trouble.confirmable:
            self.number.line.set_warning(trouble.sentence, CONFIRM)
        elif trouble.field == NUMBER:
            self.number.say(trouble.sentence)
            self.number.line.setFocus()
        elif trouble.field == SOURCE:
            self.source.say(trouble.sentence)
            self.source.line.setFocus()
        else:
            self.state.set_message(trouble.sentence, Message.ERROR)
