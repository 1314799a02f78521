"""Communes by their whole name, all of France: what a search line means by `Pipriac`."""

from __future__ import annotations

from osnp_console.domain.commune import Gazetteer, fold, fold_all


class CommuneNames:
    """The names of living communes and of what they were made of; read at the first question."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._found: dict[str, tuple[str, frozenset[str]]] | None = None

    def shown(self, folded: str) -> str | None:
        """The name as it is written, by its folded form; None when no commune bears it."""
        found = self._names().get(folded)
        return found[0] if found is not None else None

    def codes(self, name: str) -> frozenset[str]:
        """The INSEE codes of the living communes of that name, homonyms included; empty without any."""
        found = self._names().get(fold(name))
        return found[1] if found is not None else frozenset()

    def _names(self) -> dict[str, tuple[str, frozenset[str]]]:
        if self._found is None:
            named = [(one.nom, one.code) for one in self._gazetteer.communes()]
            named += [(one.nom, one.vers) for one in self._gazetteer.aliases() if one.nom]
            names: dict[str, tuple[str, frozenset[str]]] = {}
            for key, (name, code) in zip(fold_all([name for name, _ in named]), named, strict=True):
                first, codes = names.get(key, (name, frozenset()))
                names[key] = (first, codes | {code})
            self._found = names
        return self._found
