"""Réglages, Téléphonie: what dials is chosen, nothing typed is lost, and a try says what really happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from osnp_console.app.preferences import Preferences
from osnp_console.app.telephony.dial import NO_PHONE, Dialled, not_sent, sent, unknown
from osnp_console.app.telephony.settings import (
    AUTHORIZATION,
    NO_ADDRESS,
    NO_PLACE,
    NOT_A_PREFIX,
    POST,
    Telephony,
    Way,
)
from osnp_console.ui.preferences.page import KeptPreferences
from osnp_console.ui.preferences.telephony.page import NO_NUMBER, UNDER_WAY, TelephonyPage
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.unfinished import Unfinished
from osnp_console.ui.widgets.line_field import LineField
from tests.ui.showing import focused, shown
from tests.ui.test_regulator_fields import Keeper

ADDRESS = "https://pabx.exemple.fr/appel?vers={numero}"


class Acts:
    """The keyring and the telephone, which answer when they are told to."""

    def __init__(self) -> None:
        self.secrets: list[str] = []
        self.dialled: list[tuple[str, Telephony]] = []
        self.kept: Callable[[str | None], None] | None = None
        self.ended: Callable[[Dialled], None] | None = None

    def has_secret(self, then: Callable[[bool], None], failed: Callable[[str], None]) -> None:
        then(bool(self.secrets))

    def keep_secret(self, secret: str, then: Callable[[str | None], None]) -> None:
        self.secrets.append(secret)
        self.kept = then

    def drop_secret(self, then: Callable[[str | None], None]) -> None:
        self.secrets.clear()
        then(None)

    def attempt(self, number: str, telephony: Telephony, then: Callable[[Dialled], None]) -> None:
        self.dialled.append((number, telephony))
        self.ended = then

    def end(self, dialled: Dialled) -> None:
        assert self.ended is not None
        self.ended(dialled)


class World:
    """The page, what it keeps, what it does."""

    def __init__(self, qtbot: QtBot, theme: Theme, qapp: QApplication) -> None:
        self.qtbot = qtbot
        self.theme = theme
        self.keeper = Keeper()
        self.acts = Acts()
        self.unfinished = Unfinished()
        self.kept = KeptPreferences(self.keeper, Preferences(), qapp)
        self.page = self.made()
        shown(qtbot, self.page, width=640, height=700)

    def made(self) -> TelephonyPage:
        return TelephonyPage(self.theme, self.kept, self.acts, lambda title: "/a.pem", self.unfinished)

    @property
    def telephony(self) -> Telephony:
        return self.kept.now.telephony

    def choose(self, way: Way) -> None:
        self.page.way.set_answer(way.value)
        self.page.way.answered.emit(way.value)

    def type(self, field: LineField, text: str) -> None:
        focused(self.qtbot, field)
        field.line_edit.selectAll()
        QTest.keyClicks(field.line_edit, text)
        QTest.keyClick(field.line_edit, Qt.Key.Key_Return)

    def said(self, name: str) -> str:
        return self.page.fields[name].line.message.words


@pytest.fixture
def world(qtbot: QtBot, theme: Theme, qapp: QApplication) -> Iterator[World]:
    world = World(qtbot, theme, qapp)
    yield world
    world.kept.deleteLater()


def test_only_what_serves_the_chosen_way_is_asked_for_and_kept_as_it_is_typed(world: World) -> None:
    page, fields = world.page, world.page.fields
    assert [name for name, row in fields.items() if row.isVisible()] == ["outside_prefix"]
    world.choose(Way.SIP)
    world.type(fields["sip_domain"].line, "sip.exemple.fr")
    world.choose(Way.CLICK)
    assert not fields["sip_domain"].isVisible()
    assert page.secret.isVisible()
    assert NO_ADDRESS in world.said("address")
    world.type(fields["address"].line, "https://pabx.exemple.fr/appel")
    assert NO_PLACE in world.said("address")
    assert not fields["body"].isVisible()
    page.method.answered.emit(POST)
    world.type(fields["body"].line, '{"vers": "{numero}"}')
    fields["header"].line.set_text("")
    fields["header"].line.commit()
    assert [world.said(name) for name in fields] == [""] * len(fields)
    assert world.keeper.load().telephony == Telephony(
        Way.CLICK,
        sip_domain="sip.exemple.fr",
        address="https://pabx.exemple.fr/appel",
        method=POST,
        body='{"vers": "{numero}"}',
        header=AUTHORIZATION,
    )


def test_what_cannot_be_kept_stays_typed_with_its_sentence_even_in_another_theme(world: World) -> None:
    world.choose(Way.CLICK)
    world.type(world.page.fields["outside_prefix"].line, "zero")
    world.type(world.page.fields["address"].line, "http://pabx.exemple.fr/{numero}")
    assert world.telephony == Telephony(Way.CLICK)
    world.page = world.made()
    shown(world.qtbot, world.page, width=640, height=700)
    assert world.page.fields["outside_prefix"].line.text() == "zero"
    assert NOT_A_PREFIX in world.said("outside_prefix")
    assert "https" in world.said("address")
    world.type(world.page.fields["outside_prefix"].line, "0")
    world.type(world.page.fields["address"].line, ADDRESS)
    assert world.telephony == Telephony(Way.CLICK, "0", address=ADDRESS)
    assert world.unfinished.held("telephonie") == {}


@pytest.mark.parametrize(
    ("dialled", "word"),
    [(sent("Appel demandé."), "lancé"), (not_sent(NO_PHONE), "non lancé"), (unknown("?"), "issue inconnue")],
)
def test_a_try_dials_the_number_and_says_what_happened_in_a_word(
    world: World, dialled: Dialled, word: str
) -> None:
    page = world.page
    page.attempt.click()
    assert world.acts.dialled == []
    assert NO_NUMBER in page.number.line.message.words
    world.type(page.number.line, "06 39 98 41 07")
    assert world.acts.dialled == [("06 39 98 41 07", Telephony())]
    assert page.outcome.words == UNDER_WAY
    assert not page.attempt.isEnabled()
    world.acts.end(dialled)
    assert page.attempt.isEnabled()
    assert (page.outcome.words, page.outcome.details) == (word, dialled.sentence)
    assert page.outcome.isVisible()


def test_a_secret_goes_to_the_keyring_and_a_try_waits_until_it_is_there(world: World) -> None:
    page, acts = world.page, world.acts
    world.choose(Way.CLICK)
    world.type(page.secret.line, "jeton-invente")
    assert acts.secrets == ["jeton-invente"]
    world.type(page.number.line, "15")
    assert acts.dialled == []
    assert acts.kept is not None
    acts.kept(None)
    assert [number for number, _ in acts.dialled] == ["15"]
    assert page.secret.line.text() == ""
    assert "jeton-invente" not in repr(world.kept.now)
