"""The slots column at every text size: heights, what gives way first, what is never cut, what is heard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from osnp_console.app.slots.rows import RowState
from osnp_console.app.slots.search_events import Finished
from osnp_console.app.slots.shown_place import NO_AGENDA, NOT_SEARCHED
from osnp_console.app.slots.words import Part
from osnp_console.domain import facts
from osnp_console.domain.slots.answers import SourceState
from osnp_console.ui.checklist.row_style import Ink
from osnp_console.ui.slots.row_painting import BETWEEN, fitting
from osnp_console.ui.theme.theme import Theme
from tests.ui.checklist_desk import REDON_CALL
from tests.ui.slots_desk import (
    AGENDAS,
    AT_1040,
    AT_1120,
    FOUND,
    LATE,
    SAS,
    UNSURE,
    SlotsOnScreen,
    settled,
)
from tests.unit.slot_world import NOW

SCALES = (1.0, 1.5, 2.0)


def at(
    qtbot: QtBot, qapp: QApplication, scale: float, *, dark: bool = False, width: int = 452, height: int = 660
) -> SlotsOnScreen:
    """The column at a text size; width and height are pixels."""
    theme = Theme.of(dark=dark, scale=scale)
    theme.apply(qapp)
    return SlotsOnScreen(qtbot, theme, width=width, height=height)


@pytest.mark.parametrize("scale", SCALES)
def test_rows_are_as_high_as_the_interface_says_at_every_text_size(
    qtbot: QtBot, qapp: QApplication, scale: float
) -> None:
    screen = at(qtbot, qapp, scale, width=round(452 * scale), height=round(660 * scale))
    model, view = screen.view.model, screen.view.list
    assert screen.place_of(AT_1040).height() == round(52 * scale)
    assert view.visualRect(model.index(0)).height() == round(24 * scale)
    assert screen.view.strip.list.height() == round(20 * scale) * len(AGENDAS)


def test_where_height_lacks_the_strip_is_one_line_then_the_bands_a_list(
    qtbot: QtBot, qapp: QApplication
) -> None:
    tall, lower, lowest = (at(qtbot, qapp, 1.0, height=height) for height in (660, 460, 400))
    assert [screen.view.strip.is_folded for screen in (tall, lower, lowest)] == [False, True, True]
    assert [screen.view.bands.is_folded for screen in (tall, lower, lowest)] == [False, False, True]
    assert lowest.view.strip.folded.isVisible()
    assert lowest.view.list.height() >= 3 * 52


def test_the_chosen_slot_has_its_detail_from_a_tall_body_on(qtbot: QtBot, qapp: QApplication) -> None:
    tall, low = (at(qtbot, qapp, 1.0, width=742, height=height) for height in (972, 660))
    assert tall.view.detail.isVisible()
    assert not tall.view.follows.isVisible()
    assert tall.view.detail.words[2] == "aucune source ne donne de délai de fermeture ni de reprise"
    assert not low.view.detail.isVisible()
    assert low.view.follows.isVisible()


def test_at_twice_the_size_the_detail_takes_the_list_s_place_and_gives_it_back(
    qtbot: QtBot, qapp: QApplication
) -> None:
    screen = at(qtbot, qapp, 2.0, width=1250, height=478)
    screen.focus(screen.view.list)
    screen.keys(Qt.Key.Key_Return)
    assert screen.view.detail.hasFocus()
    assert not screen.view.list.isVisible()
    assert screen.view.strip.folded.isVisible()
    screen.keys(Qt.Key.Key_Escape)
    assert screen.view.list.hasFocus()


def test_the_folded_strip_opens_by_key_and_folds_again(qtbot: QtBot, qapp: QApplication) -> None:
    screen = at(qtbot, qapp, 1.0, height=460)
    screen.focus(screen.view.strip.folded)
    screen.keys(Qt.Key.Key_Return)
    assert screen.view.strip.list.hasFocus()
    screen.keys(Qt.Key.Key_Escape)
    assert screen.view.strip.folded.hasFocus()


def test_in_the_narrowest_column_the_bands_are_a_list_or_uncut(qtbot: QtBot, qapp: QApplication) -> None:
    for scale in SCALES:
        screen = at(qtbot, qapp, scale, width=round(380 * scale), height=round(660 * scale))
        bands = screen.view.bands
        assert bands.is_folded or bands.buttons.least_width <= bands.buttons.width()


@pytest.mark.parametrize("room", range(40, 400, 40))
def test_a_name_gives_way_but_never_a_type_a_range_or_a_distance(theme: Theme, room: int) -> None:
    ink = Ink(theme.font(9))
    parts = (
        Part("Saint-Hilaire-de-Loulay"),
        Part("Pays de Redon et des Marais"),
        Part("plage, 2 places sur 3", firm=True),
        Part("SNP", firm=True),
        Part("SAS 44"),
    )
    texts = fitting(ink, parts, room, 20)
    assert texts[2:4] == ["plage, 2 places sur 3", "SNP"]
    whole = sum(ink.width(part.text) for part in parts) + 4 * ink.width(BETWEEN)
    taken = sum(ink.width(text) for text in texts) + 4 * ink.width(BETWEEN)
    firm = ink.width("plage, 2 places sur 3") + ink.width("SNP") + 4 * ink.width(BETWEEN) + 3 * 20
    assert taken <= max(room, firm)
    assert (taken == whole) is (room >= whole)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("dark", [False, True])
def test_a_lost_row_looks_otherwise_in_both_themes(
    qtbot: QtBot, qapp: QApplication, scale: float, dark: bool
) -> None:
    screen = at(qtbot, qapp, scale, dark=dark, height=round(660 * scale))
    plain = screen.view.list.viewport().grab(screen.place_of(AT_1120)).toImage()
    screen.panel.mark_lost(AT_1120.id, NOW, "SAS 44")
    assert screen.view.list.viewport().grab(screen.place_of(AT_1120)).toImage() != plain


def test_a_screen_reader_gets_rows_titles_bands_and_agendas_as_sentences(qtbot: QtBot, theme: Theme) -> None:
    screen = SlotsOnScreen(qtbot, theme)
    rows = QAccessible.queryAccessibleInterface(screen.view.list)
    names = [rows.child(row).text(QAccessible.Text.Name) for row in range(rows.childCount())]
    assert names[0] == "Dispositif éligible, 3"
    assert names[1].startswith(
        "10 heures 40, aujourd’hui, Dr Anne Bréhault, Redon, Pays de Redon, SNP, SAS 44"
    )
    assert screen.view.bands.buttons.accessibleName() == "Délai\u202f: tous, 4 créneaux"
    agendas = QAccessible.queryAccessibleInterface(screen.view.strip.list)
    assert (
        agendas.child(2).text(QAccessible.Text.Name).startswith("CPTS RDV Vignoble, pas de réponse après 7 s")
    )


def test_as_minutes_pass_only_words_change(qtbot: QtBot, theme: Theme) -> None:
    screen = SlotsOnScreen(qtbot, theme)
    order = screen.hours()
    before = [clock.words for clock in screen.view.model.look(screen.board.column().rows[0]).right]
    screen.go(minutes=1)
    after = [clock.words for clock in screen.view.model.look(screen.board.column().rows[0]).right]
    assert (before[0], after[0]) == ("dans 38 min", "dans 37 min")
    assert screen.hours() == order


def test_a_slot_goes_grey_under_the_eye_and_leaves_once_nobody_looks(qtbot: QtBot, theme: Theme) -> None:
    screen = SlotsOnScreen(qtbot, theme)
    screen.focus(screen.view.list)
    screen.go(minutes=38)
    row = screen.board.row(AT_1040.id)
    assert row is not None
    assert row.state is RowState.STARTED
    assert screen.panel.chosen_row is None
    screen.go(minutes=2)
    assert screen.hours()[0] == "10:40"
    screen.focus(screen.elsewhere)
    assert screen.hours() == ["11:20", "14:00", "14:30"]


def test_old_data_alone_is_said_above_the_rows(qtbot: QtBot, theme: Theme) -> None:
    screen = SlotsOnScreen(qtbot, theme, None)
    screen.search((settled(SAS, AT_1040, state=SourceState.STALE), settled(LATE, state=SourceState.LATE)))
    assert screen.view.warning.words == ""
    screen.land(settled("citana", state=SourceState.FAILED), Finished(()))
    assert "à vérifier par téléphone avant de proposer" in screen.view.warning.words


def test_without_agendas_the_column_is_what_it_was_before_any(qtbot: QtBot, theme: Theme) -> None:
    screen = SlotsOnScreen(qtbot, theme, None, answers={**REDON_CALL, facts.CAN_TRAVEL: None})
    view = screen.view
    assert view.empty.sentence.text() == NO_AGENDA
    hidden = (view.bands, view.news, view.strip, view.filters_button, view.refresh_button, view.list)
    assert not any(one.isVisible() for one in hidden)


def test_before_any_search_no_band_claims_a_zero(qtbot: QtBot, theme: Theme) -> None:
    screen = SlotsOnScreen(qtbot, theme, None)
    screen.board.link(AGENDAS, NOW)
    screen.panel.show_board(screen.board)
    assert screen.view.empty.sentence.text() == NOT_SEARCHED
    assert not screen.view.bands.isVisible()
    assert screen.view.strip.isVisible()


def test_the_title_is_blue_while_the_column_has_the_keyboard(qtbot: QtBot, theme: Theme) -> None:
    screen = SlotsOnScreen(qtbot, theme)
    title = screen.view.title

    def colour() -> str:
        return title.palette().color(title.foregroundRole()).name()

    assert colour() == theme.color("text").name()
    screen.focus(screen.view.list)
    assert colour() == theme.color("accent").name()


def test_a_high_card_takes_the_head_s_place_before_the_list_s(qtbot: QtBot, qapp: QApplication) -> None:
    screen = at(qtbot, qapp, 1.0)
    card = QLabel("Réservé")
    card.setMinimumHeight(460)
    screen.panel.show_card(card)
    assert not screen.view.bands.isVisible()
    assert screen.view.list.isVisible()
    qtbot.waitUntil(lambda: screen.view.list.height() >= 2 * 52)
    screen.panel.close_card()
    assert screen.view.bands.isVisible()
    card.deleteLater()


def test_where_height_lacks_a_card_stands_alone_over_the_line_of_agendas(
    qtbot: QtBot, qapp: QApplication
) -> None:
    screen = at(qtbot, qapp, 2.0, width=1250, height=478)
    card = QLabel("10:40 vient d’être pris")
    card.setMinimumHeight(380)
    screen.panel.show_card(card)
    assert card.isVisible()
    assert not screen.view.list.isVisible()
    assert screen.view.strip.folded.isVisible()
    assert screen.panel.height() == 478
    screen.panel.close_card()
    assert screen.view.list.isVisible()
    card.deleteLater()


def test_under_reserve_slots_stand_apart(qtbot: QtBot, theme: Theme) -> None:
    screen = SlotsOnScreen(qtbot, theme)
    titles = [group.section.title for group in screen.board.column().groups]
    assert titles == ["Dispositif éligible", "Sous réserve\u202f: dispositif à vérifier"]
    assert screen.place_of(UNSURE).top() > screen.place_of(AT_1120).bottom()


def test_another_call_s_column_forgets_the_card_and_lets_rows_go(qtbot: QtBot, theme: Theme) -> None:
    screen = SlotsOnScreen(qtbot, theme, FOUND)
    screen.focus(screen.view.list)
    held = [screen.board.is_held]
    screen.panel.show_board(None)
    held.append(screen.board.is_held)
    assert held == [True, False]
    assert screen.view.empty.isVisible()
