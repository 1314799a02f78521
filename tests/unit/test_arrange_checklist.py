"""The order in which an operator reads the checklist, and what folds in it."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from osnp_console.app.checklist.arrange import Arranger
from osnp_console.app.checklist.arrangement import Group, TerritoryEntry
from osnp_console.app.checklist.check_eligibility import answer_for
from osnp_console.app.checklist.fold import Fold, Folding, Heading, lines
from osnp_console.domain import facts
from osnp_console.domain.call import AT_HOME
from osnp_console.domain.criteria.need import CanTravel, NoVitalEmergency, OfferServed, ReasonAmong
from osnp_console.domain.criteria.person import SexIs
from osnp_console.domain.criteria.place import InTerritory
from osnp_console.domain.criteria.usual_care import RegularDoctor
from osnp_console.domain.dispositif import Status
from osnp_console.domain.territory import Territory
from tests.unit.checklists import HOME, arranged, checklist, dispositif, line_open, names
from tests.unit.strategies import DEFINED, ELSEWHERE, INSTANT, LANDE, LISTED, UNLISTED

OFFER = OfferServed("medecine_generale")
HERE, NOBODY_LISTS = InTerritory(LISTED), InTerritory(UNLISTED)
FAR = InTerritory(Territory("CPTS de Loin", frozenset({"85"}), frozenset()))


def test_groups_come_in_the_order_of_what_can_be_done() -> None:
    found = names(
        arranged(
            [
                dispositif("planned", OFFER, status=Status.PLANNED),
                dispositif("refused", OfferServed("infirmier")),
                dispositif("unlisted", OFFER, NOBODY_LISTS, cpts="CPTS du Bocage"),
                dispositif("two", OFFER, CanTravel(), RegularDoctor()),
                dispositif("one", OFFER, CanTravel()),
                dispositif("taken", OFFER, HERE),
            ]
        )
    )
    assert found == {
        "Éligibles": ["taken"],
        "À vérifier · une question": ["one"],
        "À vérifier · plus d’une question": ["two"],
        "Territoire à confirmer": ["CPTS du Bocage"],
        "Refusés": ["refused"],
        "Hors service": ["planned"],
    }


def test_what_answers_now_comes_before_what_opens_later_and_before_what_nobody_says() -> None:
    eligible = [
        dispositif("silent", OFFER),
        dispositif("tomorrow", OFFER, accesses=line_open("We 08:00-19:00")),
        dispositif("afternoon", OFFER, accesses=line_open("Tu 14:00-19:00")),
        dispositif("now", OFFER, accesses=line_open("Tu 08:00-19:00")),
    ]
    assert names(arranged(eligible))["Éligibles"] == ["now", "afternoon", "tomorrow", "silent"]


def test_the_patient_s_own_territory_comes_first_then_names_without_regard_to_accents() -> None:
    eligible = [
        dispositif("z", OFFER, cpts="CPTS Zénith"),
        dispositif("e", OFFER, cpts="CPTS d'Étel"),
        dispositif("a", OFFER, cpts="CPTS des Aulnes"),
        dispositif("mine", OFFER, HERE, cpts="CPTS du Val"),
    ]
    assert names(arranged(eligible))["Éligibles"] == ["mine", "a", "e", "z"]


def test_one_entry_places_a_cpts_for_all_its_dispositifs_that_hang_on_it_alone() -> None:
    mine = [
        dispositif("doctors", OFFER, NOBODY_LISTS, cpts="CPTS du Bocage"),
        dispositif("centre", OFFER, NOBODY_LISTS, cpts="CPTS du Bocage", nature="centre_snp"),
        dispositif("asks_more", OFFER, NOBODY_LISTS, CanTravel(), cpts="CPTS du Bocage"),
    ]
    sections = {section.group: section for section in arranged(mine).sections}
    (entry,) = sections[Group.TERRITORY].entries
    assert isinstance(entry, TerritoryEntry)
    assert [one.id for one in entry.dispositifs] == ["centre", "doctors"]
    assert entry.fact == "territoire:CPTS du Bocage"
    assert [one.key for one in sections[Group.MORE_QUESTIONS].entries] == ["d:asks_more"]


def test_a_territory_is_not_to_be_placed_for_a_patient_of_another_departement() -> None:
    far = {**HOME, facts.RESIDENCE: ELSEWHERE}
    found = names(arranged([dispositif("unlisted", OFFER, NOBODY_LISTS)], far))
    assert found == {"Refusés": ["unlisted"]}


def test_the_hardest_obstacle_is_the_reason_and_near_misses_come_first_after_the_own_departement() -> None:
    known = {**HOME, facts.REASON: "plaie"}
    refused = [
        dispositif("far", OFFER, FAR, ReasonAmong(frozenset({"angine"})), departement="85"),
        dispositif("offer", OfferServed("infirmier"), ReasonAmong(frozenset({"angine"}))),
        dispositif("reason", OFFER, ReasonAmong(frozenset({"angine"}))),
    ]
    (section,) = arranged(refused, known).sections
    assert [(run.reason, [one.key for one in run.entries]) for run in section.runs] == [
        ("Ce motif n’est pas pris en charge ici", ["d:reason"]),
        ("Autre offre", ["d:offer"]),
        ("Autre département", ["d:far"]),
    ]


def test_a_territory_that_does_not_hold_the_commune_is_named_with_it() -> None:
    listed = InTerritory(Territory("CPTS de la Côte", frozenset({"44"}), frozenset({"44920"})))
    (section,) = arranged([dispositif("coast", OFFER, listed)]).sections
    assert section.runs[0].reason == "Hors territoire\u202f: Lande-le-Bourg"


def test_with_a_vital_emergency_everything_in_service_is_refused_for_that_reason() -> None:
    rows = [dispositif("a", OFFER, NoVitalEmergency()), dispositif("b", OFFER, FAR, NoVitalEmergency())]
    found = arranged(rows, {**HOME, facts.VITAL_EMERGENCY: True})
    assert [run.reason for run in found.sections[0].runs] == ["Urgence vitale"]
    assert names(found) == {"Refusés": ["a", "b"]}


def test_what_the_caller_cannot_tell_is_no_question() -> None:
    (section,) = arranged([dispositif("women", OFFER, SexIs("F"))], {**HOME, facts.SEX: "I"}).sections
    assert section.group is Group.NOTHING_TO_ASK


def test_many_refused_for_one_reason_fold_after_the_first_three() -> None:
    rows = [dispositif(f"d{n}", OfferServed("infirmier")) for n in range(8)]
    shown = lines(arranged(rows), Folding())
    assert [line.key for line in shown[:4]] == ["g:REFUSED", "d:d0", "d:d1", "d:d2"]
    fold = shown[4]
    assert isinstance(fold, Fold)
    assert (fold.words, fold.opened, len(shown)) == ("5 autres, même raison", False, 5)
    opened = lines(arranged(rows), Folding().open(fold.run))
    assert [line.key for line in opened[5:]] == ["d:d3", "d:d4", "d:d5", "d:d6", "d:d7"]


def test_four_refused_for_one_reason_stay_unfolded() -> None:
    rows = [dispositif(f"d{n}", OfferServed("infirmier")) for n in range(4)]
    assert [line.key for line in lines(arranged(rows), Folding())[1:]] == ["d:d0", "d:d1", "d:d2", "d:d3"]


def test_out_of_service_is_folded_at_first_and_says_how_many() -> None:
    rows = [dispositif(f"d{n}", status=Status.PLANNED) for n in range(3)]
    (heading,) = lines(arranged(rows), Folding())
    assert isinstance(heading, Heading)
    assert (heading.title, heading.count, heading.folded) == ("Hors service", 3, True)


def test_a_title_agrees_with_one_entry() -> None:
    assert Heading(Group.ELIGIBLE, 1, folded=False).title == "Éligible"
    assert Heading(Group.ELIGIBLE, 2, folded=False).title == "Éligibles"
    assert Heading(Group.REFUSED, 1, folded=False).title == "Refusé"
    assert Heading(Group.OUT_OF_SERVICE, 1, folded=False).title == "Hors service"


def test_a_row_to_be_shown_opens_its_group_and_its_run_only() -> None:
    rows = [dispositif(f"d{n}", OfferServed("infirmier")) for n in range(8)]
    found = arranged(rows)
    folding = Folding().fold(Group.REFUSED).showing(found, "d:d6")
    assert "d:d6" in [line.key for line in lines(found, folding)]
    assert Folding().showing(found, "d:d1") == Folding()
    assert Group.OUT_OF_SERVICE in folding.folded


MANY = [
    dispositif("line", OFFER, HERE, CanTravel(), accesses=line_open("Mo-Su 09:00-10:15")),
    dispositif("doctor", OFFER, HERE, RegularDoctor(or_unavailable=True), SexIs("F")),
    dispositif(
        "visitors", OFFER, InTerritory(LISTED, visitors=True), accesses=line_open("Mo-Su 10:10-20:00")
    ),
    dispositif("reason", OFFER, HERE, ReasonAmong(frozenset({"angine"})), CanTravel(), NoVitalEmergency()),
    dispositif("nurse", OfferServed("infirmier"), NOBODY_LISTS),
    dispositif("unlisted", OFFER, NOBODY_LISTS, SexIs("F"), cpts="CPTS de la Rive"),
    dispositif("far", OFFER, FAR, ReasonAmong(frozenset({"angine"})), departement="85"),
    dispositif("closed", OFFER, HERE, status=Status.PLANNED),
]
ANSWERS: tuple[tuple[str, tuple[object, ...]], ...] = (
    (facts.RESIDENCE, (None, LANDE, ELSEWHERE)),
    (facts.PRESENT_PLACE, (None, AT_HOME, LANDE)),
    (facts.OFFER, (None, "medecine_generale", "infirmier")),
    (facts.REASON, (None, "angine", "plaie")),
    (facts.REGULAR_DOCTOR, (None, "indisponible", "disponible", "declare")),
    (facts.SEX, (None, "F", "M")),
    (facts.CAN_TRAVEL, (None, True, False)),
    (facts.VITAL_EMERGENCY, (None, True, False)),
    (facts.ROLE, (None, "osnp", "medecin_regulateur")),
)
STEPS = st.sampled_from([(code, value) for code, values in ANSWERS for value in values])


@given(st.lists(st.tuples(st.lists(STEPS, max_size=3), st.booleans()), max_size=8))
def test_an_order_followed_from_answer_to_answer_is_the_one_worked_out_afresh(
    turns: list[tuple[list[tuple[str, object]], bool]],
) -> None:
    judged, now = checklist(MANY), INSTANT
    out = [(one, why) for one in MANY if (why := one.out_of_service(judged.moment.day)) is not None]

    def order(arranger: Arranger) -> dict[str, list[str]]:
        found = arranger.arrange(lambda one: answer_for(judged.judgement(one), judged.call, now), now)
        reasons = {run.reason for section in found.sections for run in section.runs}
        return {**names(found), "reasons": sorted(reasons)}

    followed = Arranger(judged, out, DEFINED)
    for answers, a_minute_passes in turns:
        for code, value in answers:
            judged.learn(code, value)
        now += timedelta(minutes=5 if a_minute_passes else 0)
        assert order(followed) == order(Arranger(judged, out, DEFINED))
