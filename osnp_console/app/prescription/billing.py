"""A month's prescriptions as a table, to check what nurses billed against: with what each one still lacks.

The regulation keeps prescriptions to check billing if needed (S5, page 81). There is no price in it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime

from osnp_console.app.csv_table import table_text
from osnp_console.app.ports import OpenUnit
from osnp_console.app.prescription.records import PrescriptionQuery
from osnp_console.app.prescription.transmission import act_words
from osnp_console.domain import journal
from osnp_console.domain.clock import in_paris
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.permissions import Act
from osnp_console.domain.prescription.birth import birth_text
from osnp_console.domain.prescription.moves import STATE_NAMES, PrescriptionMove, PrescriptionState
from osnp_console.domain.prescription.prescription import DoneBy, Prescription

COLUMNS = (
    "numero", "etat", "date", "dispositif", "finess", "prescripteur", "rpps", "nom_naissance", "prenoms",
    "naissance", "actes", "domicile", "infirmier", "transmise_le", "transmise_a", "compte_rendu_le",
    "remplace", "manque",
)  # fmt: skip
_MOST = 100_000


def month_table(
    year: int, month: int, desk: str, now: datetime, dispositif: str = ""
) -> Callable[[OpenUnit], str]:
    """Work for the store: the month's validated prescriptions as CSV text, oldest first.

    The journal says who took them away. Raises Forbidden, StoreFailure, ValueError for no month.
    """
    last = monthrange(year, month)[1]
    query = PrescriptionQuery(
        since=date(year, month, 1), until=date(year, month, last), dispositif=dispositif
    )

    def work(open_unit: OpenUnit) -> str:
        with open_unit() as unit:
            unit.session.require(Act.EXPORT)
            found = [one for one in unit.prescriptions.find(query, _MOST) if one.number is not None]
            names = {nurse.id: nurse.name for nurse in unit.nurses.all()}
            told = {"quoi": "ordonnances", "mois": f"{year}-{month:02d}", "nombre": len(found)}
            unit.journal.append(JournalEntry(desk, now, journal.EXPORTED, None, told))
            unit.commit()
        return as_csv(reversed(found), names)

    return work


def as_csv(prescriptions: Iterable[Prescription], nurses: Mapping[str, str]) -> str:
    """Prescriptions as CSV (semicolons, a heading); no cell is a formula to a spreadsheet."""
    return table_text(COLUMNS, (_row(one, nurses) for one in prescriptions))


def _row(one: Prescription, nurses: Mapping[str, str]) -> tuple[str, ...]:
    content, patient = one.content, one.content.patient
    sent = _last(one, PrescriptionMove.SEND)
    return (
        one.number.text if one.number is not None else "",
        STATE_NAMES[one.state].lower(),
        f"{in_paris(content.written_at):%Y-%m-%d %H:%M}",
        content.dispositif,
        content.finess,
        " ".join(part for part in (content.prescriber.name, content.prescriber.first_name) if part),
        content.prescriber.rpps,
        patient.birth_name,
        patient.first_names,
        birth_text(patient.birth) if patient.birth is not None else "",
        " ; ".join(act_words(act) for act in content.acts),
        {True: "oui", False: "non", None: ""}[content.at_home],
        nurses.get(one.nurse, one.nurse),
        f"{in_paris(sent.at):%Y-%m-%d %H:%M}" if sent is not None else "",
        sent.text if sent is not None else "",
        f"{in_paris(one.reported_at):%Y-%m-%d}" if one.reported_at is not None else "",
        one.replaces,
        ", ".join(lacks(one)),
    )


def _last(one: Prescription, move: PrescriptionMove) -> DoneBy | None:
    return next((done for done in reversed(one.history) if done.move is move), None)


def lacks(one: Prescription) -> tuple[str, ...]:
    """What a prescription still lacks for its visit to be paid and checked; nothing once it is cancelled."""
    if one.state is PrescriptionState.CANCELLED:
        return ()
    missing = [
        "signature" if _last(one, PrescriptionMove.SIGN) is None else "",
        "envoi à l’infirmier" if _last(one, PrescriptionMove.SEND) is None else "",
        "infirmier" if not one.nurse else "",
        "compte rendu" if one.reported_at is None else "",
    ]
    return tuple(what for what in missing if what)
