"""The deep link of the national SAS platform (SAS protocol note, section 8.2)."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from osnp_console.domain import facts
from osnp_console.domain.call import AT_HOME, Call
from osnp_console.domain.commune import Commune
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.slots.source import AgendaSource

PLATFORM = "plateforme_sas"
ORIGIN = "origine"
"""The option with the desk's affectation authority: its mere presence switches the platform to LRM mode."""
_WHO = {
    "medecine_generale": "Médecin généraliste",
    "infirmier": "Infirmier",
    "kinesitherapie": "Masseur-kinésithérapeute",
    "orthophonie": "Orthophoniste",
    "sage_femme": "Sage-femme",
    "dentaire": "Chirurgien-dentiste",
}
_USUAL = "medecine_generale"


def platform_link(source: AgendaSource, call: Call, dispositif: Dispositif | None = None) -> str:
    """The source's address with the search filled in; what it holds already stays.

    With `options.origine`, the parameters of a LRM: `specialty` is what the page reads, `speciality` its
    cache's key, so both are there; the INSEE code decides, the city's name where the code is not known to
    the platform. Without, `text` and `loc`, for anyone with an account. Nothing of the patient but the
    commune, never a name, a phone, a street.
    """
    assert source.url is not None
    offer = dispositif.nature if dispositif is not None else call.known.get(facts.OFFER)
    who = _WHO.get(str(offer), _WHO[_USUAL])
    commune = present_commune(call)
    origin = source.options.get(ORIGIN)
    if isinstance(origin, str) and origin.strip():
        asked = {"origin": origin.strip(), "specialty": who, "speciality": who}
        if commune is not None:
            asked |= {"inseecode": commune.code, "city": commune.nom}
    else:
        asked = {"text": who}
        if commune is not None:
            asked["loc"] = " ".join((commune.nom, *commune.codes_postaux[:1]))
    parts = urlsplit(source.url)
    kept = [
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in asked
    ]
    query = urlencode([*kept, *asked.items()], quote_via=quote)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def present_commune(call: Call) -> Commune | None:
    """Where the patient is now, else where they live; None where neither is known."""
    present = call.known.get(facts.PRESENT_PLACE)
    place = call.known.get(facts.RESIDENCE) if present in (None, AT_HOME) else present
    return place if isinstance(place, Commune) else None
