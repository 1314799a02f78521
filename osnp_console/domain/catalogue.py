"""The catalogue a call is judged against: dispositifs, territories, facts, reasons, documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from osnp_console.domain.call_reading import Vocabulary
from osnp_console.domain.commune import Commune
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.facts import Fact
from osnp_console.domain.sources import Document
from osnp_console.domain.territory import Territory

NATURES = frozenset(
    {
        "medecine_generale", "centre_snp", "teleconsultation", "imagerie", "kinesitherapie", "dentaire",
        "infirmier", "sage_femme", "protocole_pharmacien", "orthophonie", "liste_attente_medecin_traitant",
        "protocole_pluriprofessionnel", "biologie", "aucun",
    }
)  # fmt: skip
OFFERS = NATURES - {"aucun"}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything the rules rest on, with its version and its fingerprint (`sha256:…` of the files read).

    `reasons` are labels by code; `reason_offers` the offers each of them is usually brought to.
    """

    version: str
    fingerprint: str
    dispositifs: tuple[Dispositif, ...]
    territories: Mapping[str, Territory] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)
    reason_offers: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def vocabulary(self, living: Callable[[str], Commune | None]) -> Vocabulary:
        """The closed lists a call may refer to."""
        cpts = frozenset(self.territories) | {dispositif.cpts for dispositif in self.dispositifs}
        return Vocabulary(OFFERS, frozenset(self.reasons), frozenset(self.facts), cpts, living)

    def find(self, name: str) -> Dispositif | None:
        """The dispositif of that id, None when there is none."""
        return next((dispositif for dispositif in self.dispositifs if dispositif.id == name), None)
