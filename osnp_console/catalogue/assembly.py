"""Checked forms turned into the domain's catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from osnp_console.catalogue import schema
from osnp_console.catalogue.criteria_assembly import Words, criterion_from
from osnp_console.catalogue.forms import EntryForm
from osnp_console.catalogue.line_assembly import line_from, waiting_list_from
from osnp_console.catalogue.source_assembly import source_from
from osnp_console.domain.access import Access, Mode, Phone, Reception
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.criteria.desk import MayRefer, ReferralNotSaid
from osnp_console.domain.criteria.need import NoVitalEmergency, OfferServed
from osnp_console.domain.criteria.place import InTerritory
from osnp_console.domain.dates import PartialDate, Validity
from osnp_console.domain.dispositif import (
    Advice,
    Dispositif,
    Notice,
    NurseVisit,
    Rule,
    SlotClocks,
    Status,
)
from osnp_console.domain.facts import AnsweredBy, Fact
from osnp_console.domain.hours import Hours
from osnp_console.domain.identifiers import bare_finess
from osnp_console.domain.sources import SITE, Document, Doubt, Source
from osnp_console.domain.territory import Territory


def assemble(form: schema.CatalogueForm, fingerprint: str) -> Catalogue:
    """The catalogue of forms that `checks` found no fault with."""
    facts = {fact.code: Fact(fact.code, fact.question, AnsweredBy(fact.repondant)) for fact in form.faits}
    words = Words({group.code: frozenset(group.motifs) for group in form.groupes}, facts)
    territories = {territory.cpts: territory_from(territory) for territory in form.territoires}
    return Catalogue(
        form.version,
        fingerprint,
        tuple(_dispositif(one, words, territories) for one in form.dispositifs),
        territories,
        facts,
        {reason.code: reason.libelle for reason in form.motifs},
        {document.cle: _document(document) for document in form.documents},
        {reason.code: frozenset(reason.offres) for reason in form.motifs},
    )


def _document(form: schema.DocumentForm) -> Document:
    published = PartialDate.parse(form.date).first if form.date else None
    return Document(form.cle, form.titre, published, form.adresse)


def _doubts(forms: Iterable[schema.DoubtForm], entry: EntryForm | None) -> tuple[Doubt, ...]:
    return tuple(Doubt(form.texte, form.lecture, source_from(form.source, entry)) for form in forms)


def territory_from(form: schema.TerritoryForm) -> Territory:
    """A territory; communes stay None where nobody lists them."""
    communes = frozenset(one.code for one in form.communes) if form.communes is not None else None
    return Territory(
        form.cpts,
        frozenset(form.departements),
        communes,
        form.perimetre == "departements",
        source_from(form.source, form.saisie),
        _doubts(form.doutes, form.saisie),
    )


def _dispositif(
    form: schema.DispositifForm, words: Words, territories: Mapping[str, Territory]
) -> Dispositif:
    entry = form.saisie
    territory = territories[form.cpts]
    return Dispositif(
        id=form.id,
        cpts=form.cpts,
        departement=form.departement,
        nature=form.nature,
        status=Status(form.statut),
        summary=form.resume,
        source=source_from(form.source, entry),
        validity=_validity(
            form.depuis.date if form.depuis is not None else None,
            form.jusqu_a.date if form.jusqu_a is not None else None,
        ),
        rules=tuple(_rules(form, words, territory)),
        accesses=tuple(_access(one, entry) for one in form.acces),
        reception=_reception(form.accueil, entry),
        clocks=_clocks(form.creneaux, entry),
        notices=tuple(
            Notice(one.quand, source_from(one.source, entry), one.medecin, one.patient)
            for one in form.prevenus
        ),
        waiting_list=waiting_list_from(form.liste_attente, entry),
        nurse_visit=_nurse_visit(form.intervention, entry),
        advice=tuple(Advice(one.texte, source_from(one.source, entry)) for one in form.conseils),
        doubts=_doubts(form.doutes, entry) + territory.doubts,
        website=form.site,
    )


def _validity(start: str | None, end: str | None) -> Validity:
    """From the first day of a partial start to the last day of a partial end."""
    return Validity(
        PartialDate.parse(start).first if start else None, PartialDate.parse(end).last if end else None
    )


def _rules(form: schema.DispositifForm, words: Words, territory: Territory) -> Iterable[Rule]:
    entry = form.saisie
    offer = OfferServed(form.nature)
    yield Rule("offre", offer, offer.label, source_from(form.source, entry))
    alarm = NoVitalEmergency()
    yield Rule("urgence_vitale", alarm, alarm.label, Source("convention"))
    yield _territory_rule(form, territory)
    yield _referral_rule(form, territory)
    for one in form.criteres:
        criterion = criterion_from(one, words)
        yield Rule(
            one.id,
            criterion,
            one.libelle or criterion.label,
            source_from(one.source, entry) if one.source is not None else None,
            one.refus,
            _validity(one.depuis, one.jusqu_a),
        )


def _territory_rule(form: schema.DispositifForm, territory: Territory) -> Rule:
    perimeter = form.territoire
    if perimeter is None:
        criterion = InTerritory(territory)
        return Rule("territoire", criterion, criterion.label, territory.source)
    if perimeter.departements is not None:
        territory = Territory(territory.cpts, frozenset(perimeter.departements), whole=True)
    criterion = InTerritory(territory, perimeter.visiteurs)
    source = source_from(perimeter.source, form.saisie)
    if not territory.whole and territory.source is not None and territory.source.document == SITE:
        source = territory.source  # the communes are the site's, whoever the text takes
    return Rule("territoire", criterion, criterion.label, source)


def _referral_rule(form: schema.DispositifForm, territory: Territory) -> Rule:
    referral = form.adressage
    if referral is None:
        unsaid = ReferralNotSaid()
        return Rule("adressage", unsaid, unsaid.label, source_from(form.source, form.saisie))
    sas = frozenset[str]()
    if referral.sas is not None:
        named = referral.sas.departements
        sas = frozenset(named) if named is not None else territory.departements
    criterion = MayRefer(
        form.cpts,
        sas,
        frozenset(referral.sas.annonces) if referral.sas is not None else frozenset(),
        frozenset(referral.roles),
        frozenset(referral.membres),
        frozenset(referral.annonces),
        tuple((one.role, one.fait) for one in referral.conditions),
    )
    return Rule("adressage", criterion, criterion.label, source_from(referral.source, form.saisie))


def _hours(form: schema.HoursForm | None) -> Hours | None:
    return Hours(form.osm, form.texte, form.feries) if form is not None else None


def _access(form: schema.AccessForm, entry: EntryForm | None) -> Access:
    phone = form.telephone
    return Access(
        mode=Mode(form.mode) if form.mode is not None else None,
        source=source_from(form.source, entry),
        roles=frozenset(form.pour),
        name=form.nom,
        tool=form.outil,
        phone=Phone(phone.numero, phone.patients) if phone is not None else None,
        hours=_hours(form.horaires),
        search_words=form.recherche,
        account=form.compte,
        steps=tuple(form.etapes),
        to_say=tuple(form.a_dire),
        afterwards=tuple(form.apres),
        line=line_from(form, entry),
    )


def _reception(form: schema.ReceptionForm | None, entry: EntryForm | None) -> Reception:
    if form is None:
        return Reception()
    source = source_from(form.source, entry) if form.source is not None else None
    place, commune = (form.lieu.nom, form.lieu.commune) if form.lieu is not None else (None, None)
    return Reception(place, commune, _hours(form.horaires), source)


def _clocks(form: schema.SlotsForm | None, entry: EntryForm | None) -> SlotClocks | None:
    if form is None:
        return None
    return SlotClocks(
        source_from(form.source, entry),
        form.fermeture_minutes,
        form.reprise_minutes,
        form.horizon_jours,
        form.duree_minutes,
        form.seances,
        form.volume,
    )


def _nurse_visit(form: schema.NurseForm | None, entry: EntryForm | None) -> NurseVisit | None:
    if form is None:
        return None
    return NurseVisit(
        source_from(form.source, entry),
        form.regime,
        form.delai_heures,
        tuple(form.lieux),
        form.puis,
        tuple(form.actes),
        bare_finess(form.finess) if form.finess is not None else None,
        form.compte_rendu,
        tuple(form.intitule),
    )
