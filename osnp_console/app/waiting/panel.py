"""What the window shows of a waiting list in a call: its rules, what it asks, what can be done next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from osnp_console.app.checklist.sheet_lines import french_spaces
from osnp_console.app.transfer.spoken_topics import Situation
from osnp_console.app.waiting.asked import (
    AskedByTool,
    asked_by_tool,
    call_back_number,
    list_title,
    need_of,
    page_of,
    tool_name,
)
from osnp_console.app.waiting.rules import BY_THEMSELVES, ListRule, list_rules, may_words
from osnp_console.app.waiting.words import STATE_WORDS, end_words
from osnp_console.domain.call_sheet import Answer
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.clock import in_paris
from osnp_console.domain.phone import read_phone
from osnp_console.domain.states import State
from osnp_console.domain.waiting_entry import WAITING, EntryMove, EntryState, WaitingEntry
from osnp_console.domain.waiting_list import WaitingList

NARROW = "\u202f"
REGISTERED, REGISTER = "Inscrit", "Inscrire"
_NAMED = frozenset({"Citana", "CPTS Rendez-Vous", "Doctolib Team"})
"""Tools that have a name of their own; the others are a form, somewhere."""
USUAL_NOTE = "La source ne dit pas ce qui est demandé\u202f: convention de la console."


@dataclass(frozen=True, slots=True)
class Draft:
    """What is typed for a registration beside the call; None for what still follows the call."""

    consent: Answer = None
    phone: str | None = None
    mail: str = ""
    need: str | None = None
    priority: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a registration as they are filled in now, and which of them the list has."""

    asks_consent: bool
    consent: Answer
    phone: str
    mail: str
    need: str
    priority: str
    priorities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """A further fact on which something hangs: its code, its question, and the answer as the call has it."""

    fact: str
    question: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class ListPanel:
    """The panel of one list in one call.

    `condition` is the further fact on which it hangs whether the desk registers. `question` and `act` are
    those of the moment, `act` empty once nothing is to be done; `why_not` is why the act cannot be done
    here. `is_next` is whether the act is what the desk is there to do, `may_wait` whether it can be put off.
    """

    title: str
    dispositif: str
    chip: str
    chip_kind: str
    rules: tuple[ListRule, ...]
    condition: Condition | None
    asked: AskedByTool
    asked_title: str
    asked_note: str
    form: Form | None
    page: str
    question: str
    act: str = ""
    why_not: str = ""
    is_next: bool = False
    may_wait: bool = False
    withdraws: bool = False


def entry_in_call(entries: Sequence[WaitingEntry], dispositif: str, day: date) -> WaitingEntry | None:
    """The entry of a list among those of a call: the one that goes on, else the last."""
    found = [one for one in entries if one.dispositif == dispositif]
    found.sort(key=lambda one: (bool(one.moves_on(day)), one.made_at))
    return found[-1] if found else None


def list_panel(
    situation: Situation,
    catalogue: Catalogue,
    rules: WaitingList,
    entry: WaitingEntry | None,
    draft: Draft,
    now: datetime,
) -> ListPanel:
    """The panel at an instant; `entry` is what became of the call's patient on that list, None before."""
    dispositif, day = situation.judgement.dispositif, in_paris(now).date()
    may = rules.may_register(situation.call)
    listed = list_rules(rules, may, situation.call)
    tool = tool_name(dispositif)
    state = entry.state_on(day) if entry is not None else None
    waits = state in WAITING
    chip, kind = _chip(rules, may, entry, day)
    fact = listed[0].fact
    asks = not waits and state is not EntryState.PREPARED
    asked = asked_by_tool(situation, rules, catalogue)
    panel = ListPanel(
        title="Liste d’attente",
        dispositif=list_title(dispositif),
        chip=chip,
        chip_kind=kind,
        rules=listed,
        condition=_condition(situation, fact, catalogue) if fact else None,
        asked=asked,
        asked_title=_asked_title(rules, tool),
        asked_note=USUAL_NOTE if asked.is_usual and not rules.kept_here else "",
        form=form_of(situation, catalogue, rules, draft) if asks else None,
        page="" if rules.kept_here else page_of(dispositif),
        question=_question(rules, may, entry, day, tool),
    )
    return replace(panel, withdraws=True) if waits else _with_act(panel, rules, may, entry)


def _condition(situation: Situation, fact: str, catalogue: Catalogue) -> Condition:
    known = catalogue.facts.get(fact)
    question = french_spaces(known.question) if known is not None else fact
    return Condition(fact, question, situation.sheet.answer(fact))


def _with_act(panel: ListPanel, rules: WaitingList, may: State, entry: WaitingEntry | None) -> ListPanel:
    forbidden = rules.kept_here and may is State.UNMET
    prepared = entry is not None and entry.state is EntryState.PREPARED
    return replace(
        panel,
        act=REGISTER if rules.kept_here else REGISTERED,
        why_not=may_words(rules, may) if forbidden else "",
        is_next=may is not State.UNMET,
        may_wait=not prepared and not rules.kept_here,
        withdraws=prepared,
    )


def form_of(situation: Situation, catalogue: Catalogue, rules: WaitingList, draft: Draft) -> Form:
    """The fields: what was typed for the list, and where nothing was, what the call says."""
    number = read_phone(call_back_number(situation.sheet)).shown
    return Form(
        asks_consent=rules.kept_here,
        consent=draft.consent,
        phone=draft.phone if draft.phone is not None else number,
        mail=draft.mail,
        need=draft.need if draft.need is not None else need_of(situation, catalogue),
        priority=draft.priority,
        priorities=rules.priorities,
    )


def _chip(rules: WaitingList, may: State, entry: WaitingEntry | None, day: date) -> tuple[str, str]:
    """What became of the patient on the list, else whether this desk registers."""
    if entry is not None:
        state = entry.state_on(day)
        if state in WAITING:
            end = f"jusqu’au {entry.ends_on:%d/%m}" if entry.ends_on is not None else ""
            return " · ".join(part for part in (STATE_WORDS[state].capitalize(), end) if part), "eligible"
        return STATE_WORDS[state].capitalize(), "verify" if state is EntryState.PREPARED else "outline"
    if may is State.MET:
        return "Ce poste inscrit", "eligible"
    if may is State.UNMET:
        theirs = may_words(rules, may) == BY_THEMSELVES
        return "Le patient s’inscrit" if theirs else "Inscrit par d’autres", "outline"
    return "Qui inscrit\u202f: à vérifier", "verify"


def _asked_title(rules: WaitingList, tool: str) -> str:
    if rules.kept_here:
        return "Ce qui est gardé"
    return f"Ce que demande {tool}" if tool in _NAMED else "Ce qui est demandé"


def _question(rules: WaitingList, may: State, entry: WaitingEntry | None, day: date, tool: str) -> str:
    """The sentence of the moment, at the foot."""
    state = entry.state_on(day) if entry is not None else None
    if entry is not None and state in WAITING:
        registered = entry.registered_at or entry.made_at
        said = f"Inscrit le {in_paris(registered):%d/%m à %H:%M}"
        return " · ".join(part for part in (said, end_words(entry, day)) if part)
    if entry is not None and state is EntryState.PREPARED:
        return f"À inscrire depuis {in_paris(entry.since):%H:%M}"
    if rules.kept_here:
        return f"Inscrire sur la liste{NARROW}?"
    if may is State.UNMET:
        theirs = may_words(rules, may) == BY_THEMSELVES
        return f"Le patient s’est inscrit{NARROW}?" if theirs else f"Inscrit par un autre{NARROW}?"
    return f"Inscrit dans {tool}{NARROW}?" if tool in _NAMED else f"Inscrit sur la liste{NARROW}?"


def next_move(panel: ListPanel, entry: WaitingEntry | None) -> EntryMove | None:
    """The move that the panel's act makes on an entry that is there already; None to begin one."""
    if not panel.act or entry is None or entry.state is not EntryState.PREPARED:
        return None
    return EntryMove.REGISTER
