"""What serves the desk for as long as the window lives, whatever theme it is shown in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt

from osnp_console.app.calls.calls_in_hand import CallsInHand
from osnp_console.app.calls.sheet_words import CallSheetWords
from osnp_console.app.calls.write_behind import WriteBehind
from osnp_console.app.people.sign_in import SignIn
from osnp_console.app.preferences import Preferences
from osnp_console.domain.desk import Desk
from osnp_console.domain.journal import JournalEntry
from osnp_console.ui.agendas.deals import Deals
from osnp_console.ui.agendas.desk import AgendaDesk
from osnp_console.ui.agendas.door import AgendaDoor
from osnp_console.ui.agendas.outside import Outside
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.differences import Differences
from osnp_console.ui.drafts_kept import DraftsKept
from osnp_console.ui.forms_kept import FORMS_KEPT
from osnp_console.ui.frame.call_journal import CallJournal
from osnp_console.ui.frame.pieces import Pieces
from osnp_console.ui.live import Live
from osnp_console.ui.lock.seat import Seat
from osnp_console.ui.office.made import make_office
from osnp_console.ui.other_desks import OtherDesks
from osnp_console.ui.prescriptions.made import Prescribing, make_prescribing
from osnp_console.ui.telephony.phone_desk import PhoneDesk
from osnp_console.ui.transfer.desk_transfers import DeskTransfers
from osnp_console.ui.transfer.receiving.desk import ReceivingDesk
from osnp_console.ui.transfer.receiving.made import make_receiving
from osnp_console.ui.transfer.sending import SendingDesk
from osnp_console.ui.waiting.desk_waiting import DeskWaiting
from osnp_console.ui.waiting.registering import RegisteringDesk


class DeskServices:
    """Calls, agendas, transfers, prescriptions, who sits here: made once, listened to by each frame."""

    def __init__(self, pieces: Pieces, preferences: Callable[[], Preferences], parent: QObject) -> None:
        """`preferences` are those in use at the time; what is made belongs to `parent`."""
        self._pieces, self._preferences, self._parent = pieces, preferences, parent
        self.kept = WriteBehind()
        self.seat = self._make_seat()
        self.door = StoreDoor(self.seat.background, parent)
        self.in_hand = CallsInHand(preferences().desk, pieces.check, self.kept, pieces.new_id, self._log)
        self.calls = DeskCalls(self.in_hand, self.kept, self.door, pieces.clock, parent)
        self.journal = CallJournal(self.calls, pieces.words, parent)
        self.phone = PhoneDesk(lambda: preferences().telephony, pieces.secrets, pieces.click_to_dial, parent)
        self.positions = pieces.positions(lambda: preferences().distances)
        self.agendas = self._make_agendas()
        self.live = Live(parent)
        self.others = OtherDesks(self.live, self.calls, parent)
        self.others.slots_changed.connect(self.agendas.searches.load)
        self.others.proposals_changed.connect(self.agendas.proposals.refresh)
        self.differences = self._make_differences()
        self.transfers = DeskTransfers(
            self.door, self.live, self._desk_code, pieces.clock, parent, self.seat.on_behalf
        )
        self.receiving = self._make_receiving()
        self.receiving.rings = lambda: preferences().arrival_sound
        self.sending = self._make_sending()
        self.registering = self._make_registering()
        self.office = make_office(
            pieces.office, self.door, self._desk_code, lambda: self.prescribing.desk, parent
        )
        self.prescribing = self._make_prescribing()
        self.drafts = self._make_drafts()
        self.seat.told.connect(self.calls.save)

    # --- while the window lives -------------------------------------------------------------------------

    def bring_back(self) -> None:
        """The base is open: what was typed while it did not answer goes to it first."""
        self.calls.keep_aside(self._pieces.aside())
        self.calls.bring_back()
        self.drafts.bring_back(self._pieces.drafts())

    def start(self) -> None:
        """Read what is under way, and listen to the desks that share the base."""
        self.agendas.base_ready(self._desk_code())
        self.transfers.recover()
        self.receiving.start()
        self.prescribing.start()
        self.office.start()
        self.live.follow(self._pieces.feed())

    def take_desk(self, desk: Desk) -> None:
        """This desk is another one: the calls from now on are its."""
        self.in_hand.desk = desk

    def take_preferences(self, before: Preferences, now: Preferences) -> None:
        """Searches go by other rights, or ask where communes are, from now on."""
        if before.rights != now.rights:
            self.agendas.searches.take_rights()
        if before.distances != now.distances:
            self.agendas.searches.take_positions()

    def close(self) -> None:
        """The window is going: nothing comes home any more, and what is typed goes to the store now."""
        self.live.close()
        self.prescribing.close(self.drafts.close())
        self.office.close()
        self.agendas.close()
        self.phone.close()
        self.door.shut()

    # --- making -----------------------------------------------------------------------------------------

    def _desk_code(self) -> str:
        return self._preferences().desk.code

    def _log(self, entry: JournalEntry) -> None:
        # Asked for at the time: the calls in hand are made before the object that the window listens to.
        self.calls.log(entry)

    def _make_seat(self) -> Seat:
        pieces = self._pieces
        return Seat(
            pieces.base,
            pieces.passwords,
            pieces.clock,
            self._desk_code,
            pieces.new_id,
            self.kept.log,
            self._parent,
            is_alone=lambda: self.live.alone_since is not None,
        )

    def _make_agendas(self) -> AgendaDesk:
        pieces = self._pieces
        reasons = pieces.check.catalogue.reasons
        return AgendaDesk(
            self.calls,
            self.door,
            self.seat.background,
            pieces.connectors,
            pieces.secrets,
            lambda: self._preferences().rights,
            lambda code: reasons.get(code, code),
            pieces.new_id,
            self._make_outside,
            self.positions,
            self._parent,
        )

    def _make_outside(self, deals: Deals, door: AgendaDoor) -> Outside:
        pieces, catalogue = self._pieces, self._pieces.check.catalogue
        return Outside(
            self.calls,
            deals,
            door,
            pieces.connectors,
            catalogue,
            pieces.papers,
            self._sheet_words,
            lambda: self._preferences().regulator,
            self.phone,
        )

    def _make_differences(self) -> Differences:
        return Differences(
            self.calls,
            self.door,
            self._sheet_words,
            {code: fact.question for code, fact in self._pieces.check.catalogue.facts.items()},
            self._desk_code,
            self._parent,
        )

    def _make_receiving(self) -> ReceivingDesk:
        pieces = self._pieces
        return make_receiving(
            self.transfers,
            self.calls,
            self.agendas.deals,
            self.door,
            self.live,
            lambda: self._preferences().desk,
            tuple(pieces.check.catalogue.dispositifs),
            pieces.new_id,
            self._parent,
        )

    def _make_sending(self) -> SendingDesk:
        pieces = self._pieces
        return SendingDesk(
            self.calls,
            self.transfers,
            self.journal.say,
            self.phone.dial,
            pieces.unfinished,
            pieces.new_id,
            self._parent,
        )

    def _make_registering(self) -> RegisteringDesk:
        pieces = self._pieces
        waiting = DeskWaiting(
            self.door, self.live, self._desk_code, pieces.clock, pieces.new_id, self._parent
        )
        catalogue = pieces.check.catalogue
        return RegisteringDesk(
            self.calls, waiting, catalogue, self.journal.say, pieces.unfinished, self._parent
        )

    def _make_prescribing(self) -> Prescribing:
        pieces = self._pieces
        return make_prescribing(
            self.door,
            self.live,
            self.seat,
            SignIn(pieces.base, pieces.passwords, pieces.clock),
            self.office.office,
            pieces.check.catalogue,
            pieces.communes,
            pieces.gazetteer.living,
            self._desk_code,
            pieces.clock,
            pieces.new_id,
            pieces.unfinished,
            self.positions,
            lambda: self._preferences().signing,
            self._parent,
        )

    def _make_drafts(self) -> DraftsKept:
        desk = self.prescribing.desk
        made = DraftsKept(
            self._pieces.unfinished,
            desk,
            self.door,
            FORMS_KEPT,
            lambda: self.transfers.waits or desk.queue.waits,
            self._parent,
        )
        for changed in (desk.changed, self.transfers.changed):
            changed.connect(made.look)
        # After whoever says the same of a prescription on screen: this sentence says which one it is.
        desk.told.connect(made.hear, Qt.ConnectionType.QueuedConnection)
        return made

    def _sheet_words(self) -> CallSheetWords:
        from osnp_console.app.calls.follow_up import FollowUp

        pieces = self._pieces
        return FollowUp(pieces.check.catalogue, pieces.gazetteer, pieces.commune_names).sheets
