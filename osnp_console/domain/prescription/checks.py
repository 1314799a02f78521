"""What keeps a prescription from being valid, and what is only to be read again: each at its field."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from osnp_console.domain.clock import in_paris
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.identifiers import finess_fault, read_rpps
from osnp_console.domain.prescription.content import ACTS, OTHER_ACT, SEXES, Content
from osnp_console.domain.prescription.letters import unwritten
from osnp_console.domain.typed_shapes import BEFORE_1900, OLDEST_YEAR

NURSES = "infirmier"
"""The nature of a dispositif by which a nurse is sent."""
LONGEST_TEXT, LONGEST_WHOLE, MOST_ACTS = 10_000, 50_000, 100
"""Conventions of ours: beyond, no nurse reads the paper, and laying it out takes minutes."""

# Exact sentences of the interface's table of messages.
NO_FINESS = "Aucun FINESS connu pour ce dispositif. L’administrateur doit le saisir, avec sa source."
ONLY_A_DOCTOR = "Seul un médecin valide une ordonnance."
AFTER_VALIDATION = "Ordonnance validée\u202f: pour changer, l’annuler et la remplacer."
NOT_FOR_NURSES = "Ce dispositif n’envoie pas d’infirmier\u202f: choisir un dispositif infirmier."
OUT_OF_SERVICE = "Ce dispositif n’est pas en service à cette date."
NO_ACT = "Une ordonnance porte au moins un acte."
NO_ACT_CODE = "Dire de quel acte il s’agit."
UNKNOWN_ACT = "Cet acte n’est pas dans la liste."
OTHER_NEEDS_WORDS = "« Autre acte » se précise\u202f: écrire lequel."
IN_THE_FUTURE = "Cette date est dans l’avenir."
OF_ANOTHER = "Ce FINESS est celui d’un autre dispositif\u202f: {name}."
UNKNOWN_SEX = "Le sexe s’écrit F, M ou I."
CONTROL = "Ce texte contient un caractère qui ne s’écrit pas\u202f: le taper de nouveau."
UNWRITTEN = "Le papier ne sait pas écrire «\u202f{}\u202f»\u202f: l’écrire autrement."
TOO_LONG = f"Ce texte dépasse {LONGEST_TEXT} caractères."
TOO_LONG_WHOLE = f"Cette ordonnance dépasse {LONGEST_WHOLE} caractères."
TOO_MANY_ACTS = f"Une ordonnance porte au plus {MOST_ACTS} actes."


_WHERE: Mapping[str, str] = {
    "16": "en Charente",
    "28": "en Eure-et-Loir",
    "35": "en Ille-et-Vilaine",
    "42": "dans la Loire",
    "44": "en Loire-Atlantique",
    "45": "dans le Loiret",
    "49": "en Maine-et-Loire",
    "53": "en Mayenne",
    "56": "dans le Morbihan",
    "72": "en Sarthe",
    "85": "en Vendée",
}
"""The départements of the sources, as they are said."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something to mend before validation: the contract's code, the field's path, a French sentence."""

    code: str
    field: str
    message: str


def faults(
    content: Content, dispositif: Dispositif | None, others: Iterable[Dispositif]
) -> tuple[Fault, ...]:
    """All that keeps the content from being valid, in the order of the form.

    `others` are the catalogue's dispositifs: a FINESS is one dispositif's own ("unique et spécifique", S5,
    page 81).
    """
    return (
        *_of_dispositif(content, dispositif),
        *_of_finess(content, others),
        *_of_texts(content),
        *_of_people(content),
        *_of_acts(content),
    )


def _of_dispositif(content: Content, dispositif: Dispositif | None) -> Iterator[Fault]:
    if dispositif is None:
        message = f"Aucun dispositif ne s’appelle « {content.dispositif} »."
        yield Fault("dispositif_inconnu", "dispositif", message)
    elif dispositif.nature != NURSES:
        yield Fault("dispositif_inadapte", "dispositif", NOT_FOR_NURSES)
    elif dispositif.out_of_service(in_paris(content.written_at).date()) is not None:
        yield Fault("dispositif_inadapte", "dispositif", OUT_OF_SERVICE)


def _of_finess(content: Content, others: Iterable[Dispositif]) -> Iterator[Fault]:
    if not content.finess:
        yield Fault("finess_inconnu", "finess", NO_FINESS)
        return
    fault = finess_fault(content.finess)
    if fault is not None:
        yield Fault("finess_invalide", "finess", fault)
        return
    for other in others:
        own = other.nurse_visit.finess if other.nurse_visit is not None else None
        if own == content.finess and other.id != content.dispositif:
            yield Fault("finess_autre_dispositif", "finess", OF_ANOTHER.format(name=other.cpts))
            return


def _of_texts(content: Content) -> Iterator[Fault]:
    """What no paper can show and no base of every kind can keep."""
    for field, text in _texts(content):
        if any(_is_control(letter) for letter in text):
            yield Fault("valeur_invalide", field, CONTROL)
        elif len(text) > LONGEST_TEXT:
            yield Fault("valeur_invalide", field, TOO_LONG)
        elif letter := unwritten(text):
            yield Fault("valeur_invalide", field, UNWRITTEN.format(letter))


def _texts(content: Content) -> Iterator[tuple[str, str]]:
    prescriber, patient = content.prescriber, content.patient
    yield "prescripteur.nom", prescriber.name
    yield "prescripteur.prenom", prescriber.first_name
    yield "prescripteur.qualite", prescriber.quality
    yield "patient.nom_naissance", patient.birth_name
    yield "patient.nom_utilise", patient.used_name
    yield "patient.prenoms", patient.first_names
    yield "patient.adresse", patient.address
    yield "patient.commune", patient.commune
    yield "patient.telephone", patient.phone
    for place, act in enumerate(content.acts):
        yield f"actes.{place}.precision", act.detail
        yield f"actes.{place}.frequence", act.frequency
        yield f"actes.{place}.duree", act.duration
    yield "reference_appel", content.call_reference


def _is_control(letter: str) -> bool:
    kind = unicodedata.category(letter)
    return kind == "Cs" or (kind == "Cc" and not letter.isspace())


def _is_blank(text: str) -> bool:
    """Nothing in it is seen on paper: blanks, controls, directions, spaces without width."""
    return all(unicodedata.category(letter)[0] in "CZ" for letter in text)


def _of_people(content: Content) -> Iterator[Fault]:
    prescriber, patient = content.prescriber, content.patient
    needed = (
        (prescriber.name, "prescripteur.nom", "Le nom du médecin manque."),
        (patient.birth_name, "patient.nom_naissance", "Le nom de naissance manque."),
        (patient.first_names, "patient.prenoms", "Les prénoms manquent."),
    )
    for value, field, message in needed:
        if _is_blank(value):
            yield Fault("champ_manquant", field, message)
    if prescriber.rpps and read_rpps(prescriber.rpps).number is None:
        fault = read_rpps(prescriber.rpps).fault
        yield Fault("valeur_invalide", "prescripteur.rpps", fault or "RPPS à relire.")
    if patient.birth is None:
        yield Fault("champ_manquant", "patient.date_naissance", "La date de naissance manque.")
    elif patient.birth.first > _day(content):
        yield Fault("valeur_invalide", "patient.date_naissance", IN_THE_FUTURE)
    elif patient.birth.last.year < OLDEST_YEAR:
        yield Fault("valeur_invalide", "patient.date_naissance", BEFORE_1900)
    if patient.sex and patient.sex not in SEXES:
        yield Fault("valeur_invalide", "patient.sexe", UNKNOWN_SEX)


def _of_acts(content: Content) -> Iterator[Fault]:
    if not content.acts:
        yield Fault("champ_manquant", "actes", NO_ACT)
    if len(content.acts) > MOST_ACTS:
        yield Fault("valeur_invalide", "actes", TOO_MANY_ACTS)
    elif sum(len(text) for _, text in _texts(content)) > LONGEST_WHOLE:
        yield Fault("valeur_invalide", "actes", TOO_LONG_WHOLE)
    for place, act in enumerate(content.acts):
        if not act.code:
            yield Fault("champ_manquant", f"actes.{place}.code", NO_ACT_CODE)
        elif act.code not in ACTS:
            yield Fault("valeur_invalide", f"actes.{place}.code", UNKNOWN_ACT)
        elif act.code == OTHER_ACT and _is_blank(act.detail):
            yield Fault("champ_manquant", f"actes.{place}.precision", OTHER_NEEDS_WORDS)


def _day(content: Content) -> date:
    return in_paris(content.written_at).date()


@dataclass(frozen=True, slots=True)
class ToReadAgain:
    """Something to read again that keeps nobody from validating: the field's path, a French sentence."""

    field: str
    message: str


def warnings(
    content: Content, dispositif: Dispositif | None, *, prefix_settled: bool
) -> tuple[ToReadAgain, ...]:
    """What is to be read again.

    A FINESS whose département is not the dispositif's is settled once by the administrator
    (`prefix_settled`), and then warned of no more. RPPS keys are warnings only: numbers that the ANS gives as
    examples fail them (domain note, section 7).
    """
    found = []
    if dispositif is not None and content.finess and not prefix_settled:
        sentence = prefix_warning(content.finess, dispositif)
        if sentence is not None:
            found.append(ToReadAgain("finess", sentence))
    rpps = read_rpps(content.prescriber.rpps) if content.prescriber.rpps else None
    if rpps is not None and rpps.warning is not None:
        found.append(ToReadAgain("prescripteur.rpps", rpps.warning))
    return tuple(found)


def prefix_warning(finess: str, dispositif: Dispositif) -> str | None:
    """The sentence when a FINESS begins with another département than the dispositif's, None when not."""
    prefix = finess[:2]
    own = dispositif.departement
    if own[:2] == prefix or (own[:2] in ("97", "98") and prefix in ("97", "98")):
        return None
    where = f"{_WHERE[own]} ({own})" if own in _WHERE else f"du département {own}"
    return f"Le FINESS commence par {prefix}, le dispositif est {where}. Confirmer\u202f?"
