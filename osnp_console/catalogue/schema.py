"""The shape of the catalogue's YAML files: field names are French, unknown fields are refused."""

from __future__ import annotations

from typing import Literal

from msgspec import field

from osnp_console.catalogue.forms import EntryForm, Form, RightForm, SentenceForm, SourceForm
from osnp_console.catalogue.line_forms import LineForm, StepName, WaitingListForm

StatusName = Literal[
    "en_service",
    "experimentation",
    "experimentation_close",
    "prevu",
    "en_reflexion",
    "aucun_connu",
    "non_renseigne",
]
ModeName = Literal["agenda", "transfert", "ligne", "orientation", "inscription", "ordonnance"]
ToolName = Literal[
    "doctolib_team", "cpts_rdv", "citana", "plateforme_sas", "lemedecin", "formulaire", "aucun"
]
HolidayName = Literal["convention", "ferme", "ouvert", "inconnu"]
VerdictName = Literal["eligible", "a_verifier", "non_eligible", "hors_service"]


class DatedForm(Form):
    """A date (`2024-05-02`, `2024-05`, `2024`) with the place that gives it."""

    date: str
    source: SourceForm


class DoubtForm(Form):
    """What the source contradicts or misspells, and our reading."""

    texte: str
    source: SourceForm
    lecture: str | None = None


class HoursForm(Form):
    """Hours in OSM syntax, and in a few French words."""

    osm: str
    texte: str
    source: SourceForm
    feries: HolidayName = "convention"


class CriterionForm(Form, tag_field="type", kw_only=True):
    """What every criterion carries. Inside an `un_de` the source is that of the whole."""

    id: str
    source: SourceForm | None = None
    libelle: str | None = None
    refus: str | None = None
    si: ConditionForm | None = None
    depuis: str | None = None
    jusqu_a: str | None = None


class ConditionForm(Form):
    """The reasons a criterion applies to."""

    motifs: list[str]


class MotifAdmis(CriterionForm, tag="motif_admis", kw_only=True):
    """The reason is one of a list, or of a group of `motifs/groupes.yaml`."""

    motifs: list[str] = field(default_factory=list)
    groupes: list[str] = field(default_factory=list)


class MotifRefuse(CriterionForm, tag="motif_refuse", kw_only=True):
    """The reason is none of a list."""

    motifs: list[str]


class Age(CriterionForm, tag="age", kw_only=True):
    """Completed years: `minimum` and `maximum` included, `moins_de` excluded."""

    minimum: int | None = None
    maximum: int | None = None
    moins_de: int | None = None


class Sexe(CriterionForm, tag="sexe", kw_only=True):
    """The sex the dispositif is for."""

    valeur: Literal["F", "M"]


class Enceinte(CriterionForm, tag="enceinte", kw_only=True):
    """Pregnancy."""

    valeur: bool = True


class MedecinTraitant(CriterionForm, tag="medecin_traitant", kw_only=True):
    """Publics by regular doctor."""

    public: Literal["sans", "sans_ou_indisponible"]
    hors_residence: bool = False


class PraticienHabituel(CriterionForm, tag="praticien_habituel", kw_only=True):
    """The usual practitioner first."""

    contacte: bool = False


class Ordonnance(CriterionForm, tag="ordonnance", kw_only=True):
    """A prescription is held."""


class Delai(CriterionForm, tag="delai", kw_only=True):
    """Needed within so many hours."""

    heures: int


class Deplacement(CriterionForm, tag="deplacement", kw_only=True):
    """The patient can travel."""


class PlateauTechnique(CriterionForm, tag="plateau_technique", kw_only=True):
    """No technical platform or emergency department is needed."""


class Debut(CriterionForm, tag="debut", kw_only=True):
    """The onset is recent: exactly one of the three."""

    mois: int | None = None
    jours: int | None = None
    heures: int | None = None


class AutreDispositifEpuise(CriterionForm, tag="autre_dispositif_epuise", kw_only=True):
    """Others have no slot left."""

    dispositifs: list[str]


class Reponse(CriterionForm, tag="reponse", kw_only=True):
    """A further question's answer."""

    fait: str
    attendu: bool = True


class UnDe(CriterionForm, tag="un_de", kw_only=True):
    """At least one of several."""

    parmi: list[AnyCriterion]


AnyCriterion = (
    MotifAdmis | MotifRefuse | Age | Sexe | Enceinte | MedecinTraitant | PraticienHabituel | Ordonnance
    | Delai | Deplacement | PlateauTechnique | Debut | AutreDispositifEpuise | Reponse | UnDe
)  # fmt: skip


class SasForm(Form):
    """Whose SAS may refer: by default those of the départements the CPTS covers."""

    departements: list[str] | None = None
    annonces: list[str] = field(default_factory=list)


class ReferralForm(Form):
    """Who may refer: a closed list."""

    source: SourceForm
    sas: SasForm | None = None
    roles: list[str] = field(default_factory=list)
    membres: list[str] = field(default_factory=list)
    annonces: list[str] = field(default_factory=list)
    conditions: list[RightForm] = field(default_factory=list)


class PerimeterForm(Form):
    """The perimeter where it is not "resident of the CPTS's territory"."""

    source: SourceForm
    visiteurs: bool = False
    departements: list[str] | None = None


class PhoneForm(Form):
    """A number; `patients` says whether it may be given to them."""

    numero: str
    patients: bool | None = None


class AccessForm(Form, kw_only=True):
    """One way in."""

    source: SourceForm
    mode: ModeName | None = None
    pour: list[str] = field(default_factory=list)
    nom: str | None = None
    outil: ToolName | None = None
    telephone: PhoneForm | None = None
    recherche: str | None = None
    compte: str | None = None
    horaires: HoursForm | None = None
    etapes: list[StepName] = field(default_factory=list)
    a_dire: list[str] = field(default_factory=list)
    apres: list[str] = field(default_factory=list)
    ligne: LineForm | None = None


class PlaceForm(Form):
    """A place by name, and its commune's INSEE code where the text names it."""

    nom: str
    commune: str | None = None


class ReceptionForm(Form):
    """Where and when patients are seen."""

    lieu: PlaceForm | None = None
    horaires: HoursForm | None = None
    source: SourceForm | None = None


class SlotsForm(Form, kw_only=True):
    """What the text says of the slots."""

    source: SourceForm
    fermeture_minutes: int | None = None
    reprise_minutes: int | None = None
    horizon_jours: int | None = None
    duree_minutes: int | None = None
    seances: int | None = None
    volume: str | None = None


class NoticeForm(Form, kw_only=True):
    """Who is told of a booking."""

    quand: str
    source: SourceForm
    medecin: bool | None = None
    patient: bool | None = None


class NurseForm(Form, kw_only=True):
    """A nurse dispositif's own rules; `intitule` are the lines under the title of its prescription."""

    source: SourceForm
    regime: Literal["jour", "astreinte", "propre"]
    delai_heures: int | None = None
    lieux: list[Literal["domicile", "cabinet"]] = field(default_factory=list)
    puis: str | None = None
    actes: list[str] = field(default_factory=list)
    finess: str | None = None
    compte_rendu: str | None = None
    intitule: list[str] = field(default_factory=list)


class CaseForm(Form, kw_only=True):
    """One example: what changes from the file's base call, and what must come out."""

    nom: str
    attendu: VerdictName
    par: str | None = None
    change: dict[str, object] = field(default_factory=dict)
    instant: str | None = None


class ExamplesForm(Form, kw_only=True):
    """Example calls written by hand from the text."""

    instant: str
    appel: dict[str, object] = field(default_factory=dict)
    cas: list[CaseForm]


class DispositifForm(Form, kw_only=True):
    """One file of `dispositifs/`."""

    id: str
    cpts: str
    departement: str
    nature: str
    statut: StatusName
    resume: str
    source: SourceForm
    depuis: DatedForm | None = None
    jusqu_a: DatedForm | None = None
    territoire: PerimeterForm | None = None
    adressage: ReferralForm | None = None
    criteres: list[AnyCriterion] = field(default_factory=list)
    acces: list[AccessForm] = field(default_factory=list)
    accueil: ReceptionForm | None = None
    creneaux: SlotsForm | None = None
    prevenus: list[NoticeForm] = field(default_factory=list)
    liste_attente: WaitingListForm | None = None
    intervention: NurseForm | None = None
    conseils: list[SentenceForm] = field(default_factory=list)
    site: str | None = None
    doutes: list[DoubtForm] = field(default_factory=list)
    exemples: ExamplesForm | None = None
    saisie: EntryForm | None = None


class CommuneForm(Form):
    """A commune of a territory; `ecrit` is the source's own spelling."""

    code: str
    nom: str
    ecrit: str | None = None


class TerritoryForm(Form, kw_only=True):
    """One territory of `territoires/`."""

    cpts: str
    departements: list[str]
    source: SourceForm
    perimetre: Literal["communes", "departements"] = "communes"
    communes: list[CommuneForm] | None = None
    doutes: list[DoubtForm] = field(default_factory=list)
    saisie: EntryForm | None = None


class TerritoriesFile(Form):
    """One file of `territoires/`."""

    territoires: list[TerritoryForm]


class FactForm(Form):
    """One further fact."""

    code: str
    question: str
    repondant: Literal["appelant", "operateur", "agendas"] = "appelant"


class FactsFile(Form):
    """One file of `faits/`."""

    faits: list[FactForm]


class GroupForm(Form):
    """A group of reasons."""

    code: str
    libelle: str
    motifs: list[str]


class GroupsFile(Form):
    """`motifs/groupes.yaml`."""

    groupes: list[GroupForm]


class DocumentForm(Form, kw_only=True):
    """One public document."""

    cle: str
    titre: str
    date: str | None = None
    adresse: str | None = None


class SourcesFile(Form):
    """`sources.yaml`."""

    version: str
    documents: list[DocumentForm]


class Reason(Form):
    """One line of `motifs/motifs.csv`."""

    code: str
    libelle: str
    offres: list[str]


class CatalogueForm(Form, kw_only=True):
    """Everything read, before it is turned into the domain's objects; what the compiled file holds."""

    dispositifs: list[DispositifForm]
    territoires: list[TerritoryForm]
    faits: list[FactForm]
    groupes: list[GroupForm]
    documents: list[DocumentForm]
    motifs: list[Reason]
    version: str
