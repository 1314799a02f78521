"""The simulator as a context: an editor that answers on a port, told how to misbehave while it runs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from types import TracebackType
from typing import Self

from osnp_console.connectors.simulator.asking import Asked
from osnp_console.connectors.simulator.certificates import Certificates
from osnp_console.connectors.simulator.editor import Editor
from osnp_console.connectors.simulator.faults import Fault, Faults, read_fault
from osnp_console.connectors.simulator.listening import Listener, server_context
from osnp_console.connectors.simulator.world import World

_POLL_SECONDS = 0.02


class Simulator:
    """Serves a world from entering the context until leaving it.

    The FHIR bases are `<address>/<anything>/fhir`; under `<address>/agenda/…` a search need not name
    practitioners. With `tls` it is HTTPS and lets in only the client of those certificates.
    """

    def __init__(
        self,
        world: World,
        clock: Callable[[], datetime],
        *,
        tls: Certificates | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        faults: Sequence[Fault | str] = (),
    ) -> None:
        """`clock` tells which slots have started; a `port` of 0 takes a free one."""
        self.world, self.tls = world, tls
        self._clock, self._host, self._port = clock, host, port
        self._faults = Faults(_read(faults))
        self._listener: Listener | None = None
        self._thread: threading.Thread | None = None
        self._asked: list[Asked] = []
        self._came = threading.Condition()

    def __enter__(self) -> Self:
        """Start answering; raises OSError where the address cannot be had."""
        context = server_context(self.tls) if self.tls is not None else None
        self._listener = Listener((self._host, self._port), context, self._faults, self._note)
        self._port = int(self._listener.server_address[1])
        self._listener.editor = Editor(self.world, self._clock, self.address)
        self._thread = threading.Thread(
            target=self._listener.serve_forever, args=(_POLL_SECONDS,), name="simulateur", daemon=True
        )
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """Stop answering and drop every connection; what the simulator itself did wrong is raised."""
        listener, thread = self._running, self._thread
        listener.end()
        if thread is not None:
            thread.join()
        if listener.failures and kind is None:
            raise listener.failures[0]

    @property
    def address(self) -> str:
        """`http://127.0.0.1:8080`, without a trailing slash."""
        scheme = "https" if self.tls is not None else "http"
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"{scheme}://{host}:{self._port}"

    @property
    def requests(self) -> tuple[Asked, ...]:
        """What was asked so far, in order of arrival, the control addresses left out."""
        with self._came:
            return tuple(self._asked)

    @property
    def connections(self) -> int:
        """How many connections are open now."""
        return self._running.connections

    def wait_for_requests(self, count: int, seconds: float = 10.0) -> bool:
        """Wait until so many requests came in all; False when they did not come in time."""
        with self._came:
            return self._came.wait_for(lambda: len(self._asked) >= count, seconds)

    def set_faults(self, *faults: Fault | str) -> None:
        """Replace the faults: `Fault(…)`, or text as `retard=3000@/redon`; none: it behaves.

        Raises Refusal for a fault that does not exist.
        """
        self._faults.set(_read(faults))

    def take(self, slot: str) -> None:
        """Somebody else takes a slot; raises KeyError where there is none of that id."""
        editor = self._running.editor
        if editor is not None:
            editor.take(slot)

    @property
    def _running(self) -> Listener:
        if self._listener is None:
            raise RuntimeError("The simulator is not started.")
        return self._listener

    def _note(self, asked: Asked) -> None:
        with self._came:
            self._asked.append(asked)
            self._came.notify_all()


def _read(faults: Sequence[Fault | str]) -> tuple[Fault, ...]:
    return tuple(read_fault(one) if isinstance(one, str) else one for one in faults)
