"""What is typed and waits as one JSON document, complete (`app.base.drafts`)."""

from __future__ import annotations

from osnp_console.app.base.drafts import DraftedPrescription, Drafts, TypedText
from osnp_console.domain.prescription.prescription import Prescription
from osnp_console.storage.prescription_documents import (
    content_document,
    prescription_text,
    read_content_document,
    read_prescription,
)
from osnp_console.storage.slot_documents import Document, instant_text, read_instant


def drafts_document(drafts: Drafts) -> Document:
    """The drafts as JSON values."""
    return {
        "prescriptions": [_drafted(one) for one in drafts.prescriptions],
        "texts": [[one.form, one.key, one.text] for one in drafts.texts],
    }


def read_drafts_document(document: Document) -> Drafts:
    """The drafts of a document; raises KeyError, ValueError for another thing."""
    return Drafts(
        tuple(_read_drafted(one) for one in document["prescriptions"]),
        tuple(TypedText(*one) for one in document["texts"]),
    )


def _drafted(one: DraftedPrescription) -> Document:
    return {
        "known": _known(one.known),
        "content": content_document(one.content),
        "over": content_document(one.over),
        "tried": [content_document(content) for content in one.tried],
        "person": one.person,
    }


def _read_drafted(document: Document) -> DraftedPrescription:
    return DraftedPrescription(
        _read_known(document["known"]),
        read_content_document(document["content"]),
        read_content_document(document["over"]),
        tuple(read_content_document(content) for content in document["tried"]),
        document["person"],
    )


def _known(one: Prescription) -> Document:
    return {
        "id": one.id,
        "call": one.call,
        "desk": one.desk,
        "made_at": instant_text(one.made_at),
        "state": one.state.value,
        "state_since": instant_text(one.since),
        "version": one.version,
        "says": prescription_text(one),
    }


def _read_known(document: Document) -> Prescription:
    return read_prescription(
        document["says"],
        key=document["id"],
        call=document["call"],
        desk=document["desk"],
        made_at=read_instant(document["made_at"]),
        state=document["state"],
        state_since=read_instant(document["state_since"]),
        version=document["version"],
    )
