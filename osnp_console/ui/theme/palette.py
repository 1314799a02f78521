"""The two palettes: a colour for each role, written nowhere else in the interface."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """One colour (#RRGGBB) a role.

    Backgrounds come first, then the ink that goes on them; `on_x` is the ink on a surface filled with `x`,
    `x_tint` a pale surface that belongs to `x`.
    """

    window: str
    chrome: str
    panel: str
    raised: str
    field: str
    selection: str
    line: str
    border: str
    text: str
    muted: str
    accent: str
    focus: str
    on_accent: str
    accent_tint: str
    eligible: str
    on_eligible: str
    eligible_tint: str
    verify: str
    verify_tint: str
    refused: str
    off: str
    alarm: str
    alarm_solid: str
    on_alarm: str
    disabled: str


LIGHT = Palette(
    window="#E8ECF0",
    chrome="#D9E0E7",
    panel="#FFFFFF",
    raised="#F4F6F8",
    field="#FFFFFF",
    selection="#DDEAF7",
    line="#C6CFD8",
    border="#6F7B88",
    text="#16202A",
    muted="#4F5B68",
    accent="#0B5796",
    focus="#0B5796",
    on_accent="#FFFFFF",
    accent_tint="#E2EDF8",
    eligible="#00594C",
    on_eligible="#FFFFFF",
    eligible_tint="#DCF1EC",
    verify="#855200",
    verify_tint="#FFF3D6",
    refused="#656E79",
    off="#656E79",
    alarm="#9C0B20",
    alarm_solid="#B3122A",
    on_alarm="#FFFFFF",
    disabled="#8A94A0",
)

DARK = Palette(
    window="#12171D",
    chrome="#0B0F14",
    panel="#1B222A",
    raised="#232C35",
    field="#141A20",
    selection="#24435F",
    line="#37424E",
    border="#8692A0",
    text="#E7ECF1",
    muted="#AAB5C0",
    accent="#7CBDF5",
    focus="#9ACDFA",
    on_accent="#06233D",
    accent_tint="#1B3348",
    eligible="#68E3C1",
    on_eligible="#03261E",
    eligible_tint="#133A32",
    verify="#F3C35B",
    verify_tint="#3B3013",
    refused="#9AA4AF",
    off="#9AA4AF",
    alarm="#FF858E",
    alarm_solid="#D2354A",
    on_alarm="#FFFFFF",
    disabled="#6E7985",
)
