"""On a server, two administrators end each other in the same second: one of them is still there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from osnp_console.app.errors import Refusal
from osnp_console.app.people.accounts import Accounts
from osnp_console.app.people.attempts import account_subject
from osnp_console.app.people.permissions import signed
from osnp_console.app.people.session import session_of
from osnp_console.app.people.sign_in import SignIn
from osnp_console.app.ports import OpenUnit
from osnp_console.cli.opened_base import AtOnce
from osnp_console.desk.password_hash import ArgonPasswords
from osnp_console.domain.account import Account, AccountState
from osnp_console.domain.account_attempts import FREE_BY_ACCOUNT
from osnp_console.storage.store import Store
from tests.storage.kept import NOW
from tests.storage.places import ServerPlace

ROUNDS = 8
ACCOUNTS = Accounts(ArgonPasswords(32, 1, 1), lambda: "")
DEEDS: dict[str, Callable[[OpenUnit, str], object]] = {
    "block": ACCOUNTS.block,
    "remove": ACCOUNTS.remove,
    "take the role from": lambda units, one: ACCOUNTS.change(units, one, roles=["osnp"]),
}


@pytest.fixture
def desks(server_place: ServerPlace) -> Iterator[tuple[Store, Store]]:
    """Two desks on one base."""
    opened = (server_place.open(), server_place.open())
    yield opened
    for one in opened:
        one.close()


def hired(store: Store, account: str, password: str = "$argon2id$") -> Account:
    """An administrator of their own, at work."""
    made = Account(account, account, "Anne Exemple", frozenset({"administrateur"}), AccountState.ACTIVE, NOW)
    with store.unit() as unit:
        saved = unit.accounts.save(made, password)
        unit.commit()
    return saved


def administrators(store: Store) -> list[str]:
    with store.unit() as unit:
        return [one.id for one in unit.accounts.all() if one.is_administrator]


@pytest.mark.parametrize("deed", DEEDS)
def test_of_two_administrators_who_would_end_each_other_one_stays(
    desks: tuple[Store, Store], deed: str
) -> None:
    for turn in range(ROUNDS):
        both = [hired(desks[0], f"admin-{turn}-{which}") for which in "ab"]
        with desks[0].unit() as unit:  # who was left of the turn before goes, by hand
            for one in unit.accounts.all():
                if one.is_administrator and one.id not in {each.id for each in both}:
                    unit.accounts.save(one.moved(AccountState.REMOVED), "")
            unit.commit()
        together = Barrier(2)

        def end(which: int, both: list[Account] = both, together: Barrier = together) -> str:
            mine, other = both[which], both[1 - which]
            units = signed(desks[which].unit, session_of(mine, f"44-{which}", NOW))
            together.wait()
            try:
                DEEDS[deed](units, other.identifier)
            except Refusal as refusal:
                return refusal.message
            return ""

        with ThreadPoolExecutor(2) as pool:
            said = sorted(pool.map(end, range(2)))
        assert len(administrators(desks[0])) == 1
        assert said[0] == ""
        assert said[1]


def test_wrong_passwords_at_two_desks_and_by_command_are_counted_together(
    desks: tuple[Store, Store],
) -> None:
    passwords = ArgonPasswords(32, 1, 1)
    hired(desks[0], "a.exemple", passwords.hashed("quatre marées basses"))
    together = Barrier(FREE_BY_ACCOUNT + 3)

    def guess(which: int) -> str:
        door = SignIn(AtOnce(desks[which % 2].unit), passwords, lambda: NOW)
        together.wait()
        with pytest.raises(Refusal) as refusal:
            door.sign_in("a.exemple", f"essai {which}", ("44-1", "44-2", "commande")[which % 3])
        return refusal.value.message

    with ThreadPoolExecutor(FREE_BY_ACCOUNT + 3) as pool:
        said = list(pool.map(guess, range(FREE_BY_ACCOUNT + 3)))
    assert sum(one.startswith("Trop d’essais.") for one in said) == 3
    with desks[0].unit() as unit:
        assert unit.accounts.attempts(account_subject("a.exemple")).count == FREE_BY_ACCOUNT
