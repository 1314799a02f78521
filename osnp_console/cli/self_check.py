"""`--self-check`: every piece started once without a window, and what works, line by line."""

from __future__ import annotations

from osnp_console.cli.answering import print_json
from osnp_console.cli.program import Program

_OUTSIDE_FAILED = 3
_SAID = {True: "oui", False: "NON", None: " – "}


def run(program: Program, as_json: bool) -> int:
    """Tell each piece; exit status 3 when one does not work."""
    found = program.self_check()
    works = all(one.works is not False for one in found)
    if as_json:
        document = {
            "marche": works,
            "pieces": [{"piece": one.piece, "marche": one.works, "message": one.message} for one in found],
        }
        print_json(program, document)
        return 0 if works else _OUTSIDE_FAILED
    width = max(len(one.piece) for one in found)
    for one in found:
        program.stdout.write(f"{_SAID[one.works]}  {one.piece:<{width}}  {one.message}\n")
    program.stdout.write("Tout marche.\n" if works else "Une pièce au moins ne marche pas.\n")
    return 0 if works else _OUTSIDE_FAILED
