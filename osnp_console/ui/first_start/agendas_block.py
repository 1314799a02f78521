"""The block « Les agendas » of the first start: now, in Réglages, or later."""

from __future__ import annotations

from collections.abc import Callable

from osnp_console.ui.first_start.sheet import StartPage
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.choices import Choice
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.segments import Segments

TITLE = "Les agendas"
LATER, NOW = "plus_tard", "maintenant"
_SAID = {
    LATER: "Sans agenda, la console dit quels dispositifs conviennent\u202f; Réglages, Agendas les relie.",
    NOW: "La console s’ouvre sur Réglages, Agendas.",
}
SHARED = "Ceux que les autres postes ont reliés à la base partagée sont déjà là."


class AgendasBlock:
    """Whether the window opens on the agendas or on an empty call."""

    def __init__(self, theme: Theme, page: StartPage, start: Callable[[], None]) -> None:
        """The block at the end of a page; `start` on Entrée."""
        card = page.card
        self.tick = page.add_block(TITLE)
        self.when = Segments(
            theme, TITLE, (Choice(LATER, "Plus tard", "P"), Choice(NOW, "Maintenant", "M")), card
        )
        self.when.set_answer(LATER)
        self.said = PlainLabel(theme, role="muted", points=9, wrap=True, parent=card)
        page.add(FormRow(theme, "Les relier", self.when, parent=card), self.said)
        self._is_shared = False
        self.tick.set_done(True)
        self.when.answered.connect(self._chosen)
        self.when.next_wanted.connect(start)
        self._say()

    @property
    def is_now(self) -> bool:
        """Whether the agendas come first."""
        return self.when.answer == NOW

    def set_shared(self, shared: bool) -> None:
        """Whether other desks may have declared agendas already."""
        self._is_shared = shared
        self._say()

    def _chosen(self, answer: object) -> None:
        if answer is None:
            self.when.set_answer(LATER)
        self._say()

    def _say(self) -> None:
        said = _SAID[NOW if self.is_now else LATER]
        self.said.setText(f"{SHARED} {said}" if self._is_shared else said)
