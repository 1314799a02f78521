"""The log holds codes of events; nothing that was typed ever reaches it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from osnp_console.desk.logs import close_log, open_log

NAME = "QUATREMERE"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """An open log."""
    handler = open_log(tmp_path / "etat")
    yield tmp_path / "etat" / "console.log"
    close_log(handler)


def test_a_code_is_written_with_its_time_and_place(log: Path) -> None:
    logging.getLogger("osnp_console.storage.store").warning("repere_non_ecrit")
    (line,) = log.read_text().splitlines()
    assert line.endswith("WARNING osnp_console.storage.store repere_non_ecrit")
    assert log.stat().st_mode & 0o077 == 0


def test_a_message_that_is_no_code_is_not_written(log: Path) -> None:
    logger = logging.getLogger("osnp_console.app")
    logger.error("appel de %s", NAME)
    logger.error(f"appel de {NAME} à Pipriac")
    logging.getLogger("une.bibliotheque").error("bonjour")
    assert log.read_text() == ""


def test_of_an_exception_only_its_kind_and_its_place_are_written(log: Path) -> None:
    try:
        try:
            raise KeyError(NAME)
        except KeyError as error:
            raise ValueError(f"{NAME} illisible") from error
    except ValueError:
        logging.getLogger("osnp_console.ui").exception("erreur_inattendue")
    text = log.read_text()
    assert NAME not in text
    assert "ValueError test_logs.py:" in text
    assert "KeyError test_logs.py:" in text
