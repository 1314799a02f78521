"""The head of the site's papers: its lines, its logos, the second bar code, the size that is proposed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from osnp_console.app.prescription.site_papers import MOST_LOGOS
from osnp_console.app.prescription.site_records import PaperSize, SiteHeader, SitePapers, StructureNumber
from osnp_console.domain.clock import in_paris
from osnp_console.domain.permissions import Act, who_may
from osnp_console.ui.preferences.effecteurs.form import FOR_ALL
from osnp_console.ui.preferences.files import Files
from osnp_console.ui.preferences.ordonnances.acts import NotDone, OrdonnanceActs
from osnp_console.ui.preferences.ordonnances.parts import align_with_list
from osnp_console.ui.preferences.page import Page
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.unfinished import Unfinished
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.choices import Choice
from osnp_console.ui.widgets.flow import Flow
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.list_field import ListField
from osnp_console.ui.widgets.message_line import Message, MessageLine
from osnp_console.ui.widgets.segments import Segments

HELD = "entete"
"""Under that name, the lines that are typed and not kept."""
IMAGES = "Images (*.png *.jpg *.jpeg)"
LOGO_HEIGHT = 44
FULL = f"{MOST_LOGOS} logos au plus."
SECOND_CODES = (
    Choice(StructureNumber.FINESS, "FINESS", "F"),
    Choice(StructureNumber.AM, "N° AM du médecin", "A"),
)
SIZES = (Choice(PaperSize.A4, "A4", "4"), Choice(PaperSize.A5, "A5", "5"))
ABOUT_CODES = (
    "Le premier code-barres est le RPPS du médecin. Le second est le FINESS du dispositif, ou le numéro AM "
    "du médecin là où il est connu."
)


Change = Callable[[SitePapers], SitePapers]


class LogoList(QWidget):
    """The logos from left to right, each with a way to take it out.

    Signals:
        add_wanted(): another image is to be chosen.
        removed(int): one is to be taken out; its place.
    """

    add_wanted = Signal()
    removed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.message = MessageLine(theme, self)
        self.add = ActionButton(theme, "Ajouter un logo…", mark="plus", height=28, parent=self)
        self.add.clicked.connect(self.add_wanted)
        self._images = QWidget(self)
        self._flow = Flow(self._images, theme.px(8))
        self.drops: list[ActionButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addStretch(1)
        for part in (self._images, self.message):
            column.addWidget(part)
        column.addLayout(row)

    def show_logos(self, logos: tuple[bytes, ...], *, may: bool) -> None:
        """Show them; only whoever may changes them."""
        while self._flow.count():
            item = self._flow.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        self.drops = []
        for place, logo in enumerate(logos):
            self._flow.addWidget(self._one(place, logo, may=may))
        self._images.setVisible(bool(logos))
        self.add.setVisible(may)
        self.add.set_reason(FULL if len(logos) >= MOST_LOGOS else None)

    def _one(self, place: int, logo: bytes, *, may: bool) -> QWidget:
        holder = QWidget(self._images)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.theme.px(4))
        image = QLabel(holder)
        pixmap = QPixmap()
        pixmap.loadFromData(logo)
        height = self.theme.px(LOGO_HEIGHT)
        image.setPixmap(pixmap.scaledToHeight(height, Qt.TransformationMode.SmoothTransformation))
        image.setAccessibleName(f"Logo {place + 1}")
        drop = ActionButton(self.theme, "Retirer", kind="link", height=28, parent=holder)
        drop.setAccessibleName(f"Retirer le logo {place + 1}")
        drop.clicked.connect(partial(self.removed.emit, place))
        drop.setVisible(may)
        row.addWidget(image)
        row.addWidget(drop)
        self.drops.append(drop)
        return holder


def _with_header(papers: SitePapers, header: SiteHeader) -> SitePapers:
    return replace(papers, header=header)


def _last_change(papers: SitePapers) -> str:
    """Who settled last, and when; empty while nobody did."""
    if papers.at is None:
        return ""
    by = f" par {papers.person}" if papers.person else ""
    at = in_paris(papers.at)
    return f"Dernier changement{by}, le {at:%d/%m/%Y} à {at:%H:%M}."


class HeaderPage(Page):
    """The head of the paper.

    Signals:
        settled(): something was changed in the base.
    """

    settled = Signal()

    def __init__(
        self,
        theme: Theme,
        acts: OrdonnanceActs,
        files: Files,
        unfinished: Unfinished,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "En-tête et papier", parent)
        align_with_list(self)
        self._acts, self._files, self._unfinished = acts, files, unfinished
        self._papers = SitePapers()
        self.section.set_note(FOR_ALL)
        self.state = MessageLine(theme, self.sheet)
        self.lines = ListField(theme, "Lignes de l’en-tête", self.sheet, commas=False)
        self.lines.set_placeholder("SAS 72, Centre hospitalier du Mans")
        self.logos = LogoList(theme, self.sheet)
        self.code = Segments(theme, "Second code-barres", SECOND_CODES, self.sheet)
        self.size_choice = Segments(theme, "Papier proposé", SIZES, self.sheet)
        self._rows = {
            "lignes": FormRow(theme, "Lignes", self.lines, parent=self.sheet),
            "logos": FormRow(theme, "Logos", self.logos, parent=self.sheet),
            "code": FormRow(theme, "Second code", self.code, parent=self.sheet),
            "format": FormRow(theme, "Papier", self.size_choice, parent=self.sheet),
        }
        self.add(self.state, *self._rows.values())
        self.explain(ABOUT_CODES)
        self.end()
        self.lines.committed.connect(self._lines_typed)
        self.lines.typed.connect(self._hold_lines)
        self.logos.add_wanted.connect(self._choose_logo)
        self.logos.removed.connect(self._remove_logo)
        self.code.answered.connect(self._code_chosen)
        self.size_choice.answered.connect(self._size_chosen)

    def show_papers(self, papers: SitePapers) -> None:
        """Show what the site settled; lines that could not be kept stay as typed."""
        self._papers = papers
        held = self._unfinished.held(HELD).get("lignes")
        if isinstance(held, tuple):
            self.lines.set_values(held)
        elif not self.lines.focus_target().hasFocus():
            self.lines.set_values(papers.header.lines)
        self.code.set_answer(papers.header.second_code)
        self.size_choice.set_answer(papers.size)
        may = self._acts.session.may(Act.SETTLE_PAPERS)
        self.logos.show_logos(papers.header.logos, may=may)
        for control in (self.lines, self.code, self.size_choice):
            control.setEnabled(may)
        if not may:
            self.state.set_message(who_may(Act.SETTLE_PAPERS), Message.NOTE)
        elif self.state.kind is not Message.ERROR:
            self.state.set_message(_last_change(papers) or None, Message.NOTE)

    def _hold_lines(self) -> None:
        self._unfinished.hold(HELD, "lignes", self.lines.values)

    def _lines_typed(self) -> None:
        values = self.lines.values
        self._change("lignes", lambda one: _with_header(one, replace(one.header, lines=values)))

    def _code_chosen(self, code: object) -> None:
        if isinstance(code, StructureNumber):
            self._change("code", lambda one: _with_header(one, replace(one.header, second_code=code)))
        else:
            self.code.set_answer(self._papers.header.second_code)

    def _size_chosen(self, size: object) -> None:
        if isinstance(size, PaperSize):
            self._change("format", lambda one: replace(one, size=size))
        else:
            self.size_choice.set_answer(self._papers.size)

    def _choose_logo(self) -> None:
        path = self._files.to_read("Logo de l’en-tête", IMAGES)
        if path:
            self._acts.read_logo(path, self._add_logo, self._say)

    def _add_logo(self, content: bytes) -> None:
        self._change(
            "logos", lambda one: _with_header(one, replace(one.header, logos=(*one.header.logos, content)))
        )

    def _remove_logo(self, place: int) -> None:
        gone = self._papers.header.logos[place]

        def without(one: SitePapers) -> SitePapers:
            kept = list(one.header.logos)
            if gone in kept:
                kept.remove(gone)
            return _with_header(one, replace(one.header, logos=tuple(kept)))

        self._change("logos", without)

    def _change(self, row: str, change: Change) -> None:
        self.state.set_message(None)
        self._rows[row].set_message(None)
        self.logos.message.set_message(None)
        self._acts.change(change, partial(self._done, row))

    def _done(self, row: str, trouble: NotDone | None) -> None:
        if trouble is not None:
            self._say(trouble)
            return
        if row == "lignes":
            self._unfinished.drop(HELD, "lignes")
        self.settled.emit()

    def _say(self, trouble: NotDone) -> None:
        if trouble.field == "logos":
            self.logos.message.set_message(trouble.sentence, Message.ERROR)
        elif trouble.field in self._rows:
            self._rows[trouble.field].set_message(trouble.sentence)
        else:
            self.state.set_message(trouble.sentence, Message.ERROR)
