"""Gives the catalogue to judge with: compiled if it can, else read and checked; the site's layer on top."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from osnp_console.app.base.verification import Problem
from osnp_console.catalogue import schema
from osnp_console.catalogue.assembly import assemble
from osnp_console.catalogue.compiled import read_compiled, write_compiled
from osnp_console.catalogue.files import catalogue_files, fingerprint
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.commune import Commune
from osnp_console.domain.examples import Example

Living = Callable[[str], Commune | None]


def open_catalogue(folder: Path, site: Path, cache: Path | None, living: Living, today: date) -> Catalogue:
    """The catalogue of `folder` with the layer of `site` (a folder that may not exist) over it.

    Raises CatalogueUnusable when a file has an error; warnings pass.
    """
    layered = site.is_dir() and bool(catalogue_files(site))
    built_in = fingerprint(folder)
    form = read_compiled(cache, built_in) if cache is not None else None
    if form is not None and not layered:
        try:
            return assemble(form, built_in)
        except (KeyError, ValueError):  # readable, yet not what was written: read again
            form = None
    # Only here: YAML and the checks are a third of the start that a compiled catalogue does without.
    from osnp_console.catalogue.loading import checked, load, loaded_from, overlay

    if form is None:
        form = checked(load(folder), living, today).form()
        if cache is not None:
            write_compiled(cache, built_in, form)
    if not layered:
        return assemble(form, built_in)
    loaded = loaded_from(form)
    overlay(loaded, site)
    return assemble(checked(loaded, living, today).form(), fingerprint(folder, site))


def verify(folder: Path, site: Path, living: Living, today: date) -> tuple[Problem, ...]:
    """Every problem of the catalogue and of the site's layer, warnings included."""
    from osnp_console.catalogue.loading import check, load, overlay

    loaded = load(folder)
    overlay(loaded, site)
    check(loaded, living, today)
    return tuple(sorted(loaded.problems, key=lambda problem: (problem.file, problem.line)))


def examples(folder: Path) -> Iterator[Example]:
    """The hand-written examples of a catalogue's files, one for each case."""
    from osnp_console.catalogue.loading import load

    for form, _ in load(folder).dispositifs.values():
        if form.exemples is not None:
            yield from _examples_of(form, form.exemples)


def _examples_of(form: schema.DispositifForm, examples: schema.ExamplesForm) -> Iterator[Example]:
    for case in examples.cas:
        call = _changed(examples.appel, case.change)
        yield Example(form.id, case.nom, case.instant or examples.instant, call, case.attendu, case.par)


def _changed(base: dict[str, object], change: dict[str, object]) -> dict[str, object]:
    call = {key: dict(value) if isinstance(value, dict) else value for key, value in base.items()}
    for path, value in change.items():
        group, _, name = path.partition(".")
        if not name:
            call[group] = value
            continue
        inner = call.setdefault(group, {})
        if isinstance(inner, dict):
            inner[name] = value
    return call
