from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from osnp_console.app.sources.agendas import SlotQuery, SourceFailure
from osnp_console.connectors.registry import CONNECTORS
from osnp_console.domain.slots.answers import SourceState
from osnp_console.domain.slots.slot import Slot
from osnp_console.domain.slots.source import AgendaSource, SourceKind
from tests.connectors.asked import QUERY, params_of, read, requests_of
from tests.connectors.misbehaving_server import Asked, Line, MisbehavingServer, Reply, answering
from tests.connectors.searchsets import bundle, party, searchset, slot, written

GOOD = Reply(searchset())


def many(count: int) -> tuple[str, ...]:
    return tuple(f"1000{number:07d}" for number in range(count))


def declare(address: str) -> AgendaSource:
    return AgendaSource("sas", SourceKind.SAS_FHIR, "SAS", url=address, practitioners=many(1))


def asking(practitioners: tuple[str, ...]) -> SlotQuery:
    return replace(QUERY, practitioners=practitioners)


def identifiers(asked: Asked) -> list[str]:
    return dict(params_of(asked))["schedule.actor:Practitioner.identifier"].split(",")


def test_the_request_is_that_of_the_national_platform() -> None:
    (asked,) = requests_of(declare, asking(("10002673899", "10002909371")), GOOD)
    assert asked.target == (
        "/fhir/Slot?_include=Slot:schedule&_include:iterate=Schedule:actor"
        "&start=ge2026-11-24T09:00:00.000%2B01:00&start=le2026-11-26T09:00:00.000%2B01:00"
        "&schedule.actor:Practitioner.identifier="
        "urn:oid:1.2.250.1.71.4.2.1%7C810002673899,urn:oid:1.2.250.1.71.4.2.1%7C810002909371"
        "&status=free"
        "&_include=Slot:service-type-reference&_include:iterate=HealthcareService:organization"
    )
    assert asked.method == "GET"
    assert asked.headers["accept"] == (
        "application/fhir+json, application/json+fhir;q=0.9, application/json;q=0.8"
    )
    assert asked.body == b""


def test_an_editor_that_refuses_the_includes_of_cpts_is_asked_without() -> None:
    (asked,) = requests_of(lambda address: replace(declare(address), options={"cpts": False}), QUERY, GOOD)
    values = [value for name, value in params_of(asked) if name.startswith("_include")]
    assert values == ["Slot:schedule", "Schedule:actor"]


@pytest.mark.parametrize(("count", "batches"), [(1, [1]), (25, [25]), (26, [25, 1]), (60, [25, 25, 10])])
def test_at_most_twenty_five_practitioners_go_in_one_request(count: int, batches: list[int]) -> None:
    asked = requests_of(declare, asking(many(count)), GOOD)
    assert sorted(len(identifiers(one)) for one in asked) == sorted(batches)
    everyone = [token for one in asked for token in identifiers(one)]
    assert sorted(everyone) == sorted(f"urn:oid:1.2.250.1.71.4.2.1|8{number}" for number in many(count))


def test_an_adeli_number_has_its_own_prefix_and_nobody_is_asked_for_twice() -> None:
    (asked,) = requests_of(declare, asking(("359912345", "359912345")), GOOD)
    assert identifiers(asked) == ["urn:oid:1.2.250.1.71.4.2.1|0359912345"]


def test_without_a_practitioner_in_the_query_those_of_the_declaration_are_asked_for() -> None:
    (asked,) = requests_of(declare, QUERY, GOOD)
    assert identifiers(asked) == [f"urn:oid:1.2.250.1.71.4.2.1|8{many(1)[0]}"]


def test_nobody_to_ask_for_is_a_failure_not_an_empty_agenda() -> None:
    with MisbehavingServer(answering(GOOD)) as server:
        with pytest.raises(SourceFailure) as raised:
            read(replace(declare(server.address), practitioners=()))
        assert server.asked == []
    assert raised.value.state is SourceState.FAILED


def test_batches_are_asked_at_the_same_time() -> None:
    together = threading.Barrier(3)

    def behave(line: Line, asked: Asked) -> None:
        # Nobody is answered before all three requests are there.
        together.wait(30)
        answering(GOOD)(line, asked)

    with MisbehavingServer(behave) as server:
        # The same three slots in all three answers are three slots.
        assert read(declare(server.address), asking(many(60))).read == 3


def test_slots_of_the_other_batches_are_kept_when_one_fails() -> None:
    def behave(line: Line, asked: Asked) -> None:
        fails = any(token.endswith(many(30)[29]) for token in identifiers(asked))
        answering(Reply(b"", None, 503) if fails else GOOD)(line, asked)

    slots: list[Slot] = []
    with MisbehavingServer(behave) as server, pytest.raises(SourceFailure) as raised:
        read(declare(server.address), asking(many(30)), slots=slots)
    assert (raised.value.state, len(slots)) == (SourceState.FAILED, 3)


def test_slots_of_the_other_batches_are_kept_when_one_is_late() -> None:
    def behave(line: Line, asked: Asked) -> None:
        if any(token.endswith(many(30)[29]) for token in identifiers(asked)):
            line.release.wait()
        answering(GOOD)(line, asked)

    slots: list[Slot] = []
    with MisbehavingServer(behave) as server, pytest.raises(SourceFailure) as raised:
        read(declare(server.address), asking(many(30)), 1.0, slots)
    assert (raised.value.state, len(slots)) == (SourceState.LATE, 3)


def test_of_several_failures_the_refusal_is_told() -> None:
    def behave(line: Line, asked: Asked) -> None:
        answering(Reply(b"", None, 401 if len(identifiers(asked)) == 25 else 500))(line, asked)

    with MisbehavingServer(behave) as server, pytest.raises(SourceFailure) as raised:
        read(declare(server.address), asking(many(30)))
    assert raised.value.state is SourceState.REFUSED


def page(number: int, following: str | None) -> Reply:
    links = [{"relation": "self", "url": "x"}]
    links += [{"relation": "next", "url": following}] if following is not None else []
    return Reply(written(bundle([slot(number), *party()], link=links)))


@pytest.mark.parametrize("absolute", [True, False])
def test_the_next_pages_of_the_same_server_are_read(absolute: bool) -> None:
    def behave(line: Line, asked: Asked) -> None:
        base = server.address if absolute else ""
        if "suite=1" in asked.target:
            return answering(page(1, f"{base}?suite=2"))(line, asked)
        if "suite=2" in asked.target:
            return answering(page(2, None))(line, asked)
        return answering(page(0, f"{base}?suite=1"))(line, asked)

    with MisbehavingServer(behave) as server:
        assert read(declare(server.address)).read == 3


def test_a_next_page_elsewhere_is_not_asked_for_and_the_answer_is_not_complete() -> None:
    slots: list[Slot] = []
    with MisbehavingServer(answering(GOOD)) as elsewhere:
        leading_away = answering(page(0, elsewhere.address))
        with MisbehavingServer(leading_away) as server, pytest.raises(SourceFailure) as raised:
            read(declare(server.address), slots=slots)
        assert elsewhere.asked == []
    assert (raised.value.state, len(slots)) == (SourceState.FAILED, 1)


def test_pages_that_lead_back_to_themselves_end() -> None:
    with MisbehavingServer(answering(page(0, "?encore"))) as server:
        with pytest.raises(SourceFailure, match="suite sans fin"):
            read(declare(server.address))
        assert len(server.asked) == 2


def test_pages_without_end_end() -> None:
    def behave(line: Line, asked: Asked) -> None:
        answering(page(0, f"?page={len(server.asked)}"))(line, asked)

    with MisbehavingServer(behave) as server:
        with pytest.raises(SourceFailure, match="suite sans fin"):
            read(declare(server.address))
        assert len(server.asked) == 20


@pytest.mark.parametrize(
    "kind",
    ["application/fhir+json;charset=UTF-8", "application/json+fhir", "application/json", "text/json", None],
)
def test_any_name_of_json_is_read(kind: str | None) -> None:
    with MisbehavingServer(answering(replace(GOOD, content_type=kind))) as server:
        assert read(declare(server.address)).read == 3


def test_booking_pages_are_opened_on_the_hosts_of_the_declaration_else_on_its_own() -> None:
    hosts = CONNECTORS[SourceKind.SAS_FHIR].hosts
    source = declare("https://fhir.exemple.fr/fhir")
    assert tuple(hosts(source)) == ("fhir.exemple.fr",)
    assert tuple(hosts(replace(source, options={"hotes": ["rdv.exemple.fr"]}))) == ("rdv.exemple.fr",)
