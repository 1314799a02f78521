"""Personal accounts: what they are called, what opens them, what they let whom do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.app.errors import Refusal
from osnp_console.app.people.account_words import last_in_words, state_words
from osnp_console.app.people.accounts import (
    AccountForm,
    Accounts,
    SeenAccount,
    has_accounts,
)
from osnp_console.app.people.attempts import account_subject, desk_subject
from osnp_console.app.people.permissions import signed
from osnp_console.app.people.session import NOBODY, UNNAMED, Session
from osnp_console.app.people.sign_in import SignIn
from osnp_console.domain import journal
from osnp_console.domain.account import (
    AccountState,
    identifier_fault,
    looks_shared,
    name_fault,
    read_identifier,
    roles_fault,
)
from osnp_console.domain.account_attempts import (
    FIRST_WAIT,
    FREE_BY_ACCOUNT,
    FREE_BY_DESK,
    LONGEST_WAIT,
    Attempts,
    waiting_until,
    wrong_words,
)
from osnp_console.domain.account_password import (
    TOO_CLOSE,
    TOO_LONG,
    TOO_SHORT,
    TOO_USUAL,
    password_fault,
)
from osnp_console.domain.permissions import ACCOUNT_ROLES, MAY, Act, allowed, may, role_names, who_may
from tests.unit.account_doubles import AccountBase, PlainPasswords
from tests.unit.strategies import INSTANT

PHRASE, OTHER = "quatre marées à Pénestin", "un phare derrière la dune"
DESK = "44-3"
ADMIN = AccountForm("e.morvan", "Erwan Morvan", ("osnp",))
GAELLE = AccountForm("G.Tessier", "Gaëlle Tessier", ("osnp", "telesecretariat"))


class Room:
    """A base with its accounts, a clock, and whoever signs in."""

    def __init__(self) -> None:
        self.base = AccountBase()
        self.passwords = PlainPasswords()
        self.now = INSTANT
        self.count = 0
        self.accounts = Accounts(self.passwords, self._new_id)
        self.door = SignIn(self.base, self.passwords, lambda: self.now)

    def _new_id(self) -> str:
        self.count += 1
        return f"compte-{self.count}"

    def first(self) -> Session:
        return self.accounts.create_first(self.base.open, ADMIN, PHRASE, DESK, self.now)

    def refused(self, identifier: str, password: str, desk: str = DESK) -> str:
        with pytest.raises(Refusal) as refusal:
            self.door.sign_in(identifier, password, desk)
        assert refusal.value.code == "interdit"
        return refusal.value.message


@pytest.fixture
def room() -> Room:
    return Room()


# --- the table of rights ---------------------------------------------------------------------------------


def test_every_act_is_in_the_table_and_every_right_is_a_role_s() -> None:
    assert set(MAY) == set(Act)
    assert all(roles and roles <= set(ACCOUNT_ROLES) for roles in MAY.values())


@pytest.mark.parametrize(
    ("role", "acts"),
    [
        (
            "osnp",
            "TAKE_CALL READ_CALLS BOOK CANCEL SEE_AGENDA PREPARE_PRESCRIPTION SEND_PRESCRIPTION TRANSFER",
        ),
        (
            "telesecretariat",
            "TAKE_CALL READ_CALLS BOOK CANCEL SEE_AGENDA EDIT_AGENDA PREPARE_PRESCRIPTION SEND_PRESCRIPTION"
            " TRANSFER",
        ),
        (
            "medecin_regulateur",
            "TAKE_CALL READ_CALLS BOOK CANCEL SEE_AGENDA PREPARE_PRESCRIPTION VALIDATE_PRESCRIPTION"
            " SEND_PRESCRIPTION TRANSFER",
        ),
        (
            "referent",
            "SEE_AGENDA EDIT_AGENDA DECLARE_SOURCES EDIT_DIRECTORY EDIT_NURSES EDIT_CATALOGUE EXPORT",
        ),
        (
            "administrateur",
            "SEE_AGENDA EDIT_AGENDA DECLARE_SOURCES EDIT_DIRECTORY EDIT_NURSES EDIT_CATALOGUE EXPORT"
            " MANAGE_ACCOUNTS CARE_FOR_BASE SETTLE_FINESS SETTLE_PAPERS",
        ),
    ],
)
def test_what_each_role_may_do(role: str, acts: str) -> None:
    assert allowed([role]) == {Act[name] for name in acts.split()}


def test_two_roles_may_what_either_may() -> None:
    assert allowed(["osnp", "referent"]) == allowed(["osnp"]) | allowed(["referent"])
    assert not may([], Act.SEE_AGENDA)
    assert role_names({"administrateur", "osnp"}) == "OSNP, administrateur"


def test_a_refusal_names_who_may() -> None:
    assert who_may(Act.VALIDATE_PRESCRIPTION) == "Seul un médecin valide une ordonnance."
    assert who_may(Act.MANAGE_ACCOUNTS) == "Seul un administrateur peut gérer les comptes."
    assert who_may(Act.CARE_FOR_BASE) == (
        "Seul un administrateur peut copier, vérifier ou restaurer la base, ou en changer."
    )
    assert who_may(Act.READ_CALLS) == (
        "Seuls un OSNP, un télésecrétariat et un médecin régulateur peuvent relire les appels."
    )


def test_a_desk_without_accounts_may_what_it_always_could() -> None:
    assert {act for act in Act if not UNNAMED.may(act)} == {Act.VALIDATE_PRESCRIPTION, Act.MANAGE_ACCOUNTS}
    assert not any(NOBODY.may(act) for act in Act)


# --- names and passwords ---------------------------------------------------------------------------------


def test_an_identifier_is_compared_however_it_is_written() -> None:
    assert read_identifier("  G.Tessier ") == "g.tessier"
    assert identifier_fault("G.Tessier") is None
    assert identifier_fault("gaelle@samu44.exemple.fr") is None
    for wrong in ("", "ab", "gaëlle t", "a" * 65, "-abc", "abc-", "a/b/c"):
        assert identifier_fault(wrong) is not None, wrong


def test_a_name_is_one_line_and_an_account_has_roles_that_exist() -> None:
    assert name_fault("Gaëlle Le Floc’h") is None
    assert name_fault(" ") is not None
    assert name_fault("a\nb") is not None
    assert name_fault("a" * 81) is not None
    assert roles_fault(["osnp"]) is None
    assert roles_fault([]) == "Choisir au moins un rôle."
    assert roles_fault(["arm"]) == "«\u00a0arm\u00a0» n’est pas un rôle de compte."


@pytest.mark.parametrize(
    ("identifier", "name", "shared"),
    [
        ("g.tessier", "Gaëlle Tessier", False),
        ("samu44", "Gaëlle Tessier", True),
        ("g.tessier", "Secrétariat CPTS", True),
        ("osnp2@exemple.fr", "Poste 2", True),
        ("regulation", "É. Morvan", True),
        ("l.garde", "Louise Garde", False),
        ("x15", "Médecin régulateur", True),
    ],
)
def test_a_login_that_looks_like_a_service_is_warned_of(identifier: str, name: str, shared: bool) -> None:
    assert looks_shared(identifier, name) is shared


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        (PHRASE, None),
        ("court", TOO_SHORT),
        ("a" * 129, TOO_LONG),
        ("aaaaaaaaaaaa", TOO_USUAL),
        ("123456789012", TOO_USUAL),
        ("Motdepasse2026!", TOO_USUAL),
        ("AZERTYUIOPQS", TOO_USUAL),
        ("Télésecrétariat", TOO_USUAL),
        ("tessier2026!!", TOO_CLOSE),
        ("Gaëlle-Tessier", TOO_CLOSE),
        ("le chien de Gaëlle Tessier aboie", None),
    ],
)
def test_a_password_is_long_and_not_what_everybody_tries(password: str, fault: str | None) -> None:
    assert password_fault(password, "g.tessier", "Gaëlle Tessier") == fault


# --- how many attempts -----------------------------------------------------------------------------------


def test_the_first_wait_comes_after_the_free_attempts_and_doubles() -> None:
    tried, waits = Attempts(), []
    for _ in range(FREE_BY_ACCOUNT + 7):
        now = waiting_until(tried, Attempts(), INSTANT) or INSTANT
        tried = Attempts(tried.count, INSTANT).counted(INSTANT)
        until = waiting_until(tried, Attempts(), INSTANT)
        waits.append((until - INSTANT).total_seconds() if until is not None else 0)
        assert now >= INSTANT
    assert waits == [0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]


def test_what_is_said_after_a_wrong_password_counts_down() -> None:
    said = [wrong_words(Attempts(count, INSTANT), Attempts(1, INSTANT), INSTANT) for count in (1, 2, 4, 5)]
    assert said[:3] == [
        "Identifiant ou mot de passe inexact. Encore 4 essais.",
        "Identifiant ou mot de passe inexact. Encore 3 essais.",
        "Identifiant ou mot de passe inexact. Encore 1 essai.",
    ]
    assert said[3].startswith("Identifiant ou mot de passe inexact. Prochain essai à ")


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 20_000))
def test_no_wait_is_longer_than_the_longest_and_old_attempts_are_forgotten(
    account: int, desk: int, seconds: int
) -> None:
    now = INSTANT + timedelta(seconds=seconds)
    until = waiting_until(Attempts(account, INSTANT), Attempts(desk, INSTANT), now)
    must_wait = account >= FREE_BY_ACCOUNT or desk >= FREE_BY_DESK
    assert until is None or (must_wait and now < until <= INSTANT + LONGEST_WAIT)
    assert waiting_until(Attempts(account, INSTANT), Attempts(desk, INSTANT), now + timedelta(days=1)) is None


# --- the first account -----------------------------------------------------------------------------------


def test_the_first_account_is_an_administrator_who_goes_on_working(room: Room) -> None:
    assert not has_accounts(room.base.open)
    session = room.first()
    assert session.roles == {"osnp", "administrateur"}
    assert session.may(Act.TAKE_CALL)
    assert session.may(Act.MANAGE_ACCOUNTS)
    assert has_accounts(room.base.open)
    assert [(one.kind, one.person) for one in room.base.journal] == [("compte_cree", "compte-1")]


def test_a_second_first_account_is_refused(room: Room) -> None:
    room.first()
    with pytest.raises(Refusal) as refusal:
        room.first()
    assert refusal.value.code == "interdit"
    assert len(room.base.accounts.kept) == 1


@pytest.mark.parametrize(
    ("form", "password", "field"),
    [
        (replace(ADMIN, identifier="é"), PHRASE, "identifiant"),
        (replace(ADMIN, name=""), PHRASE, "nom"),
        (replace(ADMIN, roles=("arm",)), PHRASE, "roles"),
        (ADMIN, "court", "mot_de_passe"),
    ],
)
def test_an_account_that_cannot_be_is_refused_with_its_field(
    room: Room, form: AccountForm, password: str, field: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        room.accounts.create_first(room.base.open, form, password, DESK, room.now)
    assert (refusal.value.code, refusal.value.field) == ("valeur_invalide", field)
    assert not room.base.accounts.any()


# --- an administrator's work -----------------------------------------------------------------------------


@pytest.fixture
def ruled(room: Room) -> Room:
    """A room whose administrator is signed in; `room.base.open` opens for nobody."""
    session = room.first()
    room.base.administrator = signed(room.base.open, session)
    return room


def test_an_account_made_by_the_administrator_chooses_its_own_password(ruled: Room) -> None:
    made = ruled.accounts.create(ruled.base.administrator, GAELLE, OTHER, ruled.now)
    assert (made.identifier, made.state) == ("g.tessier", AccountState.MUST_CHANGE)
    entered = ruled.door.sign_in("g.tessier", OTHER, DESK)
    assert entered.must_change
    with pytest.raises(Refusal, match="Choisir d’abord un nouveau mot de passe"):
        entered.session.require(Act.TAKE_CALL)
    with pytest.raises(Refusal, match="C’est le mot de passe actuel"):
        ruled.accounts.choose_password(ruled.base.open, made, OTHER, OTHER, DESK, ruled.now)
    with pytest.raises(Refusal, match="inexact"):
        ruled.accounts.choose_password(
            ruled.base.open, made, PHRASE, "encore une autre phrase", DESK, ruled.now
        )
    session = ruled.accounts.choose_password(ruled.base.open, made, OTHER, PHRASE, DESK, ruled.now).session
    session.require(Act.TAKE_CALL)
    assert not ruled.door.sign_in("G.TESSIER", PHRASE, DESK).must_change


@pytest.mark.parametrize("who", ["nobody", "osnp"])
def test_only_an_administrator_manages_accounts(ruled: Room, who: str) -> None:
    ruled.accounts.create(ruled.base.administrator, GAELLE, OTHER, ruled.now)
    made = ruled.base.accounts.of("g.tessier")
    assert made is not None
    session = ruled.accounts.choose_password(
        ruled.base.open, made.account, OTHER, PHRASE, DESK, ruled.now
    ).session
    units = ruled.base.open if who == "nobody" else signed(ruled.base.open, session)
    acts: tuple[Callable[[], object], ...] = (
        lambda: ruled.accounts.seen(units, ruled.now),
        lambda: ruled.accounts.create(units, GAELLE, OTHER, ruled.now),
        lambda: ruled.accounts.change(units, "e.morvan", roles=["osnp"]),
        lambda: ruled.accounts.block(units, "e.morvan"),
        lambda: ruled.accounts.unblock(units, "e.morvan"),
        lambda: ruled.accounts.remove(units, "e.morvan"),
        lambda: ruled.accounts.reset_password(units, "e.morvan", OTHER),
    )
    for act in acts:
        with pytest.raises(Refusal) as refusal:
            act()
        assert refusal.value.code == "interdit"


def test_an_administrator_sees_who_signed_in_last_and_who_has_to_wait(ruled: Room) -> None:
    made = ruled.accounts.create(ruled.base.administrator, GAELLE, OTHER, ruled.now)
    for _ in range(FREE_BY_ACCOUNT):
        ruled.refused("g.tessier", "faux")
    ruled.base.accounts.signed_in = {made.id: ruled.now}
    boss, gaelle = ruled.accounts.seen(ruled.base.administrator, ruled.now)
    assert boss.account.identifier == "e.morvan"
    assert gaelle == SeenAccount(made, ruled.now, ruled.now + FIRST_WAIT)
    assert state_words(gaelle).startswith("essais épuisés jusqu’à ")
    assert last_in_words(boss, ruled.now) == "jamais connecté"
    assert last_in_words(gaelle, ruled.now).startswith("connecté ")


def test_ones_own_password_takes_few_wrong_guesses_of_the_one_before(ruled: Room) -> None:
    kept = ruled.base.accounts.of("e.morvan")
    assert kept is not None

    def guess(old: str) -> Refusal:
        with pytest.raises(Refusal) as refusal:
            ruled.accounts.choose_password(ruled.base.open, kept.account, old, OTHER, DESK, ruled.now)
        return refusal.value

    said = [guess(f"essai numéro {n}") for n in range(FREE_BY_ACCOUNT + 1)]
    assert {(one.code, one.field) for one in said} == {("interdit", "ancien")}
    assert said[0].message.endswith("Encore 4 essais.")
    assert said[-1].message.startswith("Trop d’essais.")
    # The right one has to wait as well; once it may be tried, the wrong ones are forgotten.
    assert guess(PHRASE).message.startswith("Trop d’essais.")
    ruled.now += LONGEST_WAIT
    done = ruled.accounts.choose_password(ruled.base.open, kept.account, PHRASE, OTHER, DESK, ruled.now)
    assert ruled.passwords.verify(done.password, OTHER)
    assert ruled.base.accounts.wrong == {}
    assert [one.kind for one in ruled.base.journal].count(journal.NOT_SIGNED_IN) == FREE_BY_ACCOUNT


def test_the_last_administrator_stays_one(ruled: Room) -> None:
    units = ruled.base.administrator
    acts: tuple[Callable[[], object], ...] = (
        lambda: ruled.accounts.block(units, "e.morvan"),
        lambda: ruled.accounts.remove(units, "e.morvan"),
        lambda: ruled.accounts.change(units, "e.morvan", roles=["osnp"]),
    )
    for act in acts:
        with pytest.raises(Refusal, match="dernier administrateur"):
            act()
    ruled.accounts.create(units, replace(GAELLE, roles=("administrateur",)), OTHER, ruled.now)
    assert ruled.accounts.change(units, "e.morvan", roles=["osnp"]).roles == {"osnp"}


def test_a_blocked_account_opens_again_with_its_attempts_forgotten(ruled: Room) -> None:
    units = ruled.base.administrator
    made = ruled.accounts.create(units, GAELLE, OTHER, ruled.now)
    ruled.accounts.choose_password(ruled.base.open, made, OTHER, PHRASE, DESK, ruled.now)
    ruled.accounts.block(units, "g.tessier")
    assert ruled.refused("g.tessier", PHRASE).startswith("Ce compte ne permet plus rien")
    for _ in range(FREE_BY_ACCOUNT):
        ruled.refused("g.tessier", "faux")
    assert ruled.accounts.unblock(units, "g.tessier").state is AccountState.MUST_CHANGE
    assert ruled.door.sign_in("g.tessier", PHRASE, DESK).must_change
    ruled.accounts.choose_password(ruled.base.open, made, PHRASE, OTHER, DESK, ruled.now)
    assert ruled.accounts.unblock(units, "g.tessier").state is AccountState.ACTIVE


def test_a_password_that_somebody_else_knows_is_still_to_be_changed_after_a_blocking(ruled: Room) -> None:
    units = ruled.base.administrator
    ruled.accounts.create(units, GAELLE, OTHER, ruled.now)
    ruled.accounts.block(units, "g.tessier")
    ruled.accounts.unblock(units, "g.tessier")
    assert ruled.door.sign_in("g.tessier", OTHER, DESK).must_change
    ruled.accounts.block(units, "g.tessier")
    ruled.accounts.reset_password(units, "g.tessier", PHRASE)
    ruled.accounts.unblock(units, "g.tessier")
    assert ruled.door.sign_in("g.tessier", PHRASE, DESK).must_change


def test_a_removed_account_keeps_its_name_and_never_comes_back(ruled: Room) -> None:
    units = ruled.base.administrator
    made = ruled.accounts.create(units, GAELLE, OTHER, ruled.now)
    assert ruled.accounts.remove(units, "g.tessier").state is AccountState.REMOVED
    assert ruled.base.accounts.kept[made.id].password == ""
    assert ruled.refused("g.tessier", OTHER).startswith("Identifiant ou mot de passe inexact.")
    assert "Gaëlle Tessier" in {one.account.name for one in ruled.accounts.seen(units, ruled.now)}
    with pytest.raises(Refusal) as taken:
        ruled.accounts.create(units, GAELLE, OTHER, ruled.now)
    assert taken.value.code == "conflit"
    with pytest.raises(Refusal, match="retiré"):
        ruled.accounts.unblock(units, "g.tessier")


def test_a_password_given_while_another_was_being_chosen_stays_the_one_to_change(ruled: Room) -> None:
    made = ruled.accounts.create(ruled.base.administrator, GAELLE, OTHER, ruled.now)
    given = "une barque verte à quai"
    ruled.passwords.meanwhile = lambda: ruled.accounts.reset_password(
        ruled.base.administrator, "g.tessier", given
    )
    with pytest.raises(Refusal, match="changé"):
        ruled.accounts.choose_password(ruled.base.open, made, OTHER, PHRASE, DESK, ruled.now)
    assert ruled.door.sign_in("g.tessier", given, DESK).must_change


def test_what_is_done_to_accounts_is_journaled_with_who_did_it(ruled: Room) -> None:
    units = ruled.base.administrator
    ruled.accounts.create(units, GAELLE, OTHER, ruled.now)
    ruled.accounts.change(units, "g.tessier", name="Gaëlle Le Tessier", new_identifier="g.letessier")
    ruled.accounts.reset_password(units, "g.letessier", PHRASE)
    ruled.accounts.block(units, "g.letessier")
    ruled.accounts.remove(units, "g.letessier")
    told = [(one.kind, one.person) for one in ruled.base.journal]
    assert told == [("compte_cree", "compte-1")] * 2 + [("compte_modifie", "compte-1")] * 4
    assert OTHER not in str(ruled.base.journal)
    with pytest.raises(Refusal, match="Aucun compte"):
        ruled.accounts.block(units, "inconnu")


# --- signing in ------------------------------------------------------------------------------------------


def test_whoever_signs_in_is_named_in_the_journal(room: Room) -> None:
    room.first()
    entered = room.door.sign_in(" E.Morvan", PHRASE, DESK)
    assert (entered.session.person, entered.session.name) == ("compte-1", "Erwan Morvan")
    assert [(one.kind, one.person) for one in room.base.journal[1:]] == [(journal.SIGNED_IN, "compte-1")]
    assert PHRASE not in repr(entered)


def test_no_account_is_told_to_exist_or_not(room: Room) -> None:
    room.first()
    known = [room.refused("e.morvan", "faux", "44-1") for _ in range(FREE_BY_ACCOUNT + 1)]
    unknown = [room.refused("personne", "faux", "44-2") for _ in range(FREE_BY_ACCOUNT + 1)]
    assert known == unknown
    assert known[0] == "Identifiant ou mot de passe inexact. Encore 4 essais."
    assert known[-1].startswith("Trop d’essais. Prochain essai à ")
    # The same work: one hash looked at for each attempt that was taken.
    assert [kept == "" for kept in room.passwords.looked_at] == [False] * 5 + [True] * 5


def test_a_right_password_that_opens_nothing_is_in_the_journal_too(ruled: Room) -> None:
    made = ruled.accounts.create(ruled.base.administrator, GAELLE, OTHER, ruled.now)
    ruled.accounts.block(ruled.base.administrator, "g.tessier")
    ruled.refused("g.tessier", OTHER)
    last = ruled.base.journal[-1]
    assert (last.kind, last.desk, last.facts) == (journal.NOT_SIGNED_IN, DESK, {"compte": made.id})


def test_a_password_replaced_while_it_was_looked_at_opens_nothing_and_is_not_put_back(ruled: Room) -> None:
    made = ruled.accounts.create(ruled.base.administrator, GAELLE, OTHER, ruled.now)
    ruled.passwords.version = 2
    ruled.passwords.meanwhile = lambda: ruled.accounts.reset_password(
        ruled.base.administrator, "g.tessier", PHRASE
    )
    assert ruled.refused("g.tessier", OTHER).startswith("Identifiant ou mot de passe inexact.")
    assert ruled.base.accounts.kept[made.id].password == f"2:{PHRASE}"


def test_too_many_attempts_wait_even_with_the_right_password_and_then_it_opens(room: Room) -> None:
    room.first()
    for _ in range(FREE_BY_ACCOUNT):
        room.refused("e.morvan", "faux")
    assert room.refused("e.morvan", PHRASE).startswith("Trop d’essais.")
    room.now += timedelta(seconds=31)
    assert room.door.sign_in("e.morvan", PHRASE, DESK).session.person == "compte-1"
    assert room.base.accounts.wrong == {}


def test_a_desk_that_tries_many_identifiers_waits_too(room: Room) -> None:
    room.first()
    for number in range(FREE_BY_DESK):
        room.refused(f"essai{number}", "faux")
    assert room.refused("e.morvan", PHRASE).startswith("Trop d’essais.")
    assert room.door.sign_in("e.morvan", PHRASE, "44-4").session.person == "compte-1"


def test_what_was_typed_as_identifier_is_kept_nowhere(room: Room) -> None:
    room.first()
    room.refused("monmotdepassetropvite", "faux")
    assert "monmotdepassetropvite" not in str(room.base.accounts.wrong) + str(room.base.journal)
    assert set(room.base.accounts.wrong) == {account_subject("MonMotDePasseTropVite"), desk_subject(DESK)}
    assert [(one.kind, one.person, one.facts) for one in room.base.journal[1:]] == [
        (journal.NOT_SIGNED_IN, None, {})
    ]


def test_two_attempts_at_once_are_counted_as_two(room: Room) -> None:
    room.first()
    room.passwords.meanwhile = lambda: room.refused("e.morvan", "faux aussi")
    room.refused("e.morvan", "faux")
    assert room.base.accounts.wrong[account_subject("e.morvan")].count == 2


def test_a_password_hashed_with_smaller_parameters_is_hashed_again(room: Room) -> None:
    room.first()
    room.passwords.version = 2
    room.door.sign_in("e.morvan", PHRASE, DESK)
    assert room.base.accounts.kept["compte-1"].password == f"2:{PHRASE}"
    assert room.door.sign_in("e.morvan", PHRASE, DESK).account.version == 2
