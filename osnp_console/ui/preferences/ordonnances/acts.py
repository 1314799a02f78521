"""What the page Ordonnances lets somebody do; each act answers later, on the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from osnp_console.app.people.session import Session
from osnp_console.app.prescription.import_nurses import NurseImport
from osnp_console.app.prescription.nurse_fields import NurseRead
from osnp_console.app.prescription.records import SettledFiness
from osnp_console.app.prescription.signature import SigningKey
from osnp_console.app.prescription.site_records import SitePapers
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.prescription.nurses import Nurse


@dataclass(frozen=True, slots=True)
class NotDone:
    """Why an act was not done: a French sentence, the field that is wrong, empty for none.

    `confirmable` says that the person may want it all the same.
    """

    sentence: str
    field: str = ""
    confirmable: bool = False


Done = Callable[[NotDone | None], None]
"""Told that an act has ended: None, or why it was not done."""
Failed = Callable[[NotDone], None]


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What the site settled: its papers, the FINESS it entered by dispositif."""

    papers: SitePapers = field(default_factory=SitePapers)
    settled: Mapping[str, SettledFiness] = field(default_factory=dict)


class OrdonnanceActs(Protocol):
    """Acts on the site's settings of prescriptions, and on this desk's signature."""

    @property
    def session(self) -> Session:
        """Who sits at this desk."""

    @property
    def dispositifs(self) -> Sequence[Dispositif]:
        """Those that send a nurse, by name."""

    def now(self) -> datetime:
        """This instant."""

    def load(self, then: Callable[[SiteSettings], None], failed: Failed) -> None:
        """What the site settled, as it is now."""

    def settle_finess(
        self, dispositif: Dispositif, typed: str, source: str, confirmed: bool, then: Done
    ) -> None:
        """Say which FINESS its prescriptions bear, and whence."""

    def change(self, change: Callable[[SitePapers], SitePapers], then: Done) -> None:
        """Change one thing of the site's papers."""

    def read_logo(self, path: str, then: Callable[[bytes], None], failed: Failed) -> None:
        """An image as it can be drawn on the paper."""

    def try_signature(self, key: SigningKey, then: Done) -> None:
        """Sign a sample page; nothing of it is kept."""


class NurseActs(Protocol):
    """Acts on the directory of nurses."""

    @property
    def session(self) -> Session:
        """Who sits at this desk."""

    def read(self, said: Mapping[str, str]) -> NurseRead:
        """The entry that the fields of a form mean; raises Refusal with the field that is wrong."""

    def fields(self, nurse: Nurse) -> dict[str, str]:
        """The fields of an entry as a form shows them."""

    def load(self, then: Callable[[Sequence[Nurse]], None], failed: Failed) -> None:
        """The directory as it is now."""

    def keep(self, nurse: Nurse, then: Done) -> None:
        """Add an entry, or replace the one of its id."""

    def remove(self, nurse: str, then: Done) -> None:
        """Remove an entry."""

    def read_table(self, path: str, then: Callable[[NurseImport], None], failed: Failed) -> None:
        """Read a table and say what would become of each line; nothing is kept."""

    def take(self, nurses: Sequence[Nurse], then: Done) -> None:
        """Keep the entries of a table, all or none."""

    def write_table(self, path: str, then: Done) -> None:
        """Write the directory as a table."""
