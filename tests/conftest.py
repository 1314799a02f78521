"""What holds for every test: a warning of Qt fails it, as any other warning does."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Ask pytest-qt to fail on Qt's own warnings, where it is loaded."""
    if config.pluginmanager.hasplugin("pytest-qt"):
        for item in items:
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            # Said of windows by the platform that has no screen.
            item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support"))
