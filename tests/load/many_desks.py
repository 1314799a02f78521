"""Fifty desks, an hour's calls, a server killed and links cut in the middle.

Run: python tests/load/many_desks.py

What it prints are this machine's figures, beside a bare round trip to the server in the same run: read the
ratios, not the digits. Desks, server and link all share its processors. Ends with 1 when anything was lost,
doubled or told wrongly.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from osnp_console.ui.calls import RETRY_MS
from tests.load.office import OfficePlan, Seen, cut, kill_server, office
from tests.storage.server import programs

LETTERS_A_SECOND = 4.0
CALLS_AN_HOUR = 11
REST = 290.0
"""Seconds without typing between two calls, on average: with the letters of its calls an hour is full."""
SILENCE, DEAFNESS, REFUSAL = 20.0, 4.0, 8.0
"""Seconds that the link is cut: without a word, without answers, refused. Not compressed."""
MEASURED = (
    ("enregistrement", "enregistrement (ce qui est saisi, une transaction)"),
    ("de la frappe à la base", "de la première lettre qui attend à la base"),
    ("recherche", "recherche dans le carnet partagé"),
    ("réservation", "réservation (revérifiée, écrite, prise, notée)"),
    ("", "changement à l’écran d’un autre poste (but : p95 250 ms)"),
)


def main() -> int:
    asked = _arguments()
    if programs() is None:
        sys.stderr.write("PostgreSQL n’est pas sur cette machine : rien n’est mesuré.\n")
        return 1
    plan = OfficePlan(
        desks=asked.desks,
        calls=CALLS_AN_HOUR,
        letter=1.0 / LETTERS_A_SECOND / asked.compress,
        rest=REST / asked.compress,
        retry=RETRY_MS / 1000,
        slots=asked.desks * 2,
    )
    busy = _processor_time()
    with tempfile.TemporaryDirectory(prefix="osnp-salle-") as folder, office(Path(folder), plan) as where:
        seen = where.work(DISTURBED, within=3600.0)
    _tell(plan, seen, asked.compress, busy)
    return 1 if seen.findings else 0


DISTURBED = (
    (0.2, cut(DEAFNESS, kind="deaf")),
    (0.35, kill_server),
    (0.5, cut(SILENCE, kind="silent")),
    (0.7, cut(REFUSAL)),
    (0.85, kill_server),
)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--desks", type=int, default=50)
    parser.add_argument("--compress", type=float, default=8.0, help="an hour in 60 minutes / COMPRESS")
    return parser.parse_args()


def _tell(plan: OfficePlan, seen: Seen, compress: float, busy: tuple[float, float]) -> None:
    say = sys.stdout.write
    calls = seen.count(lambda one: len(one.outcomes))
    letters = seen.count(lambda one: one.letters)
    lines = seen.count(lambda one: len(one.entries))
    booked = seen.count(lambda one: list(one.answers.values()).count("reserve"))
    taken = seen.count(lambda one: list(one.answers.values()).count("pris_entre_temps"))
    failed = Counter(code for one in seen.ledgers for code in one.failures)
    say(
        f"{plan.desks} postes, {calls} appels terminés, {letters} lettres, {lines} lignes de journal,"
        f" {booked} rendez-vous sur {plan.slots * plan.places} places, {taken} pris entre-temps\n"
        f"une heure en {seen.seconds:.0f} s (compression visée {compress:g}) ;"
        f" processeurs occupés à {_busy_since(busy):.0%}\n"
        f"pannes ressenties : {', '.join(f'{code} {count}' for code, count in failed.items()) or 'aucune'}\n"
    )
    trip = percentile(seen.server_trips, 50)
    say(f"\naller-retour nu (SELECT 1) : p50 {trip:.2f} ms, p95 {percentile(seen.server_trips, 95):.2f} ms\n")
    say(f"{'':58}{'n':>7}{'p50':>9}{'p95':>9}{'p99':>9}   ms ; p50 en allers-retours\n")
    for name, words in MEASURED:
        took = seen.took(name) if name else seen.on_other_screens()
        if took:
            p50, p95, p99 = (percentile(took, part) for part in (50, 95, 99))
            say(f"{words:58}{len(took):7}{p50:9.1f}{p95:9.1f}{p99:9.1f}   {p50 / trip:.0f}\n")
    say("\n")
    for what, count in Counter(one.what for one in seen.findings).items():
        say(f"TROUVÉ : {what} : {count}\n")
    for one in seen.findings[:40]:
        say(f"  {one.what} : {one.said}\n")
    if not seen.findings:
        say("aucune double réservation, aucune ligne de journal perdue ni doublée, aucune lettre perdue\n")


def percentile(values: Sequence[float], part: float) -> float:
    """The value below which so many percent lie; 0 without any."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * part / 100), len(ordered) - 1)]


def _processor_time() -> tuple[float, float]:
    """Busy and total seconds of all processors since the machine started."""
    fields = [int(one) for one in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    tick = os.sysconf("SC_CLK_TCK")
    return (sum(fields) - fields[3] - fields[4]) / tick, sum(fields) / tick


def _busy_since(before: tuple[float, float]) -> float:
    busy, total = _processor_time()
    return (busy - before[0]) / max(total - before[1], 1e-9)


if __name__ == "__main__":
    sys.exit(main())
