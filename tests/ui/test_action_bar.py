"""The bottom bar where room lacks: the solid button stays, the others are behind `Plus…`, none is lost."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from osnp_console.ui.frame.action_bar import ActionBar
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from tests.ui.checklist_desk import real_catalogue, real_gazetteer
from tests.ui.doubles import invented_desk


def shown(bar: ActionBar) -> list[ActionButton]:
    return [button for button in bar.stops if button.isVisible()]


def entries_of(bar: ActionBar) -> list[str]:
    """What is behind `Plus…`."""
    bar.more.open()
    found = [action.text() for action in bar.more.menu.actions()]
    bar.more.menu.close()
    return found


def test_what_has_no_room_is_behind_plus_and_done_from_there(qtbot: QtBot, theme: Theme) -> None:
    calls = invented_desk(real_catalogue(), real_gazetteer()).calls
    bar = ActionBar(theme, brief=True)
    qtbot.addWidget(bar)
    bar.show_call(calls.take())
    bar.offer_prescription(None)
    bar.offer_transfer(None, seen=False)
    bar.offer_booking("Réserver 10:40", None)
    bar.resize(1200, 48)
    bar.show()
    assert shown(bar) == [bar.more, bar.hold, bar.prescribe, bar.transfer, bar.book], "four, and the others"
    bar.resize(420, 48)
    assert bar.book.is_next
    assert shown(bar) == [bar.more, bar.hold, bar.book]
    done: list[str] = []
    bar.transfer_wanted.connect(lambda: done.append("F8"))
    bar.more.open()
    entries = {action.text(): action for action in bar.more.menu.actions()}
    assert list(entries) == ["Ordonnance\tF7", "Transférer\tF8", "Terminer\tCtrl+G"]
    entries["Transférer\tF8"].trigger()
    assert done == ["F8"]
    bar.more.menu.close()
    bar.offer_transfer("Aucun dispositif éligible ne se joint par transfert.", seen=False)
    bar.more.open()
    assert [action.isEnabled() for action in bar.more.menu.actions()] == [True, False, True]
    bar.more.menu.close()
    bar.resize(1200, 48)
    assert shown(bar) == [bar.more, bar.hold, bar.prescribe, bar.transfer, bar.book]
    bar.show_going_on(True)
    bar.offer_registration(True)
    assert bar.transfer.accessibleName() == "Voir le transfert", "a transfer that goes on is brought back"
    bar.show_going_on(False)
    assert bar.transfer.accessibleName() == "Inscrire"


def test_four_buttons_at_most_and_the_solid_one_stands_last(qtbot: QtBot, theme: Theme) -> None:
    calls = invented_desk(real_catalogue(), real_gazetteer()).calls
    bar = ActionBar(theme, brief=True)
    qtbot.addWidget(bar)
    bar.show_call(calls.take())
    bar.resize(1200, 48)
    bar.show()
    for words, reason in (
        ("Réserver", "Aucun créneau n’est choisi."),
        ("Réserver 10:40", None),
        (None, None),
    ):
        bar.offer_booking(words, reason)
        for width in (1200, 420):
            bar.resize(width, 48)
            there = sorted((one for one in shown(bar) if one is not bar.more), key=lambda one: one.x())
            assert len(there) <= 4
            assert [one for one in there if one.is_next] == there[-1:]
            behind = entries_of(bar) if bar.more.isVisible() else []
            assert len(there) + len(behind) == (4 if words is None else 5), "none is lost"
    bar.resize(1200, 48)
    assert shown(bar) == [bar.hold, bar.prescribe, bar.transfer, bar.close_call]
