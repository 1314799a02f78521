"""The values a criterion and a dispositif can take; "not known" is one of them, never a "no"."""

from __future__ import annotations

from enum import Enum


class State(Enum):
    """What is established of one criterion (`criteres[].etat` of the contract)."""

    MET = "oui"
    UNMET = "non"
    UNKNOWN = "inconnu"
    NOT_APPLICABLE = "sans_objet"


class Verdict(Enum):
    """What a dispositif answers for a call, strongest first (`verdict` of the contract)."""

    OUT_OF_SERVICE = "hors_service"
    NOT_ELIGIBLE = "non_eligible"
    TO_CHECK = "a_verifier"
    ELIGIBLE = "eligible"


def met_if(condition: bool) -> State:
    """MET or UNMET, for a condition all of whose facts are known."""
    return State.MET if condition else State.UNMET
