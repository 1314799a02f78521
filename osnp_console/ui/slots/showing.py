"""What the slots column shows of a board: rows, bands, agendas, detail, or why there is nothing."""

from __future__ import annotations

from datetime import datetime

from osnp_console.app.slots.board import SlotBoard
from osnp_console.app.slots.detail import Recheck, slot_detail
from osnp_console.app.slots.rows import Column, SlotRow
from osnp_console.app.slots.shown_place import USUAL_HOURS, emptiness, search_words, stale_only
from osnp_console.app.slots.tally import NOTHING_LINKED
from osnp_console.app.slots.words import Names
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.natures import cpts_name
from osnp_console.domain.slots.proposal import NOTHING_ELSEWHERE, Proposal
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.slots.list_model import lines_of
from osnp_console.ui.slots.view import SlotsView
from osnp_console.ui.widgets.message_line import Message

NO_CALL = "Aucun appel n’est ouvert."
NO_COLUMN = Column((), (), 0, False, None)
_Seen = tuple[int, datetime, tuple[Proposal, ...]]
"""What decides more than clocks: the board's version, the minute, what other desks propose."""


class SlotsShowing:
    """Puts a board on the view.

    `rechecks` are what was found of chosen slots looked at again, by id; `elsewhere` is what other desks
    propose.
    """

    def __init__(self, view: SlotsView, calls: DeskCalls) -> None:
        self.view = view
        self.board: SlotBoard | None = None
        self.hours = USUAL_HOURS
        self.rechecks: dict[str, Recheck] = {}
        self._calls = calls
        self.elsewhere = NOTHING_ELSEWHERE
        self._seen: _Seen | None = None
        self._dispositifs: dict[str, Dispositif] = {}
        self._names = Names({}, {})

    @property
    def chosen_row(self) -> SlotRow | None:
        """The row of the chosen slot."""
        return self.board.row(self.board.selected) if self.board is not None else None

    def take(self, board: SlotBoard | None, hours: int) -> None:
        """Another call's board; what it says is nothing new to announce."""
        is_other = board is not self.board
        self.board, self.hours = board, hours
        if board is not None and is_other:
            self.view.live.know(search_words(board.tally(), board.column().bands[0].count))

    def is_same(self, now: datetime) -> bool:
        """Whether nothing but clocks says something else than when it was last shown."""
        board = self.board
        return board is not None and self._seen == self._seen_at(board, now)

    def _seen_at(self, board: SlotBoard, now: datetime) -> _Seen:
        return board.version, _minute(now), self.elsewhere.at(now)

    def show(self, now: datetime) -> None:
        """Show everything."""
        board = self.board
        self._seen = self._seen_at(board, now) if board is not None else None
        self._name()
        column = board.column() if board is not None else NO_COLUMN
        self._show_rows(column, now)
        if board is not None:
            self._show_head(board, column)
        self._show_chosen(now)

    def repaint_clocks(self, now: datetime) -> None:
        """Paint again only the rows that say something else."""
        model = self.view.model
        before = model.forget(now)
        self.view.list.repaint_clocks(lambda row: model.look(row) != before.get(row.id))

    # --- inside -----------------------------------------------------------------------------------------

    def _show_rows(self, column: Column, now: datetime) -> None:
        view, model, lines = self.view, self.view.model, lines_of(column.groups)
        model.names, model.rechecks, model.selected = self._names, self.rechecks, column.selected
        model.elsewhere = self.elsewhere
        if not model.renew(lines):
            view.list.rearrange(lambda: model.show(lines), column.selected)
        model.forget(now)
        view.list.viewport().update()
        self._show_emptiness(now, has_rows=bool(lines))

    def _show_emptiness(self, now: datetime, *, has_rows: bool) -> None:
        call, board, view = self._calls.current, self.board, self.view
        tally = board.tally() if board is not None else NOTHING_LINKED
        if not has_rows:
            sources = board.pool.sources if board is not None else ()
            what = emptiness(call, now, tally, sources, self.hours) if call is not None else None
            view.empty.say(what, NO_CALL)
        stale = stale_only(tally.answers) if has_rows else ""
        if stale != view.warning.words and not view.list.is_held:
            view.warning.set_message(stale, Message.WARNING)
        view.set_state(
            linked=tally.is_linked,
            searched=tally.has_searched,
            rows=has_rows,
            detail=self.chosen_row is not None,
        )

    def _show_head(self, board: SlotBoard, column: Column) -> None:
        view = self.view
        narrowed = board.filters.without_band.narrows
        view.filters_button.set_text("Filtres posés" if narrowed else "Filtres")
        view.bands.show_counts(column.bands, board.filters.band)
        state = search_words(board.tally(), column.bands[0].count)
        view.news.say(column.notice, state, asking=bool(board.pool.asking))
        view.filters.show_filters(board.filters, board.choices(), self._names.dispositifs)
        view.strip.show_sources(board.sources(), board.span())
        if board.pool.is_finished or column.rows:
            view.live.announce(state)

    def _show_chosen(self, now: datetime) -> None:
        row, call = self.chosen_row, self._calls.current
        if row is None or call is None:
            return
        known = self._dispositifs
        through = [known[name] for name in row.one.ruling.dispositifs if name in known]
        recheck = self.rechecks.get(row.id)
        proposals = self.elsewhere.of(row.one.slot, now) if row.can_be_chosen else ()
        detail = slot_detail(
            row, self._names, through, call.desk.role or "", recheck, proposals, self.elsewhere.own
        )
        self.view.follows.show_detail(detail)
        self.view.detail.show_detail(detail)
        self.view.place()

    def _name(self) -> None:
        call, sources = self._calls.current, self.board.pool.names if self.board is not None else {}
        if call is not None and len(self._dispositifs) != len(call.checklist.dispositifs):
            self._dispositifs = {one.id: one for one in call.checklist.dispositifs}
        cpts = {name: cpts_name(one.cpts) for name, one in self._dispositifs.items()}
        self._names = Names(sources, cpts)


def _minute(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0)
