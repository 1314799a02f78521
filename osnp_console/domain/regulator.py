"""Who books at this desk, as the export of an appointment and the proof of regulation name them."""

from __future__ import annotations

import re
from dataclasses import dataclass

NOT_AN_ADDRESS = "Une adresse de messagerie s’écrit nom@domaine.fr\u202f: à relire."
NOT_AN_IDENTIFIER = (
    "Un identifiant national n’a que des lettres, des chiffres, «\u202f/\u202f» et «\u202f-\u202f»."
)
# Shape only: whether the address exists is nobody's to say but the server's.
_ADDRESS = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\".]+(?:\.[^\s@<>,;\".]+)+")
_IDENTIFIER = re.compile(r"[0-9A-Za-z/\-]{3,64}", re.ASCII)
_RPPS = re.compile(r"1[0-9]{10}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Regulator:
    """Who books. Empty is not said.

    Name, first name and e-mail are what an RS-SAS-RDV message requires of them; `identifier` is their
    national one (IDNPS), optional (SAS protocol note, section 11.2).
    """

    name: str = ""
    first_name: str = ""
    email: str = ""
    identifier: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether a message can name them: only the identifier may lack."""
        return bool(self.name and self.first_name and self.email)


NOBODY = Regulator()


def email_fault(text: str) -> str | None:
    """What is wrong with the shape of an e-mail address, in French; None for a good one and for none."""
    bare = text.strip()
    return None if not bare or _ADDRESS.fullmatch(bare) else NOT_AN_ADDRESS


def read_identifier(text: str) -> str:
    """A national identifier as messages write it: without blanks, an RPPS with its prefix `8`.

    The rest is kept as it is: account identifiers hold a slash (SAS protocol note, section 7).
    """
    bare = "".join(text.split())
    return f"8{bare}" if _RPPS.fullmatch(bare) else bare


def identifier_fault(text: str) -> str | None:
    """What is wrong with the shape of a national identifier, in French; None for a good one and for none."""
    bare = read_identifier(text)
    return None if not bare or _IDENTIFIER.fullmatch(bare) else NOT_AN_IDENTIFIER
