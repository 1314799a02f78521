"""The entries of the directory and their drafts: one form, shown for one entry after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import count

from PySide6.QtCore import QObject, Signal

from osnp_console.app.effecteurs.fields import EffecteurRead, effecteur_fields
from osnp_console.app.errors import Refusal
from osnp_console.domain.effecteur import Effecteur
from osnp_console.ui.preferences.draft import Declaration, settle
from osnp_console.ui.preferences.effecteurs.acts import DirectoryActs, DirectoryList
from osnp_console.ui.preferences.effecteurs.form import EffecteurForm
from osnp_console.ui.unfinished import Unfinished
from osnp_console.ui.widgets.message_line import Message

NEW = "Nouvel effecteur"
HELD = "effecteurs"
"""Under that name, what is typed and not kept: fields by key."""
# No number begins so.
DRAFT = "Nouveau "


class DirectoryBook(QObject):
    """What is kept, what is typed, and what of it can be kept.

    Signals:
        changed(): the list says something else.
        gone(str): an entry was removed or a draft given up; its key.
        renamed(str, str): an entry has another key: before, and now.
    """

    changed = Signal()
    gone = Signal(str)
    renamed = Signal(str, str)

    def __init__(
        self, acts: DirectoryActs, form: EffecteurForm, unfinished: Unfinished, parent: QObject
    ) -> None:
        """Entries come with `take`; drafts typed before are there."""
        super().__init__(parent)
        self._acts = acts
        self._form = form
        self._unfinished = unfinished
        self.entries: dict[str, Effecteur] = {}
        self.key: str | None = None
        self._faults: Sequence[str] = ()
        form.edited.connect(self._edited)
        form.typing.connect(self._hold)
        form.remove_wanted.connect(self._remove)

    def take(self, found: DirectoryList) -> None:
        """The directory as it is now."""
        self.entries = {one.id: one for one in found.effecteurs}
        self._form.sources.set_sources(found.sources)
        if self.key is not None and not self._form.holds_focus:
            self.show_entry(self.key)
        self.changed.emit()

    @property
    def drafts(self) -> Mapping[str, str]:
        """The names of the drafts by key."""
        held = self._unfinished.held(HELD)
        return {
            key: str(typed.get("nom") or NEW)
            for key, typed in held.items()
            if key.startswith(DRAFT) and isinstance(typed, dict)
        }

    def draft(self, fields: Mapping[str, object] | None = None) -> str:
        """A new entry, with the fields that are known already; its key."""
        key = next(f"{DRAFT}{n}" for n in count(1) if f"{DRAFT}{n}" not in self.drafts)
        self._unfinished.hold(HELD, key, dict(fields or {}))
        self.changed.emit()
        return key

    def show_entry(self, key: str) -> bool:
        """Show an entry, with what was typed and could not be kept; False without such an entry."""
        kept, held = self.entries.get(key), self._unfinished.held(HELD).get(key)
        if kept is None and not isinstance(held, dict):
            return False
        self.key = key
        self._form.show_fields(held if isinstance(held, dict) else _fields(kept))
        self._form.set_subject(kept.name if kept is not None else NEW, is_draft=kept is None)
        if isinstance(held, dict):
            self._weigh()
        else:
            self._form.say({}, "")
        return True

    # --- editing ----------------------------------------------------------------------------------------

    @property
    def _kept(self) -> Effecteur | None:
        return self.entries.get(self.key or "")

    def _hold(self) -> None:
        if self.key is None:
            return
        typed = self._form.fields
        if self._kept is not None and typed == _fields(self._kept):
            self._unfinished.drop(HELD, self.key)
        else:
            self._unfinished.hold(HELD, self.key, typed)

    def _edited(self) -> None:
        key, kept = self.key, self._kept
        read = self._weigh()
        if key is not None and read is not None and read.effecteur != kept:
            self._form.show_fields(_fields(read.effecteur), self._faults)
            self._acts.keep(
                read.effecteur, kept.id if kept is not None else None, partial(self._done, key, read)
            )
        self._hold()
        self.changed.emit()

    def _weigh(self) -> EffecteurRead | None:
        """What can be kept of what is typed; what cannot has its sentence under its field."""
        kept, typed = self._kept, self._form.fields
        settled = settle(typed, _fields(kept) if kept is not None else None, self._read)
        self._faults = tuple(settled.faults)
        # What a draft still lacks is no mistake: it is said at the head.
        seen = {name: one for name, one in settled.faults.items() if kept is not None or typed.get(name)}
        lacking = [one for name, one in settled.faults.items() if name not in seen]
        warnings = settled.kept.warnings if settled.kept is not None else ()
        if lacking:
            self._form.say(seen, f"Pas encore enregistré. {' '.join(lacking)}")
        else:
            self._form.say(seen, " ".join(warnings), Message.WARNING)
        return settled.kept

    def _read(self, typed: Declaration) -> EffecteurRead:
        read = self._acts.read({name: str(value) for name, value in typed.items()})
        other = self.entries.get(read.effecteur.id)
        if other is not None and other is not self._kept:
            raise Refusal("conflit", f"Ce numéro est celui de {other.name}.", "identifiant")
        return read

    def _done(self, key: str, read: EffecteurRead, trouble: str | None) -> None:
        if trouble is not None:
            if self.key == key:
                self._form.say({}, trouble, Message.ERROR)
            return
        self.entries.pop(key, None)
        self.entries[read.effecteur.id] = read.effecteur
        if self.key == key:
            self.key = read.effecteur.id
            self._unfinished.drop(HELD, key)
            self._hold()
            self._form.set_subject(read.effecteur.name, is_draft=False)
        else:
            self._unfinished.drop(HELD, key)
        if key != read.effecteur.id:
            self.renamed.emit(key, read.effecteur.id)
        self.changed.emit()

    def _remove(self) -> None:
        if self.key is None:
            return
        if self._kept is None:
            self._removed(self.key, None)
        else:
            self._acts.remove(self.key, partial(self._removed, self.key))

    def _removed(self, key: str, trouble: str | None) -> None:
        if trouble is not None:
            self._form.say({}, trouble, Message.ERROR)
            return
        self.entries.pop(key, None)
        self._unfinished.drop(HELD, key)
        if self.key == key:
            self.key = None
        self.gone.emit(key)
        self.changed.emit()


def _fields(effecteur: Effecteur | None) -> Declaration:
    said = effecteur_fields(effecteur) if effecteur is not None else {}
    return {name: text for name, text in said.items() if text}
