"""Invented slots, sources, effecteurs and appointments, and strategies for any of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from osnp_console.domain.appointment import Appointment, AppointmentState
from osnp_console.domain.effecteur import Effecteur
from osnp_console.domain.slots.slot import BookingMode, Capacity, Origin, Place, Practitioner, Slot
from osnp_console.domain.slots.source import AgendaSource, SourceKind, TlsFiles
from tests.storage.kept import DESK, NOW

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
maybe_text = st.none() | texts
codes = st.frozensets(texts, max_size=3)
lists = st.lists(texts, max_size=3).map(tuple)
degrees = st.none() | st.floats(-180, 180, allow_nan=False)
instants = st.datetimes(
    datetime(2000, 1, 1),  # noqa: DTZ001 (hypothesis adds the zone)
    datetime(2099, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=1)), timezone(timedelta(hours=2))]),
)
places = st.builds(
    Place, maybe_text, maybe_text, maybe_text, maybe_text, maybe_text, maybe_text, degrees, degrees
)
origins = st.builds(Origin, texts, texts, instants, st.none() | st.sampled_from(BookingMode), maybe_text)
slots = st.builds(
    Slot,
    id=texts,
    start=instants,
    end=instants,
    practitioner=st.builds(Practitioner, maybe_text, maybe_text),
    place=places,
    origins=st.lists(origins, min_size=1, max_size=3).map(tuple),
    types=codes,
    modalities=codes,
    walk_in=st.booleans(),
    reasons=lists,
    specialties=lists,
    cpts=codes,
    dispositifs=codes,
    capacity=st.none() | st.builds(Capacity, st.integers(0, 99), st.integers(0, 99)),
    over_booking=st.booleans(),
)
values = st.none() | st.booleans() | st.integers(-(10**9), 10**9) | texts | st.lists(texts, max_size=2)
sources = st.builds(
    AgendaSource,
    id=st.just("source"),
    kind=st.sampled_from(SourceKind),
    name=texts,
    url=maybe_text,
    practitioners=lists,
    structures=lists,
    dispositifs=lists,
    options=st.dictionaries(texts, values, max_size=3),
    tls=st.builds(TlsFiles, maybe_text, maybe_text, maybe_text),
)
effecteurs = st.builds(
    Effecteur, st.just("10002673899"), texts, maybe_text, lists, lists, places, maybe_text, texts
)


def a_slot(minutes: int = 60, source: str = "sas-recette") -> Slot:
    """A slot of an invented practitioner, that many minutes from now."""
    start = NOW + timedelta(minutes=minutes)
    return Slot(
        id=f"slot-{minutes}",
        start=start,
        end=start + timedelta(minutes=20),
        practitioner=Practitioner("Camille MAURY", "10002673899"),
        place=Place("3123", "Cabinet du Port", "1 quai Brancas", "44000", "Nantes", "02 61 91 00 00"),
        origins=(Origin(source, f"Slot/{minutes}", NOW, BookingMode.PORTAL, "https://agenda.example/1"),),
        types=frozenset({"SNP", "CPTS"}),
        dispositifs=frozenset({"44-erdre-cens-mg"}),
    )


def a_source(name: str) -> AgendaSource:
    """A source of that id."""
    return AgendaSource(name, SourceKind.SAS_FHIR, name.title(), "https://sas.example/fhir")


def an_appointment(name: str, call: str = "appel-1", minutes: int = 0) -> Appointment:
    """An attempt that was just asked, that many minutes after the others."""
    at = NOW + timedelta(minutes=minutes)
    asked = Appointment(name, call, DESK, "sas-recette", a_slot(), AppointmentState.ASKED, at, at)
    return replace(asked, dispositif="44-erdre-cens-mg", typed="demain 14h20, cabinet du Port")
