"""The export of an appointment is what the Hub Santé's schema wants, or a refusal that says what lacks."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from osnp_console.app.errors import Refusal
from osnp_console.documents.rs_sas_rdv import check, rs_sas_rdv, split_name
from osnp_console.domain.appointment import Appointment, AppointmentState
from osnp_console.domain.regulator import Regulator
from osnp_console.domain.slots.slot import Place, Practitioner
from osnp_console.domain.slots.source import SourceKind
from tests.documents.papers import BOOKED, REGULATOR
from tests.unit.slot_doubles import made_slot

EXAMPLES = Path(__file__).resolve().parents[3] / "shared" / "fhir-sas-examples" / "hub-sas-rdv"
SCHEMA = EXAMPLES / "RS-SAS-RDV.schema.json"
with_schema = pytest.mark.skipif(not SCHEMA.is_file(), reason="les exemples publics ne sont pas là")

EXPORTABLE = [state for state in AppointmentState if state.value in
              ("a_confirmer", "reserve", "honore", "absent", "annule")]  # fmt: skip
_words = st.text(max_size=20)
_zones = st.sampled_from([UTC, timezone(timedelta(hours=-5, minutes=-30)), timezone(timedelta(hours=4))])
_instants = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=_zones)  # noqa: DTZ001 — given zones


@st.composite
def appointments(draw: st.DrawFn) -> Appointment:
    """Any appointment that an agenda could have made us keep."""
    start = draw(_instants)
    rpps = st.none() | st.from_regex(r"[0-9]{11}", fullmatch=True)
    slot = replace(
        made_slot(),
        start=start,
        end=start + timedelta(minutes=draw(st.integers(1, 600))),
        practitioner=Practitioner(draw(st.none() | _words), draw(rpps)),
        place=Place(draw(st.none() | _words), draw(st.none() | _words)),
        types=draw(st.frozensets(st.sampled_from(["SNP", "CPTS", "private"]))),
    )
    return replace(
        BOOKED,
        slot=slot,
        state=draw(st.sampled_from(EXPORTABLE)),
        asked_at=draw(_instants),
        typed=draw(_words),
    )


@with_schema
@settings(deadline=None, derandomize=True, database=None)
@given(appointments(), st.booleans(), st.sampled_from([None, *SourceKind]))
def test_every_appointment_exported_is_valid(
    appointment: Appointment, is_update: bool, kind: SourceKind | None
) -> None:
    validator = Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    exported = rs_sas_rdv(appointment, REGULATOR, kind, is_update=is_update)
    message = json.loads(exported.content)
    assert list(validator.iter_errors(message)) == []
    assert datetime.fromisoformat(message["start"]) == appointment.slot.start.replace(microsecond=0)
    assert None not in message.values()


@with_schema
@pytest.mark.parametrize("name", ["PS.01", "PS.01-MAJ", "SOS.01"])
def test_the_public_examples_are_read_as_they_are(name: str) -> None:
    example = json.loads((EXAMPLES / f"RS-SAS-RDV_appointment_{name}.json").read_text(encoding="utf-8"))
    message = example["appointment"]
    # Speciality and profession are optional, and we know neither: our own reading has no place for them.
    for code in ("specialityCode", "specialityUrl", "professionCode", "professionUrl"):
        message.get("practitioner", {}).pop(code, None)
    read = check(json.dumps(message).encode())
    assert read.appointment_id == message["appointmentId"]


def test_the_message_says_who_when_where_and_by_whom_and_never_for_whom() -> None:
    message = json.loads(rs_sas_rdv(BOOKED, REGULATOR).content)
    assert message == {
        "appointmentId": BOOKED.id,
        "method": "CreateAppointment",
        "created": "2026-11-24T10:00:00+01:00",
        "start": "2026-11-24T10:40:00+01:00",
        "end": "2026-11-24T11:00:00+01:00",
        "status": "booked",
        "orientationCategory": "CPTS",
        "practitioner": {"rppsId": "810000000001", "lastName": "ESSAI", "firstName": "Camille"},
        "organization": {"organizationId": "1440000001", "name": "Cabinet des Essais"},
        "regulator": {
            "regulatorName": "RÉGULE",
            "regulatorFirstname": "Dominique",
            "regulatorEmail": "d.regule@sas44.invalid",
            "regulatorId": "810000000001",
        },
    }


def test_a_further_message_is_an_update_and_sos_medecins_is_told_apart() -> None:
    absent = replace(BOOKED, state=AppointmentState.NO_SHOW)
    message = json.loads(rs_sas_rdv(absent, REGULATOR, SourceKind.SAS_SOS).content)
    told = (message["method"], message["status"], message["orientationCategory"])
    assert told == ("UpdateAppointment", "noshow", "SOS")
    again = json.loads(rs_sas_rdv(BOOKED, REGULATOR, is_update=True).content)
    assert again["method"] == "UpdateAppointment"


@pytest.mark.parametrize(
    ("regulator", "field", "word"),
    [
        (Regulator(), "poste.regulateur.nom", "le nom"),
        (replace(REGULATOR, first_name=" "), "poste.regulateur.prenom", "le prénom"),
        (replace(REGULATOR, email=""), "poste.regulateur.courriel", "le courriel"),
    ],
)
def test_a_desk_that_does_not_say_who_books_is_told_what_lacks(
    regulator: Regulator, field: str, word: str
) -> None:
    with pytest.raises(Refusal) as refused:
        rs_sas_rdv(BOOKED, regulator)
    assert (refused.value.code, refused.value.field) == ("champ_manquant", field)
    assert word in refused.value.message


@pytest.mark.parametrize("state", [state for state in AppointmentState if state not in EXPORTABLE])
def test_what_was_never_booked_is_not_exported(state: AppointmentState) -> None:
    with pytest.raises(Refusal) as refused:
        rs_sas_rdv(replace(BOOKED, state=state), REGULATOR)
    assert refused.value.field == "rendez_vous.etat"


def test_a_practitioner_who_cannot_be_named_is_left_out_and_that_is_said() -> None:
    for practitioner in (Practitioner("Dr Camille ESSAI"), Practitioner("ESSAI", "10000000001")):
        exported = rs_sas_rdv(
            replace(BOOKED, slot=replace(BOOKED.slot, practitioner=practitioner)), REGULATOR
        )
        assert "practitioner" not in json.loads(exported.content)
        assert len(exported.left_out) == 1


def test_a_line_typed_by_hand_has_no_end_and_none_is_made_up() -> None:
    assert "end" not in json.loads(rs_sas_rdv(replace(BOOKED, typed="10h40"), REGULATOR).content)


@pytest.mark.parametrize(
    "change",
    [
        {"appointment": {}}, {"method": "createAppointment"}, {"start": "2026-11-24T10:40:00Z"},
        {"start": "2026-11-24T10:40:00.000+01:00"}, {"status": "arrived"}, {"patient": "x"},
        {"regulator": {"regulatorName": "A", "regulatorFirstname": "B"}}, {"created": None},
        {"practitioner": {"rppsId": "10000000001", "lastName": "A", "firstName": "B"}},
    ],
)  # fmt: skip
def test_what_the_schema_refuses_is_refused_here_too(change: dict[str, object]) -> None:
    message = {**json.loads(rs_sas_rdv(BOOKED, REGULATOR).content), **change}
    with pytest.raises(Refusal):
        check(json.dumps(message).encode())


@pytest.mark.parametrize(
    ("shown", "split"),
    [
        ("Dr Camille ESSAI", ("Camille", "ESSAI")),
        ("Dr Jean Paul DE LA TOUR", ("Jean Paul", "DE LA TOUR")),
        ("MAURY Anne", ("Anne", "MAURY")),
        ("Docteur Anne Maury", ("Anne", "Maury")),
        ("ANNE MAURY", ("ANNE", "MAURY")),
        ("Dr Maury", ("", "Maury")),
        ("", ("", "")),
    ],
)
def test_first_and_family_names_are_told_apart(shown: str, split: tuple[str, str]) -> None:
    assert split_name(shown) == split
