"""Four desks on a server that is killed, by a link that is cut; and an audit that sees what it is for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.load.office import Office, OfficePlan, cut, kill_server, office

WITHIN = 90.0
SMALL = OfficePlan(desks=4, calls=6, letter=0.002, rest=0.05, retry=0.3, slots=6, behind_link=3)
QUIET = OfficePlan(desks=2, calls=3, letter=0.0, rest=0.0, retry=0.3, slots=4)


def test_a_server_killed_and_links_cut_lose_double_and_invent_nothing(tmp_path: Path) -> None:
    with office(tmp_path, SMALL) as where:
        seen = where.work(
            [
                (0.2, cut(0.4, kind="deaf")),
                (0.4, kill_server),
                (0.6, cut(0.5)),
            ],
            WITHIN,
        )
    assert seen.findings == []
    assert seen.count(lambda ledger: len(ledger.outcomes)) >= 4 * 5
    assert seen.count(lambda ledger: len(ledger.failures)) > 0, "nobody felt the disturbances"
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


@pytest.mark.parametrize("meddled", MEDDLED.values(), ids=MEDDLED.keys())
def test_the_audit_finds(quiet: Office, meddled: tuple[str, set[str]]) -> None:
    statement, expected = meddled
    assert after(quiet, statement) == expected
