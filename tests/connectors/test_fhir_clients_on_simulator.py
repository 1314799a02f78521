"""The console's clients on the editor's simulator: what its world holds is what is read, defects or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from osnp_console.app.sources.agendas import (
    BookingPerson,
    BookingRequest,
    Deadline,
    Outcome,
    SlotQuery,
    SourceFailure,
    SourceTools,
)
from osnp_console.connectors.registry import CONNECTORS
from osnp_console.connectors.simulator.certificates import make_authority
from osnp_console.connectors.simulator.faults import KNOWN
from osnp_console.connectors.simulator.server import Simulator
from osnp_console.connectors.simulator.territory import invented_world
from osnp_console.connectors.simulator.world import Opening
from osnp_console.domain.slots.answers import SourceState
from osnp_console.domain.slots.slot import Slot
from osnp_console.domain.slots.source import AgendaSource, SourceKind, TlsFiles

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
WORLD = invented_world(NOW)
EVERYONE = tuple(one.rpps for one in WORLD.doctors)
ASSOCIATIONS = tuple(one.siret for one in WORLD.associations)
QUERY = SlotQuery(NOW, NOW + timedelta(hours=72), EVERYONE, ASSOCIATIONS)
TOOLS = SourceTools(clock=lambda: NOW, secret=lambda name: None)
KINDS = (SourceKind.SAS_FHIR, SourceKind.SAS_SOS, SourceKind.FHIR_AGENDA)

HARMLESS = (
    "creneaux_occupes", "type_json_fhir", "sans_search_mode", "total_faux", "entree_vide", "fullurl_gabarit",
    "walkin_avec_lien", "sans_lien", "organisation_sans_type", "types_varies", "tre_r66_varie",
    "self_incomplet", "motif_avec_modalite", "specialite_en_texte", "heures_utc", "self_sept_c", "profil_sos",
    "type_inconnu", "types_minuscules", "sans_profil", "sans_self", "ordre_inverse", "doublons",
    "champs_vides", "suite", "sos_dix",
)  # fmt: skip
"""Defects that take no slot from the answer."""
STATES = {
    "coupe": SourceState.FAILED, "tronque": SourceState.FAILED, "html": SourceState.FAILED,
    "autre_type": SourceState.FAILED, "vide": SourceState.FAILED, "redirige": SourceState.FAILED,
    "401": SourceState.REFUSED, "401_nu": SourceState.REFUSED, "403": SourceState.REFUSED,
    "403_nu": SourceState.REFUSED, "429": SourceState.FAILED, "429_nu": SourceState.FAILED,
    "500": SourceState.FAILED, "500_nu": SourceState.FAILED, "503": SourceState.FAILED,
    "503_nu": SourceState.FAILED, "suite_ailleurs": SourceState.FAILED, "suite_sans_fin": SourceState.FAILED,
    "muet": SourceState.LATE, "retard": SourceState.LATE, "goutte_a_goutte": SourceState.LATE,
}  # fmt: skip
SPOILED_SLOT = ("creneau_abime", "creneau_illisible", "creneau_orphelin")


@pytest.fixture(scope="module")
def running() -> Iterator[Simulator]:
    with Simulator(WORLD, lambda: NOW) as simulator:
        yield simulator


@pytest.fixture
def simulator(running: Simulator) -> Iterator[Simulator]:
    running.set_faults()
    yield running
    running.set_faults()


def source(simulator: Simulator, kind: SourceKind) -> AgendaSource:
    path = "agenda/fhir" if kind is SourceKind.FHIR_AGENDA else "sas/fhir"
    return AgendaSource("essai", kind, "Essai", url=f"{simulator.address}/{path}")


def read(declared: AgendaSource, seconds: float = 60.0) -> tuple[int, int, list[Slot]]:
    open_ = CONNECTORS[declared.kind].open
    assert open_ is not None
    reader = open_(declared, TOOLS)
    slots: list[Slot] = []
    try:
        reading = reader.read(QUERY, Deadline(seconds), slots.extend)
    finally:
        reader.close()
    return reading.read, reading.rejected, slots


def held(kind: SourceKind) -> dict[str, Opening]:
    """The openings of the world that a search of that kind is about."""
    agendas = WORLD.site if kind is SourceKind.SAS_SOS else WORLD.practice
    return {
        f"Slot/{one.id}": one
        for one in WORLD.openings
        if one.agenda in agendas and QUERY.start <= one.start <= QUERY.end
    }


def references(slots: list[Slot]) -> list[str]:
    return sorted(one.origins[0].reference for one in slots)


@pytest.mark.parametrize("kind", KINDS)
def test_every_slot_of_the_world_is_read_as_the_world_has_it(simulator: Simulator, kind: SourceKind) -> None:
    expected = held(kind)
    assert expected
    read_, rejected, slots = read(source(simulator, kind))
    assert (read_, rejected) == (len(expected), 0)
    assert references(slots) == sorted(expected)
    for slot in slots:
        opening = expected[slot.origins[0].reference]
        assert (slot.start, slot.end, slot.walk_in) == (opening.start, opening.end, opening.walk_in)
        assert slot.types == {code.upper() for code in opening.types}
        assert slot.modalities == set(opening.modalities)
        assert slot.reasons == opening.reasons


def test_each_slot_is_with_its_practitioner_at_its_place(simulator: Simulator) -> None:
    expected = held(SourceKind.SAS_FHIR)
    for slot in read(source(simulator, SourceKind.SAS_FHIR))[2]:
        opening = expected[slot.origins[0].reference]
        practice = WORLD.practice[opening.agenda]
        doctor = WORLD.doctor[practice.rpps]
        assert (slot.practitioner.rpps, slot.practitioner.name) == (
            doctor.rpps,
            f"{doctor.given} {doctor.family}",
        )
        place = slot.place
        assert (place.id, place.address, place.postcode, place.city, place.phone) == (
            practice.structure,
            practice.line,
            practice.postcode,
            practice.city,
            practice.phone,
        )
        assert slot.cpts == {WORLD.community[one].finess for one in opening.communities}


def test_each_site_of_sos_medecins_is_itself(simulator: Simulator) -> None:
    expected = held(SourceKind.SAS_SOS)
    for slot in read(source(simulator, SourceKind.SAS_SOS))[2]:
        site = WORLD.site[expected[slot.origins[0].reference].agenda]
        assert (slot.place.name, slot.place.address, slot.place.phone) == (site.name, site.line, site.phone)
        assert slot.practitioner.rpps is None


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", HARMLESS)
def test_a_defect_of_the_published_kind_takes_no_slot(
    simulator: Simulator, kind: SourceKind, fault: str
) -> None:
    simulator.set_faults(fault)
    read_, rejected, slots = read(source(simulator, kind))
    assert (rejected, references(slots)) == (0, sorted(held(kind)))
    assert read_ >= len(slots)


def test_all_harmless_defects_together_take_no_slot(simulator: Simulator) -> None:
    together = [fault for fault in HARMLESS if fault not in ("suite", "entree_vide")]
    simulator.set_faults(*together)
    assert references(read(source(simulator, SourceKind.SAS_FHIR))[2]) == sorted(held(SourceKind.SAS_FHIR))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", SPOILED_SLOT)
def test_a_spoiled_slot_is_lost_alone(simulator: Simulator, kind: SourceKind, fault: str) -> None:
    simulator.set_faults(fault)
    read_, rejected, slots = read(source(simulator, kind))
    lost = len(held(kind)) - len(slots)
    assert 1 <= lost <= 2  # one for each request, and two batches at most
    assert (read_ + rejected, rejected) == (len(held(kind)), 0 if fault == "creneau_abime" else lost)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", STATES)
def test_every_other_fault_has_the_state_of_the_table(
    simulator: Simulator, kind: SourceKind, fault: str
) -> None:
    simulator.set_faults(fault)
    state = STATES[fault]
    with pytest.raises(SourceFailure) as raised:
        read(source(simulator, kind), 0.4 if state is SourceState.LATE else 60.0)
    assert raised.value.state is state
    rest = timedelta(seconds=30) if fault.startswith("429") else None
    assert raised.value.rest == rest


def test_associations_without_the_slots_that_were_asked_for_are_a_failure(simulator: Simulator) -> None:
    simulator.set_faults("sans_inclusions")
    with pytest.raises(SourceFailure, match="des agendas sans leurs créneaux"):
        read(source(simulator, SourceKind.SAS_SOS))


@pytest.mark.parametrize("kind", [SourceKind.SAS_FHIR, SourceKind.FHIR_AGENDA])
def test_an_answer_without_what_it_points_to_is_not_an_empty_agenda(
    simulator: Simulator, kind: SourceKind
) -> None:
    simulator.set_faults("sans_inclusions")
    read_, rejected, slots = read(source(simulator, kind))
    assert (read_, slots) == (0, [])
    assert rejected >= len(held(kind)) > 0


def test_an_editor_without_the_includes_of_cpts_is_read_once_told(simulator: Simulator) -> None:
    simulator.set_faults("r01_seul")
    declared = source(simulator, SourceKind.SAS_FHIR)
    with pytest.raises(SourceFailure):
        read(declared)
    slots = read(replace(declared, options={"cpts": False}))[2]
    assert references(slots) == sorted(held(SourceKind.SAS_FHIR))


def test_no_fault_of_the_simulator_is_forgotten_here() -> None:
    booking = {"pris", "muet_apres_reservation", "muet_avant_reservation"}
    told = {*HARMLESS, *STATES, *SPOILED_SLOT, *booking, "sans_inclusions", "r01_seul"}
    assert told == set(KNOWN)


def test_it_is_read_over_mutual_tls(tmp_path: Path) -> None:
    certificates = make_authority(tmp_path / "tls", datetime.now(UTC))
    with Simulator(WORLD, lambda: NOW, tls=certificates) as simulator:
        files = TlsFiles(*certificates.client.files, str(certificates.authority))
        declared = replace(source(simulator, SourceKind.SAS_FHIR), tls=files)
        assert read(declared)[0] == len(held(SourceKind.SAS_FHIR))
        for pair in (certificates.wrong_cn, certificates.wrong_ou, certificates.revoked):
            with pytest.raises(SourceFailure) as raised:
                read(replace(declared, tls=TlsFiles(*pair.files, str(certificates.authority))))
            assert raised.value.state is SourceState.REFUSED
        with pytest.raises(SourceFailure) as raised:
            read(replace(declared, tls=TlsFiles(authority=str(certificates.authority))))
        assert raised.value.state is SourceState.REFUSED


PERSON = BookingPerson("ESSAI", "Camille", "1990-02-28", "F", "+33639980000")


def attempt(slot: Slot, key: str) -> BookingRequest:
    return BookingRequest(key, slot, "essai", slot.origins[0].reference, PERSON, "Cystite", "osnp-3")


def test_a_booking_that_hangs_is_verified_and_never_made_twice() -> None:
    make = CONNECTORS[SourceKind.FHIR_AGENDA].book
    assert make is not None
    with Simulator(WORLD, lambda: NOW) as simulator:
        declared = source(simulator, SourceKind.FHIR_AGENDA)
        slot = next(one for one in read(declared)[2] if not one.walk_in)
        booker = make(declared, TOOLS)
        simulator.set_faults("muet_apres_reservation")
        assert booker.book(attempt(slot, "a"), Deadline(0.4)).outcome is Outcome.UNKNOWN
        simulator.set_faults()
        verified = booker.verify(attempt(slot, "a"), Deadline(60))
        assert verified.outcome is Outcome.BOOKED
        again = booker.book(attempt(slot, "a"), Deadline(60))
        assert (again.outcome, again.reference) == (Outcome.BOOKED, verified.reference)
        assert booker.book(attempt(slot, "b"), Deadline(60)).outcome is Outcome.TAKEN
        assert slot.origins[0].reference not in references(read(declared)[2])


def test_a_booking_that_never_started_is_known_as_not_made() -> None:
    make = CONNECTORS[SourceKind.FHIR_AGENDA].book
    assert make is not None
    with Simulator(WORLD, lambda: NOW) as simulator:
        declared = source(simulator, SourceKind.FHIR_AGENDA)
        slot = next(one for one in read(declared)[2] if not one.walk_in)
        booker = make(declared, TOOLS)
        simulator.set_faults("muet_avant_reservation")
        assert booker.book(attempt(slot, "a"), Deadline(0.4)).outcome is Outcome.UNKNOWN
        simulator.set_faults()
        assert booker.verify(attempt(slot, "a"), Deadline(60)).outcome is Outcome.REFUSED
        assert booker.book(attempt(slot, "a"), Deadline(60)).outcome is Outcome.BOOKED


def test_a_slot_lost_between_the_search_and_the_booking_is_taken() -> None:
    make = CONNECTORS[SourceKind.FHIR_AGENDA].book
    assert make is not None
    with Simulator(WORLD, lambda: NOW) as simulator:
        declared = source(simulator, SourceKind.FHIR_AGENDA)
        slot = next(one for one in read(declared)[2] if not one.walk_in)
        simulator.set_faults("pris")
        assert make(declared, TOOLS).book(attempt(slot, "a"), Deadline(60)).outcome is Outcome.TAKEN
