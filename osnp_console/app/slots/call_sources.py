"""Which agenda sources are worth asking for a call."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.slots.general_slots import waited_for
from osnp_console.domain import facts
from osnp_console.domain.effecteur import Effecteur
from osnp_console.domain.slots.source import AgendaSource


def can_search(call: OpenCall) -> bool:
    """Whether there is something to search with, and somebody who may take the patient.

    A commune or a reason, no vital emergency, one dispositif at least that does not refuse.
    """
    if call.call.truth(facts.VITAL_EMERGENCY):
        return False
    if facts.RESIDENCE not in call.call.known and facts.REASON not in call.call.known:
        return False
    return any(not row.unmet for row in call.checklist.rows)


def sources_for(
    call: OpenCall, sources: Iterable[AgendaSource], effecteurs: Sequence[Effecteur] = ()
) -> list[AgendaSource]:
    """The sources of the dispositifs that do not refuse the patient, in the order they were declared.

    Those of dispositifs that must have nothing left for another one to come in are asked too, and a source
    of which no dispositif is known: not known is not "none".
    """
    taking = {row.dispositif.id for row in call.checklist.rows if not row.unmet} | waited_for(call.checklist)
    found = []
    for source in sources:
        served = dispositifs_behind(source, effecteurs)
        if not served or not taking.isdisjoint(served):
            found.append(source)
    return found


def dispositifs_behind(source: AgendaSource, effecteurs: Iterable[Effecteur]) -> frozenset[str]:
    """The dispositifs a source may have slots of: its own, and those of its effecteurs in the directory."""
    own = {name for one in effecteurs if source.id in one.sources for name in one.dispositifs}
    return frozenset(source.dispositifs) | own
