"""The site's own layer: territories, lines, FINESS numbers, corrections, dispositifs, shown as its own."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from osnp_console.app.places.import_territory import read_territory
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.commune import Commune, Gazetteer, ListedRegister
from tests.cli.console import REDON, Console, Said, call_with, criterion

PAYS_BLANC, PAYS_BLANC_MG = "CPTS du Pays Blanc", "44-pays-blanc-mg"
ANCENIS = "CPTS d'Ancenis"
LITTORAL, LITTORAL_MG = "CPTS Littoral Vendéen", "85-littoral-vendeen-mg"
VENDEE_NURSES = "85-vendee-ide"
AUTHOR = "C. Régnier"
ENTRY = f'saisie: {{auteur: "{AUTHOR}", date: "2026-11-20"}}\n'
BY_THE_SITE = {"document": "site", "page": None, "auteur": AUTHOR, "saisie_le": "2026-11-20"}

OWN = (
    """id: "44-maison-des-dunes"
cpts: "CPTS du Pays Blanc"
departement: "44"
nature: medecine_generale
statut: en_service
resume: "Consultations du samedi matin, convenues entre le site et la maison de santé."
source: {document: site}
criteres:
  - {id: delai, type: delai, heures: 48, source: {document: site}}
acces:
  - mode: ligne
    nom: "Secrétariat des Dunes"
    telephone: {numero: "02 61 91 00 01"}
    source: {document: site}
"""
    + ENTRY
)


@pytest.fixture
def console(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Console:
    """The commands on the built-in catalogue, with a site's folder that is still empty."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "configuration"))
    return Console(tmp_path / "site")


def enter(console: Console, path: str, text: str) -> None:
    """Write one file of the site's layer."""
    file = console.site / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def import_of(console: Console, text: str | bytes, cpts: str = PAYS_BLANC) -> Said:
    """Import a CSV as the communes of a CPTS."""
    return console.run(
        "territoires", "importer", "-", "--cpts", cpts, "--auteur", AUTHOR, "--instant", "2026-11-20T09:00",
        "--json", stdin=text,
    )  # fmt: skip


def taken(said: Said) -> object:
    """The communes that an import took."""
    assert said.status == 0, said
    return said.answer()["communes"]


def reasons(said: Said) -> list[tuple[int, str]]:
    """The lines that an import refused, with why."""
    refused = said.answer()["refusees"]
    assert isinstance(refused, list)
    return [(row["ligne"], row["raison"]) for row in refused]


def judged(console: Console, name: str, **changed: object) -> dict[str, object]:
    """One dispositif's answer to the invented call."""
    return console.judge(call_with(**changed), "--dispositif", name).dispositifs()[name]


def problems(console: Console) -> list[dict[str, object]]:
    """What the verifier says."""
    found = console.run("catalogue", "verifier", "--json").answer()["problemes"]
    assert isinstance(found, list)
    return found


def print_of(console: Console) -> object:
    """The fingerprint that answers carry."""
    catalogue = console.judge("{}").answer()["catalogue"]
    assert isinstance(catalogue, dict)
    return catalogue["empreinte"]


# A territory is imported


def test_an_imported_territory_settles_who_belongs(console: Console) -> None:
    before = criterion(judged(console, PAYS_BLANC_MG, patient__commune="44069"), "territoire")
    assert before["etat"] == "inconnu"
    assert taken(import_of(console, "code\n44069\n44211\n")) == ["44069", "44211"]
    inside = judged(console, PAYS_BLANC_MG, patient__commune="44069")
    assert inside["verdict"] == "eligible"
    assert criterion(inside, "territoire")["constat"] == "Guérande (44069) est dans la liste"
    outside = judged(console, PAYS_BLANC_MG, patient__commune="44132")
    assert outside["verdict"] == "non_eligible"
    assert criterion(outside, "territoire")["etat"] == "non"


def test_an_imported_territory_shows_as_the_sites_with_author_and_date(console: Console) -> None:
    import_of(console, "44069\n")
    assert criterion(judged(console, PAYS_BLANC_MG), "territoire")["source"] == BY_THE_SITE


def test_where_visitors_are_taken_the_imported_list_is_still_the_sites(console: Console) -> None:
    import_of(console, "85194\n", LITTORAL)
    row = criterion(judged(console, LITTORAL_MG, patient__commune="85194"), "territoire")
    assert row["etat"] == "oui"
    assert row["source"] == BY_THE_SITE


def test_an_imported_territory_passes_the_verifier(console: Console) -> None:
    import_of(console, "44069\nAnetz;44\n01004\n2A004\n")
    assert problems(console) == []


def test_the_operators_answer_no_longer_counts_once_the_communes_are_listed(console: Console) -> None:
    import_of(console, "44069\n")
    answer = {f"territoire:{PAYS_BLANC}": True}
    assert (
        judged(console, PAYS_BLANC_MG, patient__commune="44132", reponses=answer)["verdict"] == "non_eligible"
    )


def test_a_second_import_replaces_the_first(console: Console) -> None:
    import_of(console, "44069\n")
    import_of(console, "44211\n")
    assert judged(console, PAYS_BLANC_MG, patient__commune="44069")["verdict"] == "non_eligible"
    assert judged(console, PAYS_BLANC_MG, patient__commune="44211")["verdict"] == "eligible"
    assert len(list((console.site / "territoires").iterdir())) == 1


def test_a_territory_beyond_the_departement_widens_those_covered(console: Console) -> None:
    said = import_of(console, "44069\n56097\n")
    assert said.answer()["departements"] == ["44", "56"]
    row = criterion(judged(console, PAYS_BLANC_MG, patient__commune="56260"), "territoire")
    assert row["constat"] == "Hors territoire : Vannes (56260) n’est pas dans la liste."


def test_an_import_changes_no_other_territory(console: Console) -> None:
    before = judged(console, REDON)
    import_of(console, "44069\n")
    assert judged(console, REDON) == before


# What a CSV may look like


@pytest.mark.parametrize(
    "text",
    [
        "44069\n44211\n",
        "44069\r\n44211\r\n",
        "code\n44069\n44211",
        "INSEE;Commune\n44069;Guérande\n44211;La Turballe\n",
        "Commune;Code INSEE\nGuérande;44069\nLa Turballe;44211\n",
        "commune,departement\nGuérande,44\nLa Turballe,44\n",
        "nom\tdépartement\nguerande\t44\nLA TURBALLE\t44\n",
        "Guérande;44\nLa Turballe;44\n",
        '"Guérande";"44"\n"La Turballe";"44"\n',
        "\n\n  44069  \n\n44211\n\n",
        "\ufeffcode\n44069\n44211\n",
        "\ufeff44069\n44211\n",
        "\ufeffcommune;dep\nGuérande;44\nLa Turballe;44\n",
    ],
)
def test_codes_or_names_with_their_departement_are_read(console: Console, text: str) -> None:
    said = import_of(console, text)
    assert taken(said) == ["44069", "44211"]
    assert reasons(said) == []


def test_a_file_with_a_byte_order_mark_is_read(console: Console, tmp_path: Path) -> None:
    sheet = tmp_path / "communes.csv"
    sheet.write_bytes(b"\xef\xbb\xbfcode;commune\r\n44069;Gu\xc3\xa9rande\r\n")
    said = console.run(
        "territoires", "importer", str(sheet), "--cpts", PAYS_BLANC, "--auteur", AUTHOR, "--json"
    )
    assert taken(said) == ["44069"]


def test_a_name_without_departement_is_refused_even_if_only_one_commune_bears_it(console: Console) -> None:
    said = import_of(console, "44069\nGuérande\nLangon\n")
    assert [line for line, _ in reasons(said)] == [2, 3]
    assert all("ajouter le département ou le code INSEE" in why for _, why in reasons(said))


def test_homonyms_of_two_departements_are_told_apart_by_the_departement(console: Console) -> None:
    assert taken(import_of(console, "Langon;35\n", "CPTS Pays de Redon")) == ["35145"]
    assert taken(import_of(console, "Langon;33\n", "CPTS Pays de Redon")) == ["33227"]


def test_homonyms_of_one_departement_are_refused_with_their_codes(catalogue: Catalogue) -> None:
    twins = [Commune(code, "Bourg-les-Deux", "44", ()) for code in ("44901", "44902")]
    gazetteer = Gazetteer(ListedRegister(twins, (), {"44": "Loire-Atlantique"}))
    report = read_territory(
        ["Bourg-les-Deux;44"], PAYS_BLANC, catalogue, gazetteer, AUTHOR, date(2026, 11, 20)
    )
    assert report.entry is None
    (refused,) = report.refused
    assert refused.why == "plusieurs communes de ce nom dans le 44 (44901, 44902) : donner le code INSEE"


@pytest.mark.parametrize(
    "text", ["44004\n", "Anetz;44\n", "code\n44004\n", "44004\n44163\nVair-sur-Loire;44\n"]
)
def test_a_former_commune_leads_to_the_living_one(console: Console, text: str) -> None:
    assert taken(import_of(console, text, ANCENIS)) == ["44163"]


def test_lines_that_name_no_commune_are_refused_each_with_its_reason(console: Console) -> None:
    said = import_of(console, "code;commune;dep\n44069;;\n99999;;\n;Guérande;\n;Guérande;72\n;;44\n1004;;\n")
    assert taken(said) == ["44069"]
    assert reasons(said) == [
        (3, "aucune commune ne porte le code INSEE 99999"),
        (4, "un nom sans département ne désigne pas une commune : ajouter le département ou le code INSEE"),
        (5, "aucune commune de ce nom dans le département 72"),
        (6, "ni code INSEE ni nom"),
        (7, "aucune commune ne porte le code INSEE 1004"),
    ]


# Corrections


FINESS = (
    f'id: "{VENDEE_NURSES}"\nintervention:\n  finess: "850000019"\n  source: {{document: site}}\n' + ENTRY
)


def shown(console: Console, name: str) -> dict[str, object]:
    """A dispositif's whole sheet."""
    said = console.run("catalogue", "montrer", name, "--json")
    assert said.status == 0, said
    return said.answer()


def test_a_correction_adds_a_finess_that_shows_as_the_sites(console: Console) -> None:
    before = shown(console, VENDEE_NURSES)["intervention"]
    assert isinstance(before, dict)
    assert before["finess"] is None
    enter(console, f"dispositifs/85/{VENDEE_NURSES}.yaml", FINESS)
    assert problems(console) == []
    after = shown(console, VENDEE_NURSES)["intervention"]
    assert isinstance(after, dict)
    assert (after["finess"], after["source"]) == ("850000019", BY_THE_SITE)
    assert {**after, "finess": None, "source": before["source"]} == before


def test_a_finess_that_the_site_writes_with_blanks_is_kept_without(console: Console) -> None:
    enter(console, f"dispositifs/85/{VENDEE_NURSES}.yaml", FINESS.replace("850000019", "85 000 00 19"))
    assert problems(console) == []
    after = shown(console, VENDEE_NURSES)["intervention"]
    assert isinstance(after, dict)
    assert after["finess"] == "850000019"


def test_everything_a_correction_does_not_name_stays_the_sources(console: Console) -> None:
    before = shown(console, VENDEE_NURSES)
    enter(console, f"dispositifs/85/{VENDEE_NURSES}.yaml", FINESS)
    after = shown(console, VENDEE_NURSES)
    assert {**after, "intervention": before["intervention"]} == before


def test_a_finess_with_a_wrong_key_is_refused_on_its_line(console: Console) -> None:
    enter(console, f"dispositifs/85/{VENDEE_NURSES}.yaml", FINESS.replace("850000019", "850000018"))
    (problem,) = problems(console)
    assert (problem["fichier"], problem["ligne"]) == (f"dispositifs/85/{VENDEE_NURSES}.yaml", 3)


def test_a_correction_gives_a_line_that_shows_as_the_sites(console: Console) -> None:
    line = """acces:
  - mode: ligne
    nom: "Secrétariat convenu"
    telephone: {numero: "02 61 91 00 02", patients: true}
    horaires: {osm: "Mo-Fr 08:00-18:00", texte: "En semaine, de 8 h à 18 h", source: {document: site}}
    source: {document: site}
"""
    enter(console, f"dispositifs/44/{PAYS_BLANC_MG}.yaml", f'id: "{PAYS_BLANC_MG}"\n' + line + ENTRY)
    assert problems(console) == []
    ways = shown(console, PAYS_BLANC_MG)["acces"]
    assert isinstance(ways, list)
    assert [(way["telephone"], way["source"]) for way in ways] == [("+33261910002", BY_THE_SITE)]
    way = judged(console, PAYS_BLANC_MG)["acces"]
    assert isinstance(way, dict)
    assert (way["mode"], way["telephone"], way["ouvert"]) == ("ligne", "+33261910002", True)
    assert way["ferme_a"] == "2026-11-24T18:00:00+01:00"


DELAY = f'id: "{REDON}"\ncriteres:\n  - {{id: delai, heures: 24, source: {{document: site}}}}\n' + ENTRY


def test_a_corrected_criterion_counts_and_shows_as_the_sites(console: Console) -> None:
    before = judged(console, REDON)
    enter(console, f"dispositifs/44/{REDON}.yaml", DELAY)
    after = judged(console, REDON)
    assert (before["verdict"], after["verdict"]) == ("eligible", "non_eligible")
    assert criterion(after, "delai")["source"] == BY_THE_SITE
    for name in ("motif", "plateau_technique", "medecin_traitant", "deplacement", "territoire", "adressage"):
        assert criterion(after, name) == criterion(before, name)


def test_a_value_of_the_site_is_never_passed_off_as_the_sources(console: Console) -> None:
    """A correction that does not say `source: {document: site}` is refused, or shows as the site's."""
    enter(console, f"dispositifs/44/{REDON}.yaml", DELAY.replace(", source: {document: site}", ""))
    if not [problem for problem in problems(console) if "exemple «" not in str(problem["message"])]:
        assert criterion(judged(console, REDON), "delai")["source"] == BY_THE_SITE


def test_a_fault_is_named_on_its_own_line_of_the_correction(console: Console) -> None:
    text = f"""id: "{REDON}"
criteres:
  - {{id: delai, heures: 24, source: {{document: site}}}}
  - {{id: motif, motifs: [ennui], source: {{document: site}}}}
"""
    enter(console, f"dispositifs/44/{REDON}.yaml", text + ENTRY)
    (problem,) = problems(console)
    assert "« ennui »" in str(problem["message"])
    assert problem["ligne"] == 4


def test_two_corrections_of_one_dispositif_are_refused(console: Console) -> None:
    enter(console, f"dispositifs/44/{REDON}.yaml", DELAY)
    enter(console, f"dispositifs/44-bis/{REDON}.yaml", DELAY.replace("24", "72"))
    named = [problem for problem in problems(console) if f"« {REDON} »" in str(problem["message"])]
    assert [problem["fichier"] for problem in named] == [f"dispositifs/44-bis/{REDON}.yaml"]


def test_a_correction_that_moves_a_verdict_passes_the_verifier(console: Console) -> None:
    """The examples of a built-in file speak of the source's text, not of what the site made of it."""
    enter(console, f"dispositifs/44/{REDON}.yaml", DELAY)
    said = console.run("catalogue", "verifier", "--json")
    assert said.status == 0
    assert said.answer()["erreurs"] == 0


@pytest.mark.parametrize(
    "text",
    [
        f'id: "{REDON}"\ncriteres:\n  - {{id: [delai], heures: 24}}\n',
        f'id: "{REDON}"\ncriteres: 3\n',
        f'id: "{REDON}"\ncriteres: null\n',
        "id: [a]\n",
        "[]\n",
        "",
    ],
)
def test_a_correction_of_another_shape_is_refused_without_a_traceback(console: Console, text: str) -> None:
    path = f"dispositifs/44/{REDON}.yaml"
    enter(console, path, text + ENTRY if text.startswith("id") else text)
    assert {problem["fichier"] for problem in problems(console)} == {path}


# Own dispositifs


def test_an_own_dispositif_is_listed_shown_and_judged_as_the_sites(console: Console) -> None:
    enter(console, "dispositifs/44/44-maison-des-dunes.yaml", OWN)
    assert problems(console) == []
    rows = {row["id"]: row for row in console.run("catalogue", "lister", "--json").rows()}
    assert len(rows) == 94
    assert rows["44-maison-des-dunes"]["source"] == BY_THE_SITE
    import_of(console, "44069\n")
    dunes = judged(console, "44-maison-des-dunes", patient__commune="44069")
    assert dunes["verdict"] == "eligible"
    for name in ("offre", "delai", "territoire"):
        assert criterion(dunes, name)["source"] == BY_THE_SITE
    sheet = shown(console, "44-maison-des-dunes")
    source = sheet["source"]
    assert isinstance(source, dict)
    assert (source["auteur"], source["saisie_le"]) == (AUTHOR, "2026-11-20")


def test_an_own_dispositif_is_a_choice_of_the_batch_as_well(console: Console) -> None:
    enter(console, "dispositifs/44/44-maison-des-dunes.yaml", OWN)
    said = console.batch(json.dumps({"appel": {}}))
    rows = said.lines()[0]["dispositifs"]
    assert isinstance(rows, list)
    assert "44-maison-des-dunes" in [row["id"] for row in rows]


# Who entered it, and when


def without_entry(text: str) -> str:
    """The same file without saying who entered it."""
    assert ENTRY in text
    return text.replace(ENTRY, "")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("dispositifs/44/44-maison-des-dunes.yaml", without_entry(OWN)),
        (f"dispositifs/85/{VENDEE_NURSES}.yaml", without_entry(FINESS)),
        (f"dispositifs/44/{REDON}.yaml", f'id: "{REDON}"\nstatut: prevu\n'),
        (
            "territoires/pays-blanc.yaml",
            f'territoires:\n  - cpts: "{PAYS_BLANC}"\n    departements: ["44"]\n'
            "    source: {document: site}\n"
            '    communes: [{code: "44069", nom: "Guérande"}]\n',
        ),
        (
            "territoires/pays-blanc.yaml",
            f'territoires:\n  - cpts: "{PAYS_BLANC}"\n    departements: ["44"]\n'
            "    source: {document: S5, page: 27}\n",
        ),
    ],
)
def test_a_layer_that_does_not_say_who_entered_it_is_refused(console: Console, path: str, text: str) -> None:
    enter(console, path, text)
    found = problems(console)
    assert found
    assert {problem["fichier"] for problem in found} == {path}
    assert any("saisie" in str(problem["message"]) for problem in found)
    said = console.judge("{}")
    assert said.status == 1
    assert path in str(said.refusal()["message"])


@pytest.mark.parametrize("author", ["", "   "])
def test_an_entry_names_its_author(console: Console, author: str) -> None:
    enter(console, "dispositifs/44/44-maison-des-dunes.yaml", OWN.replace(AUTHOR, author))
    assert problems(console)


def test_an_import_by_nobody_is_refused(console: Console) -> None:
    arguments = ("territoires", "importer", "-", "--cpts", PAYS_BLANC, "--auteur", "  ", "--json")
    assert console.run(*arguments, stdin="44069\n").status != 0
    assert not console.site.exists()


@pytest.mark.parametrize("day", ["hier", "2026-02-30", "20/11/2026", "2026"])
def test_the_day_of_an_entry_is_a_day(console: Console, day: str) -> None:
    entry = ENTRY.replace("2026-11-20", day)
    enter(console, "dispositifs/44/44-maison-des-dunes.yaml", OWN.replace(ENTRY, entry))
    assert problems(console)
    assert console.judge("{}").status == 1


@pytest.mark.parametrize("day", ["hier", "2026-02-30", "20/11/2026", "2026"])
def test_the_day_of_a_territorys_entry_is_a_day(console: Console, day: str) -> None:
    import_of(console, "44069\n")
    (file,) = (console.site / "territoires").iterdir()
    text = file.read_text(encoding="utf-8")
    assert "2026-11-20" in text
    file.write_text(text.replace("2026-11-20", day), encoding="utf-8")
    assert problems(console)
    assert console.judge("{}").status == 1


# The fingerprint


def test_the_fingerprint_changes_with_the_layer_and_comes_back_without_it(console: Console) -> None:
    built_in = print_of(console)
    import_of(console, "44069\n")
    with_territory = print_of(console)
    enter(console, f"dispositifs/85/{VENDEE_NURSES}.yaml", FINESS)
    with_finess = print_of(console)
    assert len({built_in, with_territory, with_finess}) == 3
    (console.site / "dispositifs" / "85" / f"{VENDEE_NURSES}.yaml").unlink()
    assert print_of(console) == with_territory
    next((console.site / "territoires").iterdir()).unlink()
    assert print_of(console) == built_in


def test_an_empty_layer_changes_nothing(console: Console) -> None:
    before = console.judge(call_with()).out
    console.site.mkdir()
    (console.site / "territoires").mkdir()
    assert console.judge(call_with()).out == before


def test_another_site_can_be_asked_for(console: Console, tmp_path: Path) -> None:
    other = tmp_path / "other-site"
    other.mkdir()
    import_of(console, "44069\n")
    said = console.judge(
        call_with(patient__commune="44069"), "--dispositif", PAYS_BLANC_MG, "--site", str(other)
    )
    assert criterion(said.dispositifs()[PAYS_BLANC_MG], "territoire")["etat"] == "inconnu"
