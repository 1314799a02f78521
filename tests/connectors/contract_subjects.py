"""The connectors that the contract suite puts through everything; a new kind adds its `Subject` here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from osnp_console.domain.slots.source import AgendaSource, SourceKind
from tests.connectors import searchsets
from tests.connectors.calendars import calendar, event
from tests.connectors.misbehaving_server import Asked, Reply

Serve = Reply | Callable[[Asked], Reply]


@dataclass(frozen=True, slots=True)
class Subject:
    """A connector that asks, and the answers that it should understand.

    `declare` makes a source of an address (of a path, for a connector that reads files). `good` holds three
    slots that start on 24 November 2026 from 10:00 on, `nothing` none, `one_bad` three of which one cannot
    be read; `wrong_shape` is well formed but not what this agenda should say, `cut_short` ends too early.
    `media` is what it asks for, and `types_matter` where it reads nothing under another name. `reads_all` is
    False where the agenda is read within the window only.
    """

    kind: SourceKind
    declare: Callable[[str], AgendaSource]
    good: Serve
    nothing: Serve
    one_bad: Serve
    wrong_shape: Reply
    cut_short: Reply
    media: str
    over_network: bool = True
    reads_files: bool = False
    types_matter: bool = False
    reads_all: bool = False

    @property
    def name(self) -> str:
        return self.kind.value


def _fhir(kind: SourceKind, *, saved: bool = False) -> Subject:
    good = searchsets.searchset()
    one_bad = searchsets.searchset(searchsets.slot(0), searchsets.slot(1, start=None), searchsets.slot(2))
    return Subject(
        kind=kind,
        declare=lambda address: _source(kind, address),
        good=Reply(good),
        nothing=Reply(searchsets.written({"resourceType": "Bundle", "type": "searchset", "total": 0})),
        one_bad=Reply(one_bad),
        wrong_shape=Reply(b"[" + good + b"]"),
        cut_short=Reply(good[: len(good) // 2]),
        media="application/fhir+json",
        over_network=not saved,
        reads_files=saved,
        types_matter=True,
        reads_all=True,
    )


def _source(kind: SourceKind, address: str) -> AgendaSource:
    return AgendaSource(
        id="essai",
        kind=kind,
        name="Essai",
        url=address,
        practitioners=(searchsets.RPPS,),
        structures=("33417374800020",),
        dispositifs=("35-redon-mg",),
    )


_EVENTS = [event(f"20261124T09{minute}00Z", uid=str(minute)) for minute in ("00", "20", "40")]
_BAD_EVENT = event("jamais", uid="20")


def _ical() -> Subject:
    media = "text/calendar"
    good = calendar(*_EVENTS)
    return Subject(
        kind=SourceKind.ICAL,
        declare=lambda address: _source(SourceKind.ICAL, address),
        good=Reply(good, media),
        nothing=Reply(calendar(), media),
        one_bad=Reply(calendar(_EVENTS[0], _BAD_EVENT, _EVENTS[2]), media),
        wrong_shape=Reply(b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Essai\r\nEND:VCARD\r\n", media),
        cut_short=Reply(good[: len(good) // 2], media),
        media=media,
        reads_files=True,
    )


def _caldav() -> Subject:
    media = "application/xml"
    good = _multistatus(*_EVENTS)
    return Subject(
        kind=SourceKind.CALDAV,
        declare=lambda address: _source(SourceKind.CALDAV, address),
        good=Reply(good, media, 207),
        nothing=Reply(_multistatus(), media, 207),
        one_bad=Reply(_multistatus(_EVENTS[0], _BAD_EVENT, _EVENTS[2]), media, 207),
        wrong_shape=Reply(b'<?xml version="1.0"?><note>rien</note>', media, 207),
        cut_short=Reply(good[: len(good) // 2], media, 207),
        media=media,
    )


def _multistatus(*events: str) -> bytes:
    """A collection's answer, each event a resource of its own."""
    found = "".join(
        "<D:response><D:href>/a.ics</D:href><D:propstat><D:prop><C:calendar-data>"
        f"{calendar(one).decode()}</C:calendar-data></D:prop></D:propstat></D:response>"
        for one in events
    )
    names = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"'
    return f'<?xml version="1.0"?><D:multistatus {names}>{found}</D:multistatus>'.encode()


SUBJECTS = (
    _fhir(SourceKind.SAS_FHIR),
    _fhir(SourceKind.SAS_SOS),
    _fhir(SourceKind.FHIR_AGENDA),
    _fhir(SourceKind.FHIR_BUNDLE, saved=True),
    _ical(),
    _caldav(),
)
NETWORK = tuple(subject for subject in SUBJECTS if subject.over_network)
FILES = tuple(subject for subject in SUBJECTS if subject.reads_files)
