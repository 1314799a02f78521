"""The port of the telephone: who dials, and how it ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from osnp_console.app.sources.agendas import Deadline
from osnp_console.app.telephony.numbers import NumberToDial, number_to_dial
from osnp_console.app.telephony.settings import Telephony, telephony_faults

DIAL_SECONDS = 5.0
"""How long a telephony server may take to say that it dials."""
# Exact sentence of the interface's table of messages.
NO_PHONE = "Aucun téléphone n’est relié à ce poste. Numéro copié."
BY_HAND = "Numéro copié\u202f: le composer sur le téléphone."
HANDED_OVER = "Numéro remis au téléphone du poste."
LATE = (
    "Le serveur de téléphonie n’a pas répondu à temps\u202f: on ne sait pas s’il appelle. "
    "Regarder le téléphone avant de rappeler."
)
NOT_A_NUMBER = "Ce n’est pas un numéro à composer. Il est copié tel quel."
NOT_SET = " Numéro copié\u202f; voir Réglages, Téléphonie."


class Outcome(Enum):
    """Whether the call was put through to what dials."""

    SENT = "lance"
    NOT_SENT = "non_lance"
    UNKNOWN = "inconnu"


@dataclass(frozen=True, slots=True)
class Dialled:
    """How dialling ended; `sentence` is French, whole, and holds no number, no address, no secret.

    SENT says that what dials took the number, never that anybody answered: that is the operator's to say.
    """

    outcome: Outcome
    sentence: str


def sent(sentence: str) -> Dialled:
    """What dials took the number."""
    return Dialled(Outcome.SENT, sentence)


def not_sent(sentence: str) -> Dialled:
    """Nothing was dialled for sure."""
    return Dialled(Outcome.NOT_SENT, sentence)


def unknown(sentence: str) -> Dialled:
    """It may be dialling: the operator listens before dialling again."""
    return Dialled(Outcome.UNKNOWN, sentence)


class Dialler(Protocol):
    """Something that dials. An absent, refusing or silent telephone is an outcome, never an exception."""

    def dial(self, number: NumberToDial, then: Callable[[Dialled], None]) -> None:
        """Return at once; `then` is called once, on the thread that called, when the outcome is known."""


class ClickToDial(Protocol):
    """A telephony server that dials for the desk."""

    def __call__(
        self, telephony: Telephony, secret: str | None, number: NumberToDial, deadline: Deadline
    ) -> Dialled:
        """Ask it to dial; answers by the deadline whatever happens there. Not for the window's thread."""


def ready_to_dial(text: str, telephony: Telephony) -> NumberToDial | Dialled:
    """The number to dial by this telephone, or the outcome where it cannot be: nothing is sent then."""
    number = number_to_dial(text, telephony.outside_prefix)
    if number is None:
        return not_sent(NOT_A_NUMBER)
    fault = next(iter(telephony_faults(telephony).values()), None)
    return number if fault is None else not_sent(fault + NOT_SET)
