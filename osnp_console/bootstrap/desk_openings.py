"""What opening the workstation's base takes, on an encrypted file and on a server."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from osnp_console.app.base.address import ServerAddress
from osnp_console.app.base.care import BaseReport
from osnp_console.app.base.drafts import DraftShelf
from osnp_console.app.base.live import Feed
from osnp_console.app.calls.kept_aside import Aside
from osnp_console.app.errors import Refusal
from osnp_console.app.ports import StoreFailure
from osnp_console.bootstrap.bases import CommuneCodes, DeskBases
from osnp_console.bootstrap.server_bases import ServerBases, refuse_backup, refuse_restore
from osnp_console.desk.keys import KeyNeed, KeySource, Secrets
from osnp_console.desk.passphrase import salt_file
from osnp_console.desk.server_keys import ASK_AGAIN, ASK_AT_START, ServerSecrets
from osnp_console.ui.frame.pieces import Look, Situation

if TYPE_CHECKING:
    from osnp_console.storage.kept_aside import KeptAside
    from osnp_console.storage.store import Store

NOT_OPEN = "La base n’est pas ouverte : ce qui est tapé reste en mémoire."


class Opening(Protocol):
    """One kind of base, as `DeskBase` opens it, never on the window's thread."""

    @property
    def place(self) -> str:
        """Where the base is, as shown."""

    @property
    def key_kind(self) -> str:
        """Where its key comes from: a key of `app.base_acts.KEY_NAMES`."""

    @property
    def lock_beside(self) -> Path:
        """The file beside which the lock of the one console on this base lies."""

    def look(self) -> Look:
        """What opening takes."""

    def open(self, typed: str | None) -> Store:
        """Open it, or make it where that is the window's business; raises StoreFailure."""

    def verify(self) -> BaseReport:
        """What it holds and what is wrong with it, once it was opened; raises StoreFailure."""

    def save_copy(self, target: Path) -> None:
        """Write an encrypted copy, once it was opened; raises StoreFailure."""

    def restore(self, source: Path) -> None:
        """Put a verified copy in its place; raises StoreFailure."""

    def kept_here(self) -> bool | None:
        """Whether this desk keeps something that it does not have; None where that cannot be read."""

    def feed(self) -> Feed | None:
        """What listens to the other desks, once it was opened; None where there are none."""

    def aside(self) -> Aside | None:
        """Where what the base has not taken yet is kept, once it was opened; None where it is not needed."""

    def drafts(self) -> DraftShelf | None:
        """Where what is typed in forms is kept, once it was opened."""

    def close(self) -> None:
        """Write the last of what is kept beside it."""


class FileOpening:
    """An encrypted file of this workstation."""

    def __init__(
        self, file: Path, keyring: Secrets, now: Callable[[], datetime], commune_codes: CommuneCodes
    ) -> None:
        self.lock_beside = file
        self._file = file
        self._keyring = keyring
        self._now = now
        self._keys = KeySource(file, keyring)
        self._commune_codes = commune_codes
        self._key: bytes | None = None
        self._beside = Beside(file)

    @property
    def place(self) -> str:
        """The file's path."""
        return str(self._file)

    @property
    def key_kind(self) -> str:
        """`phrase` where the base has a salt file, else `trousseau`."""
        return "phrase" if salt_file(self._file).exists() else "trousseau"

    def look(self) -> Look:
        """What opening takes: the keyring may be slow to answer."""
        need = self._keys.need
        if not self._file.exists():
            asked = need is not KeyNeed.NOTHING
            return Look(Situation.FIRST_START, self._keys.message if asked else None)
        return Look(Situation.PASSPHRASE if need is KeyNeed.PASSPHRASE else Situation.KEY_AT_HAND)

    def open(self, typed: str | None) -> Store:
        """Open it, making it where there is none."""
        # SQLAlchemy costs a third of a second: paid on this thread, beside the window.
        from osnp_console.storage.store import create_store, open_store
        from osnp_console.storage.swap import finish_swap

        finish_swap(self._file)
        exists = self._file.exists()
        key = self._keys.key(typed)
        make = open_store if exists else create_store
        store = make(self._file, key, commune_codes=self._commune_codes)
        self._key = key
        return store

    def verify(self) -> BaseReport:
        """What it holds and what is wrong with it; it stays open meanwhile."""
        from osnp_console.storage.verify import verify_base

        return verify_base(self._file, self._open_key())

    def save_copy(self, target: Path) -> None:
        """Write an encrypted copy that `base restaurer` takes."""
        from osnp_console.storage.backup import back_up

        back_up(self._file, self._open_key(), target)

    def restore(self, source: Path) -> None:
        """Put a verified copy in place of a base that did not open."""
        bases = DeskBases(self._keyring, self._file, self._now, self._file.parent)
        bases.restore(self._file, None, source)

    def kept_here(self) -> bool | None:
        """Whether the encrypted file beside it holds a prescription that is being typed."""
        return self._beside.holds(lambda: self._key)

    def feed(self) -> None:
        """A file is one desk's."""

    def aside(self) -> None:
        """A file is on this disk itself: each key of a call goes into it."""

    def drafts(self) -> DraftShelf | None:
        """An encrypted file beside it, whose key is made from its own."""
        return self._beside.kept(self._key)

    def close(self) -> None:
        """Write the last of what is kept beside it."""
        self._beside.close()

    def _open_key(self) -> bytes:
        if self._key is None:
            raise StoreFailure("base_verrouillee", NOT_OPEN)
        return self._key


class ServerOpening:
    """A base on a server: the first time it takes the password and the site's key, then nothing.

    The window makes no base on a server: an administrator does (`base creer`).
    """

    def __init__(
        self,
        address: ServerAddress,
        keyring: Secrets,
        data: Path,
        now: Callable[[], datetime],
        commune_codes: CommuneCodes,
        tell: Callable[[str], None],
        given: ServerSecrets | None = None,
    ) -> None:
        """`given` are secrets that somebody chose the base with just now, kept once it opened."""
        self._address = address
        self._given = given
        self._bases = ServerBases(address, keyring, data, tell)
        self._commune_codes = commune_codes
        self._now = now
        self._tried: ServerSecrets | None = None
        self._opened: ServerSecrets | None = None
        self._link = ""
        self._was_refused = False
        # Two consoles of one session on one server would number calls twice.
        place = hashlib.sha256(address.text.encode()).hexdigest()[:16]
        self.lock_beside = data / f"serveur-{place}"
        self._beside = Beside(self.lock_beside)

    @property
    def place(self) -> str:
        """The server's address, without any secret."""
        return self._address.text

    @property
    def key_kind(self) -> str:
        """`trousseau` where the session has a keyring, else what is typed at each start."""
        return "trousseau" if self._bases.keys.keeps else "phrase"

    def look(self) -> Look:
        """Whether the site's key is at hand."""
        if not self._bases.keys.has_key:
            return Look(Situation.PASSPHRASE, ASK_AT_START)
        return Look(Situation.PASSPHRASE, ASK_AGAIN) if self._was_refused else Look(Situation.KEY_AT_HAND)

    def open(self, typed: str | None) -> Store:
        """Open it; what was typed is kept once it opened."""
        self._tried = found = self._secrets(typed)
        try:
            store = self._bases.open(found, self._commune_codes)
        except StoreFailure as failure:
            # A password changed on the server: the next look asks for it.
            self._was_refused = failure.code == "cle"
            raise
        self._was_refused = False
        try:
            if typed is not None or found is self._given:
                self._bases.keys.remember(found)
        except BaseException:
            store.close()
            raise
        self._given = None
        self._opened, self._link = found, store.link
        return store

    def _secrets(self, typed: str | None) -> ServerSecrets:
        if typed is None and self._given is not None:
            return self._given
        try:
            return self._bases.keys.secrets(typed.encode() if typed is not None else None)
        except Refusal as refusal:
            raise StoreFailure("cle", ASK_AT_START) from refusal

    def verify(self) -> BaseReport:
        """What it holds and what is wrong with it; it stays open meanwhile."""
        from osnp_console.storage.server_verify import verify_server

        if self._opened is None:
            raise StoreFailure("base_verrouillee", NOT_OPEN)
        return verify_server(self._bases.server(self._opened))

    def save_copy(self, target: Path) -> None:
        """Refused: the server saves its bases."""
        refuse_backup()

    def restore(self, source: Path) -> None:
        """Refused: the server restores its bases."""
        refuse_restore()

    def kept_here(self) -> bool | None:
        """Whether the encrypted file beside it holds anything; its key is made from the site's."""
        return self._beside.holds(lambda: (self._tried or self._secrets(None)).key)

    def feed(self) -> Feed | None:
        """What listens to the other desks, on a connection of its own."""
        if self._opened is None:
            return None
        from osnp_console.storage.live_feed import LiveFeed
        from osnp_console.storage.server_link import open_link

        password = self._opened.password
        return LiveFeed(lambda: open_link(self._address, password), self._link, self._now)

    def aside(self) -> Aside | None:
        """An encrypted file of this workstation, whose key is made from the site's."""
        return self._beside.kept(self._opened.key if self._opened is not None else None)

    def drafts(self) -> DraftShelf | None:
        """The same file."""
        return self._beside.kept(self._opened.key if self._opened is not None else None)

    def close(self) -> None:
        """Write the last of what is kept there."""
        self._beside.close()


class Beside:
    """The encrypted file in which this workstation keeps what a base does not have yet, with its writer."""

    def __init__(self, base: Path) -> None:
        """`base` is the file beside which it lies."""
        self._file = base.with_name(base.name + ".attente")
        self._made: tuple[bytes, KeptAside] | None = None

    def kept(self, key: bytes | None) -> KeptAside | None:
        """The file, whose key is made from the base's; None while that is not known."""
        if key is None:
            return None
        if self._made is None or self._made[0] != key:
            from osnp_console.storage.kept_aside import KeptAside

            self._made = key, KeptAside(self._file, key)
        return self._made[1]

    def holds(self, key: Callable[[], bytes | None]) -> bool | None:
        """Whether a call or a prescription waits there; None where that cannot be read.

        A text of a panel is about a call or a prescription, which are looked for by themselves.
        """
        if not self._file.exists():
            return False
        try:
            kept = self.kept(key())
            return bool(kept.read() or kept.read_drafts().prescriptions) if kept is not None else None
        except StoreFailure:
            return None

    def close(self) -> None:
        """Write the last of what is kept, and end its writer."""
        if self._made is not None:
            self._made[1].close()
