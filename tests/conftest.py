"""What holds for every test: a warning of Qt fails it, as any other warning does."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where the journeys keep their calls."""
    parser.addoption(
        "--base",
        choices=("fichier", "serveur"),
        help="the base of every journey: an encrypted file, or one on a PostgreSQL server; without it a file,"
        " and both for a few",
    )


def pytest_configure(config: pytest.Config) -> None:
    """The marks that tests/journeys reads."""
    config.addinivalue_line("markers", "both_bases: lived through on a file and on a server, always")
    config.addinivalue_line("markers", "file_only: about what only a base in a file has, or its own server")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Ask pytest-qt to fail on Qt's own warnings, where it is loaded."""
    if config.pluginmanager.hasplugin("pytest-qt"):
        for item in items:
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            # Said of windows by the platform that has no screen.
            item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support"))
