"""Direct booking, in the shape of the shared-agenda guide (SAS protocol note, section 11.1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from osnp_console.connectors.simulator.asking import Answer, Asked, Json, Refused, read_body, read_token
from osnp_console.connectors.simulator.world import Opening, World
from osnp_console.connectors.simulator.writing import write_instant

_ASKS = frozenset({"proposed", "pending", "booked"})
_STATES = _ASKS | {"arrived", "checked-in", "fulfilled", "cancelled", "noshow"}
_GIVEN_BACK = "cancelled"


class Bookings:
    """The appointments taken here, and the slots they and other people took."""

    def __init__(self, world: World, is_to_come: Callable[[Opening], bool]) -> None:
        self._world, self._is_to_come = world, is_to_come
        self._kept: dict[str, Json] = {}
        self._taken: set[str] = set()

    def is_free(self, opening: Opening) -> bool:
        """Not taken, and not started."""
        return opening.id not in self._taken and self._is_to_come(opening)

    def take(self, slot: str) -> None:
        """Somebody else takes a slot; raises KeyError where there is none of that id."""
        self._taken.add(self._world.opening[slot].id)

    def create(self, asked: Asked, base: str) -> Answer:
        """POST: books, once whatever the number of tries with the same identifier.

        Raises Refused: 400 and 422 for what is no appointment, 409 `conflict` where the slot is taken and
        409 `duplicate` where the identifier already has another slot.
        """
        body = read_body(asked, "Appointment")
        tokens = [*_asked_for(asked), *_tokens(body)]
        known = next((id_ for token in tokens for id_ in self._having(token)), None)
        if known is None:
            return self._book(body, base)
        if slot_of(self._kept[known]) != slot_of(body):
            raise Refused(409, "duplicate", "Cet identifiant est celui d’un autre rendez-vous.")
        return self._answer(known, base, 200)

    def update(self, asked: Asked, base: str, id_: str | None) -> Answer:
        """PUT by id or by identifier: moves, cancels or closes; an identifier nobody has books."""
        found = [id_] if id_ is not None else self._having(read_token(asked, "identifier", "Identifier"))
        body = read_body(asked, "Appointment")
        if id_ is None and not found:
            return self._book(body, base)
        if len(found) != 1 or found[0] not in self._kept:
            raise Refused(404, "not-found", "Ce rendez-vous n’existe pas.")
        if body.get("status") not in _STATES:
            raise Refused(422, "value", "Ce statut n’est pas attendu.")
        key = found[0]
        before, after = slot_of(self._kept[key]), slot_of(body)
        held = self._kept[key]["status"] != _GIVEN_BACK
        keeps = body["status"] != _GIVEN_BACK
        if keeps and not (held and before == after):
            self._free_slot(body)
        if held:
            self._taken.discard(before)
        if keeps:
            self._taken.add(after)
        self._keep(key, body)
        return self._answer(key, base, 200)

    def read(self, id_: str) -> Answer:
        """One appointment; raises Refused (404)."""
        if id_ not in self._kept:
            raise Refused(404, "not-found", "Ce rendez-vous n’existe pas.")
        return Answer(200, self._kept[id_])

    def search(self, asked: Asked, base: str) -> Answer:
        """GET by identifier: a searchset of none or one."""
        token = read_token(asked, "identifier", "Identifier")
        found = self._having(token)
        bundle: Json = {"resourceType": "Bundle", "type": "searchset", "total": len(found)}
        bundle["link"] = [{"relation": "self", "url": f"{base}/Appointment?identifier={'%7C'.join(token)}"}]
        if found:
            bundle["entry"] = [
                {
                    "fullUrl": f"{base}/Appointment/{id_}",
                    "resource": self._kept[id_],
                    "search": {"mode": "match"},
                }
                for id_ in found
            ]
        return Answer(200, bundle)

    def _book(self, body: Json, base: str) -> Answer:
        if body.get("status") not in _ASKS:
            raise Refused(422, "value", "Un rendez-vous se prend avec le statut proposed, pending ou booked.")
        participants = body.get("participant")
        if not (isinstance(participants, list) and participants and all(map(_takes_part, participants))):
            raise Refused(422, "required", "Il faut au moins un participant, chacun avec son statut.")
        opening = self._free_slot(body)
        self._taken.add(opening.id)
        key = f"rdv-{len(self._kept) + 1}"
        self._keep(key, {**body, "status": "booked"})
        return self._answer(key, base, 201)

    def _free_slot(self, body: Json) -> Opening:
        opening = self._world.opening.get(slot_of(body))
        if opening is None:
            raise Refused(422, "not-found", "Ce créneau n’existe pas.")
        for name, instant in (("start", opening.start), ("end", opening.end)):
            if name in body and not _same_instant(body[name], write_instant(instant)):
                raise Refused(422, "business-rule", "Les heures ne sont pas celles du créneau.")
        if opening.id in self._taken:
            raise Refused(409, "conflict", "Ce créneau vient d’être pris.")
        if not self._is_to_come(opening):
            raise Refused(422, "business-rule", "Ce créneau est passé.")
        return opening

    def _keep(self, key: str, body: Json) -> None:
        opening = self._world.opening[slot_of(body)]
        times = {"start": write_instant(opening.start), "end": write_instant(opening.end)}
        self._kept[key] = {**body, **times, "id": key}

    def _answer(self, id_: str, base: str, status: int) -> Answer:
        return Answer(status, self._kept[id_], (("Location", f"{base}/Appointment/{id_}"),))

    def _having(self, token: tuple[str, str]) -> list[str]:
        return [id_ for id_, kept in self._kept.items() if token in _tokens(kept)]


def slot_of(appointment: Json) -> str:
    """The id of the one slot of an appointment, whatever base its reference has; raises Refused (422)."""
    slots = appointment.get("slot")
    if isinstance(slots, list) and len(slots) == 1 and isinstance(slots[0], dict):
        parts = str(slots[0].get("reference", "")).rsplit("/", 2)
        if len(parts) >= 2 and parts[-2] == "Slot" and parts[-1]:
            return parts[-1]
    raise Refused(422, "required", "Il faut un créneau : slot.reference = Slot/…")


def _asked_for(asked: Asked) -> list[tuple[str, str]]:
    """The identifier of `If-None-Exist`, a search without its question mark (FHIR, conditional create)."""
    values = [
        value for name, value in parse_qsl(asked.headers.get("if-none-exist", "")) if name == "identifier"
    ]
    return [(system, value) for system, bar, value in (one.partition("|") for one in values) if bar]


def _tokens(appointment: Json) -> list[tuple[str, str]]:
    found = appointment.get("identifier")
    given = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
    return [(str(one.get("system", "")), str(one["value"])) for one in given if one.get("value")]


def _takes_part(participant: Any) -> bool:
    return isinstance(participant, dict) and bool(participant.get("status"))


def _same_instant(sent: Any, kept: str) -> bool:
    try:
        return datetime.fromisoformat(str(sent)) == datetime.fromisoformat(kept)
    except (ValueError, TypeError):
        return False
