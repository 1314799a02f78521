"""The theme keeps the promises made about its colours, and gives sizes, fonts and marks at every scale."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QFontDatabase, QFontInfo, QFontMetrics, QPalette, QRawFont
from PySide6.QtWidgets import QApplication

import osnp_console.ui
from osnp_console.ui.theme.contrast import Deficiency, contrast_ratio, distance
from osnp_console.ui.theme.fonts import FAMILY
from osnp_console.ui.theme.marks import marks_folder
from osnp_console.ui.theme.palette import DARK, LIGHT, Palette
from osnp_console.ui.theme.theme import Theme

PALETTES = [pytest.param(LIGHT, id="clair"), pytest.param(DARK, id="sombre")]
TEXT_ROLES = ("text", "muted", "accent", "eligible", "verify", "alarm")
INK_ON_SURFACE = (
    ("on_accent", "accent"),
    ("on_eligible", "eligible"),
    ("on_alarm", "alarm_solid"),
    ("accent", "accent_tint"),
    ("eligible", "eligible_tint"),
    ("verify", "verify_tint"),
    ("text", "accent_tint"),
    ("text", "verify_tint"),
    ("muted", "accent_tint"),
    ("text", "field"),
    ("muted", "field"),
    ("text", "raised"),
    ("muted", "raised"),
)
# The ratios announced for the two palettes: (ink, ground, light, dark).
ANNOUNCED = (
    ("border", "panel", 4.3, 5.1),
    ("border", "window", 3.6, 5.7),
    ("border", "selection", 3.5, 3.2),
    ("text", "panel", 16.5, 13.5),
    ("text", "window", 13.9, 15.2),
    ("text", "selection", 13.5, 8.6),
    ("muted", "panel", 6.9, 7.7),
    ("muted", "window", 5.8, 8.6),
    ("muted", "selection", 5.7, 4.9),
    ("accent", "panel", 7.5, 8.0),
    ("accent", "window", 6.3, 9.0),
    ("accent", "selection", 6.1, 5.1),
    ("on_accent", "accent", 7.5, 7.9),
    ("accent", "accent_tint", 6.3, 6.5),
    ("eligible", "panel", 8.3, 10.2),
    ("eligible", "window", 7.0, 11.4),
    ("eligible", "selection", 6.8, 6.5),
    ("on_eligible", "eligible", 8.3, 10.3),
    ("verify", "panel", 6.6, 9.8),
    ("verify", "window", 5.5, 11.0),
    ("verify", "selection", 5.4, 6.2),
    ("verify", "verify_tint", 5.9, 7.9),
    ("refused", "panel", 5.2, 6.3),
    ("alarm", "panel", 8.5, 6.9),
    ("alarm", "window", 7.1, 7.7),
    ("on_alarm", "alarm_solid", 6.9, 4.8),
    ("alarm_solid", "panel", 6.9, 3.3),
    ("disabled", "panel", 3.1, 3.6),
)


@pytest.mark.parametrize(("ink", "ground", "light", "dark"), ANNOUNCED)
def test_each_announced_contrast_is_reached_within_a_tenth(
    ink: str, ground: str, light: float, dark: float
) -> None:
    assert contrast_ratio(getattr(LIGHT, ink), getattr(LIGHT, ground)) == pytest.approx(light, abs=0.1)
    assert contrast_ratio(getattr(DARK, ink), getattr(DARK, ground)) == pytest.approx(dark, abs=0.1)


@pytest.mark.parametrize("palette", PALETTES)
def test_text_reads_at_four_and_a_half_to_one_wherever_it_stands(palette: Palette) -> None:
    for role in TEXT_ROLES:
        assert contrast_ratio(getattr(palette, role), palette.panel) >= 4.5, role
        assert contrast_ratio(getattr(palette, role), palette.window) >= 4.5, role
    for role in ("text", "muted", "accent", "eligible", "verify"):
        assert contrast_ratio(getattr(palette, role), palette.selection) >= 4.5, role
    for role in ("refused", "off"):
        assert contrast_ratio(getattr(palette, role), palette.panel) >= 4.5, role
        assert contrast_ratio(getattr(palette, role), palette.raised) >= 4.5, role
    for ink, surface in INK_ON_SURFACE:
        assert contrast_ratio(getattr(palette, ink), getattr(palette, surface)) >= 4.5, (ink, surface)


@pytest.mark.parametrize("palette", PALETTES)
def test_the_edges_of_controls_and_the_focus_ring_reach_three_to_one(palette: Palette) -> None:
    for ground in (palette.panel, palette.window, palette.selection, palette.field, palette.raised):
        assert contrast_ratio(palette.border, ground) >= 3
        assert contrast_ratio(palette.focus, ground) >= 3


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("deficiency", Deficiency)
def test_verdicts_stay_apart_for_a_colour_blind_eye(palette: Palette, deficiency: Deficiency) -> None:
    assert distance(palette.eligible, palette.verify, deficiency) >= 15
    assert distance(palette.eligible, palette.refused, deficiency) >= 15
    assert distance(palette.verify, palette.refused, deficiency) >= 39 - 0.05


def test_the_known_confusions_are_still_those_that_shapes_make_up_for() -> None:
    assert round(distance(LIGHT.eligible, LIGHT.accent, Deficiency.TRITANOPIA)) == 10
    assert round(distance(LIGHT.verify, LIGHT.alarm, Deficiency.DEUTERANOPIA)) == 13
    assert round(distance(DARK.refused, DARK.alarm, Deficiency.PROTANOPIA)) == 14


def test_black_and_white_are_as_far_apart_as_colours_can_be() -> None:
    assert contrast_ratio("#000000", "#FFFFFF") == pytest.approx(21)
    assert distance("#000000", "#FFFFFF") == pytest.approx(100, abs=0.01)
    assert distance("#123456", "#123456", Deficiency.PROTANOPIA) == 0


def test_no_colour_is_written_in_hexadecimal_outside_the_theme() -> None:
    root = Path(osnp_console.ui.__file__).parent
    sources = [file for file in root.rglob("*.py") if file.parent != root / "theme"]
    guilty = [
        str(file.relative_to(root))
        for file in sources
        if re.search(r"""["']#[0-9A-Fa-f]{3,8}\b""", file.read_text(encoding="utf-8"))
    ]
    assert sources
    assert not guilty


def test_the_bundled_font_is_the_one_used_and_holds_what_french_needs(theme: Theme) -> None:
    assert FAMILY in QFontDatabase.families()
    assert QFontInfo(theme.font()).family() == FAMILY
    assert QFontInfo(theme.font(bold=True)).bold()
    for font in (theme.font(), theme.font(bold=True)):
        raw = QRawFont.fromFont(font)
        assert all(raw.supportsCharacter(ord(character)) for character in "éàùçœŒ’«»…–·°€\u202f")
    metrics = QFontMetrics(theme.font())
    widths = {metrics.horizontalAdvance(digit) for digit in "0123456789"}
    assert len(widths) == 1, "digits line up in columns"


def test_nothing_is_written_smaller_than_eight_and_a_half_points(theme: Theme) -> None:
    assert theme.font(6).pointSizeF() == 8.5
    assert theme.font(9).pointSizeF() == 9
    assert Theme.of(dark=False, scale=2.0).font(10).pointSizeF() == 20


def test_sizes_follow_the_text_scale_and_a_hairline_never_vanishes(qapp: QApplication) -> None:
    assert [Theme.of(dark=False, scale=scale).px(28) for scale in (1.0, 1.1, 1.5, 2.0)] == [28, 31, 42, 56]
    assert Theme.of(dark=False).px(0.4) == 1
    assert Theme.of(dark=False).px(0) == 0


def test_an_unknown_role_or_mark_is_an_error_not_a_blank(theme: Theme) -> None:
    with pytest.raises(AttributeError):
        theme.color("teal")
    with pytest.raises(FileNotFoundError):
        theme.mark("no-such-mark", "text")


@pytest.mark.parametrize("file", sorted(marks_folder().glob("*.svg")), ids=lambda file: file.stem)
def test_each_mark_is_drawn_in_the_colour_asked_for_and_in_no_other(theme: Theme, file: Path) -> None:
    root = ElementTree.fromstring(file.read_text(encoding="utf-8"))
    assert root.attrib["viewBox"] == "0 0 16 16"
    image = theme.mark(file.stem, "verify").toImage()
    expected = theme.color("verify")
    solid = [
        colour
        for x in range(image.width())
        for y in range(image.height())
        if (colour := image.pixelColor(x, y)).alpha() > 250
    ]
    drawn = sum(image.pixelColor(x, y).alpha() > 0 for x in range(16) for y in range(16))
    assert drawn >= 8
    assert all(abs(colour.red() - expected.red()) <= 3 for colour in solid)
    assert all(abs(colour.blue() - expected.blue()) <= 3 for colour in solid)


def test_a_mark_is_drawn_once_and_grows_with_the_text(theme: Theme) -> None:
    assert theme.mark("eligible", "eligible").cacheKey() == theme.mark("eligible", "eligible").cacheKey()
    large = Theme.of(dark=True, scale=2.0).mark("eligible", "eligible", 14)
    assert large.deviceIndependentSize().width() == 28


def test_the_eligible_tick_is_cut_out_of_its_disc(theme: Theme) -> None:
    image = theme.mark("eligible", "eligible", 64).toImage()
    assert image.pixelColor(28, 40).alpha() < 60, "inside the tick"
    assert image.pixelColor(32, 14).alpha() == 255, "inside the disc"


@pytest.mark.parametrize("dark", [False, True])
def test_the_whole_program_takes_the_palette(qapp: QApplication, dark: bool) -> None:
    theme = Theme.of(dark=dark)
    theme.apply(qapp)
    assert qapp.palette().color(QPalette.ColorRole.Window) == theme.color("window")
    disabled = qapp.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled == theme.color("disabled")
    assert qapp.font().family() == FAMILY
    pictures = re.findall(r'url\("([^"]+)"\)', qapp.styleSheet())
    assert pictures
    assert all(Path(picture).is_file() for picture in pictures)
