"""The heads of the journal's chains, kept apart from the base, and whose key opens it.

The file `<base>.tete` beside an encrypted base, or one of this desk's own for a base on a server, says
where each desk's chain ended after the last commit, so that a cut-off end shows. It is written after the
commit: after a crash in between it names an older line, which the verifier accepts. It is sealed with the
journal's key, holds nothing about a person, and also tells a wrong key from a damaged base.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from osnp_console.domain.journal import Head
from osnp_console.storage.engine import file_header
from osnp_console.storage.files import HEAD, beside, write_whole


def derived(key: bytes, use: str) -> bytes:
    """A key of its own for one use, out of the base's (one step of HKDF-Expand, RFC 5869)."""
    return hmac.new(key, use.encode() + b"\x01", hashlib.sha256).digest()


def journal_key(key: bytes) -> bytes:
    """The key that seals the journal's lines."""
    return derived(key, "osnp-console journal")


def witness(key: bytes) -> str:
    """Says whether a key is the base's without telling anything of it."""
    return derived(key, "osnp-console temoin").hex()


@dataclass(frozen=True, slots=True)
class HeadFile:
    """What the file says. `made_for` is the header of the base it belongs to, in hexadecimal.

    `sound` is false when its own seal is wrong: somebody changed it, or the key is another one.
    """

    made_for: str
    witness: str
    heads: Mapping[str, Head] = field(default_factory=dict)
    sound: bool = True

    def is_key(self, key: bytes) -> bool:
        """Whether this is the key with which the file was written."""
        return hmac.compare_digest(self.witness, witness(key))

    def head(self, desk: str) -> Head:
        """Where the desk's chain ended; before its first line when the file does not name it."""
        return self.heads.get(desk) or Head(desk, 0, "")


def read_heads(base: Path, key: bytes) -> HeadFile | None:
    """The file beside a base; None when there is none. Unreadable content is an unsound file."""
    return read_head_file(beside(base, HEAD), key)


def read_head_file(file: Path, key: bytes) -> HeadFile | None:
    """The same, by the file's own name."""
    try:
        text = file.read_bytes()
    except FileNotFoundError:
        return None
    try:
        document = json.loads(text)
        seal = document.pop("sceau")
        heads = {
            desk: Head(desk, int(one["numero"]), str(one["sceau"]))
            for desk, one in document["postes"].items()
        }
        sound = hmac.compare_digest(str(seal), _seal(document, key))
        return HeadFile(str(document["base"]), str(document["temoin"]), heads, sound)
    except (ValueError, KeyError, TypeError, AttributeError):
        return HeadFile("", "", {}, sound=False)


def write_heads(base: Path, key: bytes, header: bytes, heads: Mapping[str, Head]) -> None:
    """Write the file beside a base; raises OSError."""
    write_head_file(beside(base, HEAD), key, header, heads)


def write_head_file(file: Path, key: bytes, header: bytes, heads: Mapping[str, Head]) -> None:
    """The same, by the file's own name."""
    document: dict[str, object] = {
        "base": header.hex(),
        "temoin": witness(key),
        "postes": {desk: {"numero": head.number, "sceau": head.seal} for desk, head in sorted(heads.items())},
    }
    document["sceau"] = _seal(document, key)
    write_whole(file, json.dumps(document, ensure_ascii=False, indent=1).encode())


def _seal(document: Mapping[str, object], key: bytes) -> str:
    content = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return hmac.new(derived(key, "osnp-console tete"), content, hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class HeadPlace:
    """Where the heads of one base are kept, and `made_for`: what names the base (its header, its mark)."""

    file: Path
    made_for: Callable[[], bytes]

    def read(self, key: bytes) -> HeadFile | None:
        """What the file says; None when there is none. Raises OSError."""
        return read_head_file(self.file, key)

    def write(self, key: bytes, heads: Mapping[str, Head]) -> None:
        """Write it whole; raises OSError."""
        write_head_file(self.file, key, self.made_for(), heads)


def heads_beside(base: Path) -> HeadPlace:
    """Where the heads of an encrypted file are: beside it."""
    return HeadPlace(beside(base, HEAD), lambda: file_header(base))
