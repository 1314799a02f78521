"""What this desk has settled, as it is now, and kept at each change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from osnp_console.app.ports import StoreFailure
from osnp_console.app.preferences import PreferenceKeeper, Preferences


class PreferencesInUse:
    """The preferences of the running console: `now` is what everybody reads.

    At a first start nothing is kept until the base is made: kept settings would say that this desk had one.
    """

    def __init__(self, keeper: PreferenceKeeper, not_kept: Callable[[str], None]) -> None:
        """`not_kept` hears, as a sentence, why they could not be kept."""
        self._keeper = keeper
        self._not_kept = not_kept
        self.now: Preferences = keeper.load()
        self._waits_for_the_base = keeper.first

    def change(self, preferences: Preferences) -> Preferences:
        """Take other ones and keep them; returns those before. What is remembered of the screens stays."""
        before, self.now = self.now, replace(preferences, layouts=self.now.layouts)
        self.keep()
        return before

    def lay_out(self, screens: str, what: Mapping[str, object]) -> None:
        """Remember something about the window on these screens; kept with the next `keep`."""
        layouts = dict(self.now.layouts)
        layouts[screens] = {**layouts.get(screens, {}), **what}
        self.now = replace(self.now, layouts=layouts)

    def base_is_there(self) -> bool:
        """From now on they are kept; True when this ends the first start."""
        if not self._waits_for_the_base:
            return False
        self._waits_for_the_base = False
        self.keep()
        return True

    def keep(self) -> None:
        """Keep them as they are."""
        if self._waits_for_the_base:
            return
        try:
            self._keeper.save(self.now)
        except StoreFailure as failure:
            self._not_kept(failure.message)
