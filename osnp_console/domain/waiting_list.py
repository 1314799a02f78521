"""A waiting list of a dispositif: who registers whom, where, for how long, and what is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from osnp_console.domain import facts
from osnp_console.domain.call import Call
from osnp_console.domain.dates import add_months
from osnp_console.domain.roles import also_counts_as
from osnp_console.domain.sources import Source
from osnp_console.domain.states import State, met_if
from osnp_console.domain.transfer.line import Said, Told


@dataclass(frozen=True, slots=True)
class WaitingList:
    """A waiting list's rules, as its source gives them; what it does not say is absent.

    `registered_by` are roles (empty: not said), `conditional` those of them that register only when a
    further fact is true (role, fact). `months` is how long one stays at most. `where` is the place of
    registration, `asks` what is asked there; `criteria` are those that no rule of the dispositif judges.
    `kept_here`: the console keeps the list itself.
    """

    source: Source
    registered_by: frozenset[str] = frozenset()
    months: int | None = None
    sessions_at_most: int | None = None
    sessions_a_week_at_most: int | None = None
    priorities: tuple[str, ...] = ()
    confirmation: str | None = None
    conditional: tuple[tuple[str, str], ...] = ()
    where: Said | None = None
    criteria: tuple[Said, ...] = ()
    asks: tuple[Told, ...] = ()
    kept_here: bool = False

    def may_register(self, call: Call) -> State:
        """Whether the call's desk may register; UNKNOWN where the source, the role or a fact is silent."""
        role = call.text(facts.ROLE)
        if role is None or not self.registered_by:
            return State.UNKNOWN
        found = {self._title(title, call) for title in also_counts_as(role)}
        return next(state for state in (State.MET, State.UNKNOWN, State.UNMET) if state in found)

    def _title(self, role: str, call: Call) -> State:
        if role not in self.registered_by:
            return State.UNMET
        needed = [call.truth(fact) for title, fact in self.conditional if title == role]
        if not needed or True in needed:
            return State.MET
        return State.UNKNOWN if None in needed else met_if(False)

    def ends_on(self, registered: date) -> date | None:
        """The day from which somebody registered on `registered` is no longer on the list; None: not said.

        A month counts from day to day, to the last day of a shorter month (a convention of ours).
        """
        return add_months(registered, self.months) if self.months is not None else None
