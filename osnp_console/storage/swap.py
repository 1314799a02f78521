"""Puts a restored base in the place of the current one, in a way that a crash cannot leave half done.

Three files change: the base, its head and perhaps its salt. The new head and salt wait beside the base
until it is replaced; a waiting head names the header of its base, so that the next opening finishes a
swap that was cut short.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from osnp_console.storage.engine import file_header
from osnp_console.storage.files import HEAD, SALT, beside, copy_whole, settle

INCOMING = ".restauration"
WAITING = ".a-venir"
REPLACED = ".remplacee"


def put_in_place(base: Path, aside: Path) -> None:
    """Replace `base` by the base that waits beside it as INCOMING; the replaced one is kept as `aside`.

    Nobody may have either open. Raises OSError.
    """
    new = beside(base, INCOMING)
    if base.exists():
        for ending in (SALT, HEAD, "-wal", ""):
            if beside(base, ending).exists():
                copy_whole(beside(base, ending), beside(aside, ending))
    # The head last: from the moment it waits, the swap is decided.
    for ending in (SALT, HEAD):
        waiting = beside(base, ending + WAITING)
        waiting.unlink(missing_ok=True)
        if beside(new, ending).exists():
            beside(new, ending).replace(waiting)
    settle(base.parent)
    finish_swap(base)


def finish_swap(base: Path) -> None:
    """Finish a swap that was decided: the new base in place, then its salt and its head.

    What waits for a base that is nowhere goes away. Does nothing when no swap is under way.
    """
    waiting, new = beside(base, HEAD + WAITING), beside(base, INCOMING)
    if not waiting.exists():
        return
    made_for = _made_for(waiting)
    if made_for and made_for == file_header(new).hex():
        # The write-ahead log of the replaced base must never be read into the new one.
        for ending in ("-wal", "-shm"):
            beside(base, ending).unlink(missing_ok=True)
        new.replace(base)
        settle(base.parent)
    salt = beside(base, SALT + WAITING)
    if made_for and made_for == file_header(base).hex():
        if salt.exists():
            salt.replace(beside(base, SALT))
        else:
            # The restored base has a raw key: a salt left from the replaced one would ask for a passphrase.
            beside(base, SALT).unlink(missing_ok=True)
        waiting.replace(beside(base, HEAD))
    else:
        salt.unlink(missing_ok=True)
        waiting.unlink()
    settle(base.parent)


def _made_for(head: Path) -> str:
    with contextlib.suppress(ValueError, AttributeError, OSError):
        return str(json.loads(head.read_bytes()).get("base"))
    return ""
