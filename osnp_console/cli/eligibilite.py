"""`eligibilite`: which dispositifs take this patient, for one call or many."""

from __future__ import annotations

import argparse
from datetime import datetime

from osnp_console.app.checklist.check_eligibility import CheckEligibility, Eligibility
from osnp_console.app.errors import Refusal
from osnp_console.cli.answering import print_json
from osnp_console.cli.documents import eligibility, refusal
from osnp_console.cli.program import Folders, Program
from osnp_console.cli.reading import lines_of, parse_json, read_instant, read_json
from osnp_console.cli.telling import tell
from osnp_console.domain.call_reading import PHONES
from osnp_console.domain.phone import read_phone


def run(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    """Judge, print, return the exit status; raises Refusal."""
    check = CheckEligibility(program.catalogue(folders), program.gazetteer())
    if options.lot is not None:
        return _many(program, check, options)
    document = read_json(options.appel, program.stdin)
    instant = read_instant(options.instant, program.now())
    answer = check.judge(check.read(document), instant, options.dispositif)
    _warn_of_phones(program, document)
    if options.json:
        print_json(program, eligibility(answer, check.catalogue))
    else:
        tell(answer, check.catalogue.documents, program.stdout)
    return 0


def _many(program: Program, check: CheckEligibility, options: argparse.Namespace) -> int:
    """One answer or one refusal a line, in order; a wrong line never stops the others."""
    default = read_instant(options.instant, program.now())
    with lines_of(options.lot, program.stdin) as lines:
        for line in lines:
            if not line.strip():
                continue
            try:
                content = eligibility(_one(check, line, default, options), check.catalogue)
            except Refusal as error:
                content = refusal(error)
            print_json(program, content)
    return 0


def _one(check: CheckEligibility, line: str, default: datetime, options: argparse.Namespace) -> Eligibility:
    document = parse_json(line)
    if not isinstance(document, dict):
        raise Refusal("valeur_invalide", "Un objet {instant, appel} est attendu.")
    for name in document:
        if name not in ("instant", "appel"):
            raise Refusal("champ_inconnu", f"Champ inconnu : {name}.", name)
    if "appel" not in document:
        raise Refusal("champ_manquant", "Il manque l’appel.", "appel")
    instant = read_instant(document.get("instant"), default)
    return check.judge(check.read(document["appel"]), instant, options.dispositif)


def _is_phone(number: str) -> bool:
    return bool(number.strip()) and read_phone(number).warning is None


def _warn_of_phones(program: Program, document: object) -> None:
    """A number that is not one is a warning on standard error, which does not repeat the number."""
    if not isinstance(document, dict):
        return
    for path in PHONES:
        group, _, name = path.partition(".")
        part = document.get(group)
        number = part.get(name) if isinstance(part, dict) else None
        if isinstance(number, str) and not _is_phone(number):
            program.stderr.write(
                f"Ce numéro n’a pas la forme d’un numéro français. Il est gardé tel quel. ({path})\n"
            )
