"""A value shown in a field where somebody may be typing: what they type is not taken from under them."""

from __future__ import annotations

from osnp_console.ui.widgets.line_field import LineField


def show_text(field: LineField, value: str) -> None:
    """Show a value, unless the field says it already but for blanks at its ends."""
    if field.text().strip() != value:
        field.set_text(value)
