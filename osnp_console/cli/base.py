"""`base creer | migrer | verifier | accepter | sauvegarder FICHIER | restaurer FICHIER | copier …`."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from osnp_console.app.base.address import BasePlace, ServerAddress, base_place, base_text
from osnp_console.app.base.care import BaseReport, Migration
from osnp_console.app.base.older_ends import FoundEnds, Mark, accept_ends
from osnp_console.app.errors import Refusal
from osnp_console.app.people.permissions import COPIED, RESTORED, caring_for_base, noting_restored, signed
from osnp_console.app.people.session import Session
from osnp_console.app.ports import StoreFailure
from osnp_console.cli.answering import print_json, say
from osnp_console.cli.opened_base import COMMAND_DESK, acting, chosen_base, read_descriptor, signing
from osnp_console.cli.program import Folders, Program

_FAILED = 3
_USERS_OWN = frozenset({"cle", "introuvable", "interdit", "conflit"})
"""What the user can act on, a wrong key included; a base or a disk that fails is outside (status 3)."""
_CANNOT_SAY = frozenset({"introuvable", "cle", "base_endommagee", "base_plus_recente"})


def run(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    """One of the seven; raises Refusal, StoreFailure."""
    del folders  # the catalogue is not read
    if options.verb == "copier":
        return _copy(program, options)
    if options.verb == "accepter":
        return _accept(program, options)
    place, given = chosen_base(program, options)
    care = program.care()
    if options.verb == "verifier":
        return _tell_report(program, care.verify(place, given), options.json)
    if options.verb == "creer":
        return _tell_created(program, base_text(place), care.create(place, given), options.json)
    if options.verb == "migrer":
        return _tell_migrated(program, care.migrate(place, given), options.json)
    other = Path(options.fichier)
    if options.verb == "sauvegarder":
        _asked(program, options, place, given, COPIED)
        care.back_up(place, given, other)
        sentence = f"Copie chiffrée écrite, elle s’ouvre avec la même clé : {other}"
        return _done(program, options.json, {"copie": str(other)}, sentence)
    return _restore(program, options, place, given, other)


def _restore(
    program: Program, options: argparse.Namespace, place: BasePlace, given: bytes | None, copy: Path
) -> int:
    session = _asked(program, options, place, given, RESTORED)
    kept = program.care().restore(place, given, copy)
    if session is not None and session.person is not None:
        with program.units(place, given) as opened:
            noting_restored(COMMAND_DESK, program.now(), session)(opened)
    sentence = "Base restaurée." if kept is None else f"Base restaurée ; celle d’avant est gardée : {kept}"
    document = {"base": base_text(place), "remplacee": str(kept) if kept else None}
    return _done(program, options.json, document, sentence)


def _asked(
    program: Program, options: argparse.Namespace, place: BasePlace, given: bytes | None, what: str
) -> Session | None:
    """Who may do it, asked of the base itself, whose journal says what was begun; raises Forbidden, Refusal.

    None for a file that does not open: it can say nobody's rights, and is to be replaced all the same.
    """
    if isinstance(place, ServerAddress) and options.verb != "copier":
        return None  # refused whoever asks
    try:
        with program.units(place, given) as opened:
            session = acting(program, options, opened)
            caring_for_base(what)(signed(opened, session))
    except Refusal:
        raise
    except StoreFailure as failure:
        if failure.code in _CANNOT_SAY:
            return None
        raise
    return session


def _accept(program: Program, options: argparse.Namespace) -> int:
    """Note the journal's ends as they are, in the name of whoever answers for it."""
    place, given = chosen_base(program, options)
    with program.care().ends(place, given) as opened:
        found = accept_ends(signing(program, options, opened.units), opened.ends, COMMAND_DESK, program.now())
    document = {
        "base": base_text(place),
        "repere": found.mark.value,
        "postes": [{"poste": one.desk, "note": one.noted, "trouve": one.found} for one in found.lost],
    }
    return _done(program, options.json, document, _accepted_words(found))


def _accepted_words(found: FoundEnds) -> str:
    if found.mark is Mark.WHOLE:
        return "Le journal va jusqu’où ce poste l’a noté : rien à accepter."
    was = {Mark.MISSING: "manquait", Mark.CHANGED: "avait été changé"}.get(found.mark)
    if was is not None:
        return f"Le repère de fin du journal {was} : le journal est accepté tel qu’il est."
    gone = " ; ".join(f"poste {one.desk}, ligne {one.noted} notée, {one.found} trouvée" for one in found.lost)
    return f"Le journal est accepté tel qu’il est : {gone}. Il le dit, avec qui l’a accepté."


def _copy(program: Program, options: argparse.Namespace) -> int:
    source, target = base_place(options.source), base_place(options.cible)
    secret = read_descriptor(options.cle_fd, "cle-fd")
    target_secret = read_descriptor(options.cle_cible_fd, "cle-cible-fd")
    if source != target:  # which is refused whoever asks
        _asked(program, options, source, secret, COPIED)
    done = program.care().copy(source, secret, target, target_secret)
    document = {
        "base": base_text(target),
        "lignes": dict(done.rows),
        "journal": dict(done.lines),
        **_shown_key(done.site_key),
    }
    rows, chains = sum(done.rows.values()), len(done.lines)
    sentence = f"Base copiée et vérifiée : {rows} lignes en tout, {chains} chaînes du journal."
    if done.site_key is None:
        sentence += " Elle s’ouvre avec la même clé."
    return _done(program, options.json, document, _with_key(sentence, done.site_key))


def _tell_created(program: Program, place: str, site_key: str | None, as_json: bool) -> int:
    on_server = place.startswith("postgresql:")
    sentence = "Base créée sur le serveur." if on_server else "Base créée, chiffrée."
    return _done(program, as_json, {"base": place, **_shown_key(site_key)}, _with_key(sentence, site_key))


def _tell_migrated(program: Program, done: Migration, as_json: bool) -> int:
    document = {"avant": done.before, "apres": done.after, "copie": str(done.copy) if done.copy else None}
    if done.before == done.after:
        return _done(program, as_json, document, "La base est à jour.")
    sentence = f"Base migrée de {done.before} à {done.after}"
    end = f" ; copie d’avant : {done.copy}" if done.copy is not None else "."
    return _done(program, as_json, document, sentence + end)


def _shown_key(site_key: str | None) -> dict[str, str]:
    """The one moment at which the key is shown: without it no other desk can join."""
    return {} if site_key is None else {"cle_du_site": site_key}


def _with_key(sentence: str, site_key: str | None) -> str:
    if site_key is None:
        return sentence
    return (
        f"{sentence}\nClé du site, à garder sous clé et à donner une fois à chaque poste"
        f" (elle ne sera plus montrée) :\n{site_key}"
    )


def refusal_of(error: StoreFailure) -> tuple[Refusal, int]:
    """What the contract says of a failure of the store, and the exit status.

    A key that does not open the base leaves it locked: the contract has no code of its own for it.
    """
    code = "base_verrouillee" if error.code == "cle" else error.code
    return Refusal(code, error.message), 1 if error.code in _USERS_OWN else _FAILED


def _done(program: Program, as_json: bool, document: Mapping[str, object], sentence: str) -> int:
    say(program, as_json, document, sentence)
    return 0


def _tell_report(program: Program, report: BaseReport, as_json: bool) -> int:
    """What was found; a base with faults is a damaged one."""
    document: dict[str, object] = {
        "schema": report.revision,
        **report.counts,
        "defauts": [{"poste": one.desk, "ligne": one.line, "message": one.message} for one in report.faults],
    }
    if report.faults:
        message = damage(report)
        document = {"erreur": {"code": "base_endommagee", "message": message}, **document}
        if not as_json:
            program.stderr.write(message + "\n")
    if as_json:
        print_json(program, document)
    else:
        for one in report.faults:
            where = f"poste {one.desk} : " if one.desk is not None else ""
            program.stdout.write(f"{where}{one.message}\n")
        counts = " · ".join(f"{name} : {count}" for name, count in report.counts.items())
        program.stdout.write(f"{counts} · schéma {report.revision} · {len(report.faults)} défauts.\n")
    return _FAILED if report.faults else 0


def damage(report: BaseReport) -> str:
    """The sentence of a damaged base: the journal's line where there is one."""
    lines = [one.line for one in report.faults if one.line is not None]
    where = f" à la ligne {lines[0]:,} du journal".replace(",", "\u202f") if lines else ""
    return f"La base est abîmée{where}. Rien n’a été modifié. Copie : voir Réglages, Base."
