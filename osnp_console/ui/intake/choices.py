"""The answers the form's segments and lists offer, with their letters."""

from __future__ import annotations

from osnp_console.domain.call import AT_HOME
from osnp_console.domain.call_sheet import ASKED, ELSEWHERE, LATER
from osnp_console.domain.criteria.usual_care import AVAILABLE, DECLARED, NONE, UNAVAILABLE
from osnp_console.domain.natures import NATURE_NAMES
from osnp_console.ui.widgets.choices import Choice

LINKS = (
    Choice("patient", "Patient", "P"),
    Choice("proche", "Proche", "P"),
    Choice("professionnel", "Pro", "P", "Professionnel"),
    Choice("autre", "Autre", "A"),
)
SEXES = (
    Choice("F", "F", "F", "Femme"),
    Choice("M", "M", "M", "Homme"),
    Choice("I", "I", "I", "Indéterminé"),
)
DELAYS = (
    Choice(24, "24 h", "2", "24 heures"),
    Choice(48, "48 h", "4", "48 heures"),
    Choice(72, "72 h", "7", "72 heures"),
    Choice(LATER, "Plus", "P", "plus de 72 heures"),
    Choice(ASKED, "?", "S"),
)
STATUSES = (
    Choice(NONE, "Aucun", "A"),
    Choice(DECLARED, "En a un", "E", "en a un, disponibilité non connue"),
    Choice(AVAILABLE, "Disponible", "D"),
    Choice(UNAVAILABLE, "Indispo.", "I", "Indisponible"),
    Choice(ASKED, "?", "S"),
)
PLACES = (
    Choice(AT_HOME, "À son domicile", "D"),
    Choice(ELSEWHERE, "Ailleurs…", "A"),
    Choice(ASKED, "Ne sait pas", "S"),
)
ALL_OFFERS = ""
"""The list's key for « Toutes les offres »: the sheet then holds no offer."""
OFFERS = (
    Choice(ALL_OFFERS, "Toutes les offres"),
    *(Choice(code, name) for code, name in NATURE_NAMES.items() if code != "aucun"),
)
