"""What the frame decides without Qt: the arrangement of the panels, the widths, the shortcuts."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.ui.frame.reflow import (
    CHECKLIST_LEAST,
    INTAKE_LEAST,
    SLOTS_LEAST,
    Arrangement,
    arrangement,
    first_widths,
    two_widths,
)
from osnp_console.ui.frame.shortcuts import SHORTCUTS, Act, shortcut


@pytest.mark.parametrize(
    ("width", "scale", "expected"),
    [
        (1366, 1.0, Arrangement.THREE_COLUMNS),
        (1920, 1.5, Arrangement.THREE_COLUMNS),
        (1366, 1.5, Arrangement.TWO_COLUMNS),
        (1920, 2.0, Arrangement.TWO_COLUMNS),
        (1366, 2.0, Arrangement.ONE_COLUMN),
        (1024, 1.0, Arrangement.TWO_COLUMNS),
    ],
)
def test_width_counts_in_letters_not_in_pixels(width: int, scale: float, expected: Arrangement) -> None:
    assert arrangement(width, scale) is expected


@given(st.integers(1132, 4000))
def test_no_column_starts_under_the_least_it_needs_and_nothing_is_left_over(body: int) -> None:
    widths = first_widths(body, 1.0)
    assert all(
        one >= least for one, least in zip(widths, (INTAKE_LEAST, CHECKLIST_LEAST, SLOTS_LEAST), strict=True)
    )
    assert body - 3 <= sum(widths) <= body


@given(st.integers(700, 4000))
def test_with_two_columns_the_form_has_its_ease_unless_the_other_one_lacks_room(body: int) -> None:
    form, other = two_widths(body, 1.0)
    assert form + other == body
    assert INTAKE_LEAST <= form <= 384
    assert other >= CHECKLIST_LEAST or form == INTAKE_LEAST


def test_every_act_has_one_shortcut_and_no_key_does_two_things() -> None:
    keys = [key for one in SHORTCUTS for key in one.keys]
    assert len(keys) == len(set(keys))
    assert {one.act for one in SHORTCUTS} == set(Act)
    assert shortcut(Act.NEW_CALL).keys == ("F2",)


def test_no_shortcut_is_a_letter_that_a_text_field_would_take() -> None:
    for one in SHORTCUTS:
        for key in one.keys:
            assert re.fullmatch(r"(Ctrl|Alt|Shift)\+.+|F\d{1,2}", key), key


def test_keys_that_belong_to_the_system_or_to_text_fields_are_left_alone() -> None:
    owned = {f"Ctrl+{letter}" for letter in "ACVXYZDEKU"}
    forbidden = owned | {"F10", "Shift+F10", "Alt+F4", "Alt+Space", "Ctrl+Shift+U", "Ins"}
    keys = {key for one in SHORTCUTS for key in one.keys}
    assert not keys & forbidden
    assert not [key for key in keys if "Ctrl+Alt" in key or re.search(r"\+\d$", key)]
