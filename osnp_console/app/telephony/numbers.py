"""What is dialled of a number that is shown: E.164, a short number as it is, the digits of an inside line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from osnp_console.domain.phone import phone_digits, read_phone

FRANCE = "+33"
_SEPARATOR = r"[ .\-\u00a0\u202f]"
_EXTENSION = re.compile(r"[1-9][0-9]{0,5}")
_EMERGENCY = re.compile(r"1[0-9]{1,2}")


@dataclass(frozen=True, slots=True)
class NumberToDial:
    """A number as a telephone takes it.

    `digits` is what is dialled: `+33230303434`, `116117`, `00230303434` behind a switchboard that 0 leaves.
    `is_inside` is true of what only the switchboard understands: an extension, its prefix with a number.
    """

    digits: str
    is_inside: bool = False

    @property
    def is_global(self) -> bool:
        """Whether it means the same subscriber from anywhere (RFC 3966, section 5.1.4)."""
        return self.digits.startswith("+")

    @property
    def is_short(self) -> bool:
        """Whether it is a short number of the French plan, dialled alike from any French line."""
        return not self.is_global and not self.is_inside


def number_to_dial(text: str, outside_prefix: str = "") -> NumberToDial | None:
    """What is dialled for a number of any shape; None when the text holds no number to dial.

    Without a prefix a number is dialled as E.164. Behind `outside_prefix`, which leaves the switchboard, it
    is dialled as from a French line: ten digits, or `00` and the country. Emergency numbers (15, 112…) never
    take the prefix: a switchboard lets them through as they are. Up to six digits that are no number of the
    French plan are an extension of the switchboard, dialled as they stand; a number cut short is not.
    """
    read = read_phone(text)
    if read.e164 is None:
        bare = re.sub(_SEPARATOR, "", text.strip())
        return NumberToDial(bare, is_inside=True) if _EXTENSION.fullmatch(bare) else None
    if not outside_prefix or _EMERGENCY.fullmatch(read.e164):
        return NumberToDial(read.e164)
    national = phone_digits(read.e164) if read.e164.startswith("+") else read.e164
    return NumberToDial(outside_prefix + national, is_inside=True)


def tel_uri(number: NumberToDial) -> str:
    """`tel:+33230303434`; a short number says whose plan it belongs to (RFC 3966, section 5.1.5).

    What only the switchboard understands goes without a context: the RFC wants its domain, which a desk that
    dials by `tel:` does not know.
    """
    return f"tel:{number.digits};phone-context={FRANCE}" if number.is_short else f"tel:{number.digits}"


def sip_uri(number: NumberToDial, domain: str) -> str:
    """`sip:+33230303434@domain;user=phone` (RFC 3261, section 19.1.6); short numbers and extensions bare."""
    return f"sip:{number.digits}@{domain}" + (";user=phone" if number.is_global else "")
