"""The acts of the pages Ordonnances and Infirmiers: the base on its own thread, files and cards on others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar, cast

from PySide6.QtCore import QBuffer, QIODevice, QObject
from PySide6.QtGui import QImageReader
from shiboken6 import isValid

from osnp_console.app.errors import Refusal
from osnp_console.app.people.session import Session
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.app.prescription import nurse_directory
from osnp_console.app.prescription.finess import settle_finess
from osnp_console.app.prescription.import_nurses import NurseImport, read_nurses, write_nurses
from osnp_console.app.prescription.nurse_fields import NurseRead, nurse_said, read_nurse
from osnp_console.app.prescription.signature import NotSigned, SigningKey
from osnp_console.app.prescription.site_papers import (
    LOGO_LIMIT,
    LOGO_PIXELS,
    NOT_AN_IMAGE,
    TOO_MANY_DOTS,
    check_logo,
    read_settings,
    settle_papers,
)
from osnp_console.app.prescription.site_records import SitePapers
from osnp_console.domain.clock import in_paris
from osnp_console.domain.commune import Gazetteer
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.natures import cpts_name
from osnp_console.domain.prescription.checks import NURSES
from osnp_console.domain.prescription.nurses import Nurse
from osnp_console.ui.agendas.door import AgendaDoor
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.preferences.ordonnances.acts import Done, Failed, NotDone, SiteSettings

NOT_READ = "Ce fichier ne peut pas être lu."
NOT_WRITTEN = "Ce fichier n’a pas pu être écrit. Vérifier la place et les droits."
CONFIRM = "a_confirmer"
T = TypeVar("T")
SignSample = Callable[[SigningKey], None]
"""Signs a page made for it and throws it away; raises NotSigned."""


class _Deeds(QObject):
    """How an act goes out and comes home."""

    def __init__(
        self,
        store: StoreDoor,
        door: AgendaDoor,
        session: Callable[[], Session],
        desk: Callable[[], str],
        clock: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        """`door` leads to threads that may wait for a disk or a card; `desk` gives this desk's code."""
        super().__init__(parent)
        self._store, self._door = store, door
        self._session, self._desk, self.now = session, desk, clock

    @property
    def session(self) -> Session:
        """Who sits at this desk."""
        return self._session()

    def _do(self, work: Callable[[OpenUnit], object], then: Done) -> None:
        self._ask(work, lambda done: then(None), then)

    def _ask(self, work: Callable[[OpenUnit], T], then: Callable[[T], None], failed: Failed) -> None:
        def guarded(units: OpenUnit) -> tuple[T | None, Refusal | None]:
            try:
                return work(units), None
            except Refusal as refusal:
                return None, refusal

        self._store.ask(
            guarded,
            self._here(lambda outcome: _answer(outcome, then, failed)),
            self._here(lambda error: failed(_not_done(error))),
        )

    def _beside(self, work: Callable[[], T], then: Callable[[T], None], failed: Failed) -> None:
        """Do `work` on a thread that may wait; what it refuses is said at its field."""

        def guarded() -> tuple[T | None, Refusal | NotSigned | None]:
            try:
                return work(), None
            except (Refusal, NotSigned) as refusal:
                return None, refusal

        self._door.go_and(guarded, self._here(lambda outcome: _answer(outcome, then, failed)))

    def _here(self, act: Callable[[T], None]) -> Callable[[T], None]:
        """The act, unless the panels were made anew meanwhile: those that asked are gone."""

        def arrive(answer: T) -> None:
            if isValid(self):
                act(answer)

        return arrive


def _answer(
    outcome: tuple[T | None, Refusal | NotSigned | None], then: Callable[[T], None], failed: Failed
) -> None:
    answer, refusal = outcome
    if refusal is not None:
        failed(_not_done(refusal))
    else:
        then(cast("T", answer))


def _not_done(error: Refusal | NotSigned | StoreFailure) -> NotDone:
    if isinstance(error, StoreFailure):
        return NotDone(error.message)
    return NotDone(error.message, error.field or "", isinstance(error, Refusal) and error.code == CONFIRM)


class OrdonnanceDeeds(_Deeds):
    """`OrdonnanceActs` over the use cases."""

    def __init__(
        self,
        dispositifs: Sequence[Dispositif],
        sign_sample: SignSample,
        store: StoreDoor,
        door: AgendaDoor,
        session: Callable[[], Session],
        desk: Callable[[], str],
        clock: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        """`dispositifs` are all of the catalogue: a FINESS of another one is refused."""
        super().__init__(store, door, session, desk, clock, parent)
        self._every = dispositifs
        self._sign_sample = sign_sample

    @property
    def dispositifs(self) -> Sequence[Dispositif]:
        """Those that send a nurse and are in service, by name."""
        day = in_paris(self.now()).date()
        nurses = [one for one in self._every if one.nature == NURSES and one.out_of_service(day) is None]
        return sorted(nurses, key=lambda one: (cpts_name(one.cpts).casefold(), one.id))

    def load(self, then: Callable[[SiteSettings], None], failed: Failed) -> None:
        """What the site settled."""
        ids = tuple(one.id for one in self.dispositifs)
        self._ask(read_settings(ids), lambda found: then(SiteSettings(*found)), failed)

    def settle_finess(
        self, dispositif: Dispositif, typed: str, source: str, confirmed: bool, then: Done
    ) -> None:
        """Say which FINESS its prescriptions bear."""
        work = settle_finess(
            dispositif, typed, source, self._desk(), self.now(), others=self._every, confirmed=confirmed
        )
        self._do(work, then)

    def change(self, change: Callable[[SitePapers], SitePapers], then: Done) -> None:
        """Change one thing of the site's papers, as they stand in the base."""
        self._do(settle_papers(change, self._desk(), self.now()), then)

    def read_logo(self, path: str, then: Callable[[bytes], None], failed: Failed) -> None:
        """Read an image on a thread of its own, and decode it: what cannot be drawn is not kept."""

        def work() -> bytes:
            try:
                with Path(path).open("rb") as file:
                    # One byte more than it may have: a huge file is not read to its end.
                    content = file.read(LOGO_LIMIT + 1)
            except OSError as error:
                raise Refusal("introuvable", NOT_READ, "logos") from error
            check_logo(content)
            _check_picture(content)
            return content

        self._beside(work, then, failed)

    def try_signature(self, key: SigningKey, then: Done) -> None:
        """Sign a sample page, on a thread of its own."""
        self._beside(lambda: self._sign_sample(key), lambda done: then(None), then)


def _check_picture(content: bytes) -> None:
    """Raise Refusal for an image that cannot be drawn; its dots are counted before they are unpacked."""
    buffer = QBuffer()
    buffer.setData(content)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    size = reader.size()
    if size.width() * size.height() > LOGO_PIXELS:
        raise Refusal("valeur_invalide", TOO_MANY_DOTS, "logos")
    if reader.read().isNull():
        raise Refusal("valeur_invalide", NOT_AN_IMAGE, "logos")


class NurseDeeds(_Deeds):
    """`NurseActs` over the use cases."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        store: StoreDoor,
        door: AgendaDoor,
        session: Callable[[], Session],
        desk: Callable[[], str],
        clock: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(store, door, session, desk, clock, parent)
        self._gazetteer = gazetteer
        self._there: frozenset[str] = frozenset()

    def read(self, said: Mapping[str, str]) -> NurseRead:
        """The entry that fields mean."""
        return read_nurse(said, self._gazetteer)

    def fields(self, nurse: Nurse) -> dict[str, str]:
        """The fields of an entry."""
        return nurse_said(nurse, self._gazetteer)

    def load(self, then: Callable[[Sequence[Nurse]], None], failed: Failed) -> None:
        """The directory."""

        def loaded(found: tuple[Nurse, ...]) -> None:
            self._there = frozenset(one.id for one in found)
            then(found)

        self._ask(nurse_directory.all_nurses, loaded, failed)

    def keep(self, nurse: Nurse, then: Done) -> None:
        """Add an entry, or replace it."""
        self.take((nurse,), then)

    def remove(self, nurse: str, then: Done) -> None:
        """Remove an entry."""
        self._do(nurse_directory.remove_nurse(nurse, self._desk(), self.now()), then)

    def take(self, nurses: Sequence[Nurse], then: Done) -> None:
        """Keep the entries of a table, all or none."""
        self._do(nurse_directory.put_nurses(nurses, self._desk(), self.now()), then)

    def read_table(self, path: str, then: Callable[[NurseImport], None], failed: Failed) -> None:
        """Read a table on a thread of its own."""
        there = self._there

        def work() -> NurseImport:
            try:
                content = Path(path).read_bytes()
            except OSError as error:
                raise Refusal("introuvable", NOT_READ) from error
            return read_nurses(content, self._gazetteer, there)

        self._beside(work, then, failed)

    def write_table(self, path: str, then: Done) -> None:
        """Write the directory as a table, in UTF-8 with a mark that spreadsheets look for."""

        def written(nurses: Sequence[Nurse]) -> None:
            def work() -> None:
                try:
                    Path(path).write_text(write_nurses(nurses), encoding="utf-8-sig", newline="")
                except OSError as error:
                    raise Refusal("disque", NOT_WRITTEN) from error

            self._beside(work, lambda done: then(None), then)

        self._ask(nurse_directory.exported_nurses(self._desk(), self.now()), written, then)
