"""Where the chains end as this desk noted it, against the chains (`app.base.older_ends.ChainEnds`)."""

from __future__ import annotations

from sqlalchemy import Connection, Engine

from osnp_console.app.base.older_ends import FoundEnds, LostEnd, Mark
from osnp_console.domain.journal import Head
from osnp_console.storage.failures import told
from osnp_console.storage.heads import HeadPlace
from osnp_console.storage.journal_records import ends_of, last_line, seal_at


def fits(head: Head, before: Head, connection: Connection) -> bool:
    """Whether a chain that ends with `before` has the line that its head names."""
    if head.number in {0, before.number}:
        return head.number == 0 or head.seal == before.seal
    return head.number < before.number and seal_at(connection, head.desk, head.number) == head.seal


class StoredEnds:
    """The ends of the chains of an open base."""

    def __init__(self, heads: HeadPlace, key: bytes, engine: Engine) -> None:
        self._heads = heads
        self._key = key
        self._engine = engine

    def look(self) -> FoundEnds:
        """What was noted, against the chains as they are."""
        with told():
            known = self._heads.read(self._key)
            if known is None:
                return FoundEnds(Mark.MISSING)
            if not known.sound:
                return FoundEnds(Mark.CHANGED)
            with self._engine.connect() as connection:
                lost = [
                    LostEnd(head.desk, head.number, end.number)
                    for head in known.heads.values()
                    if not fits(head, end := last_line(connection, head.desk), connection)
                ]
        return FoundEnds(Mark.CUT if lost else Mark.WHOLE, tuple(sorted(lost, key=lambda one: one.desk)))

    def accept(self) -> None:
        """Note the ends as they are now."""
        with told():
            with self._engine.connect() as connection:
                ends = {end.desk: end for end in ends_of(connection)}
            self._heads.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._heads.write(self._key, ends)
