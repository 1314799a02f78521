"""Several requests to one source at once; their answers as they land."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from queue import Empty, SimpleQueue
from typing import TypeVar

from osnp_console.app.sources.agendas import Deadline, SourceFailure

AT_ONCE = 4
"""Requests made at the same time to one source."""
Item = TypeVar("Item")
Answer = TypeVar("Answer")


def cut(numbers: Sequence[str], most: int) -> list[tuple[str, ...]]:
    """The numbers, each once, in lists of at most `most`."""
    each = tuple(dict.fromkeys(numbers))
    return [each[first : first + most] for first in range(0, len(each), most)]


def answers(
    ask: Callable[[Item], Answer],
    items: Sequence[Item],
    deadline: Deadline,
    late: Callable[[], SourceFailure],
) -> Iterator[Answer | Exception]:
    """What `ask` returned or raised for each item, in the order in which answers land.

    The threads are daemons: what hangs beyond the deadline keeps nobody from closing the program. `late()`
    is given once in the place of all that has not landed by then.
    """
    if len(items) == 1:
        yield _asked(ask, items[0])
        return
    landed: SimpleQueue[Answer | Exception] = SimpleQueue()
    waiting: SimpleQueue[Item] = SimpleQueue()
    for item in items:
        waiting.put(item)
    for _ in range(min(AT_ONCE, len(items))):
        threading.Thread(target=_work, args=(ask, waiting, landed, deadline), daemon=True).start()
    for _ in items:
        try:
            yield landed.get(timeout=deadline.left())
        except Empty:
            yield late()
            return


def _work(
    ask: Callable[[Item], Answer],
    waiting: SimpleQueue[Item],
    landed: SimpleQueue[Answer | Exception],
    deadline: Deadline,
) -> None:
    while not deadline.is_over:
        try:
            item = waiting.get_nowait()
        except Empty:
            return
        landed.put(_asked(ask, item))


def _asked(ask: Callable[[Item], Answer], item: Item) -> Answer | Exception:
    try:
        return ask(item)
    except Exception as error:
        return error
