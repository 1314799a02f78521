"""`base copier`: which key a copy gets, and that nobody works in the base meanwhile."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from osnp_console.app.base.address import BasePlace, ServerAddress
from osnp_console.app.base.care import Copied
from osnp_console.app.errors import Refusal
from osnp_console.app.ports import StoreFailure
from osnp_console.desk.keys import EMPTY, is_raw_key
from osnp_console.desk.server_keys import ServerSecrets, read_given
from osnp_console.desk.single_instance import BaseLock

if TYPE_CHECKING:
    from osnp_console.bootstrap.bases import DeskBases
    from osnp_console.storage.copy_between import AnyBase

SAME_PLACE = "Une base se copie vers un autre endroit qu’elle-même."
ANOTHER_KEY = (
    "La copie garde la clé de la base copiée, dont dépend son journal : une autre clé a été donnée. "
    "Rien n’a été copié."
)


def copy_bases(
    bases: DeskBases,
    source: BasePlace,
    secret: bytes | None,
    target: BasePlace,
    target_secret: bytes | None,
) -> Copied:
    """Copy a base into an empty place; raises StoreFailure, Refusal."""
    from osnp_console.storage.copy_between import copy_between

    if source == target:
        raise Refusal("usage", SAME_PLACE, "cible")
    with ExitStack() as held:
        read = _source(bases, source, secret)
        written, found = _target(bases, target, target_secret, read.key)
        for place in (source, target):
            # What a console writes after it was read would be in neither of the two that go on.
            if not isinstance(place, ServerAddress) and place.parent.is_dir():
                held.enter_context(BaseLock(place))
        rows, lines = copy_between(read, written)
    if not isinstance(target, ServerAddress):
        bases.keep_key(target, read.key)
        return Copied(rows, lines)
    assert found is not None
    bases.on_server(target).keys.remember(found)
    return Copied(rows, lines, read.key.hex())


def _source(bases: DeskBases, source: BasePlace, secret: bytes | None) -> AnyBase:
    if isinstance(source, ServerAddress):
        there = bases.on_server(source)
        return there.server(there.keys.secrets(secret))
    from osnp_console.storage.copy_between import FileBase

    return FileBase(source, bases.existing_key(source, secret))


def _target(
    bases: DeskBases, target: BasePlace, secret: bytes | None, key: bytes
) -> tuple[AnyBase, ServerSecrets | None]:
    if isinstance(target, ServerAddress):
        there = bases.on_server(target)
        _, given = read_given(secret)
        if given is not None and given != key:
            raise StoreFailure("cle", ANOTHER_KEY)
        chosen, _ = there.keys.new_secrets(secret)
        found = ServerSecrets(chosen.password, key, given=True)
        return there.server(found), found
    from osnp_console.storage.copy_between import FileBase

    if secret is not None and not secret.strip():
        raise StoreFailure("cle", EMPTY)
    if secret is not None and not (is_raw_key(secret) and bytes.fromhex(secret.decode().strip()) == key):
        raise StoreFailure("cle", ANOTHER_KEY)
    return FileBase(target, key), None
