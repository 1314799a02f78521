"""What a desk says of its link to the base that it shares with others."""

from __future__ import annotations

from datetime import datetime

from osnp_console.domain.clock import in_paris


def alone_words(since: datetime) -> str:
    """The link is lost (interface, §10)."""
    return f"Poste seul depuis {in_paris(since):%H:%M}\u202f: l’appel continue, l’agenda partagé est fermé."


def linked_words(at: datetime, taken: int, to_see: int) -> str:
    """The link is back; `taken` fields came from other desks, `to_see` of them were changed at both."""
    said = f"Relié à {in_paris(at):%H:%M}."
    if not taken and not to_see:
        return f"{said} Rien n’a été perdu."
    came = f"{taken} changement{'s' if taken > 1 else ''} repris" if taken else "Aucun changement repris"
    return f"{said} {came}, {to_see} à regarder." if to_see else f"{said} {came}."


def up_to_date_words(at: datetime) -> str:
    """When what is on screen was last known to be up to date (interface, §3)."""
    return f"à jour à {in_paris(at):%H:%M:%S}"


def alone_briefly(since: datetime) -> str:
    """The same place in the top bar while the link is lost."""
    return f"seul depuis {in_paris(since):%H:%M}"


def taken_over_words(call: str, owner: str) -> str:
    """Another desk took a call over; `owner` as desks are told."""
    return f"{call} a été pris par {owner}. Tout ce qui était tapé ici y est."
