"""How a row of the column reads now: every word of it, ready to be painted and to be heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from osnp_console.app.slot_detail import Recheck, RecheckState
from osnp_console.app.slot_rows import RowState, SlotRow
from osnp_console.app.slot_words import (
    OWN_DOCTOR,
    Clock,
    Names,
    Part,
    clocks_of,
    day_word,
    hour_word,
    row_sentence,
    second_line,
    who,
)

_RECHECKS = {
    RecheckState.ASKING: ("dots", "muted"),
    RecheckState.FREE: ("tick", "eligible"),
    RecheckState.NOT_KNOWN: ("clock", "verify"),
    RecheckState.TAKEN: ("refused", "muted"),
}
_MARKS = {RowState.LOST: "refused", RowState.CLOSED: "padlock", RowState.GONE: "refused"}


@dataclass(frozen=True, slots=True)
class RowLook:
    """The words of a row. `right` are its one or two lines at the right, never cut; `is_over`: greyed."""

    hour: str
    day: str
    name: str
    tag: str
    parts: tuple[Part, ...]
    right: tuple[Clock, ...]
    sentence: str
    is_over: bool = False
    is_struck: bool = False

    @property
    def tip(self) -> str:
        """The whole of what may be cut."""
        return f"{self.name}\n{' · '.join(part.text for part in self.parts)}"


def row_look(row: SlotRow, names: Names, now: datetime, recheck: Recheck | None = None) -> RowLook:
    """A row as of now; `recheck` is what was found when it was looked at again."""
    one, slot = row.one, row.one.slot
    is_lost = row.state is RowState.LOST
    if row.state is RowState.FREE:
        right = _with_recheck(clocks_of(slot, one.ruling, now), recheck)
    else:
        right = (Clock(row.state_words, _MARKS.get(row.state, "off")),)
    said = row.loss_words or row.state_words or (recheck.words if recheck is not None else "")
    heard = row_sentence(one, names, now, row.loss_words or row.state_words)
    return RowLook(
        hour_word(slot.start),
        day_word(slot.start, now),
        who(slot),
        OWN_DOCTOR if one.own_doctor else "",
        (Part(row.loss_words, firm=True),) if is_lost else second_line(one, names),
        right,
        f"{heard}, {said}" if said and row.state is RowState.FREE else heard,
        is_over=row.state is not RowState.FREE,
        is_struck=is_lost,
    )


def _with_recheck(clocks: tuple[Clock, ...], recheck: Recheck | None) -> tuple[Clock, ...]:
    """The news of looking again takes the last line that warns of nothing."""
    if recheck is None:
        return clocks
    mark, role = _RECHECKS[recheck.state]
    news = Clock(recheck.words, mark, role)
    calm = [place for place, clock in enumerate(clocks) if clock.role == "muted"]
    if not calm:
        return clocks
    return tuple(news if place == calm[-1] else clock for place, clock in enumerate(clocks))
