"""A server that answers as the Annuaire Santé is documented to (SAS protocol note, section 11.3)."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY = "une-cle"
PAGE = 50
Resource = dict[str, Any]
Params = Mapping[str, list[str]]


def practitioner(number: str, rpps: str, given: str, family: str, code: str = "60") -> Resource:
    profession = "https://mos.esante.gouv.fr/NOS/TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante"
    return {
        "resourceType": "Practitioner",
        "id": number,
        "active": True,
        "identifier": [
            {"system": "urn:oid:1.2.250.1.71.4.2.1", "value": f"8{rpps}"},
            {"system": "https://rpps.esante.gouv.fr", "value": rpps},
        ],
        "name": [{"family": family, "given": [given], "prefix": ["MME"]}],
        "qualification": [{"code": {"coding": [{"system": profession, "code": code}]}}],
    }


def role(number: str, who: str, where: str | None, mode: str = "L", active: bool = True) -> Resource:
    system = "https://mos.esante.gouv.fr/NOS/TRE_R23-ModeExercice/FHIR/TRE-R23-ModeExercice"
    said: Resource = {
        "resourceType": "PractitionerRole",
        "id": number,
        "active": active,
        "practitioner": {"reference": f"Practitioner/{who}"},
        "code": [{"coding": [{"system": system, "code": mode}]}],
    }
    return said if where is None else {**said, "organization": {"reference": f"Organization/{where}"}}


def organization(number: str, name: str, city: str = "REDON", postcode: str = "35600") -> Resource:
    return {
        "resourceType": "Organization",
        "id": number,
        "active": True,
        "identifier": [{"system": "urn:oid:1.2.250.1.71.4.2.2", "value": "334173748400020"}],
        "name": name,
        "address": [{"line": ["1 RUE DES LILAS"], "city": city, "postalCode": postcode}],
        "telecom": [{"system": "phone", "value": "0261910001"}],
    }


class Annuaire:
    """What the directory holds, how it misbehaves, and what it was asked."""

    def __init__(self, *resources: Resource) -> None:
        self.resources = list(resources)
        self.asked: list[str] = []
        self.failure: tuple[int, bytes, str] | None = None
        self.headers: dict[str, str] = {}
        self.next_host: str | None = None
        self.endless = False
        self._pages: dict[str, list[Resource]] = {}

    def fail(self, status: int, diagnostics: str | None = None) -> None:
        """Answer that status from now on, with an OperationOutcome where there is something to say."""
        outcome = {
            "resourceType": "OperationOutcome",
            "issue": [{"severity": "error", "code": "processing", "diagnostics": diagnostics}],
        }
        body = json.dumps(outcome).encode() if diagnostics is not None else b""
        self.failure = status, body, "application/fhir+json"

    def answer(self, path: str, base: str, key: str | None) -> tuple[int, bytes, str]:
        """Status, body and content type of one request."""
        self.asked.append(path)
        if self.failure is not None:
            return self.failure
        if key != KEY:
            return 401, b'{"message":"Unauthorized","http_status_code":401}', "application/json"
        parts = urlsplit(path)
        params = parse_qs(parts.query)
        if "_page" in params:
            found = self._pages[params["id"][0]]
        else:
            found = self._search(parts.path.rpartition("/")[2], params)
        page, rest = found[:PAGE], found[PAGE:]
        bundle: Resource = {
            "resourceType": "Bundle",
            "type": "searchset",
            "entry": [
                {"fullUrl": f"{base}/{one['resourceType']}/{one['id']}", "resource": one} for one in page
            ],
            "link": [{"relation": "self", "url": f"{base}{path}"}],
        }
        if rest or self.endless:
            name = str(len(self._pages))
            self._pages[name] = rest or page
            there = self.next_host or base
            bundle["link"].append({"relation": "next", "url": f"{there}/fhir/v2?_page=2&id={name}"})
        return 200, json.dumps(bundle).encode(), "application/fhir+json;charset=UTF-8"

    def _search(self, kind: str, params: Params) -> list[Resource]:
        matches = [one for one in self.resources if one["resourceType"] == kind and _matches(one, params)]
        found = list(matches)
        if params.get("_include", []):
            assert params["_include"] == ["PractitionerRole:organization"]
            wanted = {_tail(one.get("organization")) for one in matches}
            found += [one for one in self._of("Organization") if one["id"] in wanted]
        if params.get("_revinclude", []):
            assert params["_revinclude"] == ["PractitionerRole:organization"]
            there = {one["id"] for one in matches}
            found += [one for one in self._of("PractitionerRole") if _tail(one.get("organization")) in there]
        return found

    def _of(self, kind: str) -> list[Resource]:
        return [one for one in self.resources if one["resourceType"] == kind]


def _tail(reference: Mapping[str, str] | None) -> str | None:
    return reference["reference"].rpartition("/")[2] if reference is not None else None


def _matches(one: Resource, params: Params) -> bool:
    for name, (value, *_) in params.items():
        among = value.split(",")
        if name in ("_count", "_include", "_revinclude"):
            continue
        if name == "identifier":
            kept = any(number["value"] in among for number in one["identifier"])
        elif name == "_id":
            kept = one["id"] in among
        elif name == "practitioner":
            kept = _tail(one["practitioner"]) in among
        elif name == "active":
            kept = one["active"] is (value == "true")
        elif name == "address-city":
            kept = one["address"][0]["city"].casefold().startswith(value.casefold())
        elif name == "address-postalcode":
            kept = one["address"][0]["postalCode"].startswith(value)
        elif name == "qualification-code":
            codings = [coding for each in one["qualification"] for coding in each["code"]["coding"]]
            kept = any(coding["code"] == value for coding in codings)
        else:
            raise AssertionError(f"unknown parameter {name}")
        if not kept:
            return False
    return True


@contextmanager
def serving(annuaire: Annuaire) -> Iterator[str]:
    """The double on the loopback; gives the base of its API."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            base = f"http://127.0.0.1:{server.server_address[1]}"
            status, body, kind = annuaire.answer(self.path, base, self.headers.get("ESANTE-API-KEY"))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            for name, value in annuaire.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base class's own name)
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/fhir/v2"
        finally:
            server.shutdown()
            thread.join()
