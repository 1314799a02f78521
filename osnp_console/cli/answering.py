"""What a command prints: JSON for a script, else French; a table, or the file it was written to."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from pathlib import Path

from osnp_console.cli.own_file import write_own
from osnp_console.cli.program import Program


def say(program: Program, as_json: bool, document: object, sentence: str) -> None:
    """A document for a script, else a French sentence."""
    if as_json:
        print_json(program, document)
    else:
        program.stdout.write(sentence + "\n")


def print_json(program: Program, document: object) -> None:
    """A document on one line."""
    program.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")


def hand_out_table(
    program: Program,
    options: argparse.Namespace,
    document: Mapping[str, object],
    table: str,
    sentence: str,
    write: Callable[[Path, bytes], object] = write_own,
) -> None:
    """A CSV table in the file of `--sortie`, told by a sentence; without one, the table itself.

    Raises OSError where the file cannot be written.
    """
    if options.sortie is not None:
        # With its mark, which spreadsheets need to know UTF-8.
        write(Path(options.sortie), table.encode("utf-8-sig"))
        say(program, options.json, document, sentence)
    elif options.json:
        print_json(program, {**document, "csv": table})
    else:
        program.stdout.write(table)
