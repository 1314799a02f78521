"""Which key does what in the frame: first what it does everywhere, then what the workspace makes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from osnp_console.ui.frame.call_acts import CallActs
from osnp_console.ui.frame.here import PLACE_OF
from osnp_console.ui.frame.rail import Place
from osnp_console.ui.frame.shortcuts import Act
from osnp_console.ui.frame.workspaces import Workspaces
from osnp_console.ui.telephony.shown_number import dial_shown_in


class FrameKeys:
    """Does what a shortcut says, while nothing covers the frame."""

    def __init__(
        self,
        acts: CallActs,
        workspaces: Workspaces,
        open_help: Callable[[], None],
        go_round: Callable[[bool], bool],
    ) -> None:
        """`go_round` moves the keyboard to the next control, or to the one before it when False."""
        self._workspaces, self._go_round = workspaces, go_round
        self._everywhere: Mapping[Act, Callable[[], None]] = {
            Act.HELP: open_help,
            Act.NEW_CALL: acts.take,
            Act.UNANNOUNCED: workspaces.transfers.take_unannounced,
            Act.PRESCRIBE: acts.prescribe,
            Act.HOLD: acts.hold,
            Act.EMERGENCY: acts.raise_alarm,
            Act.NEXT_CALL: lambda: acts.step(1),
            Act.PREVIOUS_CALL: lambda: acts.step(-1),
            Act.SEARCH: lambda: workspaces.show(Place.FOLLOW_UP),
        }

    def do(self, act: Act) -> None:
        """Do what an act says here; nothing where the workspace on screen has no use for it."""
        doing = self._everywhere.get(act)
        if act in PLACE_OF:
            self._workspaces.show(PLACE_OF[act])
        elif doing is not None:
            doing()
        elif not self._workspace_does(act):
            self._do_anyhow(act)

    def _workspace_does(self, act: Act) -> bool:
        """Whether the act is one of the workspace on screen; the call's knows every act there is."""
        here = self._workspaces.here
        if here is Place.CALL:
            self._workspaces.call_desk.do(act)
            return True
        if here is Place.TRANSFERS:
            return self._workspaces.transfers.do(act)
        return here is Place.PRESCRIPTIONS and self._workspaces.prescriptions.do(act)

    def _do_anyhow(self, act: Act) -> None:
        if act is Act.DIAL:
            dial_shown_in(self._workspaces.current)
        elif act in (Act.NEXT_PANE, Act.PREVIOUS_PANE):
            self._go_round(act is Act.NEXT_PANE)
