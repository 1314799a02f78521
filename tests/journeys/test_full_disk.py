"""A disk that takes nothing more while somebody types: a sentence, and nothing typed is lost."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from osnp_console.domain import call_sheet as fields
from osnp_console.domain.call_record import CallRecord
from osnp_console.storage.failures import DISK_FAILS
from tests.journeys.operator import Operator, pressed, typed
from tests.journeys.workstation import Workstation

pytestmark = pytest.mark.file_only


@contextmanager
def no_room_left(base: Path) -> Iterator[None]:
    """No file of this program may grow beyond what the base's log takes now."""
    log = base.with_name(base.name + "-wal")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def kept(workstation: Workstation) -> CallRecord:
    (record,) = workstation.kept_calls()
    return record


def test_a_full_disk_is_said_typing_goes_on_and_all_is_written_once_there_is_room(operator: Operator) -> None:
    pressed("F2")
    operator.answer("Rappeler au", "0639984107", then="Tab")
    operator.wait_saved()
    with no_room_left(operator.workstation.file):
        operator.answer("Nom", "martin", then="Tab")
        operator.qtbot.waitUntil(lambda: operator.notice != "")
        assert operator.notice == DISK_FAILS
        assert operator.here == "Prénom"
        operator.answer("Prénom", "léa", then="")
        assert operator.sheet.text(fields.FIRST_NAMES) == "léa"
    operator.capture("disque-plein")
    typed("-lou")
    operator.wait_saved()
    operator.qtbot.waitUntil(lambda: operator.notice == "")
    assert operator.here == "Prénom"
    operator.stop()
    assert kept(operator.workstation).sheet.text(fields.BIRTH_NAME) == "MARTIN"
    assert kept(operator.workstation).sheet.text(fields.FIRST_NAMES) == "léa-lou"
    assert operator.workstation.faults() == ()


def test_without_another_key_what_waits_is_written_by_itself_once_there_is_room(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    operator.stop()
    monkeypatch.setattr("osnp_console.ui.calls.RETRY_MS", 40)
    operator.start()
    pressed("F2")
    operator.wait_saved()
    with no_room_left(operator.workstation.file):
        operator.answer("Rappeler au", "0639984107", then="")
        operator.qtbot.waitUntil(lambda: operator.notice == DISK_FAILS)
    operator.wait_saved()
    operator.qtbot.waitUntil(lambda: operator.notice == "")
    operator.stop()
    assert kept(operator.workstation).sheet.text(fields.CALLER_PHONE).endswith("07")


def test_a_call_can_be_taken_and_closed_while_the_disk_is_full(operator: Operator) -> None:
    pressed("F2")
    operator.answer("Rappeler au", "0639984107", then="")
    operator.wait_saved()
    with no_room_left(operator.workstation.file):
        pressed("F2")
        typed("0612345678")
        pressed("Ctrl+G")
        pressed("Return")
        operator.qtbot.waitUntil(lambda: operator.notice == DISK_FAILS)
        assert operator.call.record.number == 1
    operator.stop()
    assert kept(operator.workstation).number == 1
    assert operator.workstation.faults() == ()
