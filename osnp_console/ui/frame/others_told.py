"""What the frame tells of the other desks: whether they are heard, what they took, what is to be decided."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from osnp_console.app.base.link_words import (
    alone_briefly,
    alone_words,
    linked_words,
    taken_over_words,
    up_to_date_words,
)
from osnp_console.app.calls.follow_up import desk_words
from osnp_console.app.calls.open_call import OpenCall
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.differences import Differences
from osnp_console.ui.frame.desk_notice import DeskNotice, Question
from osnp_console.ui.frame.top_bar import TopBar
from osnp_console.ui.other_desks import OtherDesks


class OthersTold(QObject):
    """Wires what is heard to the top bar and to the line under it, for one theme."""

    def __init__(
        self,
        top: TopBar,
        notices: DeskNotice,
        calls: DeskCalls,
        others: OtherDesks,
        differences: Differences,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._top = top
        self._notices = notices
        self._calls = calls
        self._live = others.live
        self._differences = differences
        for signal in (self._live.beat, self._live.alone, self._live.linked):
            signal.connect(self._show_link)
        others.came_back.connect(self._came_back)
        calls.handed_over.connect(self._handed_over)
        differences.ended.connect(notices.say_news)
        differences.end_asked.connect(self.ask_end)
        self._show_link()

    def ask_end(self, call: object = None) -> None:
        """Ask which end of a call stays, once nothing else is asked."""
        asked = self._differences.end
        if asked is not None and not self._notices.is_asking:
            keep, take_back = partial(self._answer_end, keep=True), partial(self._answer_end, keep=False)
            self._notices.ask(Question(asked.sentence, asked.keep, asked.take_back, keep, take_back))

    def _answer_end(self, *, keep: bool) -> None:
        self._differences.answer_end(keep=keep)

    def link_words(self) -> str:
        """How the link stands; empty where nobody shares the base, and while nothing was heard."""
        since, at = self._live.alone_since, self._live.up_to_date_at
        if since is not None:
            return alone_briefly(since)
        return up_to_date_words(at) if at is not None else ""

    def _show_link(self) -> None:
        since = self._live.alone_since
        self._top.show_link(self.link_words(), alone=since is not None)
        self._notices.say_alone(alone_words(since) if since is not None else None)

    def _came_back(self, taken: int, to_see: int) -> None:
        self._notices.say_news(linked_words(self._calls.clock(), taken, to_see))

    def _handed_over(self, call: OpenCall) -> None:
        self._notices.say_news(taken_over_words(call.record.title, desk_words(call.record.owned_by)))
