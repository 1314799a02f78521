"""No way around: whatever in `app/` reaches a record asks for a right first, or stands on a short list."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import osnp_console
from osnp_console.domain.permissions import Act

PACKAGE = Path(osnp_console.__file__).parent
RECORDS = frozenset(
    {
        "calls",
        "journal",
        "appointments",
        "agendas",
        "sources",
        "effecteurs",
        "accounts",
        "proposals",
        "transfers",
        "waiting",
        "prescriptions",
        "nurses",
        "site_papers",
        "prints",
        "positions",
    }
)
OF_PERSONS = frozenset(
    {"calls", "journal", "appointments", "accounts", "transfers", "waiting", "prescriptions"}
)

READING = frozenset({"all", "get", "of", "booking", "still_open", "memories"})
"""What may be called on a unit's records outside `app/`; reading of a person asks for a right there too."""

NO_RIGHT_NEEDED = {
    # What acts did before the right was asked for, or what nobody chose.
    "calls/write_behind.WriteBehind._flush": "what was typed under a right is written whoever is there now",
    "calls/write_behind.WriteBehind._take_off_written": "as `flush`, which begins with it",
    "calls/kept_aside.not_there_yet": "what waited on this desk's own disk, looked for before it is written",
    "booking/appointments.recover": "this desk's own attempts that a stop cut short: nothing is sent",
    "booking/records.by_id": "the state of an attempt whose answer came, to settle it",
    "booking/records._save": "asked for before the attempt was sent, or within the unit that asked",
    "booking/records.writing": "lines about a booking that is done",
    "people/permissions.SignedUnit.__init__": "hands the records on, naming who acts",
    "base/drafts._is_over": "of this desk's own texts: whether what they are about is over, nothing of it",
    "base/leaving.open_calls": "how many this desk has; `caring_for_base` asks, just before",
    "transfer/looked_up._call_of": "within the unit of whoever asked for the right",
    "people/permissions.noting_restored": "`caring_for_base` asked, of the base that was replaced",
    "people/permissions.note": "within the unit of whoever asked for the right",
    "local_agenda/agenda.free_slots": "free places hold nobody; a search asks every agenda",
    "local_agenda/agenda.what_became_of": "the state of an attempt that was sent, to settle it",
    "local_agenda/agenda._move": "within the unit of whoever asked for the right",
    "local_agenda/agenda.follow_appointment": "within the unit that keeps its appointment",
    "local_agenda/agenda._appointment": "within `book_place`, which asked",
    "local_agenda/cancel.cancel_place": "`move_booking` asks, before anything is changed",
    "local_agenda/edit.write": "within the unit of whoever asked for the right",
    "local_agenda/edit._ahead": "within the unit of whoever asked for the right",
    "local_agenda/week.call_numbers": "within `read_week`, where `view` asks; numbers of calls only",
    "local_agenda/searched._sources_of": "within the unit of whoever asked for the right",
    "local_agenda/searched._declare": "within the unit of whoever asked for the right",
    "local_agenda/searched._take_away": "within the unit of whoever asked for the right",
    "places/whereabouts._read": "the centres of communes: nobody's",
    "places/whereabouts._keep": "the same",
    "sources/declare.DeclareSource.listed": "declarations hold no secret; every search reads them",
    "sources/declared_agendas.read_agendas": "declarations and the directory; every search reads them",
    "sources/declared_agendas.keep_memories": "what agendas answered: free slots",
    "effecteurs/directory.all_effecteurs": "the professional directory; every search reads it",
    "slots/proposals.withdraw": "a desk gives back what it held",
    "slots/proposals.proposals_elsewhere": "slots that other desks hold, nobody's name but theirs",
    "prescription/finess.read_settled": "a number of a dispositif: it is nobody's",
    "prescription/site_papers.site_papers": "the head of the site's paper and who prescribes: no patient's",
    "prescription/site_papers.read_settings": "the same, with numbers of dispositifs",
    "prescription/printing.end_print": "`begin_print` asked: what became of the sheet, whoever is there now",
    "prescription/printing._to_print": "within the unit of whoever asked for the right",
    "prescription/write.kept_before": "within the unit of whoever asked for the right",
    "waiting/register._kept_before": "within the unit of whoever asked for the right",
    "transfer/acts._held": "within the unit of whoever asked for the right",
    "transfer/acts._keep": "within the unit of whoever asked for the right",
    "transfer/acts._keep_with": "within the unit of whoever asked for the right",
    # Before anybody is signed in.
    "people/accounts.Accounts.create_first": "only while there is no account at all",
    "people/accounts.Accounts.choose_password": "by the password itself",
    "people/accounts.Accounts.unblock": "`_held` asks",
    "people/accounts.Accounts.reset_password": "`_held` asks",
    "people/accounts._put": "within the unit of whoever asked for the right",
    "people/accounts._save": "within the unit of whoever asked for the right",
    "people/accounts.Accounts._prove": "by the password itself",
    "people/attempts.begin_attempt": "nobody is signed in yet, or a password is asked for again",
    "people/attempts.end_attempt": "by the password itself",
    "people/sign_in.SignIn._begin": "nobody is signed in yet",
    "people/sign_in._refused": "nobody is signed in yet",
    "people/sign_in._end": "by the password itself",
    "people/sign_in.account_now": "the account of whoever is signed in, for their own desk",
}
OUTSIDE_APP = {
    "cli/comptes._create_first": "tells the account it has just made",
    "cli/comptes._choose": "tells the account whose password was given",
}


def functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """The outermost functions of a module and of its classes, by name; those inside belong to them."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef):
                    yield f"{node.name}.{inner.name}", inner


def reached(function: ast.FunctionDef) -> set[str]:
    """The records that a function takes from a unit."""
    return {
        node.attr
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute)
        and node.attr in RECORDS
        and isinstance(node.value, ast.Name)
        and node.value.id == "unit"
    }


def asks(function: ast.FunctionDef) -> bool:
    """Whether it asks the unit's session for a right."""
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("require", "may")
        and "session" in ast.unparse(node.func.value)
        for node in ast.walk(function)
    )


def unasked(folder: str, records: frozenset[str]) -> set[str]:
    """The functions of a folder that reach records and ask for no right."""
    found = set()
    for file in sorted((PACKAGE / folder).rglob("*.py")):
        name = file.relative_to(PACKAGE / folder).with_suffix("").as_posix()
        for where, function in functions(ast.parse(file.read_text(encoding="utf-8"))):
            if reached(function) & records and not asks(function):
                found.add(f"{name}.{where}")
    return found


def test_every_use_case_that_reaches_a_record_asks_for_a_right_or_is_on_the_short_list() -> None:
    assert unasked("app", RECORDS) - set(NO_RIGHT_NEEDED) == set()


def test_the_short_list_names_nothing_that_asks_or_is_gone() -> None:
    assert set(NO_RIGHT_NEEDED) - unasked("app", RECORDS) == set()


def test_nothing_outside_the_use_cases_reaches_what_is_known_of_a_person() -> None:
    found = {
        f"{folder}/{where}" for folder in ("ui", "cli", "connectors") for where in unasked(folder, OF_PERSONS)
    }
    assert found == set(OUTSIDE_APP)


def test_nothing_outside_the_use_cases_changes_a_record() -> None:
    changed = {
        f"{folder}/{name}: unit.{record}.{deed}"
        for folder in ("ui", "cli", "connectors")
        for name, record, deed in done_to_records(folder)
        if deed not in READING
    }
    assert changed == set()


def done_to_records(folder: str) -> Iterator[tuple[str, str, str]]:
    """What the modules of a folder call on the records of a unit: module, record, method."""
    for file in sorted((PACKAGE / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Attribute)
                and node.value.attr in RECORDS
                and isinstance(node.value.value, ast.Name)
                and node.value.value.id == "unit"
            ):
                yield file.relative_to(PACKAGE / folder).as_posix(), node.value.attr, node.attr


def test_whoever_takes_calls_in_hand_asks_for_the_right_to() -> None:
    tree = ast.parse((PACKAGE / "app" / "calls" / "calls_in_hand.py").read_text(encoding="utf-8"))
    asking = {name for name, function in functions(tree) if asks(function)}
    taking = {"take", "recover", "reopen", "take_over", "hand_over"}
    assert {f"CallsInHand.{one}" for one in taking} <= asking


def test_every_act_of_the_table_is_asked_for_by_a_use_case() -> None:
    asked = {
        ast.unparse(node.args[0])
        for file in (PACKAGE / "app").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("require", "may")
        and node.args
    }
    unasked_acts = {act for act in Act if f"Act.{act.name}" not in asked}
    # `requiring(Act…)` asks within the store's work, for what begins outside it.
    begun_outside = {act for act in unasked_acts if _is_required(act)}
    assert unasked_acts == begun_outside


def _is_required(act: Act) -> bool:
    word = f"requiring(Act.{act.name})"
    return any(word in file.read_text(encoding="utf-8") for file in (PACKAGE / "app").rglob("*.py"))
