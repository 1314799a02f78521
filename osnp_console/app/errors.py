"""The errors that cross rings, each with the sentence a user can act on."""

from __future__ import annotations


class Refusal(Exception):
    """Something the user can mend.

    `code` is one of the contract's, `field` a dotted path where there is one.
    """

    def __init__(self, code: str, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field


class ResourceUnreadable(Exception):
    """A file of the program or of the site's layer is missing, damaged or of another make."""
