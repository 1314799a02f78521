"""`ordonnance lister | exporter`: what was prescribed, and a month to check billing against."""

from __future__ import annotations

import argparse
import csv
import io
import re
from calendar import monthrange
from datetime import date

from osnp_console.app.errors import Refusal
from osnp_console.app.prescription import find
from osnp_console.app.prescription.billing import lacks, month_table
from osnp_console.app.prescription.records import PrescriptionQuery
from osnp_console.cli.answering import hand_out_table, print_json
from osnp_console.cli.documents import Document
from osnp_console.cli.opened_base import COMMAND_DESK, units
from osnp_console.cli.program import Folders, Program
from osnp_console.domain.clock import in_paris
from osnp_console.domain.prescription.moves import STATE_NAMES, PrescriptionState
from osnp_console.domain.prescription.prescription import Prescription

NOT_A_MONTH = "Un mois s’écrit AAAA-MM."
NONE = "Aucune ordonnance."
ONLY_SOME = f"Les {find.MOST} dernières seulement\u202f: préciser le mois, le patient ou l’état."
_MONTH = re.compile(r"([12][0-9]{3})-(0[1-9]|1[0-2])", re.ASCII)


def list_found(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    """Those that match, latest first; raises Refusal, StoreFailure."""
    del folders  # the catalogue is not read
    since, until = None, None
    if options.mois is not None:
        year, month = read_month(options.mois)
        since, until = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    states = frozenset({PrescriptionState(options.etat)}) if options.etat is not None else frozenset()
    query = PrescriptionQuery(
        patient=options.patient, since=since, until=until, states=states, dispositif=options.dispositif
    )
    with units(program, options) as open_unit:
        found = find.search(query, COMMAND_DESK, program.now())(open_unit)
    if len(found) == find.MOST:
        program.stderr.write(f"{ONLY_SOME}\n")
    if options.json:
        print_json(program, [_document(one) for one in found])
        return 0
    for one in found:
        program.stdout.write(_line(one) + "\n")
    if not found:
        program.stdout.write(f"{NONE}\n")
    return 0


def export_month(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    """A month as CSV, in a file of the owner's alone or on the output; raises Refusal, StoreFailure."""
    del folders  # the catalogue is not read
    year, month = read_month(options.mois)
    with units(program, options) as open_unit:
        table = month_table(year, month, COMMAND_DESK, program.now(), options.dispositif)(open_unit)
    document = {"fichier": options.sortie, "mois": options.mois, "ordonnances": _count(table)}
    words = f"{_count(table)} ordonnances écrites\u202f: {options.sortie}"
    hand_out_table(program, options, document, table, words)
    return 0


def _count(table: str) -> int:
    """How many lines a table has after its heading; a line break within a cell is none."""
    return sum(1 for _ in csv.reader(io.StringIO(table, newline=""), delimiter=";")) - 1


def read_month(text: str) -> tuple[int, int]:
    """Year and month of `2026-11`; raises Refusal (`valeur_invalide`)."""
    read = _MONTH.fullmatch(text)
    if read is None:
        raise Refusal("valeur_invalide", NOT_A_MONTH, "mois")
    return int(read[1]), int(read[2])


def _document(one: Prescription) -> Document:
    content = one.content
    return {
        "id": one.id,
        "numero": one.number.text if one.number is not None else None,
        "etat": one.state.value,
        "date": in_paris(content.written_at).isoformat(),
        "dispositif": content.dispositif,
        "finess": content.finess or None,
        "prescripteur": {"nom": content.prescriber.name, "prenom": content.prescriber.first_name or None},
        "patient": {
            "nom_naissance": content.patient.birth_name or None,
            "prenoms": content.patient.first_names or None,
        },
        "actes": list(content.act_codes),
        "infirmier": one.nurse or None,
        "manque": list(lacks(one)),
    }


def _line(one: Prescription) -> str:
    patient = one.content.patient
    parts = (
        one.number.text if one.number is not None else "sans numéro",
        f"{in_paris(one.content.written_at):%d/%m/%Y %H:%M}",
        STATE_NAMES[one.state],
        one.content.dispositif,
        " ".join(part for part in (patient.birth_name, patient.first_names) if part),
    )
    return " · ".join(part for part in parts if part)
