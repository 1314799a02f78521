"""Finding calls again: the sheet read back, the rows, the journaled reading, the names of communes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from osnp_console.app.calls.follow_up import FollowUp, desk_words, when
from osnp_console.app.calls.read_call_record import read_call_record
from osnp_console.app.calls.sheet_words import CallSheetWords, Knowledge
from osnp_console.app.errors import Forbidden
from osnp_console.app.people.session import NOBODY, UNNAMED, Session
from osnp_console.app.places.commune_names import CommuneNames
from osnp_console.app.ports import CallSummary, OpenUnit, PastEntry, StoreFailure
from osnp_console.app.preferences import BY_THE_HOUR, DARK, LIGHT, Preferences, text_step
from osnp_console.domain import facts, journal
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.call_sheet import (
    ASKED,
    BIRTH_NAME,
    CALLER_PHONE,
    DELAY_DAYS,
    EMPTY_SHEET,
    LATER,
    NOTE,
    CallSheet,
)
from osnp_console.domain.commune import Alias, Gazetteer
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.natures import NATURE_NAMES
from tests.unit.desk_calls import CATALOGUE, GAZETTEER
from tests.unit.slot_records import MemoryAppointments
from tests.unit.strategies import COMMUNES

NOW = datetime(2026, 11, 24, 9, 2, tzinfo=UTC)
TODAY = NOW.date()
QUESTIONS = {code: fact.question for code, fact in CATALOGUE.facts.items()}
WORDS = CallSheetWords(CATALOGUE.reasons, NATURE_NAMES, QUESTIONS, GAZETTEER.living)
FOLLOW_UP = FollowUp(CATALOGUE, GAZETTEER, CommuneNames(GAZETTEER))


def read_back(sheet: CallSheet) -> dict[str, tuple[str, Knowledge]]:
    parts = WORDS.parts(sheet, TODAY)
    return {line.label: (line.text, line.knowledge) for part in parts for line in part.lines}


def summary(**changes: object) -> CallSummary:
    usual = CallSummary(
        "a", 14, "44-3", NOW - timedelta(minutes=8), "clos", "MARTIN Léa", "44901", "angine", "conseil", None
    )
    return replace(usual, **changes)  # type: ignore[arg-type]  # any field, of several types


def test_not_asked_asked_in_vain_and_a_value_are_three_things() -> None:
    sheet = EMPTY_SHEET.put(facts.SEX, "F").put(facts.CAN_TRAVEL, ASKED).type(facts.RESIDENCE, "land")
    said = read_back(sheet)
    assert said["Sexe"] == ("Femme", Knowledge.KNOWN)
    assert said["Peut venir"] == ("ne sait pas", Knowledge.ASKED)
    assert said["Motif"] == ("pas demandé", Knowledge.NOT_ASKED)
    assert said["Commune"] == ("«\u202fland\u202f» (non choisi)", Knowledge.PENDING)
    assert "Enceinte" not in said


@pytest.mark.parametrize(
    ("code", "value", "label", "text"),
    [
        (facts.RESIDENCE, "44901", "Commune", "Lande-le-Bourg"),
        (facts.RESIDENCE, "99999", "Commune", "99999"),
        (facts.PRESENT_PLACE, "domicile", "Se trouve", "À son domicile"),
        (facts.PRESENT_PLACE, "ailleurs", "Se trouve", "Ailleurs, commune à préciser"),
        (facts.PRESENT_PLACE, "44920", "Se trouve", "Marais-sur-Mer"),
        (facts.REASON, "angine", "Motif", "Angine"),
        (facts.OFFER, "infirmier", "Offre", "Infirmier"),
        (facts.DELAY, 48, "À voir sous", "48 h"),
        (facts.DELAY, LATER, "À voir sous", "Plus de 72 h"),
        (facts.BIRTH, "14032019", "Né(e) le", "14/03/2019 · 7 ans"),
        (facts.BIRTH, "31/02/2019", "Né(e) le", "31/02/2019 (à relire)"),
        (facts.PREGNANT, False, "Enceinte", "Non"),
        (facts.REGULAR_DOCTOR, "declare", "Médecin traitant", "En a un"),
        (facts.USUAL_PRACTITIONER, "aucun", "Praticien habituel", "Aucun"),
        ("territoire:CPTS du Bocage", True, "Territoire\u202f: CPTS du Bocage", "Oui"),
        ("sortie_hopital", True, "Sort-il de l’hôpital ?", "Oui"),
        (NOTE, "Rappeler la mère.", "", "Rappeler la mère."),
    ],
)
def test_each_field_is_read_back_in_french(code: str, value: str | int, label: str, text: str) -> None:
    assert read_back(EMPTY_SHEET.put(code, value))[label] == (text, Knowledge.KNOWN)


def test_a_longer_delay_is_said_in_days_and_a_phone_in_pairs() -> None:
    sheet = EMPTY_SHEET.put(facts.DELAY, LATER).put(DELAY_DAYS, "10").put(CALLER_PHONE, "0639984107")
    said = read_back(sheet)
    assert said["À voir sous"][0] == "10 jours"
    assert said["Rappeler au"][0].replace("\u202f", " ") == "06 39 98 41 07"


def test_a_row_says_the_call_in_words() -> None:
    row = FOLLOW_UP.row(summary(), NOW)
    assert row.cells == ("09:54", "MARTIN Léa", "Lande-le-Bourg", "Angine", "Conseil donné", "SAS 44 · 3", "")
    assert row.spoken == "09:54, MARTIN Léa, Lande-le-Bourg, Angine, Conseil donné, SAS 44 · 3"


def test_a_call_without_a_name_says_that_none_was_noted() -> None:
    row = FOLLOW_UP.row(summary(person="", commune=None, reason=None), NOW)
    assert (row.person, row.has_person) == ("identité non notée", False)


@pytest.mark.parametrize(
    ("state", "outcome", "back", "to_do", "late"),
    [
        ("en_ligne", None, None, "à reprendre", False),
        ("en_attente", None, None, "à reprendre", False),
        ("clos", "a_rappeler", None, "rappeler", False),
        ("clos", "a_rappeler", timedelta(hours=2), "rappeler à 12:02", False),
        ("clos", "a_rappeler", timedelta(days=1), "rappeler le 25/11 10:02", False),
        ("clos", "a_rappeler", timedelta(hours=-2), "rappeler depuis 08:02", True),
        ("clos", "a_rappeler", timedelta(days=-1), "rappeler depuis hier 10:02", True),
        ("clos", "conseil", None, "", False),
    ],
)
def test_what_is_left_to_do_is_said_with_its_hour(
    state: str, outcome: str | None, back: timedelta | None, to_do: str, late: bool
) -> None:
    at = NOW + back if back is not None else None
    row = FOLLOW_UP.row(summary(state=state, outcome=outcome, call_back_at=at), NOW)
    assert (row.to_do, row.is_late) == (to_do, late)


def test_older_calls_say_their_day() -> None:
    assert when(NOW - timedelta(days=1), NOW) == "hier 10:02"
    assert when(NOW - timedelta(days=3), NOW) == "21/11 10:02"
    assert when(NOW - timedelta(days=400), NOW) == "20/10/2025 11:02"


def test_a_desk_is_said_without_its_code() -> None:
    assert desk_words("44-3") == "SAS 44 · 3"
    assert desk_words("ligne-2") == "ligne · 2"
    assert desk_words("inconnu") == "inconnu"


def test_communes_are_known_by_their_whole_name_and_by_what_they_were() -> None:
    names = CommuneNames(Gazetteer.of(COMMUNES, [Alias("Vieux-Bourg", "44999", "44901", "deleguee")]))
    assert names.shown("lande le bourg") == "Lande-le-Bourg"
    assert names.shown("lande") is None
    assert names.codes("Vieux-Bourg") == {"44901"}
    assert names.codes("Nulle-Part") == frozenset()


class OneCall:
    """A store that holds one call, and lists what is written in its journal."""

    def __init__(self, record: CallRecord | None) -> None:
        self.record = record
        self.written: list[JournalEntry] = []
        self.committed = False
        self.calls = self.journal = self
        self.appointments = MemoryAppointments()
        self.session: Session = UNNAMED

    @property
    def open_unit(self) -> OpenUnit:
        return cast(OpenUnit, self._unit)

    @contextmanager
    def _unit(self) -> Iterator[OneCall]:
        yield self

    def get(self, call: str) -> CallRecord:
        if self.record is None:
            raise StoreFailure("introuvable", "Cet appel n’est pas dans la base.")
        return self.record

    def append(self, entry: JournalEntry) -> None:
        self.written.append(entry)

    def of_call(self, call: str) -> tuple[PastEntry, ...]:
        return ()

    def commit(self) -> None:
        self.committed = True


def test_reading_a_call_is_journaled_with_the_desk_that_reads() -> None:
    record = CallRecord("a", 14, "44-3", NOW, sheet=EMPTY_SHEET.put(BIRTH_NAME, "MARTIN"))
    store = OneCall(record)
    past = read_call_record("a", "44-5", NOW)(store.open_unit)
    assert past.record is record
    assert store.written == [JournalEntry("44-5", NOW, journal.READ, "a")]
    assert store.committed


def test_nobody_reads_a_call_before_signing_in() -> None:
    store = OneCall(CallRecord("a", 14, "44-3", NOW))
    store.session = NOBODY
    with pytest.raises(Forbidden, match="se connecter d’abord"):
        read_call_record("a", "44-5", NOW)(store.open_unit)
    assert store.written == []


def test_a_call_that_is_not_there_is_not_journaled_as_read() -> None:
    store = OneCall(None)
    with pytest.raises(StoreFailure):
        read_call_record("a", "44-5", NOW)(store.open_unit)
    assert store.written == []


@pytest.mark.parametrize(
    ("theme", "hour", "dark"),
    [(LIGHT, 23, False), (DARK, 12, True), (BY_THE_HOUR, 18, False), (BY_THE_HOUR, 19, True),
     (BY_THE_HOUR, 3, True), (BY_THE_HOUR, 6, False)],
)  # fmt: skip
def test_the_theme_by_the_hour_is_dark_from_20_00_to_07_00_in_paris(
    theme: str, hour: int, dark: bool
) -> None:
    assert Preferences(theme=theme).is_dark(datetime(2026, 11, 24, hour, 0, tzinfo=UTC)) is dark


def test_only_text_sizes_that_exist_are_kept() -> None:
    assert [text_step(size) for size in (90, 104, 106, 150, 260)] == [100, 100, 110, 150, 200]
    with pytest.raises(ValueError, match="105"):
        Preferences(text_scale=105)
    with pytest.raises(ValueError, match="rose"):
        Preferences(theme="rose")
