"""An invented dispositif of which a source says everything a sheet can show."""

from __future__ import annotations

from datetime import date

from osnp_console.domain.access import Access, Mode, Phone, Reception
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.criteria.desk import MayRefer, ReferralNotSaid
from osnp_console.domain.criteria.need import NeededWithin, ReasonAmong
from osnp_console.domain.criteria.place import InTerritory
from osnp_console.domain.dates import Validity
from osnp_console.domain.dispositif import (
    Advice,
    Dispositif,
    Notice,
    NurseVisit,
    Rule,
    SlotClocks,
    Status,
)
from osnp_console.domain.hours import Hours
from osnp_console.domain.sources import Document, Doubt, Source
from osnp_console.domain.waiting_list import WaitingList
from tests.unit.strategies import COMMUNES, LISTED, REASONS, UNLISTED, WHOLE

OLD, UNDATED = Source("S1", 14), Source("S2", 3)
DOCUMENTS = {
    "S1": Document("S1", "Recensement inventé", date(2024, 3, 1), "https://exemple.invalid/recensement"),
    "S2": Document("S2", "Communiqué sans date"),
    "S3": Document("S3", "Document récent", date(2026, 6, 1)),
}
LINE_HOURS = Hours("Mo-Fr 08:00-19:00", "Du lundi au vendredi, 8 h à 19 h")

DESCRIBED = Dispositif(
    "44-lande-complet", LISTED.cpts, "44", "medecine_generale", Status.TRIAL,
    "Créneaux de médecine générale ; la ligne inscrit le patient.", OLD,
    validity=Validity(date(2025, 1, 1), date(2027, 12, 31)),
    rules=(
        Rule("territoire", InTerritory(LISTED), "Réside sur le territoire", OLD),
        Rule("motif", ReasonAmong(frozenset({"angine", "entorse"})), "Motif pris en charge", OLD,
             refusal="Ce motif n’est pas pris ici."),
        Rule("sauf", ReasonAmong(frozenset({"autre"}), False), "Motif non exclu", OLD),
        Rule("delai", NeededWithin(48), "Besoin sous 48 h", UNDATED, validity=Validity(date(2027, 1, 1))),
        Rule("adressage", MayRefer(LISTED.cpts, frozenset({"44"}), frozenset({"49"}), frozenset({"medecin"}),
                                   frozenset({"pharmacien"}), frozenset({"infirmier"}),
                                   (("iao", "participe_au_protocole"),)), "Ce poste peut y adresser", OLD),
    ),
    accesses=(
        Access(Mode.TRANSFER, OLD, frozenset({"sas", "medecin"}), "AccèsL", "citana",
               Phone("+33261911234", False), LINE_HOURS, steps=("prepare", "appel", "inscrit"),
               to_say=("Le motif", "L’âge"), afterwards=("La ligne rappelle",)),
        Access(None, UNDATED, name="Agenda de la CPTS", search_words="SNP Lande",
               account="compte du service"),
    ),
    reception=Reception("Maison de la Lande", "44901", Hours("Sa 09:00-12:00", "Samedi matin", "inconnu")),
    clocks=SlotClocks(OLD, 60, 1440, 2, 15, 1, "deux par jour"),
    notices=(Notice("sas", OLD, doctor=False, patient=True), Notice("tous", OLD)),
    waiting_list=WaitingList(OLD, frozenset({"patient"}), 6, 4, 2, ("Suivi urgent",), "par téléphone"),
    nurse_visit=NurseVisit(
        OLD, "jour", 4, ("domicile",), "le plus proche", ("pansement",), None, "par messagerie"
    ),
    advice=(Advice("Appeler le secrétariat d’abord.", OLD),),
    doubts=(
        Doubt("La source écrit « Lande-la-Ville ».", "Lu : Lande-le-Bourg.", OLD),
        Doubt("Page illisible.", None, UNDATED),
    ),
    website="https://exemple.invalid/lande",
)  # fmt: skip
SILENT = Dispositif(
    "49-bocage-muet", UNLISTED.cpts, "49", "infirmier", Status.PLANNED, "Annoncé.", UNDATED,
    rules=(
        Rule("territoire", InTerritory(UNLISTED), "Réside sur le territoire", UNDATED),
        Rule("departement", InTerritory(WHOLE), "Réside dans le département", None),
        Rule("adressage", ReferralNotSaid(), "Ce poste peut y adresser", UNDATED),
    ),
    clocks=SlotClocks(UNDATED),
    nurse_visit=NurseVisit(UNDATED, "astreinte"),
    waiting_list=WaitingList(UNDATED),
)  # fmt: skip
DESCRIBED_CATALOGUE = Catalogue(
    "essai",
    "sha256:essai",
    (DESCRIBED, SILENT),
    {one.cpts: one for one in (LISTED, UNLISTED)},
    reasons={reason: reason.capitalize() for reason in REASONS},
    documents=DOCUMENTS,
)
LIVING = {commune.code: commune for commune in COMMUNES}
