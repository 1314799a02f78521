"""Threads that ask sources: bounded in number, and never in the way of the program's end."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from functools import partial

LOG = logging.getLogger(__name__)
MOST_THREADS = 64
Work = Callable[[], None]


class AskingThreads:
    """Runs works at once, up to `most` at a time; the others wait their turn.

    A request under way cannot be taken back, and a pool's threads are waited for when the interpreter ends:
    these are daemons, which end with the program. Starting forty threads takes its time: one thread does it,
    so that who asks, the window perhaps, goes on.
    """

    def __init__(self, most: int = MOST_THREADS) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._alive = 0
        self._is_starting = False
        self._waiting: deque[Work] = deque()

    def run(self, work: Work) -> None:
        """Run `work` on a thread of its own, now or as soon as one is free."""
        with self._lock:
            self._waiting.append(work)
            if self._is_starting or self._alive >= self._most:
                return
            self._is_starting = True
        _thread(self._start)

    def _start(self) -> None:
        """Start a thread for each work that waits, as long as there may be more."""
        while True:
            with self._lock:
                if not self._waiting or self._alive >= self._most:
                    self._is_starting = False
                    return
                self._alive += 1
                work = self._waiting.popleft()
            _thread(partial(self._serve, work))

    def _serve(self, work: Work) -> None:
        while True:
            try:
                work()
            except Exception as error:  # a fault in one work must not cost those that wait their turn
                LOG.error("recherche : %s", type(error).__name__)
            with self._lock:
                if not self._waiting:
                    self._alive -= 1
                    return
                work = self._waiting.popleft()


def _thread(work: Work) -> None:
    threading.Thread(target=work, name="agenda", daemon=True).start()


def after(seconds: float, action: Work) -> Work:
    """Do `action` in so many seconds, on a daemon thread; returns what calls it off."""
    timer = threading.Timer(seconds, action)
    timer.daemon = True
    timer.name = "échéance des agendas"
    timer.start()
    return timer.cancel
