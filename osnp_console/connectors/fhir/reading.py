"""One reading of a source: bodies in, slots handed over in small lists, and how it went.

Decoding holds the interpreter; it is cut into small pieces with a pause between them, so that a window in
the same program never waits long for a large answer.
"""

from __future__ import annotations

import time
from itertools import islice

import msgspec

from osnp_console.app.sources.agendas import Deadline, Found, Reading, SlotQuery
from osnp_console.connectors import http_failures
from osnp_console.connectors.fhir import resources as fhir
from osnp_console.connectors.fhir.codes import UNREADABLE
from osnp_console.connectors.fhir.translation import Searchset, SlotSource, Window, said_by

PIECE = 200
"""Resources read between two pauses."""


class SlotReading:
    """Reads the answers to one query."""

    def __init__(self, source: SlotSource, query: SlotQuery, deadline: Deadline, found: Found) -> None:
        self._deadline = deadline
        self._found = found
        self._searchset = Searchset(source, Window(query.start, query.end))

    def page(self, body: bytes) -> str | None:
        """Hand over the slots of one page; the address of the next page, None where there is none.

        Raises SourceFailure where the body is no searchset.
        """
        bundle = self._bundle(body)
        entries = iter(bundle.entry or ())
        while piece := list(islice(entries, PIECE)):
            self._searchset.add(piece)
            self._pause()
        following = next((one.url for one in bundle.link or () if one.relation == "next" and one.url), None)
        self._hand_over(more_to_come=following is not None)
        return following

    def end(self) -> Reading:
        """How the reading went, once there is no page left.

        Raises SourceFailure where agendas came without their slots: what they hold was not said.
        """
        self._hand_over(more_to_come=False)
        if self._searchset.has_agendas_only:
            raise http_failures.unreadable("des agendas sans leurs créneaux")
        tally = self._searchset.tally
        said = http_failures.quoted(tally.said) if tally.said else None
        return Reading(tally.read, tally.rejected, said)

    def _bundle(self, body: bytes) -> fhir.Bundle:
        try:
            bundle: fhir.Bundle | fhir.OperationOutcome = fhir.BUNDLE.decode(body)
        except msgspec.ValidationError:
            raise http_failures.unreadable("ce n’est pas une liste de créneaux") from None
        except UNREADABLE:
            raise http_failures.unreadable() from None
        if isinstance(bundle, fhir.OperationOutcome):
            said = said_by(bundle)
            raise http_failures.unreadable(http_failures.quoted(said) if said else "")
        return bundle

    def _hand_over(self, *, more_to_come: bool) -> None:
        for slots in self._searchset.slots(PIECE, more_to_come=more_to_come):
            if slots:
                self._found(slots)
            self._pause()

    def _pause(self) -> None:
        time.sleep(0)
        if self._deadline.is_over:
            raise http_failures.late(self._deadline.seconds)
