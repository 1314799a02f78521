"""`communes TEXTE`: the type-ahead of the window, from the command line."""

from __future__ import annotations

import argparse

from osnp_console.cli.answering import print_json
from osnp_console.cli.program import Folders, Program


def run(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    """The suggestions for a text, best first."""
    found = program.communes().search(options.texte)
    if options.json:
        rows = [
            {
                "code": one.commune.code,
                "nom": one.commune.nom,
                "departement": one.commune.departement,
                "codes_postaux": list(one.commune.codes_postaux),
                "par": one.via.nom or one.via.code if one.via is not None else None,
                "approche": one.approximate,
            }
            for one in found
        ]
        print_json(program, rows)
    elif not found:
        program.stdout.write(f"Aucune commune ne ressemble à « {options.texte} ».\n")
    else:
        for one in found:
            program.stdout.write(f"{one.commune.code}  {one.label}\n")
    return 0
