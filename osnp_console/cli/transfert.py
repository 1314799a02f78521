"""`transfert preparer | lister | montrer | noter | prendre | rendre | patient | dire | fiche`."""

from __future__ import annotations

import argparse
import hashlib
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime, time
from pathlib import Path

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.calls.read_call_record import read_call_record
from osnp_console.app.checklist.check_eligibility import CheckEligibility
from osnp_console.app.errors import Refusal
from osnp_console.app.ports import OpenUnit
from osnp_console.app.transfer import acts, looked_up, read
from osnp_console.app.transfer.line_choice import LineChoice, line_of
from osnp_console.app.transfer.prepare import AlreadyGoingOn, begin, prepare
from osnp_console.app.transfer.sheet import sheet_text
from osnp_console.app.transfer.spoken import spoken, spoken_text
from osnp_console.app.transfer.told_call import Told, sheet_of_call, told_call
from osnp_console.app.transfer.words import stands_words
from osnp_console.cli.answering import say
from osnp_console.cli.desk_code import DESK, desk_code
from osnp_console.cli.opened_base import units
from osnp_console.cli.own_file import write_own
from osnp_console.cli.program import Folders, Program
from osnp_console.cli.transfert_arguments import PATIENT_LEFT
from osnp_console.cli.transfert_documents import listed_transfer, spoken_document, transfer_document
from osnp_console.domain.clock import in_paris
from osnp_console.domain.desk import LINE, Desk
from osnp_console.domain.permissions import Act
from osnp_console.domain.states import State
from osnp_console.domain.transfer.moves import NEEDS_REASON, TransferMove
from osnp_console.domain.transfer.reasons import OTHER, REASONS
from osnp_console.domain.transfer.transfer import IllegalTransferMove, Transfer

NO_LINE = "Ce dispositif ne se joint par aucune ligne depuis ce poste."
NO_OPEN_CALL = "Ce poste n’a pas d’appel ouvert de ce numéro."
WHY = "Donner --motif pour continuer malgré tout\u202f: il est gardé."
UNKNOWN = "Aucun dispositif ne s’appelle «\u00a0{}\u00a0»."


def run(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    """One of the verbs; raises Refusal, StoreFailure, OSError."""
    return _VERBS[options.verb](program, folders, options)


def _prepare(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    catalogue, now = program.catalogue(folders), program.now()
    dispositif = catalogue.find(options.dispositif)
    if dispositif is None:
        raise Refusal("dispositif_inconnu", UNKNOWN.format(options.dispositif), "dispositif")
    with units(program, options) as open_unit:
        key = _call_named(open_unit, options.appel)
        record = read_call_record(key, desk_code(options), now)(open_unit).record
        code = desk_code(options, record.owned_by)
        desk = Desk(options.role, _room(code))
        call = OpenCall(record, desk, CheckEligibility(catalogue, program.gazetteer()), now)
        choice = line_of(call, dispositif, now)
        if choice is None:
            raise Refusal("dispositif_inadapte", NO_LINE, "dispositif")
        conditions = choice.conditions(now, options.motif)
        if conditions.asks_why and not conditions.reason:
            raise Refusal("champ_manquant", f"{_unmet(choice, conditions.closed)} {WHY}", "motif")
        made = begin(uuid.uuid4().hex, record.id, code, desk.sas, choice.line, conditions, now)
        try:
            kept = prepare(made)(open_unit)
        except AlreadyGoingOn as error:
            other = error.transfer
            message = f"Cet appel a déjà un transfert en cours\u202f: {other.id} ({other.state.value})."
            raise Refusal("conflit", message, "appel") from error
    return _tell(program, options, kept)


def _call_named(open_unit: OpenUnit, name: str) -> str:
    """The id of a call: the name itself, or that of the open call which a desk calls so (`35-1/12`)."""
    code, slash, number = name.rpartition("/")
    if not slash or not number.isdecimal() or DESK.fullmatch(code) is None:
        return name
    with open_unit() as unit:
        unit.session.require(Act.READ_CALLS)
        found = [one.id for one in unit.calls.still_open(code) if str(one.number) == number]
    if not found:
        raise Refusal("introuvable", NO_OPEN_CALL, "appel")
    # A call of another day may still be open under the same number: the last one is meant.
    return found[-1]


def _room(code: str) -> str | None:
    """The SAS of a desk's code, None for a desk of a line."""
    room = code.rpartition("-")[0]
    return room if room and room != LINE else None


def _unmet(choice: LineChoice, closed: str) -> str:
    """What stands against going on, by the names of the rules: what was found may speak of the patient."""
    lines = choice.answer.judgement.lines
    names = [line.rule.label for line in lines if line.finding.state is State.UNMET]
    listed = "\u202f; ".join(names)
    said = f"Non réuni\u202f: {listed}." if names else ""
    return " ".join(part for part in (said, closed) if part)


def _list(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    """Those to the lines asked for, or to every line: going on, and ended today."""
    catalogue, now = program.catalogue(folders), in_paris(program.now())
    for name in options.ligne or ():
        if catalogue.find(name) is None:
            raise Refusal("dispositif_inconnu", UNKNOWN.format(name), "ligne")
    wanted = options.ligne or [one.id for one in catalogue.dispositifs]
    midnight = in_paris(datetime.combine(now.date(), time()))
    with units(program, options) as open_unit:
        found = looked_up.of_lines(wanted, midnight)(open_unit)
    shown = [one for one in found if not (options.en_cours and one.is_settled)]
    lines = [_line(one) for one in shown] or ["Aucun transfert."]
    say(program, options.json, [listed_transfer(one) for one in shown], "\n".join(lines))
    return 0


def _show(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    del folders  # a transfer keeps what the catalogue said of its line
    with units(program, options) as open_unit:
        kept = read.by_id(options.id)(open_unit)
    text = [_line(kept)]
    text += [f"  {in_paris(one.at):%d/%m %H:%M:%S}  {one.move.value}  {one.by.desk}" for one in kept.history]
    text.append(f"  Gestes possibles\u202f: {_moves(kept)}.")
    say(program, options.json, transfer_document(kept), "\n".join(text))
    return 0


def _note(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    del folders
    move = TransferMove(options.geste)
    if options.motif and options.motif not in REASONS.get(move, ()):
        listed = ", ".join(REASONS.get(move, ())) or "aucun pour ce geste"
        raise Refusal("valeur_invalide", f"Motifs connus\u202f: {listed}.", "motif")
    asked = acts.MoveAsked(
        options.id,
        move,
        desk_code(options),
        program.now(),
        options.motif,
        options.texte,
        options.rendez_vous,
    )
    return _act(program, options, acts.move(asked))


def _take(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    del folders
    desk = desk_code(options)
    return _act(program, options, acts.take(options.id, desk, program.now(), over=options.reprendre))


def _give_back(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    del folders
    return _act(program, options, acts.give_back(options.id, desk_code(options), program.now()))


def _patient(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    del folders
    act = acts.patient_left if options.geste == PATIENT_LEFT else acts.patient_back
    return _act(program, options, act(options.id, desk_code(options), program.now()))


def _act(program: Program, options: argparse.Namespace, work: Callable[[OpenUnit], acts.Outcome]) -> int:
    """Do it as the transfer stands in the base; what is not done says where it stands, and what may be."""
    with units(program, options) as open_unit:
        try:
            outcome = work(open_unit)
        except IllegalTransferMove as error:
            raise _reason_lacks(options) from error
    if isinstance(outcome, acts.Late):
        stands = outcome.transfer
        may = f"État\u202f: {stands.state.value}\u202f; gestes possibles\u202f: {_moves(stands)}."
        raise Refusal("conflit", f"{outcome.sentence} {may}", "geste" if "geste" in options else "id")
    return _tell(program, options, outcome.transfer)


def _reason_lacks(options: argparse.Namespace) -> Refusal:
    move = TransferMove(options.geste)
    assert move in NEEDS_REASON
    if options.motif == OTHER:
        return Refusal("champ_manquant", "Le motif «\u00a0autre\u00a0» se précise par --texte.", "texte")
    listed = ", ".join(REASONS[move])
    return Refusal("champ_manquant", f"Il faut un motif\u202f: {listed}.", "motif")


def _read_aloud(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    def read_out(told: Told) -> None:
        reading = spoken(told.situation, told.line, told.transfer.sas or None, told.catalogue)
        say(program, options.json, spoken_document(reading, told.to_record), spoken_text(reading))

    return _with_call(program, folders, options, read_out)


def _sheet(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    catalogue, gazetteer, now = program.catalogue(folders), program.gazetteer(), program.now()

    def hand_out(found: looked_up.TransferredCall) -> None:
        sheet = sheet_of_call(found, catalogue, gazetteer)
        if options.texte:
            text = sheet_text(sheet)
            say(program, options.json, {"texte": text}, text.removesuffix("\n"))
            return
        content = program.transfer_sheet(sheet)
        _write(Path(options.pdf), content)
        document = {"fichier": options.pdf, "empreinte": f"sha256:{hashlib.sha256(content).hexdigest()}"}
        say(program, options.json, document, f"Fiche écrite\u202f: {options.pdf}")

    try:
        with units(program, options) as open_unit:
            desk = desk_code(options)
            looked_up.with_call(options.id, desk, now, hand_out, looked_up.SHEET)(open_unit)
    except _NotWritten as failed:
        raise failed.error from failed
    return 0


def _with_call(
    program: Program, folders: Folders, options: argparse.Namespace, deliver: Callable[[Told], object]
) -> int:
    catalogue, gazetteer, now = program.catalogue(folders), program.gazetteer(), program.now()

    def hand_over(found: looked_up.TransferredCall) -> None:
        deliver(told_call(found, catalogue, gazetteer, now))

    with units(program, options) as open_unit:
        desk = desk_code(options)
        looked_up.with_call(options.id, desk, now, hand_over)(open_unit)
    return 0


class _NotWritten(Exception):
    """The file cannot be written; kept apart from the failures of the disk on which the base is."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error


def _write(file: Path, content: bytes) -> None:
    try:
        write_own(file, content)
    except OSError as error:
        raise _NotWritten(error) from error


def _line(one: Transfer) -> str:
    """`3f0e…  AccèsS  44-pays-de-redon-mg  repondu depuis 24/11 10:04:58  poste 35-1`."""
    since = f"{one.state.value} depuis {in_paris(one.since):%d/%m %H:%M:%S}"
    taken = f"  pris par {one.taken.by.desk}" if one.taken is not None else ""
    return f"{one.id}  {one.line.name}  {one.line.dispositif}  {since}  poste {one.prepared_by.desk}{taken}"


def _moves(one: Transfer) -> str:
    return ", ".join(move.value for move in one.moves) or "aucun"


def _tell(program: Program, options: argparse.Namespace, kept: Transfer) -> int:
    stands = stands_words(kept)
    sentence = f"{kept.id}\u202f: {stands}. Gestes possibles\u202f: {_moves(kept)}."
    say(program, options.json, transfer_document(kept), sentence)
    return 0


_VERBS: Mapping[str, Callable[[Program, Folders, argparse.Namespace], int]] = {
    "preparer": _prepare,
    "lister": _list,
    "montrer": _show,
    "noter": _note,
    "prendre": _take,
    "rendre": _give_back,
    "patient": _patient,
    "dire": _read_aloud,
    "fiche": _sheet,
}
