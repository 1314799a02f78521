"""Buttons say their key and why they are off; labels never read markup nor lose text; messages speak."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.chips import Chip, RemovableChip
from osnp_console.ui.widgets.key_cap import KeyCap
from osnp_console.ui.widgets.labels import ElidedLabel, MarkLabel, PlainLabel
from osnp_console.ui.widgets.message_line import Message, MessageLine
from osnp_console.ui.widgets.segments import three_state
from osnp_console.ui.widgets.surfaces import Card, Hairline
from osnp_console.ui.widgets.titles import PaneTitle, SectionTitle
from tests.ui.showing import focused, in_grey, shown, spoken_description, spoken_name

KINDS = ("primary", "secondary", "danger", "link")


@pytest.mark.parametrize("kind", KINDS)
def test_a_button_is_read_with_its_key_and_obeys_enter_space_and_click(
    qtbot: QtBot, theme: Theme, kind: str
) -> None:
    button = ActionButton(theme, "Réserver 10:40", "F9", kind)
    shown(qtbot, button)
    focused(qtbot, button)
    assert spoken_name(button) == "Réserver 10:40"
    assert spoken_description(button) == "touche F9"
    presses = QSignalSpy(button.clicked)
    QTest.keyClick(button, Qt.Key.Key_Return)
    QTest.keyClick(button, Qt.Key.Key_Space)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert presses.count() == 3


@pytest.mark.parametrize("kind", KINDS)
def test_the_focus_and_the_disabled_state_of_a_button_are_seen(qtbot: QtBot, theme: Theme, kind: str) -> None:
    button = ActionButton(theme, "Réserver 10:40", "F9", kind)
    other = three_state(theme, "Peut venir")
    shown(qtbot, button, other)
    focused(qtbot, other)
    plain = in_grey(button)
    focused(qtbot, button)
    assert in_grey(button) != plain
    button.set_reason("Aucun créneau choisi.")
    assert in_grey(button) != plain


def test_a_disabled_button_says_why_until_it_is_enabled_again(qtbot: QtBot, theme: Theme) -> None:
    button = ActionButton(theme, "Transférer", "F8")
    qtbot.addWidget(button)
    button.set_tip("Vers la ligne du dispositif choisi")
    reason = "Aucun dispositif éligible ne se joint par transfert."
    button.set_reason(reason)
    assert not button.isEnabled()
    assert button.toolTip() == reason
    assert spoken_description(button) == f"{reason} · touche F8"
    button.set_reason(None)
    assert button.isEnabled()
    assert button.toolTip() == "Vers la ligne du dispositif choisi"


def test_an_ampersand_in_a_button_is_read_as_written(qtbot: QtBot, theme: Theme) -> None:
    button = ActionButton(theme, "Erdre & Cens")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Erdre & Cens"
    assert button.shortcut().isEmpty(), "no mnemonic"


def test_a_button_takes_the_room_its_key_and_its_mark_need(qtbot: QtBot, theme: Theme) -> None:
    bare = ActionButton(theme, "Attente")
    with_key = ActionButton(theme, "Attente", "F4")
    with_mark = ActionButton(theme, "Attente", "F4", mark="pause")
    low = ActionButton(theme, "Attente", height=28)
    for button in (bare, with_key, with_mark, low):
        qtbot.addWidget(button)
    bare.set_key("F4")
    assert bare.sizeHint() == with_key.sizeHint()
    bare.set_key("")
    assert bare.sizeHint().width() < with_key.sizeHint().width() < with_mark.sizeHint().width()
    assert (bare.height(), low.height()) == (32, 28)
    with pytest.raises(ValueError, match="bouton inconnu"):
        ActionButton(theme, "Attente", kind="huge")


def test_received_text_is_never_markup(qtbot: QtBot, theme: Theme) -> None:
    label = PlainLabel(theme, "<b>Redon</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.sizeHint().width() > PlainLabel(theme, "Redon").sizeHint().width()


@pytest.mark.parametrize(("left", "start", "end"), [(True, "…", "Redon"), (False, "Centre", "…")])
def test_a_cut_line_shows_its_ellipsis_and_keeps_its_text_in_its_tool_tip(
    qtbot: QtBot, theme: Theme, left: bool, start: str, end: str
) -> None:
    text = "Centre de soins non programmés du pays de Redon"
    label = ElidedLabel(theme, text, left=left)
    label.set_tip("Ouvert")
    window = shown(qtbot, label, width=160)
    assert label.shown_text().startswith(start)
    assert label.shown_text().endswith(end)
    assert label.toolTip() == text
    assert spoken_name(label) == text
    window.resize(600, 400)
    qtbot.waitUntil(lambda: label.shown_text() == text)
    assert label.toolTip() == "Ouvert"


def test_a_mark_is_never_named_alone_and_greys_with_its_owner(qtbot: QtBot, theme: Theme) -> None:
    mark = MarkLabel(theme, "eligible", "eligible")
    qtbot.addWidget(mark)
    assert spoken_name(mark) == ""
    before = in_grey(mark)
    mark.setEnabled(False)
    assert in_grey(mark) != before
    mark.setEnabled(True)
    assert in_grey(mark) == before
    mark.set_mark("", "")
    assert mark.pixmap().isNull()


def test_messages_speak_their_kind_and_vanish_when_there_is_nothing_to_say(
    qtbot: QtBot, theme: Theme
) -> None:
    line = MessageLine(theme)
    shown(qtbot, line)
    assert line.isHidden()
    looks = []
    for kind, word in ((Message.ERROR, "Erreur"), (Message.WARNING, "À vérifier"), (Message.NOTE, "")):
        line.set_message("Cette date n’existe pas.", kind)
        assert line.isVisible()
        assert spoken_name(line).startswith(word)
        assert spoken_name(line).endswith("Cette date n’existe pas.")
        looks.append(in_grey(line))
    assert looks[0] != looks[1] != looks[2] != looks[0]
    line.set_message("Même nom et même date.", Message.NOTE, "Ouvrir")
    link = next(button for button in line.findChildren(ActionButton) if button.isVisible())
    with qtbot.waitSignal(line.action_wanted):
        QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    line.set_message(None)
    assert line.isHidden()
    assert (line.words, line.kind) == ("", None)


def test_chips_are_read_and_refuse_an_unknown_kind(qtbot: QtBot, theme: Theme) -> None:
    chip = Chip(theme, "Éligible", "eligible")
    qtbot.addWidget(chip)
    assert spoken_name(chip) == "Éligible"
    narrow = chip.sizeHint().width()
    chip.set_chip("1 question à poser", "verify")
    assert spoken_name(chip) == "1 question à poser"
    assert chip.sizeHint().width() > narrow
    with pytest.raises(KeyError):
        chip.set_chip("?", "rainbow")


@pytest.mark.parametrize(
    "key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Space, Qt.Key.Key_Return]
)
def test_a_removable_chip_is_taken_away_by_key(qtbot: QtBot, theme: Theme, key: Qt.Key) -> None:
    chip = RemovableChip(theme, "nom : martin")
    shown(qtbot, chip)
    with qtbot.waitSignal(chip.removed):
        QTest.keyClick(chip, key)


def test_a_removable_chip_is_taken_away_by_a_click(qtbot: QtBot, theme: Theme) -> None:
    chip = RemovableChip(theme, "nom : martin")
    shown(qtbot, chip)
    with qtbot.waitSignal(chip.removed):
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert min(chip.width(), chip.height()) >= 24


def test_titles_are_seen_in_capitals_and_read_as_written(qtbot: QtBot, theme: Theme) -> None:
    title = SectionTitle(theme, "Médecin traitant")
    shown(qtbot, title)
    label = next(label for label in title.findChildren(PlainLabel) if label.text())
    assert label.text() == "MÉDECIN TRAITANT"
    assert spoken_name(label) == "Médecin traitant"
    without = in_grey(title)
    title.set_note("identité provisoire")
    assert in_grey(title) != without


def test_the_title_of_the_pane_that_holds_the_focus_changes_colour(qtbot: QtBot, theme: Theme) -> None:
    title = PaneTitle(theme, "Créneaux")
    qtbot.addWidget(title)
    assert title.palette().color(title.foregroundRole()) == theme.color("text")
    title.set_active(True)
    assert title.palette().color(title.foregroundRole()) == theme.color("accent")


def test_surfaces_take_the_colours_of_their_roles(qtbot: QtBot, theme: Theme) -> None:
    card = Card(theme, surface="raised")
    shown(qtbot, card)
    card.setFixedSize(60, 40)
    assert card.grab().toImage().pixelColor(30, 20) == theme.color("raised")
    card.set_surface("verify_tint", "verify")
    assert card.grab().toImage().pixelColor(30, 20) == theme.color("verify_tint")
    assert card.grab().toImage().pixelColor(30, 0) == theme.color("verify")
    assert Hairline(theme).height() == 1
    assert Hairline(theme, vertical=True).width() == 1


def test_a_key_cap_grows_with_its_key_and_is_not_read(qtbot: QtBot, theme: Theme) -> None:
    short, long = KeyCap(theme, "F9"), KeyCap(theme, "Ctrl+Espace", "accent")
    for cap in (short, long):
        qtbot.addWidget(cap)
        assert spoken_name(cap) == ""
    assert short.sizeHint().width() < long.sizeHint().width()
    assert in_grey(long) != in_grey(short)


@pytest.mark.parametrize("mark", ["", "plus"])
@pytest.mark.parametrize("words", ["", "Nouvel appel"])
def test_the_key_of_a_button_is_drawn_whole_with_or_without_words_and_mark(
    qtbot: QtBot, theme: Theme, words: str, mark: str
) -> None:
    button, other = ActionButton(theme, words, "F2", "link", mark=mark), three_state(theme, "Peut venir")
    shown(qtbot, button, other)
    focused(qtbot, other)
    image = in_grey(button)
    right = image.width() - theme.px(4)
    ground = image.pixelColor(0, 0).lightness()
    columns = (image.pixelColor(x, y).lightness() for x in range(right, image.width()) for y in range(32))
    assert set(columns) == {ground}
