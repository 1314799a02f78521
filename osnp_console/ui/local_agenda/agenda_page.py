"""The form of an agenda itself: its name, its place, its dispositifs, whether calls are looked for in it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from osnp_console.app.local_agenda.forms import AgendaForm
from osnp_console.domain.slots.slot import AT_HOME, AT_PRACTICE, CPTS, PRO, PUBLIC, REMOTE, SNP
from osnp_console.ui.local_agenda.edit_page import EditPage
from osnp_console.ui.preferences.dispositif_choices import DispositifChoices
from osnp_console.ui.theme.theme import Theme

TYPES = ((PUBLIC, "Public"), (PRO, "Professionnels"), (SNP, "SNP"), (CPTS, "CPTS"))
MODALITIES = ((AT_PRACTICE, "Au cabinet"), (AT_HOME, "À domicile"), (REMOTE, "Téléconsultation"))


class AgendaPage(EditPage):
    """An agenda as it is typed; `app.local_agenda_forms` reads it."""

    def __init__(self, theme: Theme, names: Mapping[str, str], parent: QWidget | None = None) -> None:
        """An empty form; `names` are the dispositifs' by id."""
        super().__init__(theme, "Carnet", parent)
        self._id = ""
        self.name = self.line("nom", "Nom", "Carnet de la ligne de Redon")
        self.place = self.line("lieu", "Lieu", "maison de santé, centre…")
        self.address = self.line("adresse", "Adresse")
        self.postcode = self.line("code_postal", "Code postal")
        self.city = self.line("commune", "Commune")
        self.phone = self.line("telephone", "Téléphone")
        self.note = self.line("note", "Note")
        self.types = {code: self.tick(words) for code, words in TYPES}
        self.modalities = {code: self.tick(words) for code, words in MODALITIES}
        self.dispositifs = DispositifChoices(theme, names, "Dispositifs de ce carnet", self.sheet)
        self.dispositifs.changed.connect(self._typed)
        self.searched = self.tick("Chercher dans ce carnet pour les appels")
        for name, label, field in (
            ("nom", "Nom", self.name),
            ("lieu", "Lieu", self.place),
            ("adresse", "Adresse", self.address),
            ("code_postal", "Code postal", self.postcode),
            ("commune", "Commune", self.city),
            ("telephone", "Téléphone", self.phone),
        ):
            self.row(name, label, field)
        self.row("cherche", "", self.flow(self.searched))
        self.row("dispositifs", "Dispositifs", self.dispositifs)
        self.row("types", "Pour", self.flow(*self.types.values()))
        self.row("modalites", "Comment", self.flow(*self.modalities.values()))
        self.row("note", "Note", self.note)
        self.finish()
        self.without_preview()

    @property
    def form(self) -> AgendaForm:
        """What is typed."""
        return AgendaForm(
            name=self.name.text(),
            id=self._id,
            place=self.place.text(),
            address=self.address.text(),
            postcode=self.postcode.text(),
            city=self.city.text(),
            phone=self.phone.text(),
            dispositifs=self.dispositifs.chosen,
            types=tuple(code for code, box in self.types.items() if box.is_ticked),
            modalities=tuple(code for code, box in self.modalities.items() if box.is_ticked),
            note=self.note.text(),
        )

    def show_form(self, form: AgendaForm, *, searched: bool) -> None:
        """Show an agenda."""
        self._id = form.id
        self.name.set_text(form.name)
        self.place.set_text(form.place)
        self.address.set_text(form.address)
        self.postcode.set_text(form.postcode)
        self.city.set_text(form.city)
        self.phone.set_text(form.phone)
        self.note.set_text(form.note)
        self.dispositifs.set_chosen(form.dispositifs)
        for code, box in self.types.items():
            box.set_ticked(code in form.types)
        for code, box in self.modalities.items():
            box.set_ticked(code in form.modalities)
        self.searched.set_ticked(searched)
        self.clear_refusals()
