"""A type-ahead that shows a call again as it was left: the former value, and the text typed over it."""

from __future__ import annotations

from osnp_console.ui.widgets.type_ahead import TypeAhead


class ChoiceField(TypeAhead):
    """A type-ahead whose pending text may stand over a value that still counts."""

    @property
    def shown_value(self) -> str:
        """The settled value that counts, empty when there is none."""
        return self._value[0]

    def set_pending_over(self, text: str, value: str, annotation: str) -> None:
        """Show a text that was being typed when the call was left; Échap gives `value` back."""
        self.set_pending(text)
        self._value = (value, annotation)
        # Not left yet as far as this text is concerned: leaving it does what it would have done then.
        self._changed = True
