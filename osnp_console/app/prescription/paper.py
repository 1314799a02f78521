"""What stands on the paper of a prescription, in words: everything is decided here, the document lays it out.

Nothing of one dispositif is printed for another: headings, delay and FINESS come from the catalogue or from
what the site settled. Neither price nor coefficient is ever printed: the nurse codes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from osnp_console.app.prescription.finess import shown_finess
from osnp_console.app.prescription.site_records import (
    PaperSize as PaperSize,  # noqa: PLC0414 (most take it from here)
)
from osnp_console.app.prescription.site_records import (
    SiteHeader as SiteHeader,  # noqa: PLC0414 (the same)
)
from osnp_console.app.prescription.site_records import (
    StructureNumber as StructureNumber,  # noqa: PLC0414 (the same)
)
from osnp_console.domain.clock import in_paris
from osnp_console.domain.commune import Commune
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.identifiers import read_rpps
from osnp_console.domain.natures import cpts_name
from osnp_console.domain.phone import read_phone
from osnp_console.domain.prescription.birth import birth_text
from osnp_console.domain.prescription.canonical import datamatrix_text
from osnp_console.domain.prescription.content import ACTS, OTHER_ACT, SEXES, Content, OrderedAct
from osnp_console.domain.prescription.moves import PrescriptionMove, PrescriptionState
from osnp_console.domain.prescription.prescription import Prescription
from osnp_console.domain.typed_ages import age_said

TITLE = "PRESCRIPTION MÉDICALE"
# Exact words of the interface (section 8).
DRAFT_MARK = "PROJET NON VALABLE"
CANCELLED_MARK = "ANNULÉE"
DUPLICATE_MARK = "DUPLICATA"
NO_HEADER = SiteHeader()


@dataclass(frozen=True, slots=True)
class BarCode:
    """One Code 128: the label above it, what it carries, the digits in clear below it."""

    label: str
    content: str
    clear: str


@dataclass(frozen=True, slots=True)
class PaperAct:
    """One act with its box: ticked when it is ordered; `details` are how, one a line."""

    name: str
    ticked: bool
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrescriptionPaper:
    """The whole paper. Pairs are a label and a text; texts are from outside."""

    title: str
    headings: tuple[str, ...]
    site: SiteHeader
    facts: tuple[tuple[str, str], ...]
    codes: tuple[BarCode, ...]
    patient: tuple[tuple[str, str], ...]
    acts: tuple[PaperAct, ...]
    where: tuple[PaperAct, ...]
    delay: str
    signed: str
    mark: str
    number: str
    reference: str
    datamatrix: str
    size: PaperSize


@dataclass(frozen=True, slots=True)
class PaperWords:
    """What the paper takes from elsewhere: the dispositif, communes by INSEE code, the site's header."""

    dispositif: Dispositif
    living: Callable[[str], Commune | None]
    site: SiteHeader = NO_HEADER


def paper_of(
    content: Content, words: PaperWords, size: PaperSize = PaperSize.A4, *, mark: str = DRAFT_MARK
) -> PrescriptionPaper:
    """The paper of a content alone: no number, and marked as not valid."""
    return _paper(content, words, size, number="", signed="", mark=mark, replaces="")


def paper_of_prescription(
    prescription: Prescription, words: PaperWords, size: PaperSize = PaperSize.A4, *, duplicate: bool = False
) -> PrescriptionPaper:
    """The paper of a prescription as it stands: a draft, valid, cancelled, or printed once more."""
    number = prescription.number.text if prescription.number is not None else ""
    if prescription.state is PrescriptionState.CANCELLED:
        mark = CANCELLED_MARK
    elif not number:
        mark = DRAFT_MARK
    else:
        mark = DUPLICATE_MARK if duplicate else ""
    return _paper(
        prescription.content, words, size, number=number, signed=_validated_words(prescription), mark=mark,
        replaces=prescription.replaces,
    )  # fmt: skip


def _paper(
    content: Content,
    words: PaperWords,
    size: PaperSize,
    *,
    number: str,
    signed: str,
    mark: str,
    replaces: str,
) -> PrescriptionPaper:
    visit = words.dispositif.nurse_visit
    delay = visit.delay_hours if visit is not None else None
    return PrescriptionPaper(
        title=TITLE,
        headings=visit.headings if visit is not None and visit.headings else ("Soins infirmiers",),
        site=words.site,
        facts=_facts(content, words, replaces),
        codes=_codes(content, words.site),
        patient=_patient(content, words),
        acts=_acts(content),
        where=_where(content),
        delay=f"Dans les {delay} heures qui suivent la demande." if delay is not None else "",
        signed=signed,
        mark=mark,
        number=number,
        reference=content.call_reference,
        datamatrix=datamatrix_text(content, number),
        size=size,
    )


def _facts(content: Content, words: PaperWords, replaces: str) -> tuple[tuple[str, str], ...]:
    written, prescriber = in_paris(content.written_at), content.prescriber
    doctor = " ".join(part for part in (prescriber.first_name, prescriber.name) if part)
    quality = f", {prescriber.quality}" if prescriber.quality else ""
    told = [
        ("Dispositif", cpts_name(words.dispositif.cpts)),
        ("Établie le", f"{written:%d/%m/%Y} à {written:%H:%M}"),
        ("Prescripteur", f"Dr {doctor}{quality}"),
        ("FINESS", shown_finess(content.finess)),
        ("RPPS", _rpps(prescriber.rpps)),
        ("Remplace", f"l’ordonnance n° {replaces}" if replaces else ""),
    ]
    return tuple((label, text) for label, text in told if text)


def _codes(content: Content, site: SiteHeader) -> tuple[BarCode, ...]:
    """The doctor's number, then the structure's; a number that is not known has no code, never a fake one."""
    codes, prescriber = [], content.prescriber
    if prescriber.rpps:
        codes.append(BarCode("RPPS", _rpps(prescriber.rpps), _rpps(prescriber.rpps)))
    if site.second_code is StructureNumber.AM and prescriber.am_number:
        codes.append(BarCode("N° AM", prescriber.am_number, prescriber.am_number))
    elif content.finess:
        codes.append(BarCode("FINESS", content.finess, shown_finess(content.finess)))
    return tuple(codes)


def _rpps(typed: str) -> str:
    """Its eleven digits, whichever way it was typed: a reader of codes takes no blank and no prefix."""
    return read_rpps(typed).number or typed


def _patient(content: Content, words: PaperWords) -> tuple[tuple[str, str], ...]:
    patient, day = content.patient, in_paris(content.written_at).date()
    age = age_said(patient.birth, None, day) if patient.birth is not None else ""
    born = _born(content)
    told = [
        ("Nom de naissance", patient.birth_name),
        ("Nom utilisé", patient.used_name),
        ("Prénoms", patient.first_names),
        ("Sexe", SEXES.get(patient.sex, "")),
        ("Né(e) le", f"{born} ({age})" if age else born),
        ("Adresse", patient.address),
        ("Commune", _commune(patient.commune, words)),
        ("Téléphone", read_phone(patient.phone).shown if patient.phone else ""),
    ]
    return tuple((label, text) for label, text in told if text)


def _born(content: Content) -> str:
    """`02/05/1950`; `05/1950` or `1950` where the day or the month is not known."""
    birth = content.patient.birth
    if birth is None:
        return ""
    year, month, day = birth_text(birth).split("-")
    return "/".join(part for part in (day, month, year) if part != "00")


def _commune(code: str, words: PaperWords) -> str:
    found = words.living(code) if code else None
    if found is None:
        return code
    # Of several postal codes none is the patient's for sure: none is printed.
    postal = found.codes_postaux[0] if len(found.codes_postaux) == 1 else ""
    return f"{postal} {found.nom}".strip()


def _acts(content: Content) -> tuple[PaperAct, ...]:
    """The boxes of the form of Sarthe: the visit, then every other act that is ordered, in full."""
    visit = "bilan_clinique"
    visits = [act for act in content.acts if act.code == visit]
    boxes = [PaperAct(ACTS[visit], bool(visits), tuple(line for act in visits for line in _details(act)))]
    boxes += [
        PaperAct(ACTS[act.code], True, _details(act))
        for act in content.acts
        if act.code not in (visit, OTHER_ACT)
    ]
    others = [act for act in content.acts if act.code == OTHER_ACT]
    boxes += [PaperAct("Autre acte", True, _details(act)) for act in others]
    if not others:
        boxes.append(PaperAct(ACTS[OTHER_ACT], False))
    return tuple(boxes)


def _details(act: OrderedAct) -> tuple[str, ...]:
    told = [
        act.detail,
        f"Fréquence\u00a0: {act.frequency}" if act.frequency else "",
        f"Durée\u00a0: {act.duration}" if act.duration else "",
    ]
    return tuple(line for line in told if line)


def _where(content: Content) -> tuple[PaperAct, ...]:
    boxes = [PaperAct("À domicile", content.at_home is True)]
    if content.sundays_and_holidays:
        boxes.append(PaperAct("Y compris dimanches et jours fériés", True))
    return tuple(boxes)


def _validated_words(prescription: Prescription) -> str:
    """`Validée le 24/11/2026 à 10:14 par Dr Durand.`, and how it was signed where it was; else empty."""
    said = []
    for one in prescription.history:
        at = f"{in_paris(one.at):%d/%m/%Y} à {in_paris(one.at):%H:%M}"
        if one.move is PrescriptionMove.VALIDATE:
            said.append(f"Validée le {at} par {one.person}." if one.person else f"Validée le {at}.")
        elif one.move is PrescriptionMove.CANCEL and prescription.number is not None:
            said.append(f"Annulée le {at}\u202f: {one.text}.")
    return " ".join(said)
