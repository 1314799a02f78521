"""What is kept of where communes are, so that each is asked for once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from osnp_console.domain.slots.ranking import Whereabouts


@dataclass(frozen=True, slots=True)
class KnownCentre:
    """What was answered of a commune: its centre, None when it is not known there; and when."""

    where: Whereabouts | None
    read_at: datetime


class PositionRecords(Protocol):
    """The centres of communes that were answered, by INSEE code."""

    def all(self) -> Mapping[str, KnownCentre]:
        """Every answer kept."""

    def put(self, commune: str, answer: KnownCentre) -> None:
        """Keep an answer, in place of an earlier one."""
