"""The nurses and their drafts: one form, shown for one entry after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from osnp_console.app.errors import Refusal
from osnp_console.app.prescription.nurse_fields import NOT_KEPT, NurseRead
from osnp_console.domain.permissions import Act
from osnp_console.domain.prescription.nurses import Nurse
from osnp_console.ui.preferences.ordonnances.acts import NotDone, NurseActs
from osnp_console.ui.preferences.ordonnances.nurse_form import NurseForm
from osnp_console.ui.unfinished import Unfinished
from osnp_console.ui.widgets.message_line import Message

HELD = "infirmiers"
"""Under that name, what is typed of nurses and not kept, by entry."""
DRAFT = "nouveau"
NEW_NURSE = "Nouvel infirmier"
NOT_KEPT_YET = "Pas encore enregistré."
TAKEN = "Ce numéro est celui de {}."


class NurseBook(QObject):
    """Which entry the form shows, what is typed of it, what is kept.

    Signals:
        changed(): the entries or the drafts are not what they were.
        gone(): the entry shown is removed, the draft given up.
        kept(str): the entry shown is in the directory under that id.
    """

    changed = Signal()
    gone = Signal()
    kept = Signal(str)

    def __init__(
        self, acts: NurseActs, form: NurseForm, unfinished: Unfinished, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._acts, self._form, self._unfinished = acts, form, unfinished
        self.entries: dict[str, Nurse] = {}
        self.key: str | None = None
        form.typing.connect(self._hold)
        form.edited.connect(self._settle)
        form.remove_wanted.connect(self._remove)

    @property
    def has_draft(self) -> bool:
        """Whether somebody new is being typed."""
        return self.key == DRAFT or DRAFT in self._unfinished.held(HELD)

    def take(self, nurses: Sequence[Nurse]) -> None:
        """The directory as it is now; what is being typed stays."""
        self.entries = {one.id: one for one in nurses}
        if self.key is not None and self.key != DRAFT and not self._form.holds_focus:
            self.show_entry(self.key)
        self.changed.emit()

    def show_entry(self, key: str) -> bool:
        """Show an entry, or the draft; False when it is not there."""
        nurse = self.entries.get(key)
        if nurse is None and key != DRAFT:
            self.key = None
            self.gone.emit()
            return False
        self.key = key
        held = self._unfinished.held(HELD).get(key)
        fields = held if isinstance(held, dict) else self._acts.fields(nurse) if nurse is not None else {}
        self._form.show_fields(fields)
        name = nurse.name if nurse is not None else NEW_NURSE
        self._form.set_subject(name, is_draft=nurse is None, may=self._acts.session.may(Act.EDIT_NURSES))
        self._weigh()
        return True

    def draft(self) -> str:
        """The key of somebody new, begun or found again."""
        if DRAFT not in self._unfinished.held(HELD):
            self._unfinished.hold(HELD, DRAFT, {})
        self.changed.emit()
        return DRAFT

    def _hold(self) -> None:
        if self.key is not None:
            self._unfinished.hold(HELD, self.key, self._form.fields)

    def _weigh(self) -> Nurse | None:
        """What can be kept; None where something is wrong, which is said at its field."""
        fields = self._form.fields
        if not fields:
            self._form.say({}, {}, NOT_KEPT_YET if self.key == DRAFT else "")
            return None
        try:
            read = self._read(fields)
        except Refusal as refusal:
            missing = refusal.field not in fields
            faults = {refusal.field or "nom": refusal.message} if not missing or self.key != DRAFT else {}
            self._form.say(faults, {}, f"{NOT_KEPT_YET} {refusal.message}" if not faults else "")
            return None
        faults = {field: told for field, told in read.remarks if field in NOT_KEPT}
        remarks = {field: told for field, told in read.remarks if field not in NOT_KEPT}
        self._form.say(faults, remarks)
        return read.nurse if not faults else None

    def _read(self, fields: dict[str, str]) -> NurseRead:
        read = self._acts.read(fields)
        nurse = read.nurse
        if self.key is not None and self.key != DRAFT:
            # Prescriptions know a nurse by their id: it stays when the name or the number changes.
            nurse = replace(nurse, id=self.key)
        other = next((one for one in self.entries.values() if _same(one, nurse, self.key)), None)
        if other is not None:
            raise Refusal("conflit", TAKEN.format(other.name), "numero" if nurse.number else "nom")
        return replace(read, nurse=nurse)

    def _settle(self) -> None:
        if self.key is None:
            return
        self._hold()
        nurse = self._weigh()
        if nurse is not None and self.entries.get(self.key) != nurse:
            self._acts.keep(nurse, partial(self._done, self.key, nurse, self._form.fields))
        elif nurse is not None:
            self._unfinished.drop(HELD, self.key)

    def _done(self, key: str, nurse: Nurse, sent: dict[str, str], trouble: NotDone | None) -> None:
        if trouble is not None:
            if self.key == key:
                self._form.say({}, {}, trouble.sentence, Message.ERROR)
            return
        self.entries[nurse.id] = nurse
        if self._unfinished.held(HELD).get(key) == sent:
            self._unfinished.drop(HELD, key)
        if self.key == key:
            self.key = nurse.id
            self._form.set_subject(nurse.name, is_draft=False, may=True)
            if key != nurse.id:
                self._unfinished.drop(HELD, key)
                self.changed.emit()
                self.kept.emit(nurse.id)
                return
        self.changed.emit()

    def _remove(self) -> None:
        key = self.key
        if key == DRAFT:
            self._removed(DRAFT, None)
        elif key is not None:
            self._acts.remove(key, partial(self._removed, key))

    def _removed(self, key: str, trouble: NotDone | None) -> None:
        if trouble is not None:
            self._form.say({}, {}, trouble.sentence, Message.ERROR)
            return
        self.entries.pop(key, None)
        self._unfinished.drop(HELD, key)
        if self.key == key:
            self.key = None
            self.gone.emit()
        self.changed.emit()


def _same(other: Nurse, nurse: Nurse, key: str | None) -> bool:
    """Whether another entry is the same person: the same number, or the same id."""
    if other.id == key:
        return False
    return other.id == nurse.id or bool(nurse.number and other.number == nurse.number)
