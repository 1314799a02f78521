from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from osnp_console.app.sources.agendas import Reading, SourceFailure
from osnp_console.domain.slots.answers import SourceState
from osnp_console.domain.slots.slot import Slot
from osnp_console.domain.slots.source import AgendaSource, SourceKind
from tests.connectors.asked import read
from tests.connectors.searchsets import bundle, party, searchset, slot, written


def saved(path: Path | None) -> AgendaSource:
    return AgendaSource("essai", SourceKind.FHIR_BUNDLE, "Essai", url=None if path is None else str(path))


def test_a_folder_is_all_its_searchsets(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(searchset(slot(0)))
    (tmp_path / "b.JSON").write_bytes(searchset(slot(1), slot(2, start=None)))
    (tmp_path / "notes.txt").write_text("à relire")
    slots: list[Slot] = []
    assert read(saved(tmp_path), slots=slots) == Reading(2, 1)
    assert [one.origins[0].reference for one in slots] == ["Slot/c0", "Slot/c1"]


def test_one_file_of_a_folder_that_cannot_be_read_takes_nothing_from_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"{")
    (tmp_path / "b.json").write_bytes(searchset())
    slots: list[Slot] = []
    with pytest.raises(SourceFailure) as raised:
        read(saved(tmp_path), slots=slots)
    assert (raised.value.state, len(slots)) == (SourceState.FAILED, 3)


def test_a_saved_slot_was_seen_when_its_file_was_written(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(searchset())
    written_at = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    os.utime(path, (written_at.timestamp(), written_at.timestamp()))
    slots: list[Slot] = []
    read(saved(path), slots=slots)
    assert {one.seen_at for one in slots} == {written_at}


def test_a_saved_page_that_announces_another_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    following = [{"relation": "next", "url": "https://agenda.exemple.invalid/?page=2"}]
    path.write_bytes(written(bundle([slot(0), *party()], link=following)))
    assert read(saved(path)) == Reading(1, 0, "la réponse enregistrée annonce une suite")


@pytest.mark.parametrize("where", ["absent", "empty", "nothing"])
def test_nothing_to_read_is_a_failure_not_an_empty_agenda(tmp_path: Path, where: str) -> None:
    path = {"absent": tmp_path / "absent", "empty": tmp_path, "nothing": None}[where]
    with pytest.raises(SourceFailure) as raised:
        read(saved(path))
    assert raised.value.state is SourceState.FAILED
    assert str(tmp_path) not in raised.value.message
