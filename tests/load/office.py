"""A whole office: a real server, desks as processes, a link for some of them, somebody who breaks things."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from osnp_console.app.base.address import ServerAddress, base_place
from osnp_console.app.ports import Unit
from osnp_console.domain.account import Account, AccountState
from osnp_console.domain.agenda.plan import Agenda, Offer, SingleOpening
from osnp_console.domain.slots.slot import Practitioner
from osnp_console.storage.server_store import Server, create_server_store
from tests.load.audit import Finding, audit, audit_chains, read_base
from tests.load.desk_process import write_plans
from tests.load.ledger import Ledger, read_ledger
from tests.load.network import Cable, cable
from tests.load.proxy import CutLink, link
from tests.load.workplace import PASSWORD, PASSWORDS, DeskPlan
from tests.storage.server import RealServer
from tests.storage.server_tls import encrypted

DURABLE = "-c fsync=on -c full_page_writes=on -c synchronous_commit=on -c max_connections=300"
"""What a site's server has: a commit that was confirmed outlives a `kill -9`; room for lost connections."""
RECOVERS = 15.0
"""Seconds after a disturbance until whoever felt it has surely noticed, tried again and read everything."""
AGENDA = "carnet-garde"
SLOT_MINUTES = 20
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class OfficePlan:
    """How big, how hurried, how scarce. Durations are in seconds (`DeskPlan`).

    `slots` take `places` patients each. Of every ten desks `behind_link` go through the link that is cut.
    Each second desk opens `shared` calls of its neighbour's. The last `lines` desks are the line's, to which
    each other one hands over `transfers` of its calls.
    """

    desks: int
    calls: int
    letter: float
    rest: float
    retry: float
    slots: int
    places: int = 2
    behind_link: int = 5
    shared: int = 1
    seed: int = 1
    patience: float = 120.0
    lines: int = 0
    transfers: int = 0

    @property
    def senders(self) -> int:
        """How many desks take calls of their own."""
        return self.desks - self.lines

    def is_behind_link(self, number: int) -> bool:
        """Whether a desk (from 1) reaches the server by the link."""
        return number % 10 < self.behind_link


@dataclass(slots=True)
class Seen:
    """What became of the office. `server_trips` are bare `SELECT 1` in milliseconds.

    `disturbed` are the spans of the monotonic clock in which something was cut or killed, or recovering: what
    overlaps one is left out of how long things take to be on other screens.
    """

    findings: list[Finding]
    ledgers: list[Ledger]
    seconds: float
    server_trips: list[float] = field(default_factory=list)
    disturbed: list[tuple[float, float]] = field(default_factory=list)

    def took(self, what: str) -> list[float]:
        """All desks' durations of that name, in milliseconds."""
        return [ms for ledger in self.ledgers for ms in ledger.took.get(what, [])]

    def on_other_screens(self) -> list[float]:
        """From a letter typed at a desk to the same text in the call at another one, in milliseconds.

        A text that was there twice, for a letter taken back, is left out: which of the two came is not known.
        """
        typed = {
            (one.desk, what): at
            for one in self.ledgers
            for what, at in one.typed_at.items()
            if what not in one.typed_again
        }
        found: list[tuple[float, float]] = []
        for ledger in self.ledgers:
            others = [one.desk for one in self.ledgers if one is not ledger]
            for what, at in ledger.seen_at:
                typed_at = [typed[desk, what] for desk in others if (desk, what) in typed]
                found += [(one, at) for one in typed_at if one <= at]
        return self._undisturbed(found)

    def transfers_on_other_screens(self) -> list[float]:
        """From a step of a transfer, as asked for, to the same on the other side's screen; milliseconds."""
        asked = {what: at for one in self.ledgers for what, at in one.asked.items() if what in one.made}
        saw = [(what, at) for one in self.ledgers for what, at in one.saw.items() if what not in one.asked]
        return self._undisturbed(
            [(asked[what], at) for what, at in saw if what in asked and at >= asked[what]]
        )

    def proposals_on_other_screens(self) -> list[float]:
        """From a slot proposed at a desk to the same at each other one, in milliseconds."""
        found: list[tuple[float, float]] = []
        for one in self.ledgers:
            mine = [
                (slot, at)
                for other in self.ledgers
                for desk, slot, at in other.saw_proposed
                if desk == one.desk
            ]
            for slot, seen_at in mine:
                proposed = [at for what, at in one.proposed if what == slot and at <= seen_at]
                found += [(max(proposed), seen_at)] if proposed else []
        return self._undisturbed(found)

    def _undisturbed(self, spans: list[tuple[float, float]]) -> list[float]:
        """How long those lasted that overlap no disturbance, in milliseconds."""
        return [
            1000 * (end - begin)
            for begin, end in spans
            if not any(begin <= over and since <= end for since, over in self.disturbed)
        ]

    def count(self, counted: Callable[[Ledger], int]) -> int:
        """The sum over all desks."""
        return sum(counted(ledger) for ledger in self.ledgers)


class Office:
    """The server, the link and the desks of one run."""

    def __init__(
        self,
        server: RealServer,
        relay: CutLink | Cable,
        folder: Path,
        plan: OfficePlan,
        root: Path,
    ) -> None:
        """`root` is the certificate of the server for its address at the end of the link."""
        self.server = server
        self.link = relay
        self.plan = plan
        self._root = root
        # The certificate is for that end of the link, which the other desks reach without it.
        self._host = relay.server if isinstance(relay, Cable) else "127.0.0.1"
        self._alive: dict[int, int] = {}
        self._disturbed: list[tuple[float, float]] = []
        self.base = server.new_base(name=f"salle_{secrets.token_hex(4)}")
        self._folder = folder
        self._key = secrets.token_bytes(32)
        self._make_base()
        self.plans = [self._desk(number) for number in range(1, plan.desks + 1)]

    def _make_base(self) -> None:
        store = create_server_store(self._server(self.server.port, "salle"))
        # Late enough that no slot begins while the desks work.
        start = (datetime.now(UTC) + timedelta(hours=2)).replace(minute=0, second=0, microsecond=0)
        end = start + timedelta(minutes=SLOT_MINUTES * self.plan.slots)
        offer = Offer(minutes=SLOT_MINUTES, places=self.plan.places, practitioner=Practitioner("Dr Exemple"))
        try:
            with store.unit() as unit:
                unit.agendas.put(Agenda(AGENDA, "Garde"))
                unit.agendas.put_single(AGENDA, SingleOpening("ouverture", start, end, offer))
                for number in range(1, self.plan.desks + 1):
                    self._add_account(unit, number)
                unit.commit()
        finally:
            store.close()

    def _add_account(self, unit: Unit, number: int) -> None:
        """One person's account, who has chosen their password already."""
        plan = self._desk(number)
        account = Account(
            f"personne-{number}",
            plan.identifier,
            plan.person,
            frozenset({plan.role}),
            AccountState.ACTIVE,
            datetime.now(UTC),
        )
        unit.accounts.save(account, PASSWORDS.hashed(PASSWORD))

    def _address(self, host: str, port: int, base: str | None = None) -> str:
        """Encrypted and verified, as towards a site's server."""
        tls = f"sslmode=verify-full&sslrootcert={self._root}"
        return f"postgresql://postgres@{host}:{port}/{base or self.base}?{tls}"

    def _address_of(self, number: int) -> tuple[str, str]:
        """How a desk reaches the base, and the network it is in."""
        host, port, network = self._host, self.server.port, ""
        if self.plan.is_behind_link(number):
            if isinstance(self.link, CutLink):
                port = self.link.port
            else:
                host, network = self.link.server, self.link.network
        return self._address(host, port), network

    def _server(self, port: int, heads: str, base: str | None = None) -> Server:
        place = base_place(self._address(self._host, port, base))
        assert isinstance(place, ServerAddress)
        return Server(place, None, self._key, self._folder / f"reperes-{heads}", joins=True)

    def _desk(self, number: int) -> DeskPlan:
        plan = self.plan
        address, network = self._address_of(number)
        is_line = number > plan.senders
        ours, neighbours = self._shared(number), self._shared(number - 1)
        return DeskPlan(
            number,
            plan.seed * 1000 + number,
            address,
            self._key.hex(),
            str(self._folder),
            plan.calls,
            plan.letter,
            plan.rest,
            plan.retry,
            plan.patience,
            AGENDA,
            first_of=ours if number % 2 and number < plan.senders else (),
            second_of=neighbours if number % 2 == 0 and not is_line else (),
            is_line=is_line,
            transfers=0 if is_line else plan.transfers,
            network=network,
        )

    def _shared(self, first: int) -> tuple[str, ...]:
        return tuple(f"a-deux-{first}-{turn}" for turn in range(self.plan.shared))

    # --- the run ----------------------------------------------------------------------------------------

    def work(self, disturb: Sequence[tuple[float, Callable[[Office], None]]], within: float) -> Seen:
        """Let every desk work to its end, disturbing at those parts of all calls; then audit.

        Raises TimeoutError when the desks have not ended after so many seconds.
        """
        begun = time.monotonic()
        with self._probed() as trips, self._started() as desks:
            self._follow(desks, list(disturb), begun + within)
        self.link.mend()
        return Seen(self.look(), self.ledgers(), time.monotonic() - begun, trips, self._disturbed)

    def ledgers(self) -> list[Ledger]:
        """What the desks wrote down."""
        return [read_ledger(plan.ledger, plan.desk.code) for plan in self.plans]

    def look(self, base: str | None = None) -> list[Finding]:
        """Everything that is wrong with the base now, or with a copy of it."""
        looked_at = base or self.base
        shared = [call for plan in self.plans for call in plan.first_of]
        found = audit(read_base(self.server, looked_at), self.ledgers(), self.plan.places, shared)
        # Straight to the server: the link may still be cut. Each with the heads of its own desk.
        servers = [self._server(self.server.port, str(plan.number), looked_at) for plan in self.plans]
        return found + audit_chains(replace(one, joins=False) for one in servers)

    @contextmanager
    def _started(self) -> Iterator[subprocess.Popen[bytes]]:
        plans = self._folder / "postes.json"
        write_plans(plans, self.plans)
        desks = subprocess.Popen(
            [sys.executable, "-m", "tests.load.desk_process", str(plans)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            start_new_session=True,
        )
        try:
            yield desks
        finally:
            if desks.poll() is None:
                os.killpg(desks.pid, signal.SIGKILL)
            desks.wait()
            for pipe in (desks.stdin, desks.stdout):
                if pipe is not None:
                    pipe.close()

    def _follow(
        self,
        desks: subprocess.Popen[bytes],
        disturb: list[tuple[float, Callable[[Office], None]]],
        until: float,
    ) -> None:
        assert desks.stdin is not None
        assert desks.stdout is not None
        killer = threading.Timer(max(until - time.monotonic(), 0.0), os.killpg, (desks.pid, signal.SIGKILL))
        killer.start()
        ready = ended = 0
        disturbing: list[threading.Thread] = []
        try:
            for line in desks.stdout:
                what, number, *pid = line.decode().split()
                if what == "prêt":
                    self._alive[int(number)] = int(pid[0])
                elif what == "fin":
                    self._alive.pop(int(number), None)
                ready += what == "prêt"
                ended += what == "appel"
                if what == "prêt" and ready == len(self.plans):
                    # All at once, as a shift begins.
                    desks.stdin.close()
                while disturb and ended >= disturb[0][0] * self.plan.senders * self.plan.calls:
                    _, act = disturb.pop(0)
                    disturbing.append(threading.Thread(target=self._disturb, args=(act,)))
                    disturbing[-1].start()
        finally:
            killer.cancel()
            killer.join()
            for thread in disturbing:
                thread.join()
        if time.monotonic() >= until:
            raise TimeoutError("the desks did not end in time")

    def _disturb(self, act: Callable[[Office], None]) -> None:
        begun = time.monotonic()
        act(self)
        self._disturbed.append((begun, time.monotonic() + RECOVERS))

    @contextmanager
    def _probed(self) -> Iterator[list[float]]:
        """What a bare round trip to the server takes meanwhile, in milliseconds; none while it is away."""
        trips: list[float] = []
        over = threading.Event()

        def probe() -> None:
            import psycopg

            while not over.wait(0.2):
                try:
                    with self.server.connection(self.base) as connection:
                        while not over.wait(0.1):
                            begun = time.monotonic()
                            connection.execute("SELECT 1").fetchone()
                            trips.append(1000 * (time.monotonic() - begun))
                except psycopg.OperationalError:
                    continue

        thread = threading.Thread(target=probe, name="mesure", daemon=True)
        thread.start()
        try:
            yield trips
        finally:
            over.set()
            thread.join()

    def kill_desks(self, numbers: Sequence[int]) -> None:
        """`kill -9` on these desks, those that have not ended yet; each is started again at once."""
        for number in numbers:
            pid = self._alive.get(number)
            if pid is not None:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)


@contextmanager
def office(folder: Path, plan: OfficePlan, *, with_network: bool = False) -> Iterator[Office]:
    """An office with a server of its own; the test is skipped where the server's programs are missing.

    `with_network` puts the desks behind the link in a network of their own (`network`, as root).
    """
    if not with_network:
        with encrypted(DURABLE, on_disk=True) as (server, root), link(server.port) as relay:
            yield Office(server, relay, folder, plan, root)
        return
    with cable() as made:
        options = f"{DURABLE} -c listen_addresses=127.0.0.1,{made.server}"
        hba = (
            f"local all all trust\nhost all all 127.0.0.1/32 trust\nhostssl all all {made.server}/30 trust\n"
        )
        with encrypted(options, hba, address=made.server, on_disk=True) as (server, root):
            yield Office(server, made, folder, plan, root)


def kill_server(where: Office) -> None:
    """`kill -9` on the server and all its processes, then start it again at once."""
    where.server.kill()
    where.server.start()


def kill_desks(*numbers: int) -> Callable[[Office], None]:
    """`kill -9` on these desks."""
    return lambda where: where.kill_desks(numbers)


def cut(away: float, *, kind: str = "reset", killing: Sequence[int] = ()) -> Callable[[Office], None]:
    """Cut the link of those behind it for so many seconds; a `deaf` one is reset before it is mended.

    After two thirds of it the desks `killing` are killed: what they typed since is on their own disk alone.
    """

    def act(where: Office) -> None:
        acts = {"reset": where.link.refuse, "silent": where.link.go_silent, "deaf": where.link.go_deaf}
        acts[kind]()
        threading.Event().wait(away * 2 / 3)
        where.kill_desks(killing)
        threading.Event().wait(away / 3)
        if kind == "deaf":
            where.link.refuse()
        where.link.mend()

    return act
