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


class StoreFailure(Exception):
    """The store cannot do what was asked: its sentence says what happened and what is kept.

    `code` is one of the contract's (`base_verrouillee`, `base_plus_recente`, `base_endommagee`, `disque`,
    `reseau`, `conflit`, `interdit`, `introuvable`), or `cle` for a key that is lost or wrong. `is_cut` says
    that nothing more is known than that the link is lost or slow, which passes by itself: most of `reseau`.
    """

    is_cut = False

    def __init__(self, code: str, message: str, *, is_cut: bool | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.is_cut = code == "reseau" if is_cut is None else is_cut


class Forbidden(Refusal, StoreFailure):
    """Something that whoever acts may not do (`interdit`); the sentence names who may.

    It stops a use case wherever it is found out, in the store's thread too: whoever tells the failures of
    the store tells this one as well.
    """

    def __init__(self, message: str) -> None:
        Exception.__init__(self, message)
        self.code = "interdit"
        self.message = message
        self.field = None


class ResourceUnreadable(Exception):
    """A file of the program or of the site's layer is missing, damaged or of another make."""
