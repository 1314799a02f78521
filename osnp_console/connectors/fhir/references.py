"""Which resource a reference means, however it is written."""

from __future__ import annotations

from typing import TypeVar

from osnp_console.connectors.fhir.resources import Known, Reference

Kind = TypeVar("Kind", bound=Known)


class References:
    """The included resources, found by fullUrl, by `Type/id` and by the tail of either (section 12.5)."""

    def __init__(self) -> None:
        self._found: dict[str, Known] = {}

    def add(self, full_url: str | None, resource: Known) -> None:
        """Know a resource; the first one of a name stays."""
        if full_url:
            self._found.setdefault(full_url, resource)
            self._found.setdefault(tail(full_url), resource)
        if resource.id:
            self._found.setdefault(f"{type(resource).__struct_config__.tag}/{resource.id}", resource)

    def has(self, reference: Reference) -> bool:
        """Whether what a reference points to is there; True for one that points to nothing by address."""
        name = reference.reference
        return not name or name in self._found or tail(name) in self._found

    def get(self, reference: Reference | None, kind: type[Kind]) -> Kind | None:
        """The resource of that kind; None where it is not there, or is another kind."""
        name = reference.reference if reference is not None else None
        if not name:
            return None
        found = self._found.get(name)
        if found is None:
            found = self._found.get(tail(name))
        return found if isinstance(found, kind) else None


def tail(reference: str) -> str:
    """`Type/id` of an address, without a version; the reference itself where it has no such end."""
    parts = reference.partition("/_history/")[0].rstrip("/").rsplit("/", 2)
    return "/".join(parts[-2:])
