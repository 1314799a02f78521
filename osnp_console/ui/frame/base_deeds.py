"""What Réglages does with the base: verify it, copy it, and tell how that ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject

from osnp_console.app.base.acts import BaseFacts, BasePlaces, Deed
from osnp_console.app.base.address import BasePlace
from osnp_console.app.base.care import BaseReport
from osnp_console.app.base.choice import BaseChoice, FoundBase, TypedServer
from osnp_console.app.base.leaving import TRIAL, leaving, why_not
from osnp_console.app.errors import Refusal
from osnp_console.app.people.permissions import caring_for_base
from osnp_console.app.ports import StoreFailure
from osnp_console.domain.clock import in_paris
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.frame.homecoming import Homecoming
from osnp_console.ui.frame.pieces import Base


class BaseDeeds(QObject):
    """Implements `app.base_acts.BaseActs` over the window's base."""

    def __init__(
        self,
        base: Base,
        choice: BaseChoice,
        store: StoreDoor,
        calls: DeskCalls,
        desk: Callable[[], str],
        link: Callable[[], str],
        parent: QObject | None = None,
    ) -> None:
        """`store` says whether whoever is here may, before anything is begun.

        `desk` gives this desk's code, `link` how the link to the other desks stands, in words.
        """
        super().__init__(parent)
        self._choice = choice
        self._calls = calls
        self._desk = desk
        self._link = link
        self._store = store
        self._base = base
        self._clock = calls.clock
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

    # --- where the base is --------------------------------------------------------------------------------

    @property
    def draft(self) -> TypedServer | None:
        """What is typed of another base and not settled."""
        return self._choice.draft

    @draft.setter
    def draft(self, typed: TypedServer | None) -> None:
        self._choice.draft = typed

    def places(self) -> BasePlaces:
        """Where the calls are."""
        choice = self._choice
        return BasePlaces(choice.now, choice.at_next_start, self._link(), choice.keeps_secrets)

    def attempt(self, typed: TypedServer, then: Callable[[FoundBase | Refusal], None]) -> None:
        """Try a shared base, beside the window."""

        def go(allowed: None) -> None:
            self._home.when_done(self._choice.attempt(typed), then, _refusal_of(then))

        self._store.ask(caring_for_base(TRIAL), go, _refusal_of(then))

    def change(self, typed: TypedServer | None, then: Callable[[BasePlace | Refusal], None]) -> None:
        """Keep the calls there from the next start on."""

        def go(open_there: int) -> None:
            refusal = why_not(open_there, len(self._calls.calls), self._calls.is_saved)
            if refusal is not None:
                then(refusal)
            else:
                self._home.when_done(self._choice.change(typed), then, _refusal_of(then))

        self._calls.save()
        self._store.ask(leaving(self._desk()), go, _refusal_of(then))


def _refusal_of(then: Callable[[Refusal], None]) -> Callable[[StoreFailure], None]:
    return lambda failure: then(Refusal(failure.code, failure.message))


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
