"""Documents brought together with the place they are kept in."""

from __future__ import annotations

from osnp_console.app.booking.after_booking import PatientText
from osnp_console.app.booking.proof import ProofOfRegulation
from osnp_console.app.prescription.paper import PrescriptionPaper
from osnp_console.app.prescription.signature import SigningKey
from osnp_console.app.prescription.transmission import SecureMessage, TransmissionSheet
from osnp_console.app.transfer.sheet import TransferSheet
from osnp_console.desk.papers import PaperFolder
from osnp_console.domain.appointment import Appointment
from osnp_console.domain.regulator import Regulator
from osnp_console.domain.slots.source import SourceKind

SAMPLE = "Page d’essai de signature"


class DeskPapers:
    """`app.papers.Papers` on this workstation; reportlab is read when a first document is made."""

    def __init__(self, folder: PaperFolder) -> None:
        self._folder = folder
        folder.clear()

    def proof(self, proof: ProofOfRegulation) -> str:
        """The proof of regulation, as PDF."""
        from osnp_console.documents.proof_of_regulation import proof_of_regulation

        return str(self._folder.keep(proof_of_regulation(proof), "preuve-de-regulation", ".pdf"))

    def patient(self, text: PatientText) -> str:
        """What the patient is told, as PDF."""
        from osnp_console.documents.patient_sheet import patient_sheet

        return str(self._folder.keep(patient_sheet(text), "rendez-vous", ".pdf"))

    def transfer(self, sheet: TransferSheet) -> str:
        """The sheet of a transfer to a line, as PDF."""
        from osnp_console.documents.transfer_sheet import transfer_sheet

        return str(self._folder.keep(transfer_sheet(sheet), "fiche-de-transfert", ".pdf"))

    def message(self, appointment: Appointment, regulator: Regulator, kind: SourceKind | None) -> str:
        """The appointment as RS-SAS-RDV; raises Refusal."""
        from osnp_console.documents.rs_sas_rdv import rs_sas_rdv

        content = rs_sas_rdv(appointment, regulator, kind).content
        return str(self._folder.keep(content, "rs-sas-rdv", ".json"))

    def secure_message(self, message: SecureMessage, prescription: bytes, sheet: TransmissionSheet) -> str:
        """The message to a nurse with its two papers, as a mail client opens it; raises OSError."""
        from osnp_console.documents.transmission_sheet import message_file, transmission_sheet

        made = transmission_sheet(sheet)
        papers = (("ordonnance.pdf", prescription), ("fiche-de-transmission.pdf", made))
        return str(self._folder.keep(message_file(message, papers), "message", ".eml"))

    def close(self) -> None:
        """The console ends: nothing stays behind."""
        self._folder.clear()


class PrescriptionPdf:
    """The PDF of a prescription's paper; what makes it is read at the first one."""

    def __call__(self, paper: PrescriptionPaper) -> bytes:
        """The same bytes for the same paper; raises OSError, ValueError."""
        from osnp_console.documents.ide_prescription import ide_prescription

        return ide_prescription(paper)


def sign_sample(key: SigningKey) -> None:
    """Sign a page made for it, in memory: nothing of it stays. Raises NotSigned."""
    from osnp_console.documents.sample_page import sample_page
    from osnp_console.documents.signature import sign_pdf

    sign_pdf(sample_page(SAMPLE), key)


def sign_document(content: bytes, key: SigningKey) -> bytes:
    """`app.prescription.signature.SignDocument`; what it takes (0.7 s) is read at the first signature."""
    from osnp_console.documents.signature import sign_pdf

    return sign_pdf(content, key)
