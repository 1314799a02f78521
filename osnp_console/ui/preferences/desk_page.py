"""Ce poste: its role, SAS, CPTS and number, the offer of a new call, who sits here, lock and sound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from osnp_console.app.preferences import Preferences
from osnp_console.domain.desk import Desk
from osnp_console.domain.natures import NATURE_NAMES
from osnp_console.domain.roles import NAMES
from osnp_console.ui.preferences.many_choices import ManyChoices
from osnp_console.ui.preferences.page import KeptPreferences, Page
from osnp_console.ui.preferences.regulator_fields import RegulatorFields
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.choices import Choice
from osnp_console.ui.widgets.combo import Combo
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.tick_box import TickBox

NONE = ""
HIGHEST_NUMBER = 99
SOUND = "Un son à l’arrivée d’un transfert, là où ce poste répond d’une ligne"
LOCK_AFTER = (5, 10, 15, 20, 30)
NOT_A_NUMBER = f"Un nombre de 1 à {HIGHEST_NUMBER} est attendu."
# Nobody sits at a desk as a patient.
_NO_DESK = frozenset({"patient"})


def role_choices() -> list[Choice]:
    """The roles somebody can sit at a desk with."""
    return [Choice(code, name[0].upper() + name[1:]) for code, name in NAMES.items() if code not in _NO_DESK]


def sas_choices(departements: Mapping[str, str]) -> list[Choice]:
    """No SAS (a line), then each département's."""
    codes = sorted(departements)
    return [
        Choice(NONE, "Aucun, poste de ligne"),
        *(Choice(c, f"{c} · {departements[c]}") for c in codes),
    ]


def offer_choices() -> list[Choice]:
    """All offers, then each of them."""
    offers = [Choice(code, name) for code, name in NATURE_NAMES.items() if code != "aucun"]
    return [Choice(NONE, "Toutes les offres"), *offers]


def lock_choices(kept: Preferences) -> list[Choice]:
    """After how long without a touch the screen is locked; what was settled otherwise is among them."""
    minutes = sorted({*LOCK_AFTER, kept.lock_minutes})
    return [Choice(one, f"après {one} min sans rien toucher") for one in minutes]


class DeskPage(Page):
    """The desk of this workstation."""

    def __init__(
        self,
        theme: Theme,
        kept: KeptPreferences,
        departements: Mapping[str, str],
        cpts: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        """`departements` are names by code, `cpts` the names that the catalogue knows."""
        super().__init__(theme, "Ce poste", parent)
        self._kept = kept
        desk = kept.now.desk
        self.role = Combo(theme, "Rôle", role_choices(), clearable=False, parent=self.sheet)
        self.sas = Combo(theme, "SAS", sas_choices(departements), clearable=False, parent=self.sheet)
        self.number = LineField(theme, "Numéro du poste", optional=True, parent=self.sheet)
        self.offer = Combo(theme, "Offre de départ", offer_choices(), clearable=False, parent=self.sheet)
        self.person = LineField(theme, "Personne affichée", optional=True, parent=self.sheet)
        self.person.set_placeholder("É. Tessier")
        self.lock = Combo(theme, "Verrouillage", lock_choices(kept.now), clearable=False, parent=self.sheet)
        self.sound = TickBox(theme, SOUND, self.sheet)
        self.cpts = ManyChoices(theme, "CPTS pour lesquelles ce poste travaille", cpts, self.sheet)
        self.regulator = RegulatorFields(theme, kept, self.sheet)
        self._show(desk)
        self._lay_out()
        self._connect()

    def _show(self, desk: Desk) -> None:
        self.role.set_answer(desk.role if desk.role not in _NO_DESK else "osnp")
        known = {choice.value for choice in self.sas.choices}
        self.sas.set_answer(desk.sas if desk.sas in known else NONE)
        self.number.set_text(str(desk.number))
        self.offer.set_answer(desk.offer or NONE)
        self.person.set_text(self._kept.now.person)
        self.lock.set_answer(self._kept.now.lock_minutes)
        self.sound.set_ticked(self._kept.now.arrival_sound)
        self.cpts.set_chosen(desk.cpts)

    def _lay_out(self) -> None:
        theme = self.theme
        self._rows = {
            "role": FormRow(theme, "Rôle", self.role, parent=self.sheet),
            "sas": FormRow(theme, "SAS", self.sas, parent=self.sheet),
            "number": FormRow(theme, "Numéro", self.number, parent=self.sheet),
            "offer": FormRow(theme, "Offre", self.offer, parent=self.sheet),
            "person": FormRow(theme, "Personne", self.person, parent=self.sheet),
            "lock": FormRow(theme, "Verrouillage", self.lock, parent=self.sheet),
            "sound": FormRow(theme, "Transferts", self.sound, parent=self.sheet),
            "cpts": FormRow(theme, "CPTS", self.cpts, parent=self.sheet),
        }
        self.add(*self._rows.values())
        self.explain(
            "Le rôle, le SAS et les CPTS décident de ce que ce poste peut adresser. "
            "Un appel ouvert garde le poste avec lequel il a été pris. "
            "L’écran se verrouille là où la base a des comptes, jamais pendant un appel en ligne."
        )
        self.add(self.regulator)
        self.end()

    def _connect(self) -> None:
        self.role.answered.connect(self._role_chosen)
        self.sas.answered.connect(self._sas_chosen)
        self.offer.answered.connect(self._offer_chosen)
        self.number.committed.connect(self._number_typed)
        self.person.committed.connect(self._person_typed)
        self.lock.answered.connect(self._lock_chosen)
        self.sound.clicked.connect(self._sound_ticked)
        self.cpts.changed.connect(self._cpts_chosen)

    def _role_chosen(self, role: object) -> None:
        self._change("role", role=str(role))

    def _sas_chosen(self, sas: object) -> None:
        self._change("sas", sas=str(sas) or None)

    def _offer_chosen(self, offer: object) -> None:
        self._change("offer", offer=str(offer) or None)

    def _cpts_chosen(self) -> None:
        self._change("cpts", cpts=self.cpts.chosen)

    def _number_typed(self) -> None:
        text = self.number.text().strip()
        good = text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= HIGHEST_NUMBER
        self.number.set_error(None if good else NOT_A_NUMBER)
        if good:
            self._change("number", number=int(text))

    def _person_typed(self) -> None:
        preferences = replace(self._kept.now, person=self.person.text().strip())
        self._rows["person"].set_message(self._kept.keep(preferences))

    def _lock_chosen(self, minutes: object) -> None:
        if isinstance(minutes, int):
            preferences = replace(self._kept.now, lock_minutes=minutes)
            self._rows["lock"].set_message(self._kept.keep(preferences))

    def _sound_ticked(self) -> None:
        preferences = replace(self._kept.now, arrival_sound=self.sound.is_ticked)
        self._rows["sound"].set_message(self._kept.keep(preferences))

    def _change(self, row: str, **changes: Any) -> None:
        preferences = replace(self._kept.now, desk=replace(self._kept.now.desk, **changes))
        self._rows[row].set_message(self._kept.keep(preferences))
