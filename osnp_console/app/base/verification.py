"""What a check of the catalogue says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong (or, as a warning, odd) in a file: where, what, and the remedy, in French."""

    file: str
    line: int
    message: str
    warning: bool = False


class CatalogueUnusable(Exception):
    """The catalogue, or the site's layer, has errors; `problems` says which."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} erreurs dans le catalogue")
        self.problems = problems
