"""The connectors that the contract suite puts through everything; a new kind adds its `Subject` here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from osnp_console.domain.slots.source import AgendaSource, SourceKind
from tests.connectors import searchsets
from tests.connectors.misbehaving_server import Asked, Reply

Serve = Reply | Callable[[Asked], Reply]


@dataclass(frozen=True, slots=True)
class Subject:
    """A connector that asks, and the answers that it should understand.

    `declare` makes a source of an address (of a path, for a connector that reads files). `good` holds three
    slots that start on 24 November 2026 from 10:00 on, `nothing` none, `one_bad` three of which one cannot
    be read; `wrong_shape` is well formed but not what this agenda should say. `media` is what it asks for.
    """

    kind: SourceKind
    declare: Callable[[str], AgendaSource]
    good: Serve
    nothing: Serve
    one_bad: Serve
    wrong_shape: Reply
    cut_short: Reply
    media: str = "application/fhir+json"
    reads_files: bool = False

    @property
    def name(self) -> str:
        return self.kind.value


def _fhir(kind: SourceKind, reads_files: bool = False) -> Subject:
    good = searchsets.searchset()
    return Subject(
        kind=kind,
        declare=lambda address: AgendaSource(
            id="essai",
            kind=kind,
            name="Essai",
            url=address,
            practitioners=(searchsets.RPPS,),
            structures=("33417374800020",),
            dispositifs=("35-redon-mg",),
        ),
        good=Reply(good),
        nothing=Reply(searchsets.written({"resourceType": "Bundle", "type": "searchset", "total": 0})),
        one_bad=Reply(
            searchsets.searchset(searchsets.slot(0), searchsets.slot(1, start=None), searchsets.slot(2))
        ),
        wrong_shape=Reply(b"[" + good + b"]"),
        cut_short=Reply(good[: len(good) // 2]),
        reads_files=reads_files,
    )


SUBJECTS = (
    _fhir(SourceKind.SAS_FHIR),
    _fhir(SourceKind.SAS_SOS),
    _fhir(SourceKind.FHIR_AGENDA),
    _fhir(SourceKind.FHIR_BUNDLE, reads_files=True),
)
NETWORK = tuple(subject for subject in SUBJECTS if not subject.reads_files)
FILES = tuple(subject for subject in SUBJECTS if subject.reads_files)
