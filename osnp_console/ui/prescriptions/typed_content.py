"""What was typed in a prescription and the store does not have yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from osnp_console.app.ports import OpenUnit
from osnp_console.app.prescription.write import Written, write
from osnp_console.domain.prescription.content import Content

TRIED_AT_MOST = 20
"""Of contents that were sent and brought no answer, how many are known again as this desk's own."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A content that the store has not taken, the one it was typed over, and those sent without answer."""

    content: Content
    over: Content
    tried: tuple[Content, ...] = ()

    def sent(self) -> Typed:
        """The same, once its content is on its way to the store."""
        others = tuple(one for one in self.tried if one != self.content)
        return replace(self, tried=(*others, self.content)[-TRIED_AT_MOST:])


def last_write(key: str, typed: Typed, reached: Callable[[str], None]) -> Callable[[OpenUnit], Written]:
    """Work for the store while the window goes: what was typed; `reached` is told once the store has it."""
    work = write(key, typed.content, typed.over, typed.tried)

    def do(open_unit: OpenUnit) -> Written:
        written = work(open_unit)
        if not written.sentence:
            reached(key)
        return written

    return do
