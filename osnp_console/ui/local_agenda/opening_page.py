"""The form of an opening: each week, or on one date; slots one after the other, or one range."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from osnp_console.app.errors import Refusal
from osnp_console.app.local_agenda.edit import SaveOpening
from osnp_console.app.local_agenda.forms import OpeningForm
from osnp_console.app.local_agenda.typed import read_weekdays
from osnp_console.domain.date_words import WEEKDAYS
from osnp_console.ui.local_agenda.edit_page import EditPage
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.choices import Choice
from osnp_console.ui.widgets.segments import Segments

WEEKLY, ONCE = "semaine", "date"
SLOTS, RANGE = "creneaux", "plage"
_REPEATS = (Choice(WEEKLY, "Chaque semaine", "C"), Choice(ONCE, "Une date", "U"))
_SHAPES = (Choice(SLOTS, "Créneaux", "C"), Choice(RANGE, "Une plage", "P"))
_WEEKS = (
    Choice("toutes", "Toutes", "T"),
    Choice("paires", "Paires", "P"),
    Choice("impaires", "Impaires", "I"),
)


class OpeningPage(EditPage):
    """An opening as it is typed; `app.local_agenda_forms` reads it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """An empty form of a weekly opening."""
        super().__init__(theme, "Ouverture", parent)
        self._id = ""
        sheet = self.sheet
        self.repeats = Segments(theme, "Quand", _REPEATS, sheet)
        self.days = [self.tick(name[:3].capitalize()) for name in WEEKDAYS]
        for box, name in zip(self.days, WEEKDAYS, strict=True):
            box.setAccessibleName(name)
            box.setToolTip(name)
        self.date = self.line("date", "Date", "24/11/2026")
        self.start = self.line("debut", "Début", "9h", "Heure de début")
        self.end_hour = self.line("fin", "Fin", "12h30", "Heure de fin")
        self.shape = Segments(theme, "Forme", _SHAPES, sheet)
        self.minutes = self.line("duree", "Durée", "20", "Durée d’un créneau, en minutes")
        self.minutes.set_annotation("min")
        self.places = self.line("places", "Places", "1", "Places de chaque créneau ou de la plage")
        self.places.set_annotation("places")
        self.over = self.line("surnombre", "Surnombre", "0", "Places en surnombre")
        self.over.set_annotation("en surnombre")
        self.over.set_tip("Au-delà des places\u202f: l’accord du médecin est à obtenir à chaque fois")
        self.weeks = Segments(theme, "Semaines", _WEEKS, sheet)
        self.since = self.line("du", "Du", "dès maintenant", "Valable du")
        self.until = self.line("au", "Au", "sans fin", "Valable jusqu’au")
        self.holidays = self.tick("Aussi les jours fériés")
        self.walk_in = self.tick("Sans rendez-vous")
        self.practitioner = self.line("praticien", "Praticien", "aucun en particulier")
        self.rpps = self.line("rpps", "RPPS", "RPPS, facultatif")
        self._lay_out()
        self.finish()
        for segments in (self.repeats, self.shape, self.weeks):
            segments.answered.connect(self._chosen)
            segments.next_wanted.connect(self.save_wanted)
        self.show_form(OpeningForm())

    def _lay_out(self) -> None:
        self.row("quand", "Quand", self.repeats)
        self._days_row = self.row("jours", "Jours", self.flow(*self.days))
        self._date_row = self.row("date", "Date", self.date)
        self.row("heures", "Heures", self.start, self.end_hour)
        self.row("forme", "Forme", self.shape)
        self._minutes_row = self.row("duree", "Durée", self.minutes)
        self.row("combien", "Places", self.places, self.over)
        self._weeks_row = self.row("semaines", "Semaines", self.weeks)
        self._validity_row = self.row("validite", "Valable", self.since, self.until)
        self.row("praticien", "Praticien", self.practitioner, self.rpps)
        self.row("feries", "", self.flow(self.holidays, self.walk_in))

    # --- the form ---------------------------------------------------------------------------------------

    @property
    def form(self) -> OpeningForm:
        """What is typed; fields that are not shown say nothing."""
        weekly = self.repeats.answer == WEEKLY
        ticked = [name for box, name in zip(self.days, WEEKDAYS, strict=True) if box.is_ticked]
        return OpeningForm(
            id=self._id,
            # An empty date would make it a weekly one.
            date="" if weekly else self.date.text() or "?",
            weekdays=", ".join(ticked) if weekly else "",
            start=self.start.text(),
            end=self.end_hour.text(),
            minutes=self.minutes.text() or "?" if self.shape.answer == SLOTS else "",
            places=self.places.text(),
            over_booking=self.over.text(),
            weeks=str(self.weeks.answer or "") if weekly else "",
            since=self.since.text() if weekly else "",
            until=self.until.text() if weekly else "",
            on_holidays="oui" if weekly and self.holidays.is_ticked else "",
            practitioner=self.practitioner.text(),
            rpps=self.rpps.text(),
            walk_in="oui" if self.walk_in.is_ticked else "",
        )

    @property
    def edit(self) -> SaveOpening:
        """The change that the form makes."""
        return SaveOpening(self.form)

    def show_form(self, form: OpeningForm) -> None:
        """Show an opening; an empty one begins as slots of 20 minutes, each week."""
        self._id = form.id
        self.repeats.set_answer(ONCE if form.date else WEEKLY)
        self.date.set_text("" if form.date == "?" else form.date)
        days = _weekdays(form.weekdays)
        for number, box in enumerate(self.days):
            box.set_ticked(number in days)
        self.start.set_text(form.start)
        self.end_hour.set_text(form.end)
        is_new = form == OpeningForm()
        self.shape.set_answer(SLOTS if form.minutes or is_new else RANGE)
        self.minutes.set_text("20" if is_new else "" if form.minutes == "?" else form.minutes)
        self.places.set_text(form.places)
        self.over.set_text(form.over_booking)
        self.weeks.set_answer(form.weeks or "toutes")
        self.since.set_text(form.since)
        self.until.set_text(form.until)
        self.holidays.set_ticked(form.on_holidays == "oui")
        self.practitioner.set_text(form.practitioner)
        self.rpps.set_text(form.rpps)
        self.walk_in.set_ticked(form.walk_in == "oui")
        self._show_rows()
        self.clear_refusals()

    def _chosen(self, answer: object) -> None:
        for segments, usual in ((self.repeats, WEEKLY), (self.shape, SLOTS), (self.weeks, "toutes")):
            if segments.answer is None:
                segments.set_answer(usual)
        self._show_rows()
        self.typing.emit()

    def _show_rows(self) -> None:
        weekly = self.repeats.answer == WEEKLY
        for row in (self._days_row, self._weeks_row, self._validity_row):
            row.setVisible(weekly)
        self.holidays.setVisible(weekly)
        self._date_row.setVisible(not weekly)
        self._minutes_row.setVisible(self.shape.answer == SLOTS)


def _weekdays(text: str) -> frozenset[int]:
    try:
        return read_weekdays(text, "jours")
    except Refusal:
        return frozenset()
