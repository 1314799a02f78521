"""Asks a FHIR server for slots: batches at once, pages one after the other, all within the deadline."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from osnp_console.app.sources.agendas import (
    Deadline,
    Found,
    Reading,
    SlotQuery,
    SourceFailure,
    SourceTools,
)
from osnp_console.connectors import http_failures
from osnp_console.connectors.fhir.batches import answers
from osnp_console.connectors.fhir.reading import SlotReading
from osnp_console.connectors.fhir.translation import SlotSource
from osnp_console.connectors.http import HttpSession, Params, Received, origin_of, with_params
from osnp_console.domain.slots.answers import SourceState
from osnp_console.domain.slots.slot import BookingMode
from osnp_console.domain.slots.source import AgendaSource

ACCEPT = {
    "Accept": "application/fhir+json, application/json+fhir;q=0.9, application/json;q=0.8",
    "Accept-Charset": "utf-8",
}
"""Pages and statements of capability name two types; any of them is read (section 12.1)."""
MOST_PAGES = 20


@dataclass(frozen=True, slots=True)
class Search:
    """One request: the resource that is searched and its parameters."""

    resource: str
    params: Params


Searches = Callable[[SlotQuery], Sequence[Search]]


class FhirReader:
    """A FHIR source, opened: a SlotReader."""

    def __init__(
        self,
        source: AgendaSource,
        tools: SourceTools,
        session: HttpSession,
        searches: Searches,
        mode: BookingMode = BookingMode.PORTAL,
    ) -> None:
        """`searches` makes the requests of a query; it raises SourceFailure when there is nothing to ask."""
        self._source = source
        self._tools = tools
        self._session = session
        self._searches = searches
        self._mode = mode

    def read(self, query: SlotQuery, deadline: Deadline, found: Found) -> Reading:
        """Ask all batches and hand over the slots of each as it lands.

        Where a batch fails, the slots of the others were handed over, and its failure is raised at the end.
        """
        source = self._source
        made = SlotSource(source.id, frozenset(source.dispositifs), self._tools.clock(), self._mode)
        reading = SlotReading(made, query, deadline, found)
        urls = [
            with_params(f"{base_of(source)}/{search.resource}", search.params)
            for search in self._searches(query)
        ]
        failures: list[SourceFailure] = []
        landed = answers(
            lambda url: (url, self._ask(url, deadline)),
            urls,
            deadline,
            lambda: http_failures.late(deadline.seconds),
        )
        for answer in landed:
            if isinstance(answer, SourceFailure):
                failures.append(answer)
            elif isinstance(answer, Exception):
                raise answer
            else:
                try:
                    self._pages(reading, *answer, deadline)
                except SourceFailure as failure:
                    failures.append(failure)
        if failures:
            raise min(failures, key=lambda failure: _GRAVITY.index(failure.state))
        return reading.end()

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()

    def _pages(self, reading: SlotReading, url: str, answer: Received, deadline: Deadline) -> None:
        asked = {url}
        following = reading.page(answer.body)
        while following is not None:
            target = self._next(url, following)
            if target in asked or len(asked) >= MOST_PAGES:
                raise self._session.unreadable("une suite sans fin")
            asked.add(target)
            following = reading.page(self._ask(target, deadline).body)

    def _next(self, url: str, following: str) -> str:
        """The next page's address; only the source's own server is asked."""
        try:
            target = urljoin(url, following)
            if origin_of(target) == origin_of(url):
                return target
        except ValueError:
            pass
        raise self._session.unreadable("la suite est à une autre adresse")

    def _ask(self, url: str, deadline: Deadline) -> Received:
        answer = self._session.get(url, deadline=deadline, headers=ACCEPT)
        if answer.content_type and "json" not in answer.content_type:
            raise self._session.unreadable("ce ne sont pas des données FHIR")
        return answer


_GRAVITY = (SourceState.REFUSED, SourceState.FAILED, SourceState.LATE)
"""Which of several failures of one source is told: the one that a person has to act on."""


def base_of(source: AgendaSource) -> str:
    """The server's base address. Raises SourceFailure where none is declared."""
    base = (source.url or "").strip().rstrip("/")
    if not base:
        raise http_failures.failed("aucune adresse n’est déclarée")
    return base
