"""The right of the workspace: what an agenda is made of, and the one form that is open."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from osnp_console.app.errors import Refusal
from osnp_console.app.local_agenda.edit import DropEntry, Edit, Made
from osnp_console.app.local_agenda.forms import (
    AgendaForm,
    ClosureForm,
    OpeningForm,
    form_of_agenda,
)
from osnp_console.app.local_agenda.week import Week, WeekRow
from osnp_console.app.local_agenda.words import entry_words, preview_words, stranded_words
from osnp_console.domain.agenda.plan import Agenda, Plan
from osnp_console.ui.local_agenda.agenda_page import AgendaPage
from osnp_console.ui.local_agenda.closure_page import ClosurePage
from osnp_console.ui.local_agenda.desk import AgendaDesk, SeenChange
from osnp_console.ui.local_agenda.drafts import (
    AGENDA,
    CLOSURE,
    OPENING,
    Draft,
    Drafts,
    draft_of,
    draft_to_close,
)
from osnp_console.ui.local_agenda.edit_page import EditPage
from osnp_console.ui.local_agenda.import_page import ImportPage
from osnp_console.ui.local_agenda.importing import Importing
from osnp_console.ui.local_agenda.opening_page import OpeningPage
from osnp_console.ui.local_agenda.plan_page import PlanPage
from osnp_console.ui.local_agenda.slot_page import SlotPage
from osnp_console.ui.preferences.files import Files
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.message_line import Message

PREVIEW_REST_MS = 400
RESUME = "Reprendre"
CANCELLED = "Réservation annulée. Prévenir le patient si ce n’est pas lui qui l’a demandé."


class Editor(QStackedWidget):
    """The pages of the right pane.

    Signals:
        changed(): the agenda on screen is laid out otherwise, or a place of it was given back.
        agenda_saved(object): an agenda was added or changed; the Agenda.
        agenda_removed(): the agenda on screen is gone.
        page_opened(): a form or a slot came on screen.
        left(): back to the week.
    """

    changed = Signal()
    agenda_saved = Signal(object)
    agenda_removed = Signal()
    page_opened = Signal()
    left = Signal()

    def __init__(
        self,
        theme: Theme,
        desk: AgendaDesk,
        names: Mapping[str, str],
        files: Files,
        drafts: Drafts,
        parent: QWidget | None = None,
    ) -> None:
        """No agenda yet; `names` are the dispositifs' by id."""
        super().__init__(parent)
        self.theme = theme
        self._desk = desk
        self._drafts = drafts
        self._agenda: Agenda | None = None
        self._plan: Plan | None = None
        self._searched = True
        self._draft: Draft | None = None
        self._looked_at: Edit | None = None
        self._run = 0
        self.plan = PlanPage(theme, self)
        self.slot = SlotPage(theme, self)
        self.opening = OpeningPage(theme, self)
        self.closure = ClosurePage(theme, self)
        self.agenda = AgendaPage(theme, names, self)
        self.imports = ImportPage(theme, self)
        self._importing = Importing(self.imports, desk, files, self)
        for page in (self.plan, self.slot, self.opening, self.closure, self.agenda, self.imports):
            self.addWidget(page)
        self._rest = QTimer(self, singleShot=True, interval=PREVIEW_REST_MS)
        self._rest.timeout.connect(self._look)
        self._connect()

    def _connect(self) -> None:
        self.plan.entry_wanted.connect(self.open_entry)
        self.plan.opening_wanted.connect(self.begin_opening)
        self.plan.closure_wanted.connect(self.begin_closure)
        self.plan.import_wanted.connect(self._begin_import)
        self.plan.agenda_wanted.connect(self.edit_agenda)
        self.plan.resume_wanted.connect(self._resume)
        self.slot.opening_wanted.connect(self.open_entry)
        self.slot.closing_wanted.connect(self._close_hours)
        self.slot.cancel_wanted.connect(self._cancel)
        self.slot.given_up.connect(self.leave)
        for page in (self.opening, self.closure, self.agenda):
            page.typing.connect(self._typed)
            page.save_wanted.connect(self._save)
            page.given_up.connect(self._give_up)
            page.drop_wanted.connect(self._drop)
        self._importing.done.connect(self._imported)
        self._importing.given_up.connect(self.leave)

    # --- which agenda -----------------------------------------------------------------------------------

    def show_agenda(self, agenda: Agenda | None, *, searched: bool) -> None:
        """Another agenda is on screen, None: there is none."""
        self._agenda, self._searched = agenda, searched
        self.show_plan()

    def take_agenda(self, agenda: Agenda | None, *, searched: bool) -> None:
        """The agenda on screen as it is now: what is being typed stays under the fingers."""
        self._agenda, self._searched = agenda, searched

    def take_plan(self, plan: Plan) -> None:
        """What the agenda on screen is made of."""
        self._plan = plan
        self.plan.show_entries(entry_words(plan, self._desk.now()))

    def take_week(self, week: Week) -> None:
        """The slot on screen as it is now; a cancellation that is being typed stays."""
        row, page = self.slot.row, self.slot
        if row is None or self.currentWidget() is not page or page.is_asking:
            return
        now = next((one for one in week.rows if _is_same(one, row)), row)
        if now != row:
            page.show_row(now, week.numbers)

    def show_plan(self) -> None:
        """What the agenda is made of, and what was begun in it and waits."""
        self._draft = None
        self.setCurrentWidget(self.plan)
        waiting = self._drafts.last(self._agenda.id) if self._agenda is not None else None
        if waiting is not None:
            self.plan.say(f"Saisie commencée\u202f: {waiting.words}.", Message.WARNING, RESUME)
        elif self.plan.message.kind is Message.WARNING:
            self.plan.say("")

    def leave(self) -> None:
        """Back to the week; what is typed waits."""
        self.show_plan()
        self.left.emit()

    def focus_first(self) -> None:
        """Put the keyboard where the page on screen begins."""
        page = self.currentWidget()
        if isinstance(page, PlanPage | EditPage | SlotPage):
            page.focus_first()

    @property
    def is_editing(self) -> bool:
        """Whether a form is open."""
        return isinstance(self.currentWidget(), EditPage)

    @property
    def is_beginning_agenda(self) -> bool:
        """Whether the form of an agenda that is not there yet is open: it is none of those on screen."""
        draft = self._draft
        return self.is_editing and draft is not None and draft.kind == AGENDA and not draft.entry

    # --- opening a form ---------------------------------------------------------------------------------

    def show_slot(self, row: WeekRow, numbers: Mapping[str, int]) -> None:
        """One slot of the week in full."""
        self.slot.show_row(row, numbers)
        self._open(self.slot)

    def begin_opening(self) -> None:
        """A new opening."""
        self._begin(Draft(OPENING, self._agenda_id, "", "nouvelle ouverture", OpeningForm()))

    def begin_closure(self) -> None:
        """A new closure."""
        self._begin(Draft(CLOSURE, self._agenda_id, "", "nouvelle fermeture", ClosureForm()))

    def begin_agenda(self) -> None:
        """A new agenda."""
        self._begin(Draft(AGENDA, "", "", "nouveau carnet", AgendaForm()))

    def edit_agenda(self) -> None:
        """The agenda on screen itself."""
        if self._agenda is not None:
            form = form_of_agenda(self._agenda)
            self._begin(Draft(AGENDA, self._agenda.id, self._agenda.id, self._agenda.name, form))

    def open_entry(self, entry: str) -> None:
        """An opening or a closure, by its id."""
        draft = draft_of(self._plan, self._agenda_id, entry) if self._plan is not None else None
        if draft is not None:
            self._begin(draft)
            self._look_at_drop(entry)

    def _close_hours(self, row: object) -> None:
        assert isinstance(row, WeekRow)
        if row.slot is not None:
            self._begin(draft_to_close(row.slot, self._agenda_id), anew=True)

    @property
    def _agenda_id(self) -> str:
        return self._agenda.id if self._agenda is not None else ""

    def _resume(self) -> None:
        waiting = self._drafts.last(self._agenda_id)
        if waiting is not None:
            self._begin(waiting)
            if waiting.entry and waiting.kind != AGENDA:
                self._look_at_drop(waiting.entry)

    def _begin(self, draft: Draft, *, anew: bool = False) -> None:
        """Open the form of a draft, with what was typed there before unless it begins `anew`."""
        held = None if anew else self._drafts.held(draft)
        self._draft = draft
        form = held.form if held is not None else draft.form
        page = self._page(draft)
        title = f"{draft.words[:1].upper()}{draft.words[1:]}"
        page.set_subject(title, _question(draft) if draft.entry else "")
        page.clear_preview()
        if isinstance(form, OpeningForm):
            self.opening.show_form(form)
        elif isinstance(form, ClosureForm):
            self.closure.show_form(form)
        else:
            searched = held.searched if held is not None else self._searched if draft.entry else True
            self.agenda.show_form(form, searched=searched)
        self._looked_at = None
        self._open(page)
        if form != draft.form or anew:
            self._typed()

    def _page(self, draft: Draft) -> EditPage:
        return {OPENING: self.opening, CLOSURE: self.closure, AGENDA: self.agenda}[draft.kind]

    def _open(self, page: QWidget) -> None:
        self.setCurrentWidget(page)
        self.page_opened.emit()
        self.focus_first()

    # --- typing, looking, saving ------------------------------------------------------------------------

    def _typed(self) -> None:
        """Keep what is typed, and look what it would do once the typing rests."""
        if self._draft is None:
            return
        self._looked_at = None
        self._run += 1
        self._drafts.hold(self._draft, self._form(), searched=self.agenda.searched.is_ticked)
        if self._draft.kind != AGENDA:
            self._rest.start()

    def _form(self) -> OpeningForm | ClosureForm | AgendaForm:
        page = self.currentWidget()
        assert isinstance(page, OpeningPage | ClosurePage | AgendaPage)
        return page.form

    @property
    def _edit(self) -> Edit | None:
        page = self.currentWidget()
        return page.edit if isinstance(page, OpeningPage | ClosurePage) else None

    def _look(self) -> None:
        self._look_now(loud=False)

    def _look_now(self, *, loud: bool) -> None:
        edit, page = self._edit, self.currentWidget()
        if edit is None or not isinstance(page, EditPage):
            return
        self._rest.stop()
        self._run += 1
        run = self._run
        self._desk.preview(
            self._agenda_id,
            edit,
            lambda seen: self._seen(run, page, edit, seen),
            lambda refusal: self._not_seen(run, page, refusal, loud=loud),
        )

    def _seen(self, run: int, page: EditPage, edit: Edit, seen: SeenChange) -> None:
        if run != self._run:
            return
        self._looked_at = edit
        page.clear_refusals()
        page.show_preview(preview_words(seen.preview), stranded_words(seen.preview, seen.numbers))

    def _not_seen(self, run: int, page: EditPage, refusal: Refusal, *, loud: bool) -> None:
        if run == self._run:
            page.say_refusal(refusal, loud=loud)

    def _look_at_drop(self, entry: str) -> None:
        """The question before removing says what goes with it."""
        draft = self._draft

        def seen(change: SeenChange) -> None:
            if draft is not None and self._draft is draft:
                gone = " ".join(preview_words(change.preview))
                left = stranded_words(change.preview, change.numbers)
                question = " ".join(part for part in (_question(draft), gone, left) if part)
                self._page(draft).drop.set_question(question)

        self._desk.preview(self._agenda_id, DropEntry(entry), seen, lambda refusal: None)

    def _save(self) -> None:
        """Save what was looked at; what was not is looked at first."""
        page, draft = self.currentWidget(), self._draft
        if draft is None or not isinstance(page, EditPage):
            return
        refused = partial(page.say_refusal, loud=True)
        if draft.kind == AGENDA:
            self._desk.save(
                self.agenda.form,
                new=not draft.entry,
                searched=self.agenda.searched.is_ticked,
                then=partial(self._agenda_kept, draft),
                refused=refused,
            )
        elif self._edit is not None and self._edit == self._looked_at:
            self._desk.make(self._agenda_id, self._edit, partial(self._made, draft), refused)
        else:
            self._look_now(loud=True)

    def _made(self, draft: Draft, made: Made) -> None:
        self._drafts.drop(draft)
        self.show_plan()
        self.plan.say(f"Enregistré. {preview_words(made.preview)[-1]}")
        self.changed.emit()
        self.left.emit()

    def _agenda_kept(self, draft: Draft, agenda: Agenda) -> None:
        self._drafts.drop(draft)
        self.agenda_saved.emit(agenda)
        self.leave()

    def _give_up(self) -> None:
        if self._draft is not None:
            self._drafts.drop(self._draft)
        self.leave()

    def _drop(self) -> None:
        draft, page = self._draft, self.currentWidget()
        if draft is None or not isinstance(page, EditPage):
            return
        refused = partial(page.say_refusal, loud=True)
        if draft.kind == AGENDA:
            self._desk.remove(draft.entry, partial(self._agenda_gone, draft), refused)
        else:
            self._desk.make(self._agenda_id, DropEntry(draft.entry), partial(self._made, draft), refused)

    def _agenda_gone(self, draft: Draft, removed: object) -> None:
        self._drafts.drop(draft)
        self.show_plan()
        self.agenda_removed.emit()
        self.left.emit()

    # --- importing, giving a place back -----------------------------------------------------------------

    def _cancel(self, key: str, reason: str) -> None:
        self._desk.cancel(key, reason, self._cancelled, partial(self._not_cancelled, key))

    def _cancelled(self, booking: object) -> None:
        self.show_plan()
        self.plan.say(CANCELLED)
        self.changed.emit()
        self.left.emit()

    def _begin_import(self) -> None:
        self._draft = None
        self._importing.begin(self._agenda_id)
        self._open(self.imports)

    def _imported(self, sentence: str) -> None:
        self.show_plan()
        self.plan.say(sentence)
        self.changed.emit()
        self.left.emit()

    def _not_cancelled(self, key: str, refusal: Refusal) -> None:
        self.slot.say_trouble(key, refusal.message)


def _is_same(one: WeekRow, other: WeekRow) -> bool:
    """Whether two rows are of one slot: the row of one that was closed bears another key."""
    if one.slot is None or other.slot is None:
        return one.key == other.key
    return one.slot.reference == other.slot.reference


def _question(draft: Draft) -> str:
    if draft.kind == AGENDA:
        return f"Retirer «\u202f{draft.words}\u202f», ses ouvertures et ses fermetures\u202f?"
    return f"Retirer cette {draft.words}\u202f?"
