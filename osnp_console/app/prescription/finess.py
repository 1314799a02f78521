"""Which FINESS a dispositif's prescriptions bear: the catalogue's, or the one the site entered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from osnp_console.app.errors import Refusal
from osnp_console.app.ports import OpenUnit
from osnp_console.app.prescription.records import PrescriptionRecords, SettledFiness
from osnp_console.domain import journal
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.identifiers import finess_fault
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.permissions import Act
from osnp_console.domain.prescription.checks import OF_ANOTHER, prefix_warning

NO_SOURCE = "D’où vient ce FINESS\u202f: écrire la source (courrier, convention, date)."


@dataclass(frozen=True, slots=True)
class KnownFiness:
    """The FINESS of a dispositif, empty where none is known; whether its prefix was settled, and by whom."""

    finess: str
    prefix_settled: bool = False
    settled: SettledFiness | None = None


def finess_of(dispositif: Dispositif, settled: SettledFiness | None) -> KnownFiness:
    """What is printed for a dispositif. What the site settled stands before the catalogue."""
    if settled is not None:
        return KnownFiness(settled.finess, settled.prefix_accepted, settled)
    visit = dispositif.nurse_visit
    return KnownFiness(visit.finess or "" if visit is not None else "")


def shown_finess(finess: str) -> str:
    """Grouped as the form of Sarthe has it (S5, page 81): `29 199 10 81`."""
    return f"{finess[:2]} {finess[2:5]} {finess[5:7]} {finess[7:]}" if len(finess) == 9 else finess


def read_settled(dispositif: str) -> Callable[[OpenUnit], SettledFiness | None]:
    """Work for the store: what the site settled of a dispositif's FINESS."""

    def work(open_unit: OpenUnit) -> SettledFiness | None:
        with open_unit() as unit:
            return unit.prescriptions.settled(dispositif)

    return work


def settle_finess(
    dispositif: Dispositif,
    typed: str,
    source: str,
    desk: str,
    now: datetime,
    *,
    others: Iterable[Dispositif],
    confirmed: bool,
) -> Callable[[OpenUnit], SettledFiness]:
    """Work for the store: the administrator says which FINESS a dispositif's prescriptions bear, and whence.

    A prefix of another département takes `confirmed`, once; who and when is kept. The work raises Refusal
    (`finess_invalide`, `finess_autre_dispositif`, `champ_manquant`, `a_confirmer`), Forbidden, StoreFailure.
    """

    def work(open_unit: OpenUnit) -> SettledFiness:
        with open_unit() as unit:
            unit.session.require(Act.SETTLE_FINESS)
            unit.prescriptions.hold("finess")
            finess = _checked(dispositif, typed, source, others, unit.prescriptions)
            warning = prefix_warning(finess, dispositif)
            if warning is not None and not confirmed:
                raise Refusal("a_confirmer", warning, "finess")
            settled = SettledFiness(
                dispositif.id, finess, source.strip(), warning is not None, unit.session.name, now
            )
            unit.prescriptions.settle(settled)
            told = {"dispositif": dispositif.id, "finess": finess, "source": source.strip()}
            unit.journal.append(JournalEntry(desk, now, journal.FINESS_SETTLED, None, told))
            unit.commit()
        return settled

    return work


def _checked(
    dispositif: Dispositif,
    typed: str,
    source: str,
    others: Iterable[Dispositif],
    records: PrescriptionRecords,
) -> str:
    finess = "".join(typed.split()).upper()
    fault = finess_fault(finess)
    if fault is not None:
        raise Refusal("finess_invalide", fault, "finess")
    for other in others:
        if other.id == dispositif.id:
            continue
        settled = records.settled(other.id)
        own = other.nurse_visit.finess if other.nurse_visit is not None else None
        if finess in (own, settled.finess if settled is not None else None):
            raise Refusal("finess_autre_dispositif", OF_ANOTHER.format(name=other.cpts), "finess")
    if not source.strip():
        raise Refusal("champ_manquant", NO_SOURCE, "source")
    return finess
