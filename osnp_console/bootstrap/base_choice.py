"""Where the calls are kept, as the window lets somebody choose it: trials, keyring, settings."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import TypeVar
from urllib.parse import quote

from osnp_console.app.base.address import BasePlace, ServerAddress, base_place, base_text
from osnp_console.app.base.choice import (
    ADDRESS,
    AUTHORITY,
    CERTIFICATE,
    CERTIFICATE_KEY,
    NO_KEY,
    PASSWORD,
    SITE_KEY,
    FoundBase,
    LeftBehind,
    TypedServer,
    read_server,
    read_site_key,
)
from osnp_console.app.errors import Refusal
from osnp_console.app.ports import StoreFailure
from osnp_console.bootstrap.desk_base import DeskBase, on_own_thread
from osnp_console.bootstrap.server_bases import ServerBases
from osnp_console.desk.keys import Secrets
from osnp_console.desk.server_keys import ServerSecrets
from osnp_console.desk.settings import KeptPreferences
from osnp_console.desk.vault import VaultState

T = TypeVar("T")
NOT_TRIED = "Essayer d’abord cette base."
NO_FILE = "Ce fichier n’est pas sur ce poste."
KEY_OF_OTHERS = (
    "Ce fichier peut être lu par d’autres que son propriétaire\u202f: lui seul doit y avoir droit."
)
NO_OWN_BASE = (
    "Ce poste n’a pas de base à lui. L’administrateur la crée d’abord («\u00a0base creer\u00a0»), ou y copie "
    "les appels («\u00a0base copier\u00a0»)."
)
NO_BASE_YET = (
    "Il n’y a pas encore de base de la console à cet endroit du serveur. L’administrateur l’y crée d’abord "
    "(«\u00a0base creer\u00a0»), ou y copie les appels d’un poste («\u00a0base copier\u00a0»)."
)


class DeskChoice:
    """`app.base.choice.BaseChoice` on this workstation; `own` is its own file, `data` its folder."""

    def __init__(
        self, base: DeskBase, own: Path, data: Path, keyring: Secrets, settings: KeptPreferences
    ) -> None:
        self._base = base
        self._own = own
        self._data = data
        self._keyring = keyring
        self._settings = settings
        self._tried: dict[TypedServer, tuple[ServerAddress, ServerSecrets]] = {}
        self.draft: TypedServer | None = None

    @property
    def now(self) -> BasePlace:
        """The base that is open, or that is about to be opened."""
        return self._base.where

    @property
    def at_next_start(self) -> BasePlace:
        """The base to change to, as the settings note it."""
        noted = self._settings.next_base
        try:
            return self.now if noted is None else base_place(noted)
        except Refusal:  # the settings were written by hand
            return self.now

    @property
    def keeps_secrets(self) -> bool:
        """Whether this session has a keyring."""
        return self._keyring.state is VaultState.WORKS

    def attempt(self, typed: TypedServer) -> Future[FoundBase | Refusal]:
        """Try a shared base, beside the window."""
        return _aside(lambda: self._found(typed))

    def choose(self, typed: TypedServer | None) -> Refusal | None:
        """Open that base next, and name it in the settings with the first preferences."""
        if typed is None:
            self._base.choose(self._own)
            self._settings.name_base(None)
            return None
        if typed not in self._tried:
            return Refusal("interdit", NOT_TRIED, ADDRESS)
        address, given = self._tried[typed]
        self._base.choose(address, given)
        self._settings.name_base(base_text(address))
        return None

    def change(self, typed: TypedServer | None) -> Future[BasePlace | Refusal]:
        """Note another base in the settings, once it opened here."""
        return _aside(lambda: self._named(typed))

    def left_behind(self, desk: str) -> Future[LeftBehind]:
        """Count what is open in the base of today, where it is open, and look what is kept here for it."""
        base = self._base
        return on_own_thread(lambda: LeftBehind(base.still_open(desk), base.kept_here()))

    def move(self) -> Future[None]:
        """Name the noted base in the settings, and open that one next."""
        return on_own_thread(self._move)

    def _move(self) -> None:
        place = self.at_next_start
        self._settings.change_base(None if place == self._own else _address(place))
        self._base.leave_for(place)

    def _named(self, typed: TypedServer | None) -> BasePlace:
        if typed is None:
            if not self._own.is_file():
                raise Refusal("introuvable", NO_OWN_BASE)
            return self._note(self._own)
        address = self._found(typed).address
        given = self._secrets(address, typed)
        bases = self._on(address)
        if address != self.now:
            with _told_at(typed):
                # Opened once: this desk then notes the ends of the journal's chains, as any that joins.
                bases.open(given).close()
        bases.keys.remember(given)
        return self._note(address)

    def _note(self, place: BasePlace) -> BasePlace:
        self._settings.note_next_base(None if place == self.now else _address(place))
        return place

    def _found(self, typed: TypedServer) -> FoundBase:
        from osnp_console.storage.server_trial import try_server

        address = read_server(typed)
        _check_files(address)
        given = self._secrets(address, typed)
        with _told_at(typed):
            found = try_server(self._on(address).server(given))
        self._tried[typed] = (address, given)
        return FoundBase(address, found.has_accounts, found.is_older, found.is_being_updated, found.desks)

    def _on(self, address: ServerAddress) -> ServerBases:
        return ServerBases(address, self._keyring, self._data, lambda sentence: None)

    def _secrets(self, address: ServerAddress, typed: TypedServer) -> ServerSecrets:
        """What was typed, else what the keyring has; raises Refusal, which names the field."""
        key = read_site_key(typed)
        password = None if typed.by_certificate else typed.password or None
        try:
            return self._on(address).keys.chosen(password, key)
        except Refusal as refusal:
            raise Refusal("champ_manquant", NO_KEY, SITE_KEY) from refusal
        except StoreFailure as failure:
            raise Refusal(failure.code, failure.message, SITE_KEY) from failure


@contextmanager
def _told_at(typed: TypedServer) -> Iterator[None]:
    """What the server refuses inside, told at the field that it is about."""
    try:
        yield
    except StoreFailure as failure:
        raise told_at(failure, typed) from failure


def told_at(failure: StoreFailure, typed: TypedServer) -> Refusal:
    """A failure of a shared base as a refusal of what was typed, at its field."""
    from osnp_console.storage.failures import WRONG_KEY
    from osnp_console.storage.server_failures import NO_CERTIFICATE, NOT_SURE, REFUSED
    from osnp_console.storage.server_store import NO_BASE

    if failure.message == NO_BASE:
        return Refusal(failure.code, NO_BASE_YET, ADDRESS)
    fields = {
        WRONG_KEY: SITE_KEY,
        NOT_SURE: AUTHORITY,
        NO_CERTIFICATE: CERTIFICATE,
        REFUSED: CERTIFICATE if typed.by_certificate else PASSWORD,
    }
    return Refusal(failure.code, failure.message, fields.get(failure.message, ADDRESS))


def _address(place: BasePlace) -> str:
    return f"sqlite:///{quote(str(place))}" if isinstance(place, Path) else base_text(place)


def _check_files(address: ServerAddress) -> None:
    """Raise Refusal for certificates that are not there, and for a key that libpq would not use."""
    for path, at in (
        (address.sslcert, CERTIFICATE),
        (address.sslkey, CERTIFICATE_KEY),
        (address.sslrootcert, AUTHORITY),
    ):
        if path is not None and not (at == AUTHORITY and path == "system") and not Path(path).is_file():
            raise Refusal("introuvable", NO_FILE, at)
    if address.sslkey is not None and _is_open_to_others(Path(address.sslkey)):
        raise Refusal("interdit", KEY_OF_OTHERS, CERTIFICATE_KEY)


def _is_open_to_others(key: Path) -> bool:
    """As libpq judges a private key's rights: owner only, or root's with reading for a group."""
    if os.name == "nt":
        return False
    state = key.stat()
    shared = stat.S_IWGRP | stat.S_IXGRP | stat.S_IRWXO if state.st_uid == 0 else stat.S_IRWXG | stat.S_IRWXO
    return bool(state.st_mode & shared)


def _aside(work: Callable[[], T]) -> Future[T | Refusal]:
    """Do it on a thread of its own, which ends by the link's own deadlines; refusals are answers."""
    future: Future[T | Refusal] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except Refusal as refusal:
            future.set_result(refusal)
        except StoreFailure as failure:
            future.set_result(Refusal(failure.code, failure.message))
        except BaseException as error:  # whatever it is belongs to whoever asked
            future.set_exception(error)

    Thread(target=run, name="essai-base", daemon=True).start()
    return future
