"""What the panel of a call's transfer shows, read from the call, its slots, its checklist, the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.checklist.in_hand import ChecklistInHand
from osnp_console.app.slots.words import Names
from osnp_console.app.transfer.line_choice import LineChoice, choose_line, has_line, line_of
from osnp_console.app.transfer.panel import Around, PanelShown, asked_shown, transfer_shown
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.clock import in_paris
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.natures import cpts_name
from osnp_console.domain.slots.slot import Slot
from osnp_console.ui.agendas.searches import AgendaSearches
from osnp_console.ui.transfer.sending import SendingDesk


class TransferReading:
    """Reads; `selected` gives the dispositif of the checklist's row, None for none."""

    def __init__(
        self,
        catalogue: Catalogue,
        sending: SendingDesk,
        searches: AgendaSearches,
        clock: Callable[[], datetime],
    ) -> None:
        self._catalogue, self._sending, self._searches, self._clock = catalogue, sending, searches, clock
        self.selected: Callable[[], Dispositif | None] = lambda: None
        self._checklists: dict[str, ChecklistInHand] = {}
        self._names = {one.id: cpts_name(one.cpts) for one in catalogue.dispositifs}
        self._best: Slot | None = None

    def panel(self, call: OpenCall) -> PanelShown | None:
        """The panel of a call, None for one that has none."""
        sent, transfer = self._sending.of(call), self._sending.transfer(call)
        around = self._around(call)
        if sent.asked is not None:
            # As it stands now: what was just answered may have met its conditions.
            sent.asked = line_of(call, sent.asked.dispositif, around.now) or sent.asked
            return asked_shown(call, sent.asked, around)
        return transfer_shown(call, transfer, around) if transfer is not None else None

    def has_other_best(self, call: OpenCall) -> bool:
        """Whether another slot than the one last shown is the best now."""
        best = self._searches.slots_of(call).board.next_best("")
        return (best.slot if best is not None else None) != self._best

    def choice(self, call: OpenCall) -> LineChoice | None:
        """The line that F8 would call, None where there is none."""
        now = in_paris(self._clock())
        return choose_line(call, self.selected(), self._in_hand(call).arrange(now), now)

    def can_begin(self, call: OpenCall) -> bool:
        """Whether there is one."""
        if has_line(call, in_paris(self._clock())):
            return True
        return self.selected() is not None and self.choice(call) is not None

    def forget(self, call: OpenCall) -> None:
        """The call is closed."""
        self._checklists.pop(call.record.id, None)

    def _around(self, call: OpenCall) -> Around:
        sent, now = self._sending.of(call), in_paris(self._clock())
        board = self._searches.slots_of(call).board
        best = board.next_best("")
        self._best = best.slot if best is not None else None
        return Around(
            self._catalogue,
            self._in_hand(call).arrange(now),
            Names(board.pool.names, self._names),
            now,
            slot=best,
            late=sent.late,
            resumed=sent.is_resumed,
            anew=self.choice(call),
        )

    def _in_hand(self, call: OpenCall) -> ChecklistInHand:
        found = self._checklists.get(call.record.id)
        if found is None or found.call is not call:
            found = self._checklists[call.record.id] = ChecklistInHand(call, self._catalogue.facts)
        return found
