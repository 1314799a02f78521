"""What is wrong in the lines and waiting lists of a catalogue's file, each with its place and its remedy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from osnp_console.catalogue import line_forms, schema
from osnp_console.catalogue.yaml_reading import Path_
from osnp_console.domain.roles import ROLES
from osnp_console.domain.transfer.steps import ALL_STEPS, Step, in_order, missing_calling_step

Fault = tuple[Path_, str]
WITH_A_LINE = frozenset({"transfert", "ligne", None})
"""The modes of a way in that may be called for a patient; None where the source does not say."""


def line_faults(form: schema.AccessForm, here: Path_, facts: frozenset[str]) -> Iterator[Fault]:
    """Steps out of order, or that the mode contradicts; a line without steps; entries that name nothing."""
    steps = [Step(step) for step in form.etapes]
    if form.ligne is not None and not steps:
        yield (*here, "ligne"), "une ligne sans `etapes` : les donner, ou retirer `ligne`"
    if form.mode == "transfert" and not steps:
        yield here, "un transfert sans `etapes` : donner celles de la ligne"
    if steps:
        yield from (((*here, "etapes"), message) for message in _step_faults(steps, form.mode))
    if form.ligne is not None:
        yield from told_faults(form.ligne.a_presenter, (*here, "ligne", "a_presenter"), facts)
        tag = form.ligne.etiquette
        if tag is not None and not (tag.nom or tag.mention):
            yield (*here, "ligne", "etiquette"), "étiquette vide : donner `nom` ou `mention`"


def _step_faults(steps: list[Step], mode: schema.ModeName | None) -> Iterator[str]:
    if not in_order(steps):
        order = ", ".join(step.value for step in ALL_STEPS)
        yield f"étapes dans le désordre ou répétées : les écrire dans l’ordre {order}"
    missing = missing_calling_step(steps)
    if missing is not None:
        yield f"il manque l’étape « {missing.value} », que tout appel à une ligne a : l’ajouter"
    if mode not in WITH_A_LINE:
        yield f"un accès « {mode} » n’appelle pas de ligne : retirer `etapes`, ou corriger `mode`"
    if mode == "transfert" and Step.HANDED_OVER not in steps:
        yield "un transfert remet le patient à la ligne : ajouter l’étape « remis », ou corriger `mode`"
    if mode == "ligne" and Step.HANDED_OVER in steps:
        yield "cette ligne reçoit le patient (« remis ») : écrire `mode: transfert`, ou retirer l’étape"


def told_faults(
    entries: Iterable[line_forms.ToldForm], path: Path_, facts: frozenset[str]
) -> Iterator[Fault]:
    """Entries that name nothing, two things, an unknown fact, or the same topic twice."""
    seen = set[str]()
    for index, entry in enumerate(entries):
        here = (*path, index)
        if entry.sujet is None and entry.fait is None and not entry.texte:
            yield here, "entrée vide : donner `sujet`, `fait` ou `texte`"
        if entry.sujet is not None and entry.fait is not None:
            yield here, "`sujet` et `fait` ensemble : n’en garder qu’un"
        if entry.fait is not None and entry.fait not in facts:
            yield here, f"le fait « {entry.fait} » n’existe pas : à corriger, ou à définir dans faits/"
        name = entry.sujet or entry.fait
        if name is not None and name in seen:
            yield here, f"« {name} » est déjà dit plus haut : n’en garder qu’un"
        seen.update({name} if name is not None else ())


def waiting_list_faults(form: line_forms.WaitingListForm, facts: frozenset[str]) -> Iterator[Fault]:
    """Roles and facts that do not exist, conditions of somebody who does not register, numbers below 1."""
    path: Path_ = ("liste_attente",)
    for role in (*form.inscription_par, *(one.role for one in form.conditions)):
        if role not in ROLES:
            yield path, f"le rôle « {role} » n’existe pas : à corriger, ou à définir dans la liste du format"
    for one in form.conditions:
        if one.role not in form.inscription_par:
            yield (*path, "conditions"), f"« {one.role} » n’inscrit pas : l’ajouter à `inscription_par`"
        if one.fait not in facts:
            yield (
                (*path, "conditions"),
                f"le fait « {one.fait} » n’existe pas : à corriger, ou à définir dans faits/",
            )
    for name in ("duree_mois", "seances_max", "seances_semaine_max"):
        number = getattr(form, name)
        if number is not None and number < 1:
            yield (*path, name), "un nombre d’au moins 1 est attendu, ou rien si la source ne dit rien"
    yield from told_faults(form.demande, (*path, "demande"), facts)
