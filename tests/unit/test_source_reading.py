"""A source's declaration is taken as the contract writes it, and refused where it cannot be meant."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.domain.slots.source import AgendaSource, SourceKind, TlsFiles
from osnp_console.domain.slots.source_address import address_fault
from osnp_console.domain.slots.source_reading import (
    FIELDS,
    SourceRefused,
    read_source,
    source_document,
    source_warnings,
)

CATALOGUE = ("44-erdre-cens-mg", "44-pays-de-redon-mg")


def declaration(**changed: object) -> dict[str, Any]:
    """The contract's example, with changed fields."""
    return {
        "id": "sas-recette",
        "type": "sas_fhir",
        "nom": "SAS 44, recette",
        "url": "https://agenda.exemple/fhir",
        "effecteurs": ["10002673899"],
        "structures": [],
        "dispositifs": ["44-erdre-cens-mg"],
        "options": {"cpts": True},
        "tls": {"certificat": "/cles/sas.pem", "cle": "/cles/sas.key", "autorite": "/cles/igc.pem"},
        **changed,
    }


def refusal(document: object) -> tuple[str, str | None]:
    with pytest.raises(SourceRefused) as caught:
        read_source(document, CATALOGUE)
    assert caught.value.message
    return caught.value.code, caught.value.field


def test_the_example_of_the_contract_is_read_whole() -> None:
    assert read_source(declaration(), CATALOGUE) == AgendaSource(
        id="sas-recette",
        kind=SourceKind.SAS_FHIR,
        name="SAS 44, recette",
        url="https://agenda.exemple/fhir",
        practitioners=("10002673899",),
        structures=(),
        dispositifs=("44-erdre-cens-mg",),
        options={"cpts": True},
        tls=TlsFiles("/cles/sas.pem", "/cles/sas.key", "/cles/igc.pem"),
    )


def test_what_is_absent_or_null_is_not_said() -> None:
    short = read_source({"id": "carnet", "type": "carnet_local"}, CATALOGUE)
    assert short == AgendaSource("carnet", SourceKind.LOCAL_AGENDA, "carnet")
    nothing: dict[str, object] = {name: None for name in FIELDS if name not in ("id", "type")}
    assert read_source({"id": "carnet", "type": "carnet_local", **nothing}, CATALOGUE) == short


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"effecteur": []}, "effecteur"),
        ({"Url": "https://a.exemple"}, "Url"),
        ({"tls": {"certificate": "/a.pem"}}, "tls.certificate"),
    ],
)
def test_an_unknown_field_is_refused_by_its_name(changed: dict[str, object], field: str) -> None:
    assert refusal(declaration(**changed)) == ("champ_inconnu", field)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"mot_de_passe": "x"}, "mot_de_passe"),
        ({"options": {"password": "x"}}, "options.password"),
        ({"options": {"cle_api": "x"}}, "options.cle_api"),
        ({"options": {"api-key": "x"}}, "options.api-key"),
        ({"options": {"acces": {"jeton": "x"}}}, "options.acces.jeton"),
        ({"options": {"acces": [{"secret": "x"}]}}, "options.acces.secret"),
        ({"tls": {"passphrase": "x"}}, "tls.passphrase"),
        ({"tls": {"cle": "-----BEGIN PRIVATE KEY-----\nMIIE"}}, "tls.cle"),
    ],
)
def test_no_secret_is_taken_in_a_declaration(changed: dict[str, object], field: str) -> None:
    assert refusal(declaration(**changed)) == ("interdit", field)


def test_the_refusal_of_a_secret_says_where_it_goes() -> None:
    with pytest.raises(SourceRefused, match="trousseau"):
        read_source(declaration(options={"mot_de_passe": "x"}), CATALOGUE)


def test_a_secretariat_is_no_secret() -> None:
    options = {"secretariat": "02 61 91 12 34", "mots_cles": "CPTS"}
    assert read_source(declaration(options=options), CATALOGUE).options == options


@pytest.mark.parametrize("field", ["id", "type", "url"])
def test_what_a_source_cannot_do_without_is_asked_for(field: str) -> None:
    document = declaration()
    del document[field]
    assert refusal(document) == ("champ_manquant", field)


@pytest.mark.parametrize("kind", ["carnet_local", "telephone", "portail", "ical", "bundle_fhir"])
def test_some_kinds_do_without_an_address(kind: str) -> None:
    assert read_source({"id": "a", "type": kind}, CATALOGUE).url is None


def test_a_key_without_its_certificate_is_asked_for() -> None:
    assert refusal(declaration(tls={"cle": "/a.key"})) == ("champ_manquant", "tls.certificat")


@pytest.mark.parametrize("kind", [kind.value for kind in SourceKind])
def test_every_type_of_the_contract_is_known(kind: str) -> None:
    url = None if kind in ("carnet_local", "telephone") else "https://agenda.exemple/"
    assert read_source(declaration(type=kind, url=url), CATALOGUE).kind.value == kind


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"type": "google"}, "type"),
        ({"type": ["sas_fhir"]}, "type"),
        ({"id": "SAS Recette"}, "id"),
        ({"id": ""}, "id"),
        ({"id": 3}, "id"),
        ({"nom": "a\u0007b"}, "nom"),
        ({"nom": "a" * 200}, "nom"),
        ({"url": 3}, "url"),
        ({"url": "https://agenda.exemple/fhir?a=b"}, "url"),
        ({"type": "telephone"}, "url"),
        ({"effecteurs": "10002673899"}, "effecteurs"),
        ({"effecteurs": [10002673899]}, "effecteurs"),
        ({"effecteurs": ["1000267389"]}, "effecteurs"),
        ({"effecteurs": ["910002673899"]}, "effecteurs"),
        ({"structures": ["123"]}, "structures"),
        ({"dispositifs": "44-erdre-cens-mg"}, "dispositifs"),
        ({"options": []}, "options"),
        ({"options": {"a": {"b": {"c": {"d": {"e": 1}}}}}}, "options.a.b.c.d.e"),
        ({"tls": "/cles"}, "tls"),
        ({"tls": {"certificat": " "}}, "tls.certificat"),
    ],
)  # fmt: skip
def test_a_value_of_another_kind_is_refused_where_it_stands(changed: dict[str, object], field: str) -> None:
    assert refusal(declaration(**changed)) == ("valeur_invalide", field)


@pytest.mark.parametrize("kind", ["ical", "bundle_fhir"])
@pytest.mark.parametrize(
    "path", ["/srv/agendas/libre.ics", "C:\\agendas\\libre.ics", "\\\\serveur\\agendas\\a.json"]
)
def test_a_calendar_and_a_bundle_may_be_a_file(kind: str, path: str) -> None:
    assert read_source(declaration(type=kind, url=path), CATALOGUE).url == path


@pytest.mark.parametrize(
    ("kind", "url"),
    [
        ("ical", "libre.ics"),
        ("bundle_fhir", "../a.json"),
        ("ical", "file:///a.ics"),
        ("sas_fhir", "/srv/fhir"),
    ],
)
def test_any_other_path_is_no_address(kind: str, url: str) -> None:
    assert refusal(declaration(type=kind, url=url)) == ("valeur_invalide", "url")


def test_what_is_no_object_is_no_declaration() -> None:
    assert refusal([declaration()]) == ("valeur_invalide", None)


def test_a_dispositif_that_is_not_in_the_catalogue_is_unknown() -> None:
    assert refusal(declaration(dispositifs=["44-erdre-cens-mg", "99-rien"])) == (
        "dispositif_inconnu",
        "dispositifs",
    )


def test_a_finess_with_a_wrong_key_is_refused_and_a_siret_with_one_is_read_again() -> None:
    assert refusal(declaration(structures=["291991082"])) == ("finess_invalide", "structures")
    source = read_source(declaration(structures=["34173748400021", "291 991 081"]), CATALOGUE)
    assert source.structures == ("34173748400021", "291991081")
    assert [field for field, _ in source_warnings(source)] == ["effecteurs", "structures"]


def test_an_rpps_is_taken_with_or_without_the_prefix_of_messages_and_counts_once() -> None:
    numbers = ["10002909371", "810002909371", "1000 2909 371", "10002673899"]
    source = read_source(declaration(effecteurs=numbers, dispositifs=[*CATALOGUE, *CATALOGUE]), CATALOGUE)
    assert source.practitioners == ("10002909371", "10002673899")
    assert source.dispositifs == CATALOGUE


def test_an_rpps_whose_key_is_unusual_is_kept_with_one_warning() -> None:
    source = read_source(declaration(effecteurs=["10002673899", "10001288385", "10002909371"]), CATALOGUE)
    assert len(source.practitioners) == 3
    assert [field for field, _ in source_warnings(source)] == ["effecteurs"]


@pytest.mark.parametrize(
    "url",
    [
        "https://agenda.exemple/fhir", "https://agenda.exemple:8443/a/b.ics?vue=libre",
        "http://127.0.0.1:5000/fhir", "http://localhost/fhir", "http://[::1]:80/",
    ],
)  # fmt: skip
def test_https_and_this_machine_are_addresses(url: str) -> None:
    assert address_fault(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "", "agenda.exemple/fhir", "http://agenda.exemple/fhir", "http://127.0.0.1.exemple/", "ftp://a.exemple/",
        "file:///etc/passwd", "https:///fhir", "https://ana:mdp@agenda.exemple/", "https://ana@agenda.exemple/",
        "https://agenda.exemple/#a", "https://agenda.exemple/a b", "https://agenda.exemple:99999/",
        "https://[::1/", "javascript:alert(1)", "https://a.exemple/?token=x", "https://a.exemple/?API_KEY=x",
        "https://a.exemple/\nb", "https://a.exemple\\@b.exemple/", "http://localhost.exemple/",
    ],
)  # fmt: skip
def test_any_other_address_is_refused_with_a_sentence_that_does_not_repeat_it(url: str) -> None:
    fault = address_fault(url)
    assert fault is not None
    assert "mdp" not in fault
    assert "exemple" not in fault


_ids = st.from_regex(r"[a-z0-9][a-z0-9_.-]{0,20}", fullmatch=True)
_plain = st.booleans() | st.integers(-9, 9) | st.text(max_size=8)
_values = (
    _plain
    | st.lists(_plain, max_size=2)
    | st.dictionaries(st.sampled_from(["vue", "lieu"]), _plain, max_size=2)
)


@given(
    st.builds(
        AgendaSource,
        id=_ids,
        kind=st.just(SourceKind.ICAL),
        name=st.from_regex(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ’.,-]{0,20}", fullmatch=True).filter(str.isprintable),
        url=st.sampled_from(["/srv/libre.ics", "https://agenda.exemple/libre.ics"]),
        practitioners=st.sampled_from([(), ("10002673899",), ("10002909371", "10001288385")]),
        structures=st.sampled_from([(), ("34173748400020", "291991081")]),
        dispositifs=st.sampled_from([(), CATALOGUE]),
        options=st.dictionaries(st.sampled_from(["origine", "sens", "durée"]), _values, max_size=3),
        tls=st.sampled_from([TlsFiles(), TlsFiles("/a.pem", "/a.key", None), TlsFiles(authority="/c.pem")]),
    )
)
def test_a_declaration_written_back_gives_the_same_source(source: AgendaSource) -> None:
    written = json.loads(json.dumps(source_document(source)))
    again = read_source(written, CATALOGUE)
    assert again == source
    assert source_document(again) == written


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(FIELDS) | st.text(), inner),
        max_leaves=12,
    )
)
def test_any_document_is_read_or_refused_with_a_sentence(document: object) -> None:
    try:
        said = read_source(document, CATALOGUE).id
    except SourceRefused as refused:
        said = refused.message
    assert said
