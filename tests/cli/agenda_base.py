"""A keyring in memory and an encrypted base, as the commands on agendas need them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import keyring
import pytest

from tests.cli.console import Console, Said
from tests.desk.memory_keyring import InMemory

KEY = "ab" * 32


@contextmanager
def keyring_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemory]:
    """A keyring in memory and folders of the test's own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "donnees"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "etat"))
    before = keyring.get_keyring()
    kept = InMemory()
    keyring.set_keyring(kept)
    try:
        yield kept
    finally:
        keyring.set_keyring(before)


def new_base(console: Console, tmp_path: Path) -> Path:
    """A base of the test's own, whose key the commands are given."""
    file = tmp_path / "bases" / "essai.base"
    assert keyed(console, file, "base", "creer").status == 0
    return file


def keyed(console: Console, base: Path, *arguments: str, stdin: str | bytes = "", json: bool = True) -> Said:
    """One command on the base; its key is read from a descriptor, as an administrator would give it."""
    with tempfile.TemporaryFile() as source:
        source.write(KEY.encode() + b"\n")
        source.seek(0)
        given = ("--base", f"sqlite:///{base}", "--cle-fd", str(source.fileno()))
        return console.run(*arguments, *(("--json",) if json else ()), *given, stdin=stdin)


@contextmanager
def given_by_descriptor(value: bytes) -> Iterator[str]:
    """A number of a descriptor from which the value is read."""
    with tempfile.TemporaryFile() as content:
        content.write(value)
        content.seek(0)
        yield str(content.fileno())


def refused(said: Said, code: str, field: str | None, status: int = 1) -> None:
    """The refusal is of that code and field."""
    error = said.refusal()
    assert (error["code"], error.get("champ"), said.status) == (code, field, status), error
