"""Searching past calls letter by letter: what does each keystroke cost on the store's thread?

Against a LIKE scan of the same words and against FTS5 with prefixes, in the same encrypted base.
Run: python tests/benchmarks/call_search.py
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from osnp_console.app.places.commune_names import CommuneNames
from osnp_console.app.ports import OpenUnit
from osnp_console.domain.call_record import OUTCOMES
from osnp_console.domain.call_search import CallSearch, read_search
from osnp_console.domain.search_words import SearchKind
from osnp_console.storage.store import Store
from osnp_console.storage.thread import StoreThread
from tests.benchmarks.generated_base import fill
from tests.benchmarks.measuring import each_ms, kept, p95, shown, table, times_over
from tests.benchmarks.opened import INSTANT, communes

SHOWN = 50
FRAME_MS = 16.0
REASONS = {"cystite": "Cystite", "otite": "Otite", "angine": "Angine"}
LINES = {
    "nom fréquent": ("martin", "martin marie", "petit jean", "bernard martin", "jean marie"),
    "nom rare": ("kerolguen", "bremelhault", "trenulven camille", "quesinnec"),
    "nom absent": ("zwolinski", "martinvast", "xavier"),
    "nom et commune": ("martin pipriac", "petit redon", "bernard rennes", "kerolguen nantes"),
    "téléphone": ("06 39 98", "0639980001", "tel:12 34 56"),
    "jour et issue": ("hier", "martin hier", "novembre petit", "issue:doublon marie", "sans issue"),
}


def keystrokes(lines: Sequence[str]) -> list[str]:
    return [line[:length] for line in lines for length in range(1, len(line) + 1)]


class Ours:
    """The search as the window asks for it, on the store's thread."""

    def __init__(self, store: Store) -> None:
        self.thread = StoreThread(lambda: store)

    def find(self, search: CallSearch) -> int:
        def work(open_unit: OpenUnit) -> int:
            with open_unit() as unit:
                return len(unit.calls.search(search, SHOWN))

        return self.thread.submit(work).result()


class Scan:
    """A LIKE for each word of the line over the calls' words, most recent first."""

    def __init__(self, store: Store, codes: Callable[[str], Sequence[str]]) -> None:
        self._store = store
        self._codes = codes

    def find(self, search: CallSearch) -> int:
        conditions, values = _conditions(search, self._codes, "found_by like ?", "% {0}%", "% t:%{0}%")
        if not conditions:
            return 0
        where = " and ".join(conditions)
        return _count(
            self._store, f"select id from call where {where} order by key desc limit {SHOWN}", values
        )


class FullText:
    """FTS5 with one-, two- and three-letter prefixes, as an index of its own in the same base."""

    def __init__(self, store: Store, codes: Callable[[str], Sequence[str]]) -> None:
        self._store = store
        self._codes = codes
        with store.engine.begin() as connection:
            connection.exec_driver_sql(
                "create virtual table plein using fts5(mots, content='', prefix='1 2 3 4', detail='none')"
            )
            connection.exec_driver_sql(
                "insert into plein(rowid, mots) select key, replace(found_by, ':', '') from call"
            )

    def find(self, search: CallSearch) -> int:
        words = []
        for term in search.terms:
            if term.kind is SearchKind.NAME:
                words.append(f"n{term.value}*")
            elif term.kind is SearchKind.PHONE:
                words.append(f"t{term.value}*")  # the beginning of a number only
            elif term.kind is SearchKind.COMMUNE:
                words.append("(" + " OR ".join(f"c{code}" for code in self._codes(str(term.value))) + ")")
        if not words:
            return 0
        query = " AND ".join(words)
        return _count(
            self._store,
            f"select call.id from plein join call on call.key = plein.rowid where plein match ?"
            f" order by plein.rowid desc limit {SHOWN}",
            (query,),
        )


def _conditions(
    search: CallSearch, codes: Callable[[str], Sequence[str]], like: str, name: str, phone: str
) -> tuple[list[str], tuple[str, ...]]:
    conditions, values = [], []
    for term in search.terms:
        if term.kind is SearchKind.NAME:
            conditions.append(like)
            values.append(name.format(f"n:{term.value}"))
        elif term.kind is SearchKind.PHONE:
            conditions.append(like)
            values.append(phone.format(term.value))
        elif term.kind is SearchKind.COMMUNE:
            every = codes(str(term.value))
            conditions.append("(" + " or ".join(like for _ in every) + ")")
            values += [name.format(f"c:{code}") for code in every]
    return conditions, tuple(values)


def _count(store: Store, statement: str, values: tuple[str, ...]) -> int:
    with store.engine.connect() as connection:
        return len(connection.exec_driver_sql(statement, values).all())


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--appels", type=int, default=200_000)
    count = options.parse_args().appels
    names = CommuneNames(communes())
    names.shown("redon")

    def codes(name: str) -> list[str]:
        return sorted(names.codes(name))

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "mesure.base"
        filled: list[Store] = []
        took = each_ms([lambda: filled.append(fill(file, count))])[0]
        store = filled[0]
        store.commune_codes = codes
        size = file.stat().st_size / 1e6
        scan, full = Scan(store, codes), FullText(store, codes)
        ours = Ours(store)
        lines, every = [], []
        for title, typed in LINES.items():
            searches = [
                read_search(text, INSTANT.date(), names.shown, REASONS, OUTCOMES)
                for text in keystrokes(typed)
            ]
            for search in searches[:5]:
                ours.find(search)
            mine = each_ms([partial(ours.find, search) for search in searches])
            like = each_ms([partial(scan.find, search) for search in searches])
            text = each_ms([partial(full.find, search) for search in searches])
            every += mine
            lines.append(
                [
                    title, len(searches), statistics.median(mine), p95(mine), max(mine), p95(like),
                    times_over(p95(like), p95(mine)), p95(text), times_over(p95(text), p95(mine)),
                ]
            )  # fmt: skip
        table(
            f"Recherche parmi {count} appels, {SHOWN} montrés (base : {size:.0f} Mo, {took / 1000:.0f} s)",
            ["ligne", "frappes", "ms", "p95", "max", "LIKE p95", "LIKE / ici", "FTS5 p95", "FTS5 / ici"],
            lines,
        )
        met = p95(every) < FRAME_MS
        print(
            f"\nSous une image (16 ms) au p95 : {shown(p95(every))} ms, {kept(met)} ; "
            f"la pire frappe : {shown(max(every))} ms"
        )
        ours.thread.close()
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
