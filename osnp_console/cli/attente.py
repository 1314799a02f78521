"""`attente lister | inscrire | noter | exporter`: the waiting lists, and who is on them."""

from __future__ import annotations

import argparse
import uuid
from collections.abc import Callable, Mapping

from osnp_console.app.checklist.check_eligibility import CheckEligibility
from osnp_console.app.errors import Refusal
from osnp_console.app.waiting import read, register
from osnp_console.app.waiting.asked import list_title
from osnp_console.app.waiting.words import STATE_WORDS, end_words
from osnp_console.cli.answering import hand_out_table, say
from osnp_console.cli.attente_documents import (
    entry_document,
    list_document,
    person_of,
    read_registration,
)
from osnp_console.cli.desk_code import desk_code
from osnp_console.cli.opened_base import COMMAND_DESK, units
from osnp_console.cli.program import Folders, Program
from osnp_console.cli.reading import read_json
from osnp_console.domain import facts
from osnp_console.domain.call import Call
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.clock import in_paris
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.waiting_entry import EntryMove, WaitingEntry
from osnp_console.domain.waiting_list import WaitingList

CONSENT = "accord"
"""What is noted beside the moves: the patient said yes to being kept on the list."""
MOVES = (CONSENT, *(one.value for one in EntryMove))
UNKNOWN = "Aucun dispositif ne s’appelle «\u00a0{}\u00a0»."
NO_LIST = "Aucune liste d’attente n’est connue de ce dispositif."


def run(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    """One of the four; raises Refusal, StoreFailure."""
    return _VERBS[options.verb](program, program.catalogue(folders), options)


def _list(program: Program, catalogue: Catalogue, options: argparse.Namespace) -> int:
    if options.liste is None:
        return _lists(program, catalogue, options)
    now = program.now()
    day = in_paris(now).date()
    with units(program, options) as open_unit:
        if catalogue.find(options.liste) is None:
            raise Refusal("dispositif_inconnu", UNKNOWN.format(options.liste), "liste")
        entries = read.of_list(options.liste, COMMAND_DESK, now)(open_unit)
    lines = [_line(one, program) for one in entries] or ["Personne n’est inscrit sur cette liste."]
    say(program, options.json, [entry_document(one, day) for one in entries], "\n".join(lines))
    return 0


def _lists(program: Program, catalogue: Catalogue, options: argparse.Namespace) -> int:
    day = in_paris(program.now()).date()
    with units(program, options) as open_unit:
        counts = read.counts(day)(open_unit)
    known = [one for one in catalogue.dispositifs if one.waiting_list is not None or one.id in counts]
    lines, documents = [], []
    for one in known:
        count = counts.get(one.id, read.ListCount())
        documents.append(list_document(one, count))
        said = f"{count.waiting} en attente, {count.prepared} à inscrire, {count.expired} expirés"
        lines.append(f"{one.id}  {list_title(one)}\u202f: {said}")
    say(program, options.json, documents, "\n".join(lines) or "Le catalogue n’a aucune liste d’attente.")
    return 0


def _register(program: Program, catalogue: Catalogue, options: argparse.Namespace) -> int:
    asked = read_registration(read_json(options.donnees, program.stdin))
    check = CheckEligibility(catalogue, program.gazetteer())
    call = _read_call(check, asked.call)
    _, rules = _found(catalogue, asked.dispositif)
    now = program.now()
    reason = call.text(facts.REASON)
    entry = register.prepare_entry(
        uuid.uuid4().hex,
        asked.dispositif,
        asked.reference,
        person_of(asked.call, asked.mail),
        desk_code(options),
        now,
        rules=rules,
        consented=asked.consented,
        need=asked.need or (catalogue.reasons.get(reason, reason) if reason else ""),
        priority=asked.priority,
        may=rules.may_register(call),
    )
    with units(program, options) as open_unit:
        if options.plus_tard:
            kept = register.keep(entry)(open_unit)
        else:
            made = register.enrol(entry, rules, again=options.quand_meme)(open_unit)
            if made.refused:
                field = "appel.patient.nom_naissance" if made.is_double else "reference_appel"
                raise Refusal("conflit", made.refused, field)
            kept = made.entry
    _tell(program, options, kept)
    return 0


def _read_call(check: CheckEligibility, document: object) -> Call:
    """The call's facts; a field that is wrong is named as it is written here: `appel.patient.commune`."""
    try:
        return check.read(document)
    except Refusal as error:
        field = f"appel.{error.field}" if error.field else "appel"
        raise Refusal(error.code, error.message, field) from error


def _note(program: Program, catalogue: Catalogue, options: argparse.Namespace) -> int:
    now, desk = program.now(), desk_code(options)
    with units(program, options) as open_unit:
        if options.geste == CONSENT:
            kept = register.consent(options.id, desk, now)(open_unit)
        else:
            before = read.by_id(options.id)(open_unit)
            found = catalogue.find(before.dispositif)
            rules = found.waiting_list if found is not None else None
            move = EntryMove(options.geste)
            moved = register.move_entry(options.id, move, desk, now, text=options.texte, rules=rules)(
                open_unit
            )
            if moved.refused:
                raise Refusal("conflit", moved.refused, "geste")
            kept = moved.entry
    _tell(program, options, kept)
    return 0


def _export(program: Program, catalogue: Catalogue, options: argparse.Namespace) -> int:
    if catalogue.find(options.liste) is None:
        raise Refusal("dispositif_inconnu", UNKNOWN.format(options.liste), "liste")
    gazetteer = program.gazetteer()

    def commune(code: str) -> str:
        living = gazetteer.living(code)
        return living.nom if living is not None else code

    with units(program, options) as open_unit:
        table = read.export_list(options.liste, COMMAND_DESK, program.now(), commune)(open_unit)
    document = {"fichier": options.sortie, "liste": options.liste, "inscriptions": table.count}
    words = f"{table.count} inscriptions écrites\u202f: {options.sortie}"
    hand_out_table(program, options, document, table.text, words)
    return 0


def _found(catalogue: Catalogue, name: str) -> tuple[Dispositif, WaitingList]:
    found = catalogue.find(name)
    if found is None:
        raise Refusal("dispositif_inconnu", UNKNOWN.format(name), "liste")
    if found.waiting_list is None:
        raise Refusal("dispositif_inadapte", NO_LIST, "liste")
    return found, found.waiting_list


def _tell(program: Program, options: argparse.Namespace, entry: WaitingEntry) -> None:
    day = in_paris(program.now()).date()
    say(program, options.json, entry_document(entry, day), _line(entry, program))


def _line(entry: WaitingEntry, program: Program) -> str:
    day = in_paris(program.now()).date()
    state = " ".join(part for part in (STATE_WORDS[entry.state_on(day)], end_words(entry, day)) if part)
    name = " ".join(part for part in (entry.person.name, entry.person.first_names) if part)
    return " · ".join(part for part in (entry.id, name, state, entry.need, entry.priority) if part)


_VERBS: Mapping[str, Callable[[Program, Catalogue, argparse.Namespace], int]] = {
    "lister": _list,
    "inscrire": _register,
    "noter": _note,
    "exporter": _export,
}
