"""What somebody typed in a form that could not be kept yet: it outlives the panels, which a theme remakes."""

from __future__ import annotations

from collections.abc import Callable


class Unfinished:
    """Values by form and by key. Never a secret."""

    def __init__(self) -> None:
        self._held: dict[str, dict[str, object]] = {}
        self._listeners: list[Callable[[], None]] = []

    def listen(self, changed: Callable[[], None]) -> None:
        """Let `changed` be called whenever something is typed, kept elsewhere or given up."""
        self._listeners.append(changed)

    def hold(self, form: str, key: str, value: object) -> None:
        """Remember what is typed there, in place of what was."""
        self._held.setdefault(form, {})[key] = value
        self._tell()

    def drop(self, form: str, key: str) -> None:
        """Forget it: it is kept elsewhere now, or given up."""
        if self._held.get(form, {}).pop(key, None) is not None:
            self._tell()

    def held(self, form: str) -> dict[str, object]:
        """What is typed in the forms of that name, by key, in the order it was first typed."""
        return dict(self._held.get(form, {}))

    def _tell(self) -> None:
        for changed in self._listeners:
            changed()
