"""Acts on a directory in memory, over a catalogue; files are texts by their path."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from osnp_console.app.effecteurs.fields import EffecteurRead, Known, read_effecteur
from osnp_console.app.effecteurs.import_csv import EffecteurImport, read_table, write_table
from osnp_console.app.effecteurs.lookup import NO_KEY, LookedUp, LookUp
from osnp_console.app.errors import Refusal
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.effecteur import Effecteur
from osnp_console.domain.slots.source import AgendaSource
from osnp_console.ui.preferences.effecteurs.acts import DirectoryList, Done, Failed


@dataclass
class ListedDirectory:
    """`DirectoryActs` that do at once what is asked; `trouble` refuses what would be written."""

    catalogue: Catalogue
    effecteurs: dict[str, Effecteur] = field(default_factory=dict)
    sources: Sequence[AgendaSource] = ()
    files: dict[str, str] = field(default_factory=dict)
    trouble: str | None = None
    key: str | None = None
    national: dict[str, Effecteur] = field(default_factory=dict)
    wanted: list[LookUp] = field(default_factory=list)

    @property
    def _known(self) -> Known:
        return Known(self.catalogue, frozenset(one.id for one in self.sources))

    def read(self, said: Mapping[str, str]) -> EffecteurRead:
        return read_effecteur(said, self._known)

    def load(self, then: Callable[[DirectoryList], None], failed: Failed) -> None:
        then(DirectoryList(tuple(self.effecteurs.values()), self.sources))

    def keep(self, effecteur: Effecteur, before: str | None, then: Done) -> None:
        if self.trouble is None:
            if before is not None:
                self.effecteurs.pop(before, None)
            self.effecteurs[effecteur.id] = effecteur
        then(self.trouble)

    def remove(self, number: str, then: Done) -> None:
        if self.trouble is None:
            del self.effecteurs[number]
        then(self.trouble)

    def read_table(self, path: str, then: Callable[[EffecteurImport], None], failed: Failed) -> None:
        try:
            found = read_table(self.files[path].encode(), self._known, self.effecteurs)
        except Refusal as refusal:
            failed(refusal.message)
            return
        then(found)

    def take(self, effecteurs: Sequence[Effecteur], then: Done) -> None:
        if self.trouble is None:
            self.effecteurs.update({one.id: one for one in effecteurs})
        then(self.trouble)

    def write_table(self, path: str, then: Done) -> None:
        if self.trouble is None:
            self.files[path] = write_table(self.effecteurs.values())
        then(self.trouble)

    def has_key(self, then: Callable[[bool], None], failed: Failed) -> None:
        then(self.key is not None)

    def keep_key(self, key: str, then: Done) -> None:
        self.key = key
        then(None)

    def drop_key(self, then: Done) -> None:
        self.key = None
        then(None)

    def look_up(self, wanted: LookUp, then: Callable[[LookedUp], None], failed: Failed) -> None:
        self.wanted.append(wanted)
        if self.key is None:
            failed(NO_KEY)
        else:
            found = [one for one in self.national.values() if wanted.rpps in (None, one.id)]
            then(LookedUp(tuple(found)))


@dataclass
class ChosenFiles:
    """`Files` that answer without asking anybody."""

    read: str = ""
    written: str = ""

    def to_read(self, title: str, kinds: str = "") -> str:
        return self.read

    def to_write(self, title: str, suggested: str, kinds: str = "") -> str:
        return self.written
