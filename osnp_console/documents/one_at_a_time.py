"""Documents are made one after the other, whatever the thread: reportlab keeps its fonts for all of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import ParamSpec

P = ParamSpec("P")

_TURN = Lock()


def one_at_a_time(make: Callable[P, bytes]) -> Callable[P, bytes]:
    """Make a document only while no other is being made; what makes one never calls what makes another."""

    @wraps(make)
    def made(*args: P.args, **named: P.kwargs) -> bytes:
        with _TURN:
            return make(*args, **named)

    return made
