"""`catalogue verifier | lister | montrer`."""

from __future__ import annotations

import argparse
import json

from osnp_console.app.checklist.try_examples import failures
from osnp_console.app.errors import Refusal
from osnp_console.cli.answering import print_json
from osnp_console.cli.documents import listed, problem, shown
from osnp_console.cli.program import Folders, Program
from osnp_console.domain.facts import BUILT_IN, territory_fact


def run(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    """One of the three; raises Refusal."""
    if options.verb == "verifier":
        return _verify(program, folders, options.json)
    if options.verb == "montrer":
        return _show(program, folders, options)
    return _facts(program, folders, options.json) if options.faits else _list(program, folders, options.json)


def _verify(program: Program, folders: Folders, as_json: bool) -> int:
    """Every problem; exit 1 when one is an error. The examples are tried once the files are sound."""
    problems = list(program.verify(folders))
    if all(one.warning for one in problems):
        # The built-in examples hold for the built-in catalogue: the site may change what comes out.
        alone = Folders(folders.catalogue, folders.catalogue / "sans-couche-du-site")
        for where, folder in ((alone, folders.catalogue), (folders, folders.site)):
            examples = program.examples(folder) if folder.is_dir() else ()
            problems += failures(program.catalogue(where), program.gazetteer(), examples)
    errors = sum(not one.warning for one in problems)
    if as_json:
        document = {
            "erreurs": errors,
            "avertissements": len(problems) - errors,
            "problemes": [problem(one) for one in problems],
        }
        print_json(program, document)
    else:
        for one in problems:
            level = "avertissement" if one.warning else "erreur"
            program.stdout.write(f"{one.file}:{one.line} : {level} : {one.message}\n")
        program.stdout.write(f"{errors} erreurs, {len(problems) - errors} avertissements.\n")
    return 1 if errors else 0


def _list(program: Program, folders: Folders, as_json: bool) -> int:
    rows = [listed(dispositif) for dispositif in program.catalogue(folders).dispositifs]
    if as_json:
        print_json(program, rows)
    else:
        for row in rows:
            program.stdout.write(f"{row['id']:<44} {row['statut']:<22} {row['cpts']} · {row['nature']}\n")
    return 0


def _facts(program: Program, folders: Folders, as_json: bool) -> int:
    catalogue = program.catalogue(folders)
    territories = (territory_fact(cpts) for cpts in sorted(catalogue.territories))
    rows = [
        {"code": fact.code, "question": fact.question, "repondant": fact.answered_by.value}
        for fact in (*BUILT_IN.values(), *catalogue.facts.values(), *territories)
    ]
    if as_json:
        print_json(program, rows)
    else:
        for row in rows:
            program.stdout.write(f"{row['code']:<40} {row['question']}\n")
    return 0


def _show(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    catalogue = program.catalogue(folders)
    dispositif = catalogue.find(options.id)
    if dispositif is None:
        raise Refusal("dispositif_inconnu", f"Aucun dispositif ne s’appelle « {options.id} ».", "id")
    sheet = shown(dispositif, catalogue, program.now().date())
    indent = None if options.json else 2
    program.stdout.write(json.dumps(sheet, ensure_ascii=False, indent=indent) + "\n")
    return 0
