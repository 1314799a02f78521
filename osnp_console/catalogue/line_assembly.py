"""Lines and waiting lists of the catalogue's files turned into the domain's values."""

from __future__ import annotations

from collections.abc import Iterable

from osnp_console.catalogue import line_forms, schema
from osnp_console.catalogue.forms import EntryForm, SentenceForm
from osnp_console.catalogue.source_assembly import source_from
from osnp_console.domain.phone import SHORT_NUMBERS
from osnp_console.domain.transfer.line import OURS, USUAL_TELLING, Line, Said, Tag, Told, Topic
from osnp_console.domain.transfer.steps import CALLING_STEPS, Step
from osnp_console.domain.waiting_list import WaitingList


def line_from(form: schema.AccessForm, entry: EntryForm | None) -> Line | None:
    """The line that a way in calls; None where nobody is called for a patient.

    A number to give to patients without any step said is called as any line is (a convention of ours), but
    for a short number: at 116 117 the SAS's own regulation answers.
    """
    steps = tuple(Step(step) for step in form.etapes)
    if not steps and not _is_a_number_to_call(form):
        return None
    said = form.ligne or line_forms.LineForm()
    tag = said.etiquette
    return Line(
        steps or CALLING_STEPS,
        _told(said.a_presenter, entry) or USUAL_TELLING,
        _said(said.a_rappeler, entry),
        Tag(source_from(tag.source, entry), tag.nom, tag.mention) if tag is not None else None,
        _sentence(said.explique, entry) if said.explique is not None else None,
    )


def _is_a_number_to_call(form: schema.AccessForm) -> bool:
    return form.mode == "ligne" and form.telephone is not None and form.telephone.numero not in SHORT_NUMBERS


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
        form.tenue_ici,
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
