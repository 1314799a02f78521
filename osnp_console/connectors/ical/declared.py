"""What the declaration of a calendar says of its slots, since its events do not: who, where, how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from osnp_console.app.sources.agendas import FieldKind, SourceField
from osnp_console.connectors.http_failures import failed
from osnp_console.domain.slots.slot import BookingMode, Place, Practitioner
from osnp_console.domain.slots.source import AgendaSource
from osnp_console.domain.slots.source_address import address_fault, host_of

FREE = "libre"
PASSWORD = "mot_de_passe"
ACCOUNT = "compte"
LONGEST_MINUTES = 24 * 60

CALENDAR_FIELDS = (
    SourceField("effecteurs", "Praticien", FieldKind.LIST, hint="son RPPS, s’il n’y en a qu’un"),
    SourceField("options.praticien", "Nom du praticien"),
    SourceField("options.lieu", "Lieu"),
    SourceField("options.adresse", "Adresse du lieu"),
    SourceField("options.code_postal", "Code postal"),
    SourceField("options.commune", "Commune"),
    SourceField("options.telephone", "Téléphone du cabinet", hint="pour réserver"),
    SourceField("options.page", "Page de réservation", FieldKind.URL),
    SourceField("options.duree_minutes", "Durée d’un créneau", hint="en minutes\u202f; découpe les plages"),
    SourceField("options.types", "Types des créneaux", FieldKind.LIST, hint="PUBLIC, PRO, SNP, CPTS"),
    SourceField(
        "options.transparents",
        "Seul le temps «\u00a0disponible\u00a0» est libre",
        FieldKind.FLAG,
        hint="sinon, d’après le calendrier",
    ),
    SourceField("options.sens", "Sens des événements", hint="libre"),
)
"""The fields that an iCalendar file and a CalDAV collection share."""
_NO_BUSY = (
    "seuls les calendriers de créneaux libres sont lus (sens «\u00a0libre\u00a0»)\u202f: "
    "un calendrier d’occupation ne dit pas quand le cabinet reçoit"
)


@dataclass(frozen=True, slots=True)
class DeclaredSlots:
    """What every slot of a calendar has. `length` cuts what is longer; None: an event is a slot.

    `marks_free` says whether only transparent events are free; None: as the calendar shows.
    """

    source: str
    practitioner: Practitioner
    place: Place
    dispositifs: frozenset[str]
    types: frozenset[str]
    length: timedelta | None
    mode: BookingMode | None
    url: str | None
    marks_free: bool | None = None

    def place_of(self, told: str) -> Place:
        """Where an event is: as declared, else as the event tells."""
        return self.place if self.place != Place() else replace(self.place, name=told or None)


def declared_slots(source: AgendaSource) -> DeclaredSlots:
    """Reads the options of a calendar; raises SourceFailure where one cannot be meant.

    The practitioner is known by number where the declaration names exactly one.
    """
    if _said(source, "sens") not in (None, FREE):
        raise failed(_NO_BUSY)
    one = source.practitioners[0] if len(source.practitioners) == 1 else None
    phone, page = _said(source, "telephone"), _said(source, "page")
    if page is not None and address_fault(page) is not None:
        raise failed("l’adresse de la page de réservation n’est pas une adresse en https")
    mode = BookingMode.PORTAL if page is not None else BookingMode.PHONE if phone is not None else None
    return DeclaredSlots(
        source=source.id,
        practitioner=Practitioner(_said(source, "praticien"), one),
        place=Place(
            name=_said(source, "lieu"),
            address=_said(source, "adresse"),
            postcode=_said(source, "code_postal"),
            city=_said(source, "commune"),
            phone=phone,
        ),
        dispositifs=frozenset(source.dispositifs),
        types=_types(source),
        length=_length(source),
        mode=mode,
        url=page,
        marks_free=_flag(source, "transparents"),
    )


def calendar_hosts(source: AgendaSource) -> Sequence[str]:
    """The host of the declared booking page: no event leads to another."""
    page = source.options.get("page")
    host = host_of(page) if isinstance(page, str) else None
    return (host,) if host is not None else ()


def _said(source: AgendaSource, name: str) -> str | None:
    value = source.options.get(name)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if not isinstance(value, str):
        raise failed(f"l’option «\u00a0{name}\u00a0» est un texte")
    return value.strip()


def _flag(source: AgendaSource, name: str) -> bool | None:
    value = source.options.get(name)
    if value is not None and not isinstance(value, bool):
        raise failed(f"l’option «\u00a0{name}\u00a0» est true ou false")
    return value


def _types(source: AgendaSource) -> frozenset[str]:
    value = source.options.get("types", [])
    if not isinstance(value, (list, tuple)) or not all(isinstance(one, str) for one in value):
        raise failed("l’option «\u00a0types\u00a0» est une liste de textes")
    return frozenset(one.strip().upper() for one in value if one.strip())


def _length(source: AgendaSource) -> timedelta | None:
    value = source.options.get("duree_minutes")
    if value is None or value == "":
        return None
    text = str(value).strip() if isinstance(value, (int, str)) and not isinstance(value, bool) else ""
    if not (text.isascii() and text.isdecimal() and 0 < int(text[:5]) <= LONGEST_MINUTES):
        raise failed("la durée d’un créneau est un nombre de minutes, d’un jour au plus")
    return timedelta(minutes=int(text))
