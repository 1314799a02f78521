"""What happened to the calls in hand, in words: for the strip and for the list under the note."""

from __future__ import annotations

from collections import defaultdict

from PySide6.QtCore import QObject, Signal

from osnp_console.app.calls.journal_words import JournalWords
from osnp_console.domain.clock import in_paris
from osnp_console.domain.journal import CHANGED_ELSEWHERE, JournalEntry
from osnp_console.ui.calls import DeskCalls

KEPT = 200


class CallJournal(QObject):
    """The lines of each call since the program started, newest last, each `(hour, words)`."""

    changed = Signal(str)
    """The id of the call that has a new line."""

    def __init__(self, calls: DeskCalls, words: JournalWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._lines: dict[str, list[tuple[str, str]]] = defaultdict(list)
        calls.logged.connect(self._take)
        calls.closed.connect(self._forget)

    def lines(self, call_id: str) -> list[tuple[str, str]]:
        """The call's lines."""
        return self._lines[call_id]

    def say(self, call_id: str, hour: str, words: str) -> None:
        """Add a line that is shown and not kept: something the window did."""
        self._lines[call_id].append((hour, words))
        self.changed.emit(call_id)

    def _take(self, entry: JournalEntry) -> None:
        if entry.call is None or _is_told_with_its_author(entry):
            return
        lines = self._lines[entry.call]
        lines.append((f"{in_paris(entry.at):%H:%M:%S}", self._words.say(entry.kind, entry.facts)))
        del lines[:-KEPT]
        self.changed.emit(entry.call)

    def _forget(self, call: object) -> None:
        record = getattr(call, "record", None)
        if record is not None:
            self._lines.pop(record.id, None)


def _is_told_with_its_author(entry: JournalEntry) -> bool:
    """What another desk changed is said once it is known who did (`ui.differences`), or asked."""
    return entry.kind == CHANGED_ELSEWHERE and bool(entry.facts.get("pris") or entry.facts.get("des_deux"))
