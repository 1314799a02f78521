"""`ordonnance`: one from a file of data (not valid), one printed by its number, the FINESS settled."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from osnp_console.app.errors import Refusal
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.app.prescription import acts, find, finess, printing
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
from osnp_console.cli.answering import say
from osnp_console.cli.opened_base import COMMAND_DESK, units
from osnp_console.cli.own_file import unwrite, write_own
from osnp_console.cli.program import Folders, Program
from osnp_console.cli.reading import read_json
from osnp_console.domain.call_reading import CallRefused
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.identifiers import bare_finess
from osnp_console.domain.prescription.checks import faults, warnings
from osnp_console.domain.prescription.content import Content
from osnp_console.domain.prescription.moves import PrescriptionMove
from osnp_console.domain.prescription.prescription import Prescription
from osnp_console.domain.prescription.reading import read_content

BY_CONFIRMING = "Donner --confirmer\u202f: c’est gardé, et n’est plus demandé."
WRONG_LOGO = "Un logo de l’en-tête du site n’est pas une image lisible."
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
        found = replace(found, finess=bare_finess(found.finess))
    _refuse_faults(found, dispositif, catalogue)
    for one in warnings(found, dispositif, prefix_settled=known.prefix_settled):
        program.stderr.write(f"{one.message} ({one.field})\n")
    words = PaperWords(dispositif, program.gazetteer().living)
    made = _made(program, paper_of(found, words, PaperSize(options.format)))
    write_own(Path(options.sortie), made)
    return _tell(program, options, made, found)


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
    """The document of a validated one: the original the first time, a duplicate afterwards.

    What cannot be noted as printed leaves no file: two papers of one number would both be originals.
    """
    now, size, file = program.now(), PaperSize(options.format), Path(options.sortie)
    with units(program, options) as open_unit:
        found = find.by_number(options.numero, COMMAND_DESK, now)(open_unit)
        printed = printing.paper_to_print(found.id, size)(open_unit)
        lay_out = _layout(program, folders, open_unit, size)
        prescription, made = printed.prescription, printed.content
        if made is None:
            made = lay_out(prescription, printed.duplicate)
        write_own(file, made)
        if prescription.may(PrescriptionMove.PRINT):
            try:
                moved = acts.move(prescription.id, PrescriptionMove.PRINT, COMMAND_DESK, now)(open_unit)
            except (Refusal, StoreFailure):
                unwrite(file)
                raise
            if moved.sentence:
                unwrite(file)
                raise Refusal("conflit", moved.sentence, "numero")
            if moved.prescription.prints > prescription.prints + 1 and not printed.duplicate:
                made = lay_out(moved.prescription, True)  # printed elsewhere meanwhile
                write_own(file, made)
    return _tell(program, options, made, prescription.content, prescription)


def _layout(
    program: Program, folders: Folders, open_unit: OpenUnit, size: PaperSize
) -> Callable[[Prescription, bool], bytes]:
    """Lays a prescription out, as a duplicate or not; the catalogue is read where it has to be."""

    def lay_out(prescription: Prescription, duplicate: bool) -> bytes:
        dispositif = _dispositif(program.catalogue(folders), prescription.content.dispositif)
        words = PaperWords(dispositif, program.gazetteer().living, site_papers(open_unit).header)
        return _made(program, paper_of_prescription(prescription, words, size, duplicate=duplicate))

    return lay_out


def _settle(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    """The administrator says which FINESS a dispositif's prescriptions bear, and whence."""
    catalogue = program.catalogue(folders)
    dispositif = _dispositif(catalogue, options.dispositif)
    with units(program, options) as open_unit:
        work = finess.settle_finess(
            dispositif,
            options.numero,
            options.source,
            COMMAND_DESK,
            program.now(),
            others=catalogue.dispositifs,
            confirmed=options.confirmer,
        )
        try:
            settled = work(open_unit)
        except Refusal as error:
            if error.code != "a_confirmer":
                raise
            raise Refusal("conflit", f"{error.message} {BY_CONFIRMING}", "finess") from error
    document = {
        "dispositif": settled.dispositif,
        "finess": settled.finess,
        "source": settled.source,
        "prefixe_confirme": settled.prefix_accepted,
        "par": settled.person or None,
        "a": settled.at.isoformat(),
    }
    say(
        program,
        options.json,
        document,
        f"{dispositif.cpts}\u202f: FINESS {finess.shown_finess(settled.finess)}",
    )
    return 0


def _made(program: Program, paper: PrescriptionPaper) -> bytes:
    try:
        return program.ide_prescription(paper)
    except ValueError as error:
        raise Refusal("valeur_invalide", WRONG_LOGO, "logos") from error


def _tell(
    program: Program,
    options: argparse.Namespace,
    made: bytes,
    content: Content,
    prescription: Prescription | None = None,
) -> int:
    number = prescription.number.text if prescription is not None and prescription.number else None
    document = {
        "numero": number,
        "fichier": options.sortie,
        "empreinte": f"sha256:{hashlib.sha256(made).hexdigest()}",
        "finess": content.finess,
    }
    say(program, options.json, document, f"Ordonnance écrite\u202f: {options.sortie}")
    return 0
