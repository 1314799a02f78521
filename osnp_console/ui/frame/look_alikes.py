"""Persons of other calls who look like the one on screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from osnp_console.app.calls.desk_calls import known_persons
from osnp_console.app.ports import StoreFailure
from osnp_console.domain.same_person import KnownPerson
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.intake.sources import Persons
from osnp_console.ui.transfer.desk_transfers import DeskTransfers


class LookAlikes:
    """Looks them up in the store (`ui.intake.sources.LookUp`)."""

    def __init__(
        self,
        calls: DeskCalls,
        transfers: DeskTransfers,
        door: StoreDoor,
        failed: Callable[[StoreFailure], None],
    ) -> None:
        self._calls, self._transfers, self._door, self._failed = calls, transfers, door, failed

    def __call__(self, name: str, phone: str, then: Persons) -> None:
        """Ask for those whose name begins so, or of that phone; the call's own transfers are no others."""

        def of_other_calls(found: Sequence[KnownPerson]) -> None:
            current = self._calls.current
            same = self._transfers.calls_with(current.record.id) if current is not None else ()
            then([one for one in found if one.call_id not in same])

        self._door.ask(known_persons(name, phone), of_other_calls, self._failed)
