"""What a started simulator says of itself: addresses, identifiers, declarations ready to be pasted."""

from __future__ import annotations

from osnp_console.connectors.simulator.editor import DIRECT
from osnp_console.connectors.simulator.faults import KNOWN
from osnp_console.connectors.simulator.server import Simulator
from osnp_console.connectors.simulator.world import Doctor, World
from osnp_console.connectors.simulator.writing import write_instant

_UNNAMED = "essai"


def present(simulator: Simulator) -> dict[str, object]:
    """One JSON document; `sources` are documents of `sources ajouter`, each complete."""
    world = simulator.world
    told: dict[str, object] = {
        "adresse": simulator.address,
        "instant": write_instant(world.made_at),
        "praticiens": [_practitioner(world, doctor) for doctor in world.doctors],
        "associations": [{"siret": one.siret, "nom": one.name} for one in world.associations],
        "cpts": [{"finess": one.finess, "nom": one.name} for one in world.communities],
        "creneaux": len(world.openings),
        "defauts": dict(KNOWN),
        "sources": _sources(simulator),
    }
    if simulator.tls is not None:
        told["tls"] = {
            "autorite": str(simulator.tls.authority),
            "client": simulator.tls.client.files,
            "autre_cn": simulator.tls.wrong_cn.files,
            "autre_ou": simulator.tls.wrong_ou.files,
            "expire": simulator.tls.expired.files,
            "revoque": simulator.tls.revoked.files,
            "sans_autorite": simulator.tls.self_signed.files,
        }
    return told


def _practitioner(world: World, doctor: Doctor) -> dict[str, object]:
    return {
        "rpps": doctor.rpps,
        "nom": f"Dr {doctor.given} {doctor.family}",
        "dispositif": doctor.dispositif,
        "communes": [one.city for one in world.practices if one.rpps == doctor.rpps],
        "creneaux": sum(world.owner(opening.agenda) == doctor.rpps for opening in world.openings),
    }


def _sources(simulator: Simulator) -> list[dict[str, object]]:
    """One SAS source a dispositif, one for SOS Médecins, one agenda that books directly."""
    world = simulator.world
    groups: dict[str | None, list[str]] = {}
    for doctor in world.doctors:
        groups.setdefault(doctor.dispositif, []).append(doctor.rpps)
    found = [
        _source(
            simulator,
            f"simulateur-{dispositif or _UNNAMED}",
            "sas_fhir",
            f"Simulateur, {dispositif or _UNNAMED}",
            f"{dispositif or _UNNAMED}/fhir",
            practitioners=rpps,
            dispositifs=[dispositif] if dispositif is not None else [],
            options={"cpts": True},
        )
        for dispositif, rpps in groups.items()
    ]
    if world.associations:
        structures = [one.siret for one in world.associations]
        found.append(
            _source(
                simulator,
                "simulateur-sos",
                "sas_sos",
                "Simulateur, SOS Médecins",
                "sos/fhir",
                structures=structures,
            )
        )
    if groups:
        dispositif, rpps = next(iter(groups.items()))
        found.append(
            _source(
                simulator,
                "simulateur-agenda",
                "fhir_agenda",
                "Simulateur, réservation directe",
                f"{DIRECT}/fhir",
                practitioners=rpps,
                dispositifs=[dispositif] if dispositif is not None else [],
            )
        )
    return found


def _source(
    simulator: Simulator,
    id_: str,
    kind: str,
    name: str,
    path: str,
    *,
    practitioners: list[str] | None = None,
    structures: list[str] | None = None,
    dispositifs: list[str] | None = None,
    options: dict[str, object] | None = None,
) -> dict[str, object]:
    source: dict[str, object] = {
        "id": id_,
        "type": kind,
        "nom": name,
        "url": f"{simulator.address}/{path}",
        "effecteurs": practitioners or [],
        "structures": structures or [],
        "dispositifs": dispositifs or [],
        "options": options or {},
    }
    if simulator.tls is not None:
        certificate, key = simulator.tls.client.files
        source["tls"] = {"certificat": certificate, "cle": key, "autorite": str(simulator.tls.authority)}
    return source
