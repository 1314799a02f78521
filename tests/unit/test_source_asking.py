"""A source is asked once: five things that are not the same stay five things."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from osnp_console.app.sources.agendas import (
    Connector,
    Deadline,
    Found,
    Reading,
    SlotQuery,
    SlotReader,
    SourceFailure,
    SourceTools,
)
from osnp_console.app.sources.asking import ask_once
from osnp_console.domain.slots.answers import SourceAnswer, SourceState
from osnp_console.domain.slots.slot import NO_PLACE, Origin, Practitioner, Slot, slot_id
from osnp_console.domain.slots.source import AgendaSource, SourceKind

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
QUERY = SlotQuery(NOW, NOW + timedelta(hours=48))
SOURCE = AgendaSource("cabinet", SourceKind.ICAL, "Cabinet des Lilas")
SECRET = "https://ana:motdepasse@agenda.exemple/"


def a_slot(hour: int) -> Slot:
    start = NOW.replace(hour=hour)
    who = Practitioner("Anne Bréhault", "10002673899")
    return Slot(
        slot_id(who, NO_PLACE, start),
        start,
        start + timedelta(minutes=20),
        who,
        NO_PLACE,
        (Origin("cabinet", f"uid-{hour}", NOW),),
    )


class Scripted:
    """Hands over what it was told, then answers or fails as it was told."""

    def __init__(
        self, batches: Sequence[Sequence[Slot]] = (), end: Reading | Exception | None = None
    ) -> None:
        self.batches = batches
        self.end = end if end is not None else Reading(sum(map(len, batches)))
        self.closed = 0
        self.closing_fails = False
        self.given: Deadline | None = None

    def read(self, query: SlotQuery, deadline: Deadline, found: Found) -> Reading:
        self.given = deadline
        for batch in self.batches:
            found(batch)
        if isinstance(self.end, Exception):
            raise self.end
        return self.end

    def close(self) -> None:
        self.closed += 1
        if self.closing_fails:
            raise OSError(SECRET)


def ask(reader: SlotReader, began: float | None = None, found: Found | None = None) -> SourceAnswer:
    connector = Connector(SourceKind.ICAL, "Calendrier", (), lambda source, tools: reader)
    tools = SourceTools(lambda: NOW, lambda name: None)
    return ask_once(connector, SOURCE, QUERY, tools, NOW, began=began, found=found)


def test_a_source_reads_its_own_secrets_and_no_others() -> None:
    keyring = {"source-cabinet-mot_de_passe": "le sien", "source-autre-mot_de_passe": "pas le sien"}
    told: list[str | None] = []

    def opening(source: AgendaSource, tools: SourceTools) -> SlotReader:
        told.extend((tools.secret("mot_de_passe"), tools.secret("source-autre-mot_de_passe")))
        return Scripted()

    connector = Connector(SourceKind.ICAL, "Calendrier", (), opening)
    ask_once(connector, SOURCE, QUERY, SourceTools(lambda: NOW, keyring.get), NOW)
    assert told == ["le sien", None]


def test_slots_read_are_an_answer_handed_over_as_they_land() -> None:
    landed: list[Sequence[Slot]] = []
    reader = Scripted([[a_slot(10)], [a_slot(11), a_slot(12)]])
    answer = ask(reader, found=landed.append)
    assert (answer.state, answer.read, answer.rejected, answer.message) == (SourceState.ANSWERED, 3, 0, None)
    assert [len(batch) for batch in landed] == [1, 2]
    assert answer.slots == (a_slot(10), a_slot(11), a_slot(12))
    assert reader.closed == 1
    assert answer.at >= NOW


def test_zero_slots_are_an_empty_agenda() -> None:
    answer = ask(Scripted())
    assert (answer.state, answer.read, answer.message) == (SourceState.EMPTY, 0, None)
    assert answer.is_complete


def test_slots_read_but_outside_the_window_are_no_empty_agenda() -> None:
    assert ask(Scripted([], Reading(4))).state is SourceState.ANSWERED


@pytest.mark.parametrize(
    ("rejected", "read", "words"),
    [(1, 13, "1 créneau écarté sur 14"), (3, 11, "3 créneaux écartés sur 14")],
)
def test_what_could_not_be_read_is_counted(rejected: int, read: int, words: str) -> None:
    answer = ask(Scripted([], Reading(read, rejected)))
    assert (answer.state, answer.read, answer.rejected) == (SourceState.ANSWERED, read, rejected)
    assert answer.message == words


def test_what_the_source_says_comes_before_what_was_rejected() -> None:
    answer = ask(Scripted([], Reading(13, 1, "liste coupée à 5 pages")))
    assert answer.message == "liste coupée à 5 pages · 1 créneau écarté sur 14"


def test_a_source_of_which_nothing_could_be_read_has_not_said_that_nothing_is_free() -> None:
    answer = ask(Scripted([], Reading(0, 2)))
    assert answer.state is SourceState.FAILED
    assert answer.message == "réponse illisible · 2 créneaux écartés sur 2"
    assert not answer.is_complete


@pytest.mark.parametrize("state", [SourceState.LATE, SourceState.REFUSED, SourceState.FAILED])
def test_a_failure_has_the_state_and_the_sentence_of_the_source(state: SourceState) -> None:
    answer = ask(Scripted([], SourceFailure(state, "certificat expiré le 20/11")))
    assert (answer.state, answer.message, answer.read) == (state, "certificat expiré le 20/11", 0)
    assert answer.paused_until is None


def test_what_landed_before_a_failure_stays() -> None:
    reader = Scripted([[a_slot(10)]], SourceFailure(SourceState.LATE, "pas de réponse après 7 s"))
    answer = ask(reader)
    assert answer.state is SourceState.LATE
    assert answer.slots == (a_slot(10),)
    assert answer.read == 1
    assert reader.closed == 1


def test_a_source_that_asks_to_be_left_alone_is_until_then() -> None:
    failure = SourceFailure(SourceState.FAILED, "trop de demandes", timedelta(seconds=90))
    answer = ask(Scripted([], failure))
    assert answer.paused_until == answer.at + timedelta(seconds=90)


def test_any_other_exception_is_an_unreadable_answer_whose_text_is_told_nowhere(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    reader = Scripted([], RuntimeError(SECRET))
    answer = ask(reader)
    assert (answer.state, answer.message) == (SourceState.FAILED, "réponse illisible")
    assert "RuntimeError" in caplog.text
    assert "motdepasse" not in caplog.text
    assert reader.closed == 1


def test_a_declaration_that_cannot_work_is_an_answer_too() -> None:
    def opening(source: AgendaSource, tools: SourceTools) -> SlotReader:
        raise SourceFailure(SourceState.REFUSED, "certificat introuvable")

    connector = Connector(SourceKind.SAS_FHIR, "SAS", (), opening)
    answer = ask_once(connector, SOURCE, QUERY, SourceTools(lambda: NOW, lambda name: None), NOW)
    assert (answer.state, answer.message) == (SourceState.REFUSED, "certificat introuvable")


def test_a_connection_that_cannot_be_closed_takes_nothing_from_the_answer(
    caplog: pytest.LogCaptureFixture,
) -> None:
    reader = Scripted([[a_slot(10)]])
    reader.closing_fails = True
    assert ask(reader).state is SourceState.ANSWERED
    assert "motdepasse" not in caplog.text


def test_what_is_complete_only_after_the_deadline_is_late_and_keeps_what_it_had() -> None:
    reader = Scripted([[a_slot(10)]])
    answer = ask(reader, began=time.monotonic() - 7.5)
    assert (answer.state, answer.message) == (SourceState.LATE, "pas de réponse après 7 s")
    assert answer.slots == (a_slot(10),)
    assert answer.took_ms >= 7500
    assert answer.at >= NOW + timedelta(seconds=7.5)


def test_the_deadline_counts_from_the_start_of_the_search() -> None:
    reader = Scripted()
    ask(reader, began=time.monotonic() - 6)
    assert reader.given is not None
    assert reader.given.left() <= 1


def test_a_kind_that_a_person_reads_is_never_asked() -> None:
    connector = Connector(SourceKind.PORTAL, "Portail", (), None)
    tools = SourceTools(lambda: NOW, lambda name: None)
    with pytest.raises(ValueError, match="read by a person"):
        ask_once(connector, SOURCE, QUERY, tools, NOW)
