"""What the place of the slots says while there is none: why, and which ways on there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.slots.tally import NOTHING_LINKED, Answers, Tally, Where
from osnp_console.app.sources.words import day_and_time
from osnp_console.domain import facts
from osnp_console.domain.access import Access, Mode
from osnp_console.domain.clock import in_paris
from osnp_console.domain.natures import cpts_name, nature_name
from osnp_console.domain.phone import read_phone
from osnp_console.domain.roles import SAS_ROLES
from osnp_console.domain.slots.source import BY_HAND, AgendaSource, SourceKind

NOTHING_TO_SEARCH_WITH = "Il manque la commune ou le motif pour chercher."
NOBODY_TAKES = "Aucun dispositif ne prend ce patient avec les réponses actuelles."
NO_AGENDA = "Aucun agenda n’est relié à ce poste."
ONLY_BY_HAND = "Les agendas de ce poste se regardent à la main."
NOT_SEARCHED = "Aucune recherche n’a encore été faite pour cet appel."
NOBODY_ANSWERED = "Aucun agenda n’a répondu. On ne sait pas s’il y a des créneaux."
EMERGENCY = "Urgence vitale : on ne cherche pas de créneau."
USUAL_HOURS = 48

_DOES = {
    Mode.AGENDA: "se réserve dans son agenda",
    Mode.TRANSFER: "se joint par transfert",
    Mode.LINE: "se joint par téléphone",
    Mode.DIRECTION: "où envoyer le patient",
    Mode.REGISTRATION: "sur inscription",
    Mode.PRESCRIPTION: "sur ordonnance",
}


class Step(Enum):
    """The kinds of ways on, in the order in which they are shown (interface, §5), each with its key.

    A place beyond the published slots is a row of the list: where there is one the column is not empty.
    """

    DISPOSITIF = "Maj+F6"
    LINE = "Ctrl+Maj+C"
    PORTAL = ""
    DOCTOR = "Ctrl+G"

    @property
    def key(self) -> str:
        """The key that does it; empty for what has a button only."""
        return self.value


_STEPS = list(Step)


class Remedy(Enum):
    """What the sentence itself offers: the words of its button and its key."""

    CLEAR_FILTERS = ("Effacer les filtres", "")
    SETTINGS = ("Réglages", "Alt+R")
    SEARCH = ("Chercher à nouveau", "F5")

    @property
    def words(self) -> str:
        """What the button says."""
        return self.value[0]

    @property
    def key(self) -> str:
        """The key beside it; empty when there is none."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class WayOn:
    """A way on: whose, what one does, the number as shown, and its hours now.

    `for_patients` is False where the source forbids giving the number, None where it does not say.
    `dispositif` is the catalogue's id, empty for what is none; `source` the agenda to open by hand.
    """

    dispositif: str
    name: str
    nature: str
    does: str
    phone: str | None
    open: bool | None
    for_patients: bool | None
    step: Step = Step.DISPOSITIF
    source: str = ""


@dataclass(frozen=True, slots=True)
class Emptiness:
    """The sentences of an empty column, what the first offers, and the ways on under them, best first."""

    sentence: str
    ways: tuple[WayOn, ...] = ()
    more: tuple[str, ...] = ()
    remedy: Remedy | None = None


def emptiness(
    call: OpenCall,
    now: datetime,
    tally: Tally = NOTHING_LINKED,
    sources: Iterable[AgendaSource] = (),
    hours: int = USUAL_HOURS,
) -> Emptiness:
    """Why no slot is shown for a call, and what can be done instead (interface, §5).

    `tally` is what the search came to, over the next `hours`. Where no agenda is linked, the first way on
    that is a line gives its own sentence; an eligible dispositif without any number is named with what one
    does.
    """
    if call.call.truth(facts.VITAL_EMERGENCY):
        return Emptiness(EMERGENCY)
    if facts.RESIDENCE not in call.call.known and facts.REASON not in call.call.known:
        return Emptiness(NOTHING_TO_SEARCH_WITH)
    doctor = tuple(_doctor(call))
    if all(row.unmet for row in call.checklist.rows):
        return Emptiness(NOBODY_TAKES, doctor)
    declared = tuple(sources)
    asked = frozenset(name for one in declared if one.kind not in BY_HAND for name in one.dispositifs)
    ways = (*_ways(call, now, asked), *_by_hand(declared), *doctor)
    ways = tuple(sorted(ways, key=lambda way: _STEPS.index(way.step)))
    if not tally.is_linked or not tally.agendas:
        return _not_linked(tally, ways)
    said = _searched(tally, now, hours)
    return replace(said, ways=ways)


def _not_linked(tally: Tally, ways: tuple[WayOn, ...]) -> Emptiness:
    line = next((way for way in ways if way.phone is not None), None)
    if line is not None:
        return Emptiness(f"{line.name} {line.does}, {line.phone}.", ways)
    if tally.is_linked:
        return Emptiness(ONLY_BY_HAND, ways)
    return Emptiness(NO_AGENDA, ways, remedy=Remedy.SETTINGS)


def _searched(tally: Tally, now: datetime, hours: int) -> Emptiness:
    answers = tally.answers
    if not tally.has_searched:
        return Emptiness(NOT_SEARCHED, remedy=Remedy.SEARCH)
    if answers.asking:
        return Emptiness(_asking(tally))
    if tally.read:
        return _read_but_not_shown(tally)
    doubts = tuple(
        f"{name} répond zéro\u202f; il avait encore des créneaux {day_and_time(had, now)}."
        for name, had in answers.doubtful
    )
    if not answers.answered:
        return Emptiness(stale_only(answers) or NOBODY_ANSWERED, remedy=Remedy.SEARCH)
    if answers.silent or answers.stale:
        return Emptiness(_some_silent(answers), more=doubts, remedy=Remedy.SEARCH)
    return Emptiness(_all_zero(answers, hours), more=doubts)


def search_words(tally: Tally, shown: int) -> str:
    """How the search stands, on the line under the bands: slots read and agendas that answered."""
    if not tally.has_searched:
        return ""
    done = tally.agendas - tally.answers.asking
    if tally.answers.asking:
        verb = "ont" if done > 1 else "a"
        return f"{_read(tally.read)}, {_agendas(done)} sur {tally.agendas} {verb} répondu"
    return f"{_read(tally.read)}, dont {shown} à proposer" if tally.read != shown else _read(tally.read)


def stale_only(answers: Answers) -> str:
    """The warning where old data is all there is; empty where an agenda answered."""
    if not answers.stale or answers.answered or answers.asking or answers.data_at is None:
        return ""
    return (
        f"Seules des données de {in_paris(answers.data_at):%H:%M} sont là\u202f: "
        "à vérifier par téléphone avant de proposer."
    )


def _asking(tally: Tally) -> str:
    done = tally.agendas - tally.answers.asking
    answered = {0: "aucun n’a répondu", 1: "1 a répondu"}.get(done, f"{done} ont répondu")
    return f"Recherche dans {_agendas(tally.agendas)}… {answered}."


def _all_zero(answers: Answers, hours: int) -> str:
    at = f"{in_paris(answers.answered_at):%H:%M:%S}" if answers.answered_at is not None else ""
    count = answers.answered
    who = "L’agenda interrogé a répondu" if count == 1 else f"Les {count} agendas ont répondu"
    return f"{who} à {at}\u202f: rien de libre sous {hours} h."


def _some_silent(answers: Answers) -> str:
    count, missing = answers.answered, answers.silent + answers.stale
    where = "l’agenda qui a répondu" if count == 1 else f"les {count} agendas qui ont répondu"
    silent = "1 n’a pas répondu" if missing == 1 else f"{missing} n’ont pas répondu"
    return f"Rien de libre dans {where}. {silent}\u202f: il peut y avoir des créneaux."


def _read_but_not_shown(tally: Tally) -> Emptiness:
    """Slots were read, and none is shown: what became of them, the most useful said first."""
    silent = tally.answers.silent + tally.answers.stale
    hidden = "1 agenda n’a pas répondu" if silent == 1 else f"{silent} agendas n’ont pas répondu"
    more = (f"{hidden}\u202f: il peut y avoir des créneaux.",) if silent else ()
    filtered, others = tally.count(Where.FILTERED), tally.count(Where.OTHER_DESK)
    if filtered:
        all_of = "écarté par les filtres" if filtered == 1 else "tous écartés par les filtres"
        return Emptiness(f"{_read(filtered)}, {all_of}.", more=more, remedy=Remedy.CLEAR_FILTERS)
    if tally.just_closed and tally.closed_at is not None:
        return Emptiness(_just_closed(tally.just_closed, tally.closed_at), more=more)
    refused, over = tally.count(Where.REFUSED), tally.count(Where.OVER)
    said = [
        f"{_read(others)}, réservé{_s(others)} à d’autres adresseurs que ce poste." if others else "",
        f"{_read(refused)}, chez des dispositifs qui ne prennent pas ce patient." if refused else "",
        f"{_read(over)}, qui ne peu{'vent' if over > 1 else 't'} plus être pris." if over else "",
    ]
    first, *rest = [sentence for sentence in said if sentence] or [NOT_SEARCHED]
    return Emptiness(first, more=(*rest, *more))


def _just_closed(count: int, closed_at: datetime) -> str:
    at = f"{in_paris(closed_at):%H:%M}"
    if count == 1:
        return f"Le dernier créneau vient de fermer, à {at}."
    return f"Les {count} derniers créneaux viennent de fermer, à {at}."


def _agendas(count: int) -> str:
    return f"{count} agenda{_s(count)}"


def _read(count: int) -> str:
    return f"{count} créneau{'x' if count > 1 else ''} lu{_s(count)}"


def _s(count: int) -> str:
    return "s" if count > 1 else ""


# --- the ways on ----------------------------------------------------------------------------------------


def _ways(call: OpenCall, now: datetime, asked: frozenset[str]) -> Iterable[WayOn]:
    """The ways to eligible dispositifs; the agendas of those in `asked` were just asked: no way on."""
    found = []
    for row in call.checklist.rows:
        if row.unmet or row.unknown:
            continue
        answer = call.answer(row.dispositif, now)
        for way in (*((answer.access,) if answer.access is not None else ()), *answer.others):
            access = way.access
            if access is None or (access.mode is Mode.AGENDA and row.dispositif.id in asked):
                continue
            phone = access.phone
            found.append(
                WayOn(
                    row.dispositif.id,
                    cpts_name(row.dispositif.cpts),
                    nature_name(row.dispositif.nature),
                    _does(access),
                    read_phone(phone.number).shown if phone is not None else None,
                    way.opening.open,
                    phone.for_patients if phone is not None else None,
                    Step.LINE if phone is not None else Step.DISPOSITIF,
                )
            )
    # A line that answers now, then one that may, then one that is closed.
    return sorted(found, key=lambda way: {True: 0, None: 1, False: 2}[way.open])


def _does(access: Access) -> str:
    if access.mode in (Mode.TRANSFER, Mode.LINE) and access.name:
        return f"se joint par {access.name}"
    if access.mode is None:
        return access.name or "accès non précisé par la source"
    does = _DOES[access.mode]
    return f"{does} : {access.name}" if access.name else does


def _by_hand(sources: Iterable[AgendaSource]) -> Iterator[WayOn]:
    for source in sources:
        if source.kind in BY_HAND:
            phone = source.kind is SourceKind.PHONE
            nature, does = (
                ("téléphone", "se réserve par téléphone") if phone else ("portail", "se réserve en ligne")
            )
            yield WayOn("", source.name, nature, does, None, None, None, Step.PORTAL, source.id)


def _doctor(call: OpenCall) -> Iterator[WayOn]:
    role = call.desk.role
    if role in SAS_ROLES and role != "medecin_regulateur":
        yield WayOn(
            "",
            "Médecin régulateur",
            "",
            "reprend l’appel et décide de la suite",
            None,
            None,
            None,
            Step.DOCTOR,
        )
