"""What the patient is told, printed in large letters: when, with whom, where, whom to call."""

from __future__ import annotations

from osnp_console.app.booking.after_booking import PatientText
from osnp_console.documents.one_at_a_time import one_at_a_time
from osnp_console.documents.page import About, Page

_LARGE = 13.0
FOOT = "Remis par la régulation des soins non programmés."


@one_at_a_time
def patient_sheet(text: PatientText) -> bytes:
    """The PDF of the patient's text; the same text gives the same bytes."""
    page = Page()
    pieces = [page.words(text.title, _LARGE + 2, bold=True, after=10.0)]
    pieces += [page.words(line, _LARGE, after=6.0) for line in text.lines]
    return page.file(list(pieces), About("Votre rendez-vous", "Soins non programmés", FOOT))
