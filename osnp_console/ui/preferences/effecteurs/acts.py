"""What the page Effecteurs lets somebody do; each act answers later, on the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from osnp_console.app.effecteurs.fields import EffecteurRead
from osnp_console.app.effecteurs.import_csv import EffecteurImport
from osnp_console.app.effecteurs.lookup import LookedUp, LookUp
from osnp_console.domain.effecteur import Effecteur
from osnp_console.domain.slots.source import AgendaSource

Done = Callable[[str | None], None]
"""Told that an act has ended: None, or a French sentence that says why it was not done."""
Failed = Callable[[str], None]
"""Told why an act was not done, in a French sentence."""


@dataclass(frozen=True, slots=True)
class DirectoryList:
    """The entries by name, and the declared agendas in which they may be looked for."""

    effecteurs: Sequence[Effecteur] = ()
    sources: Sequence[AgendaSource] = ()


class DirectoryActs(Protocol):
    """Acts on the directory of effecteurs; those with a `then` return at once."""

    def read(self, said: Mapping[str, str]) -> EffecteurRead:
        """The entry that the fields of a form mean; raises Refusal with the field that is wrong."""

    def load(self, then: Callable[[DirectoryList], None], failed: Failed) -> None:
        """The directory as it is now."""

    def keep(self, effecteur: Effecteur, before: str | None, then: Done) -> None:
        """Add an entry, or replace the one of the number `before`."""

    def remove(self, number: str, then: Done) -> None:
        """Remove an entry."""

    def read_table(self, path: str, then: Callable[[EffecteurImport], None], failed: Failed) -> None:
        """Read a table and say what would become of each line; nothing is kept."""

    def take(self, effecteurs: Sequence[Effecteur], then: Done) -> None:
        """Keep the entries of a table, all or none."""

    def write_table(self, path: str, then: Done) -> None:
        """Write the directory as a table."""

    def has_key(self, then: Callable[[bool], None], failed: Failed) -> None:
        """Whether the keyring has a key of the Annuaire Santé; never what it is."""

    def keep_key(self, key: str, then: Done) -> None:
        """Keep the key of the Annuaire Santé in the keyring."""

    def drop_key(self, then: Done) -> None:
        """Forget the key."""

    def look_up(self, wanted: LookUp, then: Callable[[LookedUp], None], failed: Failed) -> None:
        """Ask the Annuaire Santé, on a thread of its own."""
