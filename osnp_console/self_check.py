"""Starts each piece of the program once, without a window, and says in French what works."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from osnp_console.app.base.verification import CatalogueUnusable
from osnp_console.app.errors import Refusal, ResourceUnreadable
from osnp_console.app.ports import StoreFailure
from osnp_console.cli.program import Checked, Program
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.call_sheet import BIRTH_NAME, EMPTY_SHEET
from osnp_console.domain.journal import TAKEN, JournalEntry
from osnp_console.resources import resources

if TYPE_CHECKING:
    from osnp_console.desk.vault import Vault

Check = Callable[[], tuple[bool | None, str]]


def run_checks(checks: Mapping[str, Check]) -> list[Checked]:
    """Every check in order; one that fails, however it does, does not keep the next from running."""
    return [_run(piece, check) for piece, check in checks.items()]


def _run(piece: str, check: Check) -> Checked:
    try:
        works, message = check()
    except (StoreFailure, Refusal) as error:
        works, message = False, error.message
    except CatalogueUnusable as error:
        first = error.problems[0]
        works, message = False, f"{first.file}, ligne {first.line} : {first.message}"
    except (ResourceUnreadable, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        works, message = False, reason or type(error).__name__
    except Exception as error:
        # Whatever a library raises on this machine is what this command is there to tell.
        works, message = False, f"{type(error).__name__} : {error}"
    return Checked(piece, works, message)


def check_catalogue(program: Program) -> tuple[bool, str]:
    """The built-in catalogue and the site's layer."""
    count = len(program.catalogue(program.defaults).dispositifs)
    return count > 0, f"{count} dispositifs lus"


def check_communes(program: Program) -> tuple[bool, str]:
    """The communes, found as they are typed."""
    found = program.communes().search("redon")
    count = sum(1 for _ in program.gazetteer().communes())
    if not found:
        return False, "Redon n’est pas trouvé"
    return True, f"{count} communes, {found[0].label} trouvé"


def check_base() -> tuple[bool, str]:
    """A temporary encrypted base: created, written, read, verified, removed."""
    from osnp_console.storage.store import create_store, open_store
    from osnp_console.storage.verify import verify_base

    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory(prefix="osnp-console-") as folder:
        file, key = Path(folder) / "essai.base", secrets.token_bytes(32)
        sheet = EMPTY_SHEET.put(BIRTH_NAME, "ESSAI")
        store = create_store(file, key)
        with store.unit() as unit:
            unit.calls.save(CallRecord("essai", 1, "essai-1", now, sheet=sheet))
            unit.journal.append(JournalEntry("essai-1", now, TAKEN, "essai", {"essai": True}))
            unit.commit()
        store.close()
        store = open_store(file, key)
        with store.unit() as unit:
            kept = unit.calls.get("essai").sheet == sheet
        store.close()
        report = verify_base(file, key)
        clear = b"ESSAI" in file.read_bytes()
    if not kept or report.faults or clear:
        return False, "la base ne rend pas ce qui y est écrit, ou l’écrit en clair"
    return True, f"chiffrée, écrite, relue et vérifiée (schéma {report.revision})"


def check_vault(vault: Vault) -> tuple[bool | None, str]:
    """The system's keyring; the program does without by a passphrase."""
    from osnp_console.desk.vault import ABSENT, CLEAR, VaultState

    state = vault.try_out()
    if state is VaultState.WORKS:
        return True, "garde et rend une clé"
    return None, CLEAR if state is VaultState.CLEAR else ABSENT


def check_drawings() -> tuple[bool, str]:
    """The bundled fonts and drawings."""
    fonts = sorted((resources() / "fonts").glob("*.ttf"))
    drawings = sorted((resources() / "icons").rglob("*.svg"))
    readable = all(one.stat().st_size > 0 for one in (*fonts, *drawings))
    works = bool(fonts) and bool(drawings) and readable
    return works, f"{len(fonts)} polices, {len(drawings)} pictogrammes"


def check_agendas(program: Program) -> tuple[bool, str]:
    """Every kind of agenda can be opened; nobody is asked."""
    kinds = list(program.connectors().values())
    asked = sum(kind.looks_itself for kind in kinds)
    return bool(kinds), f"{len(kinds)} genres d’agenda, dont {asked} que la console lit elle-même"


def check_documents() -> tuple[bool, str]:
    """A page with the bundled font, made and thrown away."""
    from osnp_console.app.booking.after_booking import PatientText
    from osnp_console.documents.fonts import register
    from osnp_console.documents.patient_sheet import patient_sheet

    register(resources() / "fonts")
    content = patient_sheet(PatientText("Votre rendez-vous", ("Essai d’impression.",)))
    return content.startswith(b"%PDF-"), f"une page PDF de {len(content) // 1024} Kio"


def check_window() -> tuple[bool, str]:
    """Qt, with one widget drawn; without a screen it draws in memory."""
    _without_screen()
    from PySide6 import __version__
    from PySide6.QtGui import QFontDatabase
    from PySide6.QtWidgets import QApplication, QLabel

    # Kept until the picture is taken: without the application nothing can be drawn.
    application = QApplication.instance() or QApplication([])
    for file in sorted((resources() / "fonts").glob("*.ttf")):
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            return False, f"la police {file.name} ne se charge pas"
    label = QLabel("Éligible")
    drawn = not label.grab().isNull()
    platform = QApplication.platformName()
    del label, application
    return drawn, f"Qt {__version__} dessine ({platform})"


def _without_screen() -> None:
    """No window is shown: a machine without a screen, or with one, is checked the same way."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def check_french() -> tuple[bool, str]:
    """Qt's own words in French: buttons of dialogs, names of days."""
    _without_screen()
    from PySide6.QtCore import QDate, QLibraryInfo, QLocale, QTranslator

    translator = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if not translator.load("qtbase_fr", folder):
        return False, "les traductions françaises de Qt manquent"
    day = QLocale(QLocale.Language.French, QLocale.Country.France).toString(
        QDate(2026, 11, 24), "dddd d MMMM"
    )
    return day == "mardi 24 novembre", f"Qt parle français : {day}"
