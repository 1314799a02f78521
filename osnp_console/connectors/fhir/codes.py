"""What a slot's codes say: types, modalities, reasons, specialties, CPTS (SAS protocol note, section 5.3)."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from msgspec import Raw

from osnp_console.connectors.fhir import resources as fhir
from osnp_console.connectors.fhir.parties import text_of
from osnp_console.domain.slots.slot import AT_HOME, AT_PRACTICE, CPTS, PRO, PUBLIC, REMOTE, SNP

CPTS_CATEGORY = "604"
CPTS_LINK = "http://hl7.org/fhir/5.0/StructureDefinition/extension-Slot.serviceType"
WALK_IN = "WALKIN"
_TYPES = frozenset({PUBLIC, PRO, SNP, CPTS})
_MODALITIES = frozenset({AT_PRACTICE, AT_HOME, REMOTE})


@dataclass(frozen=True, slots=True)
class Service:
    """What `serviceType` says: modalities, reasons, and references to the CPTS that show the slot."""

    modalities: frozenset[str] = frozenset()
    reasons: tuple[str, ...] = ()
    cpts: tuple[fhir.Reference, ...] = ()


class SlotCodes:
    """Reads the coded elements of slots, each different writing once: slots of one agenda repeat them."""

    def __init__(self) -> None:
        self._types: dict[bytes, frozenset[str]] = {b"": frozenset()}
        self._services: dict[bytes, Service] = {b"": Service()}
        self._specialties: dict[bytes, tuple[str, ...]] = {b"": ()}
        self._walk_ins: dict[bytes, bool] = {b"": False}

    def types(self, security: Raw) -> frozenset[str]:
        """The slot types among the security labels, unknown ones too; capitals, as the editors' vary."""
        key = bytes(security)
        found = self._types.get(key)
        if found is None:
            codings = fhir.CODINGS.decode(key) or ()
            found = frozenset(_code(one).upper() for one in codings if _is_slot_type(one))
            self._types[key] = found
        return found

    def service(self, service_type: Raw) -> Service:
        """What `serviceType` says."""
        key = bytes(service_type)
        found = self._services.get(key)
        if found is None:
            found = self._services[key] = _service(fhir.SERVICE_TYPES.decode(key) or [])
        return found

    def specialties(self, specialty: Raw) -> tuple[str, ...]:
        """Each specialty's code, or its text where it has no code (section 12.12)."""
        key = bytes(specialty)
        found = self._specialties.get(key)
        if found is None:
            said: list[str] = []
            for concept in fhir.CONCEPTS.decode(key) or ():
                codes = [code for code in map(_code, concept.coding or ()) if code]
                said += codes or [text for text in [text_of(concept.text)] if text]
            found = self._specialties[key] = tuple(dict.fromkeys(said))
        return found

    def is_walk_in(self, appointment_type: Raw) -> bool:
        """Whether one comes without booking."""
        key = bytes(appointment_type)
        found = self._walk_ins.get(key)
        if found is None:
            concept = fhir.CONCEPT.decode(key)
            codings = (concept.coding if concept is not None else None) or ()
            found = self._walk_ins[key] = any(_code(one).upper() == WALK_IN for one in codings)
        return found


def _code(coding: fhir.Coding) -> str:
    return (coding.code or "").strip()


def _is_slot_type(coding: fhir.Coding) -> bool:
    """Whether a label is a slot type: labels of confidentiality may stand beside them."""
    code, system = _code(coding), (coding.system or "").upper().replace("-", "_")
    return bool(code) and ("TRE_R314" in system or not system or code.upper() in _TYPES)


def _service(entries: list[fhir.ServiceType]) -> Service:
    modalities: set[str] = set()
    reasons: list[str] = []
    links: list[fhir.Reference] = []
    for entry in entries:
        codings = entry.coding or []
        pointed = [one.value_reference for one in entry.extension or () if one.url == CPTS_LINK]
        links += [one for one in pointed if one is not None]
        if pointed or any(_is_cpts(one) for one in codings):
            continue
        modalities.update(_code(one).upper() for one in codings if _is_modality(one))
        # The reason may have its own entry or share that of the modality (section 12.11).
        said = text_of(entry.text) or next(
            (one.display for one in codings if one.display and not _is_modality(one)), None
        )
        if said:
            reasons.append(said.strip())
    return Service(frozenset(modalities), tuple(dict.fromkeys(reasons)), tuple(links))


def _is_cpts(coding: fhir.Coding) -> bool:
    """The marker of a CPTS, whose system is spelled three ways (section 12.9)."""
    system = (coding.system or "").upper().replace("-", "_")
    return _code(coding) == CPTS_CATEGORY and "TRE_R66" in system


def _is_modality(coding: fhir.Coding) -> bool:
    code, system = _code(coding), coding.system or ""
    return bool(code) and (system.endswith("v3-ActCode") or (not system and code.upper() in _MODALITIES))


UNREADABLE = (msgspec.ValidationError, msgspec.DecodeError, ValueError, RecursionError)
"""What reading an element can raise."""
