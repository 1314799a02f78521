"""What rows and sources say: hours, days, clocks, states; nothing that is not known is made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from osnp_console.app.slots.words import (
    Clock,
    Names,
    clocks_of,
    day_word,
    hour_word,
    km_words,
    row_sentence,
    second_line,
    waiting_words,
)
from osnp_console.app.sources.words import Standing, folded, source_line
from osnp_console.domain.clock import PARIS
from osnp_console.domain.slots.answers import SourceAnswer, SourceState
from osnp_console.domain.slots.ranking import Group, RankedSlot
from osnp_console.domain.slots.ruling import Ruling
from osnp_console.domain.slots.ruling import Standing as Judged
from osnp_console.domain.slots.slot import CPTS, REMOTE, SNP, Capacity, Slot
from osnp_console.domain.slots.source import AgendaSource, SourceKind
from tests.unit.slot_world import AGENDAS, CITANA, NOW, REDON, SAS, slot

NAMES = Names({SAS: "SAS 44", CITANA: "Citana"}, {REDON: "Pays de Redon"})
AT_1040 = slot("10:40")


def ranked(one: Slot, *, km: float | None = None, own: bool = False) -> RankedSlot:
    """A slot that can be had for sure."""
    return RankedSlot(one, Ruling(Judged.FREE, (REDON,)), Group.USABLE, own, km)


def clocks(
    minutes_to_closing: float | None, minutes_to_take_back: float | None = None, at: str = "14:00"
) -> list[tuple[str, str, bool]]:
    """Words, role and weight at the right of a row whose clocks are that far away."""
    closes = NOW + timedelta(minutes=minutes_to_closing) if minutes_to_closing is not None else None
    back = NOW + timedelta(minutes=minutes_to_take_back) if minutes_to_take_back is not None else None
    found = clocks_of(slot(at), Ruling(Judged.FREE, (), closes, back), NOW)
    return [(one.words, one.role, one.bold) for one in found]


def parts(one: RankedSlot) -> str:
    """The second line."""
    return " · ".join(part.text for part in second_line(one, NAMES))


def test_the_day_is_said_as_operators_say_it() -> None:
    assert [day_word(slot("09:40", days=days).start, NOW) for days in range(3)] == [
        "auj.",
        "demain",
        "jeu. 26",
    ]


def test_hours_are_those_of_paris_whatever_zone_the_source_writes_in() -> None:
    assert hour_word(datetime(2026, 11, 24, 10, 40, tzinfo=PARIS).astimezone(tz=None)) == "10:40"


def test_without_any_clock_from_a_source_the_row_says_that_it_is_not_known() -> None:
    assert clocks_of(AT_1040, Ruling(Judged.FREE), NOW) == (Clock("dans 38 min"), Clock("fermeture\u202f?"))


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (208, ("ferme dans 3 h 28", "muted", False)),
        (61, ("ferme dans 1 h 01", "muted", False)),
        (59, ("ferme dans 59 min", "muted", False)),
        (16, ("ferme dans 16 min", "muted", False)),
        (15, ("ferme dans 15 min", "verify", True)),
        (14, ("ferme dans 14 min", "verify", True)),
        (1.5, ("ferme dans 1 min 30 s", "verify", True)),
        (0.5, ("ferme dans 30 s", "verify", True)),
    ],
)
def test_a_closing_grows_louder_as_it_comes(minutes: float, said: tuple[str, str, bool]) -> None:
    assert clocks(minutes)[1] == said


def test_one_clock_stands_under_how_far_away_the_slot_is() -> None:
    assert [words for words, _role, _bold in clocks(14)] == ["dans 3 h 58", "ferme dans 14 min"]


def test_two_clocks_take_both_lines() -> None:
    assert [words for words, _role, _bold in clocks(208, 148)] == ["ferme dans 3 h 28", "reprise dès 12:30"]


def test_once_the_doctor_may_take_it_back_the_row_says_since_when() -> None:
    assert clocks(208, -5)[1] == ("peut être repris depuis 09:57", "verify", False)


def test_under_two_minutes_seconds_count_and_nothing_is_ever_negative() -> None:
    assert waiting_words(NOW + timedelta(seconds=95), NOW) == "1 min 35 s"
    assert waiting_words(NOW - timedelta(seconds=5), NOW) == "0 s"


def test_the_second_line_says_place_dispositif_type_and_source() -> None:
    assert parts(ranked(AT_1040)) == "Redon · Pays de Redon · SNP · SAS 44"


def test_distance_is_said_only_where_it_is_known() -> None:
    assert parts(ranked(AT_1040, km=3.42)) == "Redon · Pays de Redon · SNP · 3,4 km · SAS 44"
    assert [km_words(km) for km in (0.0, 0.04, 9.96, 12.4)] == ["0 km", "0 km", "10 km", "12 km"]


def test_a_range_says_its_places_left_and_a_teleconsultation_that_it_is_one() -> None:
    ranged = slot("14:00", "Centre SNP", "Luçon", capacity=Capacity(3, 1), types=())
    assert parts(ranked(ranged)) == "Luçon · Pays de Redon · plage, 2 places sur 3 · SAS 44"
    remote = slot("14:00", modalities=(REMOTE,), types=(CPTS, SNP, "NOUVEAU"))
    assert parts(ranked(remote)) == "téléconsultation · Pays de Redon · SNP · CPTS · NOUVEAU · SAS 44"


def test_a_row_is_heard_as_one_sentence() -> None:
    assert row_sentence(ranked(AT_1040, own=True), NAMES, NOW) == (
        "10 heures 40, aujourd’hui, Dr Anne Bréhault, médecin traitant, Redon, Pays de Redon, SNP, SAS 44, "
        "dans 38 min, aucune source ne donne de délai de fermeture ni de reprise"
    )
    assert row_sentence(ranked(AT_1040), NAMES, NOW, "fermé à 10:20").endswith("SAS 44, fermé à 10 heures 20")


def test_a_slot_of_which_little_is_known_still_has_a_name_and_no_empty_part() -> None:
    bare = replace(
        AT_1040,
        practitioner=replace(AT_1040.practitioner, name=None),
        place=replace(AT_1040.place, city=None),
    )
    assert parts(ranked(bare)) == "Pays de Redon · SNP · SAS 44"
    assert "Cabinet Redon" in row_sentence(ranked(bare), NAMES, NOW)


# --- sources --------------------------------------------------------------------------------------------


def answer(
    state: SourceState,
    *,
    read: int = 0,
    rejected: int = 0,
    message: str | None = None,
    took_ms: int = 7012,
    data_at: datetime | None = None,
    had_slots_at: datetime | None = None,
    paused_until: datetime | None = None,
) -> SourceAnswer:
    """How SAS 44 ended, seven seconds after it was asked."""
    return SourceAnswer(
        SAS, state, NOW, took_ms, read, rejected, message, (), data_at, had_slots_at, paused_until
    )


@pytest.mark.parametrize(
    ("given", "words", "mark", "amber"),
    [
        (answer(SourceState.ANSWERED, read=3), "répondu · 3 créneaux", "disc", False),
        (
            answer(SourceState.ANSWERED, read=13, rejected=1),
            "répondu · 13 créneaux, 1 illisible",
            "disc",
            False,
        ),
        (answer(SourceState.EMPTY), "répondu · rien de libre", "ring", False),
        (answer(SourceState.LATE), "pas de réponse après 7 s", "clock", True),
        (
            answer(SourceState.LATE, paused_until=NOW + timedelta(minutes=1)),
            "pas de réponse après 7 s · nouvel essai à 10:03",
            "clock",
            True,
        ),
        (
            answer(SourceState.FAILED, message="réponse illisible"),
            "erreur\u202f: réponse illisible",
            "warning",
            True,
        ),
        (answer(SourceState.FAILED), "erreur", "warning", True),
        (
            answer(SourceState.REFUSED, message="Certificat expiré."),
            "accès refusé\u202f: certificat expiré",
            "ring-bar",
            True,
        ),
        (
            answer(SourceState.STALE, data_at=NOW - timedelta(minutes=112)),
            "données vieilles de 1 h 52",
            "dashed-ring",
            True,
        ),
        (
            answer(SourceState.FAILED, took_ms=0, paused_until=NOW + timedelta(minutes=10)),
            "en pause jusqu’à 10:12",
            "clock",
            True,
        ),
    ],
)
def test_a_source_says_its_state_in_the_words_of_the_interface(
    given: SourceAnswer, words: str, mark: str, amber: bool
) -> None:
    line = source_line(AGENDAS[0], given, NOW)
    assert (line.words, line.standing.mark, line.standing.limits) == (words, mark, amber)


def test_a_source_at_work_and_one_never_asked_say_so() -> None:
    assert source_line(AGENDAS[0], None, NOW, asking=True).words == "en cours"
    assert source_line(AGENDAS[0], None, NOW).standing is Standing.NOT_ASKED


def test_a_pause_that_is_over_is_no_pause() -> None:
    past = answer(
        SourceState.FAILED, took_ms=0, paused_until=NOW - timedelta(seconds=1), message="hors service"
    )
    assert source_line(AGENDAS[0], past, NOW).words == "erreur\u202f: hors service"


def test_a_zero_says_when_the_source_last_had_slots() -> None:
    had = answer(SourceState.EMPTY, had_slots_at=NOW - timedelta(days=1))
    assert source_line(AGENDAS[0], had, NOW).words == "répondu · rien de libre\u202f; en avait hier"
    assert "Avait encore des créneaux hier à 10:02." in source_line(AGENDAS[0], had, NOW).details


def test_a_stale_source_gives_the_hour_of_its_data_not_of_the_search() -> None:
    stale = answer(SourceState.STALE, data_at=NOW - timedelta(minutes=112))
    assert source_line(AGENDAS[0], stale, NOW).time == "08:10"
    assert source_line(AGENDAS[0], answer(SourceState.EMPTY), NOW).time == "10:02:00"


def test_a_portal_is_not_said_to_have_answered() -> None:
    portal = AgendaSource("d", SourceKind.PORTAL, "Doctolib Pays Blanc")
    line = source_line(portal, None, NOW, typed=1)
    assert (line.words, line.standing) == ("portail · 1 saisi à la main", Standing.BY_HAND)


def test_folded_on_one_line_the_sources_are_counted_by_state() -> None:
    states = (SourceState.ANSWERED, SourceState.EMPTY, SourceState.LATE, SourceState.LATE, SourceState.STALE)
    lines = [source_line(AGENDAS[0], answer(state), NOW) for state in states]
    assert [part.words for part in folded(lines)] == ["2 répondu", "2 muets", "1 périmé"]


def test_a_distance_between_communes_is_said_to_be_one_and_is_silent_within_one() -> None:
    said = [km_words(km, estimate=True) for km in (0.0, 0.5, 0.51, 3.42, 12.4)]
    assert said == ["", "", "≈ 1 km", "≈ 3 km", "≈ 12 km"]
    far = replace(ranked(AT_1040, km=3.42), km_is_estimate=True)
    assert parts(far) == "Redon · Pays de Redon · SNP · ≈ 3 km · SAS 44"
    assert parts(replace(far, km=0.0)) == "Redon · Pays de Redon · SNP · SAS 44"
    assert "environ 3 km" in row_sentence(far, NAMES, NOW)
