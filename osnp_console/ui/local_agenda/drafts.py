"""What is typed in the forms of the workspace and not saved yet, by form; it outlives the panels."""

from __future__ import annotations

from dataclasses import dataclass, replace

from osnp_console.app.local_agenda.forms import (
    AgendaForm,
    ClosureForm,
    OpeningForm,
    form_of_closure,
    form_of_opening,
)
from osnp_console.app.local_agenda.typed import said_clock, said_day
from osnp_console.domain.agenda.plan import Closure, Plan, SingleOpening, WeeklyOpening
from osnp_console.domain.agenda.slots import PlannedSlot
from osnp_console.domain.clock import in_paris
from osnp_console.ui.unfinished import Unfinished

OPENING, CLOSURE, AGENDA = "ouverture", "fermeture", "carnet"
_HELD = "carnet"
Form = OpeningForm | ClosureForm | AgendaForm


@dataclass(frozen=True, slots=True)
class Draft:
    """One form: its kind, the agenda, the id of what is edited (empty: something new), what it is called."""

    kind: str
    agenda: str
    entry: str
    words: str
    form: Form
    searched: bool = True

    @property
    def key(self) -> str:
        """What tells forms apart."""
        return f"{self.agenda}/{self.kind}/{self.entry}"


class Drafts:
    """The forms that were begun and are not saved."""

    def __init__(self, unfinished: Unfinished) -> None:
        self._unfinished = unfinished

    def hold(self, draft: Draft, form: Form, *, searched: bool) -> None:
        """Remember what is typed in a form."""
        # Held anew, it is the last one.
        self._unfinished.drop(_HELD, draft.key)
        self._unfinished.hold(_HELD, draft.key, replace(draft, form=form, searched=searched))

    def held(self, draft: Draft) -> Draft | None:
        """What was typed in the same form and not saved."""
        found = self._unfinished.held(_HELD).get(draft.key)
        return found if isinstance(found, Draft) else None

    def drop(self, draft: Draft) -> None:
        """Forget it."""
        self._unfinished.drop(_HELD, draft.key)

    def last(self, agenda: str) -> Draft | None:
        """The form of an agenda, or of a new one, that was typed in last."""
        drafts = [one for one in self._unfinished.held(_HELD).values() if isinstance(one, Draft)]
        return next((one for one in reversed(drafts) if one.agenda in (agenda, "")), None)


def draft_of(plan: Plan, agenda: str, entry: str) -> Draft | None:
    """The form of an opening or a closure of an agenda, None without one of that id."""
    entries: tuple[WeeklyOpening | SingleOpening | Closure, ...] = (
        *plan.weekly,
        *plan.singles,
        *plan.closures,
    )
    found = next((one for one in entries if one.id == entry), None)
    if found is None:
        return None
    if isinstance(found, Closure):
        return Draft(CLOSURE, agenda, entry, "fermeture", form_of_closure(found))
    return Draft(OPENING, agenda, entry, "ouverture", form_of_opening(found))


def draft_to_close(slot: PlannedSlot, agenda: str) -> Draft:
    """A new closure of the hours of a slot, for its practitioner."""
    start, end = in_paris(slot.start), in_paris(slot.end)
    whose = slot.offer.practitioner
    form = ClosureForm(
        first=said_day(start.date()),
        start=said_clock(start.time()),
        last=said_day(end.date()),
        end=said_clock(end.time()),
        practitioner=whose.name or "",
        rpps=whose.rpps or "",
    )
    return Draft(CLOSURE, agenda, "", "nouvelle fermeture", form)
