"""What the shared base has not taken is on the desk's own disk, encrypted, and comes back whole."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from osnp_console.app.base.drafts import (
    NO_DRAFTS,
    About,
    DraftedPrescription,
    Drafts,
    TypedText,
    read_kept,
)
from osnp_console.app.calls.kept_aside import NOTHING_WAITS, Waiting, WaitingCall, not_there_yet
from osnp_console.app.calls.write_behind import WriteBehind
from osnp_console.app.ports import StoreFailure, Unit
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts, journal
from osnp_console.domain.call_record import Move
from osnp_console.domain.call_sheet import ASKED
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.prescription.moves import PrescriptionMove
from osnp_console.storage.kept_aside import KeptAside
from osnp_console.storage.store import Store
from tests.storage.kept import DESK, KEY, NAME, NOW, full_call
from tests.unit.prescriptions import after, draft, other, validated


def typed() -> Waiting:
    """A call with answers, doubts and a text being typed; what the base had of it; a journal line."""
    stored = full_call()
    record = stored.put(facts.CAN_TRAVEL, ASKED).put(fields.NOTE, "tousse").raise_alarm(NOW)
    record = replace(record, sheet=record.sheet.type(facts.RESIDENCE, "pip"), owner="44-5")
    entry = JournalEntry(DESK, NOW, journal.ANSWERED, record.id, {"reponses": {fields.NOTE: "tousse"}}, "c1")
    return Waiting((WaitingCall(record, stored), WaitingCall(replace(record, id="neuf"))), (entry,))


def test_what_waits_comes_back_to_the_last_letter_after_the_program_stopped(tmp_path: Path) -> None:
    first = KeptAside(tmp_path / "attente", KEY)
    first.keep(NOTHING_WAITS)
    first.keep(typed())
    first.close()
    assert KeptAside(tmp_path / "attente", KEY).read() == typed()


def test_once_the_base_has_it_nothing_is_left(tmp_path: Path) -> None:
    aside = KeptAside(tmp_path / "attente", KEY)
    aside.keep(typed())
    aside.keep(NOTHING_WAITS)
    aside.close()
    assert not KeptAside(tmp_path / "attente", KEY).read()


def test_what_is_to_be_there_before_the_base_has_it_is_on_the_disk_at_once(tmp_path: Path) -> None:
    file = tmp_path / "attente"
    aside = KeptAside(file, KEY)
    aside.keep_first(typed())
    assert KeptAside(file, KEY).read() == typed()
    aside.close()


def test_an_older_state_never_replaces_a_newer_one_whoever_hands_it_over_last(tmp_path: Path) -> None:
    older, newer = replace(typed(), entries=(), mark=4), replace(typed(), mark=5)
    aside = KeptAside(tmp_path / "attente", KEY)
    aside.keep_first(newer)
    aside.keep_first(older)
    aside.close()
    assert KeptAside(tmp_path / "attente", KEY).read() == newer


def test_a_disk_that_takes_nothing_keeps_nothing_from_the_base(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "attente").mkdir()
    aside = KeptAside(tmp_path / "attente", KEY)
    aside.keep_first(typed())
    aside.close()
    assert [record.message for record in caplog.records] == ["copie_de_secours_non_ecrite"]


def test_what_the_base_was_given_and_did_not_confirm_comes_back_too(tmp_path: Path) -> None:
    call = replace(typed().calls[0], tried=(full_call(), full_call().put(fields.NOTE, "tou")))
    aside = KeptAside(tmp_path / "attente", KEY)
    aside.keep_first(Waiting((call,)))
    aside.close()
    assert KeptAside(tmp_path / "attente", KEY).read() == Waiting((call,))


def test_the_file_tells_nothing_without_the_key_and_is_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "attente"
    aside = KeptAside(file, KEY)
    aside.keep(typed())
    aside.close()
    assert NAME.encode() not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(StoreFailure):
        KeptAside(file, bytes(32)).read()


def test_what_comes_back_is_merged_with_what_another_desk_did_meanwhile(tmp_path: Path, store: Store) -> None:
    with store.unit() as unit:
        stored = unit.calls.save(replace(full_call(), version=0))
        unit.commit()
    aside = KeptAside(tmp_path / "attente", KEY)
    aside.keep(Waiting((WaitingCall(stored.put(fields.NOTE, "tapé seul"), stored),)))
    aside.close()
    with store.unit() as unit:
        unit.calls.save(stored.put(fields.FIRST_NAMES, "Léa"))
        unit.commit()
    kept = WriteBehind()
    kept.restore(KeptAside(tmp_path / "attente", KEY).read())
    (came,) = kept.flush(store.unit).elsewhere
    assert came.merge.taken == (fields.FIRST_NAMES,)
    with store.unit() as unit:
        sheet = unit.calls.get(stored.id).sheet
    assert (sheet.text(fields.NOTE), sheet.text(fields.FIRST_NAMES)) == ("tapé seul", "Léa")


def test_a_journal_line_that_had_reached_the_base_is_not_written_twice(store: Store) -> None:
    first, second = (
        JournalEntry(DESK, NOW + timedelta(seconds=number), journal.HELD, "appel-1") for number in (1, 2)
    )
    with store.unit() as unit:
        unit.journal.append(first)
        unit.commit()
    assert not_there_yet(store.unit, Waiting((), (first, second))) == Waiting((), (second,))


def drafted() -> Drafts:
    """A prescription that the base never had, one typed over, and a text of a panel."""
    one, typed = draft(), other(call_reference="tapé seul")
    known = replace(validated(), id="p-2")
    return Drafts(
        (
            DraftedPrescription(one, typed, one.content, (one.content,), "compte-2"),
            DraftedPrescription(known, typed, known.content),
        ),
        (TypedText("transfert.autre", "t-1", f"{NAME} ne veut plus"),),
    )


def test_what_is_typed_in_forms_comes_back_whole_beside_the_calls_and_each_goes_alone(tmp_path: Path) -> None:
    file = tmp_path / "attente"
    aside = KeptAside(file, KEY)
    aside.keep_drafts(drafted())
    aside.keep(typed())
    aside.close()
    assert NAME.encode() not in file.read_bytes()
    again = KeptAside(file, KEY)
    assert (again.read(), again.read_drafts()) == (typed(), drafted())
    again.keep(NOTHING_WAITS)
    again.close()
    assert (KeptAside(file, KEY).read(), KeptAside(file, KEY).read_drafts()) == (NOTHING_WAITS, drafted())
    again.keep_drafts(NO_DRAFTS)
    again.close()
    assert KeptAside(file, KEY).read_drafts() == NO_DRAFTS


def test_a_desk_that_has_typed_nothing_has_no_file(tmp_path: Path) -> None:
    aside = KeptAside(tmp_path / "attente", KEY)
    assert aside.read_drafts() == NO_DRAFTS
    aside.close()
    assert not list(tmp_path.iterdir())


def test_a_text_is_put_back_while_somebody_can_still_say_it(tmp_path: Path, store: Store) -> None:
    going, over = replace(full_call(), version=0), replace(full_call(), id="appel-2", version=0, number=2)
    begun = replace(draft(), id="p-1", version=0)
    with store.unit() as unit:
        saved = unit.calls.save(over)
        unit.calls.save(going)
        unit.calls.save(saved.moved(Move.RESUME, NOW).moved(Move.CLOSE, NOW))
        unit.prescriptions.save(begun)
        unit.prescriptions.save(replace(validated(), id="p-2"))
        unit.prescriptions.save(replace(after(draft(), PrescriptionMove.CANCEL), id="p-3"))
        unit.commit()
    about = {
        "motif": About.CALL,
        "naissance": About.DRAFT,
        "renvoi": About.PRESCRIPTION,
        "appelant": About.DESK,
    }
    kept = (
        TypedText("motif", going.id, "la ligne a dit oui"),
        TypedText("motif", over.id, "trop tard"),
        TypedText("motif", "appel-hors-base", "pris pendant la coupure"),
        TypedText("naissance", "p-1", "31022020"),
        TypedText("renvoi", "p-1", "à revoir"),
        TypedText("naissance", "p-2", "31022020"),
        TypedText("renvoi", "p-2", "a été perdue"),
        TypedText("renvoi", "p-3", "trop tard"),
        TypedText("appelant", "", "SAS 3"),
        TypedText("reglages", "x", "d’une autre version"),
    )
    aside = KeptAside(tmp_path / "attente", KEY)
    aside.keep_drafts(Drafts(texts=kept))
    aside.close()
    found = read_kept(aside, about)(store.unit).texts
    assert [one.text for one in found] == [
        "la ligne a dit oui",
        "pris pendant la coupure",
        "31022020",
        "à revoir",
        "a été perdue",
        "SAS 3",
    ]

    def cut() -> AbstractContextManager[Unit]:
        raise StoreFailure("reseau", "Le serveur ne répond plus.")

    assert len(read_kept(aside, about)(cut).texts) == 9
