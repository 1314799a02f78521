"""What the verifier refuses in a line or a waiting list, and what a site may write of its own."""

from __future__ import annotations

import msgspec
import pytest

from osnp_console.catalogue import schema
from osnp_console.catalogue.forms import EntryForm
from osnp_console.catalogue.line_assembly import line_from
from osnp_console.catalogue.line_checks import line_faults, waiting_list_faults
from osnp_console.catalogue.line_forms import LineForm, StepName, WaitingListForm
from osnp_console.domain.sources import CONVENTION, SITE
from osnp_console.domain.transfer.line import USUAL_TELLING
from tests.catalogue.test_verifier import REMEDY

SOURCE = {"document": "S5", "page": 14}
CALLED = ["prepare", "appel", "repondu", "presente"]
DISCHARGE = "sortie_hospitalisation"
FACTS = frozenset({DISCHARGE})


def faults(**access: object) -> list[tuple[str, str]]:
    """The faults of a way in: the last name of the place, and the message."""
    form = msgspec.convert({"source": SOURCE, **access}, schema.AccessForm)
    return [(str(path[-1]), message) for path, message in line_faults(form, ("acces", 0), FACTS)]


def list_faults(**waiting: object) -> list[str]:
    """The messages about a waiting list."""
    form = msgspec.convert({"source": SOURCE, **waiting}, WaitingListForm)
    return [message for _, message in waiting_list_faults(form, FACTS)]


@pytest.mark.parametrize(
    "access",
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
def test_a_sound_line_has_no_fault(access: dict[str, object]) -> None:
    assert faults(**access) == []


@pytest.mark.parametrize(
    ("access", "place", "says"),
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
def test_one_fault_of_a_line_is_named_at_its_place(access: dict[str, object], place: str, says: str) -> None:
    ((found, message),) = faults(**access)
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
    steps: list[StepName] = ["prepare", "appel", "repondu", "presente"]
    form = msgspec.convert(
        {"a_rappeler": [{"texte": "Dire le numéro du dossier.", "source": {"document": SITE}}]}, LineForm
    )
    line = line_from(steps, form, EntryForm("Claire Petit", "2026-11-20"))
    assert line is not None
    (reminder,) = line.to_remind
    assert (reminder.source.document, reminder.source.author) == (SITE, "Claire Petit")
    assert line.to_tell == USUAL_TELLING


def test_an_entry_without_a_source_is_a_convention() -> None:
    form = msgspec.convert({"a_presenter": [{"sujet": "motif"}]}, LineForm)
    line = line_from(["prepare", "appel", "repondu", "presente"], form, None)
    assert line is not None
    assert [told.source.document for told in line.to_tell] == [CONVENTION]


def test_a_way_in_without_steps_is_no_line() -> None:
    assert line_from([], None, None) is None
