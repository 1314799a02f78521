"""Prescriptions, their numbers and their documents, in the base."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.exc import IntegrityError

from osnp_console.app.base.live import Subject
from osnp_console.app.ports import Conflict
from osnp_console.app.prescription.records import ArchivedPaper, PrescriptionQuery, SettledFiness
from osnp_console.domain.clock import in_paris
from osnp_console.domain.commune import fold
from osnp_console.domain.prescription.prescription import Number, Prescription
from osnp_console.storage import failures
from osnp_console.storage.failures import failure
from osnp_console.storage.prescription_documents import prescription_text, read_prescription
from osnp_console.storage.prescription_tables import numbers, papers, prescriptions, settled_finess
from osnp_console.storage.rows import AnyRow
from osnp_console.storage.server_engine import attempt
from osnp_console.storage.source_records import put_row
from osnp_console.storage.transaction import Transaction

_p, _n, _d, _f = prescriptions.c, numbers.c, papers.c, settled_finess.c
_NEVER_AGAIN = "original"


class StoredPrescriptions:
    """The prescriptions within a transaction (`app.prescription.records.PrescriptionRecords`)."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def hold(self, name: str) -> None:
        """Be the only one to change what bears that name until the transaction ends."""
        self._transaction.hold("ordonnance", name)

    def save(self, prescription: Prescription) -> Prescription:
        """Insert it (version 0) or update it; raises Conflict when it was saved elsewhere meanwhile."""
        connection = self._transaction.writing()
        self._transaction.tell(Subject.PRESCRIPTION, prescription.id)
        saved = replace(prescription, version=prescription.version + 1)
        if prescription.version == 0:
            try:
                with attempt(connection):
                    connection.execute(insert(prescriptions).values(_columns(saved)))
            except IntegrityError as error:
                raise Conflict(prescription.call) from error
            return saved
        same = (_p.id == prescription.id, _p.version == prescription.version)
        changed = connection.execute(update(prescriptions).where(*same).values(_columns(saved)))
        if changed.rowcount != 1:
            raise Conflict(prescription.call)
        return saved

    def get(self, prescription: str) -> Prescription:
        """The prescription of that id; raises StoreFailure (`introuvable`)."""
        return self._one(_p.id == prescription)

    def by_number(self, number: str) -> Prescription:
        """The one that bears a number as printed; raises StoreFailure (`introuvable`)."""
        return self._one(_p.number == number)

    def of_call(self, call: str) -> Sequence[Prescription]:
        """Those of a call, oldest first."""
        statement = select(prescriptions).where(_p.call == call).order_by(_p.made_at, _p.key)
        return [_prescription(row) for row in self._transaction.reading.execute(statement)]

    def find(self, query: PrescriptionQuery, limit: int) -> Sequence[Prescription]:
        """Those that match, latest first."""
        statement = (
            select(prescriptions)
            .where(*_conditions(query))
            .order_by(_p.made_at.desc(), _p.key.desc())
            .limit(limit)
        )
        return [_prescription(row) for row in self._transaction.reading.execute(statement)]

    def next_number(self, dispositif: str, year: int) -> Number:
        """The number after the last one given; a transaction that does not commit leaves no gap."""
        # Held until the commit: the next desk reads the rank that this one leaves.
        connection = self._transaction.hold("numero", f"{dispositif} {year}")
        its = (_n.dispositif == dispositif, _n.year == year)
        last = connection.execute(select(_n.last).where(*its)).scalar() or 0
        if last == 0:
            connection.execute(insert(numbers).values(dispositif=dispositif, year=year, last=1))
        else:
            connection.execute(update(numbers).where(*its).values(last=last + 1))
        return Number(dispositif, year, last + 1)

    def archive(self, paper: ArchivedPaper) -> None:
        """Keep a document; an original is never written over."""
        connection = self._transaction.writing()
        values = {
            "prescription": paper.prescription,
            "kind": paper.kind,
            "made_at": paper.made_at,
            "sha256": paper.sha256,
            "content": paper.content,
        }
        if paper.kind == _NEVER_AGAIN:
            try:
                with attempt(connection):
                    connection.execute(insert(papers).values(values))
            except IntegrityError as error:
                raise Conflict(paper.prescription) from error
            return
        is_it = (_d.prescription == paper.prescription) & (_d.kind == paper.kind)
        put_row(connection, papers, is_it, values)

    def paper(self, prescription: str, kind: str) -> ArchivedPaper | None:
        """A document that is kept, None when there is none of that kind."""
        statement = select(papers).where(_d.prescription == prescription, _d.kind == kind)
        row = self._transaction.reading.execute(statement).first()
        if row is None:
            return None
        return ArchivedPaper(row.prescription, row.kind, row.made_at, bytes(row.content), row.sha256)

    def settled(self, dispositif: str) -> SettledFiness | None:
        """What the site settled of a dispositif's FINESS, None while it did not."""
        statement = select(settled_finess).where(_f.dispositif == dispositif)
        row = self._transaction.reading.execute(statement).first()
        if row is None:
            return None
        return SettledFiness(row.dispositif, row.finess, row.source, row.prefix_accepted, row.person, row.at)

    def settle(self, settled: SettledFiness) -> None:
        """Keep it, in place of what was settled before."""
        values = {
            "dispositif": settled.dispositif,
            "finess": settled.finess,
            "source": settled.source,
            "prefix_accepted": settled.prefix_accepted,
            "person": settled.person,
            "at": settled.at,
        }
        is_it = _f.dispositif == settled.dispositif
        put_row(self._transaction.writing(), settled_finess, is_it, values)

    def _one(self, condition: ColumnElement[bool]) -> Prescription:
        row = self._transaction.reading.execute(select(prescriptions).where(condition)).first()
        if row is None:
            raise failure("introuvable", failures.NO_PRESCRIPTION)
        return _prescription(row)


def _conditions(query: PrescriptionQuery) -> Iterator[ColumnElement[bool]]:
    for name in fold(query.patient).split():
        yield _p.found_by.contains(f" n:{name}", autoescape=True)
    if query.act:
        yield _p.found_by.contains(f" a:{query.act} ", autoescape=True)
    if query.nurse:
        yield _p.nurse == query.nurse
    if query.since is not None:
        yield _p.day >= query.since
    if query.until is not None:
        yield _p.day <= query.until
    if query.finess:
        yield _p.finess == "".join(query.finess.split()).upper()
    if query.number:
        yield _p.number == query.number.strip()
    if query.states:
        yield _p.state.in_(sorted(state.value for state in query.states))
    if query.dispositif:
        yield _p.dispositif == query.dispositif


def _found_by(one: Prescription) -> str:
    patient = one.content.patient
    names = fold(f"{patient.birth_name} {patient.used_name} {patient.first_names}").split()
    words = [*(f"n:{name}" for name in names), *(f"a:{code}" for code in one.content.act_codes)]
    return f" {' '.join(dict.fromkeys(words))} "


def _columns(one: Prescription) -> dict[str, object]:
    return {
        "id": one.id,
        "call": one.call,
        "dispositif": one.content.dispositif,
        "desk": one.desk,
        "state": one.state.value,
        "state_since": one.since,
        "made_at": one.made_at,
        "day": in_paris(one.content.written_at).date(),
        "number": one.number.text if one.number is not None else None,
        "finess": one.content.finess,
        "nurse": one.nurse,
        "found_by": _found_by(one),
        "document": prescription_text(one),
        "version": one.version,
    }


def _prescription(row: AnyRow) -> Prescription:
    return read_prescription(
        row.document,
        key=row.id,
        call=row.call,
        desk=row.desk,
        made_at=row.made_at,
        state=row.state,
        state_since=row.state_since,
        version=row.version,
    )
