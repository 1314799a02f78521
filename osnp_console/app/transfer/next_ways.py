"""What is left when a line does not answer, refuses or has nothing: ways on that ask for nothing again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from osnp_console.app.checklist.access_words import way_words
from osnp_console.app.checklist.arrangement import Arrangement, DispositifEntry, Group
from osnp_console.app.checklist.check_eligibility import Answer, WayIn
from osnp_console.app.checklist.opening_words import opening_words
from osnp_console.app.slots.cards import second_words, where_words
from osnp_console.app.slots.words import Names, day_word, hour_word, who
from osnp_console.domain.access import Mode
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.natures import cpts_name, nature_name
from osnp_console.domain.roles import SAS_ROLES
from osnp_console.domain.slots.ranking import RankedSlot
from osnp_console.domain.transfer.transfer import LineCalled

BEST_WAYS = 2
_GROUPS = (Group.ELIGIBLE, Group.ONE_QUESTION, Group.MORE_QUESTIONS, Group.NOTHING_TO_ASK)
"""Where a dispositif is looked for, in this order; a territory that nobody lists is no way on."""
_LATER = frozenset({Mode.REGISTRATION, Mode.PRESCRIPTION})
"""A waiting list and a prescription that a doctor has yet to write serve nobody who is on the phone."""
_LETTERS = "AB"
REGULATOR_LETTER = "M"


class WayKind(Enum):
    """What a way on leads to."""

    SLOT = "creneau"
    DISPOSITIF = "dispositif"
    REGULATOR = "medecin_regulateur"


@dataclass(frozen=True, slots=True)
class NextWay:
    """One way on: `letter` is its key, `target` the id of the slot or of the dispositif it leads to.

    `hour` is that of a slot (`11:20`), with its day when it is not today.
    """

    kind: WayKind
    letter: str
    title: str
    subtitle: str
    target: str = ""
    hour: str = ""


def next_ways(
    line: LineCalled,
    slot: RankedSlot | None,
    arrangement: Arrangement,
    judge: Callable[[Dispositif], Answer],
    names: Names,
    role: str,
    now: datetime,
) -> tuple[NextWay, ...]:
    """At most two ways on, then the regulating doctor; best first.

    `slot` is the board's best free one, None when it has none: it goes first, since nobody has to be called
    for it. Then come other dispositifs in the order of the checklist, by their best way in, unless it is
    known to be closed, leads to the line itself, or to the slot that is proposed already. A regulating
    doctor is not sent to himself.
    """
    found = [_slot_way(slot, names, now)] if slot is not None else []
    proposed = frozenset(slot.ruling.dispositifs) if slot is not None else frozenset()
    for way in _dispositif_ways(line, proposed, arrangement, judge, now):
        if len(found) == BEST_WAYS:
            break
        found.append(way)
    lettered = [replace(way, letter=letter) for way, letter in zip(found, _LETTERS, strict=False)]
    if role != "medecin_regulateur":
        how = "avis, ou ordonnance" if role in SAS_ROLES else "par le 15"
        lettered.append(NextWay(WayKind.REGULATOR, REGULATOR_LETTER, "Médecin régulateur", how))
    return tuple(lettered)


def _slot_way(one: RankedSlot, names: Names, now: datetime) -> NextWay:
    slot, day = one.slot, day_word(one.slot.start, now)
    title = " · ".join(part for part in (who(slot), where_words(slot)) if part)
    source = names.source(max(slot.origins, key=lambda origin: origin.seen_at).source)
    read = f"{source} · lu libre à {second_words(slot.seen_at)}"
    hour = hour_word(slot.start)
    return NextWay(WayKind.SLOT, "", title, read, slot.id, hour if day == "auj." else f"{day} {hour}")


def _dispositif_ways(
    line: LineCalled,
    proposed: frozenset[str],
    arrangement: Arrangement,
    judge: Callable[[Dispositif], Answer],
    now: datetime,
) -> Iterator[NextWay]:
    sections = {section.group: section for section in arrangement.sections}
    for group in _GROUPS:
        for entry in sections[group].entries if group in sections else ():
            if not isinstance(entry, DispositifEntry) or entry.dispositif.id == line.dispositif:
                continue
            answer = judge(entry.dispositif)
            way = answer.access
            if way is None or not _serves(way, line):
                continue
            if entry.dispositif.id in proposed and way.access is not None and way.access.mode is Mode.AGENDA:
                continue
            yield _dispositif_way(entry.dispositif, way, group, now)


def _serves(way: WayIn, line: LineCalled) -> bool:
    """Whether a way in is one to go on by, now."""
    access = way.access
    if access is None or access.mode is None or access.mode in _LATER or way.opening.open is False:
        return False
    return access.phone is None or access.phone.number != line.number


def _dispositif_way(dispositif: Dispositif, way: WayIn, group: Group, now: datetime) -> NextWay:
    title = f"{cpts_name(dispositif.cpts)} · {nature_name(dispositif.nature)}"
    parts = [way_words(way.access)]
    if way.opening.open is not None:
        parts.append(opening_words(way.opening, now))
    if group is not Group.ELIGIBLE:
        parts.append("à vérifier")
    return NextWay(WayKind.DISPOSITIF, "", title, " · ".join(parts), dispositif.id)
