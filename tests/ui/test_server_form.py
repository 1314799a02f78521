"""A shared base in a form: tried, stopped, refused field by field; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from osnp_console.app.base import choice
from osnp_console.app.base.acts import BaseFacts, BasePlaces, Deed
from osnp_console.app.base.address import BasePlace, ServerAddress
from osnp_console.app.base.choice import FoundBase, TypedServer, read_server
from osnp_console.app.errors import Refusal
from osnp_console.ui.first_start.server_form import CHANGED, NOT_TRIED, STOPPED, Answer, ServerForm
from osnp_console.ui.preferences.base_place import ALREADY, TRY_FIRST, PlaceSection
from osnp_console.ui.theme.theme import Theme
from tests.ui.showing import shown

KEY = "ab" * 32
SHARED = ServerAddress("poste", "127.0.0.1", 5432, "appels", "prefer")
OWN = Path("/srv/appels.base")
NO_ANSWER = Refusal("reseau", "Le serveur ne répond pas.", choice.ADDRESS)


@dataclass
class Trials:
    """Holds what is tried until the test answers."""

    held: list[tuple[TypedServer, Answer]] = field(default_factory=list)

    def __call__(self, typed: TypedServer, then: Answer) -> None:
        self.held.append((typed, then))


@pytest.fixture
def trials() -> Trials:
    """No trial yet."""
    return Trials()


@pytest.fixture
def form(theme: Theme, qtbot: QtBot, trials: Trials) -> ServerForm:
    """A form filled in, not tried."""
    made = ServerForm(theme, trials, lambda title: "/choisi")
    shown(qtbot, made)
    made.show_typed(TypedServer("127.0.0.1/appels", "poste", password="secret", site_key=KEY))
    return made


def found(form: ServerForm) -> FoundBase | None:
    """What the form found, asked anew."""
    return form.found


def draft(acts: Acts) -> TypedServer | None:
    """What the acts hold, asked anew."""
    return acts.draft


def typing(form: ServerForm, text: str) -> None:
    """Type at the end of the address."""
    form.address.line_edit.end(False)
    QTest.keyClicks(form.address.line_edit, text)


def test_an_answer_that_comes_after_stopping_changes_nothing(form: ServerForm, trials: Trials) -> None:
    form.try_it()
    assert (form.is_trying, form.stop.isVisible(), form.attempt.isEnabled()) == (True, True, False)
    form.stop.click()
    assert form.state.details == STOPPED
    trials.held[0][1](FoundBase(SHARED))
    assert (form.is_trying, form.found) == (False, None)
    assert form.typed.password == "secret"


def test_what_is_changed_during_a_trial_is_tried_again(
    form: ServerForm, trials: Trials, qtbot: QtBot
) -> None:
    form.try_it()
    typing(form, "2")
    assert (form.is_trying, form.state.details) == (False, CHANGED)
    trials.held[0][1](FoundBase(SHARED))
    assert found(form) is None
    form.try_it()
    trials.held[1][1](FoundBase(SHARED))
    assert found(form) == FoundBase(SHARED)
    typing(form, "3")
    assert (found(form), form.state.words) == (None, NOT_TRIED)


@pytest.mark.parametrize(
    ("code", "at", "word"),
    [
        ("reseau", choice.ADDRESS, "muet"),
        ("reseau", choice.AUTHORITY, "erreur"),
        ("cle", choice.PASSWORD, "accès refusé"),
        ("cle", choice.SITE_KEY, "accès refusé"),
        ("base_plus_recente", choice.ADDRESS, "erreur"),
    ],
)
def test_a_refusal_stands_at_its_field_which_gets_the_keyboard(
    form: ServerForm, trials: Trials, code: str, at: str, word: str
) -> None:
    form.try_it()
    trials.held[0][1](Refusal(code, "Une phrase.", at))
    assert {name for name, one in form.fields.items() if one.message.words} == {at}
    assert form.fields[at].line_edit.hasFocus()
    assert (form.state.words, form.found) == (word, None)
    typing(form, "x")
    assert form.fields[at].message.words == ""


def test_a_refusal_of_no_field_is_told_beside_the_state(form: ServerForm, trials: Trials) -> None:
    form.try_it()
    trials.held[0][1](Refusal("interdit", "Seul un administrateur peut le faire."))
    assert form.state.details == "Seul un administrateur peut le faire."


def test_enter_tries_first_then_goes_on(form: ServerForm, trials: Trials, qtbot: QtBot) -> None:
    form.site_key.next_wanted.emit()
    assert len(trials.held) == 1
    trials.held[0][1](FoundBase(SHARED))
    with qtbot.waitSignal(form.next_wanted):
        form.site_key.next_wanted.emit()
    assert len(trials.held) == 1


def test_the_key_says_how_much_of_it_is_there_and_secrets_are_not_read_aloud(form: ServerForm) -> None:
    assert form.site_key.annotation == "64/64"
    for secret in (form.password, form.site_key):
        said = secret.line_edit.accessibleName() + secret.line_edit.accessibleDescription() + secret.toolTip()
        assert "secret" not in said
        assert KEY not in said


def test_a_certificate_is_asked_for_in_place_of_the_password(form: ServerForm) -> None:
    form.access.setFocus()
    form.access.set_answer("certificat")
    form.access.answered.emit("certificat")
    assert (form.certificate.isVisible(), form.password.isVisible()) == (True, False)
    assert form.typed.by_certificate


# --- Réglages -------------------------------------------------------------------------------------------


@dataclass
class Acts:
    """`BaseActs` that answers what the test holds; nothing is tried or changed anywhere."""

    now: BasePlace = OWN
    then: BasePlace = OWN
    draft: TypedServer | None = None
    changed: list[TypedServer | None] = field(default_factory=list)
    answer: BasePlace | Refusal = SHARED

    def places(self) -> BasePlaces:
        return BasePlaces(self.now, self.then)

    def attempt(self, typed: TypedServer, then: Answer) -> None:
        then(FoundBase(read_server(typed)))

    def change(self, typed: TypedServer | None, then: Callable[[BasePlace | Refusal], None]) -> None:
        self.changed.append(typed)
        if not isinstance(self.answer, Refusal):
            self.then = self.answer
        then(self.answer)

    def facts(self) -> BaseFacts:
        raise AssertionError("asked for nothing here")

    def verify(self, then: Callable[[Deed], None]) -> None:
        raise AssertionError("asked for nothing here")

    def suggested_copy(self) -> str:
        raise AssertionError("asked for nothing here")

    def back_up(self, target: str, then: Callable[[Deed], None]) -> None:
        raise AssertionError("asked for nothing here")


def section(theme: Theme, qtbot: QtBot, acts: Acts) -> PlaceSection:
    page = QWidget()
    made = PlaceSection(theme, acts, page)
    shown(qtbot, page, made)
    return made


def test_another_base_is_taken_once_tried_and_holds_from_the_next_start_on(
    theme: Theme, qtbot: QtBot
) -> None:
    acts = Acts()
    page = section(theme, qtbot, acts)
    assert (page.form.isVisibleTo(page), page.change.toolTip()) == (False, ALREADY)
    assert not page.reminder.isVisibleTo(page)
    QTest.keyClicks(page.where, "B")
    assert page.change.toolTip() == TRY_FIRST
    assert "base copier sqlite:////srv/appels.base" in page.reminder.text()
    QTest.keyClicks(page.form.address.line_edit, "127.0.0.1/appels")
    QTest.keyClicks(page.form.user.line_edit, "poste")
    assert draft(acts) == page.form.typed
    page.form.try_it()
    page.change.click()
    assert acts.changed == [page.form.typed]
    assert "Au prochain démarrage" in page.outcome.words
    assert "partagée" in page.next_start.text()
    assert draft(acts) is None
    assert page.change.toolTip() == ALREADY
    QTest.keyClicks(page.where, "P")
    acts.answer = OWN
    page.change.click()
    assert acts.changed[1:] == [None]
    assert not page.next_start.isVisibleTo(page)


def test_a_refused_change_says_why_and_keeps_what_is_typed(theme: Theme, qtbot: QtBot) -> None:
    acts = Acts(now=SHARED, then=SHARED, answer=NO_ANSWER)
    page = section(theme, qtbot, acts)
    assert (page.form.address.text(), page.form.user.text()) == ("postgresql://127.0.0.1/appels", "poste")
    typing(page.form, "2")
    page.form.try_it()
    page.change.click()
    assert page.outcome.words == NO_ANSWER.message
    assert page.form.address.message.words == NO_ANSWER.message
    assert acts.then == SHARED
    again = section(theme, qtbot, acts)
    assert again.form.typed == page.form.typed
