"""Which doctor prescribes: those the site named, those who did before, whoever is signed in."""

from __future__ import annotations

from collections.abc import Iterable

from osnp_console.domain.commune import fold
from osnp_console.domain.prescription.content import Prescriber
from osnp_console.domain.prescription.prescription import Prescription

_TITLES = frozenset({"dr", "docteur", "docteure", "pr", "professeur"})
NOT_YOU = "Le prescripteur n’est pas la personne connectée\u202f: choisir le médecin, ou confirmer."


def doctor_called(account: str, listed: Iterable[Prescriber]) -> Prescriber:
    """The doctor of an account's shown name: the listed one who bears it, else that name without a number.

    A number is never made up: it is typed once, and then known from the prescription.
    """
    words = [word for word in account.split() if fold(word).strip(".") not in _TITLES]
    for one in listed:
        if bears_name(one, account):
            return one
    capitals = [word for word in words if word.isupper() and len(word.strip(".")) > 1]
    names = capitals or words[-1:]
    first = [word for word in words if word not in names]
    return Prescriber(" ".join(names).upper(), " ".join(first))


def bears_name(prescriber: Prescriber, account: str) -> bool:
    """Whether an account's shown name may be that doctor's: it has every word of their name."""
    words = set(fold(account).split())
    name = fold(prescriber.name).split()
    return bool(name) and all(word in words for word in name)


def doctors_known(named: Iterable[Prescriber], seen: Iterable[Prescription]) -> tuple[Prescriber, ...]:
    """Those the site named, then those of prescriptions with their number, each once, by name."""
    found = dict.fromkeys(one for one in named if one.name.strip())
    bearing = {(fold(one.name), fold(one.first_name)) for one in found}
    latest = sorted(seen, key=lambda one: one.made_at, reverse=True)
    for prescription in latest:
        one = prescription.content.prescriber
        who = (fold(one.name), fold(one.first_name))
        if one.name.strip() and prescription.number is not None and who not in bearing:
            bearing.add(who)
            found[one] = None
    return tuple(sorted(found, key=lambda one: (fold(one.name), fold(one.first_name))))
