"""What real answers get wrong (SAS protocol note, section 12), done to an answer that was right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from osnp_console.connectors.simulator import codes
from osnp_console.connectors.simulator.asking import Asked, Json
from osnp_console.connectors.simulator.faults import Fault

_ELSEWHERE = "https://ailleurs.simulateur.invalid"
_PAGE = "_suite"


def spoil_entries(entries: Sequence[Json], owners: Sequence[str | None], faults: Sequence[Fault]) -> None:
    """Do to each entry what the faults say, those of one owner to what is theirs only."""
    for fault in faults:
        if fault.name in _ENTRY:
            theirs = [
                entry
                for entry, owner in zip(entries, owners, strict=True)
                if fault.owner is None or fault.owner == owner
            ]
            seen: Counter[str] = Counter()
            for entry in theirs:
                kind = entry["resource"]["resourceType"]
                _ENTRY[fault.name](entry, seen[kind])
                seen[kind] += 1


def spoil_bundle(bundle: Json, asked: Asked, faults: Sequence[Fault]) -> None:
    """Do to the bundle as a whole what the faults say, in an order that lets them go together."""
    names = {fault.name for fault in faults}
    for name, spoil in _BUNDLE.items():
        if name in names:
            spoil(bundle, asked)


def _without_mode(entry: Json, index: int) -> None:
    del entry["search"]


def _placeholder_address(entry: Json, index: int) -> None:
    resource = entry["resource"]
    entry["fullUrl"] = f"https://<base_URl>/{resource['resourceType']}/{resource['id']}"


def _walk_in_with_page(entry: Json, index: int) -> None:
    resource = entry["resource"]
    if resource["resourceType"] == "Slot":
        resource.setdefault("comment", f"{codes.EDITOR_SYSTEM}/rdv/{resource['id']}")


def _without_page(entry: Json, index: int) -> None:
    if entry["resource"]["resourceType"] == "Slot":
        entry["resource"].pop("comment", None)


def _bare_structure(entry: Json, index: int) -> None:
    if entry["resource"]["resourceType"] == "PractitionerRole":
        organization = entry["resource"]["organization"]
        organization["identifier"] = {"value": organization["identifier"]["value"]}


def _spelled_types(entry: Json, index: int) -> None:
    for one in _identifiers(entry["resource"]):
        one["type"]["coding"][0]["system"] = codes.TYPE_SPELLINGS[index % len(codes.TYPE_SPELLINGS)]


def _identifiers(part: Any) -> Iterator[Json]:
    """Every Identifier that has a type, at any depth."""
    if isinstance(part, dict):
        if isinstance(part.get("type"), dict) and "value" in part:
            yield part
        for inner in part.values():
            yield from _identifiers(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _identifiers(inner)


def _spelled_category(entry: Json, index: int) -> None:
    for service in entry["resource"].get("serviceType", ()):
        for coding in service.get("coding", ()):
            if coding["code"] == codes.CPTS_CODE:
                coding["system"] = codes.CATEGORY_SPELLINGS[index % len(codes.CATEGORY_SPELLINGS)]


def _reason_beside_modality(entry: Json, index: int) -> None:
    resource = entry["resource"]
    if resource["resourceType"] == "Slot":
        services = resource.get("serviceType", [])
        reasons = [one["text"] for one in services if set(one) == {"text"}]
        if reasons and "coding" in services[0]:
            services[0]["text"] = reasons[0]
            services.remove({"text": reasons[0]})


def _specialty_in_words(entry: Json, index: int) -> None:
    for one in entry["resource"].get("specialty", ()):
        one.setdefault("text", "Médecine générale")
        if index % 2 == 0:
            one.pop("coding", None)


def _in_utc(entry: Json, index: int) -> None:
    for name in ("start", "end"):
        if name in entry["resource"]:
            instant = datetime.fromisoformat(entry["resource"][name]).astimezone(UTC)
            entry["resource"][name] = instant.isoformat(timespec="milliseconds")


def _sos_profile(entry: Json, index: int) -> None:
    resource = entry["resource"]
    if resource["resourceType"] == "Organization":
        resource["meta"]["profile"] = [codes.SOS_ORGANIZATION]


def _one_more_type(entry: Json, index: int) -> None:
    if entry["resource"]["resourceType"] == "Slot":
        entry["resource"]["meta"]["security"].append({"system": codes.SLOT_TYPES, "code": "private"})


def _lower_types(entry: Json, index: int) -> None:
    for one in entry["resource"].get("meta", {}).get("security", ()):
        one["code"] = one["code"].lower()


def _without_profile(entry: Json, index: int) -> None:
    entry["resource"].get("meta", {}).pop("profile", None)


def _empty_elements(entry: Json, index: int) -> None:
    resource = entry["resource"]
    if resource["resourceType"] == "Slot":
        resource.update(specialty=[], comment="", identifier=[])
        resource.setdefault("serviceType", []).append({"text": ""})
    elif resource["resourceType"] == "PractitionerRole":
        resource["telecom"] = []


def _ends_before_it_starts(entry: Json, index: int) -> None:
    resource = entry["resource"]
    if resource["resourceType"] == "Slot" and index == 0:
        end = datetime.fromisoformat(resource["start"]) - timedelta(minutes=20)
        resource["end"] = end.isoformat(timespec="milliseconds")


def _unreadable_start(entry: Json, index: int) -> None:
    if entry["resource"]["resourceType"] == "Slot" and index == 0:
        entry["resource"]["start"] = "demain matin"


def _orphan(entry: Json, index: int) -> None:
    if entry["resource"]["resourceType"] == "Slot" and index == 0:
        entry["resource"]["schedule"] = {"reference": "Schedule/absent"}


_ENTRY: Mapping[str, Callable[[Json, int], None]] = {
    "sans_search_mode": _without_mode,
    "fullurl_gabarit": _placeholder_address,
    "walkin_avec_lien": _walk_in_with_page,
    "sans_lien": _without_page,
    "organisation_sans_type": _bare_structure,
    "types_varies": _spelled_types,
    "tre_r66_varie": _spelled_category,
    "motif_avec_modalite": _reason_beside_modality,
    "specialite_en_texte": _specialty_in_words,
    "heures_utc": _in_utc,
    "profil_sos": _sos_profile,
    "type_inconnu": _one_more_type,
    "types_minuscules": _lower_types,
    "sans_profil": _without_profile,
    "champs_vides": _empty_elements,
    "creneau_abime": _ends_before_it_starts,
    "creneau_illisible": _unreadable_start,
    "creneau_orphelin": _orphan,
}


def _wrong_total(bundle: Json, asked: Asked) -> None:
    """Of SOS Médecins the count of slots, as published; elsewhere one for whatever was found."""
    kinds = Counter(entry["resource"]["resourceType"] for entry in bundle.get("entry", ()))
    bundle["total"] = kinds["Slot"] if asked.route[-1] == "Schedule" else min(kinds["Slot"], 1)


def _empty_list(bundle: Json, asked: Asked) -> None:
    bundle.setdefault("entry", [])


def _shorter_link(bundle: Json, asked: Asked) -> None:
    base, _, query = bundle["link"][0]["url"].partition("?")
    kept = [part for part in query.split("&") if "HealthcareService" not in part]
    bundle["link"][0]["url"] = f"{base}?{'&'.join(kept)}"


def _mistyped_link(bundle: Json, asked: Asked) -> None:
    """The bar without its per cent sign; of SOS Médecins also another association's SIRET."""
    link = bundle["link"][0]
    link["url"] = link["url"].replace("%7C", "7C")
    if asked.route[-1] == "Schedule":
        head, _, _ = link["url"].rpartition("7C")
        link["url"] = f"{head}7C392080466300010"


def _without_link(bundle: Json, asked: Asked) -> None:
    bundle.pop("link", None)


def _reversed(bundle: Json, asked: Asked) -> None:
    bundle.get("entry", []).reverse()


def _twice(bundle: Json, asked: Asked) -> None:
    if "entry" in bundle:
        bundle["entry"] = [entry for entry in bundle["entry"] for _ in range(2)]


def _in_two_pages(bundle: Json, asked: Asked) -> None:
    entries = bundle.get("entry", [])
    half = (len(entries) + 1) // 2
    if asked.values(_PAGE):
        bundle["entry"] = entries[half:]
    elif len(entries) > 1:
        bundle["entry"] = entries[:half]
        _add_next(bundle, f"{bundle['link'][0]['url']}&{_PAGE}=2")


def _next_elsewhere(bundle: Json, asked: Asked) -> None:
    _add_next(bundle, f"{_ELSEWHERE}/fhir/Slot?{_PAGE}=2")


def _next_forever(bundle: Json, asked: Asked) -> None:
    _add_next(bundle, f"{bundle['link'][0]['url']}&{_PAGE}=1")


def _add_next(bundle: Json, url: str) -> None:
    bundle.setdefault("link", []).append({"relation": "next", "url": url})


_BUNDLE: Mapping[str, Callable[[Json, Asked], None]] = {
    "total_faux": _wrong_total,
    "entree_vide": _empty_list,
    "self_incomplet": _shorter_link,
    "self_sept_c": _mistyped_link,
    "ordre_inverse": _reversed,
    "doublons": _twice,
    "suite": _in_two_pages,
    "suite_ailleurs": _next_elsewhere,
    "suite_sans_fin": _next_forever,
    "sans_profil": lambda bundle, asked: bundle.pop("meta", None),
    "sans_self": _without_link,
}
