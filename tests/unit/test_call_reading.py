"""What a call document may say, and the field named in each refusal."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.domain import facts
from osnp_console.domain.call import AT_HOME, Call
from osnp_console.domain.call_reading import CallRefused, Vocabulary, read_call
from osnp_console.domain.catalogue import NATURES, OFFERS
from osnp_console.domain.commune import Alias, Gazetteer
from osnp_console.domain.dates import PartialDate
from osnp_console.domain.roles import ROLES
from tests.unit.strategies import COMMUNES, GRANDVILLE_2, LANDE

GAZETTEER = Gazetteer.of(COMMUNES, (Alias("Vieille-Lande", "44999", "44901", "deleguee"),))
WORDS = Vocabulary(
    offers=OFFERS,
    reasons=frozenset({"angine", "cystite"}),
    answers=frozenset({"fievre", "creneaux_mg_epuises"}),
    cpts=frozenset({"CPTS de la Lande", "CPTS du Bocage"}),
    living=GAZETTEER.living,
)
Json = dict[str, object]


def nested(path: str, value: object) -> Json:
    """A call document with one field: `besoin.motif` lies in `besoin`."""
    group, _, name = path.partition(".")
    return {group: {name: value}} if name else {group: value}


def read(document: object) -> Call:
    return read_call(document, WORDS)


def refusal(document: object) -> CallRefused:
    with pytest.raises(CallRefused) as caught:
        read(document)
    assert caught.value.message == str(caught.value)
    return caught.value


# What is read -----------------------------------------------------------------------------------------------


def test_the_example_of_the_contract_is_read() -> None:
    call = read(
        {
            "poste": {"role": "osnp", "sas": "44", "cpts": []},
            "appelant": {"lien": "patient", "telephone": "+33261911234"},
            "patient": {
                "nom_naissance": "MARTIN", "prenoms": "LEA", "sexe": "F", "date_naissance": "1994-05-02",
                "age_ans": None, "enceinte": None, "commune": "44901", "commune_actuelle": None,
                "telephone": "02 61 91 12 34",
            },
            "besoin": {
                "offre": "medecine_generale", "motif": "cystite", "delai_heures": 48, "urgence_vitale": False,
                "plateau_technique": False, "ordonnance": None, "debut": None,
            },
            "medecin_traitant": {"statut": "indisponible", "contacte": True},
            "praticien_habituel": {"statut": None, "contacte": None},
            "deplacement_possible": True,
            "reponses": {},
            "demandes": [],
        }
    )  # fmt: skip
    born = date(1994, 5, 2)
    assert dict(call.known) == {
        facts.ROLE: "osnp",
        facts.SAS: "44",
        facts.DESK_CPTS: (),
        facts.SEX: "F",
        facts.BIRTH: PartialDate(born, born),
        facts.RESIDENCE: LANDE,
        facts.OFFER: "medecine_generale",
        facts.REASON: "cystite",
        facts.DELAY: 48,
        facts.VITAL_EMERGENCY: False,
        facts.TECHNICAL_PLATFORM: False,
        facts.REGULAR_DOCTOR: "indisponible",
        facts.CAN_TRAVEL: True,
    }
    assert call.asked == frozenset()


def test_an_empty_call_knows_nothing() -> None:
    assert read({}) == Call()


FIELDS: dict[str, tuple[object, object]] = {
    "poste.role": ("arm", "arm"),
    "poste.sas": ("2a", "2A"),
    "poste.cpts": (["CPTS du Bocage"], ("CPTS du Bocage",)),
    "patient.sexe": ("I", "I"),
    "patient.date_naissance": ("1994", PartialDate(date(1994, 1, 1), date(1994, 12, 31))),
    "patient.age_ans": (0, 0),
    "patient.enceinte": (False, False),
    "patient.commune": ("44999", LANDE),
    "patient.commune_actuelle": ("domicile", AT_HOME),
    "besoin.offre": ("infirmier", "infirmier"),
    "besoin.motif": ("angine", "angine"),
    "besoin.delai_heures": (0, 0),
    "besoin.urgence_vitale": (True, True),
    "besoin.plateau_technique": (True, True),
    "besoin.ordonnance": (False, False),
    "besoin.debut": ("2026-11", PartialDate(date(2026, 11, 1), date(2026, 11, 30))),
    "medecin_traitant.statut": ("declare", "declare"),
    "praticien_habituel.statut": ("aucun", "aucun"),
    "praticien_habituel.contacte": (False, False),
    "deplacement_possible": (False, False),
}
UNREAD: dict[str, object] = {
    "appelant.lien": "proche",
    "appelant.telephone": "pas de téléphone",
    "patient.nom_naissance": "MARTIN",
    "patient.prenoms": "LEA",
    "patient.telephone": "12",
    "medecin_traitant.contacte": True,
}


@pytest.mark.parametrize("path", FIELDS)
def test_each_field_is_the_fact_of_the_same_name(path: str) -> None:
    said, meant = FIELDS[path]
    assert dict(read(nested(path, said)).known) == {path: meant}


@pytest.mark.parametrize("path", UNREAD)
def test_what_no_rule_reads_is_accepted_and_left_out(path: str) -> None:
    assert not read(nested(path, UNREAD[path])).known


@pytest.mark.parametrize("path", [*FIELDS, *UNREAD, "reponses.fievre", "reponses.territoire:CPTS du Bocage"])
def test_null_is_not_known_yet_which_is_not_no(path: str) -> None:
    assert read(nested(path, None)) == Call()


@pytest.mark.parametrize("group", ["poste", "appelant", "patient", "besoin", "reponses", "demandes"])
def test_a_whole_group_may_be_null(group: str) -> None:
    assert read({group: None}) == Call()


def test_a_municipal_arrondissement_is_kept_with_its_commune() -> None:
    assert read(nested("patient.commune_actuelle", "44912")).known[facts.PRESENT_PLACE] == GRANDVILLE_2


@pytest.mark.parametrize("role", sorted(ROLES))
def test_every_role_of_the_contract_is_read(role: str) -> None:
    assert read(nested("poste.role", role)).text(facts.ROLE) == role


@pytest.mark.parametrize("offer", sorted(NATURES - {"aucun"}))
def test_every_nature_but_none_is_an_offer(offer: str) -> None:
    assert read(nested("besoin.offre", offer)).text(facts.OFFER) == offer


def test_further_answers_and_territories_by_the_name_of_their_cpts() -> None:
    said: Json = {"fievre": False, "territoire:CPTS de la Lande": True, "creneaux_mg_epuises": True}
    assert dict(read({"reponses": said}).known) == said


def test_what_was_asked_in_vain_is_kept_apart() -> None:
    codes = ["patient.date_naissance", "fievre", "territoire:CPTS du Bocage", "besoin.motif"]
    call = read({"demandes": codes})
    assert call.asked == frozenset(codes)
    assert not call.known


# What is refused --------------------------------------------------------------------------------------------

YES_NO = [path for path, (said, _) in FIELDS.items() if isinstance(said, bool)] + [
    "medecin_traitant.contacte"
]
CHOICES = [
    "poste.role", "patient.sexe", "besoin.offre", "besoin.motif", "medecin_traitant.statut",
    "praticien_habituel.statut", "appelant.lien",
]  # fmt: skip
NUMBERS = ["patient.age_ans", "besoin.delai_heures"]
DATES = ["patient.date_naissance", "besoin.debut"]
PLACES = ["patient.commune", "patient.commune_actuelle"]
TEXTS = ["appelant.telephone", "patient.nom_naissance", "patient.prenoms", "patient.telephone"]


def each(paths: list[str], *values: object) -> list[tuple[str, object]]:
    """Each of the fields with each of the values."""
    return [(path, value) for path in paths for value in values]


MEANINGLESS = [
    *each(YES_NO, "oui", "true", 0, 1, [], {}),
    *each(CHOICES, "", "inconnu", " F", 1, True, ["F"], {"F": 1}),
    *each(NUMBERS, -1, 1.5, 48.0, "48", True, False, [48], 10**9),
    *each(DATES, "", "02/05/1994", "1994-13", "1994-02-30", 1994, True, []),
    *each(PLACES, "", "44990", "4490", "Lande-le-Bourg", 44901, True, []),
    *each(TEXTS, 33, True, ["MARTIN"], {}),
    *each(["poste.sas"], "", "4", "Loire", "4-", 44, True, ["44"]),
    *each(["poste.cpts"], "CPTS du Bocage", ["inconnue"], [1], [None], {}, True),
    *each(["reponses.fievre", "reponses.territoire:CPTS du Bocage"], "oui", 1, []),
    ("patient.age_ans", 131),
    ("patient.date_naissance", "1899-12-31"),
    ("patient.commune", "domicile"),
    ("besoin.offre", "aucun"),
]


@pytest.mark.parametrize(("path", "value"), MEANINGLESS)
def test_a_value_that_a_field_cannot_mean_is_refused_with_its_field(path: str, value: object) -> None:
    refused = refusal(nested(path, value))
    assert (refused.code, refused.field) == ("valeur_invalide", path)


UNHEARD_OF = [
    "patient.prenom",
    "patient.Sexe",
    "besoin.delai",
    "poste.",
    "urgence",
    "deplacement_possible ",
    "patient.sexe.x",
    "reponses.inconnue",
    "reponses.territoire:CPTS inconnue",
    "reponses.territoire:",
    "reponses.patient.sexe",
    "reponses.xterritoire:CPTS du Bocage",
]


@pytest.mark.parametrize("path", UNHEARD_OF)
@pytest.mark.parametrize("value", [True, "x"])
def test_an_unknown_field_is_refused_by_its_path(path: str, value: object) -> None:
    group, _, name = path.partition(".")
    document: Json = {group: {name: value}} if "." in path else {group: value}
    refused = refusal(document)
    assert (refused.code, refused.field) == ("champ_inconnu", path)


def test_an_unknown_field_is_refused_even_when_it_says_nothing() -> None:
    assert refusal({"patient": {"prenom": None}}).code == "champ_inconnu"
    assert refusal({"reponses": {"inconnue": None}}).code == "champ_inconnu"


@pytest.mark.parametrize("group", ["poste", "appelant", "patient", "besoin", "medecin_traitant", "reponses"])
@pytest.mark.parametrize("value", [[], "x", 1, True])
def test_a_group_that_is_no_object_is_refused_by_its_name(group: str, value: object) -> None:
    refused = refusal({group: value})
    assert (refused.code, refused.field) == ("valeur_invalide", group)


@pytest.mark.parametrize("document", [None, [], "appel", 1, True, [{}]])
def test_a_call_that_is_no_object_is_refused(document: object) -> None:
    refused = refusal(document)
    assert (refused.code, refused.field) == ("valeur_invalide", None)


@pytest.mark.parametrize(
    "asked", ["fievre", {"fievre": True}, [1], [None], [["fievre"]], ["inconnu"], ["territoire:"], True]
)
def test_questions_asked_that_do_not_exist_are_refused(asked: object) -> None:
    refused = refusal({"demandes": asked})
    assert (refused.code, refused.field) == ("valeur_invalide", "demandes")


def test_the_possible_values_of_a_short_list_are_told() -> None:
    assert "F, I, M" in refusal(nested("patient.sexe", "X")).message
    assert "F, I, M" in refusal(nested("patient.sexe", "f")).message


def test_the_first_wrong_field_is_the_one_told() -> None:
    document: Json = {"patient": {"sexe": "X", "commune": "00000"}, "inconnu": 1}
    assert refusal(document).field == "patient.sexe"


ANY_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=12)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
PATHS = st.sampled_from([*FIELDS, *UNREAD, "reponses.fievre", "demandes", "reponses"])


def outcome(document: object) -> Call | CallRefused:
    """The call that was read, or the refusal; anything else is a fault."""
    try:
        return read(document)
    except CallRefused as refused:
        return refused


@given(PATHS, ANY_JSON)
def test_whatever_a_field_holds_is_read_or_refused_by_name(path: str, value: object) -> None:
    found = outcome(nested(path, value))
    if isinstance(found, Call):
        assert found.known or found.asked or path in UNREAD or not value
    else:
        assert (found.field or "").startswith(path)


@given(ANY_JSON)
def test_whatever_a_call_is_it_is_read_or_refused(document: object) -> None:
    found = outcome(document)
    assert isinstance(found, Call) or found.code in ("valeur_invalide", "champ_inconnu")


# The call itself --------------------------------------------------------------------------------------------


def test_a_fact_is_added_or_forgotten_without_touching_the_call() -> None:
    call = Call({facts.SEX: "F"}, frozenset({"fievre"}))
    older = call.with_fact(facts.AGE, 30)
    assert dict(older.known) == {facts.SEX: "F", facts.AGE: 30}
    assert older.with_fact(facts.AGE, None) == call
    assert call.with_fact(facts.AGE, None) == call
    assert older.asked == {"fievre"}


def test_a_fact_read_as_another_kind_is_not_known() -> None:
    call = Call({facts.PREGNANT: True, facts.AGE: 30, facts.SEX: "F", facts.DESK_CPTS: ("a",)})
    assert call.number(facts.PREGNANT) is None
    assert call.truth(facts.AGE) is None
    assert call.text(facts.AGE) is None
    assert call.date(facts.AGE) is None
    assert call.texts(facts.SEX) is None
    assert call.texts(facts.DESK_CPTS) == ("a",)
