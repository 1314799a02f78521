"""What each role may do: one table, read by every use case and by the window."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum

OSNP, SECRETARY, DOCTOR = "osnp", "telesecretariat", "medecin_regulateur"
REFERENT, ADMINISTRATOR = "referent", "administrateur"

ACCOUNT_ROLES: Mapping[str, str] = {
    OSNP: "OSNP",
    SECRETARY: "télésecrétariat",
    DOCTOR: "médecin régulateur",
    REFERENT: "référent",
    ADMINISTRATOR: "administrateur",
}
"""The roles an account can have, with their names, in the order they are shown."""


class Act(Enum):
    """Something a person asks for; the value is its name in documents."""

    TAKE_CALL = "prendre_un_appel"
    READ_CALLS = "relire_les_appels"
    BOOK = "reserver"
    CANCEL = "annuler"
    SEE_AGENDA = "voir_le_carnet"
    EDIT_AGENDA = "modifier_le_carnet"
    DECLARE_SOURCES = "declarer_les_agendas"
    EDIT_DIRECTORY = "modifier_l_annuaire"
    EDIT_CATALOGUE = "modifier_le_catalogue"
    PREPARE_PRESCRIPTION = "preparer_une_ordonnance"
    VALIDATE_PRESCRIPTION = "valider_une_ordonnance"
    SEND_PRESCRIPTION = "transmettre_une_ordonnance"
    SETTLE_FINESS = "regler_un_finess"
    SETTLE_PAPERS = "regler_les_papiers"
    EDIT_NURSES = "modifier_les_infirmiers"
    TRANSFER = "transferer"
    MANAGE_ACCOUNTS = "gerer_les_comptes"
    CARE_FOR_BASE = "soigner_la_base"
    EXPORT = "exporter"


_ON_CALLS = frozenset({OSNP, SECRETARY, DOCTOR})
_ON_RULES = frozenset({REFERENT, ADMINISTRATOR})

MAY: Mapping[Act, frozenset[str]] = {
    Act.TAKE_CALL: _ON_CALLS,
    Act.READ_CALLS: _ON_CALLS,
    Act.BOOK: _ON_CALLS,
    Act.CANCEL: _ON_CALLS,
    Act.SEE_AGENDA: _ON_CALLS | _ON_RULES,
    Act.EDIT_AGENDA: frozenset({SECRETARY}) | _ON_RULES,
    Act.DECLARE_SOURCES: _ON_RULES,
    Act.EDIT_DIRECTORY: _ON_RULES,
    Act.EDIT_CATALOGUE: _ON_RULES,
    Act.PREPARE_PRESCRIPTION: _ON_CALLS,
    Act.VALIDATE_PRESCRIPTION: frozenset({DOCTOR}),
    Act.SEND_PRESCRIPTION: _ON_CALLS,
    Act.SETTLE_FINESS: frozenset({ADMINISTRATOR}),
    Act.SETTLE_PAPERS: frozenset({ADMINISTRATOR}),
    Act.EDIT_NURSES: _ON_RULES,
    Act.TRANSFER: _ON_CALLS,
    Act.MANAGE_ACCOUNTS: frozenset({ADMINISTRATOR}),
    Act.CARE_FOR_BASE: frozenset({ADMINISTRATOR}),
    Act.EXPORT: _ON_RULES,
}
"""Who may do what. Whoever keeps rules, agendas and accounts does not thereby see patients' records."""

_ONLY: Mapping[Act, str] = {
    Act.TAKE_CALL: "prendre un appel",
    Act.READ_CALLS: "relire les appels",
    Act.BOOK: "réserver",
    Act.CANCEL: "annuler un rendez-vous",
    Act.SEE_AGENDA: "voir le carnet",
    Act.EDIT_AGENDA: "modifier le carnet",
    Act.DECLARE_SOURCES: "déclarer un agenda et ses secrets",
    Act.EDIT_DIRECTORY: "modifier l’annuaire",
    Act.EDIT_CATALOGUE: "modifier le catalogue du site",
    Act.PREPARE_PRESCRIPTION: "préparer une ordonnance",
    Act.VALIDATE_PRESCRIPTION: "valider une ordonnance",
    Act.SEND_PRESCRIPTION: "imprimer ou transmettre une ordonnance",
    Act.SETTLE_FINESS: "régler le FINESS d’un dispositif",
    Act.SETTLE_PAPERS: "régler l’en-tête et les médecins des ordonnances",
    Act.EDIT_NURSES: "modifier l’annuaire des infirmiers",
    Act.TRANSFER: "transférer un appel",
    Act.MANAGE_ACCOUNTS: "gérer les comptes",
    Act.CARE_FOR_BASE: "copier, vérifier ou restaurer la base, ou en changer",
    Act.EXPORT: "exporter",
}
_SAID: Mapping[Act, str] = {
    # The interface's own sentence (interface, §10).
    Act.VALIDATE_PRESCRIPTION: "Seul un médecin valide une ordonnance.",
}


def may(roles: Iterable[str], act: Act) -> bool:
    """Whether somebody with these roles may do it."""
    return not MAY[act].isdisjoint(roles)


def allowed(roles: Iterable[str]) -> frozenset[Act]:
    """All that somebody with these roles may do."""
    held = frozenset(roles)
    return frozenset(act for act in Act if may(held, act))


def who_may(act: Act) -> str:
    """The sentence of a refusal, naming who may."""
    said = _SAID.get(act)
    if said is not None:
        return said
    names = [f"un {ACCOUNT_ROLES[role]}" for role in ACCOUNT_ROLES if role in MAY[act]]
    if len(names) == 1:
        return f"Seul {names[0]} peut {_ONLY[act]}."
    return f"Seuls {', '.join(names[:-1])} et {names[-1]} peuvent {_ONLY[act]}."


def role_names(roles: Iterable[str]) -> str:
    """Roles as shown: `OSNP, administrateur`."""
    held = frozenset(roles)
    return ", ".join(name for role, name in ACCOUNT_ROLES.items() if role in held)
