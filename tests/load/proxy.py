"""A TCP relay on the loopback whose link can be cut in every way that a real one is cut."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")
_CHUNK = 65_536
_RESET = struct.pack("ii", 1, 0)
"""SO_LINGER of no seconds: closing sends RST, as a machine that was switched off and on again does."""


class Way(Enum):
    """What becomes of bytes on their way."""

    OPEN = "ouverte"
    REFUSED = "refusee"
    SILENT = "muette"
    DEAF = "sourde"


@dataclass(eq=False, slots=True)
class _Pair:
    """One connection through the relay, and whether it has lost bytes: it then never speaks again."""

    desk: asyncio.StreamWriter
    server: asyncio.StreamWriter
    lost_up: bool = False
    lost_down: bool = False


class CutLink:
    """A relay to one port of the loopback, on a thread of its own; `link` is the usual way to have one.

    A connection that lost bytes stays lost, since TCP never delivers what follows a hole: those who wait
    on it notice by their own deadline. New connections go as the link is at that moment.
    """

    def __init__(self, target: int) -> None:
        self.dropped = 0
        """Bytes that never arrived."""
        self.opened = 0
        """Connections that were let through to the server."""
        self._target = target
        self._way = Way.OPEN
        self._seconds = 0.0
        self._pairs: set[_Pair] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._listening: asyncio.Server | None = None
        self._thread = Thread(target=self._loop.run_forever, name="liaison", daemon=True)
        self._thread.start()
        self.port = 0
        self.port = self._do(self._listen())

    # --- what the test does -----------------------------------------------------------------------------

    def mend(self) -> None:
        """Let everything through again; connections that lost bytes stay lost."""
        self._do(self._go(Way.OPEN))
        self._seconds = 0.0

    def refuse(self) -> None:
        """Reset every connection and refuse new ones: the server's machine is there, nobody listens."""
        self._do(self._go(Way.REFUSED))

    def reset(self) -> None:
        """Reset every connection; new ones go as before."""
        self._do(self._reset())

    def go_silent(self) -> None:
        """Drop what both sides send, and keep every connection: a pulled cable, a full firewall."""
        self._do(self._go(Way.SILENT))

    def go_deaf(self) -> None:
        """Drop what the server answers; what the desk sends still arrives."""
        self._do(self._go(Way.DEAF))

    def delay(self, seconds: float) -> None:
        """Hold every chunk so long before it goes on, in each direction."""
        self._seconds = seconds

    def close(self) -> None:
        """End it with all its connections."""
        self._do(self._go(Way.REFUSED))
        self._do(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    # --- on the relay's own thread ----------------------------------------------------------------------

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _listen(self) -> int:
        self._listening = await asyncio.start_server(self._accept, "127.0.0.1", self.port)
        port: int = self._listening.sockets[0].getsockname()[1]
        return port

    async def _go(self, way: Way) -> None:
        self._way = way
        if way is Way.REFUSED and self._listening is not None:
            self._listening.close()
            self._listening = None
            await self._reset()
        elif way is not Way.REFUSED and self._listening is None:
            await self._listen()

    async def _reset(self) -> None:
        for pair in list(self._pairs):
            for side in (pair.desk, pair.server):
                found = side.get_extra_info("socket")
                with contextlib.suppress(OSError):
                    found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                side.transport.abort()
        self._pairs.clear()

    async def _end(self) -> None:
        tasks = [task for task in self._tasks if not task.done()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _accept(self, from_desk: asyncio.StreamReader, desk: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            from_server, server = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            # The server is away: its machine would refuse.
            desk.transport.abort()
            self._tasks.discard(task)
            return
        self.opened += 1
        pair = _Pair(desk, server)
        self._pairs.add(pair)
        try:
            await asyncio.gather(
                self._carry(from_desk, server, pair, up=True), self._carry(from_server, desk, pair, up=False)
            )
        finally:
            self._pairs.discard(pair)
            self._tasks.discard(task)
            desk.transport.abort()
            server.transport.abort()

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pair: _Pair, *, up: bool
    ) -> None:
        try:
            while chunk := await reader.read(_CHUNK):
                if self._seconds:
                    await asyncio.sleep(self._seconds)
                if self._loses(pair, up=up):
                    self.dropped += len(chunk)
                    continue
                writer.write(chunk)
                await writer.drain()
        except OSError:
            # One side is dead: the other one hears of it, unless it hears nothing any more.
            if not self._loses(pair, up=up):
                writer.transport.abort()
            return
        if not self._loses(pair, up=up):
            writer.close()

    def _loses(self, pair: _Pair, *, up: bool) -> bool:
        if up:
            pair.lost_up = pair.lost_up or self._way is Way.SILENT
            return pair.lost_up
        pair.lost_down = pair.lost_down or self._way in (Way.SILENT, Way.DEAF)
        return pair.lost_down


@contextmanager
def link(target: int) -> Iterator[CutLink]:
    """A relay to that port of the loopback, ended afterwards."""
    relay = CutLink(target)
    try:
        yield relay
    finally:
        relay.close()
