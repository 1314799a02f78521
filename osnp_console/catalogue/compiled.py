"""The catalogue compiled once: checked forms in one binary file, keyed by the files' fingerprint.

Reading the YAML costs a quarter of a second, the compiled file a few milliseconds. It is a cache: whatever
is wrong with it, the YAML is read again.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

import msgspec

from osnp_console import __version__
from osnp_console.catalogue import schema

_DECODER = msgspec.msgpack.Decoder(schema.CatalogueForm)


def _path(cache: Path, fingerprint: str) -> Path:
    return cache / f"catalogue-{__version__}-{fingerprint.removeprefix('sha256:')}.msgpack"


def read_compiled(cache: Path, fingerprint: str) -> schema.CatalogueForm | None:
    """The compiled catalogue of that fingerprint, None when there is none that can be read."""
    try:
        return _DECODER.decode(_path(cache, fingerprint).read_bytes())
    except (OSError, msgspec.MsgspecError):
        return None


def write_compiled(cache: Path, fingerprint: str, form: schema.CatalogueForm) -> None:
    """Keep a checked catalogue, whole or not at all; a cache that cannot be written is no failure."""
    target = _path(cache, fingerprint)
    try:
        cache.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, temporary = tempfile.mkstemp(dir=cache)
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.msgpack.encode(form))
        Path(temporary).replace(target)
    except OSError:
        return
    for old in cache.glob("catalogue-*.msgpack"):
        if old != target:
            with contextlib.suppress(OSError):
                old.unlink()
