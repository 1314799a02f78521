"""Starts a simulator as the command line asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from osnp_console.app.errors import Refusal
from osnp_console.connectors.simulator.certificates import make_authority
from osnp_console.connectors.simulator.demonstration import demonstration_world
from osnp_console.connectors.simulator.faults import read_fault
from osnp_console.connectors.simulator.presentation import present
from osnp_console.connectors.simulator.server import Simulator
from osnp_console.connectors.simulator.territory import TERRITORIES, invented_world
from osnp_console.connectors.simulator.world import World

DEMONSTRATION = "demonstration"


@contextmanager
def served(
    *,
    address: str,
    port: int,
    tls: Path | None,
    seed: int,
    at: datetime,
    faults: Sequence[str],
    territories: Sequence[str],
    now: Callable[[], datetime],
) -> Iterator[dict[str, object]]:
    """Serve until the context is left; gives what to tell of the simulator (`present`).

    The simulator's clock starts at `at` and goes on with `now`; certificates hold at the computer's time.
    Raises Refusal: an unknown fault or territory, an address that cannot be had.
    """
    read = [read_fault(text) for text in faults]
    world = _world(at, seed, territories)
    began = now()
    certificates = make_authority(tls.resolve(), began) if tls is not None else None
    simulator = Simulator(
        world,
        lambda: at + (now() - began),
        tls=certificates,
        host=address,
        port=port,
        faults=read,
    )
    try:
        simulator.__enter__()
    except OSError as error:
        raise Refusal(
            "reseau", f"L’adresse {address} n’est pas de ce poste, ou le port {port} est pris."
        ) from error
    try:
        yield present(simulator)
    finally:
        simulator.__exit__(None, None, None)


def _world(at: datetime, seed: int, territories: Sequence[str]) -> World:
    if tuple(territories) == (DEMONSTRATION,):
        return demonstration_world(at)
    for name in territories:
        if name not in TERRITORIES:
            known = ", ".join((*TERRITORIES, DEMONSTRATION))
            raise Refusal(
                "valeur_invalide",
                f"Territoire inconnu, ou qui va seul : {name} (au choix : {known}).",
                "territoire",
            )
    return invented_world(at, seed, territories or TERRITORIES)
