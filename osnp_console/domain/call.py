"""What is known of a call: an immutable set of facts. What is absent is not known yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from osnp_console.domain.dates import PartialDate

AT_HOME = "domicile"


@dataclass(frozen=True, slots=True)
class Call:
    """The facts known of a call, by code, and the facts that were asked without an answer.

    Values: `bool`, `int` (hours, years), `str` (codes), `tuple[str, ...]` (the desk's CPTS) or
    `PartialDate`. A fact that is not known has no entry. Texts that no rule reads (names, phones) are
    not here.
    """

    known: Mapping[str, object] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        object.__setattr__(self, "known", MappingProxyType(dict(self.known)))

    def with_fact(self, code: str, value: object | None) -> Call:
        """The same call with one fact known, or (None) no longer known."""
        known = dict(self.known)
        if value is None:
            known.pop(code, None)
        else:
            known[code] = value
        return Call(known, self.asked)

    def text(self, code: str) -> str | None:
        """The text fact `code`, or None when it is not known."""
        value = self.known.get(code)
        return value if isinstance(value, str) else None

    def truth(self, code: str) -> bool | None:
        """The yes/no fact `code`, or None when it is not known."""
        value = self.known.get(code)
        return value if isinstance(value, bool) else None

    def number(self, code: str) -> int | None:
        """The number fact `code` (hours or years), or None when it is not known."""
        value = self.known.get(code)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def date(self, code: str) -> PartialDate | None:
        """The date fact `code`, perhaps partial, or None when it is not known."""
        value = self.known.get(code)
        return value if isinstance(value, PartialDate) else None

    def texts(self, code: str) -> tuple[str, ...] | None:
        """The list-of-codes fact `code`, or None when it is not known."""
        value = self.known.get(code)
        return value if isinstance(value, tuple) else None
