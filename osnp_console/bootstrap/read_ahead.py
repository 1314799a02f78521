"""What is read beside the window, on a thread of its own, so that nobody waits for it later."""

from __future__ import annotations

from threading import Thread

from osnp_console.app.places.commune_names import CommuneNames
from osnp_console.app.places.find_commune import CommuneSearch


def read_store() -> None:
    """Read the store's libraries: the base then opens as soon as the window stands."""

    def read() -> None:
        import osnp_console.storage.store  # noqa: F401 (for what it loads)

    Thread(target=read, name="lecture", daemon=True).start()


def prepare_communes(communes: CommuneSearch, names: CommuneNames) -> None:
    """Build the indexes of the communes, so that no first letter waits for them."""

    def build() -> None:
        communes.prepare()
        names.shown("")

    Thread(target=build, name="communes", daemon=True).start()
