"""What the line under the top bar says: of all that is wrong, asked or new, what matters most now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from osnp_console.app.ports import StoreFailure
from osnp_console.ui.frame.notice_line import NoticeLine


@dataclass(frozen=True, slots=True)
class Question:
    """Something the desk asks: its sentence, its two answers and what each does."""

    sentence: str
    yes: str
    no: str
    accept: Callable[[], None]
    decline: Callable[[], None]


class DeskNotice(QObject):
    """Keeps what there is to say by kind, and shows one: a question, then what is wrong, then the news."""

    def __init__(self, line: NoticeLine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._line = line
        self._question: Question | None = None
        self._alone: str | None = None
        self._trouble: str | None = None
        self._is_cut = False
        self._news: str | None = None
        line.accepted.connect(self._accepted)
        line.declined.connect(self._declined)

    @property
    def is_asking(self) -> bool:
        """Whether a question waits for its answer."""
        return self._question is not None

    def ask(self, question: Question | None) -> None:
        """Ask something; None when it is not to be asked any more."""
        self._question = question
        self._show()

    def say_alone(self, sentence: str | None) -> None:
        """The link to the other desks is lost; None when it is back."""
        self._alone = sentence
        self._show()

    def say_trouble(self, sentence: str | None) -> None:
        """Something is wrong with the whole desk; None when it is not any more."""
        self._say_trouble(sentence, is_cut=False)

    def _say_trouble(self, sentence: str | None, *, is_cut: bool) -> None:
        self._trouble, self._is_cut = sentence, is_cut
        self._show()

    def say_failure(self, failure: StoreFailure | None) -> None:
        """The store could not do something; None when it does again."""
        self._say_trouble(
            failure.message if failure is not None else None, is_cut=failure is not None and failure.is_cut
        )

    def say_news(self, sentence: str) -> None:
        """Something to be read once; it stays until it is closed."""
        self._news = sentence
        self._show()

    def _show(self) -> None:
        if self._question is not None:
            self._line.say(self._question.sentence, self._question.yes, self._question.no)
        elif self._alone or self._trouble:
            # A desk that is alone as its link is cut has said so; anything else is to be known beside it.
            trouble = None if self._alone and self._is_cut else self._trouble
            self._line.say(" ".join(one for one in (self._alone, trouble) if one))
        elif self._news:
            self._line.say(self._news, "Fermer")
        else:
            self._line.say(None)

    def _accepted(self) -> None:
        question, self._question = self._question, None
        if question is None:
            self._news = None
        self._show()
        if question is not None:
            question.accept()

    def _declined(self) -> None:
        question, self._question = self._question, None
        self._show()
        if question is not None:
            question.decline()
