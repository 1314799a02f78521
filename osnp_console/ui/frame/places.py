"""The workspaces beside the call's, read and made when first shown: the start does not wait for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from osnp_console.app.base.live import Subject
from osnp_console.app.people.session import Session
from osnp_console.app.preferences import Preferences
from osnp_console.domain.slots.answers import SourceAnswer
from osnp_console.ui.agendas.door import AgendaDoor
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.frame.pieces import Pieces
from osnp_console.ui.frame.rail import Place
from osnp_console.ui.frame.shortcuts import SHORTCUTS
from osnp_console.ui.office.desk_printing import DeskPrinting
from osnp_console.ui.shown_pages import ShownPages
from osnp_console.ui.telephony.phone_desk import PhoneDesk
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.waiting.desk_waiting import DeskWaiting

if TYPE_CHECKING:
    from osnp_console.ui.dispositifs.workspace import DispositifsWorkspace
    from osnp_console.ui.follow_up.workspace import FollowUpWorkspace
    from osnp_console.ui.frame.base_deeds import BaseDeeds
    from osnp_console.ui.local_agenda.workspace import LocalAgendaWorkspace
    from osnp_console.ui.preferences.accounts.acts import AccountActs
    from osnp_console.ui.preferences.acts import PrescriptionActs
    from osnp_console.ui.preferences.agendas.deeds import AgendaDeeds
    from osnp_console.ui.preferences.effecteurs.deeds import DirectoryDeeds
    from osnp_console.ui.preferences.telephony.deeds import TelephonyDeeds
    from osnp_console.ui.preferences.workspace import PreferencesWorkspace
    from osnp_console.ui.prescriptions.workspace import PrescriptionsWorkspace
    from osnp_console.ui.transfer.receiving.workspace import TransfersWorkspace
    from osnp_console.ui.waiting.lists_page import ListsPage


class Places(QObject):
    """Suivi, Transferts, Ordonnances, Dispositifs, Carnet, Réglages.

    Signals:
        reopen_wanted(str), take_over_wanted(str), call_shown(): see FollowUpWorkspace.
        preferences_changed(object): new Preferences.
        agendas_changed(): other agendas are declared, or others are to be asked for at them.
    """

    reopen_wanted = Signal(str)
    take_over_wanted = Signal(str)
    call_shown = Signal()
    preferences_changed = Signal(object)
    agendas_changed = Signal()

    def __init__(
        self,
        theme: Theme,
        pieces: Pieces,
        calls: DeskCalls,
        door: StoreDoor,
        preferences: Callable[[], Preferences],
        agenda_door: AgendaDoor | None = None,
        answer_of: Callable[[str], SourceAnswer | None] = lambda source: None,
        parent: QObject | None = None,
        *,
        phone: PhoneDesk,
        accounts: Callable[[QObject], AccountActs],
        transfers: Callable[[], TransfersWorkspace],
        prescriptions: Callable[[], PrescriptionsWorkspace],
        waiting: DeskWaiting,
        printing: DeskPrinting,
        session: Callable[[], Session],
        shown: ShownPages,
        link: Callable[[], str] = lambda: "",
    ) -> None:
        """`answer_of` says how a source answered the last search; `agenda_door` leads to the agendas.

        `accounts` makes the acts of the page Comptes, `transfers` the workspace Transferts, `prescriptions`
        Ordonnances. `phone` dials the number that is tried in the settings, and of whoever waits on one of
        the lists of `waiting`; `session` is who is here, `link` how the link to other desks stands;
        `printing` what waits to be printed, `shown` tells pages on screen what other desks changed.
        """
        super().__init__(parent)
        self._agenda_door = agenda_door if agenda_door is not None else AgendaDoor(self)
        self._answer_of = answer_of
        self._phone = phone
        self._accounts = accounts
        self._transfers = transfers
        self._prescriptions = prescriptions
        self._waiting, self._printing = waiting, printing
        self._session = session
        self._shown = shown
        self._link = link
        self._theme = theme
        self._pieces = pieces
        self._calls = calls
        self._door = door
        self._preferences = preferences
        self._made: dict[Place, QWidget] = {}
        self._refresh_calls: Callable[[], None] = lambda: None
        self._enter: dict[Place, Callable[[], object]] = {}
        self._preferences_place: PreferencesWorkspace | None = None
        self._follow_up_place: FollowUpWorkspace | None = None

    def workspace(self, place: Place) -> QWidget:
        """A workspace; raises KeyError for the call's, which is not one of these."""
        if place not in self._made:
            make = {
                Place.FOLLOW_UP: self._follow_up,
                Place.TRANSFERS: self._transfers_place,
                Place.PRESCRIPTIONS: self._prescriptions_place,
                Place.DISPOSITIFS: self._dispositifs,
                Place.LOCAL_AGENDA: self._local_agenda,
                Place.PREFERENCES: self._settings,
            }
            self._made[place] = make[place]()
        return self._made[place]

    def enter(self, place: Place) -> None:
        """Put the keyboard where work begins in a workspace."""
        self._enter[place]()

    @property
    def heading(self) -> str:
        """The heading of Réglages on screen, empty while they were not opened."""
        return self._preferences_place.heading if self._preferences_place is not None else ""

    def show_heading(self, name: str) -> None:
        """Show a heading of Réglages again."""
        if self._preferences_place is not None:
            self._preferences_place.show_heading(name)

    @property
    def page(self) -> str:
        """The page of Suivi on screen, empty while it was not opened."""
        return self._follow_up_place.page if self._follow_up_place is not None else ""

    def show_again(self, heading: str, page: str) -> None:
        """Show a heading of Réglages and a page of Suivi again, where there were any."""
        if heading:
            self.show_heading(heading)
        if page and self._follow_up_place is not None:
            self._follow_up_place.show_page(page)

    def refresh_calls(self) -> None:
        """Other desks changed calls: those that are listed are read again."""
        self._refresh_calls()

    def _follow_up(self) -> FollowUpWorkspace:
        from osnp_console.app.calls.follow_up import FollowUp
        from osnp_console.ui.follow_up.workspace import FollowUpWorkspace

        catalogue, gazetteer = self._pieces.check.catalogue, self._pieces.gazetteer
        words = FollowUp(catalogue, gazetteer, self._pieces.commune_names)
        made = FollowUpWorkspace(
            self._theme,
            self._calls,
            self._door,
            words,
            lambda: self._preferences().desk.code,
            lambda: self._lists(words.sheets.commune),
        )
        self._follow_up_place = made
        made.reopen_wanted.connect(self.reopen_wanted)
        made.take_over_wanted.connect(self.take_over_wanted)
        self._refresh_calls = made.refresh_if_shown
        made.call_shown.connect(self.call_shown)
        self._enter[Place.FOLLOW_UP] = made.focus_first
        return made

    def _lists(self, commune: Callable[[str], str]) -> ListsPage:
        from osnp_console.ui.preferences.files import SystemFiles
        from osnp_console.ui.waiting.lists_page import ListsPage

        pieces = self._pieces
        return ListsPage(
            self._theme,
            self._waiting,
            pieces.check.catalogue.dispositifs,
            commune,
            self._session,
            self._phone,
            SystemFiles(),
            pieces.unfinished,
        )

    def _transfers_place(self) -> TransfersWorkspace:
        made = self._transfers()
        self._enter[Place.TRANSFERS] = made.focus_first
        return made

    def _prescriptions_place(self) -> PrescriptionsWorkspace:
        made = self._prescriptions()
        self._enter[Place.PRESCRIPTIONS] = made.focus_first
        return made

    def _dispositifs(self) -> DispositifsWorkspace:
        from osnp_console.ui.dispositifs.workspace import DispositifsWorkspace

        pieces = self._pieces
        made = DispositifsWorkspace(self._theme, pieces.check.catalogue, pieces.gazetteer, pieces.clock)
        self._enter[Place.DISPOSITIFS] = made.focus_first
        return made

    def _local_agenda(self) -> LocalAgendaWorkspace:
        from osnp_console.ui.local_agenda.desk import AgendaDesk
        from osnp_console.ui.local_agenda.workspace import LocalAgendaWorkspace
        from osnp_console.ui.preferences.dispositif_choices import dispositif_names
        from osnp_console.ui.preferences.files import SystemFiles

        pieces = self._pieces
        desk = AgendaDesk(
            self._door, self._agenda_door, pieces.clock, pieces.new_id, pieces.read_events, self
        )
        desk.changed.connect(self.agendas_changed)
        names = dispositif_names(pieces.check.catalogue.dispositifs)
        made = LocalAgendaWorkspace(self._theme, desk, names, SystemFiles(), pieces.unfinished)
        self._shown.add(made, made.refresh, Subject.AGENDA, Subject.SOURCES)
        self._enter[Place.LOCAL_AGENDA] = made.focus_first
        return made

    def _settings(self) -> PreferencesWorkspace:
        from osnp_console.ui.preferences.acts import SettingsActs
        from osnp_console.ui.preferences.dispositif_choices import dispositif_names
        from osnp_console.ui.preferences.read_pages import About
        from osnp_console.ui.preferences.workspace import PreferencesWorkspace

        pieces, catalogue = self._pieces, self._pieces.check.catalogue
        about = About(
            pieces.version,
            catalogue.version,
            catalogue.fingerprint,
            catalogue.documents,
            tuple(pieces.licences()),
        )
        made = PreferencesWorkspace(
            self._theme,
            pieces.preferences,
            self._preferences(),
            SettingsActs(
                self._base_deeds(),
                self._agenda_deeds(),
                self._directory_deeds(),
                self._telephony_deeds(),
                self._accounts(self),
                self._prescription_acts(),
            ),
            about,
            [(one.shown, one.words, one.where) for one in SHORTCUTS],
            pieces.gazetteer.departements,
            sorted({one.cpts for one in catalogue.dispositifs}),
            pieces.clock,
            dispositif_names(catalogue.dispositifs),
            pieces.unfinished,
        )
        made.appearance_changed.connect(self.preferences_changed)
        made.desk_changed.connect(self.preferences_changed)
        self._hear_settings(made)
        self._enter[Place.PREFERENCES] = made.focus_first
        self._preferences_place = made
        return made

    def _hear_settings(self, made: PreferencesWorkspace) -> None:
        """What these pages show is the site's: any desk may change it."""
        add = self._shown.add
        add(made.agendas, made.agendas.load, Subject.SOURCES)
        add(made.effecteurs, made.effecteurs.load, Subject.DIRECTORY, Subject.SOURCES)
        add(made.nurses, made.nurses.load, Subject.NURSES)
        add(made.prescriptions, made.prescriptions.load, Subject.SITE_PAPERS)
        add(made.accounts, made.accounts.load, Subject.ACCOUNTS)

    def _base_deeds(self) -> BaseDeeds:
        from osnp_console.ui.frame.base_deeds import BaseDeeds

        pieces = self._pieces
        return BaseDeeds(
            pieces.base,
            pieces.choice,
            self._door,
            self._calls,
            lambda: self._preferences().desk.code,
            self._link,
            self,
        )

    def _agenda_deeds(self) -> AgendaDeeds:
        from osnp_console.app.sources.agendas import SourceTools
        from osnp_console.app.sources.declare import DeclareSource
        from osnp_console.app.sources.secrets import reading
        from osnp_console.ui.preferences.agendas.deeds import AgendaDeeds

        pieces = self._pieces
        ids = [one.id for one in pieces.check.catalogue.dispositifs]
        deeds = AgendaDeeds(
            pieces.connectors,
            DeclareSource(pieces.connectors, ids, pieces.secrets, pieces.is_file),
            SourceTools(pieces.clock, reading(pieces.secrets), pieces.base),
            self._door,
            self._agenda_door,
            self._answer_of,
            self,
        )
        deeds.changed.connect(self.agendas_changed)
        return deeds

    def _prescription_acts(self) -> PrescriptionActs:
        from osnp_console.ui.frame.prescription_settings import prescription_acts

        return prescription_acts(
            self._pieces,
            self._door,
            self._agenda_door,
            self._session,
            lambda: self._preferences().desk.code,
            self._printing,
            self,
        )

    def _telephony_deeds(self) -> TelephonyDeeds:
        from osnp_console.ui.preferences.telephony.deeds import TelephonyDeeds

        return TelephonyDeeds(self._pieces.secrets, self._phone, self._agenda_door, self)

    def _directory_deeds(self) -> DirectoryDeeds:
        from osnp_console.ui.preferences.effecteurs.deeds import DirectoryDeeds

        pieces = self._pieces
        deeds = DirectoryDeeds(
            pieces.check.catalogue, self._door, self._agenda_door, pieces.secrets, pieces.annuaire, self
        )
        deeds.changed.connect(self.agendas_changed)
        return deeds
