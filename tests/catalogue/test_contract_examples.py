"""The worked examples of the headless contract, judged by the built-in catalogue."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from osnp_console.app.checklist.check_eligibility import CheckEligibility
from osnp_console.cli.documents import eligibility
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.commune import Gazetteer

EXAMPLES = Path(__file__).parents[2].parent / "shared" / "exemples-eligibilite.jsonl"


def written() -> Iterator[dict[str, object]]:
    """The examples, one a line; none where the contract is not beside this checkout."""
    if EXAMPLES.is_file():
        for line in EXAMPLES.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


def reached(document: object, dotted: str) -> object:
    """What a dotted key reaches in an answer."""
    for name in dotted.split("."):
        assert isinstance(document, dict)
        assert name in document, dotted
        document = document[name]
    return document


def test_there_are_examples_to_judge() -> None:
    if not EXAMPLES.is_file():
        pytest.skip("the contract's examples are not beside this checkout")
    assert sum(1 for _ in written()) >= 20


@pytest.mark.parametrize("example", list(written()), ids=lambda example: str(example["nom"]))
def test_a_worked_example_of_the_contract_comes_out_as_written(
    example: dict[str, object], catalogue: Catalogue, gazetteer: Gazetteer
) -> None:
    check = CheckEligibility(catalogue, gazetteer)
    instant = datetime.fromisoformat(str(example["instant"]))
    answer = eligibility(check.judge(check.read(example["appel"]), instant), catalogue)
    rows = answer["dispositifs"]
    assert isinstance(rows, list)
    found = {row["id"]: row for row in rows}
    expected = example["attendu"]
    assert isinstance(expected, dict)
    for name, wanted in expected.items():
        for dotted, value in wanted.items():
            assert reached(found[name], dotted) == value, (name, dotted, found[name])
