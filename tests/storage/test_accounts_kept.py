"""Accounts are kept in the base, each once; the journal says who, and a changed name shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from osnp_console.app.errors import Refusal
from osnp_console.app.people.account_records import AccountTaken
from osnp_console.app.people.permissions import signed
from osnp_console.app.people.session import NOBODY, UNNAMED, session_of
from osnp_console.app.ports import StoreFailure
from osnp_console.domain.account import Account, AccountState
from osnp_console.domain.account_attempts import Attempts
from osnp_console.domain.journal import READ, SIGNED_IN, TAKEN, JournalEntry
from osnp_console.domain.permissions import Act
from osnp_console.storage.store import Store, open_store
from osnp_console.storage.verify import verify_base
from tests.storage.kept import DESK, KEY, NOW, write_lines
from tests.storage.places import FILE, StorePlace
from tests.storage.test_upgrade import left_by

BOSS = frozenset({"administrateur"})
GAELLE = Account("c1", "g.tessier", "Gaëlle Tessier", frozenset({"osnp"}), AccountState.ACTIVE, NOW)
ADMIN = Account(
    "c2", "e.morvan", "Erwan Morvan", frozenset({"administrateur"}), AccountState.MUST_CHANGE, NOW
)


def save(store: Store, account: Account, password: str = "$argon2id$") -> Account:
    with store.unit() as unit:
        saved = unit.accounts.save(account, password)
        unit.commit()
    return saved


def test_an_account_comes_back_as_it_was_kept(store: Store) -> None:
    saved = [save(store, GAELLE), save(store, ADMIN)]
    with store.unit() as unit:
        assert unit.accounts.all() == [saved[1], saved[0]]
        kept = unit.accounts.of("g.tessier")
        assert kept is not None
        assert (kept.account, kept.password) == (replace(GAELLE, version=1), "$argon2id$")
        assert unit.accounts.get("c2") == unit.accounts.of("e.morvan")
        assert unit.accounts.get("c3") is None


def test_two_accounts_never_have_one_identifier(store: Store) -> None:
    save(store, GAELLE)
    with store.unit() as unit, pytest.raises(AccountTaken):
        unit.accounts.save(replace(ADMIN, identifier="g.tessier"), "")


def test_an_account_changed_elsewhere_is_not_overwritten(store: Store) -> None:
    saved = save(store, GAELLE)
    save(store, saved.moved(AccountState.BLOCKED))
    with store.unit() as unit, pytest.raises(StoreFailure) as refused:
        unit.accounts.save(replace(saved, name="Autre"), "")
    assert refused.value.code == "conflit"


def test_wrong_passwords_are_counted_and_forgotten(store: Store) -> None:
    with store.unit() as unit:
        assert unit.accounts.attempts("poste:44-3") == Attempts()
        unit.accounts.count("poste:44-3", Attempts(1, NOW))
        unit.accounts.count("poste:44-3", Attempts(2, NOW + timedelta(minutes=1)))
        unit.accounts.count("compte:x", Attempts(1, NOW))
        unit.commit()
    with store.unit() as unit:
        assert unit.accounts.attempts("poste:44-3") == Attempts(2, NOW + timedelta(minutes=1))
        unit.accounts.forget_before(NOW + timedelta(seconds=1))
        unit.accounts.forget("poste:44-3")
        unit.commit()
    with store.unit() as unit:
        assert (unit.accounts.attempts("compte:x"), unit.accounts.attempts("poste:44-3")) == (
            Attempts(),
            Attempts(),
        )


def test_a_desk_is_nobody_s_as_soon_as_the_base_has_an_account(store: Store) -> None:
    with store.unit() as unit:
        assert unit.session == UNNAMED
    save(store, ADMIN)
    with store.unit() as unit:
        assert unit.session == NOBODY
        with pytest.raises(Refusal, match="se connecter d’abord"):
            unit.session.require(Act.READ_CALLS)


def test_a_person_blocked_meanwhile_has_no_right_any_more(store: Store) -> None:
    saved = save(store, GAELLE)
    units = signed(store.unit, session_of(saved, DESK, NOW))
    with units() as unit:
        unit.session.require(Act.TAKE_CALL)
    save(store, saved.moved(AccountState.BLOCKED))
    with units() as unit, pytest.raises(Refusal, match="voir l’administrateur"):
        unit.session.require(Act.TAKE_CALL)


def test_every_line_of_somebody_signed_in_names_them_and_what_was_typed_before_keeps_its_own_name(
    store: Store, place: StorePlace
) -> None:
    saved = save(store, GAELLE)
    write_lines(store, 1)
    with signed(store.unit, session_of(saved, DESK, NOW))() as unit:
        unit.journal.append(JournalEntry(DESK, NOW, READ, "appel-1"))
        unit.journal.append(JournalEntry(DESK, NOW, TAKEN, "appel-1", person="c2"))
        unit.commit()
    with store.unit() as unit:
        written = [(one.line.number, one.line.person) for one in unit.journal.of_call("appel-1")]
    assert sorted(written) == [(1, None), (2, "c1"), (3, "c2")]
    store.close()
    assert place.verify().faults == ()


def test_when_somebody_last_signed_in_is_read_from_the_journal(store: Store) -> None:
    with store.unit() as unit:
        for minutes, kind, person in (
            (1, SIGNED_IN, "c1"),
            (5, SIGNED_IN, "c1"),
            (9, READ, "c1"),
            (2, SIGNED_IN, "c2"),
        ):
            unit.journal.append(JournalEntry(DESK, NOW + timedelta(minutes=minutes), kind, person=person))
        unit.journal.append(JournalEntry(DESK, NOW + timedelta(hours=1), SIGNED_IN))
        unit.commit()
    with store.unit() as unit:
        assert unit.accounts.last_sign_ins() == {
            "c1": NOW + timedelta(minutes=5),
            "c2": NOW + timedelta(minutes=2),
        }


LONG_JOURNAL = (
    "with recursive line(number) as (select 1 union all select number + 1 from line where number < 3000)"
    " insert into journal (desk, number, at, kind, facts_hash, seal, person)"
    " select '44-9', number, '2026-11-24 09:00:00.000000',"
    " case when number > 2970 then 'connexion' else 'reponse' end, '', '', 'c1' from line"
)


def test_when_somebody_last_signed_in_is_found_without_reading_the_whole_journal(
    store: Store, place: StorePlace
) -> None:
    asked: list[tuple[str, tuple[object, ...]]] = []

    def note(*told: Any) -> None:
        asked.append((told[2], told[3]))

    event.listen(store.engine, "before_cursor_execute", note)
    with store.unit() as unit:
        unit.accounts.last_sign_ins()
    event.remove(store.engine, "before_cursor_execute", note)
    ((statement, values),) = [one for one in asked if "max(" in one[0]]
    explain = "explain query plan " if place.kind == FILE else "explain "
    with place.behind() as connection:
        connection.execute(LONG_JOURNAL)
        connection.execute("analyze journal")
        plan = " ".join(str(row) for row in connection.execute(explain + statement, values).fetchall())
    assert "ix_journal_person_at" in plan
    assert "Seq Scan" not in plan


@pytest.mark.parametrize("name", ["null", "'c2'"])
def test_a_name_taken_off_a_line_or_put_in_place_of_another_shows(
    store: Store, place: StorePlace, name: str
) -> None:
    with signed(store.unit, session_of(save(store, GAELLE), DESK, NOW))() as unit:
        unit.journal.append(JournalEntry(DESK, NOW, READ, "appel-1"))
        unit.commit()
    store.close()
    with place.behind() as connection:
        connection.execute(f"update journal set person = {name}")
    assert [one.message for one in place.verify().faults] == ["La ligne 1 du journal a été changée."]


def test_lines_sealed_before_there_were_accounts_verify_and_go_on(file: Path) -> None:
    store = open_store(left_by("0004", file), KEY)
    saved = save(store, GAELLE)
    with signed(store.unit, session_of(saved, DESK, NOW))() as unit:
        unit.journal.append(JournalEntry(DESK, NOW, READ, "appel-1"))
        unit.commit()
    store.close()
    assert verify_base(file, KEY).faults == ()
