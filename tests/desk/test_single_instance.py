"""One console on a base."""

from __future__ import annotations

from pathlib import Path

import pytest

from osnp_console.app.ports import StoreFailure
from osnp_console.desk.single_instance import ALREADY, BaseLock


def test_a_second_console_on_the_same_base_is_refused_with_a_sentence(tmp_path: Path) -> None:
    base = tmp_path / "dossier" / "console.base"
    with BaseLock(base):
        with pytest.raises(StoreFailure) as refused:
            BaseLock(base).take()
        assert (refused.value.code, refused.value.message) == ("base_verrouillee", ALREADY)
        with BaseLock(base.with_name("autre.base")):
            pass


def test_once_the_first_is_closed_another_may_open(tmp_path: Path) -> None:
    first = BaseLock(tmp_path / "console.base")
    first.take()
    first.release()
    first.release()
    second = BaseLock(tmp_path / "console.base")
    second.take()
    second.release()
    assert (tmp_path / "console.base.verrou").read_bytes() == b""
