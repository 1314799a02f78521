"""`sources ajouter | lister | essayer | retirer | secret`: the agendas this desk may look into."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from osnp_console.app.effecteurs.directory import all_effecteurs
from osnp_console.app.errors import Refusal
from osnp_console.app.sources.agendas import SourceTools
from osnp_console.app.sources.declare import DeclareSource, Remark
from osnp_console.app.sources.secrets import reading
from osnp_console.cli.answering import print_json, say
from osnp_console.cli.opened_base import background, read_descriptor, units
from osnp_console.cli.program import Folders, Program
from osnp_console.cli.reading import read_json
from osnp_console.cli.slot_documents import source_answer
from osnp_console.domain.clock import in_paris
from osnp_console.domain.slots.answers import SourceAnswer
from osnp_console.domain.slots.source import AgendaSource
from osnp_console.domain.slots.source_reading import source_document


def run(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    """One of the five; raises Refusal, StoreFailure. A source that fails is an answer: 0."""
    match options.verb:
        case "ajouter":
            return _add(program, folders, options)
        case "lister":
            return _list(program, options)
        case "essayer":
            return _try(program, options)
        case "secret":
            return _secret(program, options)
    return _remove(program, options)


def _declaring(program: Program, dispositifs: Iterable[str] = ()) -> DeclareSource:
    return DeclareSource(
        program.connectors(), frozenset(dispositifs), program.secrets(), lambda path: Path(path).is_file()
    )


def _add(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    """The declaration as it was understood; what to look at again goes to standard error."""
    document = read_json(options.donnees, program.stdin)
    declaring = _declaring(program, (one.id for one in program.catalogue(folders).dispositifs))
    declaring.read(document)  # a declaration that cannot be meant is refused before any base is opened
    with units(program, options) as open_unit:
        declared = declaring.add(open_unit, document)
    source = declared.source
    done = "remplacée" if declared.replaced else "ajoutée"
    say(program, options.json, source_document(source), f"Source {done}\u202f: {source.name} ({source.id}).")
    _warn(program, declared.remarks)
    _ask_for_secrets(program, declaring, source)
    return 0


def _ask_for_secrets(program: Program, declaring: DeclareSource, source: AgendaSource) -> None:
    kept = declaring.kept_secrets(source)
    for one in declaring.secret_fields(source):
        if one.required and one.name not in kept:
            program.stderr.write(
                f"{one.label}\u202f: à mettre dans le trousseau du poste par "
                f"«\u00a0osnp-console sources secret {source.id} {one.name} --valeur-fd 0\u00a0».\n"
            )


def _list(program: Program, options: argparse.Namespace) -> int:
    with units(program, options) as open_unit:
        sources = _declaring(program).listed(open_unit)
    if options.json:
        print_json(program, [source_document(one) for one in sources])
        return 0
    for one in sources:
        program.stdout.write(f"{one.id}  {one.kind.value}  {one.name}  {one.url or '-'}\n")
    if not sources:
        program.stdout.write("Aucune source n’est déclarée.\n")
    return 0


def _try(program: Program, options: argparse.Namespace) -> int:
    """One line of `sources` of the contract: how the source answers now, for the next 48 hours."""
    declaring = _declaring(program)
    with background(program, options) as base:
        source = base.submit(lambda open_unit: declaring.get(open_unit, options.id)).result()
        effecteurs = base.submit(all_effecteurs).result()
        tools = SourceTools(program.now, reading(program.secrets()), base)
        answer = declaring.try_out(source, tools, program.now(), effecteurs)
    say(program, options.json, source_answer(answer), _told(source, answer))
    return 0


def _told(source: AgendaSource, answer: SourceAnswer) -> str:
    at = f"{in_paris(answer.at):%H:%M:%S}"
    slots = f"{answer.read} créneau{'x' if answer.read > 1 else ''}"
    parts = (f"{source.name}\u202f: {answer.state.value}", slots, answer.message, f"{answer.took_ms} ms", at)
    return " · ".join(part for part in parts if part)


def _remove(program: Program, options: argparse.Namespace) -> int:
    with units(program, options) as open_unit:
        remarks = _declaring(program).remove(open_unit, options.id)
    say(program, options.json, {"id": options.id}, f"Source retirée\u202f: {options.id}.")
    _warn(program, remarks)
    return 0


def _secret(program: Program, options: argparse.Namespace) -> int:
    """Keep or forget a secret of a declared source; its value comes by a descriptor, never as an argument."""
    declaring = _declaring(program)
    given = read_descriptor(options.valeur_fd, "valeur-fd")
    with units(program, options) as open_unit:
        source = declaring.get(open_unit, options.id)
        declaring.may_change_secrets(open_unit, source.id, options.nom)
    if given is None:
        declaring.forget_secret(source, options.nom)
    else:
        declaring.keep_secret(source, options.nom, _text(given))
    done = "oublié" if given is None else "gardé dans le trousseau du poste"
    document = {"id": source.id, "secret": options.nom, "garde": given is not None}
    say(program, options.json, document, f"Secret {done}\u202f: {options.nom} ({source.id}).")
    return 0


def _text(given: bytes) -> str:
    try:
        return given.decode().removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError as error:
        raise Refusal("valeur_invalide", "Ce secret n’est pas de l’UTF-8.", "valeur-fd") from error


def _warn(program: Program, remarks: Iterable[Remark]) -> None:
    for one in remarks:
        program.stderr.write(f"{one.message} ({one.field})\n")
