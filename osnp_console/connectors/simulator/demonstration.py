"""The world of the demonstration: the slots of a call for the Pays de Redon, invented people."""

from __future__ import annotations

from datetime import datetime, timedelta

from osnp_console.connectors.simulator.world import (
    GENERAL_MEDICINE,
    Community,
    Doctor,
    Opening,
    Practice,
    World,
)

BREHAULT, COUDRAIS = "19900000019", "19900000027"
MAURY, GAUDIN, MENORET = "19900000035", "19900000043", "19900000050"

_DOCTORS = (
    Doctor(BREHAULT, "Bréhault", "Anne", "44-pays-de-redon-mg"),
    Doctor(COUDRAIS, "Coudrais", "Yann", "44-pays-de-redon-mg"),
    Doctor(MAURY, "Maury", "Luc", "44-nord-estuaire-mg"),
    Doctor(GAUDIN, "Gaudin", "Inès", "44-pays-blanc-mg"),
    Doctor(MENORET, "Ménoret", "Paul", "44-erdre-cens-mg"),
)
_PRACTICES = (
    Practice(
        "brehault-redon",
        BREHAULT,
        "419900000019001",
        "2 rue des Trois Ponts",
        "35600",
        "Redon",
        "+33261910101",
    ),
    Practice(
        "coudrais-plesse",
        COUDRAIS,
        "419900000027001",
        "7 rue du Moulin Neuf",
        "44630",
        "Plessé",
        "+33261910102",
    ),
    Practice(
        "maury-savenay",
        MAURY,
        "419900000035001",
        "11 rue de la Gare d’Eau",
        "44260",
        "Savenay",
        "+33261910103",
    ),
    Practice(
        "gaudin-guerande",
        GAUDIN,
        "419900000043001",
        "4 place du Sel Gris",
        "44350",
        "Guérande",
        "+33261910104",
    ),
    Practice(
        "menoret-nort", MENORET, "419900000050001", "9 quai du Bac", "44390", "Nort-sur-Erdre", "+33261910105"
    ),
)
_COMMUNITIES = (
    Community("nord-estuaire", "449900018", "CPTS Nord Estuaire", "+33261910201"),
    Community("pays-blanc", "449900026", "CPTS Pays Blanc", "+33261910202"),
)
_SLOTS = (
    ("brehault-redon", 40, ("SNP",), ()),
    ("coudrais-plesse", 80, ("SNP",), ()),
    ("brehault-redon", 240, ("SNP",), ()),
    ("maury-savenay", 75, ("CPTS",), ("nord-estuaire",)),
    ("gaudin-guerande", 270, ("CPTS",), ("pays-blanc",)),
)
"""Practice, minutes after the call, types, communities. Dr Ménoret has nothing free."""
_LASTS = timedelta(minutes=20)


def demonstration_world(now: datetime) -> World:
    """The five slots of the demonstration, counted from `now` rounded down to ten minutes.

    For 10:00 they start at 10:40, 11:20 and 14:00 (Pays de Redon), 11:15 (Nord Estuaire), 14:30 (Pays Blanc).
    """
    begins = now.replace(minute=now.minute - now.minute % 10, second=0, microsecond=0)
    openings = tuple(
        Opening(
            id=f"{practice}-{after}",
            agenda=practice,
            start=begins + timedelta(minutes=after),
            end=begins + timedelta(minutes=after) + _LASTS,
            types=types,
            specialties=(GENERAL_MEDICINE,),
            communities=communities,
        )
        for practice, after, types, communities in _SLOTS
    )
    return World(
        made_at=now,
        doctors=_DOCTORS,
        practices=_PRACTICES,
        communities=_COMMUNITIES,
        openings=openings,
    )
