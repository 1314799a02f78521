"""What an operator did and what the program told, written down beside the program: the audit's witness."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from osnp_console.domain.journal import JournalEntry

STILL_ON_ITS_WAY = 1.0
"""Seconds before a desk's death within which a letter may not have reached its disk yet (ours).

A letter is on the desk's disk some hundredths of a second after its key; here desks share processors.
"""


class LedgerWriter:
    """One desk's ledger: a file that only grows, each line in one write. For any thread."""

    def __init__(self, file: Path) -> None:
        self._descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._lock = Lock()

    def write(self, what: str, **said: str | int | float | None) -> None:
        """Add one line."""
        line = {"quoi": what, "t": time.monotonic(), **said}
        text = json.dumps(line, ensure_ascii=False) + "\n"
        with self._lock:
            os.write(self._descriptor, text.encode())

    # --- what the operator did --------------------------------------------------------------------------

    def took(self, call: str, number: int) -> None:
        """A call was taken and bears that number."""
        self.write("appel", appel=call, numero=number)

    def typed(self, call: str, code: str, text: str) -> None:
        """The field's text as it stands after the last letter."""
        self.write("frappe", appel=call, champ=code, texte=text)

    def ended(self, call: str, outcome: str) -> None:
        """The call was ended so."""
        self.write("clos", appel=call, issue=outcome)

    def turned(self) -> None:
        """One more of the operator's turns is over."""
        self.write("tour")

    def proposed(self, slot: str) -> None:
        """A slot is being proposed to a patient."""
        self.write("propose", creneau=slot)

    def asks(self, transfer: str, state: str) -> None:
        """A transfer is about to come to that state, by a key pressed here."""
        self.write("geste", transfert=transfer, etat=state)

    # --- a desk that died -------------------------------------------------------------------------------

    def died(self) -> None:
        """The desk's process is gone."""
        self.write("mort", a=time.time())

    def found(self, call: str, code: str, text: str) -> None:
        """What the desk that was started again shows in a field of a call that it has found again."""
        self.write("retrouve", appel=call, champ=code, texte=text)

    # --- what the program said --------------------------------------------------------------------------

    def signed_in(self, person: str) -> None:
        """That account is signed in from now on."""
        self.write("connecte", personne=person)

    def logged(self, entry: JournalEntry) -> None:
        """The program said that it journals this."""
        at = entry.at.isoformat()
        self.write("journal", poste=entry.desk, type=entry.kind, appel=entry.call, a=at)

    def may_have_logged(self, kind: str, call: str | None, at: str) -> None:
        """The program could not say whether this was journaled."""
        self.write("journal_peut_etre", type=kind, appel=call, a=at)

    def made(self, transfer: str, state: str) -> None:
        """The program said that a transfer came to that state by what was asked here."""
        self.write("fait", transfert=transfer, etat=state)

    def took_transfer(self, transfer: str) -> None:
        """The program said that this desk has that transfer."""
        self.write("pris", transfert=transfer)

    def saw_transfer(self, transfer: str, state: str) -> None:
        """A state that another desk brought a transfer to came on screen."""
        self.write("transfert_vu", transfert=transfer, etat=state)

    def saw_proposed(self, desk: str, slot: str) -> None:
        """It came on screen that another desk proposes a slot."""
        self.write("propose_vu", poste=desk, creneau=slot)

    def tried(self, key: str, call: str) -> None:
        """An attempt to book begins, with its own key."""
        self.write("essai", cle=key, appel=call)

    def told(self, key: str, outcome: str) -> None:
        """The program said how an attempt ended; the last word counts."""
        self.write("annonce", cle=key, issue=outcome)

    def not_told(self, key: str) -> None:
        """The program could not say whether the attempt was written down."""
        self.write("echec", cle=key)

    def saw(self, call: str, code: str, text: str, *, live: bool = False) -> None:
        """A text of another desk came on screen; `live` while the call was open here."""
        self.write("vu", appel=call, champ=code, texte=text, vif=live)

    def had_ended_otherwise(self, call: str, theirs: str) -> None:
        """The program showed that another desk had ended otherwise, and first, what was ended here."""
        self.write("clos_ailleurs", appel=call, issue=theirs)

    def warned(self, call: str, code: str, mine: str, theirs: str) -> None:
        """The program showed both texts of a field that two desks typed in."""
        self.write("deux", appel=call, champ=code, ici=mine, ailleurs=theirs)

    def hears_nothing(self) -> None:
        """The program said that it hears nothing of the others any more."""
        self.write("seul")

    def heard_again(self) -> None:
        """The program said that it hears the others."""
        self.write("relie")

    def failed(self, code: str) -> None:
        """The program said that the store cannot."""
        self.write("panne", code=code)

    # --- how long it took -------------------------------------------------------------------------------

    def lasted(self, what: str, since: float, until: float | None = None) -> None:
        """So much time passed since that reading of `time.monotonic()`."""
        self.write("duree", de=what, ms=round(1000 * ((until or time.monotonic()) - since), 3))


@dataclass(slots=True)
class Recovered:
    """What a field showed after a death; `could` are the texts that it may have had, newest last."""

    call: str
    code: str
    text: str
    could: list[str]


@dataclass(slots=True)
class Ledger:
    """What one desk's ledger says, put together.

    `person` is the account that acted. `on_the_way` are calls taken, `ended_on_the_way` calls ended, and
    `maybe` journal lines told, within STILL_ON_ITS_WAY of the desk's death or whose writing failed: they may
    be in the base or not.
    """

    desk: str
    person: str = ""
    numbers: dict[str, int] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    outcomes: dict[str, str] = field(default_factory=dict)
    entries: list[tuple[str, str | None, str]] = field(default_factory=list)
    tries: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    seen: list[tuple[str, str, str]] = field(default_factory=list)
    typed_at: dict[tuple[str, str, str], float] = field(default_factory=dict)
    typed_again: set[tuple[str, str, str]] = field(default_factory=set)
    seen_at: list[tuple[tuple[str, str, str], float]] = field(default_factory=list)
    both: list[tuple[str, str, str, str]] = field(default_factory=list)
    ended_first: dict[str, str] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    took: dict[str, list[float]] = field(default_factory=dict)
    letters: int = 0
    turns: int = 0
    finished: bool = False
    deaths: list[float] = field(default_factory=list)
    died_at: list[float] = field(default_factory=list)
    recovered: list[Recovered] = field(default_factory=list)
    on_the_way: set[str] = field(default_factory=set)
    ended_on_the_way: set[str] = field(default_factory=set)
    open_again: set[str] = field(default_factory=set)
    maybe: list[tuple[str, str | None, str]] = field(default_factory=list)
    asked: dict[tuple[str, str], float] = field(default_factory=dict)
    made: set[tuple[str, str]] = field(default_factory=set)
    transfers: set[str] = field(default_factory=set)
    saw: dict[tuple[str, str], float] = field(default_factory=dict)
    proposed: list[tuple[str, float]] = field(default_factory=list)
    saw_proposed: list[tuple[str, str, float]] = field(default_factory=list)
    history: dict[tuple[str, str], list[tuple[float, str]]] = field(default_factory=dict)


def read_ledger(file: Path, desk: str) -> Ledger:
    """A ledger from its file.

    `entries` are kind, call and instant (ISO), `took` milliseconds by what. `typed_at`, `seen_at` and the
    like are readings of the machine's monotonic clock for a text of a field: typed here, come from elsewhere.
    `typed_again` are those that were on screen here more than once (a wrong letter taken back).
    """
    found = Ledger(desk)
    lines = list(_lines(file))
    deaths = [line for line in lines if line["quoi"] == "mort"]
    found.deaths, found.died_at = [line["t"] for line in deaths], [line["a"] for line in deaths]
    for line in lines:
        _take(found, line)
    return found


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    for text in file.read_text().splitlines():
        yield json.loads(text)


def _take(found: Ledger, line: dict[str, Any]) -> None:
    what, t = line["quoi"], float(line["t"])
    is_on_its_way = any(death - STILL_ON_ITS_WAY <= t <= death for death in found.deaths)
    if what in _OF_TRANSFERS:
        _take_transfer(found, line, t)
        return
    match what:
        case "appel":
            found.numbers[line["appel"]] = int(line["numero"])
            if is_on_its_way:
                found.on_the_way.add(line["appel"])
        case "frappe":
            _take_letter(found, line, t)
        case "retrouve":
            _take_found(found, line, t)
        case "clos":
            found.outcomes[line["appel"]] = line["issue"]
            found.open_again.discard(line["appel"])
            if is_on_its_way:
                found.ended_on_the_way.add(line["appel"])
        case "clos_ailleurs":
            found.ended_first[line["appel"]] = line["issue"]
        case "journal":
            told = (line["type"], line["appel"], line["a"])
            (found.maybe if is_on_its_way else found.entries).append(told)
        case "journal_peut_etre":
            found.maybe.append((line["type"], line["appel"], line["a"]))
        case "essai":
            found.tries[line["cle"]] = line["appel"]
        case "annonce":
            found.answers[line["cle"]] = line["issue"]
        case "echec":
            found.unsure.add(line["cle"])
        case "vu":
            found.seen.append((line["appel"], line["champ"], line["texte"]))
            if line["vif"]:
                found.seen_at.append((found.seen[-1], t))
        case "deux":
            found.both.append((line["appel"], line["champ"], line["ici"], line["ailleurs"]))
        case "panne":
            found.failures.append(line["code"])
        case "duree":
            found.took.setdefault(line["de"], []).append(float(line["ms"]))
        case "connecte":
            found.person = line["personne"]
        case "tour":
            found.turns += 1
        case "fin":
            found.finished = True


def _take_letter(found: Ledger, line: dict[str, Any], t: float) -> None:
    where, text = (line["appel"], line["champ"]), line["texte"]
    found.texts[where] = text
    found.letters += 1
    if (*where, text) in found.typed_at:
        found.typed_again.add((*where, text))
    found.typed_at[*where, text] = t
    found.history.setdefault(where, []).append((t, text))


def _take_found(found: Ledger, line: dict[str, Any], t: float) -> None:
    """What is on screen after a death: what was certainly on the disk, or anything typed since."""
    where = (line["appel"], line["champ"])
    death = max(one for one in found.deaths if one <= t)
    typed = found.history.get(where, [])
    sure = [text for at, text in typed if at < death - STILL_ON_ITS_WAY][-1:] or [""]
    since = [text for at, text in typed if at >= death - STILL_ON_ITS_WAY]
    found.recovered.append(Recovered(*where, line["texte"], sure + since))
    found.texts[where] = line["texte"]
    found.history[where] = [(t, line["texte"])]
    if line["appel"] in found.outcomes:
        del found.outcomes[line["appel"]]
        found.open_again.add(line["appel"])


_OF_TRANSFERS = frozenset({"propose", "propose_vu", "geste", "fait", "pris", "transfert_vu"})


def _take_transfer(found: Ledger, line: dict[str, Any], t: float) -> None:
    match line["quoi"]:
        case "propose":
            found.proposed.append((line["creneau"], t))
        case "propose_vu":
            found.saw_proposed.append((line["poste"], line["creneau"], t))
        case "geste":
            found.asked.setdefault((line["transfert"], line["etat"]), t)
        case "fait":
            found.made.add((line["transfert"], line["etat"]))
        case "pris":
            found.transfers.add(line["transfert"])
        case "transfert_vu":
            found.saw.setdefault((line["transfert"], line["etat"]), t)
