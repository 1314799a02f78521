"""Desks that share one base, in this process: each with its window, as in a room."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from osnp_console.app.base.care import BaseReport
from osnp_console.app.base.live import Change, Heard, Linked
from osnp_console.app.ports import OpenUnit
from osnp_console.app.preferences import LIGHT, Preferences
from osnp_console.app.telephony.settings import Telephony, Way
from osnp_console.bootstrap.bases import CommuneCodes
from osnp_console.bootstrap.demonstration.printer import FolderPrinter
from osnp_console.bootstrap.demonstration.world import SIZE, MemoryVault
from osnp_console.bootstrap.desk_base import DeskBase
from osnp_console.bootstrap.window import OpenWindow, make_window
from osnp_console.bootstrap.workplace import Workplace
from osnp_console.cli.program import Folders, Program
from osnp_console.desk.settings import KeptPreferences
from osnp_console.domain.desk import Desk
from osnp_console.ui.frame.pieces import Look, Situation

T = TypeVar("T")
Clock = Callable[[], datetime]


class Ear:
    """What a window of the room hears of the others (`app.base.live.Feed`)."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._heard: Callable[[Heard], None] = lambda heard: None

    def follow(self, heard: Callable[[Heard], None]) -> None:
        """Hear from now on."""
        self._heard = heard
        heard(Linked(self._clock()))

    def tell(self, change: Change) -> None:
        """Another window wrote something."""
        self._heard(change)

    def close(self) -> None:
        """Hear nothing more."""
        self._heard = lambda heard: None


class RoomBase(DeskBase):
    """The base of a desk of the room: the first opens the file, the others go through it.

    A console on a file is alone on it; desks share a base on a server. Here one file and one thread stand for
    the server, and each window hears of the others by its ear.
    """

    def __init__(
        self,
        file: Path,
        vault: MemoryVault,
        clock: Clock,
        commune_codes: CommuneCodes,
        first: RoomBase | None = None,
    ) -> None:
        super().__init__(file, vault, clock, commune_codes, file.parent)
        self._first = first
        self.ear = Ear(clock)

    def look(self) -> Future[Look]:
        """What opening takes: nothing, once the first desk has opened it."""
        if self._first is None:
            return super().look()
        found: Future[Look] = Future()
        found.set_result(Look(Situation.KEY_AT_HAND))
        return found

    def open(self, passphrase: str | None) -> Future[None]:
        """Open the file, or find it open."""
        if self._first is None:
            return super().open(passphrase)
        return self._first.submit(lambda units: None)

    def submit(self, work: Callable[[OpenUnit], T]) -> Future[T]:
        """Queue work on the one thread."""
        return super().submit(work) if self._first is None else self._first.submit(work)

    def verify(self) -> Future[BaseReport]:
        """What it holds and what is wrong with it."""
        return super().verify() if self._first is None else self._first.verify()

    def feed(self) -> Ear:
        """What this desk hears of the others."""
        return self.ear

    def close(self) -> bool:
        """The first desk closes the file; another waits until what it asked for is done."""
        if self._first is None:
            return super().close()
        self._first.submit(lambda units: None).result()
        return True


class Room:
    """The desks of one story, on a base that is thrown away."""

    def __init__(
        self, program: Program, folders: Folders, folder: Path, pictures: Path, clock: Clock
    ) -> None:
        """`folder` holds the base, `pictures` gets what is printed."""
        self._program, self._folders, self._folder, self._clock = program, folders, folder, clock
        self._printer = FolderPrinter(pictures)
        self._vault = MemoryVault()
        self._opened: list[OpenWindow] = []
        self._bases: list[RoomBase] = []

    def sit(self, desk: Desk, prepare: Iterable[Callable[[OpenUnit], object]] = ()) -> OpenWindow:
        """Start the window of a desk; `prepare` is written in the base before, by the first."""
        place = self._folder / desk.code
        place.mkdir()
        settings = place / "reglages.json"
        # Nobody's telephone rings: numbers are copied.
        by_hand = Telephony(Way.BY_HAND)
        KeptPreferences(settings).save(Preferences(desk=desk, theme=LIGHT, telephony=by_hand))
        file = self._folder / "console.base"
        first = self._bases[0] if self._bases else None

        def make_base(commune_codes: CommuneCodes) -> RoomBase:
            self._bases.append(RoomBase(file, self._vault, self._clock, commune_codes, first))
            return self._bases[-1]

        made = make_window(
            self._program,
            self._folders,
            Workplace(file, settings, self._vault, self._clock),
            make_base=make_base,
            printers=self._printer,
            send=self._printer.send,
        )
        made.create_base()
        for work in prepare:
            made.base.submit(work).result()
        self._opened.append(made)
        made.window.resize(*SIZE)
        made.window.show()
        made.window.start()
        return made

    def tell(self, teller: OpenWindow, changes: Iterable[Change]) -> None:
        """The others hear what a window wrote."""
        for change in changes:
            for opened, base in zip(self._opened, self._bases, strict=True):
                if opened is not teller:
                    base.ear.tell(change)

    def close(self) -> None:
        """Close every window, the one that opened the base last."""
        for opened in reversed(self._opened):
            opened.window.close()
        for opened in reversed(self._opened):
            opened.finish()
