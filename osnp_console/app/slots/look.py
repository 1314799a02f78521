"""How a row of the column reads now: every word of it, ready to be painted and to be heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from osnp_console.app.checklist.opening_words import spoken
from osnp_console.app.slots.detail import Recheck, RecheckState
from osnp_console.app.slots.proposal_words import MARK, proposed_sentence, row_words
from osnp_console.app.slots.rows import RowState, SlotRow
from osnp_console.app.slots.words import (
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
from osnp_console.domain.slots.proposal import NOTHING_ELSEWHERE, Elsewhere

_RECHECKS = {
    RecheckState.ASKING: ("dots", "muted"),
    RecheckState.FREE: ("tick", "eligible"),
    RecheckState.NOT_KNOWN: ("clock", "verify"),
    RecheckState.TAKEN: ("refused", "muted"),
}
_MARKS = {RowState.LOST: "refused", RowState.CLOSED: "padlock", RowState.GONE: "refused"}


@dataclass(frozen=True, slots=True)
class RowLook:
    """The words of a row. `right` are its one or two lines at the right, never cut.

    `is_over`: greyed, it can no longer be had. `is_held`: paler, all its places are proposed elsewhere.
    """

    hour: str
    day: str
    name: str
    tag: str
    parts: tuple[Part, ...]
    right: tuple[Clock, ...]
    sentence: str
    is_over: bool = False
    is_struck: bool = False
    is_held: bool = False

    @property
    def tip(self) -> str:
        """The whole of what may be cut."""
        return f"{self.name}\n{' · '.join(part.text for part in self.parts)}"


def row_look(
    row: SlotRow,
    names: Names,
    now: datetime,
    recheck: Recheck | None = None,
    elsewhere: Elsewhere = NOTHING_ELSEWHERE,
) -> RowLook:
    """A row as of now; `recheck` is what was found when it was looked at again."""
    one, slot = row.one, row.one.slot
    is_lost, is_free = row.state is RowState.LOST, row.state is RowState.FREE
    proposals = elsewhere.of(slot, now) if is_free else ()
    is_held = is_free and elsewhere.take_all(slot, now)
    if is_free:
        right = clocks_of(slot, one.ruling, now)
        if proposals:
            news = Clock(row_words(proposals, elsewhere.own), MARK)
            right = _with_proposal(right, recheck, news, is_held=is_held)
        else:
            right = _with_recheck(right, recheck)
    else:
        right = (Clock(row.state_words, _MARKS.get(row.state, "off")),)
    heard = row_sentence(one, names, now, row.loss_words or row.state_words)
    if is_free:
        found = recheck.words if recheck is not None else ""
        proposed = spoken(proposed_sentence(proposals, elsewhere.own).rstrip("."))
        heard = ", ".join(said for said in (heard, found, proposed) if said)
    return RowLook(
        hour_word(slot.start),
        day_word(slot.start, now),
        who(slot),
        OWN_DOCTOR if one.own_doctor else "",
        (Part(row.loss_words, firm=True),) if is_lost else second_line(one, names),
        right,
        heard,
        is_over=not is_free,
        is_struck=is_lost,
        is_held=is_held,
    )


def _with_recheck(clocks: tuple[Clock, ...], recheck: Recheck | None) -> tuple[Clock, ...]:
    """The news of looking again takes the last line that warns of nothing."""
    if recheck is None:
        return clocks
    calm = [place for place, clock in enumerate(clocks) if clock.role == "muted"]
    if not calm:
        return clocks
    return tuple(_found(recheck) if place == calm[-1] else clock for place, clock in enumerate(clocks))


def _with_proposal(
    clocks: tuple[Clock, ...], recheck: Recheck | None, news: Clock, *, is_held: bool
) -> tuple[Clock, ...]:
    """Who proposes it comes first; then what warns, else what looking again found.

    A slot with nothing to warn of says no more: its hour stands at the left. A range with places left keeps
    its own clock.
    """
    warning = next((clock for clock in clocks if clock.role != "muted"), None)
    if warning is not None:
        return (news, warning)
    if recheck is not None:
        return (news, _found(recheck))
    return (news,) if is_held else (news, clocks[-1])


def _found(recheck: Recheck) -> Clock:
    mark, role = _RECHECKS[recheck.state]
    return Clock(recheck.words, mark, role)
