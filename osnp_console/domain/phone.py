"""French phone numbers, in one shape. The only module that knows phonenumbers.

A number that is not valid is kept as it was said: a warning, never a refusal (contract).
"""

from __future__ import annotations

SHORT_NUMBERS = frozenset({"15", "112", "114", "116117"})


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
