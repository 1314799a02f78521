"""The left pane: the queue, its counts, and the way to a caller whom nobody announced."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from osnp_console.app.calls.sheet_words import CallSheetWords
from osnp_console.app.transfer.queue_groups import QueuePart
from osnp_console.app.transfer.queue_rows import Patient, patient_of
from osnp_console.domain.clock import in_paris
from osnp_console.ui.checklist.live import LiveLabel
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.transfer.receiving.desk import ReceivingDesk
from osnp_console.ui.transfer.receiving.queue_list import QueueList
from osnp_console.ui.transfer.receiving.queue_model import lines_of
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.surfaces import Card
from osnp_console.ui.widgets.titles import PaneTitle

KEYS = "Flèches pour choisir, Entrée pour prendre"
KEYS_OF_SENT = "Flèches pour choisir, Entrée pour voir l’appel"
NOTHING = "Aucun transfert pour l’instant."
NOTHING_SENT = "Ce poste n’a rien transféré aujourd’hui. Il ne répond pour aucune ligne."


class QueuePane(Card):
    """Shows what a ReceivingDesk has.

    Signals:
        reached(str): the operator went to a transfer's row.
        opened(str): Entrée on it.
        unannounced_wanted(): a caller is on the line whom nobody announced.
    """

    reached = Signal(str)
    opened = Signal(str)
    unannounced_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        desk: ReceivingDesk,
        words: CallSheetWords,
        clock: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent=parent)
        self._desk, self._words, self._clock = desk, words, clock
        self._unfolded = False
        self.title = PaneTitle(theme, "Transferts", self)
        self.unannounced = ActionButton(theme, "Appel sans annonce", "Maj+F2", "link", height=28, parent=self)
        self.counts = PlainLabel(theme, "", points=9.5, bold=True, parent=self)
        self.up_to_date = PlainLabel(theme, "", role="muted", points=9, parent=self)
        self.list = QueueList(theme, self)
        self.nothing = PlainLabel(theme, NOTHING, role="muted", wrap=True, parent=self)
        self.live = LiveLabel(self)
        self._lay_out()
        self.unannounced.clicked.connect(self.unannounced_wanted)
        self.list.reached.connect(self.reached)
        self.list.opened.connect(self.opened)
        self.list.fold_wanted.connect(self._fold)

    def _lay_out(self) -> None:
        theme = self.theme
        margin = theme.px(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(1), theme.px(6), theme.px(1), theme.px(6))
        column.setSpacing(theme.px(2))
        head, counts = QHBoxLayout(), QHBoxLayout()
        head.setContentsMargins(margin, 0, theme.px(6), 0)
        head.addWidget(self.title, 1)
        head.addWidget(self.unannounced)
        counts.setContentsMargins(margin, 0, margin, theme.px(4))
        counts.setSpacing(theme.px(10))
        counts.addWidget(self.counts)
        counts.addWidget(self.up_to_date, 1)
        self.nothing.setContentsMargins(margin, theme.px(8), margin, theme.px(8))
        column.addLayout(head)
        column.addLayout(counts)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)

    def show_queue(self) -> None:
        """Show the queue as it stands: rows stay where they are but for what changed of itself."""
        desk = self._desk
        parts = desk.parts
        names = list(dict.fromkeys(one.access.name or one.dispositif.cpts for one in desk.lines))
        self.title.setText(f"File {' · '.join(names)}" if names else "Transferts envoyés")
        self.unannounced.setVisible(desk.answers)
        self.list.setAccessibleName(self.title.text())
        self.list.setAccessibleDescription(KEYS if desk.answers else KEYS_OF_SENT)
        self._say_counts()
        said = lines_of(
            parts, self._patients(parts), desk.code, unfolded=self._unfolded, answers=desk.answers
        )
        lines = tuple(said)
        self.list.show_lines(lines, self._clock(), self.list.current_key)
        self.nothing.setText(NOTHING if desk.answers else NOTHING_SENT)
        self.nothing.setVisible(not lines)

    def tick(self, now: datetime) -> None:
        """A second has passed."""
        self.list.tick(now)

    @property
    def shown_people(self) -> bool:
        """Whether the rows of what is over are shown too."""
        return self._unfolded

    def _say_counts(self) -> None:
        count = self._desk.to_deal_with
        self.counts.setText(f"{count} à traiter" if self._desk.answers else f"{count} en cours")
        said = f"le plus ancien d’abord · à jour à {in_paris(self._clock()):%H:%M:%S}"
        self.up_to_date.setText(said)

    def _patients(self, parts: tuple[QueuePart, ...]) -> dict[str, Patient]:
        found: dict[str, Patient] = {}
        for part in parts:
            for one in part.transfers:
                record = self._desk.people.of(one)
                if record is not None:
                    found[one.id] = patient_of(record, self._words)
        return found

    def _fold(self, unfolded: bool) -> None:
        self._unfolded = unfolded
        self._desk.changed.emit()
