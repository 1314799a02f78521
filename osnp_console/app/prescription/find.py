"""Prescriptions found again: of a call, by what is known of them, by the DataMatrix of the paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from osnp_console.app.errors import Refusal
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.app.prescription.records import ArchivedPaper, PrescriptionQuery
from osnp_console.app.prescription.validate import ORIGINAL
from osnp_console.domain import journal
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.permissions import Act
from osnp_console.domain.prescription.canonical import read_datamatrix
from osnp_console.domain.prescription.prescription import Prescription

MOST = 200
Found = tuple[Prescription, ...]
NOT_OURS = "Ce code n’est pas celui d’une ordonnance de la console."
NOT_NUMBERED = "Ce code est celui d’un projet\u202f: il n’a pas de numéro."
CHANGED = "Le numéro est connu, mais les données ne sont pas celles qui ont été validées."


def of_call(call: str) -> Callable[[OpenUnit], Found]:
    """Work for the store: the prescriptions of a call, oldest first. Raises Forbidden."""

    def work(open_unit: OpenUnit) -> Found:
        with open_unit() as unit:
            unit.session.require(Act.SEND_PRESCRIPTION)
            return tuple(unit.prescriptions.of_call(call))

    return work


def search(query: PrescriptionQuery, desk: str, now: datetime) -> Callable[[OpenUnit], Found]:
    """Work for the store: those that match, latest first; the journal says that they were looked for.

    It says by what kinds of terms and how many were found, never the terms. Raises Forbidden.
    """

    def work(open_unit: OpenUnit) -> Found:
        with open_unit() as unit:
            unit.session.require(Act.SEND_PRESCRIPTION)
            found = tuple(unit.prescriptions.find(query, MOST))
            if found:
                told = {"quoi": "ordonnances", "nombre": len(found), "par": _kinds(query)}
                unit.journal.append(JournalEntry(desk, now, journal.PRESCRIPTIONS_READ, None, told))
                unit.commit()
        return found

    return work


def _kinds(query: PrescriptionQuery) -> list[str]:
    given = {
        "patient": query.patient,
        "infirmier": query.nurse,
        "date": query.since or query.until,
        "finess": query.finess,
        "numero": query.number,
        "acte": query.act,
        "etat": query.states,
        "dispositif": query.dispositif,
    }
    return [name for name, value in given.items() if value]


def by_number(number: str, desk: str, now: datetime) -> Callable[[OpenUnit], Prescription]:
    """Work for the store: the prescription that bears a number; the journal says that it was read.

    Raises StoreFailure (`introuvable`), Forbidden.
    """

    def work(open_unit: OpenUnit) -> Prescription:
        with open_unit() as unit:
            unit.session.require(Act.SEND_PRESCRIPTION)
            found = unit.prescriptions.by_number(number.strip())
            told = {"quoi": "ordonnances", "nombre": 1, "par": ["numero"]}
            unit.journal.append(JournalEntry(desk, now, journal.PRESCRIPTIONS_READ, found.call or None, told))
            unit.commit()
        return found

    return work


def by_datamatrix(scanned: str, desk: str, now: datetime) -> Callable[[OpenUnit], Prescription]:
    """Work for the store: the prescription of a scanned paper.

    Raises Refusal for another code, for a draft's, and when the paper's data are not those that were
    validated; StoreFailure (`introuvable`) for a number of another base, Forbidden.
    """
    read = read_datamatrix(scanned)

    def work(open_unit: OpenUnit) -> Prescription:
        if read is None:
            raise Refusal("valeur_invalide", NOT_OURS, "code")
        number, digest = read
        if not number:
            raise Refusal("valeur_invalide", NOT_NUMBERED, "code")
        with open_unit() as unit:
            unit.session.require(Act.SEND_PRESCRIPTION)
            found = unit.prescriptions.by_number(number)
            told = {"quoi": "ordonnances", "nombre": 1, "par": ["code"]}
            unit.journal.append(JournalEntry(desk, now, journal.PRESCRIPTIONS_READ, found.call or None, told))
            unit.commit()
        if found.sealed != digest:
            raise Refusal("valeur_invalide", CHANGED, "code")
        return found

    return work


def original(prescription: str, kind: str = ORIGINAL) -> Callable[[OpenUnit], ArchivedPaper]:
    """Work for the store: the document as it was archived. Raises StoreFailure (`introuvable`), Forbidden."""

    def work(open_unit: OpenUnit) -> ArchivedPaper:
        with open_unit() as unit:
            unit.session.require(Act.SEND_PRESCRIPTION)
            paper = unit.prescriptions.paper(prescription, kind)
            if paper is None:
                raise StoreFailure("introuvable", "Ce document n’est pas dans la base.")
            return paper

    return work
