"""What is told of a kept transfer follows the catalogue of today, also once it has changed or lost it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from osnp_console.app.errors import Refusal
from osnp_console.app.transfer.looked_up import TransferredCall
from osnp_console.app.transfer.told_call import line_of, sheet_of_call, told_call
from osnp_console.domain import facts
from osnp_console.domain.access import Access, Mode
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.criteria.place import InTerritory
from osnp_console.domain.transfer.line import Line, Said, Tag
from osnp_console.domain.transfer.steps import CALLING_STEPS
from osnp_console.domain.transfer.transfer import LineCalled
from tests.unit.checklists import dispositif
from tests.unit.desk_calls import CATALOGUE, GAZETTEER
from tests.unit.strategies import INSTANT, LISTED, SOURCE
from tests.unit.transfers import transfer_to

AGENDA = Access(Mode.AGENDA, SOURCE)
FIRST, SECOND = (Line(to_remind=(Said(text, SOURCE),)) for text in ("du matin", "du soir"))
TAGGED = Line(tag=Tag(SOURCE, "SAS", "SAS"), to_remind=(Said("à midi", SOURCE),))
CALLED = LineCalled("44-lande-mg", 1, "AccèsS", steps=CALLING_STEPS)


def lines(*pairs: tuple[str, Line]) -> tuple[Access, ...]:
    return (AGENDA, *(Access(Mode.TRANSFER, SOURCE, name=name, line=line) for name, line in pairs))


def test_a_line_is_found_again_where_it_was_else_by_its_name() -> None:
    one = dispositif("44-lande-mg", accesses=lines(("AccèsS", FIRST), ("AccèsS", SECOND)))
    assert line_of(CALLED, one) is FIRST
    assert line_of(replace(CALLED, access=2), one) is SECOND
    moved = dispositif("44-lande-mg", accesses=lines(("Autre", FIRST), ("AccèsS", SECOND)))
    assert line_of(CALLED, moved) is SECOND


def test_a_line_that_the_catalogue_has_no_longer_is_told_what_any_line_is_told() -> None:
    gone = dispositif("44-lande-mg", accesses=lines(("Autre", FIRST)))
    assert line_of(CALLED, gone) == line_of(CALLED, None) == Line(CALLING_STEPS)


def test_a_way_in_without_a_name_is_called_by_its_cpts() -> None:
    unnamed = dispositif("44-lande-mg", accesses=(replace(AGENDA, line=FIRST),))
    assert line_of(replace(CALLED, name="CPTS de la Lande", access=0), unnamed) is FIRST


def test_the_call_is_judged_and_recorded_for_the_line_of_the_transfer() -> None:
    served = dispositif("44-lande-mg", InTerritory(LISTED), accesses=lines(("AccèsS", TAGGED)))
    catalogue = replace(CATALOGUE, dispositifs=(served,))
    record = CallRecord("call-1", 1, "35-1", INSTANT)
    record = record.put(facts.RESIDENCE, "44901").put(facts.REASON, "cystite")
    found = TransferredCall(transfer_to(CALLED), record)
    told = told_call(found, catalogue, GAZETTEER, INSTANT)
    assert told.line is TAGGED
    assert told.situation.judgement.lines[0].finding.text == "Lande-le-Bourg (44901) est dans la liste"
    assert told.to_record.reason == "SAS 35 – cystite"
    sheet = sheet_of_call(found, catalogue, GAZETTEER)
    assert [one.text for one in sheet.reminders] == ["à midi"]
    assert ("Motif à inscrire", "SAS 35 – cystite") in [(one.label, one.text) for one in sheet.outcome]


def test_what_is_gone_is_refused_where_it_is_needed_and_said_where_it_is_not() -> None:
    record = CallRecord("call-1", 1, "35-1", INSTANT)
    for found, code in (
        (TransferredCall(transfer_to(replace(CALLED, dispositif="rien")), record), "dispositif_inconnu"),
        (TransferredCall(transfer_to(CALLED), None), "introuvable"),
    ):
        with pytest.raises(Refusal) as refused:
            told_call(found, CATALOGUE, GAZETTEER, INSTANT)
        assert refused.value.code == code
        assert sheet_of_call(found, CATALOGUE, GAZETTEER).steps
