"""Compares the base with the desks' ledgers: whatever was lost, doubled or told wrongly is a finding.

It reads the tables themselves, so that a mistake of the program's own reading does not hide one of its
writing. Only the chains are left to `verify_server`, which is what a site runs.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from osnp_console.app.sources.agendas import Outcome
from osnp_console.domain import journal
from osnp_console.domain.transfer.moves import SETTLED, TransferState
from osnp_console.storage.server_store import Server
from osnp_console.storage.server_verify import verify_server
from tests.load.ledger import Ledger
from tests.storage.server import RealServer

UNSAID = 20.0
"""Seconds before a desk's death of which its ledger may lack what was written: acts wait for the server."""
GIVEN_BACK = ("annule", "non_obtenu")
SETTLED_STATES = frozenset(state.value for state in SETTLED)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that may not be. `what` is its kind, `said` where and how."""

    what: str
    said: str


@dataclass(frozen=True, slots=True)
class Base:
    """What the base holds, as rows."""

    calls: Mapping[str, Mapping[str, Any]]
    journal: Sequence[Mapping[str, Any]]
    bookings: Sequence[Mapping[str, Any]]
    appointments: Mapping[str, Mapping[str, Any]]
    transfers: Mapping[str, Mapping[str, Any]]
    proposals: Sequence[Mapping[str, Any]]


def read_base(server: RealServer, name: str) -> Base:
    """The base as it is now."""

    def rows(statement: str) -> list[dict[str, Any]]:
        with server.connection(name) as connection:
            cursor = connection.execute(statement.encode())
            assert cursor.description is not None
            names = [column.name for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    return Base(
        {row["id"]: row for row in rows("SELECT * FROM call")},
        rows(
            "SELECT j.*, f.facts FROM journal j LEFT JOIN journal_facts f USING (desk, number)"
            " ORDER BY desk, number"
        ),
        rows("SELECT * FROM agenda_booking"),
        {row["id"]: row for row in rows("SELECT * FROM appointment")},
        {row["id"]: row for row in rows("SELECT * FROM transfer")},
        rows("SELECT * FROM slot_proposal"),
    )


def audit(base: Base, ledgers: Iterable[Ledger], places: int, two_desks: Iterable[str]) -> list[Finding]:
    """Everything that is wrong. `places` is how many patients a slot takes, `two_desks` the calls of two."""
    told, shared = list(ledgers), frozenset(two_desks)
    return [
        *(Finding("poste inachevé", f"poste {one.desk}") for one in told if not one.finished),
        *_numbers(base, told),
        *_texts(base, told, shared),
        *_two_texts(base, told, shared),
        *_entries(base, told),
        *_seats(base, places),
        *_told_bookings(base, told),
        *_persons(base, told),
        *after_deaths(told, shared),
        *_transfers(base, told),
        *_proposals(base, told),
    ]


def audit_chains(servers: Iterable[Server]) -> list[Finding]:
    """What a site's own verification finds, with each desk's heads."""
    reports = (verify_server(server) for server in servers)
    return [Finding("chaîne du journal", str(fault)) for report in reports for fault in report.faults]


# --- calls ----------------------------------------------------------------------------------------------


def _numbers(base: Base, told: Sequence[Ledger]) -> Iterator[Finding]:
    borne = Counter((row["desk"], row["day"], row["number"]) for row in base.calls.values())
    for (desk, _, number), count in borne.items():
        if count > 1:
            yield Finding("numéro en double", f"{desk} n° {number}, {count} appels")
    for ledger in told:
        for call, number in ledger.numbers.items():
            row = base.calls.get(call)
            if row is None and call in ledger.on_the_way:
                continue
            if row is None:
                yield Finding("appel perdu", f"{ledger.desk} n° {number}")
            elif row["number"] != number:
                yield Finding("numéro changé", f"{ledger.desk} n° {number} devenu {row['number']}")


def _texts(base: Base, told: Sequence[Ledger], shared: frozenset[str]) -> Iterator[Finding]:
    for ledger in told:
        for (call, code), text in ledger.texts.items():
            held = _held(base, call, code)
            if call not in shared and held != text and not _never_came(base, ledger, call):
                yield Finding("frappe perdue", f"{ledger.desk} {code} : {held!r} au lieu de {text!r}")
        for call, outcome in ledger.outcomes.items():
            row = base.calls.get(call)
            if row is None or _ended_first_elsewhere(row, ledger, told):
                continue
            if (row["state"], row["outcome"]) != ("clos", outcome):
                yield Finding("fin d’appel perdue", f"{ledger.desk} : {row['state']} {row['outcome']}")


def _ended_first_elsewhere(row: Mapping[str, Any], ledger: Ledger, told: Sequence[Ledger]) -> bool:
    """Whether another desk had ended the call otherwise before, and this one was shown so."""
    call, outcome = row["id"], row["outcome"]
    others = {one.outcomes.get(call) for one in told if one is not ledger}
    return row["state"] == "clos" and outcome in others and ledger.ended_first.get(call) == outcome


def _never_came(base: Base, ledger: Ledger, call: str) -> bool:
    """Whether a call was taken so shortly before the desk died that it may not have reached its disk."""
    return call in ledger.on_the_way and call not in base.calls


def _held(base: Base, call: str, code: str) -> str | None:
    row = base.calls.get(call)
    if row is None:
        return None
    value = json.loads(row["sheet_values"]).get(code, "")
    return value if isinstance(value, str) else str(value)


def _two_texts(base: Base, told: Sequence[Ledger], shared: frozenset[str]) -> Iterator[Finding]:
    """Each desk's last word is in the call, was on the other screen before, or was shown as a difference."""
    shown = {(one.desk, *seen) for one in told for seen in one.seen}
    warned = {(call, code, text) for one in told for call, code, *both in one.both for text in both}
    journaled = _warnings(base)
    for ledger in told:
        others = [one.desk for one in told if one is not ledger]
        for (call, code), text in ledger.texts.items():
            if call not in shared or _held(base, call, code) == text:
                continue
            was_seen = any((desk, call, code, text) in shown for desk in others)
            if not was_seen and (call, code, text) not in warned & journaled:
                yield Finding("frappe perdue à deux postes", f"{ledger.desk} {code} : {text!r}")
        for call, code, mine, theirs in ledger.both:
            if call not in shared:
                said = f"{ledger.desk} {code} : {mine!r}, {theirs!r}"
                yield Finding("différence annoncée avec soi-même", said)


def _warnings(base: Base) -> set[tuple[str, str, str]]:
    """The texts that the journal's lines of changes made elsewhere hold, with call and field."""
    found: set[tuple[str, str, str]] = set()
    for row in base.journal:
        if row["kind"] == journal.CHANGED_ELSEWHERE and row["facts"]:
            for code, both in json.loads(row["facts"]).get("des_deux", {}).items():
                found |= {(row["call"], code, str(text)) for text in both.values()}
    return found


# --- journal --------------------------------------------------------------------------------------------


def _entries(base: Base, told: Sequence[Ledger]) -> Iterator[Finding]:
    for ledger in told:
        rows = [row for row in base.journal if row["desk"] == ledger.desk]
        kept = Counter((row["kind"], row["call"], _instant(row["at"])) for row in rows)
        said = Counter((kind, call, _instant(at)) for kind, call, at in ledger.entries)
        maybe = {(kind, call, _instant(at)) for kind, call, at in ledger.maybe}
        for (kind, _, at), count in (said - kept).items():
            yield Finding("ligne de journal perdue", f"{ledger.desk} {kind} {at}, {count}")
        # An attempt whose writing failed was told as not made: its line may be there all the same.
        unsure = {ledger.tries[key] for key in ledger.unsure}
        for (kind, call, at), count in (kept - said).items():
            if kind == journal.ASKED_FOR and call in unsure and count == 1:
                continue
            if count == 1 and ((kind, call, at) in maybe or _before_a_death(ledger, at)):
                continue
            what = "ligne de journal en double" if (kind, call, at) in said else "ligne de journal inconnue"
            yield Finding(what, f"{ledger.desk} {kind} {at}, {count}")


def _before_a_death(ledger: Ledger, at: str) -> bool:
    """Whether a line was written when the desk died before it could say so."""
    written = datetime.fromisoformat(at).timestamp()
    return any(death - UNSAID <= written <= death for death in ledger.died_at)


def _instant(at: str | datetime) -> str:
    aware = datetime.fromisoformat(at) if isinstance(at, str) else at
    return aware.astimezone(UTC).isoformat(timespec="microseconds")


# --- bookings -------------------------------------------------------------------------------------------


def _seats(base: Base, places: int) -> Iterator[Finding]:
    held = [row for row in base.bookings if row["state"] not in GIVEN_BACK]
    for (agenda, who, start), count in Counter(
        (row["agenda"], row["who"], row["starts_at"]) for row in held
    ).items():
        if count > places:
            said = f"{agenda} {who} {_instant(start)} : {count} pour {places}"
            yield Finding("double réservation", said)


def _told_bookings(base: Base, told: Sequence[Ledger]) -> Iterator[Finding]:
    held = {row["id"]: row for row in base.bookings if row["state"] not in GIVEN_BACK}
    answers = {key: answer for one in told for key, answer in one.answers.items()}
    for key, answer in answers.items():
        row, booking = base.appointments.get(key), held.get(key)
        if answer == Outcome.BOOKED.value:
            if booking is None or row is None or row["state"] != "reserve":
                state = row["state"] if row is not None else "absent"
                yield Finding("rendez-vous annoncé qui n’est pas", f"{key} : {state}")
            elif booking["call"] != row["call"]:
                yield Finding("rendez-vous d’un autre appel", key)
        elif booking is not None:
            yield Finding("place tenue sans que personne le sache", f"{key}, annoncé {answer}")
    for key in held.keys() - answers.keys():
        yield Finding("place tenue sans que personne le sache", f"{key}, jamais annoncé")
    booked = Counter(row["call"] for row in base.appointments.values() if row["state"] == "reserve")
    for call, count in booked.items():
        if count > 1:
            yield Finding("appel réservé deux fois", f"{call}, {count} rendez-vous")


# --- persons, deaths, transfers -------------------------------------------------------------------------


def _persons(base: Base, told: Sequence[Ledger]) -> Iterator[Finding]:
    """Each line of a desk where somebody signed in names them."""
    persons = {one.desk: one.person for one in told if one.person}
    for row in base.journal:
        who = persons.get(row["desk"])
        if who is not None and row["person"] != who:
            said = f"{row['desk']} n° {row['number']} {row['kind']} : {row['person']}"
            yield Finding("acte sans nom" if row["person"] is None else "acte au nom d’un autre", said)


def after_deaths(told: Sequence[Ledger], shared: frozenset[str]) -> Iterator[Finding]:
    """After a death every field shows what was on the disk, and only that."""
    for ledger in told:
        for one in ledger.recovered:
            if one.call not in shared and one.text not in one.could:
                said = f"{ledger.desk} {one.code} : {one.text!r} au lieu de {one.could[0]!r}"
                yield Finding("frappe perdue à la mort du poste", said)
        for call in ledger.open_again - ledger.ended_on_the_way:
            yield Finding("fin d’appel perdue à la mort du poste", f"{ledger.desk} {call}")


def _transfers(base: Base, told: Sequence[Ledger]) -> Iterator[Finding]:
    took = Counter(key for one in told for key in one.transfers)
    for key, count in took.items():
        if count > 1:
            yield Finding("transfert pris à deux postes", f"{key}, {count} postes")
    for ledger in told:
        for key in ledger.transfers:
            row = base.transfers.get(key)
            if row is not None and row["taken_desk"] != ledger.desk:
                yield Finding("transfert pris à deux postes", f"{key} : {ledger.desk}, {row['taken_desk']}")
        for key, state in ledger.made:
            row = base.transfers.get(key)
            if row is None:
                yield Finding("transfert perdu", f"{ledger.desk} {key}")
            elif state not in states_of(row):
                yield Finding("geste de transfert perdu", f"{ledger.desk} {key} {state}")
    for key, row in base.transfers.items():
        if row["state"] not in SETTLED_STATES:
            yield Finding("transfert sans fin", f"{key} : {row['state']}")
        history = json.loads(row["document"])["history"]
        moves = Counter((one["move"], one["at"], one["desk"]) for one in history)
        for (move, _, desk), count in moves.items():
            if count > 1:
                yield Finding("geste de transfert en double", f"{desk} {key} {move}, {count}")


def states_of(row: Mapping[str, Any]) -> list[str]:
    """Every state that a transfer came to, in order."""
    history = json.loads(row["document"])["history"]
    return [TransferState.PREPARED.value, *(one["state"] for one in history)]


def _proposals(base: Base, told: Sequence[Ledger]) -> Iterator[Finding]:
    """A desk that has ended proposes nothing any more."""
    ended = {one.desk for one in told if one.finished}
    for row in base.proposals:
        if row["desk"] in ended:
            yield Finding("créneau encore proposé", f"{row['desk']} {row['slot']}")
