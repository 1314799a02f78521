"""A patient registered on a waiting list from the call, by keyboard, then called back from the list."""

from __future__ import annotations

from collections.abc import Sequence

from osnp_console.app.ports import OpenUnit
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.waiting_entry import EntryMove, EntryState, WaitingEntry
from osnp_console.ui.follow_up.workspace import LISTS, FollowUpWorkspace
from osnp_console.ui.frame.call_place import CHECKLIST
from osnp_console.ui.frame.rail import Place
from tests.journeys.operator import Operator, focused, pressed

MAYENNE = "53-nord-est-mayenne-liste-mt"
CALL = {
    fields.CALLER_PHONE: "0639982744",
    fields.FIRST_NAMES: "Léa",
    facts.RESIDENCE: "53147",
    facts.OFFER: "liste_attente_medecin_traitant",
}


def everybody(open_unit: OpenUnit) -> Sequence[WaitingEntry]:
    """All entries of all lists, as the base holds them."""
    with open_unit() as unit:
        return unit.waiting.all()


def test_who_is_registered_with_f8_and_f9_is_called_back_from_the_list_in_suivi(operator: Operator) -> None:
    pressed("F2")
    for field, answer in CALL.items():
        operator.window.calls.answer(field, answer)
        operator.window.calls.settle()
    desk, bar = operator.frame.call_desk, operator.frame.bar
    desk.checklist.focus_dispositif(MAYENNE)
    assert bar.transfer.text() == "Inscrire"
    pressed("F8")
    panel = desk.waiting.panel
    assert panel.isVisible()
    assert panel.isAncestorOf(focused())
    assert not bar.transfer.isVisible(), "one button for it, in the panel"
    pressed("F9")
    assert panel.message.words.startswith("Le nom du patient est nécessaire")
    pressed("F3")
    operator.answer("Nom", "MARTIN")
    assert operator.here == "Né(e) le", "what the list asks next and nobody asked yet"
    pressed("F9")
    operator.qtbot.waitUntil(lambda: panel.shown is not None and panel.shown.chip == "Inscrit")
    lines = [words for _, words in operator.window.journal.lines(operator.call.record.id)]
    assert "liste d’attente Nord Est Mayenne\u202f: inscrit" in lines
    panel.take_focus()
    pressed("Escape")
    assert not panel.isVisible()
    assert desk.place.pane_of(focused()) == CHECKLIST
    pressed("Alt+S")
    place = operator.frame.places.workspace(Place.FOLLOW_UP)
    assert isinstance(place, FollowUpWorkspace)
    place.pages.setFocus()
    pressed("L")
    operator.qtbot.waitUntil(lambda: place.lists is not None and bool(place.lists.on_it.rows))
    lists = place.lists
    assert lists is not None
    lists.on_it.setFocus()
    pressed("Down")
    pressed("Return")
    assert focused() is lists.entry.buttons[EntryMove.CONTACT]
    pressed("Space")
    operator.qtbot.waitUntil(lambda: lists.entry.state.text() == "Contacté")
    pressed("Ctrl++")
    again = operator.frame.places.workspace(Place.FOLLOW_UP)
    assert isinstance(again, FollowUpWorkspace)
    assert again is not place
    assert again.page == LISTS, "a larger text shows what was shown"
    operator.qtbot.waitUntil(lambda: again.lists is not None and len(again.lists.on_it.rows) == 1)
    (entry,) = operator.read_base(everybody)
    assert (entry.state, entry.person.name, entry.person.phone) == (
        EntryState.CONTACTED, "MARTIN", "+33639982744",
    )  # fmt: skip
