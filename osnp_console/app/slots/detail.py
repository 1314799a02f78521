"""The detail of a chosen slot: where, how it is booked, until when, and what will follow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from osnp_console.app.checklist.criterion_words import refers
from osnp_console.app.slots.proposal_words import proposed_sentence, who_proposes
from osnp_console.app.slots.rows import SlotRow
from osnp_console.app.slots.words import NO_CLOCK_SAID, WALK_IN, Names, hour_word, who
from osnp_console.domain.clock import in_paris
from osnp_console.domain.dispositif import Dispositif, Notice
from osnp_console.domain.phone import read_phone
from osnp_console.domain.roles import SAS_GROUP, SAS_ROLES, also_counts_as
from osnp_console.domain.slots.proposal import Proposal
from osnp_console.domain.slots.slot import BookingMode, Origin, Slot

RECHECKING = "revérification…"
EVERYBODY = "tous"


class RecheckState(Enum):
    """How looking again at a chosen slot went."""

    ASKING = "en cours"
    FREE = "libre"
    NOT_KNOWN = "pas de réponse"
    TAKEN = "pris"


@dataclass(frozen=True, slots=True)
class Recheck:
    """What was found when a chosen slot was looked at again, and when."""

    state: RecheckState
    at: datetime

    @property
    def words(self) -> str:
        """`revérification…`, `revérifié 10:02:31`, or that it could not be."""
        match self.state:
            case RecheckState.ASKING:
                return RECHECKING
            case RecheckState.FREE:
                return f"revérifié {in_paris(self.at):%H:%M:%S}"
            case RecheckState.TAKEN:
                return f"pris, vu à {in_paris(self.at):%H:%M:%S}"
            case _:
                return f"pas revérifié, sans réponse à {in_paris(self.at):%H:%M:%S}"


@dataclass(frozen=True, slots=True)
class DetailRow:
    """One line of the detail: its label and what it says; `amber` where somebody must act or take care."""

    label: str
    text: str
    amber: bool = False


@dataclass(frozen=True, slots=True)
class SlotDetail:
    """Title, what stands beside it, and the lines. `follows` is the line of what must be done after.

    `elsewhere` is the line of who else proposes the slot, None while nobody does.
    """

    title: str
    aside: str
    rows: tuple[DetailRow, ...]
    follows: DetailRow
    elsewhere: DetailRow | None = None

    @property
    def sentence(self) -> str:
        """What a screen reader hears."""
        return ", ".join((self.title, self.aside, *(f"{row.label}, {row.text}" for row in self.rows)))


def slot_detail(
    row: SlotRow,
    names: Names,
    dispositifs: Sequence[Dispositif],
    role: str,
    recheck: Recheck | None = None,
    proposals: Sequence[Proposal] = (),
    own: str = "",
) -> SlotDetail:
    """The detail of a row, for a desk of that role; `dispositifs` are those the slot is had through.

    `proposals` are those of other desks, `own` is this one's code.
    """
    slot, ruling = row.one.slot, row.one.ruling
    aside = recheck.words if recheck is not None else f"lu libre à {in_paris(slot.seen_at):%H:%M:%S}"
    follows = DetailRow("Ensuite", *_follows(slot, dispositifs, role))
    elsewhere = _elsewhere(proposals, own)
    rows = (
        DetailRow("Lieu", _place(slot)),
        DetailRow("Réserver", " ou ".join(dict.fromkeys(_books(slot, names)))),
        DetailRow("Fermeture", _closing(ruling.closes_at, ruling.take_back_at, dispositifs)),
        follows,
        *((elsewhere,) if elsewhere is not None else ()),
    )
    said = f"{hour_word(slot.start)} · {who(slot)}"
    return SlotDetail(said, row.loss_words or row.state_words or aside, rows, follows, elsewhere)


def _elsewhere(proposals: Sequence[Proposal], own: str) -> DetailRow | None:
    said = (proposed_sentence(proposals, own), who_proposes(proposals, own))
    return DetailRow("Ailleurs", " ".join(part for part in said if part), True) if proposals else None


def _place(slot: Slot) -> str:
    place = slot.place
    if slot.is_remote:
        return "à distance, en téléconsultation"
    city = " ".join(part for part in (place.postcode, place.city) if part)
    phone = read_phone(place.phone).shown if place.phone else ""
    parts = [part for part in (place.name, place.address, city, phone) if part]
    return ", ".join(parts) or "la source ne dit pas où"


def _books(slot: Slot, names: Names) -> Iterable[str]:
    if slot.walk_in:
        yield f"{WALK_IN}\u202f: le patient se présente"
    for origin in slot.origins:
        yield _way(slot, origin, names.source(origin.source))


def _way(slot: Slot, origin: Origin, source: str) -> str:
    match origin.mode:
        case BookingMode.LOCAL:
            return f"ici, dans {source}\u202f: la place est bloquée pour tous les postes"
        case BookingMode.DIRECT:
            return f"ici, dans l’agenda de {source}"
        case BookingMode.PHONE:
            phone = read_phone(slot.place.phone).shown if slot.place.phone else ""
            return f"par téléphone, {phone}" if phone else "par téléphone"
        case BookingMode.PORTAL:
            return f"sur la page de {source}, puis noter ici ce qui a été pris"
    return f"{source} ne dit pas comment\u202f: sur sa page, ou par téléphone"


def _closing(
    closes_at: datetime | None, take_back_at: datetime | None, dispositifs: Sequence[Dispositif]
) -> str:
    if closes_at is None and take_back_at is None:
        return NO_CLOCK_SAID
    said = [f"ne se réserve plus à partir de {hour_word(closes_at)}"] if closes_at is not None else []
    if take_back_at is not None:
        said.append(f"le médecin peut le reprendre à partir de {hour_word(take_back_at)}")
    given = [one.clocks.source for one in dispositifs if one.clocks is not None]
    places = ", ".join(dict.fromkeys(refers(source) for source in given))
    return "\u202f; ".join(said) + (f" ({places})" if places else "")


def _follows(slot: Slot, dispositifs: Sequence[Dispositif], role: str) -> tuple[str, bool]:
    """Who must be told, with the source that says so, and whether the operator has to do it."""
    if slot.over_booking:
        name = _named(slot)
        of = name.replace("le Dr", "du Dr", 1) if name.startswith("le Dr") else f"de {name}"
        return f"obtenir l’accord {of} avant de confirmer au patient", True
    notice = next((one for d in dispositifs for one in d.notices if _concerns(one, role)), None)
    if notice is None or notice.doctor is None:
        return f"prévenir {_named(slot)} (aucune source ne dit si c’est fait)", True
    by = "le Centre 15" if notice.booked_by == SAS_GROUP else "cet agenda"
    source = refers(notice.source)
    if notice.doctor:
        return f"{_named(slot)} reçoit un message ({source})", False
    return f"prévenir {_named(slot)}, {by} ne déclenche pas de message ({source})", True


def _named(slot: Slot) -> str:
    """A doctor as one is named within a sentence."""
    name = who(slot)
    return f"le {name}" if name.startswith("Dr ") else name


def _concerns(notice: Notice, role: str) -> bool:
    own = (*also_counts_as(role), EVERYBODY, *((SAS_GROUP,) if role in SAS_ROLES else ()))
    return notice.booked_by in own


def phone_of(row: SlotRow) -> str | None:
    """The practice's number as it is shown; None where the source gives none."""
    phone = row.one.slot.place.phone
    return read_phone(phone).shown if phone else None
