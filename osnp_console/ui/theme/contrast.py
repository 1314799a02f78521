"""How far apart two colours are: for any eye (contrast) and for eyes that miss one kind of cone.

Sources: WCAG 2.x, relative luminance and contrast ratio; Machado, Oliveira and Fernandes 2009, matrices of
severity 1 (applied to linear light); CIE 1976 L*a*b* under D65, distance ΔE*ab (CIE76).
"""

from __future__ import annotations

from enum import Enum
from math import dist

Rgb = tuple[float, float, float]
_Matrix = tuple[Rgb, Rgb, Rgb]


class Deficiency(Enum):
    """The three kinds of colour-blindness, at full severity."""

    PROTANOPIA = (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    )
    DEUTERANOPIA = (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    )
    TRITANOPIA = (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    )


_TO_XYZ: _Matrix = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
# WCAG writes the middle row, luminance, with four digits.
_LUMINANCE: Rgb = (0.2126, 0.7152, 0.0722)
_D65 = (0.95047, 1.0, 1.08883)


def _linear(colour: str) -> Rgb:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return red, green, blue


def _times(matrix: _Matrix, colour: Rgb) -> Rgb:
    first, second, third = (sum(m * c for m, c in zip(row, colour, strict=True)) for row in matrix)
    return first, second, third


def contrast_ratio(first: str, second: str) -> float:
    """The WCAG contrast ratio of two colours (#RRGGBB), from 1 to 21."""
    darker, lighter = sorted(
        sum(weight * channel for weight, channel in zip(_LUMINANCE, _linear(colour), strict=True))
        for colour in (first, second)
    )
    return (lighter + 0.05) / (darker + 0.05)


def _lab(linear: Rgb) -> Rgb:
    def root(value: float) -> float:
        return float(value ** (1 / 3)) if value > (6 / 29) ** 3 else value / (3 * (6 / 29) ** 2) + 4 / 29

    x, y, z = (root(c / white) for c, white in zip(_times(_TO_XYZ, linear), _D65, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(first: str, second: str, seen_with: Deficiency | None = None) -> float:
    """ΔE (CIE76) between two colours (#RRGGBB), as seen by everybody or with one deficiency."""
    seen = []
    for colour in (first, second):
        linear = _linear(colour)
        if seen_with is not None:
            red, green, blue = (min(1.0, max(0.0, c)) for c in _times(seen_with.value, linear))
            linear = red, green, blue
        seen.append(_lab(linear))
    return dist(seen[0], seen[1])
