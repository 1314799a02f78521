"""Properties are tried with the same cases every time, against no clock, and leave nothing on the disk.

Run without pytest-qt (`-p no:pytest-qt`, as packaging/test.sh does), nothing here may load Qt, SQL or the
keyring: the tools of the outer rings are as good as not installed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

import pytest
from hypothesis import settings

settings.register_profile("unit", deadline=None, database=None, derandomize=True, print_blob=True)
settings.load_profile("unit")

ABSENT = frozenset({"PySide6", "alembic", "keyring", "reportlab", "requests", "sqlalchemy", "sqlcipher3"})


class Absent(MetaPathFinder):
    """Makes the tools of the outer rings as good as not installed."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Refuse a module of an absent package."""
        if fullname.partition(".")[0] in ABSENT:
            raise ModuleNotFoundError(f"{fullname} : absent des tests unitaires", name=fullname)
        return None


def pytest_configure(config: pytest.Config) -> None:
    """Without the plugin that needs Qt, Qt is refused to all."""
    if not config.pluginmanager.hasplugin("pytest-qt"):
        sys.meta_path.insert(0, Absent())
