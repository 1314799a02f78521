"""What is settled of the invented territories, and the names and streets that the seed draws from.

Nobody in here exists. Numbers have a sound key but lie outside what is given out (RPPS from 19900000019,
FINESS from 449900018), except in `essai`, which holds the identifiers published for tests (SAS protocol
note, section 13).
"""

from __future__ import annotations

from dataclasses import dataclass

FAMILIES = (
    "Abgrall", "Bertho", "Cadoret", "Davy", "Evain", "Fleury", "Guiheneuf", "Hervouet", "Jaunasse", "Kerleau",
    "Lebreuil", "Mabit", "Noblet", "Orieux", "Perraud", "Quilfen", "Rialland", "Sorin", "Thebaud", "Vaillant",
)  # fmt: skip
GIVEN = (
    "Aline", "Bastien", "Claire", "Denis", "Élise", "Florent", "Gaël", "Hélène", "Ivan", "Jeanne",
    "Killian", "Lucie", "Marc", "Nadège", "Olivier", "Pauline", "Romain", "Solène", "Tanguy", "Ysaline",
)  # fmt: skip
STREETS = (
    "rue des Trois Ormes", "place du Vieux Puits", "rue de la Cale Neuve", "allée des Salorges",
    "impasse du Four à Pain", "rue du Bois Joli", "quai de la Grève Blanche", "avenue des Tilleuls",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SettledSos:
    """An association with its sites: name, street, post code, city."""

    siret: str
    name: str
    sites: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """What is settled of a territory; the rest comes from the seed. `cpts` is FINESS and name."""

    id: str
    dispositif: str | None
    cpts: tuple[tuple[str, str], ...]
    rpps: tuple[str, ...]
    towns: tuple[tuple[str, str], ...]
    sos: SettledSos | None = None


SETTLED = (
    Settled(
        "redon",
        "44-pays-de-redon-mg",
        (("449900034", "CPTS du Pays de Redon (inventée)"),),
        ("19900001017", "19900001025", "19900001033", "19900001041"),
        (("35600", "Redon"), ("44630", "Plessé"), ("56350", "Allaire"), ("44290", "Guémené-Penfao")),
    ),
    Settled(
        "pays-blanc",
        "44-pays-blanc-mg",
        (("449900026", "CPTS Pays Blanc (inventée)"),),
        ("19900002015", "19900002023", "19900002031", "19900002049"),
        (("44350", "Guérande"), ("44410", "Herbignac"), ("44490", "Le Croisic")),
    ),
    Settled(
        "nord-estuaire",
        "44-nord-estuaire-mg",
        (("449900018", "CPTS Nord Estuaire (inventée)"),),
        ("19900003013", "19900003021", "19900003039", "19900003047"),
        (("44260", "Savenay"), ("44480", "Donges"), ("44160", "Pontchâteau")),
        SettledSos(
            "99900001000010",
            "SOS Médecins de l’Estuaire (inventée)",
            (
                ("Point fixe du Port", "3 quai du Phare Rouge", "44600", "Saint-Nazaire"),
                ("Point fixe des Sables", "18 avenue de la Jument", "44380", "Pornichet"),
            ),
        ),
    ),
    Settled(
        "erdre-cens",
        "44-erdre-cens-mg",
        (("449900042", "CPTS Erdre et Cens (inventée)"),),
        ("19900004011", "19900004029", "19900004037", "19900004045"),
        (("44240", "La Chapelle-sur-Erdre"), ("44700", "Orvault"), ("44880", "Sautron")),
    ),
    Settled(
        "essai",
        None,
        (("950047225", "CPTS d’essai A"), ("950046227", "CPTS d’essai B")),
        ("10101215225", "10002909371", "10001288385"),
        (("44000", "Nantes"), ("35000", "Rennes")),
        SettledSos(
            "34173748400020",
            "SOS Médecins d’essai",
            (("Centre d’essai", "1 place du Marché", "35000", "Rennes"),),
        ),
    ),
)
