"""The detail of a chosen slot: where, how, until when, and whom to phone afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from osnp_console.app.slots.detail import Recheck, RecheckState, SlotDetail, phone_of, slot_detail
from osnp_console.app.slots.rows import Loss, RowState, Section, SlotRow
from osnp_console.app.slots.words import Names
from osnp_console.domain.dispositif import Dispositif, Notice, SlotClocks
from osnp_console.domain.slots.ranking import Group, RankedSlot
from osnp_console.domain.slots.ruling import Ruling, Standing
from osnp_console.domain.slots.slot import REMOTE, BookingMode, Slot
from osnp_console.domain.sources import Source
from tests.unit.slot_world import NOW, REDON, SAS, dispositif, slot

NAMES = Names({SAS: "SAS 44"}, {REDON: "Pays de Redon"})
S5 = Source("S5", 6)
AT_1040 = slot("10:40")


def row(one: Slot, ruling: Ruling | None = None) -> SlotRow:
    """A row that can be had."""
    decided = ruling if ruling is not None else Ruling(Standing.FREE, (REDON,))
    return SlotRow(RankedSlot(one, decided, Group.USABLE, False, None), Section.USABLE)


def detail(one: Slot, *notices: Notice, role: str = "osnp", ruling: Ruling | None = None) -> SlotDetail:
    """The detail of a slot of a dispositif with these notices."""
    of = replace(dispositif(REDON, "CPTS du Pays de Redon", SlotClocks(S5, 60)), notices=notices)
    return slot_detail(row(one, ruling), NAMES, (of,), role)


def said(found: SlotDetail, label: str) -> str:
    """One line."""
    return next(line.text for line in found.rows if line.label == label)


def by(mode: BookingMode | None) -> Slot:
    """A slot that is booked so."""
    return replace(AT_1040, origins=(replace(AT_1040.origins[0], mode=mode),))


def test_when_the_centre_15_warns_nobody_the_operator_is_told_to_with_the_source() -> None:
    found = detail(
        AT_1040, Notice("telesecretariat", S5, doctor=True), Notice("sas", S5, doctor=False, patient=True)
    )
    assert found.follows.text == (
        "prévenir le Dr Anne Bréhault, le Centre 15 ne déclenche pas de message (S5 p. 6)"
    )
    assert found.follows.amber


def test_each_desk_reads_its_own_rule() -> None:
    notices = (Notice("telesecretariat", S5, doctor=True), Notice("sas", S5, doctor=False))
    found = detail(AT_1040, *notices, role="telesecretariat")
    assert found.follows.text == "le Dr Anne Bréhault reçoit un message (S5 p. 6)"
    assert not found.follows.amber


def test_a_source_that_does_not_say_is_not_taken_for_one_that_warns() -> None:
    for notices in ((), (Notice("tous", S5, patient=True),)):
        assert "aucune source ne dit" in detail(AT_1040, *notices).follows.text


def test_a_place_beyond_the_published_ones_wants_the_doctor_s_agreement() -> None:
    found = detail(slot("10:40", over_booking=True), Notice("tous", S5, doctor=True))
    assert found.follows.text == "obtenir l’accord du Dr Anne Bréhault avant de confirmer au patient"


def test_clocks_say_where_they_come_from_and_their_absence_is_said() -> None:
    assert said(detail(AT_1040), "Fermeture") == "aucune source ne donne de délai de fermeture ni de reprise"
    closing = Ruling(Standing.FREE, (REDON,), NOW + timedelta(minutes=10), NOW)
    assert said(detail(AT_1040, ruling=closing), "Fermeture") == (
        "ne se réserve plus à partir de 10:12\u202f; le médecin peut le reprendre à partir de 10:02 (S5 p. 6)"
    )


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        (BookingMode.LOCAL, "ici, dans SAS 44\u202f: la place est bloquée pour tous les postes"),
        (BookingMode.DIRECT, "ici, dans l’agenda de SAS 44"),
        (BookingMode.PORTAL, "sur la page de SAS 44, puis noter ici ce qui a été pris"),
        (BookingMode.PHONE, "par téléphone"),
        (None, "SAS 44 ne dit pas comment\u202f: sur sa page, ou par téléphone"),
    ],
)
def test_how_it_is_booked_is_said_as_far_as_it_is_known(mode: BookingMode | None, words: str) -> None:
    assert said(detail(by(mode)), "Réserver") == words


def test_the_place_is_said_whole_with_its_number() -> None:
    placed = replace(
        AT_1040, place=replace(AT_1040.place, address="3 rue du Port", postcode="35600", phone="+33299710000")
    )
    assert (
        said(detail(placed), "Lieu")
        == "Cabinet Redon, 3 rue du Port, 35600 Redon, 02\u202f99\u202f71\u202f00\u202f00"
    )
    assert phone_of(row(placed)) == "02\u202f99\u202f71\u202f00\u202f00"
    assert said(detail(slot("10:40", modalities=(REMOTE,))), "Lieu") == "à distance, en téléconsultation"


def test_beside_the_title_stands_when_it_was_last_seen_free() -> None:
    of: tuple[Dispositif, ...] = ()
    found = row(AT_1040)
    assert slot_detail(found, NAMES, of, "osnp").aside == "lu libre à 10:02:00"
    for state, words in (
        (RecheckState.ASKING, "revérification…"),
        (RecheckState.FREE, "revérifié 10:02:00"),
        (RecheckState.NOT_KNOWN, "pas revérifié, sans réponse à 10:02:00"),
    ):
        assert slot_detail(found, NAMES, of, "osnp", Recheck(state, NOW)).aside == words
    lost = replace(found, state=RowState.LOST, loss=Loss(NOW, "SAS 44"))
    assert slot_detail(lost, NAMES, of, "osnp").aside == "pris entre-temps · 10:02:00 · SAS 44"
