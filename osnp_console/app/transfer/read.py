"""Transfers read: those of a call, those going on at a desk, the queue of the lines it answers."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from osnp_console.app.ports import OpenUnit
from osnp_console.domain.clock import in_paris
from osnp_console.domain.permissions import Act
from osnp_console.domain.transfer.transfer import Transfer

Transfers = tuple[Transfer, ...]


def of_call(call: str) -> Callable[[OpenUnit], Transfers]:
    """Work for the store: the transfers of a call of either side, oldest first; none for whoever may not."""

    def work(open_unit: OpenUnit) -> Transfers:
        with open_unit() as unit:
            return tuple(unit.transfers.of_call(call)) if unit.session.may(Act.TRANSFER) else ()

    return work


def going_on(desk: str) -> Callable[[OpenUnit], Transfers]:
    """Work for the store: what a desk prepared or has in hand and is not over: it goes on after a stop."""

    def work(open_unit: OpenUnit) -> Transfers:
        with open_unit() as unit:
            return tuple(unit.transfers.going_on(desk)) if unit.session.may(Act.TRANSFER) else ()

    return work


def queue(dispositifs: Collection[str], now: datetime) -> Callable[[OpenUnit], Transfers]:
    """Work for the store: the transfers to the lines of these dispositifs, oldest first.

    They are not over, however old, or were over today, from midnight in Paris.
    """
    midnight = in_paris(now).replace(hour=0, minute=0, second=0, microsecond=0)

    def work(open_unit: OpenUnit) -> Transfers:
        with open_unit() as unit:
            may = unit.session.may(Act.TRANSFER)
            return tuple(unit.transfers.of_lines(dispositifs, midnight)) if may else ()

    return work


def by_id(transfer: str) -> Callable[[OpenUnit], Transfer]:
    """Work for the store: one transfer; raises StoreFailure (`introuvable`), Forbidden."""

    def work(open_unit: OpenUnit) -> Transfer:
        with open_unit() as unit:
            unit.session.require(Act.TRANSFER)
            return unit.transfers.get(transfer)

    return work
