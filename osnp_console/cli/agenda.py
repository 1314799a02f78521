"""`agenda …`: the local shared agendas, laid out, looked at and booked."""

from __future__ import annotations

import argparse
import json
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta

from osnp_console.app.errors import Refusal
from osnp_console.app.local_agenda.agenda import PlaceAsked, book_place, move_place, view
from osnp_console.app.local_agenda.edit import (
    CloseAgenda,
    DropEntry,
    Edit,
    SaveOpening,
    make,
    preview,
    remove_agenda,
    save_agenda,
)
from osnp_console.app.local_agenda.forms import MOST_MINUTES, MOST_PLACES
from osnp_console.app.local_agenda.import_openings import (
    OpeningsImport,
    import_openings,
    read_calendar_openings,
    read_openings,
)
from osnp_console.app.local_agenda.searched import read_agendas, read_plan
from osnp_console.app.local_agenda.typed import read_count, read_day, read_practitioner
from osnp_console.app.sources.agendas import Outcome
from osnp_console.cli.agenda_documents import (
    agenda_document,
    booking_document,
    change_document,
    import_document,
    plan_document,
    read_agenda_document,
    read_closure_document,
    read_opening_document,
    slot_document,
)
from osnp_console.cli.answering import say
from osnp_console.cli.desk_code import desk_code
from osnp_console.cli.documents import Document
from osnp_console.cli.opened_base import units
from osnp_console.cli.program import Folders, Program
from osnp_console.cli.reading import content_of, read_json
from osnp_console.domain.agenda.plan import Offer
from osnp_console.domain.appointment import AppointmentState, IllegalAppointmentMove
from osnp_console.domain.clock import in_paris

LONGEST_KEY, MOST_DAYS = 64, 366
NO_AGENDA = "Ce carnet n’est pas dans la base."
CANNOT_MOVE = "L’état de cette réservation ne le permet pas."


def run(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    """One of the verbs; raises Refusal, StoreFailure."""
    if options.verb == "creer":
        return _create(program, folders, options)
    return _VERBS[options.verb](program, options)


def _create(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    form = read_agenda_document(read_json(options.donnees, program.stdin))
    known = {one.id for one in program.catalogue(folders).dispositifs} if form.dispositifs else set()
    for dispositif in form.dispositifs:
        if dispositif not in known:
            message = f"Le catalogue n’a pas de dispositif «\u00a0{dispositif}\u00a0»."
            raise Refusal("dispositif_inconnu", message, "dispositifs")
    with units(program, options) as open_unit:
        agenda = save_agenda(open_unit, form, new=not options.remplacer)
    done = "changé" if options.remplacer else "créé"
    say(program, options.json, agenda_document(agenda), f"Carnet {done}\u202f: {agenda.name} ({agenda.id}).")
    if not options.remplacer:
        program.stderr.write(
            "Pour que la recherche l’interroge\u202f: «\u00a0osnp-console sources ajouter\u00a0», "
            f"type carnet_local, options.agenda {agenda.id}.\n"
        )
    return 0


def _list(program: Program, options: argparse.Namespace) -> int:
    with units(program, options) as open_unit:
        agendas = read_agendas(open_unit).agendas
    lines = [f"{one.id}  {one.name}" for one in agendas] or ["Aucun carnet."]
    say(program, options.json, [agenda_document(one) for one in agendas], "\n".join(lines))
    return 0


def _show(program: Program, options: argparse.Namespace) -> int:
    with units(program, options) as open_unit:
        document = plan_document(read_plan(options.carnet, program.now())(open_unit))
    say(program, options.json, document, json.dumps(document, ensure_ascii=False, indent=2))
    return 0


def _remove(program: Program, options: argparse.Namespace) -> int:
    with units(program, options) as open_unit:
        if not remove_agenda(open_unit, options.carnet, program.now()):
            raise Refusal("introuvable", NO_AGENDA, "carnet")
    say(program, options.json, {"id": options.carnet}, "Carnet supprimé.")
    return 0


def _open(program: Program, options: argparse.Namespace) -> int:
    return _change(program, options, SaveOpening(read_opening_document(_given(program, options))))


def _close(program: Program, options: argparse.Namespace) -> int:
    return _change(program, options, CloseAgenda(read_closure_document(_given(program, options))))


def _drop(program: Program, options: argparse.Namespace) -> int:
    return _change(program, options, DropEntry(options.entree))


def _given(program: Program, options: argparse.Namespace) -> object:
    return read_json(options.donnees, program.stdin)


def _change(program: Program, options: argparse.Namespace, edit: Edit) -> int:
    """Make a change, or look at it only; what it strands goes to standard error too."""
    with units(program, options) as open_unit:
        if options.essai:
            entry, seen = "", preview(open_unit, options.carnet, edit, program.now())
        else:
            made = make(open_unit, options.carnet, edit, program.now(), _new_id)
            entry, seen = made.entry, made.preview
    told = "Sans rien changer" if options.essai else f"Fait ({entry})"
    counts = f"{len(seen.added)} créneaux ajoutés, {len(seen.removed)} retirés, {seen.offered} offerts"
    sentence = f"{told}\u202f: sur quatre semaines, {counts}."
    say(program, options.json, change_document(entry, seen, options.essai), sentence)
    for one in seen.stranded:
        program.stderr.write(
            f"Réservation sans créneau\u202f: {one.key}, {in_paris(one.start):%d/%m/%Y %H:%M}.\n"
        )
    return 0


def _import(program: Program, options: argparse.Namespace) -> int:
    """The report; 1 when nothing could be taken."""
    read = _read_openings(program, options)
    with units(program, options) as open_unit:
        if options.essai:
            read_plan(options.carnet, program.now())(open_unit)  # whether there is one
            report = read
        else:
            report = import_openings(open_unit, options.carnet, read, program.now())
    lines = [f"ligne {one.line} refusée\u202f: {one.text}\u202f: {one.why}" for one in report.refused]
    would = "à ajouter" if options.essai else "ajoutées"
    counts = f"{len(report.taken)} ouvertures {would}, {report.repeated} déjà là, {len(lines)} refusées."
    say(program, options.json, import_document(report, options.essai), "\n".join([*lines, counts]))
    return 0 if report.taken or report.repeated or not report.refused else 1


def _read_openings(program: Program, options: argparse.Namespace) -> OpeningsImport:
    content = content_of(options.fichier, program.stdin)
    if not (options.calendrier or options.fichier.lower().endswith(".ics")):
        return read_openings(content, in_paris(program.now()).date(), _new_id)
    offer = Offer(
        read_count(options.duree, "duree", 0, 1, MOST_MINUTES) or None,
        read_count(options.places, "places", 1, 1, MOST_PLACES),
        practitioner=read_practitioner(options.praticien, options.rpps, "praticien", "rpps"),
    )
    return read_calendar_openings(content, program.read_events(), options.carnet, offer, program.now())


def _book(program: Program, options: argparse.Namespace) -> int:
    key = options.cle if options.cle is not None else _new_id()
    if not key or len(key) > LONGEST_KEY or not key.isprintable():
        message = f"Une clé a de 1 à {LONGEST_KEY} caractères."
        raise Refusal("valeur_invalide", message, "cle")
    asked = PlaceAsked(
        key, options.carnet, options.reference, desk_code(options), options.appel, options.surnombre
    )
    with units(program, options) as open_unit:
        result = book_place(open_unit, asked, program.now())
        if result.outcome not in (Outcome.BOOKED, Outcome.WAITING):
            raise Refusal("conflit", result.message or "", "reference")
    document = {"cle": key, "issue": result.outcome.value, "message": result.message}
    say(program, options.json, document, f"Réservé\u202f: {key}. {result.message or ''}".rstrip())
    return 0


def _cancel(program: Program, options: argparse.Namespace) -> int:
    return _move(program, options, AppointmentState.CANCELLED, "Place rendue.")


def _settle(program: Program, options: argparse.Namespace) -> int:
    return _move(program, options, AppointmentState(options.etat), "Noté.")


def _move(program: Program, options: argparse.Namespace, state: AppointmentState, sentence: str) -> int:
    with units(program, options) as open_unit:
        try:
            booking = move_place(open_unit, options.cle, state, program.now())
        except IllegalAppointmentMove as error:
            raise Refusal("conflit", CANNOT_MOVE, "cle") from error
    say(program, options.json, booking_document(booking), sentence)
    return 0


def _slots(program: Program, options: argparse.Namespace) -> int:
    """The slots of a window, each with those who hold it, and who holds a place that is no longer there."""
    start = program.now()
    if options.du is not None:
        start = in_paris(datetime.combine(read_day(options.du, "du"), time()))
    end = start + timedelta(days=read_count(options.jours, "jours", 2, 1, MOST_DAYS))
    with units(program, options) as open_unit, open_unit() as unit:
        seen = view(unit, options.carnet, start, end)
    held = [one for one in seen.bookings if one.is_held and start <= one.start <= end]
    documents: list[Document] = []
    lines: list[str] = []
    placed: set[str] = set()
    for slot in seen.slots:
        here = [one for one in held if (one.who, one.start, one.end) == (slot.who, slot.start, slot.end)]
        placed.update(one.key for one in here)
        if not options.libres or not slot.is_full:
            documents.append(slot_document(slot, here))
            who = slot.offer.practitioner.name or slot.offer.practitioner.rpps or ""
            room = f"{slot.room.left} sur {slot.offer.places}"
            lines.append(f"{in_paris(slot.start):%d/%m %H:%M}  {room}  {who}  {slot.reference}")
    lost = [booking_document(one) for one in held if one.key not in placed]
    lines += [f"sans créneau  {one['debut']}  {one['cle']}" for one in lost]
    document = {"creneaux": documents, "sans_creneau": lost}
    say(program, options.json, document, "\n".join(lines) or "Aucun créneau.")
    return 0


def _new_id() -> str:
    return uuid.uuid4().hex


_VERBS: Mapping[str, Callable[[Program, argparse.Namespace], int]] = {
    "lister": _list,
    "montrer": _show,
    "supprimer": _remove,
    "ouvrir": _open,
    "fermer": _close,
    "retirer": _drop,
    "importer": _import,
    "reserver": _book,
    "annuler": _cancel,
    "etat": _settle,
    "creneaux": _slots,
}
