"""Which passwords an account may have: long ones, and none that everybody tries first."""

from __future__ import annotations

import unicodedata

SHORTEST, LONGEST = 12, 128
TOO_SHORT = f"Un mot de passe a au moins {SHORTEST} caractères\u202f: plusieurs mots, faciles à retenir."
TOO_LONG = f"Un mot de passe a au plus {LONGEST} caractères."
TOO_USUAL = "Ce mot de passe est de ceux que l’on essaie en premier\u202f: en choisir un autre."
TOO_CLOSE = "Ce mot de passe contient le nom ou l’identifiant\u202f: en choisir un autre."
SAME_AGAIN = "C’est le mot de passe actuel\u202f: en choisir un autre."

# Compared without digits, signs, capitals and accents: `Motdepasse2026!` is the first of them.
_REFUSED = frozenset(
    {
        "motdepasse", "motdepassemotdepasse", "monmotdepasse", "password", "passwordpassword", "passeword",
        "azerty", "azertyuiop", "azertyazerty", "azertyuiopqsdfgh", "qwerty", "qwertyuiop", "qsdfghjklm",
        "abcdefghijkl", "abcdefghijklm", "administrateur", "administrator", "adminadmin", "bienvenue",
        "bonjour", "bonjourbonjour", "changezmoi", "chocolat", "doudou", "iloveyou", "jetaime", "letmein",
        "loulou", "medecinregulateur", "nantes", "osnp", "osnpconsole", "osnposnp", "phrasedepasse",
        "regulation", "samu", "sas", "secret", "secretariat", "soleil", "telesecretariat", "urgence",
        "urgences", "utilisateur", "welcome",
    }
)  # fmt: skip
_RUNS = (
    "01234567890123456789",
    "98765432109876543210",
    "abcdefghijklmnopqrstuvwxyz",
    "azertyuiopqsdfghjklmwxcvbn",
)


def password_fault(password: str, identifier: str = "", name: str = "") -> str | None:
    """What is wrong with a password, in French; None for a good one.

    The rule is length (12 characters at least, any of them) and a short list; no classes of characters.
    """
    if len(password) < SHORTEST:
        return TOO_SHORT
    if len(password) > LONGEST:
        return TOO_LONG
    folded = _folded(password)
    letters = "".join(letter for letter in folded if letter.isalpha())
    if letters in _REFUSED or len(set(folded)) < 4 or any(folded in run for run in _RUNS):
        return TOO_USUAL
    own = {part for part in (_folded(identifier), *map(_folded, name.split())) if len(part) >= 5}
    rest = letters
    for part in own:
        rest = rest.replace("".join(letter for letter in part if letter.isalpha()), "")
    # Only a password that is little more than the name: a long phrase may well hold it.
    return TOO_CLOSE if own and len(rest) < 6 and rest != letters else None


def normal(password: str) -> bytes:
    """The bytes that are hashed: the same letters composed another way are the same password."""
    return unicodedata.normalize("NFC", password).encode()


def _folded(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in bare if letter.isalnum())
