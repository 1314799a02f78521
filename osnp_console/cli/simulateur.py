"""`simulateur`: an invented editor to talk to, until it is interrupted."""

from __future__ import annotations

import argparse
import json
import threading
from collections.abc import Mapping
from pathlib import Path

from osnp_console.cli.program import Folders, Program, SimulatorWishes
from osnp_console.cli.reading import read_instant

_LOOK_SECONDS = 1.0


def run(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    """Say where the simulator answers and what it holds, then serve; Ctrl+C ends it, status 0."""
    wishes = SimulatorWishes(
        address=options.adresse,
        port=options.port,
        tls=Path(options.tls) if options.tls is not None else None,
        seed=options.graine,
        at=read_instant(options.instant, program.now()),
        faults=tuple(options.defaut),
        territories=tuple(options.territoire),
    )
    try:
        with program.simulate(wishes) as told:
            program.stdout.write(_as_json(told) if options.json else _as_text(told))
            program.stdout.flush()
            interrupted = threading.Event()
            # In pieces: on Windows a wait without end does not hear Ctrl+C.
            while not interrupted.wait(_LOOK_SECONDS):
                pass
    except KeyboardInterrupt:
        return 0
    return 0


def _as_json(told: Mapping[str, object]) -> str:
    return json.dumps(told, ensure_ascii=False) + "\n"


def _as_text(told: Mapping[str, object]) -> str:
    lines = [
        f"Simulateur d’éditeur à {told['adresse']} (territoire et personnes inventés).",
        f"Instant : {told['instant']}. Créneaux : {told['creneaux']}.",
        "",
        "Praticiens (RPPS)",
    ]
    for one in _rows(told, "praticiens"):
        places = ", ".join(map(str, one["communes"] if isinstance(one["communes"], list) else ()))
        lines.append(f"  {one['rpps']}  {one['nom']}, {places} : {_slots(one['creneaux'])}")
    for title, name, key in (
        ("Associations SOS Médecins (SIRET)", "associations", "siret"),
        ("CPTS (FINESS)", "cpts", "finess"),
    ):
        rows = _rows(told, name)
        lines += ["", title, *(f"  {one[key]}  {one['nom']}" for one in rows)] if rows else []
    if "tls" in told:
        lines += ["", "Certificats (jetables, jamais pour autre chose)"]
        lines += [f"  {name} : {_files(files)}" for name, files in _mapping(told["tls"]).items()]
    lines += ["", f"Défauts (--defaut, ou PUT {told['adresse']}/_simulateur/defauts)"]
    lines += [f"  {name} : {what}" for name, what in _mapping(told["defauts"]).items()]
    lines += ["", "À donner à « osnp-console sources ajouter --donnees - » :"]
    lines += [json.dumps(one, ensure_ascii=False) for one in _rows(told, "sources")]
    lines += ["", "Ctrl+C pour arrêter.", ""]
    return "\n".join(lines)


def _slots(count: object) -> str:
    return f"{count} créneau{'x' if isinstance(count, int) and count > 1 else ''}"


def _rows(told: Mapping[str, object], name: str) -> list[dict[str, object]]:
    rows = told[name]
    return [one for one in rows if isinstance(one, dict)] if isinstance(rows, list) else []


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _files(value: object) -> str:
    return value if isinstance(value, str) else ", ".join(map(str, value if isinstance(value, tuple) else ()))
