"""How a slot proposed at another desk is told: on its row, and as a sentence (interface, §1.3 and §10)."""

from __future__ import annotations

from collections.abc import Sequence

from osnp_console.domain.clock import in_paris
from osnp_console.domain.desk import desk_told
from osnp_console.domain.slots.proposal import Proposal

MARK = "person"


def row_words(proposals: Sequence[Proposal], own: str) -> str:
    """`proposé au poste 5`; with more than two desks their number only."""
    desks = _desks(proposals, own)
    if len(desks) > 2:
        return f"proposé à {len(desks)} postes"
    return f"proposé au poste {desks[0]}" if len(desks) == 1 else f"proposé aux postes {' et '.join(desks)}"


def proposed_sentence(proposals: Sequence[Proposal], own: str) -> str:
    """`Le poste 5 propose ce créneau jusqu’à 10:04.`, until the last of them is over; empty for none."""
    if not proposals:
        return ""
    desks = _desks(proposals, own)
    until = f"{in_paris(max(one.until for one in proposals)):%H:%M}"
    if len(desks) == 1:
        return f"Le poste {desks[0]} propose ce créneau jusqu’à {until}."
    return f"Les postes {', '.join(desks[:-1])} et {desks[-1]} proposent ce créneau jusqu’à {until}."


def who_proposes(proposals: Sequence[Proposal], own: str) -> str:
    """`Poste 5 : É. Tessier.` for those who are named, to be called across the room; empty for none."""
    named = [f"{desk_told(one.desk, own)}\u202f: {one.person}" for one in proposals if one.person]
    return f"Poste {', poste '.join(named)}." if named else ""


def _desks(proposals: Sequence[Proposal], own: str) -> list[str]:
    return [desk_told(one.desk, own) for one in proposals]
