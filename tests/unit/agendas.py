"""Invented local agendas, and strategies for any of them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hypothesis import strategies as st

from osnp_console.domain.agenda.booking import Booking
from osnp_console.domain.agenda.plan import (
    NOBODY,
    Agenda,
    Closure,
    Offer,
    Parity,
    Plan,
    SingleOpening,
    WeeklyOpening,
)
from osnp_console.domain.agenda.slots import PlannedSlot
from osnp_console.domain.appointment import AppointmentState
from osnp_console.domain.clock import PARIS, in_paris
from osnp_console.domain.dates import Validity
from osnp_console.domain.slots.slot import Place, Practitioner

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=PARIS)  # a Tuesday, week 48
MAURY = Practitioner("Camille Maury", "10002673899")
LE_GALL = Practitioner("Dr Le Gall")
CSNP = Agenda(
    "csnp-du-port",
    "CSNP du Port",
    Place(name="Maison médicale du Port", postcode="44000", city="Nantes"),
    ("44-erdre-cens-mg",),
    frozenset({"SNP"}),
    frozenset({"AMB"}),
)
WEEKDAYS = frozenset(range(5))

days = st.dates(date(2026, 1, 1), date(2033, 12, 31))
times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 5, 15, 20, 30, 45]))
people = st.sampled_from([NOBODY, MAURY, LE_GALL])
offers = st.builds(
    Offer,
    st.none() | st.sampled_from([7, 15, 20, 25, 60]),
    st.integers(1, 3),
    st.integers(0, 2),
    people,
    st.booleans(),
)


@st.composite
def weekly_openings(draw: st.DrawFn) -> WeeklyOpening:
    """Any weekly opening whose end is not its start."""
    start, end = draw(st.lists(times, min_size=2, max_size=2, unique=True))
    since = draw(st.none() | days)
    until = draw(st.none() | st.integers(0, 60))
    return WeeklyOpening(
        draw(st.sampled_from(["o1", "o2", "o3"])),
        draw(st.frozensets(st.integers(0, 6), min_size=1)),
        start,
        end,
        draw(offers),
        draw(st.sampled_from(Parity)),
        Validity(since, since + timedelta(days=until) if since is not None and until is not None else None),
        draw(st.booleans()),
    )


@st.composite
def spans(draw: st.DrawFn, day: date, longest: int = 600) -> tuple[datetime, datetime]:
    """From some time in the days around, for some minutes."""
    offset = draw(st.integers(-3 * 96, 3 * 96))
    start = in_paris(in_paris(datetime.combine(day, time(12))) + timedelta(minutes=15 * offset))
    return start, start + timedelta(minutes=draw(st.integers(1, longest)))


@st.composite
def plans(draw: st.DrawFn, day: date) -> Plan:
    """Any plan with something around that day."""
    singles = draw(st.lists(st.tuples(spans(day), offers), max_size=2))
    closures = draw(st.lists(st.tuples(spans(day, 3000), st.none() | people), max_size=2))
    return Plan(
        CSNP,
        tuple(draw(st.lists(weekly_openings(), min_size=1, max_size=3, unique_by=lambda one: one.id))),
        tuple(SingleOpening(f"s{n}", *span, offer) for n, (span, offer) in enumerate(singles)),
        tuple(Closure(f"f{n}", *span, "congés", whose) for n, (span, whose) in enumerate(closures)),
    )


def weekly(start: time, end: time, offer: Offer | None = None, **other: object) -> WeeklyOpening:
    """An opening on working days unless said otherwise."""
    given: dict[str, object] = {"weekdays": WEEKDAYS, **other}
    return WeeklyOpening("o1", start=start, end=end, offer=offer or Offer(20, 1, 0, MAURY), **given)  # type: ignore[arg-type]  # passed through as given


def booking(slot: PlannedSlot, seat: int = 1, key: str = "essai", **other: object) -> Booking:
    """A place that is held in that slot."""
    given: dict[str, object] = {
        "agenda": CSNP.id,
        "who": slot.who,
        "start": slot.start,
        "end": slot.end,
        "seat": seat,
        "over_booking": seat > slot.offer.places,
        "state": AppointmentState.BOOKED,
        "state_since": NOW,
        "booked_at": NOW,
        **other,
    }
    return Booking(key, **given)  # type: ignore[arg-type]  # passed through as given


def hours(slots: list[PlannedSlot]) -> list[str]:
    """When they begin, as a clock in Paris shows it."""
    return [f"{in_paris(slot.start):%d/%m %H:%M}" for slot in slots]
