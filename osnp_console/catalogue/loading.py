"""Reads a catalogue's folder, and the site's layer over it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from osnp_console.app.base.verification import CatalogueUnusable, Problem
from osnp_console.catalogue import schema
from osnp_console.catalogue.checks import DispositifCheck, Known, check_territory, is_date
from osnp_console.catalogue.files import PARTS
from osnp_console.catalogue.layering import corrected
from osnp_console.catalogue.yaml_reading import Form, Path_, Read, Unreadable, read_yaml
from osnp_console.domain.commune import Commune
from osnp_console.domain.phone import international


@dataclass(slots=True)
class Loaded:
    """What was read: forms with the file each comes from, and every problem met."""

    dispositifs: dict[str, tuple[schema.DispositifForm, Read]] = field(default_factory=dict)
    territories: dict[str, tuple[schema.TerritoryForm, Path_, Read]] = field(default_factory=dict)
    facts: dict[str, schema.FactForm] = field(default_factory=dict)
    groups: dict[str, tuple[schema.GroupForm, Path_, Read]] = field(default_factory=dict)
    documents: list[schema.DocumentForm] = field(default_factory=list)
    reasons: list[schema.Reason] = field(default_factory=list)
    version: str = ""
    corrected: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that make the catalogue unusable."""
        return tuple(problem for problem in self.problems if not problem.warning)

    def form(self) -> schema.CatalogueForm:
        """Everything as one form, dispositifs by file order, phone numbers in one shape."""
        for form, _ in self.dispositifs.values():
            for access in form.acces:
                if access.telephone is not None:
                    access.telephone.numero = (
                        international(access.telephone.numero) or access.telephone.numero
                    )
        return schema.CatalogueForm(
            dispositifs=[form for form, _ in self.dispositifs.values()],
            territoires=[form for form, _, _ in self.territories.values()],
            faits=list(self.facts.values()),
            groupes=[form for form, _, _ in self.groups.values()],
            documents=self.documents,
            motifs=self.reasons,
            version=self.version,
        )


def load(folder: Path) -> Loaded:
    """Read a whole catalogue; problems are gathered, not raised."""
    loaded = Loaded()
    sources = _into(loaded, folder / "sources.yaml", folder, schema.SourcesFile)
    if sources is not None:
        loaded.documents, loaded.version = sources[0].documents, sources[0].version
        keys = [document.cle for document in loaded.documents]
        for index, document in enumerate(loaded.documents):
            if document.date is not None and not is_date(document.date):
                message = f'« {document.date} » n’est pas une date : écrire "2025-12" ou "2025-12-31"'
                loaded.problems.append(sources[1].problem(("documents", index, "date"), message))
        for index, key in enumerate(keys):
            if key in keys[:index]:
                message = f"la source « {key} » est déjà définie : n’en garder qu’une"
                loaded.problems.append(sources[1].problem(("documents", index), message))
    _read_reasons(loaded, folder / "motifs" / "motifs.csv")
    groups = _into(loaded, folder / "motifs" / "groupes.yaml", folder, schema.GroupsFile)
    if groups is not None:
        for index, group in enumerate(groups[0].groupes):
            if group.code in loaded.groups:
                message = f"le groupe « {group.code} » est déjà défini : n’en garder qu’un"
                loaded.problems.append(groups[1].problem(("groupes", index), message))
            loaded.groups[group.code] = (group, ("groupes", index), groups[1])
    _read_layer(loaded, folder, site=False)
    return loaded


def overlay(loaded: Loaded, site: Path) -> None:
    """Read the site's layer over a catalogue: territories, facts, corrections, own dispositifs."""
    if site.is_dir():
        _read_layer(loaded, site, site=True)


def _read_layer(loaded: Loaded, folder: Path, *, site: bool) -> None:
    for part in PARTS:
        for path in sorted((folder / part).rglob("*.yml")):
            message = "les fichiers en .yml ne sont pas lus : le renommer en .yaml, ou le retirer"
            loaded.problems.append(Problem(_name(path, folder), 1, message))
    for path in sorted((folder / "faits").glob("*.yaml")):
        _read_facts(loaded, path, folder)
    for path in sorted((folder / "territoires").glob("*.yaml")):
        _read_territories(loaded, path, folder, site=site)
    for path in sorted((folder / "dispositifs").rglob("*.yaml")):
        _read_dispositif(loaded, path, folder, site=site)


def _into(loaded: Loaded, path: Path, folder: Path, form: type[Form]) -> tuple[Form, Read] | None:
    try:
        read = read_yaml(path, _name(path, folder))
        return read.into(form), read
    except Unreadable as error:
        loaded.problems.append(error.problem)
        return None


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _read_reasons(loaded: Loaded, path: Path) -> None:
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = csv.DictReader(lines, delimiter=";")
            for row in rows:
                reason = schema.Reason(row["code"], row["libelle"], row["offres"].split(","))
                if any(reason.code == known.code for known in loaded.reasons):
                    message = f"le motif « {reason.code} » est déjà défini : n’en garder qu’un"
                    loaded.problems.append(Problem("motifs/motifs.csv", rows.line_num, message))
                loaded.reasons.append(reason)
    except (OSError, KeyError, UnicodeDecodeError, AttributeError, csv.Error):
        loaded.problems.append(
            Problem("motifs/motifs.csv", 1, "illisible : les colonnes code;libelle;offres sont attendues")
        )


def _read_facts(loaded: Loaded, path: Path, folder: Path) -> None:
    read = _into(loaded, path, folder, schema.FactsFile)
    if read is None:
        return
    for index, fact in enumerate(read[0].faits):
        if fact.code in loaded.facts:
            message = f"le fait « {fact.code} » est déjà défini : n’en garder qu’un"
            loaded.problems.append(read[1].problem(("faits", index), message))
        loaded.facts[fact.code] = fact


def _read_territories(loaded: Loaded, path: Path, folder: Path, *, site: bool) -> None:
    read = _into(loaded, path, folder, schema.TerritoriesFile)
    if read is None:
        return
    for index, territory in enumerate(read[0].territoires):
        place: Path_ = ("territoires", index)
        if territory.cpts in loaded.territories and not site:
            message = f"le territoire de « {territory.cpts} » est déjà décrit : n’en garder qu’un"
            loaded.problems.append(read[1].problem(place, message))
        if site and territory.saisie is None:
            loaded.problems.append(
                read[1].problem(place, "il manque `saisie: {auteur, date}` : qui l’a saisi, et quand")
            )
        loaded.territories[territory.cpts] = (territory, place, read[1])


def _read_dispositif(loaded: Loaded, path: Path, folder: Path, *, site: bool) -> None:
    try:
        read = read_yaml(path, _name(path, folder))
        if site:
            read.content = corrected(read, loaded.dispositifs)
        form = read.into(schema.DispositifForm)
    except Unreadable as error:
        loaded.problems.append(error.problem)
        return
    known = loaded.dispositifs.get(form.id)
    if known is not None and (not site or form.id in loaded.corrected):
        message = f"l’identifiant « {form.id} » est déjà celui de {known[1].file} : en changer un"
        loaded.problems.append(read.problem(("id",), message))
    if site and form.saisie is None:
        loaded.problems.append(
            read.problem((), "il manque `saisie: {auteur, date}` : qui l’a saisi, et quand")
        )
    if site:
        loaded.corrected.add(form.id)
    loaded.dispositifs[form.id] = (form, read)


def check(loaded: Loaded, living: Callable[[str], Commune | None], today: date) -> None:
    """Add to `loaded.problems` what is wrong beyond the files' shape."""
    known = Known(
        frozenset(reason.code for reason in loaded.reasons),
        frozenset(loaded.groups),
        frozenset(loaded.facts),
        frozenset(document.cle for document in loaded.documents),
        frozenset(loaded.territories),
        frozenset(loaded.dispositifs),
        living,
        today,
    )
    for form, read in loaded.dispositifs.values():
        loaded.problems.extend(DispositifCheck(form, read, known).run())
    for territory, place, read in loaded.territories.values():
        loaded.problems.extend(check_territory(territory, place, read, known))
    loaded.problems.extend(_check_groups(loaded, known))


def _check_groups(loaded: Loaded, known: Known) -> Iterator[Problem]:
    for group, place, read in loaded.groups.values():
        for reason in group.motifs:
            if reason not in known.reasons:
                yield read.problem(
                    place, f"le motif « {reason} » n’existe pas : le définir dans motifs/motifs.csv"
                )


def checked(loaded: Loaded, living: Callable[[str], Commune | None], today: date) -> Loaded:
    """A catalogue without any error; raises CatalogueUnusable."""
    check(loaded, living, today)
    if loaded.errors:
        raise CatalogueUnusable(loaded.errors)
    return loaded


def loaded_from(form: schema.CatalogueForm) -> Loaded:
    """A catalogue that was checked when it was compiled, ready to take a layer."""
    loaded = Loaded(documents=form.documents, reasons=form.motifs, version=form.version)
    for one in form.dispositifs:
        loaded.dispositifs[one.id] = (one, Read(f"dispositifs/{one.departement}/{one.id}.yaml", None))
    for territory in form.territoires:
        loaded.territories[territory.cpts] = (territory, (), Read("territoires/", None))
    loaded.facts = {fact.code: fact for fact in form.faits}
    loaded.groups = {group.code: (group, (), Read("motifs/groupes.yaml", None)) for group in form.groupes}
    return loaded
