"""Properties are tried with the same cases every time, against no clock, and leave nothing on the disk."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("unit", deadline=None, database=None, derandomize=True, print_blob=True)
settings.load_profile("unit")
