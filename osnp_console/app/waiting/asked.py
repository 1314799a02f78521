"""What a list’s tool asks for, prepared from the call, and the patient as the call knows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from osnp_console.app.calls.sheet_words import Knowledge
from osnp_console.app.checklist.dispositif_words import TOOL_NAMES, dispositif_title
from osnp_console.app.transfer.spoken_topics import Situation, SpokenLine, lines_of
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.access import Mode
from osnp_console.domain.call_sheet import CallSheet
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.phone import read_phone
from osnp_console.domain.transfer.line import OURS, Told, Topic
from osnp_console.domain.waiting_entry import Registered
from osnp_console.domain.waiting_list import WaitingList

TO_ASK = "à demander"
REGULAR_DOCTOR_LIST = "liste_attente_medecin_traitant"
_USUAL = (Topic.IDENTITY, Topic.RESIDENCE, Topic.REASON, Topic.CALLBACK)
_USUAL_OF_DOCTORS = (Topic.IDENTITY, Topic.RESIDENCE, Topic.REGULAR_DOCTOR, Topic.CALLBACK)
_SECURE = "https://"


@dataclass(frozen=True, slots=True)
class AskedByTool:
    """What is asked, one fact a line; `is_usual` where no source says and a convention of ours stands."""

    lines: tuple[SpokenLine, ...]
    is_usual: bool

    @property
    def lacking(self) -> tuple[SpokenLine, ...]:
        """The lines that nobody asked for yet and that a field of the call would answer."""
        return tuple(one for one in self.lines if one.ask)


def asked_by_tool(situation: Situation, rules: WaitingList, catalogue: Catalogue) -> AskedByTool:
    """The lines of what the list's tool asks, in its order.

    Where the source names nothing: who, where they live, what for, how to call back; a convention of ours.
    """
    entries = rules.asks
    if not entries:
        doctors = situation.judgement.dispositif.nature == REGULAR_DOCTOR_LIST
        entries = tuple(Told(OURS, topic) for topic in (_USUAL_OF_DOCTORS if doctors else _USUAL))
    lines: list[SpokenLine] = []
    for told in entries:
        found = list(lines_of(told, situation, catalogue))
        if told.topic is None and told.fact is None:
            found = [replace(one, text=TO_ASK) for one in found]
        elif found and told.text:
            found[0] = replace(found[0], precision=told.text)
        lines += found
    return AskedByTool(tuple(lines), not rules.asks)


def text_to_copy(asked: AskedByTool, more: Iterable[tuple[str, str]] = ()) -> str:
    """The lines as text to paste into the tool, then what was typed beside them; what lacks says so."""
    lines = [
        f"{f'{one.label} ({one.precision})' if one.precision else one.label}\u202f: {one.text}"
        for one in asked.lines
    ]
    lines += [f"{label}\u202f: {text}" for label, text in more if text]
    return "\n".join(lines)


def registered(sheet: CallSheet, *, phone: str = "", mail: str = "") -> Registered:
    """The patient as a list needs them; `phone` and `mail` are what was typed for the list itself."""
    return Registered(
        name=sheet.text(fields.BIRTH_NAME).strip(),
        first_names=sheet.text(fields.FIRST_NAMES).strip(),
        birth=sheet.text(facts.BIRTH).strip(),
        commune=sheet.text(facts.RESIDENCE),
        phone=_dialled(phone or call_back_number(sheet)),
        mail=mail.strip(),
    )


def call_back_number(sheet: CallSheet) -> str:
    """Where the patient is called back: their own number, else the caller's; as typed, empty without any."""
    return sheet.text(fields.PATIENT_PHONE).strip() or sheet.text(fields.CALLER_PHONE).strip()


def need_of(situation: Situation, catalogue: Catalogue) -> str:
    """What for, as long as nothing else was typed: the label of the call's reason."""
    code = situation.call.text(facts.REASON)
    return catalogue.reasons.get(code, code) if code is not None else ""


def tool_name(dispositif: Dispositif) -> str:
    """What the list is kept in: `Citana`, `formulaire`; empty where the source does not say."""
    for access in dispositif.accesses:
        if access.mode is Mode.REGISTRATION and access.tool:
            return TOOL_NAMES.get(access.tool, access.tool)
    return ""


def page_of(dispositif: Dispositif) -> str:
    """The address of the site through which the list is reached; empty without one that is safe to open."""
    page = dispositif.website or ""
    return page if page.startswith(_SECURE) else ""


def list_title(dispositif: Dispositif) -> str:
    """The list's name, as the checklist names its dispositif."""
    return dispositif_title(dispositif.cpts, dispositif.nature)


def is_known(line: SpokenLine) -> bool:
    """Whether a line has something to say."""
    return line.knowledge is Knowledge.KNOWN


def _dialled(typed: str) -> str:
    return read_phone(typed).e164 or typed.strip()
