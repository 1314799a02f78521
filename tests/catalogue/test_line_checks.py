"""What the verifier refuses in a line or a waiting list, and what a site may write of its own."""

from __future__ import annotations

import msgspec
import pytest

from osnp_console.catalogue import schema
from osnp_console.catalogue.forms import EntryForm
from osnp_console.catalogue.line_assembly import line_from
from osnp_console.catalogue.line_checks import line_faults, waiting_list_faults
from osnp_console.catalogue.line_forms import WaitingListForm
from osnp_console.domain.sources import CONVENTION, SITE
from osnp_console.domain.transfer.line import USUAL_TELLING
from osnp_console.domain.transfer.steps import CALLING_STEPS
from tests.catalogue.test_verifier import REMEDY

SOURCE = {"document": "S5", "page": 14}
CALLED = ["prepare", "appel", "repondu", "presente"]
DISCHARGE = "sortie_hospitalisation"
FACTS = frozenset({DISCHARGE})


def access(**fields: object) -> schema.AccessForm:
    """A way in."""
    return msgspec.convert({"source": SOURCE, **fields}, schema.AccessForm)


def faults(**fields: object) -> list[tuple[str, str]]:
    """The faults of a way in: the last name of the place, and the message."""
    return [(str(path[-1]), message) for path, message in line_faults(access(**fields), ("acces", 0), FACTS)]


def list_faults(**waiting: object) -> list[str]:
    """The messages about a waiting list."""
    form = msgspec.convert({"source": SOURCE, **waiting}, WaitingListForm)
    return [message for _, message in waiting_list_faults(form, FACTS)]


@pytest.mark.parametrize(
    "fields",
    [
        {"mode": "agenda"},
        {"mode": "ligne", "telephone": {"numero": "116117"}},
        {"etapes": CALLED},
        {"mode": "ligne", "etapes": [*CALLED, "creneau", "inscrit"]},
        {"mode": "transfert", "etapes": [*CALLED, "remis"]},
        {"etapes": CALLED, "ligne": {"a_presenter": [{"sujet": "motif", "texte": "avec son grade"}]}},
        {"etapes": CALLED, "ligne": {"a_presenter": [{"fait": DISCHARGE}]}},
    ],
)
def test_a_sound_line_has_no_fault(fields: dict[str, object]) -> None:
    assert faults(**fields) == []


@pytest.mark.parametrize(
    ("fields", "place", "says"),
    [
        ({"etapes": [*CALLED, "inscrit", "creneau"]}, "etapes", "dans le désordre"),
        ({"etapes": [*CALLED, "presente"]}, "etapes", "répétées"),
        ({"etapes": ["prepare", "appel", "presente"]}, "etapes", "l’étape « repondu »"),
        ({"mode": "agenda", "etapes": CALLED}, "etapes", "n’appelle pas de ligne"),
        ({"mode": "inscription", "etapes": CALLED}, "etapes", "n’appelle pas de ligne"),
        ({"mode": "transfert"}, "0", "un transfert sans `etapes`"),
        ({"mode": "transfert", "etapes": [*CALLED, "creneau"]}, "etapes", "ajouter l’étape « remis »"),
        ({"mode": "ligne", "etapes": [*CALLED, "remis"]}, "etapes", "écrire `mode: transfert`"),
        ({"mode": "ligne", "ligne": {}}, "ligne", "sans `etapes`"),
        ({"etapes": CALLED, "ligne": {"a_presenter": [{}]}}, "0", "entrée vide"),
        (
            {"etapes": CALLED, "ligne": {"a_presenter": [{"sujet": "motif", "fait": DISCHARGE}]}},
            "0",
            "n’en garder qu’un",
        ),
        ({"etapes": CALLED, "ligne": {"a_presenter": [{"fait": "humeur"}]}}, "0", "« humeur » n’existe pas"),
        (
            {"etapes": CALLED, "ligne": {"a_presenter": [{"sujet": "motif"}, {"sujet": "motif"}]}},
            "1",
            "déjà dit plus haut",
        ),
        ({"etapes": CALLED, "ligne": {"etiquette": {"source": SOURCE}}}, "etiquette", "étiquette vide"),
    ],
)  # fmt: skip
def test_one_fault_of_a_line_is_named_at_its_place(fields: dict[str, object], place: str, says: str) -> None:
    ((found, message),) = faults(**fields)
    assert found == place
    assert says in message
    assert REMEDY.search(message)


@pytest.mark.parametrize(
    ("waiting", "says"),
    [
        ({"inscription_par": ["facteur"]}, "le rôle « facteur » n’existe pas"),
        ({"conditions": [{"role": "medecin", "fait": DISCHARGE}]}, "« medecin » n’inscrit pas"),
        (
            {"inscription_par": ["medecin"], "conditions": [{"role": "medecin", "fait": "humeur"}]},
            "le fait « humeur » n’existe pas",
        ),
        ({"duree_mois": 0}, "d’au moins 1"),
        ({"seances_max": -1}, "d’au moins 1"),
        ({"demande": [{}]}, "entrée vide"),
    ],
)  # fmt: skip
def test_one_fault_of_a_waiting_list_is_named(waiting: dict[str, object], says: str) -> None:
    (message,) = list_faults(**waiting)
    assert says in message


def test_a_sound_waiting_list_has_no_fault() -> None:
    conditions = [{"role": "medecin", "fait": DISCHARGE}]
    assert list_faults() == []
    assert list_faults(inscription_par=["medecin"], conditions=conditions, duree_mois=1) == []


def test_a_line_of_the_site_shows_as_the_sites_and_is_told_the_usual_order() -> None:
    reminder = {"texte": "Dire le numéro du dossier.", "source": {"document": SITE}}
    form = access(etapes=CALLED, ligne={"a_rappeler": [reminder]})
    line = line_from(form, EntryForm("Claire Petit", "2026-11-20"))
    assert line is not None
    (said,) = line.to_remind
    assert (said.source.document, said.source.author) == (SITE, "Claire Petit")
    assert line.to_tell == USUAL_TELLING


def test_an_entry_without_a_source_is_a_convention() -> None:
    line = line_from(access(etapes=CALLED, ligne={"a_presenter": [{"sujet": "motif"}]}), None)
    assert line is not None
    assert [told.source.document for told in line.to_tell] == [CONVENTION]


def test_a_number_to_call_without_any_step_is_called_as_any_line_is() -> None:
    line = line_from(access(mode="ligne", telephone={"numero": "02 61 91 00 02"}), None)
    assert line is not None
    assert (line.steps, line.to_tell) == (CALLING_STEPS, USUAL_TELLING)


@pytest.mark.parametrize(
    "fields",
    [
        {"mode": "agenda"},
        {"mode": "ligne"},
        {"mode": "ligne", "telephone": {"numero": "116117"}},
        {"mode": "ligne", "telephone": {"numero": "15"}},
        {"telephone": {"numero": "02 61 91 00 02"}},
    ],
)
def test_where_nobody_is_called_for_a_patient_there_is_no_line(fields: dict[str, object]) -> None:
    assert line_from(access(**fields), None) is None
