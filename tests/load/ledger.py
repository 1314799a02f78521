"""What an operator did and what the program told, written down beside the program: the audit's witness."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from osnp_console.domain.journal import JournalEntry

Line = dict[str, str | int | float | None]


class LedgerWriter:
    """One desk's ledger: a file that only grows, each line in one write. For any thread."""

    def __init__(self, file: Path) -> None:
        self._descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._lock = Lock()

    def write(self, what: str, **said: str | int | float | None) -> None:
        """Add one line."""
        text = json.dumps({"quoi": what, **said}, ensure_ascii=False) + "\n"
        with self._lock:
            os.write(self._descriptor, text.encode())

    # --- what the operator did --------------------------------------------------------------------------

    def took(self, call: str, number: int) -> None:
        """A call was taken and bears that number."""
        self.write("appel", appel=call, numero=number)

    def typed(self, call: str, code: str, text: str) -> None:
        """The field's text as it stands after the last letter."""
        self.write("frappe", appel=call, champ=code, texte=text, t=time.monotonic())

    def ended(self, call: str, outcome: str) -> None:
        """The call was ended so."""
        self.write("clos", appel=call, issue=outcome)

    # --- what the program said --------------------------------------------------------------------------

    def logged(self, entry: JournalEntry) -> None:
        """The program said that it journals this."""
        at = entry.at.isoformat()
        self.write("journal", poste=entry.desk, type=entry.kind, appel=entry.call, a=at)

    def tried(self, key: str, call: str) -> None:
        """An attempt to book begins, with its own key."""
        self.write("essai", cle=key, appel=call)

    def told(self, key: str, outcome: str) -> None:
        """The program said how an attempt ended; the last word counts."""
        self.write("annonce", cle=key, issue=outcome)

    def not_told(self, key: str) -> None:
        """The program could not say whether the attempt was written down."""
        self.write("echec", cle=key)

    def saw(self, call: str, code: str, text: str, *, live: bool = False) -> None:
        """A text of another desk came on screen; `live` while the call was open here."""
        self.write("vu", appel=call, champ=code, texte=text, t=time.monotonic() if live else None)

    def warned(self, call: str, code: str, mine: str, theirs: str) -> None:
        """The program showed both texts of a field that two desks typed in."""
        self.write("deux", appel=call, champ=code, ici=mine, ailleurs=theirs)

    def failed(self, code: str) -> None:
        """The program said that the store cannot."""
        self.write("panne", code=code)

    # --- how long it took -------------------------------------------------------------------------------

    def lasted(self, what: str, since: float, until: float | None = None) -> None:
        """So much time passed since that reading of `time.monotonic()`."""
        self.write("duree", de=what, ms=round(1000 * ((until or time.monotonic()) - since), 3))


@dataclass(slots=True)
class Ledger:
    """What one desk's ledger says, put together."""

    desk: str
    numbers: dict[str, int] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    outcomes: dict[str, str] = field(default_factory=dict)
    entries: list[tuple[str, str | None, str]] = field(default_factory=list)
    tries: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    seen: list[tuple[str, str, str]] = field(default_factory=list)
    typed_at: dict[tuple[str, str, str], float] = field(default_factory=dict)
    seen_at: list[tuple[tuple[str, str, str], float]] = field(default_factory=list)
    both: list[tuple[str, str, str, str]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    took: dict[str, list[float]] = field(default_factory=dict)
    letters: int = 0
    finished: bool = False


def read_ledger(file: Path, desk: str) -> Ledger:
    """A ledger from its file.

    `entries` are kind, call and instant (ISO), `took` milliseconds by what. `typed_at` and `seen_at` are
    readings of the machine's monotonic clock for a text of a field: typed first here, come from elsewhere.
    """
    found = Ledger(desk)
    for line in _lines(file):
        _take(found, line)
    return found


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    for text in file.read_text().splitlines():
        yield json.loads(text)


def _take(found: Ledger, line: dict[str, Any]) -> None:
    match line["quoi"]:
        case "appel":
            found.numbers[line["appel"]] = int(line["numero"])
        case "frappe":
            found.texts[line["appel"], line["champ"]] = line["texte"]
            found.letters += 1
            found.typed_at.setdefault((line["appel"], line["champ"], line["texte"]), float(line["t"]))
        case "clos":
            found.outcomes[line["appel"]] = line["issue"]
        case "journal":
            found.entries.append((line["type"], line["appel"], line["a"]))
        case "essai":
            found.tries[line["cle"]] = line["appel"]
        case "annonce":
            found.answers[line["cle"]] = line["issue"]
        case "echec":
            found.unsure.add(line["cle"])
        case "vu":
            found.seen.append((line["appel"], line["champ"], line["texte"]))
            if line["t"] is not None:
                found.seen_at.append((found.seen[-1], float(line["t"])))
        case "deux":
            found.both.append((line["appel"], line["champ"], line["ici"], line["ailleurs"]))
        case "panne":
            found.failures.append(line["code"])
        case "duree":
            found.took.setdefault(line["de"], []).append(float(line["ms"]))
        case "fin":
            found.finished = True
