"""The column of slots: the right rows in the right order, and nothing that moves under the eye."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from osnp_console.app.slots.filters import SlotFilters
from osnp_console.app.slots.places import MOST_ROWS
from osnp_console.app.slots.rows import RowState, Section
from osnp_console.app.slots.search_events import Asking
from osnp_console.app.slots.tally import Where
from osnp_console.domain.slots.answers import SourceState
from osnp_console.domain.slots.bands import BANDS
from osnp_console.domain.slots.ruling import Rights
from osnp_console.domain.slots.slot import CPTS, PRO, REMOTE, SNP, Capacity, Origin
from tests.unit.slot_world import (
    ADMISSIONS,
    AGENDAS,
    ASKED,
    CITANA,
    CLOSING,
    ESTUAIRE,
    FINISHED,
    LATE,
    LOCAL,
    NOBODYS,
    NOW,
    REDON,
    SAS,
    VENDEE,
    answered,
    board,
    failed,
    hours,
    landed,
    slot,
)

AT_1040, AT_1120, AT_1400 = slot("10:40"), slot("11:20", "Dr Yann Coudrais", "Plessé"), slot("14:00")
AT_1115 = slot("11:15", "Dr Luc Maury", "Savenay", source=CITANA, dispositifs=(ESTUAIRE,), types=(CPTS,))
LATER = NOW + timedelta(seconds=3)


def test_the_first_results_appear_at_once_even_while_the_list_is_in_use() -> None:
    made = board()
    made.hold()
    made.take([landed(SAS, AT_1120, AT_1040)], NOW)
    assert hours(made) == ["10:40", "11:20"]
    assert made.column().notice == ""


def test_what_lands_while_the_list_is_in_use_is_counted_and_not_inserted() -> None:
    made = board()
    made.take([landed(SAS, AT_1120)], NOW)
    made.hold()
    made.take([landed(SAS, AT_1040), landed(CITANA, AT_1115)], LATER)
    assert hours(made) == ["11:20"]
    assert made.column().notice == "2 nouveaux créneaux"
    made.let_go(LATER)
    assert hours(made) == ["10:40", "11:20", "11:15"]
    assert made.column().notice == ""


def test_the_operator_may_have_what_waits_while_the_list_is_in_use() -> None:
    made = board()
    made.take([landed(SAS, AT_1120)], NOW)
    made.hold()
    made.take([landed(SAS, AT_1040)], LATER)
    assert made.column().notice == "1 nouveau créneau"
    made.show_news(LATER)
    assert hours(made) == ["10:40", "11:20"]


def test_rows_stand_in_groups_and_what_is_under_reserve_says_why() -> None:
    made = board()
    vendee = slot("10:50", "Centre SNP", "Luçon", dispositifs=(VENDEE,))
    more = slot("10:30", "Dr Paul Guérin", "Redon", source=LOCAL, over_booking=True)
    made.take([landed(SAS, AT_1400, vendee, AT_1040), landed(CITANA, AT_1115), landed(LOCAL, more)], NOW)
    assert [(group.section, len(group.rows)) for group in made.column().groups] == [
        (Section.USABLE, 2),
        (Section.MISSING_ANSWER, 1),
        (Section.UNVERIFIED, 1),
        (Section.OVER_BOOKING, 1),
    ]
    assert made.column().groups[3].section.note == "accord du médecin à obtenir"


def test_the_regular_doctor_s_own_slots_come_first() -> None:
    made = board(own_doctor="Coudrais, Plessé")
    made.take([landed(SAS, AT_1040, AT_1120)], NOW)
    assert hours(made) == ["11:20", "10:40"]
    assert made.column().rows[0].one.own_doctor


def test_the_same_slot_from_two_agendas_is_one_row() -> None:
    made = board()
    again = replace(AT_1040, origins=(Origin(CITANA, "Slot/9", NOW),))
    made.take([landed(SAS, AT_1040)], NOW)
    made.take([landed(CITANA, again)], LATER)
    assert [row.one.slot.sources for row in made.column().rows] == [(CITANA, SAS)]


def test_the_selection_follows_its_slot_when_others_land_before_it() -> None:
    made = board()
    made.take([landed(SAS, AT_1120)], NOW)
    assert made.select(AT_1120.id)
    made.take([landed(SAS, AT_1040)], LATER)
    assert hours(made) == ["10:40", "11:20"]
    assert made.column().selected == AT_1120.id


def test_the_selection_follows_its_slot_when_it_is_merged_under_another_id() -> None:
    made = board()
    made.take([landed(SAS, AT_1120)], NOW)
    made.select(AT_1120.id)
    elsewhere = replace(
        AT_1120, place=replace(AT_1120.place, id="1440000001"), origins=(Origin(LOCAL, "1", NOW),)
    )
    placed = replace(AT_1120, place=replace(AT_1120.place, id="1440000002"))
    made.take([answered(SAS, placed), landed(LOCAL, elsewhere)], LATER)
    found = made.row(made.selected)
    assert found is not None
    assert found.one.slot.place.id == "1440000002"
    assert len(made.column().rows) == 2


def test_the_program_chooses_once_all_have_answered_and_not_what_is_under_reserve() -> None:
    made = board()
    made.take([landed(CITANA, AT_1115), landed(SAS, AT_1120)], NOW)
    assert made.selected is None
    made.take([answered(SAS, AT_1120, AT_1040), FINISHED], LATER)
    assert made.selected == AT_1040.id


def test_the_program_never_takes_the_choice_back_from_the_operator() -> None:
    made = board()
    made.take([landed(SAS, AT_1040, AT_1400)], NOW)
    made.select(AT_1400.id)
    made.take([answered(SAS, AT_1040), FINISHED], LATER)
    assert made.selected is None


def test_a_slot_that_closes_goes_grey_by_itself_and_leaves_after_a_minute() -> None:
    made = board(CLOSING)
    made.take([landed(SAS, AT_1120, AT_1400)], NOW)
    made.select(AT_1120.id)
    closing = AT_1120.start - timedelta(minutes=60)
    assert made.tick(closing)
    row = made.row(AT_1120.id)
    assert row is not None
    assert (row.state, row.state_words) == (RowState.CLOSED, "fermé à 10:20")
    assert made.selected is None
    assert not made.select(AT_1120.id)
    assert not made.tick(closing + timedelta(seconds=59))
    assert hours(made) == ["11:20", "14:00"]
    assert made.tick(closing + timedelta(seconds=60))
    assert hours(made) == ["14:00"]


def test_a_row_that_closed_stays_while_the_list_is_in_use() -> None:
    made = board(CLOSING)
    made.take([landed(SAS, AT_1120, AT_1400)], NOW)
    made.hold()
    later = AT_1120.start - timedelta(minutes=55)
    made.tick(later)
    assert hours(made) == ["11:20", "14:00"]
    made.let_go(later)
    assert hours(made) == ["14:00"]


def test_a_row_that_closed_leaves_at_the_next_commit() -> None:
    made = board(CLOSING)
    made.take([landed(SAS, AT_1120, AT_1400)], NOW)
    closing = AT_1120.start - timedelta(minutes=60)
    made.tick(closing)
    made.commit(closing + timedelta(seconds=2))
    assert hours(made) == ["14:00"]


def test_a_lost_slot_stays_struck_through_in_its_place_until_the_next_commit() -> None:
    made = board()
    made.take([landed(SAS, AT_1040, AT_1120)], NOW)
    made.select(AT_1040.id)
    made.lose(AT_1040.id, LATER, "SAS 44")
    made.take([landed(SAS, AT_1400)], LATER)
    row = made.row(AT_1040.id)
    assert row is not None
    assert row.loss_words == "pris entre-temps · 10:02:03 · SAS 44"
    assert hours(made) == ["10:40", "11:20", "14:00"]
    assert made.selected is None
    assert made.column().bands[0].count == 2
    made.commit(LATER)
    assert hours(made) == ["11:20", "14:00"]


def test_a_lost_slot_comes_back_only_when_it_is_read_free_later() -> None:
    made = board()
    made.take([landed(SAS, AT_1040)], NOW)
    made.lose(AT_1040.id, LATER, "SAS 44")
    made.commit(LATER)
    made.take([Asking(ASKED), landed(SAS, slot("10:40", seen_at=LATER + timedelta(seconds=1)))], LATER)
    assert hours(made) == ["10:40"]
    assert made.row(AT_1040.id) is not None


def test_what_is_typed_greys_a_row_in_place_and_moves_nothing_before_the_answer_is_complete() -> None:
    made = board()
    made.take([landed(SAS, AT_1040), landed(CITANA, AT_1115)], NOW)
    turned = {**ADMISSIONS, REDON: ADMISSIONS[NOBODYS], ESTUAIRE: replace(ADMISSIONS[REDON])}
    made.judge(turned, NOW)
    assert [row.state for row in made.column().rows] == [RowState.UNFIT, RowState.FREE]
    assert made.column().is_stale
    made.commit(NOW)
    assert [row.section for row in made.column().rows] == [Section.USABLE]
    assert hours(made) == ["11:15"]


def test_a_slot_no_longer_announced_says_so_in_its_place_while_the_list_is_in_use() -> None:
    made = board()
    made.take([answered(SAS, AT_1040, AT_1120), FINISHED], NOW)
    made.hold()
    made.take([Asking(ASKED), answered(SAS, AT_1120)], LATER)
    assert [row.state for row in made.column().rows] == [RowState.GONE, RowState.FREE]
    assert made.column().notice == "ordre à rafraîchir"


def test_a_new_search_keeps_what_the_last_one_read_until_each_source_has_answered() -> None:
    made = board()
    made.take([answered(SAS, AT_1040), FINISHED], NOW)
    made.take([Asking(ASKED)], LATER)
    assert hours(made) == ["10:40"]
    made.take([answered(SAS)], LATER)
    assert hours(made) == []


def test_bands_count_what_can_be_had_and_say_when_more_may_come() -> None:
    made = board()
    made.take([landed(SAS, AT_1040, AT_1400, slot("14:30")), answered(CITANA)], NOW)
    assert [band.words for band in made.column().bands] == ["3", "2", "1", "…", "…", "…", "…"]
    made.take([failed(LATE), answered(SAS, AT_1040), answered(LOCAL), FINISHED], NOW)
    assert [band.words for band in made.column().bands] == ["1", "1", "0", "0", "0", "0", "0"]


def test_a_filter_is_the_operator_s_own_act_and_is_heeded_at_once() -> None:
    made = board()
    remote = slot("14:30", "Dr Inès Gaudin", "Guérande", modalities=(REMOTE,))
    made.take([landed(SAS, AT_1040, remote)], NOW)
    made.hold()
    made.set_filters(SlotFilters(band=BANDS[1]), NOW)
    assert hours(made) == ["14:30"]
    assert [band.count for band in made.column().bands[:3]] == [2, 1, 1]
    made.set_filters(SlotFilters(modality=REMOTE), NOW)
    assert hours(made) == ["10:40", "14:30"]


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        (SlotFilters(type=PRO), ["14:00"]),
        (SlotFilters(walk_in=True), ["14:00"]),
        (SlotFilters(dispositif=REDON), ["10:40"]),
    ],
)
def test_each_filter_leaves_its_own(filters: SlotFilters, kept: list[str]) -> None:
    made = board()
    other = slot("14:00", "Centre SNP", "Luçon", dispositifs=(VENDEE,), types=(PRO,), walk_in=True)
    made.take([landed(SAS, AT_1040, other)], NOW)
    made.set_filters(filters, NOW)
    assert hours(made) == kept


def test_every_slot_read_became_exactly_one_thing() -> None:
    made = board(CLOSING, Rights(frozenset({SNP}), territory=False))
    over = slot("10:10", "Dr Fermé")
    full = slot("15:00", "Centre", capacity=Capacity(3, 3))
    not_ours = slot("15:10", "Dr Pro", types=(PRO,))
    refused = slot("15:20", "Dr Loin", dispositifs=(NOBODYS,))
    made.take([landed(SAS, AT_1400, over, full, not_ours, refused)], NOW)
    made.hold()
    late = slot("16:00", "Dr Tard")
    made.take([landed(SAS, late)], NOW)
    assert made.census() == {
        AT_1400.id: Where.SHOWN,
        over.id: Where.OVER,
        full.id: Where.OVER,
        not_ours.id: Where.OTHER_DESK,
        refused.id: Where.REFUSED,
        late.id: Where.WAITING,
    }
    made.set_filters(SlotFilters(band=BANDS[0]), NOW)
    assert made.census()[late.id] is Where.FILTERED


def test_the_next_best_is_another_slot_that_can_be_had_for_sure() -> None:
    made = board()
    made.take([landed(CITANA, AT_1115), landed(SAS, AT_1040, AT_1120)], NOW)
    made.lose(AT_1040.id, LATER, "SAS 44")
    best = made.next_best(but=AT_1040.id)
    assert best is not None
    assert best.slot.id == AT_1120.id


def test_each_source_says_how_it_stands_and_a_source_taken_out_says_nothing_more() -> None:
    made = board()
    made.take([answered(SAS, AT_1040), failed(CITANA, SourceState.REFUSED)], NOW)
    assert [line.words for line in made.sources()] == [
        "répondu · 1 créneau",
        "accès refusé",
        "en cours",
        "en cours",
    ]
    made.link(AGENDAS[1:], NOW)
    assert len(made.sources()) == 3
    assert hours(made) == []


def test_when_other_types_may_be_used_rows_say_so_in_their_place() -> None:
    made = board()
    made.take([landed(SAS, AT_1040, AT_1400)], NOW)
    made.allow(Rights(frozenset({PRO}), territory=False), NOW)
    assert [row.state for row in made.column().rows] == [RowState.OTHER_DESK, RowState.OTHER_DESK]
    made.commit(NOW)
    assert hours(made) == []
    assert set(made.census().values()) == {Where.OTHER_DESK}


def test_of_thousands_the_first_are_shown_and_the_others_counted() -> None:
    made = board()
    many = [slot("14:00", f"Dr Numéro {number}") for number in range(MOST_ROWS + 30)]
    made.take([landed(SAS, *many)], NOW)
    (group,) = made.column().groups
    assert (len(group.rows), group.total) == (MOST_ROWS, MOST_ROWS + 30)
    assert group.note == f"les {MOST_ROWS} premiers sur {MOST_ROWS + 30}, resserrer par les bandes"
    assert made.column().notice == "", "what is counted is not news"
