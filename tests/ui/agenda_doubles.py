"""Acts on agendas that do at once, or when the test says so, what the page asks; no network behind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from osnp_console.app.ports import SourceMemory
from osnp_console.app.sources.agendas import (
    Connector,
    Connectors,
    FieldKind,
    SlotReader,
    SourceField,
    SourceTools,
)
from osnp_console.app.sources.declare import DeclareSource, Remark
from osnp_console.domain.slots.answers import SourceAnswer, SourceState
from osnp_console.domain.slots.source import AgendaSource, SourceKind
from osnp_console.ui.preferences.agendas.acts import AgendaList, Done
from tests.ui.doubles import NOW


def _never_opened(source: AgendaSource, tools: SourceTools) -> SlotReader:
    raise AssertionError("the double answers by itself")


SAS = Connector(
    SourceKind.SAS_FHIR,
    "SAS inventé (FHIR)",
    (
        SourceField(
            "url", "Adresse du serveur", FieldKind.URL, required=True, hint="https://agenda.exemple.fr"
        ),
        SourceField("effecteurs", "Praticiens cherchés", FieldKind.LIST, hint="RPPS, un par ligne"),
        SourceField(
            "options.cpts", "Demander aussi les créneaux des CPTS", FieldKind.FLAG, hint="pour essai"
        ),
        SourceField("tls.certificat", "Certificat du poste", FieldKind.FILE, hint="fichier PEM"),
        SourceField("tls.cle", "Clé du certificat", FieldKind.FILE, hint="fichier PEM"),
        SourceField("mot_de_passe_cle", "Mot de passe de la clé", FieldKind.SECRET),
        SourceField("options.hotes", "Sites permis", FieldKind.LIST),
    ),
    open=_never_opened,
)
PHONE = Connector(
    SourceKind.PHONE,
    "Téléphone inventé",
    (SourceField("options.numero", "Numéro", required=True),),
    open=None,
)


class NoKeyring:
    """Secrets that are kept nowhere: the acts keep them."""

    def get(self, name: str) -> str | None:
        return None

    def set(self, name: str, secret: str) -> None:
        raise AssertionError("the double keeps secrets by itself")

    def delete(self, name: str) -> None:
        raise AssertionError("the double keeps secrets by itself")


@dataclass
class HandedActs:
    """`AgendaActs` over lists. `waiting` holds trials until the test answers them; `trouble` refuses acts."""

    dispositifs: Sequence[str] = ()
    sources: dict[str, AgendaSource] = field(default_factory=dict)
    memories: dict[str, SourceMemory] = field(default_factory=dict)
    answers: dict[str, SourceAnswer] = field(default_factory=dict)
    secrets: dict[tuple[str, str], str] = field(default_factory=dict)
    kinds: Mapping[SourceKind, Connector] = field(
        default_factory=lambda: {SourceKind.SAS_FHIR: SAS, SourceKind.PHONE: PHONE}
    )
    waiting: list[tuple[AgendaSource, Callable[[SourceAnswer], None]]] = field(default_factory=list)
    trouble: str | None = None
    clock: Callable[[], datetime] = lambda: NOW

    def __post_init__(self) -> None:
        self._declare = DeclareSource(self.kinds, self.dispositifs, NoKeyring(), lambda path: True)

    @property
    def connectors(self) -> Connectors:
        return self.kinds

    def now(self) -> datetime:
        return self.clock()

    def read(self, document: object) -> AgendaSource:
        return self._declare.read(document)

    def remarks(self, source: AgendaSource) -> Sequence[Remark]:
        return self._declare.remarks(source)

    def answer_of(self, source: str) -> SourceAnswer | None:
        return self.answers.get(source)

    def load(self, then: Callable[[AgendaList], None], failed: Callable[[str], None]) -> None:
        if self.trouble:
            failed(self.trouble)
        else:
            then(AgendaList(tuple(self.sources.values()), self.memories))

    def keep(self, source: AgendaSource, then: Done) -> None:
        if self.trouble is None:
            self.sources[source.id] = source
        then(self.trouble)

    def remove(self, source: AgendaSource, then: Done) -> None:
        if self.trouble is None:
            del self.sources[source.id]
        then(self.trouble)

    def attempt(
        self, source: AgendaSource, then: Callable[[SourceAnswer], None], failed: Callable[[str], None]
    ) -> None:
        self.waiting.append((source, then))

    def answer(self, state: SourceState, read: int = 0, message: str | None = None) -> None:
        """End the oldest trial so."""
        source, then = self.waiting.pop(0)
        answer = SourceAnswer(source.id, state, self.now(), 212, read=read, message=message)
        self.answers[source.id] = answer
        then(answer)

    def kept_secrets(self, source: AgendaSource, then: Callable[[frozenset[str]], None]) -> None:
        then(frozenset(name for owner, name in self.secrets if owner == source.id))

    def keep_secret(self, source: AgendaSource, name: str, secret: str, then: Done) -> None:
        if self.trouble is None:
            self.secrets[source.id, name] = secret
        then(self.trouble)

    def drop_secret(self, source: AgendaSource, name: str, then: Done) -> None:
        if self.trouble is None:
            self.secrets.pop((source.id, name), None)
        then(self.trouble)
