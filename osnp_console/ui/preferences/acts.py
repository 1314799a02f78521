"""All that the settings let somebody do, page by page."""

from __future__ import annotations

from dataclasses import dataclass

from osnp_console.app.base.acts import BaseActs
from osnp_console.ui.preferences.accounts.acts import AccountActs
from osnp_console.ui.preferences.agendas.acts import AgendaActs
from osnp_console.ui.preferences.effecteurs.acts import DirectoryActs
from osnp_console.ui.preferences.telephony.deeds import TelephonyActs


@dataclass(frozen=True, slots=True)
class SettingsActs:
    """The acts of each page that has some."""

    base: BaseActs
    agendas: AgendaActs
    directory: DirectoryActs
    telephony: TelephonyActs
    accounts: AccountActs
