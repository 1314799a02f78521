"""Reads the command line, runs one command, turns refusals into the contract's answers and exit codes."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from osnp_console.app.base.verification import CatalogueUnusable
from osnp_console.app.errors import Refusal, ResourceUnreadable
from osnp_console.app.ports import StoreFailure
from osnp_console.cli import (
    agenda,
    attente,
    base,
    catalogue,
    communes,
    comptes,
    creneaux,
    demonstration,
    effecteurs,
    eligibilite,
    infirmiers,
    ordonnance,
    self_check,
    simulateur,
    sources,
    territoires,
    transfert,
)
from osnp_console.cli.answering import print_json
from osnp_console.cli.arguments import WrongUsage, build_parser, wants_json
from osnp_console.cli.documents import refusal
from osnp_console.cli.program import Folders, Program

NOT_UTF8 = "Un texte de la ligne de commande n’est pas de l’UTF-8."
DONE, REFUSED, WRONG_USAGE, OUTSIDE_FAILED = 0, 1, 2, 3

_STATUS: Mapping[str, int] = {"usage": WRONG_USAGE, "reseau": OUTSIDE_FAILED}
_COMMANDS: Mapping[str, Callable[[Program, Folders, argparse.Namespace], int]] = {
    "eligibilite": eligibilite.run,
    "creneaux": creneaux.run,
    "catalogue": catalogue.run,
    "territoires": territoires.run,
    "communes": communes.run,
    "demonstration": demonstration.run,
    "sources": sources.run,
    "effecteurs": effecteurs.run,
    "agenda": agenda.run,
    "attente": attente.run,
    "transfert": transfert.run,
    "ordonnance": ordonnance.run,
    "infirmiers": infirmiers.run,
    "simulateur": simulateur.run,
    "base": base.run,
    "comptes": comptes.run,
    "fenetre": lambda program, folders, options: program.window(folders),
}


def run(program: Program, arguments: Sequence[str]) -> int:
    """Run one command; returns the exit status, never raises for what a user or a file did."""
    as_json = wants_json(arguments)
    try:
        options = build_parser(program.version).parse_args(arguments)
        if options.self_check:
            return self_check.run(program, as_json)
        return _COMMANDS[options.command](program, _folders(program, options), options)
    except WrongUsage as error:
        _say(program, Refusal("usage", error.message), as_json, error.usage)
        return WRONG_USAGE
    except Refusal as error:
        _say(program, error, as_json)
        return _STATUS.get(error.code, REFUSED)
    except StoreFailure as failure:
        told, status = base.refusal_of(failure)
        _say(program, told, as_json)
        return status
    except CatalogueUnusable as error:
        first = error.problems[0]
        more = (
            f" (et {len(error.problems) - 1} autres : catalogue verifier)" if len(error.problems) > 1 else ""
        )
        message = f"{first.file}, ligne {first.line} : {first.message}{more}"
        _say(program, Refusal("valeur_invalide", message, "catalogue"), as_json)
        return REFUSED
    except UnicodeEncodeError:
        # An argument that is no UTF-8 reaches here when it is to be kept.
        _say(program, Refusal("valeur_invalide", NOT_UTF8), as_json)
        return REFUSED
    except BrokenPipeError:
        raise  # the reader left: the entry point ends quietly
    except (ResourceUnreadable, OSError) as error:
        sentence = (
            str(error) if isinstance(error, ResourceUnreadable) else f"Disque : {error.strerror or error}"
        )
        _say(program, Refusal("disque", sentence), as_json)
        return OUTSIDE_FAILED


def _folders(program: Program, options: argparse.Namespace) -> Folders:
    own, site = getattr(options, "catalogue", None), getattr(options, "site", None)
    for option, folder in (("catalogue", own), ("site", site)):
        if folder is not None and not Path(folder).is_dir():
            raise Refusal("introuvable", f"Le dossier de --{option} n’existe pas.", option)
    return Folders(
        Path(own) if own is not None else program.defaults.catalogue,
        Path(site) if site is not None else program.defaults.site,
    )


def _say(program: Program, error: Refusal, as_json: bool, usage: str = "") -> None:
    if as_json:
        print_json(program, refusal(error))
        return
    where = f" ({error.field})" if error.field else ""
    program.stderr.write(f"{usage}{error.message}{where}\n")
