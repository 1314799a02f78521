"""Example calls written by hand from a source's text, and what must come out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """One example of a dispositif: the call (`appel.json`), the instant, the verdict that must come out.

    `by` is the id of the rule that must be unmet (a refusal) or unknown (to check); None when no single
    rule is meant.
    """

    dispositif: str
    name: str
    instant: str
    call: Mapping[str, object]
    expected: str
    by: str | None = None
