"""What a site settles of its prescriptions, for every desk: the head of the paper, its size, its doctors."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import datetime

from osnp_console.app.errors import Refusal
from osnp_console.app.ports import OpenUnit
from osnp_console.app.prescription.records import SettledFiness
from osnp_console.app.prescription.site_records import SitePapers
from osnp_console.domain import journal
from osnp_console.domain.identifiers import read_rpps
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.permissions import Act
from osnp_console.domain.prescription.content import Prescriber

LOGO_LIMIT = 500_000
"""Bytes: a logo is drawn three centimetres wide."""
LOGO_PIXELS = 25_000_000
"""A limit of ours: unpacked, a larger one would fill the memory of a desk."""
MOST_LOGOS, MOST_LINES = 3, 6
_AM_NUMBER = re.compile(r"[0-9]{9}", re.ASCII)
_KINDS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
NOT_AN_IMAGE = "Ce fichier n’est pas une image PNG ou JPEG."
TOO_MANY_DOTS = "Cette image a trop de points\u202f: la réduire."
TOO_LARGE = "Cette image est trop lourde\u202f: 500 Ko au plus."
TOO_MANY_LOGOS = "Trois logos au plus tiennent dans l’en-tête."
TOO_MANY_LINES = "Six lignes au plus tiennent dans l’en-tête."
NO_NAME = "Écrire le nom du médecin."
NOT_AN_RPPS = "Un RPPS a onze chiffres."
NOT_AN_AM_NUMBER = "Un numéro AM a neuf chiffres."
TWICE = "Ce médecin est déjà dans la liste."


def site_papers(open_unit: OpenUnit) -> SitePapers:
    """Work for the store: what the site settled, else the usual. Nothing of it speaks of a patient."""
    with open_unit() as unit:
        return unit.site_papers.get() or SitePapers()


def read_settings(
    dispositifs: Collection[str],
) -> Callable[[OpenUnit], tuple[SitePapers, dict[str, SettledFiness]]]:
    """Work for the store: what the site settled of its papers, and of the FINESS of these dispositifs."""

    def work(open_unit: OpenUnit) -> tuple[SitePapers, dict[str, SettledFiness]]:
        with open_unit() as unit:
            found = {one: unit.prescriptions.settled(one) for one in dispositifs}
            papers = unit.site_papers.get() or SitePapers()
        return papers, {name: one for name, one in found.items() if one is not None}

    return work


def settle_papers(
    change: Callable[[SitePapers], SitePapers], desk: str, now: datetime
) -> Callable[[OpenUnit], SitePapers]:
    """Work for the store: change what the site settled, as it stands there now.

    `change` touches one thing: two desks that settle two things at once lose neither. Raises Refusal with the
    field that is wrong, Forbidden, StoreFailure.
    """

    def work(open_unit: OpenUnit) -> SitePapers:
        with open_unit() as unit:
            unit.session.require(Act.SETTLE_PAPERS)
            unit.prescriptions.hold("reglages du site")
            before = unit.site_papers.get() or SitePapers()
            after = change(before)
            if after == before:
                return before
            check_papers(after)
            after = replace(after, person=unit.session.name, at=now)
            unit.site_papers.put(after)
            told = {"annuaire": "papiers", "quoi": _what_changed(before, after)}
            unit.journal.append(JournalEntry(desk, now, journal.DIRECTORY_CHANGED, None, told))
            unit.commit()
        return after

    return work


def _what_changed(before: SitePapers, after: SitePapers) -> list[str]:
    parts = {
        "en-tête": (before.header.lines, after.header.lines),
        "logos": (before.header.logos, after.header.logos),
        "code": (before.header.second_code, after.header.second_code),
        "format": (before.size, after.size),
        "médecins": (before.doctors, after.doctors),
    }
    return [name for name, (old, new) in parts.items() if old != new]


def check_papers(papers: SitePapers) -> None:
    """Raise Refusal (`valeur_invalide`, `champ_manquant`) at the field that is wrong."""
    if len(papers.header.lines) > MOST_LINES:
        raise Refusal("valeur_invalide", TOO_MANY_LINES, "lignes")
    if len(papers.header.logos) > MOST_LOGOS:
        raise Refusal("valeur_invalide", TOO_MANY_LOGOS, "logos")
    for logo in papers.header.logos:
        check_logo(logo)
    seen: set[tuple[str, str, str]] = set()
    for doctor in papers.doctors:
        check_doctor(doctor)
        who = (doctor.name.casefold(), doctor.first_name.casefold(), doctor.rpps)
        if who in seen:
            raise Refusal("valeur_invalide", TWICE, "nom")
        seen.add(who)


def check_logo(content: bytes) -> None:
    """Raise Refusal for a file that is no PNG or JPEG, or too large; its first bytes are looked at."""
    if not content.startswith(_KINDS):
        raise Refusal("valeur_invalide", NOT_AN_IMAGE, "logos")
    if len(content) > LOGO_LIMIT:
        raise Refusal("valeur_invalide", TOO_LARGE, "logos")


def check_doctor(doctor: Prescriber) -> None:
    """Raise Refusal at the field that is wrong. Only the shape of numbers is checked (domain note, §5.2)."""
    if not doctor.name.strip():
        raise Refusal("champ_manquant", NO_NAME, "nom")
    if doctor.rpps and read_rpps(doctor.rpps).number is None:
        raise Refusal("valeur_invalide", NOT_AN_RPPS, "rpps")
    if doctor.am_number and not _AM_NUMBER.fullmatch(doctor.am_number):
        raise Refusal("valeur_invalide", NOT_AN_AM_NUMBER, "am")


def read_doctor(name: str, first_name: str, quality: str, rpps: str, am_number: str) -> Prescriber:
    """A doctor as typed, numbers in the spelling that is kept; raises Refusal at the field that is wrong."""
    doctor = Prescriber(
        name=name.strip(),
        first_name=first_name.strip(),
        rpps=read_rpps(rpps).number or "".join(rpps.split()),
        quality=quality.strip(),
        am_number="".join(am_number.split()),
    )
    check_doctor(doctor)
    return doctor


def with_doctor(papers: SitePapers, doctor: Prescriber, before: Prescriber | None) -> SitePapers:
    """The settings with a doctor added, or in the place of `before`, where they still are."""
    if before is not None and before in papers.doctors:
        doctors = tuple(doctor if one == before else one for one in papers.doctors)
    else:
        doctors = (*papers.doctors, doctor)
    return replace(papers, doctors=by_name(doctors))


def without_doctor(papers: SitePapers, doctor: Prescriber) -> SitePapers:
    """The settings without a doctor."""
    return replace(papers, doctors=tuple(one for one in papers.doctors if one != doctor))


def by_name(doctors: Iterable[Prescriber]) -> tuple[Prescriber, ...]:
    """Doctors in the order they are shown in."""
    return tuple(sorted(doctors, key=lambda one: (one.name.casefold(), one.first_name.casefold(), one.rpps)))


def header_lines(typed: Collection[str]) -> tuple[str, ...]:
    """The lines of a header as typed, without the empty ones."""
    return tuple(line.strip() for line in typed if line.strip())
