"""The Annuaire Santé, version 2 of its FHIR API (SAS protocol note, section 11.3).

It says who practises where; not who shows slots, and seldom by which phone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from osnp_console.app.effecteurs.lookup import EffecteurLookUp

BASE = "https://gateway.api.esante.gouv.fr/fhir/v2"
KEY_HEADER = "ESANTE-API-KEY"


@contextmanager
def open_annuaire(key: str, clock: Callable[[], datetime], base: str = BASE) -> Iterator[EffecteurLookUp]:
    """The directory, opened with a key of the portal; closed when the context is left."""
    from osnp_console.connectors.annuaire.client import AnnuaireSante
    from osnp_console.connectors.http import HttpSession

    headers = {KEY_HEADER: key, "Accept": "application/fhir+json, application/json;q=0.9"}
    session = HttpSession(headers=headers, clock=clock)
    try:
        yield AnnuaireSante(session, base)
    finally:
        session.close()
