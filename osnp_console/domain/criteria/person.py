"""Conditions on the person: age, sex, pregnancy."""

from __future__ import annotations

from dataclasses import dataclass

from osnp_console.domain import facts
from osnp_console.domain.call import Call
from osnp_console.domain.criteria.base import NOT_ASKED, Finding, Moment, not_known
from osnp_console.domain.dates import completed_years
from osnp_console.domain.states import State, met_if


@dataclass(frozen=True, slots=True)
class AgeWithin:
    """Completed years between two bounds, both included; a bound that is None does not count."""

    minimum: int | None = None
    maximum: int | None = None

    @property
    def facts(self) -> tuple[str, ...]:
        """Birth date, else age in years."""
        return (facts.BIRTH, facts.AGE)

    @property
    def label(self) -> str:
        """The bounds in words."""
        if self.minimum is None:
            return f"Moins de {(self.maximum or 0) + 1} {_years((self.maximum or 0) + 1)}"
        if self.maximum is None:
            return f"À partir de {self.minimum} ans"
        return f"De {self.minimum} à {self.maximum} ans"

    def judge(self, call: Call, moment: Moment) -> Finding:
        """Unknown while the youngest and the oldest possible age fall on different sides."""
        ages = possible_ages(call, moment)
        if ages is None:
            return Finding(State.UNKNOWN, NOT_ASKED, facts.BIRTH, (facts.BIRTH, facts.AGE))
        youngest, oldest = ages
        inside = (self._holds(youngest), self._holds(oldest))
        fact = facts.BIRTH if call.date(facts.BIRTH) is not None else facts.AGE
        if youngest == oldest or all(inside) or self._misses(youngest, oldest):
            return Finding(met_if(inside[0] and inside[1]), f"{oldest} {_years(oldest)}", fact)
        text = f"Entre {youngest} et {oldest} ans : date à préciser"
        return Finding(State.UNKNOWN, text, facts.BIRTH, (facts.BIRTH, facts.AGE))

    def _holds(self, age: int) -> bool:
        return (self.minimum is None or age >= self.minimum) and (self.maximum is None or age <= self.maximum)

    def _misses(self, youngest: int, oldest: int) -> bool:
        below = self.minimum is not None and oldest < self.minimum
        return below or (self.maximum is not None and youngest > self.maximum)


def possible_ages(call: Call, moment: Moment) -> tuple[int, int] | None:
    """Youngest and oldest age the person can have, in completed years; None when nothing is known.

    A birth date of which only the year is known leaves an age that was given as it is.
    """
    born, age = call.date(facts.BIRTH), call.number(facts.AGE)
    if born is None:
        return None if age is None else (age, age)
    youngest = max(0, completed_years(born.last, moment.day))
    oldest = max(0, completed_years(born.first, moment.day))
    return (age, age) if age is not None and youngest <= age <= oldest else (youngest, oldest)


def _years(count: int) -> str:
    return "an" if count < 2 else "ans"


@dataclass(frozen=True, slots=True)
class SexIs:
    """The recorded sex is the one the dispositif is for; I (indeterminate) leaves it unknown."""

    value: str

    @property
    def facts(self) -> tuple[str, ...]:
        """The sex."""
        return (facts.SEX,)

    @property
    def label(self) -> str:
        """Whom the dispositif is for."""
        return "Femme" if self.value == "F" else "Homme"

    def judge(self, call: Call, moment: Moment) -> Finding:
        """Met by the same letter."""
        sex = call.text(facts.SEX)
        if sex is None:
            return not_known(facts.SEX)
        if sex == "I":
            return Finding(State.UNKNOWN, "Sexe indéterminé : à voir avec le dispositif", facts.SEX)
        return Finding(met_if(sex == self.value), "Femme" if sex == "F" else "Homme", facts.SEX)


@dataclass(frozen=True, slots=True)
class PregnancyIs:
    """The person is (or is not) pregnant; a man is not, without asking."""

    value: bool = True

    @property
    def facts(self) -> tuple[str, ...]:
        """Pregnancy, and the sex that may answer it."""
        return (facts.PREGNANT, facts.SEX)

    @property
    def label(self) -> str:
        """The condition."""
        return "Enceinte" if self.value else "Pas enceinte"

    def judge(self, call: Call, moment: Moment) -> Finding:
        """Settled by the answer, else by a recorded sex M."""
        pregnant = call.truth(facts.PREGNANT)
        if call.text(facts.SEX) == "M":
            return Finding(met_if(not self.value), "Homme", facts.SEX)
        if pregnant is None:
            settling = (facts.PREGNANT,) if facts.SEX in call.known else (facts.PREGNANT, facts.SEX)
            return Finding(State.UNKNOWN, NOT_ASKED, facts.PREGNANT, settling)
        return Finding(
            met_if(pregnant is self.value), "Enceinte" if pregnant else "Pas enceinte", facts.PREGNANT
        )
