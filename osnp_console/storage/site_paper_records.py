"""What a site settles of its papers, and the sheets that wait to be printed, in the base."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import delete, insert, select

from osnp_console.app.base.live import Subject
from osnp_console.app.prescription.print_records import PrintOutcome, WaitingPrint
from osnp_console.app.prescription.site_records import PaperSize, SiteHeader, SitePapers, StructureNumber
from osnp_console.domain.prescription.content import Prescriber
from osnp_console.storage.rows import AnyRow
from osnp_console.storage.site_paper_tables import logos, prints, site_papers
from osnp_console.storage.slot_documents import Document, text_of
from osnp_console.storage.source_records import put_row
from osnp_console.storage.transaction import Transaction

_s, _l, _p = site_papers.c, logos.c, prints.c
_ONLY = "ordonnances"


class StoredSitePapers:
    """The site's settings within a transaction (`app.prescription.site_records.SitePaperRecords`)."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self) -> SitePapers | None:
        """What the site settled, None while it settled nothing."""
        reading = self._transaction.reading
        row = reading.execute(select(site_papers).where(_s.name == _ONLY)).first()
        if row is None:
            return None
        images = reading.execute(select(_l.content).order_by(_l.place)).scalars()
        return _read(row, tuple(bytes(one) for one in images))

    def put(self, papers: SitePapers) -> None:
        """Keep it, in place of what was there; raises ValueError for settings of nobody's."""
        if papers.at is None:
            raise ValueError(papers.at)
        connection = self._transaction.writing()
        self._transaction.tell(Subject.SITE_PAPERS)
        values = {"name": _ONLY, "document": _text(papers), "person": papers.person, "at": papers.at}
        put_row(connection, site_papers, _s.name == _ONLY, values)
        connection.execute(delete(logos))
        rows = [{"place": place, "content": one} for place, one in enumerate(papers.header.logos)]
        if rows:
            connection.execute(insert(logos), rows)


def _text(papers: SitePapers) -> str:
    return text_of(
        {
            "lines": list(papers.header.lines),
            "second_code": papers.header.second_code.value,
            "size": papers.size.value,
            "doctors": [
                [one.name, one.first_name, one.rpps, one.quality, one.am_number] for one in papers.doctors
            ],
        }
    )


def _read(row: AnyRow, images: tuple[bytes, ...]) -> SitePapers:
    document: Document = json.loads(row.document)
    return SitePapers(
        SiteHeader(tuple(document["lines"]), images, StructureNumber(document["second_code"])),
        PaperSize(document["size"]),
        tuple(Prescriber(*one) for one in document["doctors"]),
        row.person,
        row.at,
    )


class StoredPrints:
    """The sheets that wait, within a transaction (`app.prescription.print_records.PrintRecords`)."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def put(self, waiting: WaitingPrint) -> None:
        """Keep it, or what became of it."""
        values = {
            "id": waiting.id,
            "prescription": waiting.prescription,
            "desk": waiting.desk,
            "size": waiting.size.value,
            "printer": waiting.printer,
            "asked_at": waiting.asked_at,
            "outcome": waiting.outcome.value,
            "sentence": waiting.sentence,
        }
        put_row(self._transaction.writing(), prints, _p.id == waiting.id, values)

    def remove(self, waiting: str) -> bool:
        """Let it go; False when there is none of that id."""
        connection = self._transaction.writing()
        return connection.execute(delete(prints).where(_p.id == waiting)).rowcount > 0

    def of_desk(self, desk: str) -> Sequence[WaitingPrint]:
        """Those of a desk, oldest first."""
        statement = select(prints).where(_p.desk == desk).order_by(_p.asked_at, _p.id)
        return [_waiting(row) for row in self._transaction.reading.execute(statement)]


def _waiting(row: AnyRow) -> WaitingPrint:
    return WaitingPrint(
        row.id,
        row.prescription,
        row.desk,
        PaperSize(row.size),
        row.printer,
        row.asked_at,
        PrintOutcome(row.outcome),
        row.sentence,
    )
