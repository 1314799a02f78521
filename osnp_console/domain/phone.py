"""Phone numbers as they are pasted, shown, dialled and searched. The only module that knows phonenumbers.

A number that is not valid is kept as it was said: a warning, never a refusal (contract). French numbers are
known by their form, not by the ranges open today: the interface speaks of form, and the numbers reserved
for fiction (06 39 98…) that examples use belong to no open range.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

SHORT_NUMBERS = frozenset({"15", "112", "114", "116117"})

MOBILE = "mobile"
LANDLINE = "fixe"
FOREIGN = "étranger"
SHORT = "court"
TO_CHECK = "à vérifier"
# Exact sentence of the interface's table of messages.
NOT_A_FRENCH_NUMBER = "Ce numéro n’a pas la forme d’un numéro français. Il est gardé tel quel."

_NARROW_SPACE = "\u202f"
_SEPARATOR = r"[\s.\-‐‒–—/()\u200b\u2060]"
# A time of day ("14 h") after a number is not part of it.
_RUN = re.compile(rf"(?<![0-9])(?:\+{_SEPARATOR}*)?[0-9](?:{_SEPARATOR}*[0-9])*(?![0-9]|\s?[hH]\b)")
_NATIONAL = re.compile(r"0[1-9][0-9]{8}")
# Numbers of care, of emergency and of helplines: the library holds only some of them.
_SHORT = re.compile(r"1[578]|11[2459]|19[167]|10[0-9]{2}|116[0-9]{3}|118[0-9]{3}|3[0-9]{3}")
_SHORT_AMONG_WORDS = 4
# Guadeloupe, La Réunion and Mayotte, Guyane, Martinique: ten digits at home, a country code of their own.
_OVERSEAS = {
    "0590": "590", "0690": "590", "0691": "590",
    "0262": "262", "0263": "262", "0269": "262", "0639": "262", "0692": "262", "0693": "262",
    "0594": "594", "0694": "594",
    "0596": "596", "0696": "596", "0697": "596",
}  # fmt: skip
_RESERVED_FOR_FICTION = "063998"


@dataclass(frozen=True, slots=True)
class PhoneRead:
    """What was typed as a phone number, and what it was read as.

    `text` is what was typed, untouched. `kind` is one of the constants of this module, empty for an empty
    text. `e164` is what to dial (a short number is itself), None when the text is no number. `shown` is the
    number in groups, or the text. `warning` is a French sentence; the text is kept whatever it says.
    """

    text: str
    e164: str | None
    kind: str
    shown: str
    warning: str | None


def read_phone(text: str) -> PhoneRead:
    """Read the first phone number of a text of any shape; never raises, never loses the text.

    French numbers, overseas départements included, are shown in pairs and others as abroad. A special rate
    number (08…) has the form of a French one but is to be checked: nobody is called back on it.
    """
    stripped = text.strip()
    if not stripped:
        return PhoneRead(text, None, "", "", None)
    runs = _runs(text)
    for run in runs:
        national = _national(run)
        if national is not None:
            return PhoneRead(text, _dialled(national), _kind(national), _in_pairs(national), None)
        abroad = _abroad(run)
        if abroad is not None:
            return PhoneRead(text, abroad[0], FOREIGN, abroad[1], None)
    short = len(runs) == 1 and _SHORT.fullmatch(runs[0]) is not None
    if short and (len(runs[0]) >= _SHORT_AMONG_WORDS or not any(map(str.isalpha, text))):
        return PhoneRead(text, runs[0], SHORT, _short_shown(runs[0]), None)
    return PhoneRead(text, None, TO_CHECK, stripped, NOT_A_FRENCH_NUMBER)


def phone_digits(text: str) -> str:
    """The digits by which numbers are searched: `+33 6 39` and `06 39` both give `0639`.

    A whole number gives the same digits whatever its shape; the beginning of one gives theirs. A number from
    abroad begins with `00`. Empty when the text holds no digit.
    """
    runs = _runs(text)
    for run in runs:
        national = _national(run)
        if national is not None:
            return national
    joined = "".join(runs)
    if not joined.startswith(("+", "00")):
        return joined.replace("+", "")
    digits = joined.replace("+", "").removeprefix("" if joined.startswith("+") else "00")
    for code in ("33", *sorted(set(_OVERSEAS.values()))):
        rest = digits.removeprefix(code)
        if rest != digits and (code == "33" or not rest or _is_overseas(rest, code)):
            return "0" + rest.removeprefix("0")
    return "00" + digits


def international(number: str) -> str | None:
    """`02 30 30 34 34` as `+33230303434`, a short number of care as itself; None when it is not a number.

    The numbering plan's library holds neither 15 nor 116 117 for a valid number: they are listed here.
    """
    bare = "".join(number.split())
    if bare in SHORT_NUMBERS:
        return bare
    import phonenumbers  # 30 ms: only when a number is read

    try:
        parsed = phonenumbers.parse(number, "FR")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _runs(text: str) -> list[str]:
    """The numbers of a text, each as digits, `+` before them where it was typed."""
    found = _RUN.findall(unicodedata.normalize("NFKC", text))
    return [("+" if run.startswith("+") else "") + re.sub(r"[^0-9]", "", run) for run in found]


def _national(run: str) -> str | None:
    """The ten digits of a French number; None for anything else."""
    if run.startswith(("+", "00")):
        digits = run[1:] if run.startswith("+") else run[2:]
        for code in ("33", "590", "262", "594", "596"):
            candidate = "0" + digits.removeprefix(code).removeprefix("0")
            home = digits.startswith(code) and _NATIONAL.fullmatch(candidate) is not None
            if home and (code == "33" or _OVERSEAS.get(candidate[:4]) == code):
                return candidate
        return None
    if len(run) == 20 and _NATIONAL.fullmatch(run[:10]) and _NATIONAL.fullmatch(run[10:]):
        return run[:10]
    for candidate in (run, "0" + run.removeprefix("33") if len(run) == 11 else "0" + run):
        if _NATIONAL.fullmatch(candidate):
            return candidate
    return None


def _is_overseas(rest: str, code: str) -> bool:
    """Whether some number of an overseas country code begins with these digits, its 0 typed or not."""
    start = ("0" + rest.removeprefix("0"))[:4]
    return any(prefix.startswith(start) for prefix, country in _OVERSEAS.items() if country == code)


def _dialled(national: str) -> str:
    fiction = national.startswith(_RESERVED_FOR_FICTION)
    return "+" + ("33" if fiction else _OVERSEAS.get(national[:4], "33")) + national[1:]


def _kind(national: str) -> str:
    if national[1] in "67":
        return MOBILE
    return TO_CHECK if national[1] == "8" else LANDLINE


def _in_pairs(national: str) -> str:
    return _NARROW_SPACE.join(national[start : start + 2] for start in range(0, 10, 2))


def _short_shown(number: str) -> str:
    if len(number) == 6:
        return f"{number[:3]}{_NARROW_SPACE}{number[3:]}"
    return f"{number[:2]}{_NARROW_SPACE}{number[2:]}" if len(number) == 4 else number


def _abroad(run: str) -> tuple[str, str] | None:
    """What to dial and what to show of a number from another country; None when it is none."""
    if not run.startswith(("+", "00")):
        return None
    import phonenumbers  # 30 ms: only for a number from abroad

    try:
        parsed = phonenumbers.parse("+" + run.removeprefix("+").removeprefix("00"), None)
    except phonenumbers.NumberParseException:
        return None
    if parsed.country_code == 33 or not phonenumbers.is_valid_number(parsed):
        return None
    shapes = phonenumbers.PhoneNumberFormat
    spaced = phonenumbers.format_number(parsed, shapes.INTERNATIONAL).replace(" ", _NARROW_SPACE)
    return phonenumbers.format_number(parsed, shapes.E164), spaced
