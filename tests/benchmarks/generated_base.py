"""An encrypted base full of past calls of invented people, drawn with a fixed seed."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_record import OUTCOMES, CallRecord, CallState
from osnp_console.domain.call_sheet import EMPTY_SHEET, CallSheet
from osnp_console.storage import tables
from osnp_console.storage.rows import columns_of
from osnp_console.storage.store import Store, create_store
from osnp_console.storage.word_index import rebuild_index
from tests.benchmarks.opened import INSTANT, communes_of

SEED = 200
KEY = bytes(range(32))
CHUNK = 5000
# Frequent names first; the first is borne by one person in 200, about as often as in France.
FREQUENT = """
    MARTIN BERNARD THOMAS PETIT ROBERT RICHARD DURAND DUBOIS MOREAU LAURENT SIMON MICHEL LEFEBVRE LEROY ROUX
    DAVID BERTRAND MOREL FOURNIER GIRARD BONNET DUPONT LAMBERT FONTAINE ROUSSEAU VINCENT MULLER LEFEVRE FAURE
    ANDRE MERCIER BLANC GUERIN BOYER GARNIER CHEVALIER FRANCOIS LEGRAND GAUTHIER GARCIA PERRIN ROBIN
"""
FIRST = """
    Marie Jean Jeanne Pierre Camille Louise Michel Alain Philippe Nathalie Isabelle Sylvie Anne Nicolas Léa
    Manon Lucas Emma Hugo Chloé Jade Louis Alice Gabriel Raphaël Arthur Jules Adam Lina Rose Anna Mila
"""
STARTS = ("BRE", "GUI", "KER", "LE GO", "TRE", "PEN", "COL", "DEL", "MAR", "HAM", "JOU", "QUE", "ROU", "SAL")
ENDS = ("HAULT", "LLOU", "VEN", "FF", "GUEN", "NNEC", "IN", "ARD", "ET", "OT", "EAU", "IER", "ON", "AC", "EC")


def surnames(chance: random.Random) -> list[str]:
    """The frequent names, then thousands of rarer ones."""
    rare = {
        chance.choice(STARTS) + chance.choice("AEIOU") + chance.choice("LMNRST") + chance.choice(ENDS)
        for _ in range(20_000)
    }
    return [*FREQUENT.split(), *sorted(rare)]


def sheets(count: int) -> list[CallSheet]:
    """The sheets of so many calls."""
    chance = random.Random(SEED)
    names = surnames(chance)
    weights = [1 / (place + 25) for place in range(1, len(names) + 1)]
    places = [place for departement in ("35", "44", "56") for place in communes_of(departement)]
    people = [max(place.population, 50) for place in places]
    drawn = zip(
        chance.choices(names, weights, k=count),
        chance.choices(FIRST.split(), k=count),
        chance.choices(places, people, k=count),
        strict=True,
    )
    return [
        EMPTY_SHEET.put(fields.BIRTH_NAME, name)
        .put(fields.FIRST_NAMES, first)
        .put(fields.CALLER_PHONE, f"0{chance.choice('234679')}{chance.randrange(10**8):08}")
        .put(facts.RESIDENCE, place.code)
        .put(facts.BIRTH, f"{chance.randint(1, 28)}/{chance.randint(1, 12)}/{chance.randint(1930, 2025)}")
        .put(facts.REASON, chance.choice(("cystite", "otite", "angine", "renouvellement", "pansement")))
        .put(facts.DELAY, 48)
        .put(fields.NOTE, "sonner deux fois, deuxième étage, porte de gauche ; rappeler après 14 h")
        for name, first, place in drawn
    ]


def fill(file: Path, count: int) -> Store:
    """A new base with so many calls of the two years before the measurements' instant."""
    chance = random.Random(SEED)
    store = create_store(file, KEY)
    start = INSTANT.astimezone(UTC) - timedelta(days=730)
    step = timedelta(days=730) / count
    outcomes = tuple(OUTCOMES)
    made = sheets(count)
    for first in range(0, count, CHUNK):
        rows = [
            {**columns_of(_record(place, start + step * place, made[place], chance, outcomes)), "version": 1}
            for place in range(first, min(first + CHUNK, count))
        ]
        with store.engine.begin() as connection:
            connection.execute(insert(tables.calls), rows)
    with store.engine.begin() as connection:
        rebuild_index(connection)
    return store


def _record(
    place: int, at: datetime, sheet: CallSheet, chance: random.Random, outcomes: tuple[str, ...]
) -> CallRecord:
    return CallRecord(
        f"appel-{place}",
        place % 300 + 1,
        f"44-{place % 6 + 1}",
        at,
        state=CallState.CLOSED,
        sheet=sheet,
        outcome=chance.choice(outcomes),
        closed_at=at + timedelta(minutes=6),
    )
