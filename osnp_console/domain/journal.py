"""The journal: who did what, when, at which desk, in a chain that shows what was removed or changed.

One chain a desk. A line holds identifiers, a kind and a salted hash of the facts it speaks of; the facts
lie apart and can be purged without breaking the chain. Each line's seal is a keyed hash over the line and
the seal before it; the last seal is kept apart (the head), so that a cut-off end shows.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

Facts = Mapping[str, object]

TAKEN, HELD, RESUMED, CLOSED, REOPENED = "appel_pris", "attente", "reprise", "cloture", "reouverture"
ANSWERED, CHECKED = "reponse", "checklist"
ALARM, ALARM_DROPPED, ALARM_SEEN = "alarme", "alarme_annulee", "alarme_vue"
CHANGED_ELSEWHERE, TAKEN_OVER = "changement_ailleurs", "appel_repris"
READ, MERGED, PURGED, RECOVERED = "lecture", "reunion", "purge", "reprise_apres_arret"
SEARCHED = "recherche"
PROPOSED, ASKED_FOR, BOOKED = "creneau_propose", "rdv_demande", "rdv_pris"
SLOT_TAKEN, BOOKING_UNKNOWN, BOOKING_REFUSED = "rdv_conflit", "rdv_inconnu", "rdv_refuse"
CANCELLED, FOLLOWED = "rdv_annule", "rdv_suivi"
SIGNED_IN, SIGNED_OUT, NOT_SIGNED_IN = "connexion", "deconnexion", "connexion_refusee"
LOCKED, UNLOCKED, HANDED_OVER = "verrouillage", "deverrouillage", "appel_remis"
ACCOUNT_MADE, ACCOUNT_CHANGED = "compte_cree", "compte_modifie"
AGENDA_CHANGED, SOURCE_CHANGED = "carnet_modifie", "source_modifiee"
CATALOGUE_CHANGED = "catalogue_modifie"
DIRECTORY_CHANGED, BASE_CARED_FOR, EXPORTED = "annuaire_modifie", "base_soignee", "export"
TRANSFERRED, WAITING, WAITING_READ = "transfert", "liste_attente", "liste_lue"
PRESCRIBED, PRESCRIPTIONS_READ, FINESS_SETTLED = "ordonnance", "ordonnances_lues", "finess_regle"
IDENTIFIED_AGAIN = "identification"
KINDS = frozenset(
    {
        TAKEN, HELD, RESUMED, CLOSED, REOPENED, ANSWERED, CHECKED, ALARM, ALARM_DROPPED, ALARM_SEEN,
        READ, MERGED, PURGED, RECOVERED, PROPOSED, ASKED_FOR, BOOKED, SLOT_TAKEN, BOOKING_UNKNOWN,
        BOOKING_REFUSED, CANCELLED, FOLLOWED, SIGNED_IN, SIGNED_OUT, NOT_SIGNED_IN, LOCKED, UNLOCKED,
        HANDED_OVER, ACCOUNT_MADE, ACCOUNT_CHANGED, AGENDA_CHANGED, SOURCE_CHANGED, DIRECTORY_CHANGED,
        BASE_CARED_FOR, EXPORTED, CHANGED_ELSEWHERE, TAKEN_OVER, CATALOGUE_CHANGED, SEARCHED, TRANSFERRED,
        WAITING, WAITING_READ, PRESCRIBED, PRESCRIPTIONS_READ, FINESS_SETTLED, IDENTIFIED_AGAIN,
    }
)  # fmt: skip
FIRST_SEAL = "0" * 64


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """Something that happened, before it is sealed. `facts` is JSON-able and may speak of a person.

    `person` is the account of whoever did it, None where nobody was signed in.
    """

    desk: str
    at: datetime
    kind: str
    call: str | None = None
    facts: Facts = field(default_factory=dict)
    person: str | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(self.kind)


@dataclass(frozen=True, slots=True)
class JournalLine:
    """A sealed line: `number` counts from 1 in the desk's chain; no facts, an empty `facts_hash`.

    `person` is the account of whoever did it, None where nobody was signed in.
    """

    desk: str
    number: int
    at: datetime
    kind: str
    call: str | None
    facts_hash: str
    seal: str
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a desk's chain, as kept apart."""

    desk: str
    number: int
    seal: str


@dataclass(frozen=True, slots=True)
class ChainFault:
    """What is wrong with a chain, at which line, in French."""

    desk: str
    number: int
    message: str


def canonical(facts: Facts) -> bytes:
    """The facts in the one spelling that is hashed."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def hash_facts(salt: bytes, facts: Facts) -> str:
    """The salted hash of facts: without the salt, nobody can try names against it."""
    return hmac.new(salt, canonical(facts), hashlib.sha256).hexdigest()


def seal_of(key: bytes, line: JournalLine, previous: str) -> str:
    """The seal of a line after the seal before it; the line's own `seal` is not read."""
    at = line.at.astimezone(UTC).isoformat(timespec="microseconds")
    content = [line.desk, line.number, at, line.kind, line.call, line.facts_hash, previous]
    if line.person is not None:
        # Only where there is one: lines sealed before there were accounts verify as they did.
        content.append(line.person)
    return hmac.new(key, json.dumps(content, ensure_ascii=False).encode(), hashlib.sha256).hexdigest()


def chain_faults(
    key: bytes, desk: str, lines: Iterable[JournalLine], head: Head | None
) -> Iterator[ChainFault]:
    """What is wrong with a desk's chain, `lines` in the order of their numbers.

    A removed, changed or reordered line breaks the chain where it stood; a cut-off end lacks the line that
    the head names. Lines after the head are those that a crash kept it from naming: they only have to
    continue the chain.
    """
    previous, expected, sealed_head = FIRST_SEAL, 1, FIRST_SEAL
    for line in lines:
        if line.number != expected:
            yield ChainFault(desk, expected, _missing(expected, line.number - 1))
            expected = line.number
        if not hmac.compare_digest(seal_of(key, line, previous), line.seal):
            yield ChainFault(desk, line.number, f"La ligne {line.number} du journal a été changée.")
        if head is not None and line.number == head.number:
            sealed_head = line.seal
        previous, expected = line.seal, expected + 1
    if head is None:
        if expected > 1:
            yield ChainFault(desk, 0, "Le repère de fin du journal manque.")
    elif head.number >= expected:
        yield ChainFault(desk, expected, _missing(expected, head.number))
    elif head.number > 0 and not hmac.compare_digest(sealed_head, head.seal):
        yield ChainFault(desk, head.number, f"La ligne {head.number} du journal n’est pas celle d’origine.")


def _missing(first: int, last: int) -> str:
    if first == last:
        return f"La ligne {first} du journal manque."
    return f"Les lignes {first} à {last} du journal manquent."
