"""The queue of a desk: which transfers stand under which title, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from osnp_console.domain.transfer.moves import TransferState
from osnp_console.domain.transfer.transfer import Transfer


class Group(Enum):
    """One title of the queue, in the order in which they stand (interface, §7)."""

    ON_LINE = "En ligne"
    ANNOUNCED = "Annoncés, pas encore en ligne"
    ELSEWHERE = "Pris par un autre poste"
    DONE = "Terminés aujourd’hui"


TO_DEAL_WITH = (Group.ON_LINE, Group.ANNOUNCED)
"""What waits for this desk: the count of the badge and of the counts line."""


@dataclass(frozen=True, slots=True)
class Pinned:
    """The selected transfer and the title it stands under: it stays there while it is selected."""

    transfer: str
    group: Group


@dataclass(frozen=True, slots=True)
class QueuePart:
    """The transfers under one title, in order."""

    group: Group
    transfers: tuple[Transfer, ...]


def group_of(transfer: Transfer, desk: str, *, answers: bool) -> Group:
    """Where a transfer belongs at a desk; `answers` says whether that desk answers its line.

    A desk that only sends has nothing of its own in the line's hands: for it, the transfer is on the line or
    not, whichever desk of the line has it.
    """
    if transfer.is_settled:
        return Group.DONE
    if answers and transfer.taken is not None:
        return Group.ON_LINE if transfer.taken.by.desk == desk else Group.ELSEWHERE
    on_line = transfer.is_on_the_line or transfer.state is TransferState.HANDED_OVER
    return Group.ON_LINE if on_line else Group.ANNOUNCED


def arranged(
    transfers: Iterable[Transfer], desk: str, *, answers: bool, pinned: Pinned | None = None
) -> tuple[QueuePart, ...]:
    """The parts of the queue that hold something, each oldest first; what is over, the latest first.

    The order rests on the instant of the announcement, which nothing changes: a row moves from title to
    title, never within its own. The pinned one does not even do that.
    """
    found: dict[Group, list[Transfer]] = {group: [] for group in Group}
    for one in transfers:
        stays = pinned is not None and pinned.transfer == one.id
        group = pinned.group if stays and pinned is not None else group_of(one, desk, answers=answers)
        found[group].append(one)
    for group, part in found.items():
        part.sort(key=_began, reverse=group is Group.DONE)
    return tuple(QueuePart(group, tuple(part)) for group, part in found.items() if part)


def _began(transfer: Transfer) -> tuple[datetime, str]:
    return transfer.prepared_at, transfer.id


def waiting_count(parts: Iterable[QueuePart]) -> int:
    """How many items wait for this desk."""
    return sum(len(part.transfers) for part in parts if part.group in TO_DEAL_WITH)


def done_words(transfers: Iterable[Transfer]) -> str:
    """What became of those that are over: `9 inscrits · 1 refusé · 1 sans suite`."""
    counts: dict[str, int] = {}
    for one in transfers:
        kind = _DONE_KINDS.get(one.state, _NOTHING_CAME)
        counts[kind] = counts.get(kind, 0) + 1
    kinds = (*dict.fromkeys(_DONE_KINDS.values()), _NOTHING_CAME)
    return " · ".join(_counted(counts[kind], kind) for kind in kinds if kind in counts)


def _counted(count: int, kind: str) -> str:
    return f"{count} {kind}{'s' if count > 1 and kind in _PLURAL else ''}"


_NOTHING_CAME = "sans suite"
_DONE_KINDS: Mapping[TransferState, str] = {
    TransferState.REGISTERED: "inscrit",
    TransferState.REFUSED: "refusé",
    TransferState.NO_SLOT: "sans créneau",
}
_PLURAL = frozenset({"inscrit", "refusé"})
