"""The line under the top bar says one thing at a time: what is asked, then what is wrong, then the news."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from osnp_console.app.ports import StoreFailure
from osnp_console.ui.frame.desk_notice import DeskNotice, Question
from osnp_console.ui.frame.notice_line import NoticeLine
from osnp_console.ui.theme.theme import Theme

ASKED, NEWS, TROUBLE, ALONE = "Le reprendre ?", "Appel repris.", "Le disque est plein.", "Le serveur se tait."
FULL = StoreFailure("disque", TROUBLE)


class Line:
    """The line of a desk, and what was answered on it."""

    def __init__(self, qtbot: QtBot, theme: Theme) -> None:
        self.widget = NoticeLine(theme)
        qtbot.addWidget(self.widget)
        self.notice = DeskNotice(self.widget)
        self.answered: list[str] = []

    def ask(self) -> None:
        """Ask something."""
        self.notice.ask(
            Question(
                ASKED,
                "Reprendre",
                "Laisser",
                lambda: self.answered.append("oui"),
                lambda: self.answered.append("non"),
            )
        )

    @property
    def said(self) -> str:
        """What the line says; empty while it is hidden."""
        return self.widget.words.text() if not self.widget.isHidden() else ""


@pytest.fixture
def line(qtbot: QtBot, theme: Theme) -> Line:
    return Line(qtbot, theme)


def test_nothing_to_say_takes_no_room(line: Line) -> None:
    assert line.said == ""


def test_a_question_stands_before_what_is_wrong_and_what_is_wrong_before_the_news(line: Line) -> None:
    line.notice.say_news(NEWS)
    assert line.said == NEWS
    line.notice.say_failure(FULL)
    assert line.said == TROUBLE
    line.ask()
    assert line.said == ASKED
    line.notice.say_news(NEWS)
    assert line.said == ASKED


def test_what_was_covered_is_said_once_the_question_is_answered(line: Line) -> None:
    line.notice.say_failure(FULL)
    line.ask()
    QTest.keyClick(line.widget.no, Qt.Key.Key_Space)
    assert line.answered == ["non"]
    assert line.said == TROUBLE
    assert not line.notice.is_asking


def test_a_store_that_answers_again_leaves_the_news_to_be_read(line: Line) -> None:
    line.notice.say_news(NEWS)
    line.notice.say_failure(FULL)
    line.notice.say_failure(None)
    assert line.said == NEWS


def test_a_lost_link_is_said_before_any_other_trouble_which_is_said_beside_it_and_alone_once_it_is_back(
    line: Line,
) -> None:
    line.notice.say_failure(FULL)
    line.notice.say_alone(ALONE)
    assert line.said == f"{ALONE} {TROUBLE}"
    line.notice.say_alone(None)
    assert line.said == TROUBLE


def test_the_news_is_closed_by_whoever_read_it(line: Line) -> None:
    line.notice.say_news(NEWS)
    QTest.keyClick(line.widget.yes, Qt.Key.Key_Space)
    assert line.said == ""


def test_a_question_that_asks_another_one_shows_the_other_one(line: Line) -> None:
    line.notice.ask(Question("D’abord ?", "Oui", "Non", line.ask, line.ask))
    QTest.keyClick(line.widget.yes, Qt.Key.Key_Space)
    assert line.said == ASKED
    QTest.keyClick(line.widget.yes, Qt.Key.Key_Space)
    assert line.answered == ["oui"]


def test_a_desk_that_is_alone_says_why_where_somebody_can_mend_it(line: Line) -> None:
    line.notice.say_alone(ALONE)
    line.notice.say_failure(StoreFailure("reseau", "Le serveur ne répond plus."))
    assert line.said == ALONE
    line.notice.say_failure(StoreFailure("cle", "Le serveur refuse ce poste."))
    assert line.said == f"{ALONE} Le serveur refuse ce poste."
    line.notice.say_alone(None)
    assert line.said == "Le serveur refuse ce poste."
