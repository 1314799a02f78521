"""What the window says of a waiting list in a call, and of those who are on one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from osnp_console.app.transfer.spoken_topics import Situation
from osnp_console.app.waiting import register
from osnp_console.app.waiting.lists import entry_row, entry_shown, followed_lists
from osnp_console.app.waiting.panel import (
    USUAL_NOTE,
    Draft,
    ListPanel,
    entry_in_call,
    list_panel,
    next_move,
)
from osnp_console.app.waiting.read import ListCount
from osnp_console.domain import facts
from osnp_console.domain.call_sheet import CallSheet
from osnp_console.domain.clock import PARIS
from osnp_console.domain.sources import Source
from osnp_console.domain.states import State
from osnp_console.domain.transfer.line import Said
from osnp_console.domain.waiting_entry import EntryMove, EntryState, Registered, WaitingEntry
from osnp_console.domain.waiting_list import WaitingList
from tests.unit.checklists import dispositif
from tests.unit.told_calls import CATALOGUE, HOSPITAL, MARTIN, told_call

N = "\u202f"
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=PARIS)
S5 = Source("S5", 44)
OSNP = frozenset({"osnp"})
TOOL = WaitingList(S5, OSNP, months=1, sessions_at_most=3, where=Said("Dans Citana.", S5))
OURS = WaitingList(Source("site"), OSNP, months=2, priorities=("Patients en ALD",), kept_here=True)
PERSON = Registered("KERMADEC", "Aël", "02/05/1994", "44901", "+33639980001", "ael@exemple.invalid")


def panel(
    rules: WaitingList = TOOL, entry: WaitingEntry | None = None, draft: Draft | None = None, **told: str
) -> ListPanel:
    situation: Situation = told_call(CallSheet(MARTIN), **told)
    return list_panel(situation, CATALOGUE, rules, entry, draft or Draft(), NOW)


def entry(rules: WaitingList = TOOL, at: datetime = NOW) -> WaitingEntry:
    return register.prepare_entry(
        "w-1", "44-lande-mg", "call-1", PERSON, "44-3", at, rules=rules, consented=True, need="lombalgie"
    )


def on_list(rules: WaitingList = TOOL, at: datetime = NOW) -> WaitingEntry:
    return entry(rules, at).moved(EntryMove.REGISTER, at, "44-3", ends_on=rules.ends_on(at.date()))


def test_before_anything_the_panel_asks_whether_it_was_done_in_the_tool_and_can_be_put_off() -> None:
    shown = panel()
    assert (shown.chip, shown.chip_kind) == ("Ce poste inscrit", "eligible")
    assert (shown.question, shown.act) == (f"Inscrit sur la liste{N}?", "Inscrit")
    assert shown.is_next
    assert shown.may_wait
    assert shown.asked_note == USUAL_NOTE
    form = shown.form
    assert form is not None
    assert (form.asks_consent, form.phone.replace(N, " "), form.need) == (False, "06 39 98 27 44", "Cystite")


def test_what_was_typed_for_the_list_stands_before_what_the_call_says() -> None:
    form = panel(OURS, draft=Draft(consent=True, phone="", need="suivi")).form
    assert form is not None
    assert (form.consent, form.phone, form.need) == (True, "", "suivi")
    assert (form.asks_consent, form.priorities) == (True, ("Patients en ALD",))


@pytest.mark.parametrize(
    ("rules", "chip", "question", "act", "is_next", "why_not"),
    [
        (replace(TOOL, registered_by=frozenset({"medecin"})), "Inscrit par d’autres",
         f"Inscrit par un autre{N}?", "Inscrit", False, ""),
        (replace(TOOL, registered_by=frozenset({"patient"})), "Le patient s’inscrit",
         f"Le patient s’est inscrit{N}?", "Inscrit", False, ""),
        (replace(TOOL, registered_by=frozenset()), f"Qui inscrit{N}: à vérifier",
         f"Inscrit sur la liste{N}?", "Inscrit", True, ""),
        (OURS, "Ce poste inscrit", f"Inscrire sur la liste{N}?", "Inscrire", True, ""),
        (replace(OURS, registered_by=frozenset({"medecin"})), "Inscrit par d’autres",
         f"Inscrire sur la liste{N}?", "Inscrire", False, "Ce poste n’inscrit pas."),
    ],
)  # fmt: skip
def test_a_desk_that_does_not_register_may_note_what_others_did_but_not_write_on_a_list_kept_here(
    rules: WaitingList, chip: str, question: str, act: str, is_next: bool, why_not: str
) -> None:
    shown = panel(rules)
    assert (shown.chip, shown.question, shown.act) == (chip, question, act)
    assert (shown.is_next, shown.why_not) == (is_next, why_not)


def test_on_what_the_right_to_register_hangs_is_shown_and_can_be_asked() -> None:
    shown = panel(replace(TOOL, conditional=(("osnp", HOSPITAL),)))
    assert shown.condition is not None
    assert (shown.condition.fact, shown.condition.answer) == (HOSPITAL, None)
    assert shown.condition.question == f"Sort-il d’une hospitalisation{N}?"
    assert shown.rules[0].state is State.UNKNOWN


def test_once_registered_the_panel_says_until_when_and_offers_only_to_take_it_back() -> None:
    shown = panel(entry=on_list())
    assert (shown.chip, shown.chip_kind) == ("Inscrit · jusqu’au 24/12", "eligible")
    assert shown.question == "Inscrit le 24/11 à 10:00 · jusqu’au 24/12/2026"
    assert (shown.form, shown.act, shown.withdraws) == (None, "", True)


def test_what_was_put_off_is_registered_later_as_it_was_written() -> None:
    put_off = entry()
    shown = panel(entry=put_off)
    assert (shown.chip, shown.chip_kind, shown.act) == ("À inscrire", "verify", "Inscrit")
    assert (shown.form, shown.may_wait, shown.withdraws) == (None, False, True)
    assert next_move(shown, put_off) is EntryMove.REGISTER
    assert next_move(panel(), None) is None


def test_who_is_off_the_list_can_be_registered_again() -> None:
    gone = on_list(at=NOW - timedelta(days=40))
    shown = panel(entry=gone)
    assert (shown.chip, shown.chip_kind, shown.act) == ("Expiré", "outline", "Inscrit")
    assert shown.form is not None
    assert next_move(shown, gone) is None
    again = replace(on_list(), id="w-2")
    assert entry_in_call((again, gone), "44-lande-mg", NOW.date()) is again
    assert entry_in_call((gone,), "44-ailleurs", NOW.date()) is None


def test_the_lists_where_somebody_waits_come_first_and_a_dispositif_without_one_is_not_listed() -> None:
    kine, doctors = (
        replace(dispositif(name, cpts=cpts), waiting_list=TOOL)
        for name, cpts in (("85-kine", "CPTS Kine"), ("85-mt", "CPTS Médecins"))
    )
    lists = followed_lists((kine, doctors, dispositif("85-mg")), {"85-mt": ListCount(1, 2, 5)})
    assert [(one.dispositif, one.waiting) for one in lists] == [("85-mt", 3), ("85-kine", 0)]
    assert lists[0].title.endswith(" (3)")


def test_a_row_says_who_waits_for_what_since_when_and_until_when() -> None:
    row = entry_row(replace(on_list(), priority="Patients en ALD"), date(2026, 11, 25))
    assert (row.name, row.need, row.end) == ("KERMADEC Aël", "lombalgie", "jusqu’au 24/12/2026")
    assert row.second == "inscrit depuis le 24/11 · Patients en ALD"
    gone = entry_row(on_list(), date(2026, 12, 24))
    assert (gone.state, gone.is_open, gone.end) == (EntryState.EXPIRED, False, "expiré le 24/12/2026")
    assert gone.second == "inscrit le 24/11"


def test_an_entry_is_read_whole_with_what_was_done_by_whom() -> None:
    called = on_list().moved(EntryMove.CONTACT, NOW + timedelta(hours=1), "44-5", "Inès", "message laissé")
    shown = entry_shown(called, TOOL, {"44901": "Lande-le-Bourg"}.__getitem__, NOW.date())
    assert (shown.name, shown.state) == ("KERMADEC Aël", "Contacté · jusqu’au 24/12/2026")
    assert [(one.label, one.text) for one in shown.facts] == [
        ("Pour", "lombalgie"), ("Où", "Dans Citana."), ("Durée", "1 mois au plus"), ("Séances", "3 au plus"),
    ]  # fmt: skip
    assert [(one.label, one.text) for one in shown.person] == [
        ("Né(e) le", "02/05/1994"), ("Commune", "Lande-le-Bourg"), ("Courriel", "ael@exemple.invalid"),
    ]  # fmt: skip
    assert [(one.label, one.text, one.note) for one in shown.steps] == [
        ("24/11 10:00", "inscrit", "poste 44-3"),
        ("24/11 11:00", "contacté · message laissé", "Inès · poste 44-5"),
    ]
    assert [words for _, words in shown.moves] == ["Contacté", "Honoré", "Refusé", "Retirer"]


def test_a_list_kept_here_says_whether_the_patient_agreed() -> None:
    waiting = replace(entry(OURS), consented_at=None)
    shown = entry_shown(waiting, OURS, str, NOW.date())
    assert shown.asks_consent
    assert [one.text for one in shown.facts if one.label == "Accord"] == ["pas encore donné"]
    assert shown.steps[0].text == "noté dans l’appel"
    agreed = entry_shown(entry(OURS), OURS, str, NOW.date())
    assert not agreed.asks_consent
    assert facts.REASON not in str(agreed.facts), "a code is never shown"
