"""What a criterion asks in detail, beyond its label: its reasons, its communes, its referrers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from osnp_console.app.checklist.dispositif_words import role_names
from osnp_console.domain.commune import Commune, fold
from osnp_console.domain.criteria.base import Criterion
from osnp_console.domain.criteria.desk import MayRefer, ReferralNotSaid
from osnp_console.domain.criteria.need import ReasonAmong
from osnp_console.domain.criteria.place import InTerritory
from osnp_console.domain.territory import Territory


class CriterionDetails:
    """Details criteria; `reasons` are labels by code, `living` finds a commune by its code."""

    def __init__(self, reasons: Mapping[str, str], living: Callable[[str], Commune | None]) -> None:
        self._reasons = reasons
        self._living = living

    def detail(self, criterion: Criterion) -> str:
        """The closed lists a criterion rests on; empty where the label says it all."""
        if isinstance(criterion, ReasonAmong):
            names = sorted((self._reasons.get(code, code) for code in criterion.reasons), key=fold)
            return f"{'Motifs' if criterion.admitted else 'Sauf'}\u202f: {', '.join(names)}" if names else ""
        if isinstance(criterion, InTerritory):
            return self._territory(criterion.territory)
        if isinstance(criterion, ReferralNotSaid):
            return "La source ne dit pas qui adresse"
        return _referrers(criterion) if isinstance(criterion, MayRefer) else ""

    def _territory(self, territory: Territory) -> str:
        departements = ", ".join(sorted(territory.departements))
        if territory.whole:
            return f"Tout le département ({departements})"
        if territory.communes is None:
            return f"Aucune source ne liste ses communes (département {departements})"
        found = [self._living(code) for code in territory.communes]
        names = sorted((commune.nom for commune in found if commune is not None), key=fold)
        return f"{len(names)} commune{'s' if len(names) > 1 else ''}\u202f: {', '.join(names)}"


def _referrers(rights: MayRefer) -> str:
    parts = (
        ("", _sas(rights.sas)),
        ("", _roles(rights.roles)),
        ("du territoire\u202f: ", _roles(rights.members)),
        ("annoncé\u202f: ", _sas(rights.sas_announced)),
        ("annoncé\u202f: ", _roles(rights.announced)),
        ("sous condition\u202f: ", _roles(role for role, _ in rights.conditional)),
    )
    return " · ".join(before + names for before, names in parts if names)


def _roles(roles: Iterable[str]) -> str:
    named = frozenset(roles)
    return role_names(named) if named else ""


def _sas(departements: Iterable[str]) -> str:
    return ", ".join(f"SAS {one}" for one in sorted(departements))
