"""Lines and waiting lists of the catalogue's files turned into the domain's values."""

from __future__ import annotations

from collections.abc import Iterable

from osnp_console.catalogue import line_forms
from osnp_console.catalogue.forms import EntryForm, SentenceForm
from osnp_console.catalogue.source_assembly import source_from
from osnp_console.domain.transfer.line import OURS, USUAL_TELLING, Line, Said, Tag, Told, Topic
from osnp_console.domain.transfer.steps import Step
from osnp_console.domain.waiting_list import WaitingList


def line_from(
    steps: Iterable[line_forms.StepName], form: line_forms.LineForm | None, entry: EntryForm | None
) -> Line | None:
    """The line that has those steps; None where there are none, for then nobody is called for a patient."""
    taken = tuple(Step(step) for step in steps)
    if not taken:
        return None
    said = form or line_forms.LineForm()
    tag = said.etiquette
    return Line(
        taken,
        _told(said.a_presenter, entry) or USUAL_TELLING,
        _said(said.a_rappeler, entry),
        Tag(source_from(tag.source, entry), tag.nom, tag.mention) if tag is not None else None,
        _sentence(said.explique, entry) if said.explique is not None else None,
    )


def waiting_list_from(form: line_forms.WaitingListForm | None, entry: EntryForm | None) -> WaitingList | None:
    """A waiting list's rules."""
    if form is None:
        return None
    return WaitingList(
        source_from(form.source, entry),
        frozenset(form.inscription_par),
        form.duree_mois,
        form.seances_max,
        form.seances_semaine_max,
        tuple(form.priorites),
        form.confirmation,
        tuple((one.role, one.fait) for one in form.conditions),
        _sentence(form.ou, entry) if form.ou is not None else None,
        _said(form.criteres, entry),
        _told(form.demande, entry),
    )


def _sentence(form: SentenceForm, entry: EntryForm | None) -> Said:
    return Said(form.texte, source_from(form.source, entry))


def _said(forms: Iterable[SentenceForm], entry: EntryForm | None) -> tuple[Said, ...]:
    return tuple(_sentence(form, entry) for form in forms)


def _told(forms: Iterable[line_forms.ToldForm], entry: EntryForm | None) -> tuple[Told, ...]:
    return tuple(
        Told(
            source_from(form.source, entry) if form.source is not None else OURS,
            Topic(form.sujet) if form.sujet is not None else None,
            form.fait,
            form.texte,
        )
        for form in forms
    )
