"""A doctor validates: identified again, the number given and the document archived in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Protocol

from osnp_console.app.errors import Forbidden, Refusal
from osnp_console.app.people.session import SignedIn
from osnp_console.app.ports import OpenUnit
from osnp_console.app.prescription.finess import finess_of
from osnp_console.app.prescription.journal import move_entry
from osnp_console.app.prescription.records import ArchivedPaper, SettledFiness
from osnp_console.domain import journal
from osnp_console.domain.clock import in_paris
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.permissions import Act
from osnp_console.domain.prescription.checks import ONLY_A_DOCTOR, faults, warnings
from osnp_console.domain.prescription.content import Content
from osnp_console.domain.prescription.moves import PrescriptionMove
from osnp_console.domain.prescription.prescription import IllegalPrescriptionMove, Prescription

ORIGINAL = "original"
NOT_THE_SAME = "Ce n’est pas la personne connectée\u202f: changer de personne d’abord."
OTHER_FINESS = "Le FINESS de ce dispositif a été changé depuis\u202f: rouvrir l’ordonnance, et la relire."
NO_DOCUMENT = (
    "Le document n’a pas pu être fait\u202f: vérifier les logos dans Réglages. Rien n’a été validé, aucun "
    "numéro n’est pris."
)
READ_AGAIN = "Cette ordonnance a changé depuis sa lecture\u202f: la relire avant de valider."


class IdentifyAgain(Protocol):
    """Proves who somebody is (`app.people.sign_in.SignIn`)."""

    def sign_in(self, identifier: str, password: str, desk: str, kind: str) -> SignedIn:
        """Whoever gave the right password; raises Refusal, StoreFailure. `kind` is the journal's."""


class RenderOriginal(Protocol):
    """Makes the original document: the same bytes for the same prescription."""

    def __call__(self, prescription: Prescription) -> bytes:
        """The PDF, A4. Raises OSError without the program's fonts, ValueError for a logo that is none."""


class ValidatePrescription:
    """The use case. It waits for the store and for the password's hash: never on the window's thread.

    `units` opens transactions for whoever is signed in; `submit` does work on the store's thread.
    """

    def __init__(
        self,
        sign_in: IdentifyAgain,
        submit: Callable[[Callable[[OpenUnit], Prescription]], Prescription],
        render: RenderOriginal,
        dispositifs: Iterable[Dispositif],
        clock: Callable[[], datetime],
    ) -> None:
        self._sign_in = sign_in
        self._submit = submit
        self._render = render
        self._dispositifs = {one.id: one for one in dispositifs}
        self._clock = clock

    def validate(
        self, key: str, seen: Content, identifier: str, password: str, desk: str, confirmed: bool = False
    ) -> Prescription:
        """Validate what was read as `seen`. Whoever is signed in gives their password again.

        Raises Refusal at the field to mend (`password` wrong: `mot_de_passe`; a fault of the content; a
        warning that is not `confirmed`: `a_confirmer`), Forbidden for anybody who is no doctor, StoreFailure
        while the desk is cut off: a number is never given then.
        """
        proved = self._sign_in.sign_in(identifier, password, desk, journal.IDENTIFIED_AGAIN)
        if not proved.session.may(Act.VALIDATE_PRESCRIPTION):
            raise Forbidden(ONLY_A_DOCTOR)
        return self._submit(lambda units: self._work(units, key, seen, proved.account.id, desk, confirmed))

    def _work(
        self, units: OpenUnit, key: str, seen: Content, person: str, desk: str, confirmed: bool
    ) -> Prescription:
        now = self._clock()
        with units() as unit:
            unit.session.require(Act.VALIDATE_PRESCRIPTION)
            if unit.session.person != person:
                raise Forbidden(NOT_THE_SAME)
            unit.prescriptions.hold(key)
            prescription = unit.prescriptions.get(key)
            if prescription.content != seen:
                raise Refusal("conflit", READ_AGAIN, None)
            dispositif = self._dispositifs.get(prescription.content.dispositif)
            settled = unit.prescriptions.settled(prescription.content.dispositif)
            self._check(prescription, dispositif, settled, confirmed=confirmed)
            year = in_paris(now).year
            number = unit.prescriptions.next_number(prescription.content.dispositif, year)
            try:
                validated = prescription.validated(number, now, desk, unit.session.name)
            except IllegalPrescriptionMove as error:
                raise Refusal("conflit", READ_AGAIN, None) from error
            saved = unit.prescriptions.save(validated)
            try:
                content = self._render(saved)
            except (OSError, ValueError) as error:
                raise Refusal("valeur_invalide", NO_DOCUMENT, "document") from error
            digest = f"sha256:{sha256(content).hexdigest()}"
            unit.prescriptions.archive(ArchivedPaper(saved.id, ORIGINAL, now, content, digest))
            unit.journal.append(move_entry(saved, PrescriptionMove.VALIDATE, desk, now))
            unit.commit()
        return saved

    def _check(
        self,
        prescription: Prescription,
        dispositif: Dispositif | None,
        settled: SettledFiness | None,
        *,
        confirmed: bool,
    ) -> None:
        content = prescription.content
        found = faults(content, dispositif, self._dispositifs.values())
        if found:
            first = found[0]
            raise Refusal(first.code, first.message, first.field)
        known = finess_of(dispositif, settled) if dispositif is not None else None
        if known is not None and known.finess not in ("", content.finess):
            raise Refusal("conflit", OTHER_FINESS, "finess")
        is_settled = known is not None and known.prefix_settled
        to_read = warnings(content, dispositif, prefix_settled=is_settled)
        if to_read and not confirmed:
            raise Refusal("a_confirmer", to_read[0].message, to_read[0].field)


def replacement(of: Prescription, key: str, desk: str, now: datetime) -> Prescription:
    """A draft that will take the place of a validated one, with the same content, written now."""
    number = of.number.text if of.number is not None else ""
    content = replace(of.content, written_at=now)
    return Prescription(
        key, of.call, content, desk, now, of.asked_at, state_since=now, nurse=of.nurse, replaces=number
    )
