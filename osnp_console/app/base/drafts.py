"""What is typed in forms and the base does not hold yet, kept on the desk's own disk meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from osnp_console.app.ports import OpenUnit, StoreFailure, Unit
from osnp_console.app.prescription.board import ENDED
from osnp_console.domain.prescription.content import Content
from osnp_console.domain.prescription.prescription import Prescription


@dataclass(frozen=True, slots=True)
class TypedText:
    """A text as it stands in a field: the form it is typed in, and what it is typed about, by its id."""

    form: str
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class DraftedPrescription:
    """A prescription as the base is known to hold it, and what was typed in it since.

    `known` has version 0 where the base never had it; `person` then began it. `over` is the content that
    was typed over, `tried` are contents that were sent to the base and brought no answer.
    """

    known: Prescription
    content: Content
    over: Content
    tried: tuple[Content, ...] = ()
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Drafts:
    """All that is typed and waits."""

    prescriptions: tuple[DraftedPrescription, ...] = ()
    texts: tuple[TypedText, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.prescriptions or self.texts)


NO_DRAFTS = Drafts()


class DraftShelf(Protocol):
    """An encrypted place of this workstation for drafts."""

    def keep_drafts(self, drafts: Drafts) -> None:
        """Keep these in place of those kept before; returns at once, the newest are written."""

    def read_drafts(self) -> Drafts:
        """Those kept when the program last stopped. Raises StoreFailure where they cannot be read."""


class About(Enum):
    """What the texts of a form are typed about: once it is over, nobody can say them any more."""

    CALL = "appel"
    TRANSFER = "transfert"
    DRAFT = "brouillon"
    PRESCRIPTION = "ordonnance"
    DESK = "poste"


def read_kept(shelf: DraftShelf, about: Mapping[str, About]) -> Callable[[OpenUnit], Drafts]:
    """Work for the store: what is kept, without the texts about what has ended since.

    `about` says of each form what its texts are about; a form that is not there is not put back. Raises
    StoreFailure where what is kept cannot be read; all of it comes back while the store does not answer.
    """

    def work(open_unit: OpenUnit) -> Drafts:
        kept = shelf.read_drafts()
        texts = tuple(one for one in kept.texts if one.form in about)
        if texts:
            try:
                with open_unit() as unit:
                    texts = tuple(one for one in texts if not _is_over(unit, about[one.form], one.key))
            except StoreFailure:
                pass  # what cannot be asked about is still somebody's
        return Drafts(kept.prescriptions, texts)

    return work


def _is_over(unit: Unit, about: About, key: str) -> bool:
    try:
        match about:
            case About.CALL:
                return not unit.calls.get(key).is_open
            case About.TRANSFER:
                return unit.transfers.get(key).is_settled
            case About.DRAFT:
                return not unit.prescriptions.get(key).may_change
            case About.PRESCRIPTION:
                return unit.prescriptions.get(key).state in ENDED
            case About.DESK:
                return False
    except StoreFailure as failure:
        if failure.code == "introuvable":
            return False  # begun while the base was away: it may have reached it by now, or will
        raise
