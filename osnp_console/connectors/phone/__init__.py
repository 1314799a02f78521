"""Agendas that are asked by phone: a number, and a log of each try."""

from __future__ import annotations

from osnp_console.app.sources.agendas import Connector, SourceField
from osnp_console.domain.slots.source import SourceKind

CONNECTOR = Connector(
    kind=SourceKind.PHONE,
    title="Téléphone seulement",
    fields=(
        SourceField("options.telephone", "Numéro à appeler", hint="ou ceux des effecteurs de l’annuaire"),
        SourceField("options.prevenir", "Qui prévenir ensuite"),
        SourceField("options.horaires", "Quand appeler"),
    ),
    open=None,
)
