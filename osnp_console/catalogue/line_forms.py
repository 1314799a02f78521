"""The shape of what the catalogue says of an assistance line and of a waiting list."""

from __future__ import annotations

from typing import Literal

from msgspec import field

from osnp_console.catalogue.forms import Form, RightForm, SentenceForm, SourceForm

StepName = Literal["prepare", "appel", "repondu", "presente", "creneau", "accord", "remis", "inscrit"]
TopicName = Literal[
    "appelant",
    "identite",
    "residence",
    "lieu_actuel",
    "motif",
    "debut",
    "grossesse",
    "medecin_traitant",
    "praticien_habituel",
    "ordonnance",
    "plateau_technique",
    "deplacement",
    "rappel",
]


class ToldForm(Form, kw_only=True):
    """One entry of what is told: a topic of the call, a further fact by its code, or a text.

    Without a source the entry is a convention of the console.
    """

    sujet: TopicName | None = None
    fait: str | None = None
    texte: str | None = None
    source: SourceForm | None = None


class TagForm(Form, kw_only=True):
    """What the line records: the tag of the file, the mention that goes with the reason."""

    source: SourceForm
    nom: str | None = None
    mention: str | None = None


class LineForm(Form, kw_only=True):
    """A line called for a patient. `a_presenter` absent: the console's usual order."""

    a_presenter: list[ToldForm] = field(default_factory=list)
    a_rappeler: list[SentenceForm] = field(default_factory=list)
    etiquette: TagForm | None = None
    explique: SentenceForm | None = None


class WaitingListForm(Form, kw_only=True):
    """A waiting list: who registers whom, where, for how long, and what is asked.

    `conditions`: roles that register only when a further fact is true. `criteres` are those that no rule
    of the dispositif judges. `tenue_ici`: the site keeps the list in the console, for want of a tool.
    """

    source: SourceForm
    inscription_par: list[str] = field(default_factory=list)
    duree_mois: int | None = None
    seances_max: int | None = None
    seances_semaine_max: int | None = None
    priorites: list[str] = field(default_factory=list)
    confirmation: str | None = None
    conditions: list[RightForm] = field(default_factory=list)
    ou: SentenceForm | None = None
    criteres: list[SentenceForm] = field(default_factory=list)
    demande: list[ToldForm] = field(default_factory=list)
    tenue_ici: bool = False
