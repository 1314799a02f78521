"""`demonstration`: the Redon call of S5 page 14, told answer by answer."""

from __future__ import annotations

import argparse
from datetime import datetime

from osnp_console.app.check_eligibility import CheckEligibility
from osnp_console.cli.program import Folders, Program
from osnp_console.cli.telling import WORDS, tell_one
from osnp_console.domain.clock import PARIS
from osnp_console.domain.states import Verdict

REDON = "44-pays-de-redon-mg"
INSTANT = datetime(2026, 11, 24, 10, 0, tzinfo=PARIS)
# An invented caller. Each step: what the caller says, and the fields it fills.
STEPS: tuple[tuple[str, dict[str, object]], ...] = (
    ("Un poste du SAS 35 prend l’appel ; rien n’est encore su.", {}),
    ("« J’habite Pipriac. »", {"patient": {"commune": "35219"}}),
    ("« C’est pour une otite. »", {"besoin": {"motif": "otite"}}),
    ("« Mon médecin ne peut pas me prendre cette semaine. »", {"medecin_traitant": {"statut": "indisponible"}}),
    ("« Il faudrait que je sois vue d’ici après-demain. »", {"besoin": {"delai_heures": 48}}),
    ("Ni urgences ni plateau technique.", {"besoin": {"plateau_technique": False}}),
    ("« Oui, je peux venir au cabinet. »", {"deplacement_possible": True}),
)


def run(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    """Tell the call; each answer shows what it changed, and the question that comes next."""
    check = CheckEligibility(program.catalogue(folders), program.gazetteer())
    out = program.stdout
    out.write("Démonstration : un appel pour le Pays de Redon (S5 p. 14). Personnes inventées.\n")
    document: dict[str, object] = {
        "poste": {"role": "osnp", "sas": "35"},
        "besoin": {"offre": "medecine_generale"},
    }
    before: dict[str, Verdict] = {}
    for said, fields in STEPS:
        _fill(document, fields)
        answer = check.judge(check.read(document), INSTANT)
        verdicts = {one.judgement.dispositif.id: one.judgement.verdict for one in answer.answers}
        out.write(f"\n{said}\n")
        counts = {verdict: sum(1 for one in verdicts.values() if one is verdict) for verdict in WORDS}
        out.write("    " + " · ".join(f"{WORDS[verdict]} : {count}" for verdict, count in counts.items()) + "\n")
        changed = sum(1 for name, verdict in verdicts.items() if before.get(name, verdict) is not verdict)
        if before:
            out.write(f"    {changed} verdicts changent ; Pays de Redon : {WORDS[verdicts[REDON]]}\n")
        if answer.question is not None:
            out.write(f"    À demander : {answer.question.text} (décide pour {answer.question.decides_for} dispositifs)\n")
        before = verdicts
    out.write("\nLa fiche de Redon, à la fin :\n")
    tell_one(next(one for one in answer.answers if one.judgement.dispositif.id == REDON), out)
    return 0


def _fill(document: dict[str, object], fields: dict[str, object]) -> None:
    for name, value in fields.items():
        known = document.get(name)
        document[name] = {**known, **value} if isinstance(known, dict) and isinstance(value, dict) else value
