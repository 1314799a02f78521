"""Portals that no program can ask: a person books there, and writes down what was taken."""

from __future__ import annotations

from osnp_console.app.sources.agendas import Connector, FieldKind, SourceField
from osnp_console.app.sources.portal import TOOLS, portal_hosts
from osnp_console.domain.slots.source import SourceKind

CONNECTOR = Connector(
    kind=SourceKind.PORTAL,
    title="Portail (à la main)",
    fields=(
        SourceField("url", "Page à ouvrir", FieldKind.URL),
        SourceField("options.outil", "Outil", hint=", ".join(TOOLS)),
        SourceField("options.recherche", "Mots à chercher", hint="mot pour mot"),
        SourceField("options.compte", "Compte à utiliser", hint="lequel, jamais le mot de passe"),
        SourceField("options.necessaire", "À avoir sous la main", FieldKind.LIST),
        SourceField("options.etapes", "Étapes", FieldKind.LIST, hint="à la place des étapes habituelles"),
        SourceField("options.prevenir", "Qui prévenir ensuite"),
        SourceField("options.telephone", "Numéro à appeler"),
        SourceField("options.origine", "Origine annoncée à la plateforme nationale"),
        SourceField("options.hotes", "Sites qui peuvent être ouverts", FieldKind.LIST),
    ),
    open=None,
    hosts=portal_hosts,
)
