"""What is offered when a line has nothing: the best slot, other dispositifs, then the regulating doctor."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from osnp_console.app.checklist.check_eligibility import Answer, answer_for
from osnp_console.app.slots.words import Names
from osnp_console.app.transfer.next_ways import NextWay, WayKind, next_ways
from osnp_console.domain import facts
from osnp_console.domain.access import Access, Mode, Phone
from osnp_console.domain.call import Call
from osnp_console.domain.checklist import Checklist
from osnp_console.domain.criteria.need import CanTravel
from osnp_console.domain.criteria.place import InTerritory
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.hours import Hours
from osnp_console.domain.slots.ranking import RankedSlot
from osnp_console.domain.territory import Territory
from osnp_console.domain.transfer.transfer import LineCalled
from tests.unit.checklists import HOME, arranged, dispositif
from tests.unit.slot_world import SAS, board, landed, slot
from tests.unit.strategies import INSTANT, SOURCE, UNLISTED

NAMES = Names({SAS: "agenda SAS"}, {})
NOW = INSTANT + timedelta(minutes=2)
LINE = LineCalled("44-lande-mg", 0, "AccèsS", "+33230303434")
CALLED = Access(Mode.TRANSFER, SOURCE, name="AccèsS", phone=Phone("+33230303434"))
AGENDA = Access(Mode.AGENDA, SOURCE, tool="cpts_rdv")
OTHER_LINE = Access(
    Mode.TRANSFER, SOURCE, name="Allô CPTS", phone=Phone("+33251840352"), hours=Hours("Mo-Su 08:00-19:00", "")
)
AWAY = Territory("CPTS de Paris", frozenset({"75"}), whole=True)
OWN = dispositif("44-lande-mg", accesses=(CALLED,))


def other(name: str, *ways: Access, cpts: str = "CPTS du Vignoble") -> Dispositif:
    return dispositif(name, cpts=cpts, accesses=ways)


def best(*slots: tuple[str, str, str]) -> RankedSlot | None:
    made = board()
    if slots:
        made.take([landed(SAS, *(slot(*one) for one in slots))], NOW)
    return made.next_best("")


def ways(
    *others: Dispositif,
    free: RankedSlot | None = None,
    role: str = "osnp",
    now: datetime = NOW,
) -> tuple[NextWay, ...]:
    known = {**HOME, facts.ROLE: role}
    found = (OWN, *others)
    judged = Checklist(found, Call(known), now)

    def judge(one: Dispositif) -> Answer:
        return answer_for(judged.judgement(one), judged.call, now)

    return next_ways(LINE, free, arranged(found, known, now), judge, NAMES, role, now)


def titles(found: tuple[NextWay, ...]) -> list[str]:
    return [f"{way.letter} {way.title}" for way in found]


def test_the_best_slot_goes_first_and_says_when_it_was_read_free() -> None:
    first, doctor = ways(free=best(("11:20", "Dr Yann Coudrais", "Plessé"), ("14:00", "Dr B", "Redon")))
    assert (first.kind, first.letter, first.hour) == (WayKind.SLOT, "A", "11:20")
    assert first.title == "Dr Yann Coudrais · Plessé"
    assert first.subtitle.startswith("agenda SAS · lu libre à 10:0")
    assert first.target
    assert (doctor.kind, doctor.letter, doctor.title) == (WayKind.REGULATOR, "M", "Médecin régulateur")
    assert doctor.subtitle == "avis, ou ordonnance"


def test_a_slot_of_another_day_says_which() -> None:
    free = best(("11:20", "Dr Yann Coudrais", "Plessé"))
    assert free is not None
    later = replace(free, slot=replace(free.slot, start=free.slot.start + timedelta(days=1)))
    assert ways(free=later)[0].hour == "demain 11:20"


def test_other_dispositifs_come_by_their_best_way_in_and_two_ways_are_enough() -> None:
    line, agenda = other("44-b-mg", OTHER_LINE), other("44-a-mg", AGENDA, cpts="CPTS d’Ancenis")
    found = ways(line, agenda)
    assert titles(found) == [
        "A Vignoble · médecine générale",
        "B Ancenis · médecine générale",
        "M Médecin régulateur",
    ]
    assert [way.target for way in found] == ["44-b-mg", "44-a-mg", ""]
    assert found[0].subtitle == "Transfert à Allô CPTS · ouvert jusqu’à 19:00"
    with_slot = ways(line, agenda, free=best(("11:20", "Dr Coudrais", "Plessé")))
    assert [way.kind for way in with_slot] == [WayKind.SLOT, WayKind.DISPOSITIF, WayKind.REGULATOR]


def test_what_is_still_to_check_comes_after_what_is_eligible_and_says_so() -> None:
    unsure = dispositif("44-a-mg", CanTravel(), cpts="CPTS d’Ancenis", accesses=(AGENDA,))
    found = ways(unsure, other("44-b-mg", OTHER_LINE))
    assert [way.target for way in found] == ["44-b-mg", "44-a-mg", ""]
    assert found[1].subtitle == "Agenda CPTS Rendez-Vous · à vérifier"


@pytest.mark.parametrize(
    "way",
    [
        replace(OTHER_LINE, hours=Hours("Mo-Fr 14:00-19:00", "")),
        replace(OTHER_LINE, phone=Phone(LINE.number)),
        replace(AGENDA, mode=Mode.REGISTRATION),
        replace(AGENDA, mode=Mode.PRESCRIPTION),
        replace(AGENDA, mode=None),
    ],
)
def test_a_way_that_is_closed_or_leads_back_to_the_line_or_serves_later_is_not_offered(way: Access) -> None:
    assert titles(ways(other("44-b-mg", way))) == ["M Médecin régulateur"]


def test_a_refused_dispositif_or_a_territory_that_nobody_lists_is_not_offered() -> None:
    unlisted = dispositif("49-b-mg", InTerritory(UNLISTED), cpts=UNLISTED.cpts, accesses=(AGENDA,))
    refused = dispositif("44-c-mg", InTerritory(AWAY), cpts=AWAY.cpts, accesses=(AGENDA,))
    assert titles(ways(unlisted, refused)) == ["M Médecin régulateur"]


def test_the_agenda_of_the_slot_that_is_proposed_is_not_proposed_twice() -> None:
    free = best(("11:20", "Dr Coudrais", "Plessé"))
    assert free is not None
    (through,) = free.ruling.dispositifs
    assert [way.kind for way in ways(other(through, AGENDA), free=free)] == [WayKind.SLOT, WayKind.REGULATOR]
    assert len(ways(other(through, OTHER_LINE), free=free)) == 3


def test_a_regulating_doctor_is_not_sent_to_himself_and_another_desk_goes_by_the_15() -> None:
    assert ways(role="medecin_regulateur") == ()
    (doctor,) = ways(role="pharmacien")
    assert doctor.subtitle == "par le 15"
