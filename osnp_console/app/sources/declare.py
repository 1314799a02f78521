"""Declaring agenda sources: listed, added or replaced, removed, tried; their secrets beside them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from osnp_console.app.effecteurs.directory import whom_to_ask
from osnp_console.app.errors import Refusal
from osnp_console.app.people.permissions import note
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.app.sources.agendas import (
    Connector,
    Connectors,
    FieldKind,
    SlotQuery,
    SourceField,
    SourceTools,
)
from osnp_console.app.sources.asking import ask_once
from osnp_console.app.sources.secrets import SecretKeeper, entry_name, reading
from osnp_console.domain.effecteur import Effecteur
from osnp_console.domain.journal import SOURCE_CHANGED
from osnp_console.domain.permissions import Act
from osnp_console.domain.slots.answers import SourceAnswer
from osnp_console.domain.slots.source import AgendaSource
from osnp_console.domain.slots.source_reading import (
    SECRETS_GO,
    SourceRefused,
    read_source,
    source_document,
    source_warnings,
)

TRIED_HOURS = 48
BY_HAND = "Cette source se consulte à la main\u202f: il n’y a rien à essayer."
NOT_READ = "Cette version de la console ne lit pas encore ce type de source."
NO_SUCH_SOURCE = "Aucune source déclarée n’a cet identifiant."
STILL_KEPT = "Le trousseau ne répond pas\u202f: ce secret y est encore."
FILE_OPTION = "options.fichier"
"""A saved answer's path, which `url` may say as well."""
_OPTION = "options."


@dataclass(frozen=True, slots=True)
class Remark:
    """What to look at again in a declaration that was taken: the field's path and a French sentence."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Declared:
    """A source that was written down; `replaced` when one of that id was there."""

    source: AgendaSource
    replaced: bool
    remarks: tuple[Remark, ...] = ()


class DeclareSource:
    """What an administrator does with sources; each method is one act, in one transaction of its own."""

    def __init__(
        self,
        connectors: Connectors,
        dispositifs: Collection[str],
        secrets: SecretKeeper,
        is_file: Callable[[str], bool],
    ) -> None:
        """`dispositifs` are the ids of the catalogue; `is_file` says whether a path leads to a file."""
        self._connectors = connectors
        self._dispositifs = frozenset(dispositifs)
        self._secrets = secrets
        self._is_file = is_file

    def read(self, document: object) -> AgendaSource:
        """The source of a declaration, complete for its kind; raises Refusal with the field.

        An option that its kind does not have is an unknown field; what its form demands must be there.
        """
        try:
            source = read_source(document, self._dispositifs)
        except SourceRefused as refused:
            raise Refusal(refused.code, refused.message, refused.field) from refused
        connector = self._connectors.get(source.kind)
        if connector is not None:
            _check_form(source, connector.fields)
        return source

    def remarks(self, source: AgendaSource) -> tuple[Remark, ...]:
        """Unusual keys of numbers, and certificate files that are not there (a remark: trying refuses)."""
        found = [Remark(field, message) for field, message in source_warnings(source)]
        for field, path in (
            ("tls.certificat", source.tls.certificate),
            ("tls.cle", source.tls.key),
            ("tls.autorite", source.tls.authority),
        ):
            if path is not None and not self._is_file(path):
                found.append(Remark(field, "Ce fichier n’existe pas sur ce poste."))
        return tuple(found)

    def add(self, open_unit: OpenUnit, document: object) -> Declared:
        """Write a source down, or replace the one of its id; raises Refusal, StoreFailure.

        One that replaces another agenda under its id starts afresh: what was remembered of that one goes, and
        its secrets are forgotten rather than shown to another server.
        """
        source = self.read(document)
        with open_unit() as unit:
            unit.session.require(Act.DECLARE_SOURCES)
            before = next((one for one in unit.sources.all() if one.id == source.id), None)
            other = before is not None and _elsewhere(before, source)
            if other:
                unit.sources.remove(source.id)
            unit.sources.put(source)
            note(unit, SOURCE_CHANGED, {"source": source.id, "quoi": "declaration"})
            unit.commit()
        forgotten = self._forget_all(before) if other and before is not None else ()
        return Declared(source, before is not None, (*self.remarks(source), *forgotten))

    def listed(self, open_unit: OpenUnit) -> Sequence[AgendaSource]:
        """Every declared source, in the order they were added; raises StoreFailure."""
        with open_unit() as unit:
            return tuple(unit.sources.all())

    def get(self, open_unit: OpenUnit, name: str) -> AgendaSource:
        """The source of that id; raises Refusal (`introuvable`), StoreFailure."""
        found = next((one for one in self.listed(open_unit) if one.id == name), None)
        if found is None:
            raise Refusal("introuvable", NO_SUCH_SOURCE, "id")
        return found

    def remove(self, open_unit: OpenUnit, name: str) -> tuple[Remark, ...]:
        """Remove a source and forget its secrets; raises Refusal (`introuvable`), StoreFailure."""
        source = self.get(open_unit, name)
        with open_unit() as unit:
            unit.session.require(Act.DECLARE_SOURCES)
            unit.sources.remove(name)
            note(unit, SOURCE_CHANGED, {"source": name, "quoi": "retrait"})
            unit.commit()
        return self._forget_all(source)

    # --- secrets ----------------------------------------------------------------------------------------

    @staticmethod
    def may_change_secrets(open_unit: OpenUnit, source: str, name: str) -> None:
        """Say in the journal which secret is to be changed, for whoever may; raises Forbidden, StoreFailure.

        The keyring asks nobody: whoever puts a secret in it or takes one out asks here first.
        """
        with open_unit() as unit:
            unit.session.require(Act.DECLARE_SOURCES)
            note(unit, SOURCE_CHANGED, {"source": source, "quoi": "secret", "nom": name})
            unit.commit()

    def secret_fields(self, source: AgendaSource) -> tuple[SourceField, ...]:
        """The secrets that a source of its kind may have."""
        connector = self._connectors.get(source.kind)
        return tuple(one for one in connector.fields if one.kind is FieldKind.SECRET) if connector else ()

    def kept_secrets(self, source: AgendaSource) -> tuple[str, ...]:
        """The names of its secrets that lie in the keyring; none where there is no keyring."""
        read = reading(self._secrets)
        names = (one.name for one in self.secret_fields(source))
        return tuple(name for name in names if read(entry_name(source.id, name)) is not None)

    def keep_secret(self, source: AgendaSource, name: str, secret: str) -> None:
        """Put a secret of a source into the keyring; raises Refusal, StoreFailure (`cle`)."""
        self._check_secret(source, name)
        if not secret or not secret.isprintable():
            raise Refusal("valeur_invalide", "Un secret tient sur une ligne et n’est pas vide.", name)
        self._secrets.set(entry_name(source.id, name), secret)

    def forget_secret(self, source: AgendaSource, name: str) -> None:
        """Take a secret of a source out of the keyring; raises Refusal, StoreFailure (`cle`)."""
        self._check_secret(source, name)
        self._secrets.delete(entry_name(source.id, name))

    def _forget_all(self, source: AgendaSource) -> tuple[Remark, ...]:
        """Forget every secret of a source; a keyring that does not answer is told, not waited for."""
        remarks = []
        for name in self.kept_secrets(source):
            try:
                self._secrets.delete(entry_name(source.id, name))
            except StoreFailure:
                remarks.append(Remark(name, STILL_KEPT))
        return tuple(remarks)

    def _check_secret(self, source: AgendaSource, name: str) -> None:
        known = [one.name for one in self.secret_fields(source)]
        if name not in known:
            shown = ", ".join(known) if known else "aucun"
            raise Refusal("champ_inconnu", f"Secrets de ce type de source\u202f: {shown}.", name)

    # --- trying -----------------------------------------------------------------------------------------

    def try_out(
        self,
        source: AgendaSource,
        tools: SourceTools,
        now: datetime,
        effecteurs: Iterable[Effecteur] = (),
    ) -> SourceAnswer:
        """Ask a source, declared or not yet, for the next 48 h within the deadline, as a search would.

        `tools.secret` reads the keyring by entry name. Raises Refusal for what a person reads.
        """
        connector = self._asking(source)
        practitioners, structures = whom_to_ask(source, effecteurs)
        query = SlotQuery(now, now + timedelta(hours=TRIED_HOURS), practitioners, structures)
        return ask_once(connector, source, query, tools, now)

    def _asking(self, source: AgendaSource) -> Connector:
        connector = self._connectors.get(source.kind)
        if connector is None:
            raise Refusal("interdit", NOT_READ, "type")
        if not connector.looks_itself:
            raise Refusal("interdit", BY_HAND, "type")
        return connector


def _check_form(source: AgendaSource, fields: Sequence[SourceField]) -> None:
    """What was declared against the form of its kind; raises Refusal."""
    names = {one.name for one in fields}
    secret = {one.name for one in fields if one.kind is FieldKind.SECRET}
    for option in source.options:
        if option in secret:
            raise Refusal("interdit", SECRETS_GO, _OPTION + option)
        if _OPTION + option not in names:
            raise Refusal("champ_inconnu", f"Champ inconnu\u202f: {_OPTION}{option}.", _OPTION + option)
    document = source_document(source)
    for one in fields:
        if one.name == FILE_OPTION and source.url is not None:
            continue
        if one.required and one.kind is not FieldKind.SECRET and not value_at(document, one.name):
            raise Refusal("champ_manquant", f"Il manque\u202f: {one.label}.", one.name)


def _elsewhere(before: AgendaSource, after: AgendaSource) -> bool:
    """Whether a declaration leads to another agenda than the one it replaces."""
    return (before.kind, before.url) != (after.kind, after.url)


def value_at(document: Mapping[str, object], path: str) -> object:
    """What a declaration says at a dotted path (`url`, `options.origine`, `tls.cle`); None without it."""
    value: object = document
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value
