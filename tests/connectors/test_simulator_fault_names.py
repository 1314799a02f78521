"""How faults are written, on the command line and in JSON."""

from __future__ import annotations

import pytest

from osnp_console.app.errors import Refusal
from osnp_console.connectors.simulator.demonstration import BREHAULT
from osnp_console.connectors.simulator.faults import DEFAULTS, KNOWN, Fault, read_document, read_fault


@pytest.mark.parametrize("name", KNOWN)
def test_every_name_is_read_back_as_it_is_written(name: str) -> None:
    assert read_fault(name) == Fault(name)
    assert read_fault(f"{name}@/redon/fhir") == Fault(name, path="/redon/fhir")
    assert read_fault(f"{name}@{BREHAULT}") == Fault(name, owner=BREHAULT)
    fault = Fault(name, 12 if name in DEFAULTS else None, "/redon", BREHAULT, 2)
    assert read_document({"defauts": [fault.document()]}) == (fault,)


@pytest.mark.parametrize(
    "text", ["", "muet=3", "retard=", "retard=-1", "500@", "500@redon", "500@123", "5 00", "é"]
)
def test_what_is_no_fault_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_fault(text)
    assert (refused.value.code, refused.value.field) == ("valeur_invalide", "defaut")


@pytest.mark.parametrize(
    "document",
    [
        [],
        {"defauts": "muet"},
        {"defauts": [3]},
        {"defauts": [{"nom": 3}]},
        {"defauts": [{"nom": "retard", "valeur": "3"}]},
        {"defauts": [{"nom": "retard", "valeur": True}]},
        {"defauts": [{"nom": "muet", "fois": 0}]},
        {"defauts": [{"nom": "muet", "praticien": "12"}]},
    ],
)
def test_a_document_that_is_none_is_refused(document: object) -> None:
    with pytest.raises(Refusal):
        read_document(document)
