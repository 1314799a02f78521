"""What a row, a detail and the choice of the program make of slots that other desks propose."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from osnp_console.app.slots.board import SlotBoard
from osnp_console.app.slots.detail import Recheck, RecheckState, slot_detail
from osnp_console.app.slots.look import RowLook, row_look
from osnp_console.app.slots.rows import SlotRow
from osnp_console.app.slots.words import Names
from osnp_console.domain.slots.proposal import LASTS, Elsewhere, proposed
from osnp_console.domain.slots.slot import Capacity, Slot
from tests.unit.slot_world import CLOSING, FINISHED, NOW, SAS, answered, board, landed, slot

OWN, FIFTH, SEVENTH = "44-3", "44-5", "44-7"
NAMES = Names({}, {})
FIRST, SECOND = slot("14:00"), slot("14:20")
FREE = Recheck(RecheckState.FREE, NOW)


def by(*desks: str, of: Slot = FIRST, person: str = "") -> Elsewhere:
    return Elsewhere(OWN, tuple(proposed(of, desk, person, NOW) for desk in desks))


def row_of(one: Slot, made: SlotBoard | None = None) -> SlotRow:
    shown = made or board()
    shown.take([landed(SAS, one)], NOW)
    row = shown.row(one.id)
    assert row is not None
    return row


def look(
    elsewhere: Elsewhere, one: Slot = FIRST, recheck: Recheck | None = None, now: datetime = NOW
) -> RowLook:
    return row_look(row_of(one), NAMES, now, recheck, elsewhere)


def right(shown: RowLook) -> Sequence[tuple[str, str]]:
    return [(clock.mark, clock.words) for clock in shown.right]


def test_a_row_proposed_elsewhere_shows_a_person_and_the_desk_alone_and_is_paler() -> None:
    shown = look(by(FIFTH))
    assert right(shown) == [("person", "proposé au poste 5")]
    assert shown.is_held
    assert not shown.is_over
    assert "le poste 5 propose ce créneau jusqu’à" in shown.sentence.casefold()


def test_a_row_that_nobody_proposes_is_as_it_was() -> None:
    assert look(by(FIFTH, of=SECOND)) == look(Elsewhere()) == row_look(row_of(FIRST), NAMES, NOW)


def test_the_words_go_by_themselves_when_the_proposal_is_over() -> None:
    over = NOW + LASTS
    assert look(by(FIFTH), now=over) == look(Elsewhere(), now=over)
    assert look(by(FIFTH), now=over - timedelta(seconds=1)).is_held


def test_looking_again_at_a_slot_proposed_elsewhere_tells_both() -> None:
    shown = look(by(FIFTH), recheck=FREE)
    assert right(shown) == [("person", "proposé au poste 5"), ("tick", FREE.words)]
    assert FREE.words in shown.sentence
    assert "propose ce créneau" in shown.sentence


def test_a_clock_that_warns_stays_beside_the_proposal() -> None:
    closing, now = board(CLOSING), FIRST.start - timedelta(minutes=65)
    elsewhere = Elsewhere(OWN, (proposed(FIRST, FIFTH, "", now),))
    shown = row_look(row_of(FIRST, closing), NAMES, now, FREE, elsewhere)
    assert right(shown) == [("person", "proposé au poste 5"), ("padlock", "ferme dans 5 min")]
    assert shown.right[1].bold


def test_a_range_with_places_left_keeps_its_clock_and_its_ink() -> None:
    wide = slot("14:00", capacity=Capacity(places=3, taken=1))
    shown = look(by(FIFTH, of=wide), wide)
    assert not shown.is_held
    assert [words for _, words in right(shown)] == ["proposé au poste 5", "fermeture\u202f?"]


def test_a_row_that_can_no_longer_be_had_says_only_why() -> None:
    made = board()
    row_of(FIRST, made)
    made.lose(FIRST.id, NOW, "SAS 44")
    row = made.row(FIRST.id)
    assert row is not None
    assert row_look(row, NAMES, NOW, None, by(FIFTH)) == row_look(row, NAMES, NOW)


def test_the_detail_says_the_sentence_and_who_it_is() -> None:
    proposals = by(FIFTH, person="É. Tessier").proposals
    detail = slot_detail(row_of(FIRST), NAMES, (), "osnp", None, proposals, OWN)
    assert detail.elsewhere is not None
    until = f"{proposals[0].until:%H:%M}"
    assert detail.elsewhere.text == (
        f"Le poste 5 propose ce créneau jusqu’à {until}. Poste 5\u202f: É. Tessier."
    )
    assert detail.rows[-1] == detail.elsewhere
    assert detail.elsewhere.text in detail.sentence
    assert slot_detail(row_of(FIRST), NAMES, (), "osnp").elsewhere is None


def test_the_program_chooses_the_first_slot_that_no_other_desk_proposes() -> None:
    made = board()
    made.elsewhere = by(FIFTH)
    made.take([answered(SAS, FIRST, SECOND), FINISHED], NOW)
    assert made.selected == SECOND.id


def test_the_program_chooses_nothing_where_all_is_proposed_elsewhere() -> None:
    made = board()
    made.elsewhere = by(FIFTH)
    made.take([answered(SAS, FIRST), FINISHED], NOW)
    assert made.selected is None
    assert made.select(FIRST.id)


def test_what_is_chosen_stays_chosen_when_another_desk_proposes_it() -> None:
    made = board()
    made.take([answered(SAS, FIRST, SECOND), FINISHED], NOW)
    assert made.selected == FIRST.id
    made.elsewhere = by(FIFTH)
    made.tick(NOW + timedelta(seconds=1))
    assert made.selected == FIRST.id


def test_the_next_best_is_one_that_nobody_proposes_where_there_is_one() -> None:
    made, third = board(), slot("15:00")
    made.take([answered(SAS, FIRST, SECOND, third), FINISHED], NOW)
    made.elsewhere = by(FIFTH, of=SECOND)
    best = made.next_best(FIRST.id)
    assert best is not None
    assert best.slot == third
    made.elsewhere = Elsewhere(OWN, (*by(FIFTH, of=SECOND).proposals, *by(SEVENTH, of=third).proposals))
    best = made.next_best(FIRST.id)
    assert best is not None
    assert best.slot == SECOND
