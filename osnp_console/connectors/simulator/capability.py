"""What the editor says of itself at `metadata`."""

from __future__ import annotations

from datetime import datetime

from osnp_console.connectors.simulator import codes
from osnp_console.connectors.simulator.asking import FHIR_JSON, Json
from osnp_console.connectors.simulator.writing import write_instant


def statement(made_at: datetime, base: str) -> Json:
    """The CapabilityStatement of a server of INT_R01, INT_R02, INT_R04, SOS Médecins and direct booking."""
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": write_instant(made_at),
        "kind": "instance",
        "implementation": {"description": "Simulateur d’éditeur, territoire inventé", "url": base},
        "fhirVersion": "4.0.1",
        "format": [FHIR_JSON],
        "rest": [
            {
                "mode": "server",
                "resource": [_slots(), _schedules(), _accounts(), _appointments(), *_read_only()],
            }
        ],
    }


def _slots() -> Json:
    return {
        "type": "Slot",
        "supportedProfile": [codes.PS_SLOT, codes.CPTS_SLOT],
        "interaction": [{"code": "read"}, {"code": "search-type"}],
        "searchInclude": [
            "Slot:schedule",
            "Schedule:actor",
            "Slot:service-type-reference",
            "HealthcareService:organization",
        ],
        "searchParam": [
            {"name": "start", "type": "date"},
            {"name": "status", "type": "token"},
            {"name": "schedule.actor:Practitioner.identifier", "type": "token"},
        ],
    }


def _schedules() -> Json:
    return {
        "type": "Schedule",
        "supportedProfile": [codes.SCHEDULE, codes.SOS_SCHEDULE],
        "interaction": [{"code": "read"}, {"code": "search-type"}],
        "searchInclude": ["Schedule:actor:Location", "Location:organization"],
        "searchRevInclude": ["Slot:schedule"],
        "searchParam": [{"name": "actor:Location.organization.identifier", "type": "token"}],
    }


def _accounts() -> Json:
    return {
        "type": "Practitioner",
        "supportedProfile": [codes.PRACTITIONER, codes.REGULATOR],
        "interaction": [{"code": "read"}, {"code": "create"}, {"code": "update"}],
        "updateCreate": True,
        "conditionalUpdate": True,
    }


def _appointments() -> Json:
    return {
        "type": "Appointment",
        "interaction": [{"code": code} for code in ("read", "search-type", "create", "update")],
        "conditionalCreate": True,
        "updateCreate": True,
        "conditionalUpdate": True,
        "searchParam": [{"name": "identifier", "type": "token"}],
    }


def _read_only() -> list[Json]:
    return [
        {"type": kind, "interaction": [{"code": "read"}]}
        for kind in ("HealthcareService", "Location", "Organization", "PractitionerRole")
    ]
