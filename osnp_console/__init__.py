"""OSNP Console: judges the dispositifs of unscheduled care for a call, and what follows from it.

Lives here: the version and the application's name, written nowhere else.
"""

__version__ = "2026.11.0"
APPLICATION = "osnp-console"
