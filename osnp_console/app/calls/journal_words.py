"""What a journal entry says on screen, in a few French words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from osnp_console.app.booking.journal import booking_words
from osnp_console.app.calls.person_search import search_words
from osnp_console.app.prescription.journal import prescription_words
from osnp_console.app.transfer.journal import transfer_words
from osnp_console.app.waiting.words import waiting_words
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts, journal
from osnp_console.domain.call_merging import OUTCOME
from osnp_console.domain.call_record import OUTCOMES
from osnp_console.domain.commune import Commune
from osnp_console.domain.journal import Facts

_FIELDS: Mapping[str, str] = {
    fields.CALLER_LINK: "lien",
    fields.CALLER_PHONE: "numéro de rappel",
    fields.BIRTH_NAME: "nom",
    fields.FIRST_NAMES: "prénom",
    fields.PATIENT_PHONE: "téléphone du patient",
    fields.DOCTOR_PRACTICE: "cabinet",
    fields.DOCTOR_CALLED: "médecin traitant appelé",
    fields.USUAL_PRACTICE: "cabinet habituel",
    fields.AVAILABILITY[facts.REGULAR_DOCTOR]: "médecin traitant disponible",
    fields.AVAILABILITY[facts.USUAL_PRACTITIONER]: "praticien habituel disponible",
    fields.DELAY_DAYS: "sous (jours)",
    fields.NOTE: "note",
    facts.OFFER: "offre",
    facts.RESIDENCE: "commune",
    facts.PRESENT_PLACE: "se trouve",
    facts.REASON: "motif",
    facts.DELAY: "à voir sous",
    facts.BIRTH: "né(e) le",
    facts.SEX: "sexe",
    facts.PREGNANT: "enceinte",
    facts.TECHNICAL_PLATFORM: "plateau technique",
    facts.PRESCRIPTION: "ordonnance",
    facts.ONSET: "début",
    facts.REGULAR_DOCTOR: "médecin traitant",
    facts.USUAL_PRACTITIONER: "praticien habituel",
    facts.USUAL_CONTACTED: "praticien habituel appelé",
    facts.CAN_TRAVEL: "peut venir",
}
_PLAIN: Mapping[str, str] = {
    journal.TAKEN: "appel pris",
    journal.HELD: "mis en attente",
    journal.RESUMED: "repris",
    journal.REOPENED: "rouvert",
    journal.ALARM: "urgence vitale déclarée",
    journal.ALARM_SEEN: "alerte vue",
    journal.READ: "fiche consultée",
    journal.MERGED: "réuni avec un autre appel",
    journal.CHANGED_ELSEWHERE: "changé à un autre poste",
    journal.TAKEN_OVER: "appel repris par un autre poste",
    journal.PURGED: "données effacées",
    journal.RECOVERED: "repris après un arrêt du programme",
    journal.PROPOSED: "créneau proposé",
    journal.ASKED_FOR: "rendez-vous demandé",
    journal.BOOKED: "rendez-vous pris",
    journal.SLOT_TAKEN: "créneau pris entre-temps",
    journal.BOOKING_UNKNOWN: "rendez-vous\u202f: on ne sait pas s’il est pris",
    journal.BOOKING_REFUSED: "rendez-vous non obtenu",
    journal.CANCELLED: "rendez-vous annulé",
    journal.FOLLOWED: "suivi du rendez-vous",
    journal.SIGNED_IN: "connexion",
    journal.SIGNED_OUT: "déconnexion",
    journal.NOT_SIGNED_IN: "connexion refusée",
    journal.LOCKED: "écran verrouillé",
    journal.UNLOCKED: "écran déverrouillé",
    journal.HANDED_OVER: "appel remis à une autre personne",
    journal.ACCOUNT_MADE: "compte créé",
    journal.ACCOUNT_CHANGED: "compte modifié",
    journal.AGENDA_CHANGED: "carnet modifié",
    journal.SOURCE_CHANGED: "agenda déclaré ou retiré",
    journal.DIRECTORY_CHANGED: "annuaire modifié",
    journal.BASE_CARED_FOR: "soin de la base",
    journal.EXPORTED: "export",
    journal.CATALOGUE_CHANGED: "catalogue du site modifié",
    journal.SEARCHED: "recherche de personnes",
    journal.TRANSFERRED: "transfert",
    journal.WAITING: "liste d’attente",
    journal.PRESCRIBED: "ordonnance",
    journal.PRESCRIPTIONS_READ: "ordonnances consultées",
    journal.FINESS_SETTLED: "FINESS réglé",
    journal.IDENTIFIED_AGAIN: "médecin identifié de nouveau",
    journal.WAITING_READ: "liste d’attente consultée",
}
_ABOUT_SLOTS = frozenset(
    {
        journal.PROPOSED,
        journal.ASKED_FOR,
        journal.BOOKED,
        journal.SLOT_TAKEN,
        journal.BOOKING_UNKNOWN,
        journal.BOOKING_REFUSED,
        journal.CANCELLED,
        journal.FOLLOWED,
    }
)
_NO_FIELDS = frozenset({OUTCOME, facts.VITAL_EMERGENCY})
_PRIVATE = frozenset(
    {fields.BIRTH_NAME, fields.FIRST_NAMES, fields.NOTE, fields.CALLER_PHONE, fields.PATIENT_PHONE}
)


class JournalWords:
    """Says entries; `reasons` are labels by code, `living` finds a commune by its code."""

    def __init__(
        self,
        reasons: Mapping[str, str],
        offers: Mapping[str, str],
        living: Callable[[str], Commune | None],
        dispositifs: Callable[[str], str],
    ) -> None:
        self._reasons = reasons
        self._offers = offers
        self._living = living
        self._dispositifs = dispositifs

    def say(self, kind: str, about: Facts | None) -> str:
        """The entry's words; `about` is None once its facts were purged.

        Names, phones and notes are on the sheet already: the strip says that they were noted, not what.
        """
        if about is None:
            return f"{_PLAIN.get(kind, kind)} (données effacées)"
        if kind == journal.ANSWERED:
            answers = about.get("reponses")
            return ", ".join(self._answers(answers)) if isinstance(answers, Mapping) else "réponse"
        if kind == journal.CHECKED:
            return self._verdict(about.get("eligibles"))
        if kind in _ABOUT_SLOTS:
            return booking_words(_PLAIN[kind], about)
        if kind == journal.TRANSFERRED:
            return transfer_words(about)
        if kind == journal.WAITING:
            return waiting_words(about, self._dispositifs)
        if kind == journal.PRESCRIBED:
            return prescription_words(about)
        if kind == journal.CLOSED:
            return f"terminé\u202f: {OUTCOMES.get(str(about.get('issue')), 'issue inconnue').lower()}"
        if kind == journal.CHANGED_ELSEWHERE:
            return _changed_elsewhere(about)
        if kind == journal.SEARCHED:
            return search_words(about)
        if kind == journal.EXPORTED and about.get("quoi"):
            return f"document\u202f: {about['quoi']}"
        if kind == journal.ALARM_DROPPED:
            return f"alerte annulée\u202f: {about.get('motif')}"
        return _PLAIN.get(kind, kind)

    def _answers(self, answers: Mapping[str, object]) -> Iterator[str]:
        for code, value in answers.items():
            name = _name(code)
            if value is None:
                yield f"{name}\u202f: plus de réponse"
            elif code in _PRIVATE:
                yield "note écrite" if code == fields.NOTE else f"{name} noté"
            else:
                yield f"{name} {self._value(code, value)}"

    def _value(self, code: str, value: object) -> str:
        if value == "?":
            return "ne sait pas"
        if isinstance(value, bool):
            return "oui" if value else "non"
        if code in (facts.RESIDENCE, facts.PRESENT_PLACE) and isinstance(value, str):
            commune = self._living(value)
            return commune.nom if commune is not None else value
        if code == facts.REASON:
            return self._reasons.get(str(value), str(value))
        if code == facts.OFFER:
            return self._offers.get(str(value), str(value)).lower()
        if code == facts.DELAY and isinstance(value, int):
            return f"{value} h"
        return str(value)

    def _verdict(self, eligible: object) -> str:
        names = [self._dispositifs(str(one)) for one in eligible] if isinstance(eligible, list) else []
        if not names:
            return "aucun dispositif éligible"
        more = (
            f" et {len(names) - 1} autres" if len(names) > 2 else (f", {names[1]}" if len(names) == 2 else "")
        )
        return f"{len(names)} éligible{'s' if len(names) > 1 else ''}\u202f: {names[0]}{more}"


def _name(code: str) -> str:
    return _FIELDS.get(code, code.removeprefix(facts.TERRITORY_PREFIX))


def _changed_elsewhere(about: Facts) -> str:
    """Which fields came from another desk, and which were changed at both; never what stood in them."""
    taken, both = about.get("pris"), about.get("des_deux")
    said = _PLAIN[journal.CHANGED_ELSEWHERE]
    fields_of = (
        [_name(str(code)) for code in taken if code not in _NO_FIELDS] if isinstance(taken, list) else []
    )
    if fields_of:
        said += f"\u202f: {', '.join(fields_of)}"
    if isinstance(both, Mapping) and both:
        said += f"\u202f; aux deux postes\u202f: {', '.join(_name(str(code)) for code in both)}"
    return said
