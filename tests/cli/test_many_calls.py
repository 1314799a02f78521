"""`eligibilite --lot`: many calls in one process, one answer a line."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.console import REDON, Console, by_id, call_with

INSTANT = "2026-11-24T10:00:00+01:00"


def line(instant: str | None = INSTANT, **changed: object) -> str:
    """One line of the batch."""
    return json.dumps({"instant": instant, "appel": json.loads(call_with(**changed))})


def test_a_line_is_answered_as_the_same_call_alone(console: Console) -> None:
    alone = console.judge(call_with(), "--instant", INSTANT)
    said = console.batch(line())
    assert said.status == 0
    assert said.out == alone.out


def test_answers_come_in_the_order_of_the_calls(console: Console) -> None:
    hours = [f"2026-11-24T{hour:02d}:00:00+01:00" for hour in (9, 23, 3, 12, 9)]
    assert [answer["instant"] for answer in console.batch(*map(line, hours)).lines()] == hours


def test_one_answers_state_never_leaks_into_the_next(console: Console) -> None:
    known, unknown = line(), json.dumps({"instant": INSTANT, "appel": {}})
    said = console.batch(unknown, known, unknown).lines()
    assert said[0] == said[2] != said[1]


def test_a_wrong_line_gets_its_refusal_and_stops_no_other(console: Console) -> None:
    said = console.batch(
        line(),
        "{",
        "[]",
        "3",
        '{"appel": {}, "appel": {}}',
        '{"appel": {}, "heure": 3}',
        "{}",
        '{"appel": null}',
        '{"appel": []}',
        '{"appel": {"patient": {"sexe": "X"}}}',
        '{"instant": "hier", "appel": {}}',
        '{"instant": 3, "appel": {}}',
        '{"instant": "0001-01-01", "appel": {}}',
        '{"appel": {"besoin": {"delai_heures": NaN}}}',
        "[" * 100_000,
        line(),
    )
    assert said.status == 0
    answers = said.lines()
    assert answers[0] == answers[-1]
    assert "dispositifs" in answers[0]
    found = []
    for answer in answers[1:-1]:
        error = answer["erreur"]
        assert isinstance(error, dict)
        found.append((error["code"], error.get("champ")))
    assert found == [
        ("json_invalide", None),
        ("valeur_invalide", None),
        ("valeur_invalide", None),
        ("json_invalide", None),
        ("champ_inconnu", "heure"),
        ("champ_manquant", "appel"),
        ("valeur_invalide", None),
        ("valeur_invalide", None),
        ("valeur_invalide", "patient.sexe"),
        ("valeur_invalide", "instant"),
        ("valeur_invalide", "instant"),
        ("valeur_invalide", "instant"),
        ("json_invalide", None),
        ("json_invalide", None),
    ]


def test_a_huge_number_in_one_line_stops_no_other(console: Console) -> None:
    said = console.batch('{"appel": {"patient": {"age_ans": ' + "9" * 5_000 + "}}}", line())
    assert said.status == 0
    first, second = said.lines()
    assert "erreur" in first
    assert "dispositifs" in second


def test_a_line_that_is_not_utf8_is_refused_without_a_traceback(console: Console) -> None:
    calls = line().encode() + b"\n\xff\xfe\n" + line().encode() + b"\n"
    said = console.process("eligibilite", "--lot", "-", "--json", "--dispositif", REDON, stdin=calls)
    assert "Traceback" not in said.err
    errors = [answer["erreur"] for answer in said.lines() if "erreur" in answer]
    assert len(errors) == 1
    assert isinstance(errors[0], dict)
    assert errors[0]["code"] == "json_invalide"


def test_empty_lines_are_no_calls(console: Console) -> None:
    said = console.batch("", line(), "   ", "", line(), "")
    assert said.status == 0
    assert len(said.lines()) == 2


def test_an_empty_batch_has_no_answer(console: Console) -> None:
    said = console.run("eligibilite", "--lot", "-", "--json", stdin="")
    assert (said.status, said.out, said.err) == (0, "", "")


def test_the_last_line_needs_no_line_ending(console: Console) -> None:
    said = console.run("eligibilite", "--lot", "-", "--json", stdin=line() + "\r\n" + line())
    assert len(said.lines()) == 2


def test_a_batch_can_be_a_file(console: Console, tmp_path: Path) -> None:
    file = tmp_path / "lot.jsonl"
    file.write_text(line() + "\n", encoding="utf-8")
    assert console.run("eligibilite", "--lot", str(file), "--json").out == console.batch(line()).out


def test_a_line_without_an_instant_is_judged_at_the_one_of_the_command_or_now(console: Console) -> None:
    call = '{"appel": {}}'
    assert console.batch(call).lines()[0]["instant"] == "2026-11-24T10:00:00+01:00"
    said = console.run("eligibilite", "--lot", "-", "--json", "--instant", "2026-12-25T08:00", stdin=call)
    assert said.lines()[0]["instant"] == "2026-12-25T08:00:00+01:00"


def test_a_naive_instant_is_the_time_of_paris(console: Console) -> None:
    said = console.batch(line("2026-07-14T10:00"), line("2026-03-29T02:30"))
    assert [answer["instant"] for answer in said.lines()] == [
        "2026-07-14T10:00:00+02:00",
        "2026-03-29T03:30:00+02:00",
    ]


def test_each_line_may_be_the_alarm(console: Console) -> None:
    first, second = console.batch(line(besoin__urgence_vitale=True), line()).lines()
    assert first["alerte"] is not None
    assert second["alerte"] is None
    assert by_id(first)[REDON]["verdict"] == "non_eligible"
    assert by_id(second)[REDON]["verdict"] == "eligible"


def test_the_filter_by_id_holds_for_every_line(console: Console) -> None:
    said = console.run(
        "eligibilite", "--lot", "-", "--json", "--dispositif", REDON, stdin=f"{line()}\n{line()}\n"
    )
    assert [list(by_id(answer)) for answer in said.lines()] == [[REDON], [REDON]]


def test_a_phone_that_is_not_valid_is_no_refusal_here_either(console: Console) -> None:
    said = console.batch(line(patient__telephone="12 34"))
    assert "dispositifs" in said.lines()[0]
    assert "12 34" not in said.out + said.err
