"""The acts of the page Effecteurs: the base on its own thread, files on others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar, cast

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from osnp_console.app.effecteurs.directory import (
    exported_effecteurs,
    keep_effecteurs,
    remove_effecteur,
    replace_effecteur,
)
from osnp_console.app.effecteurs.fields import EffecteurRead, Known, read_effecteur
from osnp_console.app.effecteurs.import_csv import EffecteurImport, read_table, write_table
from osnp_console.app.effecteurs.lookup import (
    KEY_ENTRY,
    LookedUp,
    LookUp,
    LookUpFailed,
    OpenLookUp,
    look_up,
)
from osnp_console.app.errors import Refusal
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.app.sources.secrets import SecretKeeper
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.effecteur import Effecteur
from osnp_console.ui.agendas.door import AgendaDoor
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.preferences.effecteurs.acts import DirectoryList, Done, Failed

NOT_READ = "Ce fichier ne peut pas être lu."
NOT_WRITTEN = "Ce fichier n’a pas pu être écrit. Vérifier la place et les droits."
NO_ANNUAIRE = "L’Annuaire Santé n’est pas relié à cette console."
T = TypeVar("T")


class DirectoryDeeds(QObject):
    """`DirectoryActs` over the use cases.

    Signals:
        changed(): others are to be asked for at the agendas.
    """

    changed = Signal()

    def __init__(
        self,
        catalogue: Catalogue,
        store: StoreDoor,
        door: AgendaDoor,
        secrets: SecretKeeper,
        annuaire: OpenLookUp | None,
        parent: QObject | None = None,
    ) -> None:
        """`door` leads to threads that may wait for a disk; `annuaire` opens the Annuaire Santé."""
        super().__init__(parent)
        self._catalogue = catalogue
        self._known = Known(catalogue)
        self._there: frozenset[str] = frozenset()
        self._store = store
        self._door = door
        self._secrets = secrets
        self._annuaire = annuaire

    def read(self, said: Mapping[str, str]) -> EffecteurRead:
        """The entry that fields mean, among the agendas that were declared when the directory was loaded."""
        return read_effecteur(said, self._known)

    def load(self, then: Callable[[DirectoryList], None], failed: Failed) -> None:
        """The directory and the agendas."""

        def loaded(found: DirectoryList) -> None:
            self._known = Known(self._catalogue, frozenset(one.id for one in found.sources))
            self._there = frozenset(one.id for one in found.effecteurs)
            then(found)

        self._store.ask(_read_list, self._here(loaded), self._here(_sentence(failed)))

    def keep(self, effecteur: Effecteur, before: str | None, then: Done) -> None:
        """Add an entry, or replace the one of the number `before`, in one transaction."""
        self._change(lambda open_unit: replace_effecteur(open_unit, effecteur, before), then)

    def remove(self, number: str, then: Done) -> None:
        """Remove an entry."""
        self._change(lambda open_unit: remove_effecteur(open_unit, number), then)

    def take(self, effecteurs: Sequence[Effecteur], then: Done) -> None:
        """Keep the entries of a table, all or none."""
        self._change(lambda open_unit: keep_effecteurs(open_unit, effecteurs), then)

    def _change(self, work: Callable[[OpenUnit], object], then: Done) -> None:
        def guarded(open_unit: OpenUnit) -> str | None:
            try:
                work(open_unit)
            except Refusal as refusal:
                return refusal.message
            return None

        def done(refused: str | None) -> None:
            then(refused)
            if refused is None:
                self.changed.emit()

        self._store.ask(guarded, self._here(done), self._here(_sentence(then)))

    def read_table(self, path: str, then: Callable[[EffecteurImport], None], failed: Failed) -> None:
        """Read a table on a thread of its own; nothing is kept."""
        known, there = self._known, self._there

        def work() -> EffecteurImport | str:
            try:
                return read_table(Path(path).read_bytes(), known, there)
            except Refusal as refusal:
                return refusal.message
            except OSError:
                return NOT_READ

        def answered(outcome: EffecteurImport | str) -> None:
            if isinstance(outcome, str):
                failed(outcome)
            else:
                then(outcome)

        self._door.go_and(work, self._here(answered))

    def write_table(self, path: str, then: Done) -> None:
        """Write the directory as a table, in UTF-8 with a mark that spreadsheets look for."""

        def written(effecteurs: Sequence[Effecteur]) -> None:
            def work() -> str | None:
                try:
                    Path(path).write_text(write_table(effecteurs), encoding="utf-8-sig", newline="")
                except OSError:
                    return NOT_WRITTEN
                return None

            self._door.go_and(work, self._here(then))

        self._store.ask(exported_effecteurs, self._here(written), self._here(_sentence(then)))

    # --- the Annuaire Santé -----------------------------------------------------------------------------

    def has_key(self, then: Callable[[bool], None], failed: Failed) -> None:
        """Whether the keyring has a key."""
        self._try(lambda: self._secrets.get(KEY_ENTRY) is not None, then, failed)

    def keep_key(self, key: str, then: Done) -> None:
        """Keep the key in the keyring."""
        self._try(lambda: self._secrets.set(KEY_ENTRY, key.strip()), then, then)

    def drop_key(self, then: Done) -> None:
        """Forget the key."""
        self._try(lambda: self._secrets.delete(KEY_ENTRY), then, then)

    def look_up(self, wanted: LookUp, then: Callable[[LookedUp], None], failed: Failed) -> None:
        """Ask the Annuaire Santé, on a thread of its own."""
        opening = self._annuaire
        if opening is None:
            failed(NO_ANNUAIRE)
        else:
            self._try(lambda: look_up(wanted, self._secrets, opening), then, failed)

    def _try(self, work: Callable[[], T], then: Callable[[T], None], failed: Failed) -> None:
        """Do `work` on a thread that may wait; what it refuses is said in its sentence."""

        def guarded() -> tuple[T | None, str | None]:
            try:
                return work(), None
            except (Refusal, StoreFailure) as failure:
                return None, failure.message
            except LookUpFailed as failure:
                return None, str(failure)

        def answered(outcome: tuple[T | None, str | None]) -> None:
            answer, trouble = outcome
            if trouble is not None:
                failed(trouble)
            else:
                then(cast("T", answer))

        self._door.go_and(guarded, self._here(answered))

    def _here(self, act: Callable[[T], None]) -> Callable[[T], None]:
        """The act, unless the panels were made anew meanwhile: those that asked are gone."""

        def arrive(answer: T) -> None:
            if isValid(self):
                act(answer)

        return arrive


def _read_list(open_unit: OpenUnit) -> DirectoryList:
    with open_unit() as unit:
        return DirectoryList(tuple(unit.effecteurs.all()), tuple(unit.sources.all()))


def _sentence(then: Callable[[str], None]) -> Callable[[StoreFailure], None]:
    return lambda failure: then(failure.message)
