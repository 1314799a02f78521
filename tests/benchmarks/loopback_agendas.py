"""Agendas on the loopback, in a process of their own: each answers the same searchset after a while.

Run by the measurements; by itself: python tests/benchmarks/loopback_agendas.py --latence 0.2
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from osnp_console.app.sources.agendas import Connectors, SlotQuery, SourceTools
from osnp_console.connectors.registry import CONNECTORS
from osnp_console.domain.slots.source import AgendaSource, SourceKind
from tests.benchmarks.generated_searchset import FIRST, searchset

SLOTS, PLANNERS = 24, 3
NOW = FIRST - timedelta(hours=3)
QUERY = SlotQuery(NOW, NOW + timedelta(hours=72))
USED: Connectors = CONNECTORS


async def _serve(latency: float) -> None:
    body = searchset(SLOTS, PLANNERS)
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/fhir+json\r\nContent-Length: {len(body)}\r\n\r\n"
    answer = head.encode() + body

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                await asyncio.sleep(latency)
                writer.write(answer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(one, "127.0.0.1", 0, backlog=256)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


@contextmanager
def agendas(many: int, latency: float) -> Iterator[list[AgendaSource]]:
    """So many declared sources, each with its own address, that answer after `latency` seconds."""
    command = [sys.executable, str(Path(__file__).resolve()), "--latence", str(latency)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        try:
            yield [
                AgendaSource(
                    f"s{number:02}",
                    SourceKind.SAS_FHIR,
                    f"Agenda {number}",
                    f"http://127.0.0.1:{port}/{number}/fhir",
                    practitioners=(f"1000999{number:04}",),
                )
                for number in range(many)
            ]
        finally:
            server.terminate()


def tools() -> SourceTools:
    """What the sources are opened with."""
    return SourceTools(lambda: NOW, lambda name: None)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--latence", type=float, default=0.2)
    asyncio.run(_serve(options.parse_args().latence))


if __name__ == "__main__":
    main()
