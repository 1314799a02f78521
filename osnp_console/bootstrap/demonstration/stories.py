"""Each story with its desks and its base, and the text that is told of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from osnp_console.app.base.live import Change, Subject
from osnp_console.bootstrap.demonstration.room import Room
from osnp_console.bootstrap.demonstration.staff import hire
from osnp_console.bootstrap.demonstration.world import STARTS, declare_agendas, declare_local_agenda
from osnp_console.bootstrap.window import OpenWindow
from osnp_console.cli.program import Folders, Program
from osnp_console.connectors.simulator.demonstration import demonstration_world
from osnp_console.connectors.simulator.server import Simulator
from osnp_console.domain.desk import Desk
from osnp_console.ui.demonstration.prescription import MARIE, PAUL, prescription_story
from osnp_console.ui.demonstration.redon import redon_story
from osnp_console.ui.demonstration.stage import Stage
from osnp_console.ui.demonstration.transfer import transfer_story
from osnp_console.ui.demonstration.waiting import waiting_story

SAS_35 = Desk("osnp", "35", (), 1)
REGULATOR_85 = Desk("medecin_regulateur", "85", (), 2, None)
SAS_72, REGULATOR_72 = Desk("osnp", "72", (), 1), Desk("medecin_regulateur", "72", (), 2)
REDON_LINE = Desk("telesecretariat", None, ("CPTS Pays de Redon",), 2)


@dataclass(frozen=True, slots=True)
class Around:
    """What a story is played with; `folder` is thrown away after it."""

    program: Program
    folders: Folders
    folder: Path
    stage: Stage
    clock: Callable[[], datetime]

    @contextmanager
    def room(self) -> Iterator[Room]:
        """A room whose windows are closed when the story ends."""
        made = Room(self.program, self.folders, self.folder, self.stage.folder, self.clock)
        try:
            yield made
        finally:
            self.stage.after_step = _nothing
            made.close()


def _prescription(around: Around) -> Iterator[str]:
    with around.room() as room:
        catalogue = around.program.catalogue(around.folders)
        staff = hire(
            around.program.passwords(), MARIE, PAUL, catalogue.dispositifs, SAS_72.code, around.clock()
        )
        operator, doctor = room.sit(SAS_72, [staff]), room.sit(REGULATOR_72)
        around.stage.after_step = Telling(room, around.stage, (operator, doctor)).tell
        yield from prescription_story(around.stage, operator.window, doctor.window)


def _nothing() -> None:
    """Nobody else is there."""


def _redon(around: Around) -> Iterator[str]:
    with Simulator(demonstration_world(STARTS), around.clock) as editor, around.room() as room:
        opened = room.sit(SAS_35, [lambda units: declare_agendas(units, editor.address)])
        around.stage.open(opened.window)
        yield from redon_story(around.stage, editor.take)


def _transfer(around: Around) -> Iterator[str]:
    with around.room() as room:
        sas = room.sit(SAS_35, [declare_local_agenda])
        around.stage.open(sas.window)
        line = room.sit(REDON_LINE)
        around.stage.open(line.window)
        told = Telling(room, around.stage, (sas, line))
        around.stage.after_step = told.tell
        yield from transfer_story(around.stage, sas.window, line.window)


def _waiting(around: Around) -> Iterator[str]:
    with around.room() as room:
        around.stage.open(room.sit(REGULATOR_85).window)
        yield from waiting_story(around.stage)


class Telling:
    """Tells the other windows what the one with the keyboard wrote, as a server would."""

    def __init__(self, room: Room, stage: Stage, windows: tuple[OpenWindow, ...]) -> None:
        self._room, self._stage, self._windows = room, stage, windows
        self._versions: dict[str, int] = {}

    def tell(self) -> None:
        here = next(one for one in self._windows if one.window is self._stage.window)
        changed: list[Change] = []
        for prescription in here.window.prescribing.desk.board:
            if self._is_new(prescription.id, prescription.version):
                changed.append(Change(Subject.PRESCRIPTION, prescription.id))
        for transfer in here.window.transfers.all:
            if self._is_new(transfer.id, transfer.version):
                changed += [Change(Subject.TRANSFER, transfer.id), Change(Subject.AGENDA)]
                changed += [
                    Change(Subject.CALL, call) for call in (transfer.call, transfer.line_call) if call
                ]
        self._room.tell(here, changed)

    def _is_new(self, what: str, version: int) -> bool:
        is_new = self._versions.get(what) != version
        self._versions[what] = version
        return is_new


PLAYED: Mapping[str, Callable[[Around], Iterator[str]]] = {
    "appel": _redon,
    "transfert": _transfer,
    "attente": _waiting,
    "ordonnance": _prescription,
}
