"""Distances come while slots are there already: rows say so in place, what lands later has its own."""

from __future__ import annotations

from dataclasses import replace

from osnp_console.app.slots.board import SlotBoard
from osnp_console.app.slots.search_events import Asking
from osnp_console.domain.slots.ranking import Whereabouts
from osnp_console.domain.slots.slot import Slot
from tests.unit.slot_world import ADMISSIONS, AGENDAS, ASKED, NOW, SAS, landed, slot


def _in(postcode: str, one: Slot) -> Slot:
    return replace(one, place=replace(one.place, postcode=postcode))


AT_1040 = _in("35600", slot("10:40", city="Redon"))
AT_1120 = _in("44630", slot("11:20", "Dr Yann Coudrais", "Plessé"))
PATIENT = Whereabouts(47.63, -1.83, is_centre=True)


class Communes:
    """Where communes are, as far as it is known."""

    def __init__(self) -> None:
        self.known: dict[str, Whereabouts] = {}
        self.asked: list[str] = []

    def locate(self, postcode: str, city: str) -> Whereabouts | None:
        self.asked.append(city)
        return self.known.get(city)


def made_board(communes: Communes) -> SlotBoard:
    made = SlotBoard(NOW, locate=communes.locate)
    made.link(AGENDAS, NOW)
    made.judge(ADMISSIONS, NOW)
    made.take([Asking(ASKED)], NOW)
    return made


def km(made: SlotBoard) -> dict[str, int | None]:
    """Whole kilometres, by town."""
    rows = made.column().rows
    return {str(row.one.slot.place.city): None if row.one.km is None else round(row.one.km) for row in rows}


def test_a_distance_appears_in_the_row_once_both_ends_are_known_and_goes_with_the_patients() -> None:
    communes = Communes()
    made = made_board(communes)
    made.take([landed(SAS, AT_1040)], NOW)
    assert (km(made), communes.asked) == ({"Redon": None}, [])
    made.judge(ADMISSIONS, NOW, patient=PATIENT)
    assert (km(made), communes.asked) == ({"Redon": None}, ["Redon"])
    communes.known["Redon"] = Whereabouts(47.6577, -2.0814, is_centre=True)
    made.judge(ADMISSIONS, NOW, patient=PATIENT)
    assert km(made) == {"Redon": None}, "nothing says yet that more is known"
    made.judge(ADMISSIONS, NOW, patient=PATIENT, places_moved=True)
    assert km(made) == {"Redon": 19}
    made.judge(ADMISSIONS, NOW)
    assert km(made) == {"Redon": None}


def test_slots_that_land_later_are_located_as_well() -> None:
    communes = Communes()
    communes.known["Plessé"] = Whereabouts(47.541, -1.886, is_centre=True)
    made = made_board(communes)
    made.judge(ADMISSIONS, NOW, patient=PATIENT)
    made.take([landed(SAS, AT_1040)], NOW)
    made.take([landed(SAS, AT_1120)], NOW)
    assert km(made) == {"Redon": None, "Plessé": 11}
