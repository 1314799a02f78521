"""A transfer prepared from a call: the line's conditions and hours looked at, then kept and announced."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from osnp_console.app.checklist.check_eligibility import Answer, WayIn
from osnp_console.app.checklist.opening_words import day_and_hour, hour, opening_words
from osnp_console.app.ports import OpenUnit
from osnp_console.app.transfer.journal import state_entry
from osnp_console.domain.access import Access
from osnp_console.domain.checklist import Line
from osnp_console.domain.clock import in_paris
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.permissions import Act
from osnp_console.domain.states import State
from osnp_console.domain.transfer.transfer import Actor, Conditions, LineCalled, Transfer, prepared


class AlreadyGoingOn(Exception):
    """The call has a transfer that is not settled: `transfer`."""

    def __init__(self, transfer: Transfer) -> None:
        super().__init__(transfer.state.value)
        self.transfer = transfer


def ways_to_lines(answer: Answer) -> tuple[WayIn, ...]:
    """The ways in of a dispositif on which somebody answers who is called for a patient, best first."""
    ways = (answer.access, *answer.others) if answer.access is not None else answer.others
    return tuple(way for way in ways if _is_line(way))


def _is_line(way: WayIn) -> bool:
    # A number that patients call themselves (116 117) is no line to hand somebody over to.
    return way.access is not None and way.access.line is not None


def line_called(dispositif: Dispositif, way: WayIn) -> LineCalled:
    """The line of a way in, as the transfer keeps it; raises ValueError for a way that is none.

    Its number is empty where no source gives one: whoever knows it dials it by hand.
    """
    access = way.access
    if access is None or access.line is None:
        raise ValueError(dispositif.id)
    return LineCalled(
        dispositif=dispositif.id,
        access=dispositif.accesses.index(access),
        name=access.name or dispositif.cpts,
        number=access.phone.number if access.phone is not None else "",
        steps=access.line.steps,
    )


def conditions_of(answer: Answer, way: WayIn, now: datetime, reason: str = "") -> Conditions:
    """How the conditions of the dispositif and the line's hours stand for the call, in words."""
    lines = answer.judgement.lines
    opening = way.opening
    return Conditions(
        unmet=tuple(_unmet_words(one) for one in lines if one.finding.state is State.UNMET),
        to_check=tuple(one.rule.label for one in lines if one.finding.state is State.UNKNOWN),
        closed=_closed(way, now) if opening.open is False else "",
        reason=reason.strip(),
    )


def _unmet_words(line: Line) -> str:
    """The source's own refusal, which says all; else the rule, and what was found: `Besoin sous 48 h · …`."""
    if line.text and line.rule.refusal is None:
        return f"{line.rule.label} · {line.text}"
    return line.text or line.rule.label


def _closed(way: WayIn, now: datetime) -> str:
    """That the line is closed, and when it opens: `AccèsS ferme à 19:00, il est 19:04. Ouvre demain à 8:00.`.

    On a day on which it did not close yet: `AccèsS, il est 07:10 : fermé · ouvre à 8:00.` (interface, §6).
    """
    access, local = way.access, in_paris(now)
    name = access.name if access is not None and access.name else "La ligne"
    closed_at = _closed_at(access, local) if access is not None else None
    said = opening_words(way.opening, local)
    if closed_at is None:
        return f"{name}, il est {local:%H:%M}\u202f: {said[:1].lower()}{said[1:] or 'fermé'}."
    opens = way.opening.opens_at
    then = f" Ouvre {day_and_hour(opens, local)}." if opens is not None else ""
    return f"{name} ferme à {hour(closed_at)}, il est {local:%H:%M}.{then}"


def _closed_at(access: Access, now: datetime) -> datetime | None:
    """When a line that is closed now has closed today, None where it has not been open today."""
    moment, closed = now.replace(hour=0, minute=0, second=0, microsecond=0), None
    while moment < now:
        opening = access.opening(moment)
        if opening.open and opening.closes_at is not None and opening.closes_at <= now:
            closed = moment = opening.closes_at
        elif opening.open is False and opening.opens_at is not None and opening.opens_at < now:
            moment = opening.opens_at
        else:
            break
    return closed


def prepare(transfer: Transfer, answering: str = "") -> Callable[[OpenUnit], Transfer]:
    """Work for the store: keep a transfer that was just prepared, which announces it to the line's desks.

    The work raises AlreadyGoingOn when the call has another that is not settled, StoreFailure, Forbidden.
    `answering` is the call of the line's own desk for a patient whom nobody announced.
    """

    def work(open_unit: OpenUnit) -> Transfer:
        with open_unit() as unit:
            unit.session.require(Act.TRANSFER)
            call = transfer.call or answering
            unit.transfers.hold(call)  # a call has one transfer at a time, from whichever window
            kept = unit.transfers.of_call(call)
            before = next((one for one in kept if one.id == transfer.id), None)
            if before is not None:
                return before  # kept by an earlier try whose answer was lost
            going_on = [one for one in kept if not one.is_settled]
            if going_on:
                raise AlreadyGoingOn(going_on[-1])
            saved = unit.transfers.save(_signed(transfer, unit.session.name))
            unit.journal.append(state_entry(saved, call, saved.prepared_by.desk, saved.prepared_at))
            unit.commit()
        return saved

    return work


def _signed(transfer: Transfer, name: str) -> Transfer:
    return replace(transfer, prepared_by=Actor(transfer.prepared_by.desk, name)) if name else transfer


def begin(
    key: str,
    call: str,
    desk: str,
    sas: str | None,
    line: LineCalled,
    conditions: Conditions,
    now: datetime,
) -> Transfer:
    """A transfer from a call of this desk; raises IllegalTransferMove when it lacks the reason it needs."""
    return prepared(key, call, line, Actor(desk), now, sas=sas or "", conditions=conditions)
