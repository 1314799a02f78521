"""Turns the faults of one request into what is done, what is answered and how it is sent."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from osnp_console.connectors.simulator.asking import Answer, Asked, outcome
from osnp_console.connectors.simulator.defects import spoil_bundle, spoil_entries
from osnp_console.connectors.simulator.editor import Editor
from osnp_console.connectors.simulator.faults import STATUSES, Fault

_ISSUES = {401: "login", 403: "forbidden", 429: "throttled", 500: "exception", 503: "transient"}
_ELSEWHERE = "https://ailleurs.simulateur.invalid/fhir"
_PAGE = b"<!DOCTYPE html><html lang=fr><title>Maintenance</title><p>Service en maintenance.</p></html>"


@dataclass(frozen=True, slots=True)
class Sending:
    """An answer's bytes and how they leave. Times are in milliseconds.

    `silent`: nothing is ever sent. `cut`: the line drops in the middle of the body.
    """

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    late: int = 0
    trickle: int | None = None
    silent: bool = False
    cut: bool = False


def respond(editor: Editor, asked: Asked, faults: Sequence[Fault]) -> Sending:
    """Answer one request as the faults of that request say."""
    by_name = {fault.name: fault for fault in faults}
    books = asked.method == "POST" and "Appointment" in asked.route
    if "muet" in by_name or (books and "muet_avant_reservation" in by_name):
        return Sending(silent=True)
    refused = _refusal(by_name)
    if refused is not None:
        sending = _written(refused)
    else:
        slot = editor.booked_slot(asked) if books and "pris" in by_name else None
        if slot is not None:
            editor.take(slot)
        sending = _written(_answer(editor, asked, faults))
    if books and "muet_apres_reservation" in by_name:
        return Sending(silent=True)
    late, trickle = by_name.get("retard"), by_name.get("goutte_a_goutte")
    return replace(
        sending,
        body=sending.body[: len(sending.body) // 2] if "tronque" in by_name else sending.body,
        late=late.amount if late is not None else 0,
        trickle=trickle.amount if trickle is not None else None,
        cut="coupe" in by_name,
    )


def _refusal(faults: dict[str, Fault]) -> Answer | None:
    for status in STATUSES:
        fault = faults.get(f"{status}") or faults.get(f"{status}_nu")
        if fault is not None:
            headers = (("Retry-After", str(fault.amount)),) if status == 429 else ()
            if fault.name.endswith("_nu"):
                return Answer(status, None, headers, content=b"")
            return Answer(status, outcome(_ISSUES[status], "Refus demandé au simulateur."), headers)
    if "redirige" in faults:
        return Answer(302, None, (("Location", _ELSEWHERE),), content=b"")
    if "html" in faults:
        return Answer(200, content=_PAGE, content_type="text/html; charset=utf-8")
    if "vide" in faults:
        return Answer(200, content=b"")
    return None


def _answer(editor: Editor, asked: Asked, faults: Sequence[Fault]) -> Answer:
    names = frozenset(fault.name for fault in faults)
    answer = editor.answer(asked, names)
    bundle = answer.resource
    if bundle is not None and bundle["resourceType"] == "Bundle" and asked.route[-1] in ("Slot", "Schedule"):
        spoil_entries(bundle.get("entry", []), answer.owners, faults)
        spoil_bundle(bundle, asked, faults)
    if "type_json_fhir" in names:
        answer = replace(answer, content_type="application/json+fhir; charset=utf-8")
    if "autre_type" in names:
        answer = replace(answer, content_type="text/plain; charset=utf-8")
    return answer


def _written(answer: Answer) -> Sending:
    if answer.content is not None:
        body = answer.content
    elif answer.resource is not None:
        body = json.dumps(answer.resource, ensure_ascii=False).encode()
    else:
        body = b""
    typed = (("Content-Type", answer.content_type),) if body else ()
    return Sending(answer.status, (*typed, *answer.headers), body)
