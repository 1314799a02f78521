"""All that the settings let somebody do, page by page."""

from __future__ import annotations

from dataclasses import dataclass

from osnp_console.app.base.acts import BaseActs
from osnp_console.ui.office.desk_printing import DeskPrinting
from osnp_console.ui.preferences.accounts.acts import AccountActs
from osnp_console.ui.preferences.agendas.acts import AgendaActs
from osnp_console.ui.preferences.effecteurs.acts import DirectoryActs
from osnp_console.ui.preferences.ordonnances.acts import NurseActs, OrdonnanceActs
from osnp_console.ui.preferences.telephony.deeds import TelephonyActs


@dataclass(frozen=True, slots=True)
class PrescriptionActs:
    """What is settled of prescriptions, the directory of nurses, and what waits to be printed here."""

    settings: OrdonnanceActs
    nurses: NurseActs
    printing: DeskPrinting


@dataclass(frozen=True, slots=True)
class SettingsActs:
    """The acts of each page that has some."""

    base: BaseActs
    agendas: AgendaActs
    directory: DirectoryActs
    telephony: TelephonyActs
    accounts: AccountActs
    prescriptions: PrescriptionActs
