"""Five desks on a server that is killed, by a link that is cut, killed themselves; an audit that sees it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.load.audit import Base, after_deaths, audit
from tests.load.ledger import Ledger, read_ledger
from tests.load.office import Office, OfficePlan, cut, kill_desks, kill_server, office

WITHIN = 90.0
SMALL = OfficePlan(
    desks=5, calls=3, letter=0.002, rest=0.05, retry=0.3, slots=1, behind_link=3, lines=2, transfers=1
)
QUIET = OfficePlan(desks=3, calls=4, letter=0.0, rest=0.0, retry=0.3, slots=4, lines=1, transfers=1)


def test_servers_and_desks_killed_and_links_cut_lose_double_and_invent_nothing(tmp_path: Path) -> None:
    with office(tmp_path, SMALL) as where:
        seen = where.work(
            [
                (0.2, cut(0.4, kind="deaf")),
                (0.3, kill_desks(3, 5)),
                (0.4, kill_server),
                (0.5, cut(4.5, killing=(1, 2))),
            ],
            WITHIN,
        )
    assert seen.findings == []
    assert seen.count(lambda ledger: len(ledger.outcomes)) >= SMALL.senders * SMALL.calls - SMALL.shared
    assert seen.count(lambda ledger: len(ledger.failures)) > 0, "nobody felt the disturbances"
    assert seen.count(lambda ledger: len(ledger.deaths)) > 0, "no desk died"
    assert seen.count(lambda ledger: len(ledger.recovered)) > 0, "nothing was in hand when they died"
    handed_over = seen.count(lambda ledger: sum(state == "prepare" for _, state in ledger.made))
    assert handed_over >= SMALL.senders * SMALL.transfers
    assert seen.count(lambda ledger: len(ledger.saw)) > 0, "no step was seen at the other side"
    assert seen.count(lambda ledger: len(ledger.saw_proposed)) > 0, "no proposal was seen elsewhere"
    booked = seen.count(lambda ledger: list(ledger.answers.values()).count("reserve"))
    assert booked == SMALL.slots * SMALL.places, "the agenda is scarce: all of it is booked"


# --- the audit finds what it looks for ------------------------------------------------------------------


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office after an hour in which nothing went wrong."""
    with office(tmp_path_factory.mktemp("salle"), QUIET) as where:
        assert where.work([], WITHIN).findings == []
        yield where


def after(where: Office, *statements: str) -> set[str]:
    """The kinds of finding in a copy of the base with which somebody meddled."""
    copy = where.server.new_base(template=where.base)
    for statement in statements:
        where.server.say(f"SET session_replication_role = replica; {statement}", copy)
    return {one.what for one in where.look(copy)}


LAST_LINE = "(SELECT max(number) FROM journal WHERE desk = '44-1')"
TWO_MORE = (
    "INSERT INTO agenda_booking SELECT 'autre-' || seat, agenda, who, starts_at, ends_at, seat, over_booking,"
    " state, state_since, booked_at, call, desk FROM (SELECT agenda, who, starts_at, ends_at, over_booking,"
    " state, state_since, booked_at, call, desk FROM agenda_booking ORDER BY id LIMIT 1) AS one,"
    " generate_series(8, 9) AS seat"
)
MEDDLED = {
    "more patients than a slot takes": (
        TWO_MORE,
        {"double réservation", "place tenue sans que personne le sache"},
    ),
    "a booking that is gone": (
        "DELETE FROM agenda_booking WHERE id = (SELECT min(id) FROM agenda_booking)",
        {"rendez-vous annoncé qui n’est pas"},
    ),
    "an appointment not obtained after all": (
        "UPDATE appointment SET state = 'non_obtenu' WHERE key = (SELECT min(key) FROM appointment"
        " WHERE state = 'reserve')",
        {"rendez-vous annoncé qui n’est pas"},
    ),
    "a journal line cut off": (
        f"DELETE FROM journal WHERE desk = '44-1' AND number = {LAST_LINE}",
        {"ligne de journal perdue", "chaîne du journal"},
    ),
    "a journal line written twice": (
        "INSERT INTO journal SELECT desk, number + 1, at, kind, call, facts_hash, seal, person FROM journal"
        f" WHERE desk = '44-1' AND number = {LAST_LINE}",
        {"ligne de journal en double", "chaîne du journal"},
    ),
    "a letter too many": (
        "UPDATE call SET sheet_values = regexp_replace(sheet_values, '(\"note\":\\s*\".)', '\\1x')"
        " WHERE key = (SELECT max(key) FROM call WHERE desk = '44-1' AND id NOT LIKE 'a-deux-%')",
        {"frappe perdue"},
    ),
    "a word of one of two desks gone without a word": (
        "UPDATE call SET sheet_values = '{}' WHERE id LIKE 'a-deux-%'",
        {"frappe perdue à deux postes"},
    ),
    "an act in nobody's name": (
        "UPDATE journal SET person = NULL WHERE desk = '44-1' AND number = 3",
        {"acte sans nom", "chaîne du journal"},
    ),
    "an act in another's name": (
        "UPDATE journal SET person = 'personne-2' WHERE desk = '44-1' AND number = 3",
        {"acte au nom d’un autre", "chaîne du journal"},
    ),
    "a transfer that is gone": (
        "DELETE FROM transfer WHERE key = (SELECT min(key) FROM transfer)",
        {"transfert perdu"},
    ),
    "a step of a transfer that is gone": (
        "UPDATE transfer SET document = jsonb_set(document::jsonb, '{history}', '[]')::text"
        " WHERE key = (SELECT min(key) FROM transfer)",
        {"geste de transfert perdu"},
    ),
    "a transfer that another desk has after all": (
        "UPDATE transfer SET taken_desk = 'ligne-9' WHERE key = (SELECT min(key) FROM transfer)",
        {"transfert pris à deux postes"},
    ),
    "a transfer that never ended": (
        "UPDATE transfer SET state = 'accord' WHERE key = (SELECT min(key) FROM transfer)",
        {"transfert sans fin"},
    ),
    "a slot that is proposed for ever": (
        "INSERT INTO slot_proposal VALUES ('44-1', 'creneau', '', now() + interval '1 hour')",
        {"créneau encore proposé"},
    ),
    "two calls of one number": (
        "UPDATE call SET number = 1 WHERE desk = '44-1' AND number = 2",
        {"numéro en double", "numéro changé"},
    ),
    "a call that is gone": (
        "DELETE FROM call WHERE key = (SELECT max(key) FROM call WHERE desk = '44-1'"
        " AND id NOT LIKE 'a-deux-%')",
        {"appel perdu", "frappe perdue"},
    ),
    "a call open again": (
        "UPDATE call SET state = 'en_ligne' WHERE key = (SELECT max(key) FROM call WHERE desk = '44-1')",
        {"fin d’appel perdue"},
    ),
}


def test_the_audit_finds_what_a_death_took(tmp_path: Path) -> None:
    """Letters older than the last second are on the disk; a field that lacks one is told."""
    file = tmp_path / "poste.jsonl"
    lines = [
        {"quoi": "frappe", "t": 10.0, "appel": "a", "champ": "note", "texte": "to"},
        {"quoi": "clos", "t": 11.0, "appel": "b", "issue": "conseil"},
        {"quoi": "frappe", "t": 19.9, "appel": "a", "champ": "note", "texte": "tou"},
        {"quoi": "mort", "t": 20.0, "a": 1.0},
        {"quoi": "retrouve", "t": 21.0, "appel": "b", "champ": "note", "texte": ""},
    ]

    def found(text: str) -> set[str]:
        last = {"quoi": "retrouve", "t": 21.0, "appel": "a", "champ": "note", "texte": text}
        file.write_text("".join(f"{json.dumps(line)}\n" for line in (*lines, last)))
        return {one.what for one in after_deaths([read_ledger(file, "44-1")], frozenset())}

    closed = {"fin d’appel perdue à la mort du poste"}
    assert found("tou") == found("to") == closed
    assert found("t") == closed | {"frappe perdue à la mort du poste"}


def test_a_call_ended_at_two_desks_is_no_loss_where_the_second_was_shown_the_first_end(
    tmp_path: Path,
) -> None:
    """The first end stands; the desk that came second must have been told so, and by which outcome."""

    def ledger(number: int, *lines: dict[str, object]) -> Ledger:
        file = tmp_path / f"poste-{number}.jsonl"
        file.write_text("".join(f"{json.dumps({'t': 1.0, 'appel': 'a', **line})}\n" for line in lines))
        return read_ledger(file, f"44-{number}")

    call = {
        "id": "a",
        "number": 1,
        "desk": "44-1",
        "day": "2026-11-26",
        "state": "clos",
        "outcome": "conseil",
    }
    base = Base({"a": call}, (), (), {}, {}, ())
    first = ledger(2, {"quoi": "clos", "issue": "conseil"}, {"quoi": "fin"})
    ended: dict[str, object] = {"quoi": "clos", "issue": "transfere"}

    def found(*lines: dict[str, object]) -> list[str]:
        second = ledger(1, ended, *lines, {"quoi": "fin"})
        return [one.what for one in audit(base, [second, first], 1, ())]

    assert found({"quoi": "clos_ailleurs", "issue": "conseil"}) == []
    assert found() == ["fin d’appel perdue"]
    assert found({"quoi": "clos_ailleurs", "issue": "erreur"}) == ["fin d’appel perdue"]


@pytest.mark.parametrize("meddled", MEDDLED.values(), ids=MEDDLED.keys())
def test_the_audit_finds(quiet: Office, meddled: tuple[str, set[str]]) -> None:
    statement, expected = meddled
    assert after(quiet, statement) == expected
