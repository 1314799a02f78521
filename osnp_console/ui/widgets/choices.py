"""One answer among a few: what the segments and the combo show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from osnp_console.domain.call_sheet import ASKED
from osnp_console.ui.widgets.wording import NOT_ASKED, NOT_KNOWN


@dataclass(frozen=True, slots=True)
class Choice:
    """A possible answer.

    Attributes:
        value: what the answer is; ASKED for "asked, not known".
        text: what is written.
        letter: the key that gives this answer, upper case; none when empty.
        spoken: what a screen reader says where the text is shortened; the text when empty.
    """

    value: object
    text: str
    letter: str = ""
    spoken: str = ""


def index_of(choices: Sequence[Choice], answer: object) -> int:
    """Where an answer stands among the choices, -1 for None (not asked).

    Values are compared with their type, so that 1 is not True.

    Raises:
        ValueError: no choice has this value.
    """
    if answer is None:
        return -1
    for index, choice in enumerate(choices):
        if type(choice.value) is type(answer) and choice.value == answer:
            return index
    raise ValueError("cette réponse ne fait pas partie des choix")


def spoken_state(choices: Sequence[Choice], index: int) -> str:
    """The state as it is read aloud: `pas demandé`, `ne sait pas` or the chosen text."""
    if index < 0:
        return NOT_ASKED
    choice = choices[index]
    return NOT_KNOWN if choice.value is ASKED else choice.spoken or choice.text
