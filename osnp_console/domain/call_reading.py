"""Reads `appel.json` (contract, "The call") into facts, refusing what it cannot mean.

A field that is absent or null is not known. An unknown field, a value of another kind or outside its
list is refused with the field's path, so that it can be mended where it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from osnp_console.domain import facts
from osnp_console.domain.call import AT_HOME, Call
from osnp_console.domain.commune import Commune
from osnp_console.domain.criteria.usual_care import STATUSES
from osnp_console.domain.dates import PartialDate
from osnp_console.domain.roles import ROLES

OLDEST_BIRTH_YEAR = 1900
OLDEST_AGE = 130
LONGEST_DELAY_HOURS = 24 * 366
_DEPARTEMENT = re.compile(r"0[1-9]|[1345678][0-9]|2[1-9AB]|9[0-5]|97[1-8]|98[678]")


class CallRefused(ValueError):
    """A field of the call cannot be read. `code` is one of the contract's, `field` its dotted path."""

    def __init__(self, code: str, message: str, field: str | None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The closed lists a call refers to: offers, reasons, further facts, CPTS, and communes by code."""

    offers: frozenset[str]
    reasons: frozenset[str]
    answers: frozenset[str]
    cpts: frozenset[str]
    living: Callable[[str], Commune | None]


Reader = Callable[[object, str, Vocabulary], object | None]


def _refuse(field: str, message: str) -> CallRefused:
    return CallRefused("valeur_invalide", message, field)


def _truth(value: object, field: str, words: Vocabulary) -> object:
    if isinstance(value, bool):
        return value
    raise _refuse(field, "Une réponse par oui ou par non (true, false ou null) est attendue.")


def _text(value: object, field: str, words: Vocabulary) -> object:
    if isinstance(value, str):
        return value
    raise _refuse(field, "Un texte est attendu.")


def _ignored_text(value: object, field: str, words: Vocabulary) -> object | None:
    _text(value, field, words)
    return None


def _ignored_truth(value: object, field: str, words: Vocabulary) -> object | None:
    _truth(value, field, words)
    return None


def _whole(limit: int) -> Reader:
    def read(value: object, field: str, words: Vocabulary) -> object:
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= limit:
            return value
        raise _refuse(field, f"Un nombre entier de 0 à {limit} est attendu.")

    return read


def _among(choices: Callable[[Vocabulary], frozenset[str]], kept: bool = True) -> Reader:
    def read(value: object, field: str, words: Vocabulary) -> object | None:
        allowed = choices(words)
        if not isinstance(value, str) or value not in allowed:
            shown = ", ".join(sorted(allowed)) if len(allowed) <= 15 else "voir la liste du catalogue"
            raise _refuse(field, f"Valeur inconnue ; valeurs possibles : {shown}.")
        return value if kept else None

    return read


def _one_of(*choices: str, kept: bool = True) -> Reader:
    allowed = frozenset(choices)
    return _among(lambda words: allowed, kept)


def _date(value: object, field: str, words: Vocabulary) -> PartialDate:
    if isinstance(value, str):
        try:
            return PartialDate.parse(value)
        except ValueError:
            pass
    raise _refuse(field, "Cette date n’existe pas : AAAA-MM-JJ attendu (ou AAAA-MM, AAAA).")


def _birth(value: object, field: str, words: Vocabulary) -> PartialDate:
    born = _date(value, field, words)
    if born.last.year < OLDEST_BIRTH_YEAR:
        raise _refuse(field, "Avant 1900 : à relire avec l’appelant.")
    return born


def _commune(value: object, field: str, words: Vocabulary) -> Commune:
    commune = words.living(value) if isinstance(value, str) else None
    if commune is None:
        raise _refuse(field, "Aucune commune ne porte ce code INSEE (texte de cinq caractères).")
    return commune


def _present_place(value: object, field: str, words: Vocabulary) -> object:
    return AT_HOME if value == AT_HOME else _commune(value, field, words)


def _departement(value: object, field: str, words: Vocabulary) -> object:
    if isinstance(value, str) and _DEPARTEMENT.fullmatch(value.upper()):
        return value.upper()
    raise _refuse(field, "Un code de département est attendu (« 44 », « 2A »).")


def _cpts(value: object, field: str, words: Vocabulary) -> object:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise _refuse(field, "Une liste de noms de CPTS est attendue.")
    for name in value:
        if name not in words.cpts:
            raise _refuse(field, "CPTS inconnue du catalogue et du site : son nom exact est attendu.")
    return tuple(value)


_READERS: Mapping[str, Reader] = {
    facts.ROLE: _among(lambda words: ROLES),
    facts.SAS: _departement,
    facts.DESK_CPTS: _cpts,
    "appelant.lien": _one_of("patient", "proche", "professionnel", "autre", kept=False),
    "appelant.telephone": _ignored_text,
    "patient.nom_naissance": _ignored_text,
    "patient.prenoms": _ignored_text,
    facts.SEX: _one_of("F", "M", "I"),
    facts.BIRTH: _birth,
    facts.AGE: _whole(OLDEST_AGE),
    facts.PREGNANT: _truth,
    facts.RESIDENCE: _commune,
    facts.PRESENT_PLACE: _present_place,
    "patient.telephone": _ignored_text,
    facts.OFFER: _among(lambda words: words.offers),
    facts.REASON: _among(lambda words: words.reasons),
    facts.DELAY: _whole(LONGEST_DELAY_HOURS),
    facts.VITAL_EMERGENCY: _truth,
    facts.TECHNICAL_PLATFORM: _truth,
    facts.PRESCRIPTION: _truth,
    facts.ONSET: _date,
    facts.REGULAR_DOCTOR: _among(lambda words: STATUSES),
    "medecin_traitant.contacte": _ignored_truth,
    facts.USUAL_PRACTITIONER: _among(lambda words: STATUSES),
    facts.USUAL_CONTACTED: _truth,
    facts.CAN_TRAVEL: _truth,
}
_GROUPS = frozenset(code.partition(".")[0] for code in _READERS if "." in code)
PHONES = ("appelant.telephone", "patient.telephone")


def read_call(document: object, words: Vocabulary) -> Call:
    """The facts of a call document; raises CallRefused with the path of the first field that is wrong."""
    fields = _mapping(document, None)
    known: dict[str, object] = {}
    for name, value in fields.items():
        if name == "reponses":
            known.update(_answers(value, words))
        elif name in _GROUPS:
            for key, inner in _mapping(value, name).items():
                _take(known, f"{name}.{key}", inner, words)
        elif name != "demandes":
            _take(known, name, value, words)
    return Call(known, _asked(fields.get("demandes"), words))


def _take(known: dict[str, object], field: str, value: object, words: Vocabulary) -> None:
    reader = _READERS.get(field)
    if reader is None:
        raise CallRefused("champ_inconnu", f"Champ inconnu : {field}.", field)
    read = None if value is None else reader(value, field, words)
    if read is not None:
        known[field] = read


def _mapping(value: object, field: str | None) -> Mapping[str, object]:
    if value is None and field is not None:
        return {}
    if not isinstance(value, dict):
        raise CallRefused("valeur_invalide", "Un objet JSON est attendu.", field)
    return value


def _answers(value: object, words: Vocabulary) -> Mapping[str, object]:
    read = {}
    for code, answer in _mapping(value, "reponses").items():
        field = f"reponses.{code}"
        if not _is_answer(code, words):
            raise CallRefused("champ_inconnu", "Ce fait n’est pas défini par le catalogue.", field)
        if answer is not None:
            read[code] = _truth(answer, field, words)
    return read


def _is_answer(code: str, words: Vocabulary) -> bool:
    prefix, found, cpts = code.partition(facts.TERRITORY_PREFIX)
    return code in words.answers or (bool(found) and not prefix and cpts in words.cpts)


def _asked(value: object, words: Vocabulary) -> frozenset[str]:
    if value is None:
        return frozenset()
    if not isinstance(value, list):
        raise _refuse("demandes", "Une liste de codes de faits est attendue.")
    for code in value:
        if not isinstance(code, str) or not (code in _READERS or _is_answer(code, words)):
            raise _refuse("demandes", "Un code de fait de la liste n’existe pas.")
    return frozenset(value)
