"""The calls a desk begins with and takes up again: read from the store for whoever takes calls there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from osnp_console.app.ports import OpenUnit
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.permissions import Act
from osnp_console.domain.same_person import KnownPerson

PERSONS_AT_MOST = 20


@dataclass(frozen=True, slots=True)
class DeskStock:
    """What a desk finds in the base: the number of its last call of the day, its calls that are open."""

    last_number: int
    still_open: tuple[CallRecord, ...]


def take_stock(desk: str, today: date) -> Callable[[OpenUnit], DeskStock]:
    """Work for the store: what the desk finds in the base; no call for whoever takes none."""

    def work(open_unit: OpenUnit) -> DeskStock:
        with open_unit() as unit:
            calls = unit.calls.still_open(desk) if unit.session.may(Act.TAKE_CALL) else ()
            return DeskStock(unit.calls.last_number(desk, today), tuple(calls))

    return work


def call_to_take_up(call: str) -> Callable[[OpenUnit], CallRecord]:
    """Work for the store: the call of that id, to be taken up; raises StoreFailure, Forbidden.

    The journal says that it was taken up: that line is the call's own.
    """

    def work(open_unit: OpenUnit) -> CallRecord:
        with open_unit() as unit:
            unit.session.require(Act.TAKE_CALL)
            return unit.calls.get(call)

    return work


def known_persons(name: str, phone: str) -> Callable[[OpenUnit], Sequence[KnownPerson]]:
    """Work for the store: persons of past and open calls whose name begins so, or of that phone."""

    def work(open_unit: OpenUnit) -> Sequence[KnownPerson]:
        with open_unit() as unit:
            unit.session.require(Act.TAKE_CALL)
            return unit.calls.persons_like(name, phone, PERSONS_AT_MOST)

    return work
