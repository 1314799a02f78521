"""Keeps what is typed in forms on this workstation's disk until the base has it, and puts it back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from osnp_console.app.base.drafts import (
    NO_DRAFTS,
    About,
    DraftedPrescription,
    Drafts,
    DraftShelf,
    TypedText,
    read_kept,
)
from osnp_console.app.ports import StoreFailure
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.unfinished import Unfinished

WAITS_FOR_CHOICE = "Ordonnance tapée avant l’arrêt, reprise dans Ordonnances\u202f: {}"
UNREADABLE = "Des saisies gardées sur ce poste ne se lisent pas\u202f: {}"


class Drafting(Protocol):
    """The prescriptions of this desk, as far as they outlive the program."""

    def drafted(self) -> tuple[DraftedPrescription, ...]:
        """What was typed or begun here and the base is not known to have."""

    def take_back(self, drafted: Iterable[DraftedPrescription]) -> None:
        """Type again what waited, and bring it to the base."""

    def why_stopped(self, key: str) -> str:
        """Why what is typed in one is not saved by itself any more; empty while it is."""


class DraftsKept(QObject):
    """One for the window.

    Each key is on the disk as soon as it is painted, as those of the calls are. Nothing is kept before what
    was kept last time was read: it would be lost.

    Signals:
        told(str): a sentence for the whole desk: what was put back waits for a choice, or cannot be read.
    """

    told = Signal(str)

    def __init__(
        self,
        unfinished: Unfinished,
        prescriptions: Drafting,
        door: StoreDoor,
        about: Mapping[str, About],
        is_writing: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        """`about` names the forms whose texts are kept, each with what they are typed about.

        `is_writing` says whether a step has no answer of the base yet: the text that was typed for it is
        kept until then.
        """
        super().__init__(parent)
        self._unfinished, self._prescriptions, self._door = unfinished, prescriptions, door
        self._about, self._is_writing = about, is_writing
        self._shelf: DraftShelf | None = None
        self._last: Drafts = NO_DRAFTS
        self._put_back_here: set[str] = set()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.keep)
        unfinished.listen(self._soon.start)

    @Slot(str)
    def look(self, key: str) -> None:
        """A prescription or a transfer is not what it was: look what of it waits."""
        self._soon.start()

    @Slot(str, str)
    def hear(self, key: str, sentence: str) -> None:
        """Something was said of a prescription: of one that was put back, and waits for a choice, say it."""
        if key in self._put_back_here and self._prescriptions.why_stopped(key):
            self._put_back_here.discard(key)
            self.told.emit(WAITS_FOR_CHOICE.format(sentence))

    def bring_back(self, shelf: DraftShelf | None) -> None:
        """The base is open: put back what waited when the program last stopped, and keep from now on."""
        if shelf is None:
            return

        def came(kept: Drafts) -> None:
            self._shelf, self._last = shelf, kept
            self._put_back(kept)
            self._soon.start()

        def not_read(failure: StoreFailure) -> None:
            self.told.emit(UNREADABLE.format(failure.message))

        self._door.ask(read_kept(shelf, self._about), came, not_read)

    @Slot()
    def keep(self) -> None:
        """Keep now what is typed."""
        self._soon.stop()
        if self._shelf is None:
            return
        texts = {(one.form, one.key): one for one in self._texts()}
        if self._is_writing():
            texts = {(one.form, one.key): one for one in self._last.texts} | texts
        drafts = Drafts(self._prescriptions.drafted(), tuple(texts.values()))
        if drafts != self._last:
            self._last = drafts
            self._shelf.keep_drafts(drafts)

    def close(self) -> Callable[[str], None]:
        """The window is going: keep the last of it.

        What comes back is told, on the store's thread, each prescription that reached the base after all.
        """
        self.keep()
        shelf, self._shelf = self._shelf, None
        left = self._last

        def reached(key: str) -> None:
            nonlocal left
            if shelf is not None:
                left = replace(
                    left, prescriptions=tuple(one for one in left.prescriptions if one.known.id != key)
                )
                shelf.keep_drafts(left)

        return reached

    def _texts(self) -> Iterable[TypedText]:
        for form in self._about:
            for key, text in self._unfinished.held(form).items():
                if isinstance(text, str) and text:
                    yield TypedText(form, key, text)

    def _put_back(self, kept: Drafts) -> None:
        for one in kept.texts:
            if one.key not in self._unfinished.held(one.form):
                self._unfinished.hold(one.form, one.key, one.text)
        self._put_back_here = {one.known.id for one in kept.prescriptions}
        self._prescriptions.take_back(kept.prescriptions)
