"""The one Qt application: in French, and never stopped by an error that nobody expected."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, QLoggingCategory, QTranslator
from PySide6.QtWidgets import QApplication

log = logging.getLogger(__name__)
UNEXPECTED = (
    "Une erreur imprévue s’est produite. L’appel est gardé : continuer, et prévenir l’administrateur."
)


def make_application() -> QApplication:
    """The one QApplication, in French: locale, Qt's own words."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    # A desktop that cannot open an address has it written on the error stream: a number, a person's page.
    QLoggingCategory.setFilterRules("qt.qpa.services=false")
    app = QApplication(sys.argv[:1])
    app.setApplicationDisplayName("OSNP Console")
    translator = QTranslator(app)
    if translator.load("qtbase_fr", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    return app


@contextmanager
def last_resort(say: Callable[[str], None]) -> Iterator[None]:
    """While the window runs: an error that nobody expected is logged without its text, and said on screen."""

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        log.critical("erreur_imprevue", exc_info=(kind, error, trace))
        say(UNEXPECTED)

    before, sys.excepthook = sys.excepthook, caught
    try:
        yield
    finally:
        sys.excepthook = before
