"""An error that nobody expected: logged by its kind, and said on screen."""

from __future__ import annotations

import logging
import sys

import pytest

from osnp_console.bootstrap.application import UNEXPECTED, last_resort


def raised(error: BaseException) -> None:
    """What Python does with an error that nothing caught."""
    sys.excepthook(type(error), error, error.__traceback__)


def test_an_unexpected_error_is_said_to_whoever_is_at_the_desk(caplog: pytest.LogCaptureFixture) -> None:
    said: list[str] = []
    with caplog.at_level(logging.CRITICAL), last_resort(said.append):
        raised(ValueError("Exemple"))
    assert said == [UNEXPECTED]
    assert [record.message for record in caplog.records] == ["erreur_imprevue"]


def test_what_was_there_before_hears_of_errors_again_once_the_window_is_closed() -> None:
    before = sys.excepthook
    said: list[str] = []
    with last_resort(said.append):
        assert sys.excepthook is not before
    assert sys.excepthook is before
    assert said == []
