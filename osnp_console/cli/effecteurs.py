"""`effecteurs importer | lister | montrer | retirer | exporter | chercher | cle`: the site's directory."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from osnp_console.app.effecteurs.directory import (
    all_effecteurs,
    exported_effecteurs,
    get_effecteur,
    keep_effecteurs,
    remove_effecteur,
    search_effecteurs,
)
from osnp_console.app.effecteurs.fields import Known
from osnp_console.app.effecteurs.import_csv import read_table, write_table
from osnp_console.app.effecteurs.lookup import KEY_ENTRY, LookUp, LookUpFailed, look_up
from osnp_console.app.errors import Refusal
from osnp_console.cli.answering import hand_out_table, print_json, say
from osnp_console.cli.documents import Document
from osnp_console.cli.import_report import import_report, tell_import
from osnp_console.cli.opened_base import read_descriptor, units
from osnp_console.cli.program import Folders, Program
from osnp_console.cli.reading import content_of
from osnp_console.domain.effecteur import Effecteur
from osnp_console.domain.phone import read_phone


def run(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    """One of the seven; raises Refusal, StoreFailure."""
    match options.verb:
        case "importer":
            return _import(program, folders, options)
        case "exporter":
            return _export(program, options)
        case "retirer":
            return _remove(program, options)
        case "montrer":
            return _show(program, options)
        case "cle":
            return _key(program, options)
    return _list(program, options)


def _import(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    """The report, line by line; 1 when nothing could be taken."""
    content = content_of(options.fichier, program.stdin)
    catalogue = program.catalogue(folders)
    with units(program, options) as open_unit:
        with open_unit() as unit:
            sources = frozenset(one.id for one in unit.sources.all())
        there = frozenset(one.id for one in all_effecteurs(open_unit))
        report = read_table(content, Known(catalogue, sources), there)
        if report.entries and not options.essai:
            keep_effecteurs(open_unit, report.entries)
    if options.json:
        print_json(program, import_report(report, options.essai, numbered=True))
    else:
        tell_import(program, report, options.essai)
    return 0 if report.entries or not report.lines else 1


def _export(program: Program, options: argparse.Namespace) -> int:
    with units(program, options) as open_unit:
        effecteurs = exported_effecteurs(open_unit)
    table = write_table(effecteurs)
    document = {"fichier": options.sortie, "effecteurs": len(effecteurs)}
    words = f"{len(effecteurs)} effecteurs écrits\u202f: {options.sortie}"
    hand_out_table(program, options, document, table, words, Path.write_bytes)
    return 0


def _list(program: Program, options: argparse.Namespace) -> int:
    """Everybody, those that a text finds, or those whom the Annuaire Santé knows."""
    if options.verb == "chercher" and options.annuaire:
        return _look_up(program, options)
    text = options.texte if options.verb == "chercher" else ""
    if text is None:
        raise Refusal("usage", "Il faut un texte à chercher, ou --annuaire.", "texte")
    with units(program, options) as open_unit:
        found = search_effecteurs(all_effecteurs(open_unit), text)
    _give(program, options, found)
    return 0


def _look_up(program: Program, options: argparse.Namespace) -> int:
    """Nothing is written: what is found can be imported."""
    wanted = LookUp(options.rpps, options.ville or "", options.code_postal or "", options.profession)
    try:
        found = look_up(wanted, program.secrets(), program.annuaire)
    except LookUpFailed as error:
        raise Refusal("reseau", str(error)) from error
    if found.rejected:
        program.stderr.write(f"{found.rejected} réponses de l’annuaire n’ont pas pu être lues.\n")
    _give(program, options, found.effecteurs)
    return 0


def _give(program: Program, options: argparse.Namespace, found: Sequence[Effecteur]) -> None:
    if options.json:
        print_json(program, [effecteur_document(one) for one in found])
        return
    for one in found:
        program.stdout.write(_line(one) + "\n")
    if not found:
        program.stdout.write("Aucun effecteur.\n")


def _show(program: Program, options: argparse.Namespace) -> int:
    with units(program, options) as open_unit:
        one = get_effecteur(open_unit, options.id)
    say(program, options.json, effecteur_document(one), _line(one))
    return 0


def _remove(program: Program, options: argparse.Namespace) -> int:
    with units(program, options) as open_unit:
        one = get_effecteur(open_unit, options.id)
        remove_effecteur(open_unit, one.id)
    say(program, options.json, {"id": one.id}, f"Effecteur retiré\u202f: {one.name} ({one.id}).")
    return 0


def _key(program: Program, options: argparse.Namespace) -> int:
    """Keep or forget the key of the Annuaire Santé."""
    given = read_descriptor(options.valeur_fd, "valeur-fd")
    if given is None:
        program.secrets().delete(KEY_ENTRY)
    else:
        key = given.decode("ascii", errors="replace").strip()
        if not key.isascii() or not key.isprintable() or not key:
            raise Refusal("valeur_invalide", "Cette clé n’en est pas une.", "valeur-fd")
        program.secrets().set(KEY_ENTRY, key)
    done = "oubliée" if given is None else "gardée dans le trousseau du poste"
    say(program, options.json, {"garde": given is not None}, f"Clé de l’Annuaire Santé {done}.")
    return 0


def effecteur_document(one: Effecteur) -> Document:
    """An entry of the directory."""
    place = one.place
    return {
        "id": one.id,
        "nom": one.name,
        "profession": one.profession,
        "dispositifs": list(one.dispositifs),
        "sources": list(one.sources),
        "lieu": {
            "structure": place.id,
            "nom": place.name,
            "adresse": place.address,
            "code_postal": place.postcode,
            "commune": place.city,
            "telephone": place.phone,
            "latitude": place.latitude,
            "longitude": place.longitude,
        },
        "telephone": one.phone,
        "note": one.note,
    }


def _line(one: Effecteur) -> str:
    phone = one.phone or one.place.phone
    parts = (
        one.id,
        one.name,
        one.profession,
        one.place.city,
        read_phone(phone).shown if phone is not None else None,
        ", ".join(one.dispositifs),
    )
    return " · ".join(part for part in parts if part)
