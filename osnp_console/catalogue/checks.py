"""What is wrong in a catalogue's files beyond their shape, each with file, line and remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from osnp_console.app.base.verification import Problem
from osnp_console.catalogue import schema
from osnp_console.catalogue.forms import EntryForm, Form, SourceForm
from osnp_console.catalogue.line_checks import line_faults, waiting_list_faults
from osnp_console.catalogue.yaml_reading import Path_, Read
from osnp_console.domain.catalogue import NATURES
from osnp_console.domain.commune import Commune
from osnp_console.domain.dates import PartialDate, Validity
from osnp_console.domain.dispositif import SERVING, Status
from osnp_console.domain.hours import Hours
from osnp_console.domain.identifiers import finess_fault
from osnp_console.domain.phone import international
from osnp_console.domain.roles import ROLES, SAS_GROUP
from osnp_console.domain.sources import SITE

LONGEST_SUMMARY = 160
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CRITERION_ID = re.compile(r"[a-z][a-z0-9_]*")
RESERVED_RULES = frozenset({"offre", "urgence_vitale", "territoire", "adressage", "service"})


@dataclass(frozen=True, slots=True)
class Known:
    """What a file may refer to, gathered from the whole catalogue."""

    reasons: frozenset[str]
    groups: frozenset[str]
    facts: frozenset[str]
    documents: frozenset[str]
    cpts: frozenset[str]
    dispositifs: frozenset[str]
    living: Callable[[str], Commune | None]
    today: date


class DispositifCheck:
    """Checks one dispositif's file."""

    def __init__(self, form: schema.DispositifForm, read: Read, known: Known) -> None:
        self.form = form
        self.read = read
        self.known = known
        self.found: list[Problem] = []

    def run(self) -> list[Problem]:
        """Every problem of the file, in the order of its parts."""
        self._identity()
        self._sources(self.form, ())
        self._dates()
        self._referral()
        self._criteria(self.form.criteres, ("criteres",))
        self._same_id_overlaps()
        self._access()
        self._rest()
        self._examples()
        return self.found

    def _say(self, path: Path_, message: str, *, warning: bool = False) -> None:
        self.found.append(self.read.problem(path, message, warning=warning))

    def _unknown(
        self, path: Path_, what: str, values: Iterable[str], allowed: frozenset[str], where: str
    ) -> None:
        for value in values:
            if value not in allowed:
                self._say(path, f"{what} « {value} » n’existe pas : à corriger, ou à définir dans {where}")

    def _identity(self) -> None:
        form = self.form
        if not _ID.fullmatch(form.id):
            self._say(("id",), "identifiant : minuscules, chiffres et tirets seulement")
        name = self.read.file.rsplit("/", 1)[-1].removesuffix(".yaml")
        if name != form.id:
            self._say(
                ("id",),
                f"le fichier s’appelle « {name} » : lui donner le nom de son identifiant, « {form.id} »",
            )
        if form.nature not in NATURES:
            self._say(
                ("nature",),
                f"nature « {form.nature} » inconnue : choisir parmi " + ", ".join(sorted(NATURES)),
            )
        if len(form.resume) > LONGEST_SUMMARY:
            self._say(("resume",), f"{len(form.resume)} caractères : en garder {LONGEST_SUMMARY} au plus")
        self._unknown(("cpts",), "le territoire de", [form.cpts], self.known.cpts, "territoires/")

    def _sources(self, part: object, path: Path_) -> None:
        """Every source of the file names a known document; pages are given outside the site's layer."""
        if isinstance(part, SourceForm):
            if part.document != SITE:
                self._unknown(path, "la source", [part.document], self.known.documents, "sources.yaml")
                if part.page is None:
                    self._say(path, "il manque la page de la source : l’ajouter")
            elif self.form.saisie is None:
                self._say(path, "une source « site » veut `saisie: {auteur, date}` en tête du fichier")
        elif isinstance(part, list):
            for index, item in enumerate(part):
                self._sources(item, (*path, index))
        elif isinstance(part, Form):
            for name in part.__struct_fields__:
                self._sources(getattr(part, name), (*path, name))

    def _dates(self) -> None:
        form = self.form
        for name, dated in (("depuis", form.depuis), ("jusqu_a", form.jusqu_a)):
            if dated is not None:
                self._date(dated.date, (name, "date"))
        if form.saisie is not None:
            self.found.extend(_check_entry(form.saisie, ("saisie",), self.read))
        if form.jusqu_a is not None and Status(form.statut) in SERVING:
            end = _partial(form.jusqu_a.date)
            if end is not None and end.last < self.known.today:
                self._say(
                    ("jusqu_a",),
                    f"terminé depuis le {end.last:%d/%m/%Y} mais « {form.statut} » : revoir le statut",
                    warning=True,
                )

    def _date(self, text: str, path: Path_) -> None:
        if not is_date(text):
            self._say(path, f"« {text} » n’est pas une date : écrire « 2026-11-23 » entre guillemets")

    def _referral(self) -> None:
        form = self.form.adressage
        if form is None:
            return
        path: Path_ = ("adressage",)
        conditional = [one.role for one in form.conditions]
        by_key = {
            "roles": form.roles,
            "membres": form.membres,
            "annonces": form.annonces,
            "conditions": conditional,
        }
        for key, roles in by_key.items():
            self._unknown((*path, key), "le rôle", roles, ROLES, "la liste du format")
        facts = [one.fait for one in form.conditions]
        self._unknown((*path, "conditions"), "le fait", facts, self.known.facts, "faits/")
        named = [role for roles in by_key.values() for role in roles]
        if form.sas is None and not named:
            self._say(path, "aucun adresseur : en nommer un, ou retirer `adressage`")

    def _criteria(self, forms: Iterable[schema.AnyCriterion], path: Path_, *, inside: bool = False) -> None:
        for index, form in enumerate(forms):
            here = (*path, index)
            if form.source is None and not inside:
                self._say(
                    here, f"le critère « {form.id} » est sans source : ajouter `source: {{document, page}}`"
                )
            if not _CRITERION_ID.fullmatch(form.id) or form.id in RESERVED_RULES:
                self._say(here, f"« {form.id} » ne peut pas nommer un critère : choisir un autre identifiant")
            for name, text in (("depuis", form.depuis), ("jusqu_a", form.jusqu_a)):
                if text is not None:
                    self._date(text, (*here, name))
            if form.si is not None:
                self._reasons(form.si.motifs, (*here, "si"))
            self._criterion(form, here)

    def _reasons(self, reasons: Iterable[str], path: Path_) -> None:
        self._unknown(path, "le motif", reasons, self.known.reasons, "motifs/motifs.csv")

    def _criterion(self, form: schema.AnyCriterion, here: Path_) -> None:
        match form:
            case schema.MotifAdmis():
                self._reasons(form.motifs, here)
                self._unknown(
                    here, "le groupe de motifs", form.groupes, self.known.groups, "motifs/groupes.yaml"
                )
                if not form.motifs and not form.groupes:
                    self._say(here, "aucun motif : donner `motifs` ou `groupes`")
            case schema.MotifRefuse():
                self._reasons(form.motifs, here)
            case schema.Age():
                self._age(form, here)
            case schema.Debut():
                if [form.mois, form.jours, form.heures].count(None) != 2:
                    self._say(
                        here, "un début se compte en mois, en jours ou en heures : donner l’un des trois"
                    )
            case schema.AutreDispositifEpuise():
                self._unknown(here, "le dispositif", form.dispositifs, self.known.dispositifs, "dispositifs/")
            case schema.Reponse():
                self._unknown(here, "le fait", [form.fait], self.known.facts, "faits/")
            case schema.UnDe():
                self._criteria(form.parmi, (*here, "parmi"), inside=True)
            case _:
                pass

    def _age(self, form: schema.Age, here: Path_) -> None:
        if form.minimum is None and form.maximum is None and form.moins_de is None:
            self._say(here, "âge sans borne : donner `minimum`, `maximum` ou `moins_de`")
        if form.maximum is not None and form.moins_de is not None:
            self._say(here, "`maximum` et `moins_de` ensemble : n’en garder qu’un")
        highest = form.moins_de - 1 if form.moins_de is not None else form.maximum
        if form.minimum is not None and highest is not None and form.minimum > highest:
            self._say(here, "aucun âge ne satisfait ces bornes : les revoir")

    def _same_id_overlaps(self) -> None:
        seen: dict[str, list[Validity]] = {}
        for index, form in enumerate(self.form.criteres):
            validity = _validity(form.depuis, form.jusqu_a)
            if any(validity.overlaps(other) for other in seen.get(form.id, ())):
                self._say(
                    ("criteres", index),
                    f"deux critères « {form.id} » valent le même jour : "
                    "dater `jusqu_a` du premier, `depuis` du second",
                )
            seen.setdefault(form.id, []).append(validity)

    def _access(self) -> None:
        for index, form in enumerate(self.form.acces):
            here: Path_ = ("acces", index)
            self._unknown(here, "le rôle", form.pour, ROLES | {SAS_GROUP}, "la liste du format")
            if form.telephone is not None and international(form.telephone.numero) is None:
                self._say(
                    (*here, "telephone"),
                    f"« {form.telephone.numero} » n’est pas un numéro valide : le relire dans la source",
                )
            self._hours(form.horaires, (*here, "horaires"))
            for path, message in line_faults(form, here, self.known.facts):
                self._say(path, message)
        if self.form.accueil is not None:
            self._hours(self.form.accueil.horaires, ("accueil", "horaires"))

    def _hours(self, form: schema.HoursForm | None, path: Path_) -> None:
        if form is None:
            return
        if "PH" in form.osm:
            self._say(path, "les jours fériés s’écrivent dans `feries`, pas dans `osm`")
        try:
            Hours(form.osm, form.texte, form.feries).check()
        except ValueError as error:
            detail = " ".join(str(error).split())
            remedy = f"en syntaxe OSM, écrire par exemple « Mo-Fr 08:00-20:00 » ({detail})"
            self._say(path, f"horaires illisibles, « {form.osm} » : {remedy}")

    def _rest(self) -> None:
        form = self.form
        lieu = form.accueil.lieu if form.accueil is not None else None
        if lieu is not None and lieu.commune is not None and self.known.living(lieu.commune) is None:
            self._say(
                ("accueil", "lieu"), f"la commune « {lieu.commune} » n’existe pas : vérifier son code INSEE"
            )
        if form.intervention is not None and form.intervention.finess is not None:
            fault = finess_fault(form.intervention.finess)
            if fault is not None:
                self._say(("intervention", "finess"), fault)
        if form.liste_attente is not None:
            for path, message in waiting_list_faults(form.liste_attente, self.known.facts):
                self._say(path, message)
        self._unknown(
            ("prevenus",),
            "le rôle",
            [one.quand for one in form.prevenus],
            ROLES | {SAS_GROUP, "tous"},
            "la liste",
        )

    def _examples(self) -> None:
        examples = self.form.exemples
        if examples is None:
            if self.form.saisie is None:
                self._say(
                    (), "aucun exemple : ajouter `exemples`, écrits à la main d’après le texte", warning=True
                )
            return
        ids = {one.id for one in self.form.criteres} | RESERVED_RULES
        for index, case in enumerate(examples.cas):
            if case.par is not None and case.par not in ids:
                self._say(
                    ("exemples", "cas", index),
                    f"« {case.par} » n’est pas un critère de ce dispositif : corriger `par`",
                )


def _check_entry(form: EntryForm, path: Path_, read: Read) -> Iterator[Problem]:
    """An entry of the site names who entered it, and on which day."""
    if not form.auteur.strip():
        yield read.problem((*path, "auteur"), "l’auteur de la saisie est vide : mettre son nom")
    day = _partial(form.date)
    if day is None or day.first != day.last:
        message = f"« {form.date} » n’est pas une date : écrire « 2026-11-23 » entre guillemets"
        yield read.problem((*path, "date"), message)


def check_territory(form: schema.TerritoryForm, path: Path_, read: Read, known: Known) -> Iterator[Problem]:
    """Problems of one territory: communes that do not exist or lie outside its départements, sources."""
    doubts = (((*path, "doutes", index, "source"), one.source) for index, one in enumerate(form.doutes))
    for here, source in ((path, form.source), *doubts):
        if source.document != SITE and source.document not in known.documents:
            message = f"la source « {source.document} » n’existe pas : la définir dans sources.yaml"
            yield read.problem(here, message)
    if form.source.document == SITE and form.saisie is None:
        yield read.problem(path, "une source « site » veut `saisie: {auteur, date}` : l’ajouter")
    if form.saisie is not None:
        yield from _check_entry(form.saisie, (*path, "saisie"), read)
    for index, one in enumerate(form.communes or []):
        here = (*path, "communes", index)
        commune = known.living(one.code)
        if commune is None:
            yield read.problem(
                here, f"la commune « {one.code} » ({one.nom}) n’existe pas : vérifier son code INSEE"
            )
        elif commune.code != one.code:
            yield read.problem(
                here, f"« {one.code} » est une ancienne commune : écrire {commune.code} ({commune.nom})"
            )
        elif commune.departement not in form.departements:
            yield read.problem(
                here,
                f"{commune.nom} est dans le {commune.departement}, pas dans `departements` : l’y ajouter",
            )


def _partial(text: str) -> PartialDate | None:
    try:
        return PartialDate.parse(text)
    except ValueError:
        return None


def is_date(text: str) -> bool:
    """Whether a text is a date, whole or partial."""
    return _partial(text) is not None


def _validity(start: str | None, end: str | None) -> Validity:
    first, last = _partial(start or ""), _partial(end or "")
    return Validity(first.first if first else None, last.last if last else None)
