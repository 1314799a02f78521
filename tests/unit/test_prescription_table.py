"""A month of prescriptions taken away, what each lacks; the nurse's sheet and the message that carries it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from osnp_console.app.csv_table import table_rows
from osnp_console.app.errors import Forbidden
from osnp_console.app.prescription.billing import as_csv, lacks, month_table
from osnp_console.app.prescription.transmission import message_to, transmission_sheet_of
from osnp_console.domain import journal
from osnp_console.domain.permissions import OSNP, REFERENT
from osnp_console.domain.prescription.moves import PrescriptionMove
from osnp_console.domain.prescription.nurses import Nurse
from tests.unit.prescription_doubles import PrescriptionStore
from tests.unit.prescriptions import NOW, PATIENT, SARTHE, after, draft, other, validated

M = PrescriptionMove
NURSE = Nurse("n-1", "Bleuenn Le Goff", practice="Cabinet des Tilleuls")


def test_what_a_prescription_lacks_goes_away_step_by_step() -> None:
    one = validated()
    assert lacks(one) == ("signature", "envoi à l’infirmier", "infirmier", "compte rendu")
    done = replace(after(one, M.PRINT, M.SIGN, M.SEND), nurse="n-1").reported("Vu", NOW)
    assert lacks(done) == ()
    assert lacks(after(one, M.CANCEL)) == ()


def test_a_months_table_says_everything_and_no_cell_is_a_formula() -> None:
    tricky = validated(other(patient=replace(PATIENT, birth_name="=SOMME(A1)", first_names="Léa")))
    done = replace(after(tricky, M.PRINT, M.SIGN, M.SEND), nurse="n-1")
    text = as_csv([done], {"n-1": NURSE.name})
    assert "'=SOMME" in text
    heading, line = (cells for _, cells in table_rows(text.encode()))
    told = dict(zip(heading, line, strict=True))
    assert told["numero"] == "72-sarthe-ide-2026-00017"
    assert (told["infirmier"], told["transmise_a"], told["manque"]) == (
        "Bleuenn Le Goff", "motif", "compte rendu",
    )  # fmt: skip
    assert "€" not in text


def test_only_whoever_may_take_data_away_gets_the_table_and_the_journal_says_so() -> None:
    store = PrescriptionStore()
    store.prescriptions.save(validated())
    store.prescriptions.save(replace(draft(), id="p-2"))
    store.signed("Inès", OSNP)
    with pytest.raises(Forbidden):
        month_table(2026, 11, "72-1", NOW)(store.unit)
    store.signed("Référente", REFERENT)
    text = month_table(2026, 11, "72-1", NOW)(store.unit)
    assert len(text.splitlines()) == 2, "drafts have no number"
    assert store.journal[-1].kind == journal.EXPORTED
    assert store.journal[-1].facts["nombre"] == 1


def test_the_sheet_for_the_nurse_is_filled_with_what_was_asked() -> None:
    one = replace(validated(), asked_at=NOW - timedelta(minutes=30))
    sheet = transmission_sheet_of(one, SARTHE, NURSE, lambda code: None)
    assert sheet.reference == "Ordonnance n° 72-sarthe-ide-2026-00017, établie le 24/11/2026 à 10:00"
    asked = dict(sheet.asked)
    assert asked["Demandée le"] == "24/11/2026 à 09:30"
    assert asked["Infirmier"] == "Bleuenn Le Goff, Cabinet des Tilleuls"
    assert dict(sheet.patient)["Né(e) le"] == "02/05/1950"
    assert sheet.acts == ("Bilan clinique de proximité par infirmière à domicile",)


def test_the_message_names_the_patient_nowhere() -> None:
    message = message_to("cabinet@exemple.mssante.fr", validated(), 4)
    assert "4 heures" in message.text
    assert "MARTIN" not in message.subject + message.text
    assert "heures" not in message_to("", validated(), None).text
