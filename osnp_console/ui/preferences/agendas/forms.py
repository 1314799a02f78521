"""The forms of the agendas: one for each that was looked at, what is typed in it kept until it can be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from osnp_console.app.sources.agendas import Connector
from osnp_console.app.sources.declare import value_at
from osnp_console.app.sources.words import Standing
from osnp_console.domain.slots.answers import SourceAnswer
from osnp_console.domain.slots.source import AgendaSource, SourceKind
from osnp_console.domain.slots.source_reading import source_document
from osnp_console.ui.preferences.agendas.acts import AgendaActs, AgendaList
from osnp_console.ui.preferences.agendas.form import NAME, SourceForm
from osnp_console.ui.preferences.agendas.state_line import had_slots, stands
from osnp_console.ui.preferences.draft import Declaration, id_for, settle
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.unfinished import Unfinished

NEW = "Nouvel agenda"
NOT_KEPT_YET = "pas encore enregistré"
NO_NAME = "Il manque\u202f: Nom."
KEEP_FIRST = "À enregistrer d’abord."
UNDER_WAY = "Essai en cours."
HELD = "agendas"
"""Under that name, what is typed and not kept: declarations by key."""
# No source's id begins so.
_DRAFT = "Nouveau "


@dataclass
class Entry:
    """An agenda of the list: declared (`kept`), or a draft of that kind. `form` once it was looked at."""

    key: str
    kind: SourceKind
    kept: AgendaSource | None = None
    form: SourceForm | None = None
    asking: bool = False
    faults: Mapping[str, str] = field(default_factory=dict)
    trouble: str = ""


class AgendaForms(QStackedWidget):
    """The entries, and the form of the one on screen.

    Signals:
        changed(): what the list says of the entries has changed.
        gone(str): an entry was taken away; its key.
        renamed(str, str): a draft is declared: its key before, and now.
    """

    changed = Signal()
    gone = Signal(str)
    renamed = Signal(str, str)

    def __init__(
        self,
        theme: Theme,
        acts: AgendaActs,
        names: Mapping[str, str],
        choose: Callable[[str], str],
        unfinished: Unfinished,
        parent: QWidget | None = None,
    ) -> None:
        """The drafts that were typed before; `names` are the dispositifs' by id, `choose` asks for a file."""
        super().__init__(parent)
        self.theme = theme
        self._acts = acts
        self._names = names
        self._choose = choose
        self._unfinished = unfinished
        self._declared = AgendaList()
        self.entries: dict[str, Entry] = {}
        for key, typed in unfinished.held(HELD).items():
            if key.startswith(_DRAFT) and isinstance(typed, dict):
                self.entries[key] = Entry(key, SourceKind(typed["type"]))
        self._nothing = QWidget(self)
        self.addWidget(self._nothing)

    # --- entries ----------------------------------------------------------------------------------------

    def take(self, declared: AgendaList) -> None:
        """The base's list as it is now; drafts stay, after it."""
        self._declared = declared
        before, self.entries = self.entries, {}
        for source in declared.sources:
            entry = before.pop(source.id, None) or Entry(source.id, source.kind)
            self._follow(entry, source)
            self.entries[source.id] = entry
        for key, entry in before.items():
            if entry.kept is None:
                self.entries[key] = entry
            else:
                self._drop_form(entry)
        self.changed.emit()

    def _follow(self, entry: Entry, source: AgendaSource) -> None:
        """A source changed elsewhere shows as it is now, but for what is being typed or was refused."""
        if entry.kept != source and entry.form is not None and not entry.form.holds_focus:
            entry.form.show_declaration(source_document(source), tuple(entry.faults))
        entry.kept = source

    def draft(self, kind: SourceKind) -> str:
        """A new entry of a kind, not declared yet; its key."""
        number = next(n for n in count(1) if f"{_DRAFT}{n}" not in self.entries)
        key = f"{_DRAFT}{number}"
        self.entries[key] = Entry(key, kind)
        self.changed.emit()
        return key

    def name(self, entry: Entry) -> str:
        """What an entry is called in the list."""
        if entry.kept is not None:
            return entry.kept.name
        typed = self._unfinished.held(HELD).get(entry.key)
        name = typed.get(NAME.name) if isinstance(typed, dict) else None
        return str(name) if name else NEW

    def connector(self, entry: Entry) -> Connector | None:
        """The kind of an entry, None for one that this version does not read."""
        return self._acts.connectors.get(entry.kind)

    def stands(self, entry: Entry) -> tuple[Standing, str, str]:
        """Mark, words, time of an entry."""
        if entry.kept is None:
            return Standing.NOT_ASKED, NOT_KEPT_YET, ""
        memory = self._declared.memories.get(entry.kept.id)
        answer = self._acts.answer_of(entry.kept.id)
        return stands(entry.kept, answer, memory, self._acts.now(), asking=entry.asking)

    def had_slots(self, entry: Entry) -> str:
        """When the entry last had slots, in words; empty where that is not known."""
        if entry.kept is None:
            return ""
        memory = self._declared.memories.get(entry.kept.id)
        return had_slots(self._acts.answer_of(entry.kept.id), memory, self._acts.now())

    # --- the form on screen -----------------------------------------------------------------------------

    def show_entry(self, key: str | None) -> SourceForm | None:
        """Put the form of an entry on screen, None: nothing."""
        entry = self.entries.get(key or "")
        connector = self.connector(entry) if entry is not None else None
        if entry is None or connector is None:
            self.setCurrentWidget(self._nothing)
            return None
        if entry.form is None:
            entry.form = self._make_form(entry, connector)
        self.setCurrentWidget(entry.form)
        self._tell(entry)
        return entry.form

    def _make_form(self, entry: Entry, connector: Connector) -> SourceForm:
        kept = entry.kept
        declaration: Declaration = source_document(kept) if kept is not None else {"type": entry.kind.value}
        form = SourceForm(self.theme, connector, declaration, self._names, self._choose, self)
        form.edited.connect(partial(self._edited, entry))
        form.try_wanted.connect(partial(self._try, entry))
        form.remove_wanted.connect(partial(self._remove, entry))
        form.secret_typed.connect(partial(self._secret_typed, entry))
        form.secret_dropped.connect(partial(self._secret_dropped, entry))
        self.addWidget(form)
        if kept is not None and form.secrets:
            self._acts.kept_secrets(kept, form.show_secrets)
        held = self._unfinished.held(HELD).get(entry.key)
        if isinstance(held, dict):
            form.show_typed(held)
            self._weigh(entry, form)
        form.typing.connect(partial(self._hold, entry))
        return form

    def _hold(self, entry: Entry) -> None:
        """Remember what is typed until it is kept."""
        if entry.form is not None:
            typed = entry.form.declaration
            if entry.kept is not None and typed == source_document(entry.kept):
                self._unfinished.drop(HELD, entry.key)
            else:
                self._unfinished.hold(HELD, entry.key, typed)

    def _drop_form(self, entry: Entry) -> None:
        if entry.form is not None:
            self.removeWidget(entry.form)
            entry.form.deleteLater()
            entry.form = None

    def _tell(self, entry: Entry) -> None:
        """What the form says besides its fields: state, title, why a button does nothing."""
        form = entry.form
        if form is None:
            return
        kept = entry.kept
        standing, words, time = self.stands(entry)
        if kept is None:
            missing = [one for path, one in entry.faults.items() if not value_at(form.declaration, path)]
            details = " ".join(missing)
        else:
            had = self.had_slots(entry)
            details = f"{had[:1].upper()}{had[1:]}." if had else ""
        form.say_state(standing, words, time, " ".join(part for part in (details, entry.trouble) if part))
        form.attempt.set_reason(KEEP_FIRST if kept is None else UNDER_WAY if entry.asking else None)
        form.set_subject(self.name(entry), is_draft=kept is None)

    # --- editing ----------------------------------------------------------------------------------------

    def _edited(self, entry: Entry) -> None:
        form = entry.form
        if form is None:
            return
        source = self._weigh(entry, form)
        if source is not None and source != entry.kept:
            form.show_declaration(source_document(source), tuple(entry.faults))
            self._acts.keep(source, partial(self._kept, entry, source))
        self._hold(entry)
        self._tell(entry)
        self.changed.emit()

    def _weigh(self, entry: Entry, form: SourceForm) -> AgendaSource | None:
        """What can be kept of what is typed; what cannot has its sentence under its field."""
        kept, typed = entry.kept, form.declaration
        name = str(typed.get(NAME.name) or "")
        typed["id"] = kept.id if kept is not None else id_for(name, self._taken)
        settled = settle(typed, source_document(kept) if kept is not None else None, self._acts.read)
        entry.faults = dict(settled.faults)
        if not name:
            entry.faults[NAME.name] = NO_NAME
        # What a draft still lacks is no mistake: it is said with its state.
        seen = {path: one for path, one in entry.faults.items() if kept is not None or value_at(typed, path)}
        source = settled.kept if name else None
        form.say_faults(
            seen, {one.field: one.message for one in self._acts.remarks(source)} if source else {}
        )
        return source

    @property
    def _taken(self) -> set[str]:
        return {one.kept.id for one in self.entries.values() if one.kept is not None}

    def _kept(self, entry: Entry, source: AgendaSource, trouble: str | None) -> None:
        entry.trouble = trouble or ""
        if trouble is None:
            entry.kept = source
            if entry.key != source.id:
                self._declare_draft(entry, source)
            self._hold(entry)
        self._tell(entry)
        self.changed.emit()

    def _declare_draft(self, entry: Entry, source: AgendaSource) -> None:
        before, entry.key = entry.key, source.id
        self._unfinished.drop(HELD, before)
        self.entries = {one.key: one for one in self.entries.values()}
        if entry.form is not None:
            for name, row in entry.form.secrets.items():
                if row.waiting:
                    self._secret_typed(entry, name, row.waiting)
        self.renamed.emit(before, source.id)

    def _remove(self, entry: Entry) -> None:
        if entry.kept is None:
            self._removed(entry, None)
        else:
            self._acts.remove(entry.kept, partial(self._removed, entry))

    def _removed(self, entry: Entry, trouble: str | None) -> None:
        if trouble is not None:
            entry.trouble = trouble
            self._tell(entry)
            return
        self.entries.pop(entry.key, None)
        self._unfinished.drop(HELD, entry.key)
        self._drop_form(entry)
        self.gone.emit(entry.key)
        self.changed.emit()

    # --- trying, secrets --------------------------------------------------------------------------------

    def _try(self, entry: Entry) -> None:
        if entry.kept is None or entry.asking:
            return
        entry.asking = True
        entry.trouble = ""
        self._tell(entry)
        self.changed.emit()
        self._acts.attempt(entry.kept, partial(self._tried, entry), partial(self._not_tried, entry))

    def _tried(self, entry: Entry, answer: SourceAnswer) -> None:
        self._not_tried(entry, "")

    def _not_tried(self, entry: Entry, trouble: str) -> None:
        entry.asking = False
        entry.trouble = trouble
        self._tell(entry)
        self.changed.emit()

    def _secret_typed(self, entry: Entry, name: str, secret: str) -> None:
        if entry.kept is not None and entry.form is not None:
            row = entry.form.secrets[name]
            self._acts.keep_secret(entry.kept, name, secret, row.keep_done)

    def _secret_dropped(self, entry: Entry, name: str) -> None:
        if entry.kept is not None and entry.form is not None:
            self._acts.drop_secret(entry.kept, name, entry.form.secrets[name].drop_done)

    def ordered(self) -> Sequence[Entry]:
        """The entries in the order of the list."""
        return tuple(self.entries.values())
