"""Base and Journal: where the base is, what was found at the last check, a copy of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from osnp_console.app.base.acts import KEY_NAMES, BaseActs, BaseFacts, Deed
from osnp_console.app.base.address import ServerAddress
from osnp_console.app.base.choice import place_words
from osnp_console.domain.typed_times import said
from osnp_console.ui.preferences.base_place import PlaceSection
from osnp_console.ui.preferences.page import Page
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.message_line import Message

UNDER_WAY = "Vérification en cours…"
COPYING = "Copie en cours…"
NOT_CHECKED = "pas encore depuis le démarrage"
Lines = Callable[[BaseFacts, str], tuple[tuple[str, str], ...]]
"""The labelled lines of a page, from the facts and from when they were last checked, in words."""
NOT_HEARD = "pas encore entendue"
SERVERS_COPIES = "La copie d’une base partagée est l’affaire du serveur\u202f: voir son administrateur."
NO_TARGET = "Écrire où garder la copie."


class _CheckedPage(Page):
    """A page that can check the base.

    Signals:
        checked(): a check has ended; what is known of the base may have changed.
    """

    checked = Signal()

    def __init__(
        self,
        theme: Theme,
        title: str,
        acts: BaseActs,
        clock: Callable[[], datetime],
        lines: Lines,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, title, parent)
        self._acts = acts
        self._lines = lines
        self._clock = clock
        self._facts: dict[str, PlainLabel] = {}
        self.verify = ActionButton(theme, "Vérifier", height=28, parent=self.sheet)
        self._verify_row = self._button_row(self.verify)
        self.outcome = self._verify_row.message
        self.verify.clicked.connect(self._verify)

    def refresh(self) -> None:
        """Write what is known of the base now."""
        for label, text in self._known():
            self._facts[label].setText(text)
            self._facts[label].setAccessibleName(f"{label}\u202f: {text}")

    def _known(self) -> tuple[tuple[str, str], ...]:
        facts = self._acts.facts()
        checked = facts.checked_at
        return self._lines(facts, NOT_CHECKED if checked is None else said(checked, self._clock()))

    def _add_lines(self) -> None:
        for label, text in self._known():
            shown = PlainLabel(self.theme, text, wrap=True, parent=self.sheet)
            shown.setMinimumHeight(self.theme.px(28))
            shown.setAccessibleName(f"{label}\u202f: {text}")
            self._facts[label] = shown
            self.add(FormRow(self.theme, label, shown, parent=self.sheet))

    def _button_row(self, button: QWidget) -> FormRow:
        holder = QWidget(self.sheet)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(button)
        row.addStretch(1)
        return FormRow(self.theme, "", holder, parent=self.sheet)

    def _verify(self) -> None:
        self.verify.set_reason(UNDER_WAY)
        self.outcome.set_message(UNDER_WAY, Message.NOTE)
        self._acts.verify(self._verified)

    def _verified(self, deed: Deed) -> None:
        self.verify.set_reason(None)
        self.outcome.set_message(deed.sentence, Message.NOTE if deed.done else Message.ERROR)
        self.refresh()
        self.checked.emit()


class BasePage(_CheckedPage):
    """The base of this desk."""

    def __init__(
        self, theme: Theme, acts: BaseActs, clock: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        """What is known of the base, what can be done with it, and the choice of another one."""
        super().__init__(theme, "Base", acts, clock, partial(_base_lines, acts), parent)
        self._add_lines()
        self.add(self._verify_row)
        self._is_shared = isinstance(acts.places().now, ServerAddress)
        self._copy_rows()
        self.place = PlaceSection(theme, acts, self.sheet)
        self.add(self.place)
        self.end()
        self._each_second = QTimer(self, interval=1000)
        self._each_second.timeout.connect(self.refresh)

    def _copy_rows(self) -> None:
        theme, acts = self.theme, self._acts
        self.target = LineField(theme, "Fichier de la copie", optional=True, parent=self.sheet)
        self.target.set_text(acts.suggested_copy())
        self.back_up = ActionButton(theme, "Sauvegarder", height=28, parent=self.sheet)
        copy_row = self._button_row(self.back_up)
        self.copied = copy_row.message
        target_row = FormRow(theme, "Copie vers", self.target, parent=self.sheet)
        if self._is_shared:
            for row in (target_row, copy_row):
                row.hide()
            self.explain(SERVERS_COPIES)
        else:
            self.add(target_row, copy_row)
            self.explain(
                "La copie est chiffrée avec la même clé. La garder ailleurs que sur ce poste\u202f: "
                "sans la clé, elle n’ouvre rien."
            )
        self.back_up.clicked.connect(self._back_up)
        self.target.next_wanted.connect(self._back_up)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self.place.refresh()
        if self._is_shared:
            self._each_second.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._each_second.stop()

    def _back_up(self) -> None:
        target = self.target.text().strip()
        if not target:
            self.target.set_error(NO_TARGET)
            return
        self.target.set_error(None)
        self.back_up.set_reason(COPYING)
        self.copied.set_message(COPYING, Message.NOTE)
        self._acts.back_up(target, self._backed_up)

    def _backed_up(self, deed: Deed) -> None:
        self.back_up.set_reason(None)
        self.copied.set_message(deed.sentence, Message.NOTE if deed.done else Message.ERROR)


class JournalPage(_CheckedPage):
    """The journal's chain."""

    def __init__(
        self, theme: Theme, acts: BaseActs, clock: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        """What the last check said of the chain, and another check."""
        super().__init__(theme, "Journal", acts, clock, _journal_lines, parent)
        self._add_lines()
        self.add(self._verify_row)
        self.explain(
            "Chaque ligne est scellée avec celle d’avant\u202f: une ligne retirée, changée "
            "ou déplacée se voit. Les lignes elles-mêmes ne portent aucun nom."
        )
        self.end()


def _base_lines(acts: BaseActs, facts: BaseFacts, checked: str) -> tuple[tuple[str, str], ...]:
    places = acts.places()
    revision = f"ouverte · schéma {facts.revision}" if facts.revision else "ouverte"
    calls = f" · {facts.calls} appels" if facts.calls is not None else ""
    shared = isinstance(places.now, ServerAddress)
    return (
        ("Où", place_words(places.now)),
        *((("Liaison", places.link or NOT_HEARD),) if shared else ()),
        ("État", revision + calls),
        ("Clé", KEY_NAMES.get(facts.key, facts.key)),
        ("Vérifiée", checked),
    )


def _journal_lines(facts: BaseFacts, checked: str) -> tuple[tuple[str, str], ...]:
    chain = {True: "intacte", False: "rompue", None: "non vérifiée"}[facts.chain_sound]
    return (
        ("Chaîne", chain),
        ("Lignes", str(facts.lines) if facts.lines is not None else "non comptées"),
        ("Vérifiée", checked),
    )
