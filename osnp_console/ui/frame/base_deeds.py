"""What Réglages does with the base: verify it, copy it, and tell how that ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject

from osnp_console.app.base.acts import BaseFacts, Deed
from osnp_console.app.base.care import BaseReport
from osnp_console.app.people.permissions import caring_for_base
from osnp_console.app.ports import StoreFailure
from osnp_console.domain.clock import in_paris
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.calls import Clock
from osnp_console.ui.frame.homecoming import Homecoming
from osnp_console.ui.frame.pieces import Base


class BaseDeeds(QObject):
    """Implements `app.base_acts.BaseActs` over the window's base."""

    def __init__(self, base: Base, store: StoreDoor, clock: Clock, parent: QObject | None = None) -> None:
        """`store` says whether whoever is here may, before anything is begun."""
        super().__init__(parent)
        self._store = store
        self._base = base
        self._clock = clock
        self._home = Homecoming(self)
        self._facts = BaseFacts(base.place, base.key_kind)

    def facts(self) -> BaseFacts:
        """What is known of the base now."""
        return self._facts

    def verify(self, then: Callable[[Deed], None]) -> None:
        """Check it, beside the window; what was found is remembered until the next check."""

        def found(report: BaseReport) -> None:
            self._facts = replace(
                self._facts,
                revision=report.revision,
                calls=report.counts.get("appels"),
                lines=report.counts.get("lignes"),
                checked_at=self._clock(),
                chain_sound=not report.faults,
            )
            then(_told(report))

        def go(allowed: None) -> None:
            self._home.when_done(self._base.verify(), found, _deed_of(then))

        self._store.ask(caring_for_base("verification"), go, _deed_of(then))

    def suggested_copy(self) -> str:
        """Beside the base, named by the day."""
        return _copy_name(self._base.place, self._clock())

    def back_up(self, target: str, then: Callable[[Deed], None]) -> None:
        """Write an encrypted copy."""

        def copied(place: str) -> None:
            then(Deed(True, f"Copie écrite : {place}"))

        def go(allowed: None) -> None:
            self._home.when_done(self._base.save_copy(target), copied, _deed_of(then))

        self._store.ask(caring_for_base("copie"), go, _deed_of(then))


def _deed_of(then: Callable[[Deed], None]) -> Callable[[StoreFailure], None]:
    return lambda failure: then(Deed(False, failure.message))


def _copy_name(place: str, now: datetime) -> str:
    return f"{place}.{in_paris(now):%Y-%m-%d-%Hh%M}.copie"


def _told(report: BaseReport) -> Deed:
    if not report.faults:
        calls, lines = report.counts.get("appels", 0), report.counts.get("lignes", 0)
        return Deed(True, f"Base saine : {calls} appels, {lines} lignes de journal, chaîne entière.")
    first, more = report.faults[0].message, len(report.faults) - 1
    return Deed(False, f"{first} (et {more} autres constats)" if more else first)
