"""A transfer as JSON text, and back: what is not a column of its own; instants are in UTC.

Each field is named here: what the base holds does not change when a class of the program does.
"""

from __future__ import annotations

import json
from datetime import datetime

from osnp_console.domain.transfer.moves import TransferMove, TransferState
from osnp_console.domain.transfer.steps import Step
from osnp_console.domain.transfer.transfer import (
    Actor,
    Conditions,
    LineCalled,
    Passage,
    Taken,
    Transfer,
)
from osnp_console.storage.slot_documents import Document, instant_text, read_instant, text_of


def transfer_text(transfer: Transfer) -> str:
    """What is kept of a transfer beside its columns."""
    left, taken = transfer.patient_left_at, transfer.taken
    return text_of(
        {
            "access": transfer.line.access,
            "name": transfer.line.name,
            "number": transfer.line.number,
            "steps": [step.value for step in transfer.line.steps],
            "by": transfer.prepared_by.person,
            "history": [_passage(one) for one in transfer.history],
            "unmet": transfer.conditions.unmet,
            "to_check": transfer.conditions.to_check,
            "closed": transfer.conditions.closed,
            "reason": transfer.conditions.reason,
            "sas": transfer.sas,
            "announced": transfer.announced,
            "taken": {"by": taken.by.person, "at": instant_text(taken.at)} if taken is not None else None,
            "left_at": instant_text(left) if left is not None else None,
            "slot": transfer.slot,
            "appointment": transfer.appointment,
            "joined_to": transfer.joined_to,
        }
    )


def read_transfer(
    text: str,
    *,
    key: str,
    call: str,
    line_call: str,
    dispositif: str,
    desk: str,
    taken_desk: str,
    prepared_at: datetime,
    state: str,
    state_since: datetime,
    version: int,
) -> Transfer:
    """The transfer of `transfer_text` and its columns."""
    document: Document = json.loads(text)
    taken = document["taken"]
    left = document["left_at"]
    return Transfer(
        id=key,
        call=call,
        line=_line(document, dispositif),
        prepared_by=Actor(desk, document["by"]),
        prepared_at=prepared_at,
        state=TransferState(state),
        state_since=state_since,
        history=tuple(_read_passage(one) for one in document["history"]),
        conditions=Conditions(
            tuple(document["unmet"]), tuple(document["to_check"]), document["closed"], document["reason"]
        ),
        sas=document["sas"],
        announced=document["announced"],
        taken=Taken(Actor(taken_desk, taken["by"]), read_instant(taken["at"])) if taken else None,
        line_call=line_call,
        patient_left_at=read_instant(left) if left else None,
        slot=document["slot"],
        appointment=document["appointment"],
        joined_to=document["joined_to"],
        version=version,
    )


def _line(document: Document, dispositif: str) -> LineCalled:
    return LineCalled(
        dispositif=dispositif,
        access=document["access"],
        name=document["name"],
        number=document["number"],
        steps=tuple(Step(step) for step in document["steps"]),
    )


def _passage(one: Passage) -> Document:
    return {
        "move": one.move.value,
        "state": one.state.value,
        "at": instant_text(one.at),
        "desk": one.by.desk,
        "person": one.by.person,
        "reason": one.reason,
        "text": one.text,
    }


def _read_passage(document: Document) -> Passage:
    return Passage(
        move=TransferMove(document["move"]),
        state=TransferState(document["state"]),
        at=read_instant(document["at"]),
        by=Actor(document["desk"], document["person"]),
        reason=document["reason"],
        text=document["text"],
    )
