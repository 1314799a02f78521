"""Fifty desks, an hour's calls, a server and desks killed and links cut in the middle.

Run: python tests/load/many_desks.py [--desks 50] [--compress 4] [--calls 11] [--network auto]

Eight desks of ten take calls, each of them its own person, and hand some over to the two that are a line's.
What it prints are this machine's figures, beside a bare round trip to the server in the same run: read the
ratios, not the digits. Desks, server and link all share its processors: an hour pressed into a few minutes
shows what is lost, one at its own pace (`--compress 1 --calls 2`) how long things take. Ends with 1 when
anything was lost, doubled or told wrongly.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from osnp_console.ui.calls import RETRY_MS
from tests.load.network import lacks
from tests.load.office import Office, OfficePlan, Seen, cut, kill_desks, kill_server, office
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
)
ON_OTHER_SCREENS = (
    ("changement d’un appel à l’écran d’un autre poste", Seen.on_other_screens),
    ("étape d’un transfert à l’écran de l’autre côté", Seen.transfers_on_other_screens),
    ("créneau proposé, à l’écran des autres postes", Seen.proposals_on_other_screens),
)
"""Aim: p95 250 ms."""


def main() -> int:
    asked = _arguments()
    if programs() is None:
        sys.stderr.write("PostgreSQL n’est pas sur cette machine : rien n’est mesuré.\n")
        return 1
    reason = lacks() if asked.network != "non" else "non demandé"
    if reason and asked.network == "oui":
        sys.stderr.write(f"Pas de réseau séparé pour les postes : {reason}.\n")
        return 1
    lines = max(1, asked.desks // 5)
    plan = OfficePlan(
        desks=asked.desks,
        calls=asked.calls,
        letter=1.0 / LETTERS_A_SECOND / asked.compress,
        rest=REST / asked.compress,
        retry=RETRY_MS / 1000,
        slots=max(2, asked.desks * 2 * asked.calls // CALLS_AN_HOUR),
        lines=lines,
        transfers=max(1, asked.calls // 5),
    )
    way = "réseau séparé, paquets jetés" if not reason else f"relais TCP ({reason})"
    sys.stdout.write(f"liaison de cinq postes sur dix : {way}\n")
    busy = _processor_time()
    disturbed = () if asked.quiet else _disturbed(plan)
    with (
        tempfile.TemporaryDirectory(prefix="osnp-salle-", dir=_desks_disks()) as folder,
        office(Path(folder), plan, with_network=not reason) as where,
    ):
        seen = where.work(disturbed, within=asked.within)
    _tell(plan, seen, asked.compress, busy)
    return 1 if seen.findings else 0


def _desks_disks() -> Path | None:
    """Where the desks' own disks are: in memory, where there is room.

    Fifty workstations have fifty disks; here each would wait for the one of the server and of all others. A
    desk that is killed finds what it wrote all the same.
    """
    memory = Path("/dev/shm")
    return memory if os.access(memory, os.W_OK) else None


def _disturbed(plan: OfficePlan) -> tuple[tuple[float, Callable[[Office], None]], ...]:
    """What happens, and after which part of all calls."""
    some = range(3, plan.desks + 1, 10)  # behind the link
    others = range(6, plan.desks + 1, 10)
    return (
        (0.2, cut(DEAFNESS, kind="deaf")),
        (0.3, kill_desks(*others, plan.desks)),
        (0.4, kill_server),
        (0.5, cut(SILENCE, kind="silent", killing=some)),
        (0.7, cut(REFUSAL)),
        (0.8, kill_desks(*others)),
        (0.85, kill_server),
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--desks", type=int, default=50)
    parser.add_argument("--compress", type=float, default=4.0, help="an hour in 60 minutes / COMPRESS")
    parser.add_argument("--calls", type=int, default=CALLS_AN_HOUR, help="of each desk; an hour has 11")
    parser.add_argument("--network", choices=("auto", "oui", "non"), default="auto", help="as root only")
    parser.add_argument("--quiet", action="store_true", help="nothing is killed or cut")
    parser.add_argument("--within", type=float, default=3600.0, help="seconds before it is given up")
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
        f"{_handed_over(seen)}{_deaths(seen)}"
        f"une heure en {seen.seconds:.0f} s (compression visée {compress:g}) ;"
        f" processeurs occupés à {_busy_since(busy):.0%}\n"
        f"pannes ressenties : {', '.join(f'{code} {count}' for code, count in failed.items()) or 'aucune'}\n"
    )
    trip = percentile(seen.server_trips, 50)
    say(f"\naller-retour nu (SELECT 1) : p50 {trip:.2f} ms, p95 {percentile(seen.server_trips, 95):.2f} ms\n")
    say(f"{'':68}{'n':>7}{'p50':>9}{'p95':>9}{'p99':>9}   ms ; p50 en allers-retours\n")
    measured = [(words, seen.took(name)) for name, words in MEASURED]
    measured += [(f"{words}, hors pannes", measure(seen)) for words, measure in ON_OTHER_SCREENS]
    for words, took in measured:
        if took:
            p50, p95, p99 = (percentile(took, part) for part in (50, 95, 99))
            say(f"{words:68}{len(took):7}{p50:9.1f}{p95:9.1f}{p99:9.1f}   {p50 / trip:.0f}\n")
    say("à l’écran des autres : but p95 250 ms\n\n")
    for what, count in Counter(one.what for one in seen.findings).items():
        say(f"TROUVÉ : {what} : {count}\n")
    for one in seen.findings[:40]:
        say(f"  {one.what} : {one.said}\n")
    if not seen.findings:
        say(
            "aucune double réservation, aucune ligne de journal perdue, doublée ou sans nom, aucune lettre"
            " perdue, aucun transfert perdu ni pris deux fois\n"
        )


def _handed_over(seen: Seen) -> str:
    made = Counter(state for one in seen.ledgers for _, state in one.made)
    if not made:
        return ""
    late = sum(len(one.asked) - len(one.made) for one in seen.ledgers)
    return (
        f"{made['prepare']} transferts : {made['inscrit']} inscrits, {made['refuse']} refusés,"
        f" {late} gestes arrivés trop tard et dits tels\n"
    )


def _deaths(seen: Seen) -> str:
    """How many desks were killed, and which letters had not reached the disk at that moment."""
    deaths = seen.count(lambda one: len(one.deaths))
    fields = [found for one in seen.ledgers for found in one.recovered]
    missing = sum(len(one.could) - 1 - _last(one.could, one.text) for one in fields if one.text in one.could)
    return (
        f"{deaths} postes tués, {len(fields)} champs retrouvés ;"
        f" {missing} lettres de la dernière seconde pas encore sur le disque\n"
        if deaths
        else ""
    )


def _last(texts: Sequence[str], text: str) -> int:
    return len(texts) - 1 - list(reversed(texts)).index(text)


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
