"""Every card of a booking, as the tests of the interface show them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from osnp_console.app.booking.booked_card import booked_shown, to_warn
from osnp_console.app.booking.by_hand_cards import (
    PhoneLine,
    PhoneShown,
    PortalShown,
    TakenRead,
    Try,
    TryAnswer,
    waiting_shown,
)
from osnp_console.app.slots.cards import (
    NextState,
    ReserveShown,
    UnknownState,
    WayOn,
    conflict_shown,
    next_slot,
    reserve_shown,
    unknown_shown,
)
from osnp_console.domain import facts
from osnp_console.domain.appointment import AppointmentState
from osnp_console.domain.call_sheet import CallSheet
from osnp_console.domain.dispositif import Notice
from osnp_console.domain.slots.slot import NO_PLACE, Slot
from osnp_console.domain.sources import Source
from osnp_console.ui.slots.cards.booked import BookedCard
from osnp_console.ui.slots.cards.card import BookingCard
from osnp_console.ui.slots.cards.conflict import ConflictCard
from osnp_console.ui.slots.cards.phone import PhoneCard
from osnp_console.ui.slots.cards.portal import PortalCard
from osnp_console.ui.slots.cards.reserve import ReserveCard
from osnp_console.ui.slots.cards.unknown import UnknownCard
from osnp_console.ui.slots.cards.waiting import WaitingCard
from osnp_console.ui.theme.theme import Theme
from tests.unit.booking_cards import NEXT, NOW, TAKEN, TOMORROW, appointment, ranked

FULL = "jeudi 26 novembre 2026 à 14:20, Dr Maury"
NO_HOUR = "Il manque l’heure\u202f: demain 14h20."
NUMBER = "02\u202f99\u202f71\u202f00\u202f00"
PORTAL = PortalShown(
    "Prendre sur Doctolib Team",
    ("Se connecter avec le compte du poste.", "Chercher les mots ci-dessous."),
    search_words="SNP Pays de Redon",
    account="poste 3",
    needed=("nom", "date de naissance", "téléphone"),
    page="https://portail.example/prendre",
    warned="Prévenir le cabinet\u202f: ce portail ne lui envoie rien.",
    phone="0299710000",
)
PHONES = PhoneShown(
    "Demander au téléphone",
    (
        PhoneLine("Cabinet Maury", "0240560000", "Savenay", (Try(NOW, TryAnswer.BUSY),)),
        PhoneLine("Cabinet Coudrais", "0240560001"),
    ),
    ("Dire que l’appel vient de la régulation.",),
    "Le cabinet est prévenu par cet appel.",
)


def read_line(text: str) -> TakenRead:
    """A reader that wants an hour."""
    return TakenRead(FULL) if "14h20" in text else TakenRead(error=NO_HOUR)


def conflict(theme: Theme, state: NextState = NextState.FREE) -> ConflictCard:
    """10:40 was taken, 11:20 is the next one."""
    return ConflictCard(
        theme, conflict_shown(TAKEN, NOW, "SAS 44", proposed=next_slot(ranked(NEXT), NOW, state, NOW))
    )


def conflict_without_next(theme: Theme) -> ConflictCard:
    """10:40 was taken, nothing is left."""
    ways = (WayOn("Transférer à AccèsS", "F8"), WayOn("Passer au médecin régulateur"))
    return ConflictCard(theme, conflict_shown(TAKEN, NOW, "SAS 44", ways=ways))


def unknown(theme: Theme, slot: Slot = TAKEN, draft: str = "") -> UnknownCard:
    """Nobody knows whether 10:40 is booked."""
    return UnknownCard(theme, unknown_shown(appointment(slot=slot), "Agenda Redon", NOW), draft)


def unknown_reason_missing(theme: Theme) -> UnknownCard:
    """The same, going on without a reason."""
    card = unknown(theme)
    card.call_practice()
    card.open_override()
    card.form.finish()
    return card


def unknown_settled(theme: Theme) -> UnknownCard:
    """It is booked after all."""
    shown = unknown_shown(appointment(), "Agenda Redon", NOW, UnknownState.BOOKED)
    return UnknownCard(theme, shown)


def reserve_for(*missing: str) -> ReserveShown:
    """A slot of tomorrow under reserve."""
    shown = reserve_shown(ranked(TOMORROW, *missing), "Question\u202f?", CallSheet(), NOW, "Nord Estuaire")
    assert shown is not None
    return shown


def booked(
    theme: Theme, *, told: bool | None = False, state: AppointmentState = AppointmentState.BOOKED
) -> BookedCard:
    """10:40 is booked; `told` is whether the agenda tells the practice."""
    notices = (Notice("osnp", Source("S5", 6), doctor=told),)
    warn = to_warn(notices, "osnp", "0299710000")
    return BookedCard(theme, booked_shown(appointment(state), NOW, "Carnet", warn))


def refused_line(theme: Theme) -> PortalCard:
    """A portal, and a line that cannot be read."""
    card = PortalCard(theme, PORTAL, read_line, "demain")
    card.taken.save()
    return card


CARDS: dict[str, Callable[[Theme], BookingCard]] = {
    "conflict": conflict,
    "conflict, nothing left": conflict_without_next,
    "unknown": unknown,
    "unknown, no number": lambda theme: unknown(
        theme, Slot("x", TAKEN.start, TAKEN.end, TAKEN.practitioner, NO_PLACE, TAKEN.origins)
    ),
    "unknown, reason missing": unknown_reason_missing,
    "unknown, settled": unknown_settled,
    "portal": lambda theme: PortalCard(theme, PORTAL, read_line),
    "portal, line refused": refused_line,
    "phone": lambda theme: PhoneCard(theme, PHONES, read_line),
    "waiting": lambda theme: WaitingCard(
        theme, waiting_shown(appointment(AppointmentState.PENDING), "Doctolib", NOW), read_line
    ),
    "reserve": lambda theme: ReserveCard(theme, reserve_for(facts.PRESCRIPTION, facts.CAN_TRAVEL)),
    "reserve, typed": lambda theme: ReserveCard(theme, reserve_for(facts.BIRTH)),
    "booked": booked,
    "booked, told by itself": lambda theme: booked(theme, told=True),
    "cancelled": lambda theme: booked(theme, state=AppointmentState.CANCELLED),
}


def press(widget: QWidget, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key on what has the focus inside a widget, as a person presses it."""
    target = QGuiApplication.focusObject()
    assert isinstance(target, QWidget)
    assert target is widget or widget.isAncestorOf(target)
    QTest.keyClick(target, key, keys)


CONTROL = Qt.KeyboardModifier.ControlModifier
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
