"""What is typed in a form: what of it can be kept, and what is refused field by field."""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from osnp_console.app.errors import Refusal
from osnp_console.app.sources.declare import value_at

T = TypeVar("T")
Declaration = dict[str, object]
"""Values by field; a source is written as the contract does (`sources ajouter`)."""


@dataclass(frozen=True, slots=True)
class Settled(Generic[T]):
    """What a draft comes to: what to keep, None when it cannot be kept; sentences by field's path."""

    kept: T | None
    faults: Mapping[str, str] = field(default_factory=dict)


def settle(typed: Declaration, before: Declaration | None, read: Callable[[Declaration], T]) -> Settled[T]:
    """Read a draft; a field that is refused keeps its former value, the others are taken.

    `before` is what was kept before, None for something new, of which everything must be right. What is
    refused stays in `typed`, for who types it. `read` raises Refusal.
    """
    attempt, faults = copy.deepcopy(typed), dict[str, str]()
    while True:
        try:
            return Settled(read(attempt), faults)
        except Refusal as refused:
            path = refused.field or "id"
            faults[path] = refused.message
            if before is None or value_at(attempt, path) == value_at(before, path):
                return Settled(None, faults)
            attempt = with_value(attempt, path, value_at(before, path))


def with_value(document: Declaration, path: str, value: object) -> Declaration:
    """A copy of the declaration with another value at a dotted path; None takes it away."""
    changed = copy.deepcopy(document)
    *groups, last = path.split(".")
    here = changed
    for name in groups:
        inner = here.get(name)
        if not isinstance(inner, dict):
            inner = here[name] = {}
        here = inner
    if value is None:
        here.pop(last, None)
    else:
        here[last] = value
    return changed


def id_for(name: str, taken: Collection[str]) -> str:
    """An id from a name, in lower case without accents, that no other source has."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:48].strip("-") or "agenda"
    if base not in taken:
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"
