"""What leaves the desk: a message with its papers for its owner alone, a sample that nobody keeps."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from pypdf import PdfReader

from osnp_console.app.prescription.signature import KeyFile, NotSigned, SignatureFault
from osnp_console.app.prescription.transmission import message_to, transmission_sheet_of
from osnp_console.bootstrap.papers import DeskPapers, sign_sample
from osnp_console.desk.papers import PaperFolder
from tests.documents.test_signature import PASSPHRASE, in_file
from tests.unit.prescriptions import SARTHE, validated


def test_the_message_is_a_file_of_its_owner_s_that_names_nobody_and_goes_at_the_end_and_at_the_next_start(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "documents"
    papers = DeskPapers(PaperFolder(folder))
    one = validated()
    message = message_to("ide@cabinet.mssante.example", one, 4)
    sheet = transmission_sheet_of(one, SARTHE, None, lambda code: None)
    file = Path(papers.secure_message(message, b"%PDF-original", sheet))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "MARTIN" not in file.name
    read = message_from_bytes(file.read_bytes())
    assert read["To"] == "ide@cabinet.mssante.example"
    attached = [part for part in read.walk() if part.get_content_type() == "application/pdf"]
    assert [part.get_filename() for part in attached] == ["ordonnance.pdf", "fiche-de-transmission.pdf"]
    contents = [part.get_payload(decode=True) for part in attached]
    assert contents[0] == b"%PDF-original"
    assert isinstance(contents[1], bytes)
    assert "MARTIN" in PdfReader(BytesIO(contents[1])).pages[0].extract_text()
    papers.close()
    assert list(folder.iterdir()) == []
    papers.secure_message(message, b"%PDF", sheet)  # the console is cut short
    DeskPapers(PaperFolder(folder))
    assert list(folder.iterdir()) == []


def test_a_sample_is_signed_with_the_right_secret_alone_and_leaves_no_file(tmp_path: Path) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    file = in_file(key, tmp_path / "medecin.p12", datetime.now(UTC) + timedelta(days=1))
    sign_sample(KeyFile(str(file), PASSPHRASE))
    with pytest.raises(NotSigned) as refused:
        sign_sample(KeyFile(str(file), "autre"))
    assert refused.value.fault is SignatureFault.WRONG_PASSPHRASE
    assert list(tmp_path.iterdir()) == [file]
