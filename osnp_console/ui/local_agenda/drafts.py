"""What is typed in the forms of the workspace and not saved yet, by form; it outlives the panels."""

from __future__ import annotations

from dataclasses import dataclass, replace

from osnp_console.app.local_agenda_forms import AgendaForm, ClosureForm, OpeningForm
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
