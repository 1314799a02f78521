"""The desk's own right to refer: a list of referrers given by a source is closed."""

from __future__ import annotations

from dataclasses import dataclass

from osnp_console.domain import facts
from osnp_console.domain.call import Call
from osnp_console.domain.criteria.base import Finding, Moment
from osnp_console.domain.roles import NAMES, SAS_ROLES, also_counts_as
from osnp_console.domain.states import State


@dataclass(frozen=True, slots=True)
class MayRefer:
    """The desk is one of the referrers that the source names.

    `sas`: départements whose SAS may refer; `sas_announced`: those announced for later. `roles` may
    refer without condition, `members` only when the desk works for `cpts`, `announced` later,
    `conditional` (role, fact) when that further fact is true.
    """

    cpts: str
    sas: frozenset[str] = frozenset()
    sas_announced: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    members: frozenset[str] = frozenset()
    announced: frozenset[str] = frozenset()
    conditional: tuple[tuple[str, str], ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """The desk's role, SAS and CPTS, and the conditions' facts."""
        return (facts.ROLE, facts.SAS, facts.DESK_CPTS, *(fact for _, fact in self.conditional))

    @property
    def label(self) -> str:
        """The condition."""
        return "Ce poste peut y adresser"

    def judge(self, call: Call, moment: Moment) -> Finding:
        """The best of the desk's titles: met, else unknown (announced, to be confirmed), else unmet."""
        role = call.text(facts.ROLE)
        if role is None:
            return Finding(State.UNKNOWN, "Le rôle de ce poste n’est pas connu", facts.ROLE)
        findings = [finding for title in also_counts_as(role) for finding in self._titles(title, call)]
        for finding in findings:
            if finding.state is State.MET:
                return finding
        unknown = [finding for finding in findings if finding.state is State.UNKNOWN]
        if unknown:
            missing = tuple(fact for finding in unknown for fact in finding.missing)
            return Finding(State.UNKNOWN, unknown[0].text, unknown[0].fact, missing)
        refused = f"Ce dispositif n’est pas ouvert à ce poste ({NAMES[role]})."
        return Finding(State.UNMET, refused, facts.SAS if role in SAS_ROLES and self.sas else facts.ROLE)

    def _titles(self, role: str, call: Call) -> list[Finding]:
        found = []
        if role in self.roles:
            found.append(Finding(State.MET, f"Adresseur nommé par la source : {NAMES[role]}", facts.ROLE))
        if role in SAS_ROLES:
            found.append(self._as_sas(call.text(facts.SAS)))
        if role in self.members:
            found.append(self._as_member(call))
        if role in self.announced:
            found.append(Finding(State.UNKNOWN, "Droit annoncé, date non connue", facts.ROLE))
        found.extend(self._under_condition(fact, call) for title, fact in self.conditional if title == role)
        return found

    def _as_sas(self, sas: str | None) -> Finding:
        if sas is None:
            open_at_all = bool(self.sas or self.sas_announced)
            state = State.UNKNOWN if open_at_all else State.UNMET
            return Finding(state, "Le SAS de ce poste n’est pas connu", facts.SAS)
        if sas in self.sas:
            return Finding(State.MET, f"Ouvert au SAS {sas}", facts.SAS)
        if sas in self.sas_announced:
            return Finding(State.UNKNOWN, f"Annoncé pour le SAS {sas}, date non connue", facts.SAS)
        return Finding(State.UNMET, f"Pas ouvert au SAS {sas}", facts.SAS)

    def _as_member(self, call: Call) -> Finding:
        works_for = call.texts(facts.DESK_CPTS)
        if not works_for:
            return Finding(
                State.UNKNOWN, "Réservé aux adresseurs du territoire : à confirmer", facts.DESK_CPTS
            )
        if self.cpts in works_for:
            return Finding(State.MET, "Adresseur du territoire", facts.DESK_CPTS)
        return Finding(State.UNMET, "Réservé aux adresseurs du territoire", facts.DESK_CPTS)

    def _under_condition(self, fact: str, call: Call) -> Finding:
        holds = call.truth(fact)
        if holds is None:
            return Finding(State.UNKNOWN, "Droit sous condition : à confirmer", fact, (fact,))
        return Finding(
            State.MET if holds else State.UNMET,
            "Condition remplie" if holds else "Condition non remplie",
            fact,
        )


@dataclass(frozen=True, slots=True)
class ReferralNotSaid:
    """The source says nothing of who refers: the criterion does not count (contract, `adressage`)."""

    @property
    def facts(self) -> tuple[str, ...]:
        """None."""
        return ()

    @property
    def label(self) -> str:
        """The condition."""
        return "Ce poste peut y adresser"

    def judge(self, call: Call, moment: Moment) -> Finding:
        """Never counts."""
        return Finding(State.NOT_APPLICABLE, "La source ne dit pas qui adresse")
