"""A table of effecteurs is taken line by line; what is not taken says why."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.app.effecteurs.fields import Known, effecteur_fields, natures_of, read_effecteur
from osnp_console.app.effecteurs.import_csv import EffecteurImport, read_table, write_table
from osnp_console.app.errors import Refusal
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.dispositif import Dispositif, Status
from osnp_console.domain.effecteur import Effecteur
from osnp_console.domain.slots.slot import Place
from osnp_console.domain.sources import Source

REDON, CANAL = "CPTS du Pays de Redon", "CPTS Erdre et Canal"


def dispositif(name: str, cpts: str, nature: str, status: Status = Status.IN_SERVICE) -> Dispositif:
    return Dispositif(name, cpts, "44", nature, status, "", Source("S5", 1))


KNOWN = Known(
    Catalogue(
        "2026.11",
        "sha256:0",
        (
            dispositif("44-redon-mg", REDON, "medecine_generale"),
            dispositif("44-redon-kine", REDON, "kinesitherapie"),
            dispositif("44-redon-ide", REDON, "infirmier", Status.PLANNED),
            dispositif("44-canal-mg", CANAL, "medecine_generale"),
        ),
    ),
    frozenset({"sas", "libre"}),
)


def imported(text: str | bytes, *there: str) -> EffecteurImport:
    return read_table(text if isinstance(text, bytes) else text.encode(), KNOWN, frozenset(there))


def field_refused(**said: str) -> tuple[str, str | None]:
    with pytest.raises(Refusal) as caught:
        read_effecteur({"identifiant": "10002909371", "nom": "Anne Bréhault", **said}, KNOWN)
    assert caught.value.message
    return caught.value.code, caught.value.field


TABLE = """RPPS;Nom;Prénom;Profession;CPTS;Sources;Adresse;Code postal;Ville;Téléphone
810002909371;Bréhault;Anne;Médecin généraliste;Pays de Redon;sas, libre;1 rue Lilas;35600;Redon;02 61 91 00 02
10001288385;Maury;Paul;;Erdre et Canal;;;1000;;pas un numéro
123;Personne;;;;;;;;
10001288385;Maury;Paul;;;;;;;
;;;;;;;;;

10100050075;Lebreton;Iris;Infirmière;44-canal-mg;;;;;
10100050083;Nom;Léo;Médecin;CPTS Inconnue;;;;;
10002673899;Le Goff;;Kiné;"CPTS du Pays de Redon
44-canal-mg";;;;;
"""


def test_a_table_is_taken_line_by_line_with_a_report() -> None:
    report = imported(TABLE, "10001288385")
    assert [(one.line, one.outcome, one.field) for one in report.lines] == [
        (2, "ajoute", None),
        (3, "remplace", None),
        (4, "refuse", "identifiant"),
        (5, "refuse", "identifiant"),
        (8, "ajoute", None),
        (9, "refuse", "dispositifs"),
        (10, "ajoute", None),
    ]
    assert (report.count("ajoute"), report.count("remplace"), report.count("refuse")) == (3, 1, 3)
    assert "ligne 3" in report.lines[3].messages[0]
    assert "CPTS Inconnue" in report.lines[5].messages[0]
    assert [one.id for one in report.entries] == [
        "10002909371",
        "10001288385",
        "10100050075",
        "10002673899",
    ]


def test_a_line_is_read_whole() -> None:
    assert imported(TABLE).entries[0] == Effecteur(
        "10002909371",
        "Anne Bréhault",
        "Médecin généraliste",
        ("44-redon-mg",),
        ("sas", "libre"),
        Place(address="1 rue Lilas", postcode="35600", city="Redon"),
        "02 61 91 00 02",
    )


def test_what_is_to_be_read_again_is_taken_with_a_warning() -> None:
    line = imported(TABLE).lines[1]
    assert line.outcome == "ajoute"
    assert "numéro français" in line.messages[-1]
    maury = imported(TABLE).entries[1]
    assert (maury.phone, maury.place.postcode) == ("pas un numéro", "01000")
    assert imported(TABLE).lines[4].messages == ("Clé du RPPS inhabituelle\u202f: relire les onze chiffres.",)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_separators_and_encodings_of_spreadsheets_are_known(separator: str, encoding: str, end: str) -> None:
    text = end.join(
        (separator.join(("N° RPPS", "Nom", "Note")), separator.join(("10002909371", "Bréhault", "Été")))
    )
    (one,) = imported(text.encode(encoding)).entries
    assert (one.id, one.name, one.note) == ("10002909371", "Bréhault", "Été")


def test_a_siret_and_a_finess_are_numbers_too() -> None:
    report = imported("rpps;siret;finess;nom\n;34173748400020;;SOS\n;;291 991 081;Centre\n;;291991082;Faux\n")
    assert [one.id for one in report.entries] == ["34173748400020", "291991081"]
    assert "Clé du FINESS" in report.lines[2].messages[0]


def test_columns_that_mean_nothing_are_told() -> None:
    report = imported("rpps,nom,couleur,\n10002909371,Bréhault,vert,\n")
    assert report.ignored_columns == ("couleur",)
    assert report.count("ajoute") == 1


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (b"", "identifiant"), (b"nom\nMaury\n", "identifiant"), (b"rpps\n10002909371\n", "nom"),
        (b"rpps;nom\x00\n", "fichier"), (b'rpps;nom\n"10002909371;Maury\n', "fichier"),
        (b"rpps;nom\n10002909371;\x81\n", "fichier"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_whole(content: bytes, field: str) -> None:
    with pytest.raises(Refusal) as caught:
        imported(content)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"identifiant": ""}, "champ_manquant", "identifiant"),
        ({"identifiant": "1,00029E+10"}, "valeur_invalide", "identifiant"),
        ({"identifiant": "291991082"}, "finess_invalide", "identifiant"),
        ({"nom": " "}, "champ_manquant", "nom"),
        ({"nom": "a\u0007"}, "valeur_invalide", "nom"),
        ({"dispositifs": "99-rien"}, "dispositif_inconnu", "dispositifs"),
        ({"dispositifs": REDON}, "dispositif_inconnu", "dispositifs"),
        ({"dispositifs": REDON, "profession": "Infirmière"}, "dispositif_inconnu", "dispositifs"),
        ({"sources": "autre"}, "introuvable", "sources"),
        ({"structure": "12"}, "valeur_invalide", "structure"),
        ({"latitude": "47,6"}, "champ_manquant", "longitude"),
        ({"latitude": "quelque part", "longitude": "2"}, "valeur_invalide", "latitude"),
        ({"latitude": "91", "longitude": "2"}, "valeur_invalide", "latitude"),
        ({"latitude": "nan", "longitude": "2"}, "valeur_invalide", "latitude"),
    ],
)
def test_a_field_that_cannot_be_meant_is_refused_by_its_name(
    said: dict[str, str], code: str, field: str
) -> None:
    assert field_refused(**said) == (code, field)


def test_a_cpts_of_several_dispositifs_asks_which_and_names_those_in_service() -> None:
    with pytest.raises(Refusal, match=r"44-redon-mg, 44-redon-kine\.") as caught:
        read_effecteur({"identifiant": "10002909371", "nom": "A", "dispositifs": REDON}, KNOWN)
    assert "44-redon-ide" not in caught.value.message


@pytest.mark.parametrize(
    ("profession", "nature"),
    [
        ("Médecin généraliste", "medecine_generale"), ("Infirmier", "infirmier"), ("IDEL", "infirmier"),
        ("Masseur-kinésithérapeute", "kinesitherapie"), ("Kiné", "kinesitherapie"),
        ("Sage-femme", "sage_femme"), ("Chirurgien-dentiste", "dentaire"), ("Orthophoniste", "orthophonie"),
        ("Pharmacien", "protocole_pharmacien"),
    ],
)  # fmt: skip
def test_a_profession_takes_part_in_its_own_offers(profession: str, nature: str) -> None:
    assert nature in (natures_of(profession) or ())


@pytest.mark.parametrize("profession", [None, "", "Secrétaire", "Idée"])
def test_a_profession_that_says_nothing_is_not_known(profession: str | None) -> None:
    assert natures_of(profession) is None


_lines = st.from_regex(r"[A-Za-zé=+@'-][A-Za-zé0-9=+@' ;,\"-]{0,12}[a-z]", fullmatch=True).map(
    lambda text: " ".join(text.split())
)
_places = st.builds(
    Place,
    id=st.sampled_from([None, "1291991081", "334173748400020", "412345678912345"]),
    name=st.none() | _lines,
    address=st.none() | _lines,
    postcode=st.sampled_from([None, "35600", "01000"]),
    city=st.none() | _lines,
    phone=st.sampled_from([None, "+33261910001", "02 61 91 00 01"]),
)
_effecteurs = st.builds(
    Effecteur,
    id=st.sampled_from(["10002909371", "10001288385", "34173748400020", "291991081"]),
    name=_lines,
    profession=st.none() | _lines,
    dispositifs=st.sampled_from([(), ("44-redon-mg",), ("44-redon-mg", "44-canal-mg")]),
    sources=st.sampled_from([(), ("sas", "libre")]),
    place=_places
    | st.builds(Place, latitude=st.floats(-90, 90), longitude=st.floats(-180, 180), city=st.just("Redon")),
    phone=st.sampled_from([None, "+33261910002", "pas un numéro"]),
    note=st.just("") | _lines | st.just("deux\nlignes"),
)


@given(st.lists(_effecteurs, unique_by=lambda one: one.id, max_size=4))
def test_a_directory_written_as_a_table_is_read_back_the_same(effecteurs: list[Effecteur]) -> None:
    report = read_table(write_table(effecteurs).encode(), KNOWN, ())
    assert list(report.entries) == effecteurs
    assert report.count("refuse") == 0


def test_no_cell_of_a_table_is_a_formula() -> None:
    one = Effecteur("10002909371", "=1+1", phone="+33261910002", note="@a")
    row: dict[str, Any] = dict(
        zip(*(line.split(";") for line in write_table([one]).splitlines()), strict=True)
    )
    assert (row["nom"], row["telephone"], row["note"]) == ("'=1+1", "'+33261910002", "'@a")
    assert effecteur_fields(one)["nom"] == "=1+1"


@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: ("rpps;nom\n" + text).encode()))
def test_any_content_is_a_report_or_a_refusal(content: bytes) -> None:
    try:
        said = str(imported(content).lines)
    except Refusal as refusal:
        said = refusal.message
    assert said
