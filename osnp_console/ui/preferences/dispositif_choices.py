"""The dispositifs of the catalogue as choices: each by a name that no other has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from osnp_console.app.sources.agendas import FieldKind, SourceField
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.natures import NATURE_NAMES, cpts_name
from osnp_console.ui.preferences.field_rows import SourceRow
from osnp_console.ui.preferences.many_choices import ManyChoices
from osnp_console.ui.theme.theme import Theme

DISPOSITIFS = "dispositifs"


def dispositif_names(dispositifs: Iterable[Dispositif]) -> dict[str, str]:
    """Names by id, in alphabetical order: CPTS, nature, département; the id too where names are alike."""
    said = {
        one.id: f"{cpts_name(one.cpts)} · {NATURE_NAMES.get(one.nature, one.nature)} · {one.departement}"
        for one in dispositifs
        if one.nature != "aucun"
    }
    counted = Counter(said.values())
    names = {key: name if counted[name] == 1 else f"{name} · {key}" for key, name in said.items()}
    return dict(sorted(names.items(), key=lambda pair: pair[1].casefold()))


class DispositifChoices(QWidget):
    """Any number of dispositifs, found by a filter.

    Signals:
        changed(): the person ticked or cleared one.
    """

    changed = Signal()

    def __init__(self, theme: Theme, names: Mapping[str, str], label: str, parent: QWidget) -> None:
        """`names` are those of `dispositif_names`."""
        super().__init__(parent)
        self._names = names
        self._ids = {name: key for key, name in names.items()}
        self.choices = ManyChoices(theme, label, names.values(), self, none_chosen="Aucun choisi.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.choices)
        self.setFocusProxy(self.choices.filter)
        self.choices.changed.connect(self.changed)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids ticked; one that the catalogue lacks is kept as it is."""
        return tuple(self._ids.get(name, name) for name in self.choices.chosen)

    def set_chosen(self, ids: Sequence[str]) -> None:
        """Tick exactly these; emits nothing."""
        self.choices.set_chosen([self._names.get(one, one) for one in ids])


class DispositifsRow(SourceRow):
    """The dispositifs that something belongs to, as a field of its form."""

    def __init__(self, theme: Theme, names: Mapping[str, str], label: str, parent: QWidget) -> None:
        """`label` is read aloud; `names` are those of `dispositif_names`."""
        self.choices = DispositifChoices(theme, names, label, parent)
        field = SourceField(DISPOSITIFS, "Dispositifs", FieldKind.LIST)
        super().__init__(theme, field, self.choices, parent=parent)
        self.choices.changed.connect(self._changed)

    @property
    def value(self) -> object:
        return list(self.choices.chosen) or None

    def show_value(self, value: object) -> None:
        self.choices.set_chosen([str(one) for one in value] if isinstance(value, list | tuple) else [])
