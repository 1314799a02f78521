"""Three windows on three screens and one real server live some busy minutes, with a cut and a restart.

Run: python tests/load/three_windows.py [--minutes 10] [--captures FOLDER]

Two windows are desks of a SAS, the third the line's to which they hand patients over. Two reach the server
by a link that is cut once; the server is killed and started again once. Then the base is compared with what
the operators did. Ends with 1 when anything was lost, doubled or told wrongly.
"""

from __future__ import annotations

import argparse
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from osnp_console.app.base.address import ServerAddress, base_place
from osnp_console.domain.agenda.plan import Agenda, Offer, SingleOpening
from osnp_console.domain.slots.slot import SNP, Place
from osnp_console.domain.slots.source import AgendaSource, SourceKind
from osnp_console.storage.server_store import Server, create_server_store, open_server_store
from tests.journeys.real_screen import missing, screen
from tests.journeys.town import REDON
from tests.journeys.workstation import NOON
from tests.load.audit import Finding, audit, audit_chains, read_base, states_of
from tests.load.ledger import Ledger, read_ledger
from tests.load.office import DURABLE
from tests.load.proxy import CutLink, link
from tests.load.window_desk import WindowPlan
from tests.storage.server import RealServer, programs
from tests.storage.server_tls import encrypted

WINDOWS, PLACES = 3, 1
SLOT_MINUTES = 20
CUT_SECONDS = 25.0
CUT_AT, KILLED_AT = 0.3, 0.6
PATIENCE_S = 240.0
NOT_OF_WINDOWS = frozenset(
    {
        # What a window journals without its calls, the ledger does not hear.
        "ligne de journal inconnue",
        # Withdrawn while the link was cut: it ends by itself after three minutes.
        "créneau encore proposé",
    }
)
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Site:
    """The server, its one base and the link that two of the desks have to it; `root` is its certificate."""

    server: RealServer
    relay: CutLink
    folder: Path
    base: str
    key: bytes
    root: Path

    def address(self, *, by_link: bool) -> str:
        """The base, straight or by the link."""
        port = self.relay.port if by_link else self.server.port
        tls = f"sslmode=verify-full&sslrootcert={self.root}"
        return f"postgresql://postgres@127.0.0.1:{port}/{self.base}?{tls}"

    def reached(self, heads: Path) -> Server:
        """The base with a desk's heads, straight."""
        place = base_place(self.address(by_link=False))
        assert isinstance(place, ServerAddress)
        return Server(place, None, self.key, heads, joins=True)

    def furnish(self, slots: int) -> None:
        """A shared agenda with fewer places than calls, declared as a source."""
        offer = Offer(minutes=SLOT_MINUTES, places=PLACES)
        start = NOON + timedelta(hours=1)
        opening = SingleOpening("garde", start, start + timedelta(minutes=SLOT_MINUTES * slots), offer)
        place = Place(name="Centre de soins des Essais", postcode="35600", city="Redon", phone="0299000000")
        options = {"agenda": "centre"}
        source = AgendaSource(
            "carnet", SourceKind.LOCAL_AGENDA, "Carnet du centre", dispositifs=(REDON,), options=options
        )
        store = create_server_store(self.reached(self.folder / "reperes"))
        try:
            with store.unit() as unit:
                unit.agendas.put(Agenda("centre", "Carnet du centre", place, (REDON,), frozenset({SNP})))
                unit.agendas.put_single("centre", opening)
                unit.sources.put(source)
                unit.commit()
        finally:
            store.close()


def live(site: Site, minutes: float) -> list[Finding]:
    """Let the three windows work, cut and kill in the middle; everything that is wrong afterwards."""
    ahead = (NOON - datetime.now(UTC)).total_seconds()
    plans = [
        WindowPlan(
            number,
            site.address(by_link=number > 1),
            site.key.hex(),
            str(site.folder),
            60 * minutes,
            ahead,
            is_line=number == WINDOWS,
        )
        for number in range(1, WINDOWS + 1)
    ]
    with ExitStack() as ends:
        for plan in plans:
            # Each desk was given the site's key once: its own heads begin there.
            open_server_store(site.reached(plan.own_folder)).close()
        desks = [_start(plan, ends) for plan in plans]
        for desk in desks:
            _wait_for(desk, "prêt")
        begun = time.monotonic()
        for desk in desks:
            assert desk.stdin is not None
            desk.stdin.write("\n")
            desk.stdin.flush()
        _sleep_until(begun + CUT_AT * 60 * minutes)
        site.relay.go_silent()
        time.sleep(min(CUT_SECONDS, 12 * minutes))
        site.relay.mend()
        _sleep_until(begun + KILLED_AT * 60 * minutes)
        site.server.kill()
        site.server.start()
        for desk in desks:
            desk.wait(60 * minutes + PATIENCE_S)
    ledgers = [read_ledger(plan.ledger, plan.desk.code) for plan in plans]
    _tell(ledgers)
    return _wrong(site, plans, ledgers)


def _start(plan: WindowPlan, ends: ExitStack) -> subprocess.Popen[str]:
    file = Path(plan.folder) / f"poste-{plan.number}.json"
    file.write_bytes(msgspec.json.encode(plan))
    display = ends.enter_context(screen())
    desk = subprocess.Popen(
        [sys.executable, "-m", "tests.load.window_desk", str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
    )
    ends.callback(desk.kill)
    return desk


def _wait_for(desk: subprocess.Popen[str], word: str) -> None:
    assert desk.stdout is not None
    for line in desk.stdout:
        if line.strip() == word:
            return
    raise AssertionError("a window ended before it was ready")


def _sleep_until(instant: float) -> None:
    time.sleep(max(instant - time.monotonic(), 0.0))


def _wrong(site: Site, plans: list[WindowPlan], ledgers: list[Ledger]) -> list[Finding]:
    """What the audit of the office finds; the steps of transfers are printed."""
    base = read_base(site.server, site.base)
    moves = Counter(state for row in base.transfers.values() for state in states_of(row))
    told = ", ".join(f"{state} {count}" for state, count in moves.items()) or "aucun"
    sys.stdout.write(f"transferts : {told}\n")
    found = [one for one in audit(base, ledgers, PLACES, ()) if one.what not in NOT_OF_WINDOWS]
    servers = (replace(site.reached(plan.own_folder), joins=False) for plan in plans)
    return found + audit_chains(servers)


def _tell(ledgers: list[Ledger]) -> None:
    for one in ledgers:
        booked = list(one.answers.values()).count("reserve")
        hindered = ", ".join(one.failures) or "rien"
        sys.stdout.write(
            f"{one.desk} : {len(one.numbers)} appels pris, {len(one.outcomes)} terminés ici,"
            f" {booked} rendez-vous, {len(one.entries)} lignes de journal ; gênée par : {hindered}\n"
        )


def main() -> int:
    """The whole of it; the exit status."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=10.0)
    asked.add_argument("--captures", type=Path)
    arguments = asked.parse_args()
    lacking = missing() + ([] if programs() is not None else ["PostgreSQL"])
    if lacking:
        sys.stderr.write(f"Programmes absents : {', '.join(lacking)}.\n")
        return 1
    with ExitStack() as ends:
        folder = arguments.captures
        if folder is None:
            folder = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="osnp-fenetres-")))
        folder.mkdir(parents=True, exist_ok=True)
        server, root = ends.enter_context(encrypted(DURABLE, on_disk=True))
        relay = ends.enter_context(link(server.port))
        site = Site(server, relay, folder, server.new_base(), secrets.token_bytes(32), root)
        site.furnish(slots=max(5, round(2 * arguments.minutes)))
        found = live(site, arguments.minutes)
    for one in found:
        sys.stdout.write(f"TROUVÉ : {one.what} : {one.said}\n")
    if not found:
        sys.stdout.write("aucune double réservation, aucune ligne de journal perdue, aucune lettre perdue\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
