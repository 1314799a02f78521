"""`ordonnance`: one from a file of data (not valid), one printed by its number, the FINESS settled."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from osnp_console.app.errors import Refusal
from osnp_console.app.prescription import acts, find, finess
from osnp_console.app.prescription.finess import finess_of
from osnp_console.app.prescription.paper import (
    PaperSize,
    PaperWords,
    PrescriptionPaper,
    paper_of,
    paper_of_prescription,
)
from osnp_console.app.prescription.site_papers import site_papers
from osnp_console.cli import ordonnance_lists
from osnp_console.cli.opened_base import COMMAND_DESK, units
from osnp_console.cli.program import Folders, Program
from osnp_console.cli.reading import read_json
from osnp_console.domain.call_reading import CallRefused
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.prescription.checks import faults, warnings
from osnp_console.domain.prescription.content import Content
from osnp_console.domain.prescription.moves import PrescriptionMove
from osnp_console.domain.prescription.prescription import Prescription
from osnp_console.domain.prescription.reading import read_content

OWN_EYES = 0o600
"""The mode of a file that holds health data."""
UNKNOWN = "Aucun dispositif ne s’appelle «\u00a0{}\u00a0»."


def run(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    """From data, or one of the verbs; raises Refusal, StoreFailure."""
    if options.verb is None:
        return _from_data(program, folders, options)
    verbs = {
        "imprimer": _print,
        "finess": _settle,
        "lister": ordonnance_lists.list_found,
        "exporter": ordonnance_lists.export_month,
    }
    return verbs[options.verb](program, folders, options)


def _from_data(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    if options.donnees is None or options.sortie is None:
        missing = "--donnees" if options.donnees is None else "--sortie"
        raise Refusal("usage", f"il manque : {missing}")
    content = _content(read_json(options.donnees, program.stdin))
    catalogue = program.catalogue(folders)
    dispositif = _dispositif(catalogue, content.dispositif)
    with _settled(program, options, dispositif) as known:
        found = content if content.finess else replace(content, finess=known.finess)
        found = replace(found, finess="".join(found.finess.split()).upper())
    _refuse_faults(found, dispositif, catalogue)
    for one in warnings(found, dispositif, prefix_settled=known.prefix_settled):
        program.stderr.write(f"{one.message} ({one.field})\n")
    words = PaperWords(dispositif, program.gazetteer().living)
    return _write(program, options, paper_of(found, words, PaperSize(options.format)), found)


def _content(document: object) -> Content:
    try:
        return read_content(document)
    except CallRefused as error:
        raise Refusal(error.code, error.message, error.field) from error


def _dispositif(catalogue: Catalogue, name: str) -> Dispositif:
    if not name:
        raise Refusal("champ_manquant", "Le dispositif manque.", "dispositif")
    found = catalogue.find(name)
    if found is None:
        raise Refusal("dispositif_inconnu", UNKNOWN.format(name), "dispositif")
    return found


@contextmanager
def _settled(
    program: Program, options: argparse.Namespace, dispositif: Dispositif
) -> Iterator[finess.KnownFiness]:
    """The dispositif's FINESS: the catalogue's, and what the site settled where a base is named."""
    if options.base is None:
        yield finess_of(dispositif, None)
        return
    with units(program, options) as open_unit:
        yield finess_of(dispositif, finess.read_settled(dispositif.id)(open_unit))


def _refuse_faults(content: Content, dispositif: Dispositif, catalogue: Catalogue) -> None:
    found = faults(content, dispositif, catalogue.dispositifs)
    if found:
        raise Refusal(found[0].code, found[0].message, found[0].field)


def _print(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    """The document of a validated one: the original the first time, a duplicate afterwards."""
    catalogue, now = program.catalogue(folders), program.now()
    with units(program, options) as open_unit:
        prescription = find.by_number(options.numero, COMMAND_DESK, now)(open_unit)
        dispositif = _dispositif(catalogue, prescription.content.dispositif)
        words = PaperWords(dispositif, program.gazetteer().living, site_papers(open_unit).header)
        size = PaperSize(options.format)
        duplicate = prescription.prints > 0
        paper = paper_of_prescription(prescription, words, size, duplicate=duplicate)
        status = _write(program, options, paper, prescription.content, prescription)
        if prescription.may(PrescriptionMove.PRINT):
            acts.move(prescription.id, PrescriptionMove.PRINT, COMMAND_DESK, now)(open_unit)
    return status


def _settle(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    """The administrator says which FINESS a dispositif's prescriptions bear, and whence."""
    catalogue = program.catalogue(folders)
    dispositif = _dispositif(catalogue, options.dispositif)
    with units(program, options) as open_unit:
        settled = finess.settle_finess(
            dispositif,
            options.numero,
            options.source,
            COMMAND_DESK,
            program.now(),
            others=catalogue.dispositifs,
            confirmed=options.confirmer,
        )(open_unit)
    document = {
        "dispositif": settled.dispositif,
        "finess": settled.finess,
        "source": settled.source,
        "prefixe_confirme": settled.prefix_accepted,
        "par": settled.person or None,
        "a": settled.at.isoformat(),
    }
    _say(program, options, document, f"{dispositif.cpts}\u202f: FINESS {finess.shown_finess(settled.finess)}")
    return 0


def _write(
    program: Program,
    options: argparse.Namespace,
    paper: PrescriptionPaper,
    content: Content,
    prescription: Prescription | None = None,
) -> int:
    made = program.ide_prescription(paper)
    file = Path(options.sortie)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWN_EYES)
    with os.fdopen(descriptor, "wb") as target:
        target.write(made)
    number = prescription.number.text if prescription is not None and prescription.number else None
    document = {
        "numero": number,
        "fichier": options.sortie,
        "empreinte": f"sha256:{hashlib.sha256(made).hexdigest()}",
        "finess": content.finess,
    }
    _say(program, options, document, f"Ordonnance écrite\u202f: {options.sortie}")
    return 0


def _say(program: Program, options: argparse.Namespace, document: object, words: str) -> None:
    text = json.dumps(document, ensure_ascii=False) if options.json else words
    program.stdout.write(f"{text}\n")
