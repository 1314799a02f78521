"""Openings taken from a table or a calendar: what the file holds, line by line, before anything is added."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from osnp_console.app.local_agenda.forms import OpeningForm
from osnp_console.app.local_agenda.import_openings import OpeningsImport, RefusedOpening
from osnp_console.ui.local_agenda.edit_page import EditPage
from osnp_console.ui.reading.two_lines import TwoLineList, TwoLines
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.labels import PlainLabel

CHOOSE = "Choisir un fichier…"
READING = "Lecture du fichier…"
NOTHING_NEW = "Rien à ajouter."
NO_FILE = "Choisir d’abord un fichier."
SHOWN_ROWS = 7
_ROW = 44
HELP = (
    "Tableau CSV\u202f: colonnes date ou jours, debut, fin, et au besoin duree, places, surnombre, semaines, "
    "du, au, feries, praticien, rpps, sans_rendez_vous. Calendrier iCalendar (.ics)\u202f: les événements "
    "libres de l’année à venir, pour le praticien écrit ici."
)


class ImportPage(EditPage):
    """A file, what it would add, what it refuses and why.

    Signals:
        file_wanted(): a file is to be chosen, with the system's dialog.
    """

    file_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """No file yet."""
        super().__init__(theme, "Importer des ouvertures", parent)
        self.found: OpeningsImport | None = None
        self.practitioner = self.line("praticien", "Praticien", "d’un calendrier seulement")
        self.rpps = self.line("rpps", "RPPS", "facultatif")
        self.minutes = self.line("duree", "Durée", "une plage par événement")
        self.places = self.line("places", "Places", "1")
        self.file = ActionButton(theme, CHOOSE, height=28, parent=self.sheet)
        self.summary = PlainLabel(theme, wrap=True, parent=self.sheet)
        self.refused = TwoLineList(theme, "Lignes refusées", self.sheet)
        self.refused.setFixedHeight(theme.px(_ROW) * SHOWN_ROWS)
        self.explain(HELP)
        for name, label, field in (
            ("praticien", "Praticien", self.practitioner),
            ("rpps", "RPPS", self.rpps),
            ("duree", "Durée", self.minutes),
            ("places", "Places", self.places),
        ):
            self.row(name, label, field)
        self.row("fichier", "Fichier", self.flow(self.file))
        self.add(self.summary, self.refused)
        self.finish()
        self.without_preview()
        self.drop.hide()
        self.save.set_text("Ajouter au carnet")
        self.file.clicked.connect(self.file_wanted)
        self.clear()

    @property
    def form(self) -> OpeningForm:
        """What a calendar's events are: whose, in which slots. The hours are the events'."""
        return OpeningForm(
            date="01/01/2099",
            start="0h",
            end="23h59",
            minutes=self.minutes.text(),
            places=self.places.text(),
            practitioner=self.practitioner.text(),
            rpps=self.rpps.text(),
        )

    def clear(self) -> None:
        """Forget the file."""
        self.found = None
        self.clear_refusals()
        self.summary.setText("")
        self.refused.set_rows([])
        self.refused.hide()
        self.save.set_reason(NO_FILE)

    def show_found(self, path: str, found: OpeningsImport) -> None:
        """Show what a file would add."""
        self.found = found
        self.clear_refusals()
        taken, refused = len(found.taken), len(found.refused)
        said = f"{PurePath(path).name}\u202f: {taken} ouverture{_s(taken)} à ajouter"
        said += f", {refused} refusée{_s(refused)}"
        if found.repeated:
            said += f", {found.repeated} répétée{_s(found.repeated)}"
        self.summary.setText(f"{said}. Rien n’est encore enregistré.")
        self.refused.set_rows([_row(one) for one in found.refused])
        self.refused.setVisible(bool(found.refused))
        self.save.set_reason(None if found.taken else NOTHING_NEW)

    def say_reading(self) -> None:
        """A file is being read."""
        self.clear()
        self.summary.setText(READING)


def import_words(done: OpeningsImport) -> str:
    """How an import ended, in a sentence."""
    added, refused = len(done.taken), len(done.refused)
    said = f"{added} ouverture{_s(added)} ajoutée{_s(added)}"
    if done.repeated:
        said += f", {done.repeated} déjà là"
    if refused:
        said += f", {refused} refusée{_s(refused)}"
    return f"{said}."


def _row(one: RefusedOpening) -> TwoLines:
    return TwoLines(
        str(one.line),
        one.text or "sans texte",
        second=one.why,
        aside=f"ligne {one.line}",
        mark=("refused", "refused"),
    )


def _s(count: int) -> str:
    return "s" if count > 1 else ""
