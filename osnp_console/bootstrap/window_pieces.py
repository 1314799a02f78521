"""Fills what the window is made with: each port of the window gets what answers it on this workstation."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from osnp_console.app.calls.journal_words import JournalWords
from osnp_console.app.checklist.check_eligibility import CheckEligibility
from osnp_console.app.places.commune_names import CommuneNames
from osnp_console.app.places.find_commune import CommuneSearch
from osnp_console.app.places.whereabouts import Positions, code_among
from osnp_console.app.prescription.printing import SendToPrinter
from osnp_console.app.sources.agendas import Deadline
from osnp_console.app.telephony.dial import Dialled
from osnp_console.app.telephony.numbers import NumberToDial
from osnp_console.app.telephony.settings import Telephony
from osnp_console.bootstrap.base_choice import DeskChoice
from osnp_console.bootstrap.desk_base import DeskBase
from osnp_console.bootstrap.licences import read_licences
from osnp_console.bootstrap.papers import DeskPapers, PrescriptionPdf, sign_document, sign_sample
from osnp_console.bootstrap.workplace import Workplace
from osnp_console.cli.program import Program
from osnp_console.desk.printing import system_printer
from osnp_console.desk.settings import KeptPreferences
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.commune import Gazetteer
from osnp_console.domain.natures import NATURE_NAMES, cpts_name
from osnp_console.resources import resources
from osnp_console.ui.frame.pieces import Pieces
from osnp_console.ui.office.made import OfficeTools
from osnp_console.ui.office.printers import Printers


@dataclass(frozen=True, slots=True)
class Reference:
    """What is read once and never written: the catalogue, the communes, and their names as shown."""

    catalogue: Catalogue
    gazetteer: Gazetteer
    communes: CommuneSearch
    names: CommuneNames


@dataclass(frozen=True, slots=True)
class Keeping:
    """What this workstation keeps: the calls, the choice of where, its documents, its preferences."""

    base: DeskBase
    choice: DeskChoice
    papers: DeskPapers
    preferences: KeptPreferences


@dataclass(frozen=True, slots=True)
class Printing:
    """Where pages go; what is None is the system's own."""

    printers: Printers | None = None
    send: SendToPrinter | None = None


def make_pieces(
    program: Program, place: Workplace, reference: Reference, keeping: Keeping, printing: Printing
) -> Pieces:
    """Everything the window is given. Opens nothing: the base is opened once the window stands."""
    catalogue, gazetteer, base = reference.catalogue, reference.gazetteer, keeping.base
    return Pieces(
        check=CheckEligibility(catalogue, gazetteer),
        gazetteer=gazetteer,
        communes=reference.communes,
        commune_names=reference.names,
        words=JournalWords(catalogue.reasons, NATURE_NAMES, gazetteer.living, _titles(catalogue)),
        preferences=keeping.preferences,
        base=base,
        choice=keeping.choice,
        clock=place.clock,
        new_id=_new_id,
        version=program.version,
        licences=lambda: read_licences(resources() / "licences" / "README.md"),
        connectors=program.connectors(),
        secrets=place.keyring,
        is_file=lambda path: Path(path).is_file(),
        papers=keeping.papers,
        positions=lambda allowed: Positions(
            program.centres, code_among(gazetteer, reference.names), base, place.clock, allowed
        ),
        passwords=program.passwords(),
        office=_office(place, reference, keeping.papers, printing),
        annuaire=program.annuaire,
        read_events=program.read_events,
        click_to_dial=_click_to_dial,
        aside=base.aside,
        drafts=base.drafts,
        feed=base.feed,
    )


def _office(place: Workplace, reference: Reference, papers: DeskPapers, printing: Printing) -> OfficeTools:
    return OfficeTools(
        pdf=PrescriptionPdf(),
        keep_message=papers.secure_message,
        sign_sample=sign_sample,
        dispositifs={one.id: one for one in reference.catalogue.dispositifs},
        living=reference.gazetteer.living,
        clock=place.clock,
        new_id=_new_id,
        send=printing.send if printing.send is not None else system_printer(),
        printers=printing.printers,
        sign=sign_document,
    )


def _new_id() -> str:
    return uuid.uuid4().hex


def _titles(catalogue: Catalogue) -> Callable[[str], str]:
    names = {one.id: cpts_name(one.cpts) for one in catalogue.dispositifs}
    return lambda dispositif: names.get(dispositif, dispositif)


def _click_to_dial(
    telephony: Telephony, secret: str | None, number: NumberToDial, deadline: Deadline
) -> Dialled:
    from osnp_console.connectors.telephony.click_to_dial import click_to_dial

    return click_to_dial(telephony, secret, number, deadline)
