"""The hand-written examples guard every criterion of the catalogue."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from osnp_console.app.checklist.check_eligibility import CheckEligibility
from osnp_console.app.checklist.try_examples import failures, fault_of
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.commune import Gazetteer
from osnp_console.domain.criteria.answers import AnyOf, OnlyForReasons
from osnp_console.domain.criteria.base import Criterion
from osnp_console.domain.criteria.desk import ReferralNotSaid
from osnp_console.domain.dispositif import SERVING, Dispositif, Rule
from osnp_console.domain.examples import Example

# Made for every row by the program, from the contract: guarded by the unit tests of their criteria.
THE_CONTRACTS_OWN = frozenset({"offre", "urgence_vitale"})
INDEX = Path(__file__).parent / "dispositifs.csv"


def test_every_example_comes_out_as_its_author_wrote(
    catalogue: Catalogue, gazetteer: Gazetteer, written_examples: tuple[Example, ...]
) -> None:
    assert list(failures(catalogue, gazetteer, written_examples)) == []


def test_every_serving_dispositif_has_an_accepted_call_and_an_open_one(
    catalogue: Catalogue, written_examples: tuple[Example, ...]
) -> None:
    expected: dict[str, set[str]] = defaultdict(set)
    for example in written_examples:
        expected[example.dispositif].add(example.expected)
    for dispositif in catalogue.dispositifs:
        wanted = {"eligible", "a_verifier"} if dispositif.status in SERVING else {"hors_service"}
        assert wanted <= expected[dispositif.id], dispositif.id


def test_no_criterion_can_be_deleted_without_an_example_coming_out_wrong(
    catalogue: Catalogue, gazetteer: Gazetteer, written_examples: tuple[Example, ...]
) -> None:
    of: dict[str, list[Example]] = defaultdict(list)
    for example in written_examples:
        of[example.dispositif].append(example)
    unguarded = [
        f"{dispositif.id}: {name}"
        for dispositif in catalogue.dispositifs
        if dispositif.status in SERVING
        for name, maimed in deletions(dispositif)
        if not goes_wrong(maimed, catalogue, gazetteer, of[dispositif.id])
    ]
    assert unguarded == []


def deletions(dispositif: Dispositif) -> Iterator[tuple[str, Dispositif]]:
    """The dispositif without each of its criteria in turn, parts of an "at least one of" included."""
    for place, rule in enumerate(dispositif.rules):
        if rule.id in THE_CONTRACTS_OWN or isinstance(rule.criterion, ReferralNotSaid):
            continue
        before, after = dispositif.rules[:place], dispositif.rules[place + 1 :]
        yield rule.id, replace(dispositif, rules=before + after)
        for part, maimed in parts_deleted(rule):
            yield f"{rule.id}.{part}", replace(dispositif, rules=(*before, maimed, *after))


def parts_deleted(rule: Rule) -> Iterator[tuple[int, Rule]]:
    """An "at least one of" rule without each of its parts."""
    condition: Criterion = rule.criterion
    wrapped = isinstance(condition, OnlyForReasons)
    inner = condition.condition if isinstance(condition, OnlyForReasons) else condition
    if not isinstance(inner, AnyOf):
        return
    for place in range(len(inner.among)):
        fewer = AnyOf(inner.among[:place] + inner.among[place + 1 :])
        if isinstance(condition, OnlyForReasons) and wrapped:
            yield place, replace(rule, criterion=OnlyForReasons(condition.reasons, fewer))
        else:
            yield place, replace(rule, criterion=fewer)


def goes_wrong(
    maimed: Dispositif, catalogue: Catalogue, gazetteer: Gazetteer, written: list[Example]
) -> bool:
    """Whether one of its examples comes out otherwise without that criterion."""
    check = CheckEligibility(replace(catalogue, dispositifs=(maimed,)), gazetteer)
    return any(fault_of(check, example) is not None for example in written)


def test_the_catalogue_holds_the_93_rows_of_the_index_and_no_other(catalogue: Catalogue) -> None:
    with INDEX.open(encoding="utf-8") as lines:
        rows = {row["id"]: row for row in csv.DictReader(lines, delimiter=";")}
    assert len(rows) == 93
    assert {dispositif.id for dispositif in catalogue.dispositifs} == set(rows)
    for dispositif in catalogue.dispositifs:
        row = rows[dispositif.id]
        found = (dispositif.cpts, dispositif.departement, dispositif.nature, dispositif.status.value)
        assert found == (row["cpts"], row["departement"], row["nature"], row["statut"]), dispositif.id
        assert (dispositif.source.document, str(dispositif.source.page)) == (row["source"], row["page"])


@pytest.mark.parametrize("part", ["rules", "accesses", "doubts", "advice"])
def test_everything_said_of_a_dispositif_has_a_source_with_its_page(catalogue: Catalogue, part: str) -> None:
    for dispositif in catalogue.dispositifs:
        for said in getattr(dispositif, part):
            assert said.source is not None, (dispositif.id, said)
            assert said.source.page is not None or said.source.document == "convention", (dispositif.id, said)
