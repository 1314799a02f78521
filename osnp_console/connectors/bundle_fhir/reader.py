"""Reads saved searchsets. A slot was seen when its file was last written: a saved answer grows old."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from osnp_console.app.sources.agendas import Deadline, Found, Reading, SlotQuery, SourceFailure
from osnp_console.connectors.fhir.reading import SlotReading
from osnp_console.connectors.fhir.translation import SlotSource
from osnp_console.connectors.http import LARGEST_BYTES
from osnp_console.connectors.http_failures import failed
from osnp_console.domain.slots.source import AgendaSource


def path_of(source: AgendaSource) -> Path:
    """The file or folder that the source names. Raises SourceFailure where it names none."""
    named = (source.url or "").strip()
    if not named:
        raise failed("aucun fichier n’est déclaré")
    return Path(named)


class BundleReader:
    """One file, or every `.json` file of a folder in the order of their names: a SlotReader."""

    def __init__(self, source: AgendaSource, path: Path) -> None:
        self._source = source
        self._path = path

    def read(self, query: SlotQuery, deadline: Deadline, found: Found) -> Reading:
        """Hand over the slots of every file; a file that cannot be read is raised after the others."""
        failures: list[SourceFailure] = []
        read = rejected = 0
        said = []
        for path in self._files():
            try:
                reading = self._file(path, query, deadline, found)
            except SourceFailure as failure:
                failures.append(failure)
            else:
                read, rejected = read + reading.read, rejected + reading.rejected
                said += [reading.message] if reading.message else []
        if failures:
            raise failures[0]
        return Reading(read, rejected, " · ".join(said) or None)

    def close(self) -> None:
        """Nothing is held open."""

    def _files(self) -> list[Path]:
        try:
            if not self._path.is_dir():
                return [self._path]
            found = sorted(one for one in self._path.iterdir() if one.suffix.lower() == ".json")
        except (OSError, ValueError):
            raise failed("dossier illisible") from None
        if not found:
            raise failed("aucun fichier .json dans ce dossier")
        return found

    def _file(self, path: Path, query: SlotQuery, deadline: Deadline, found: Found) -> Reading:
        try:
            about = path.stat()
            if about.st_size > LARGEST_BYTES:
                raise failed("fichier trop gros pour être lu")
            body = path.read_bytes()
        except FileNotFoundError:
            raise failed("fichier introuvable") from None
        except (OSError, ValueError):
            raise failed("fichier illisible") from None
        seen_at = datetime.fromtimestamp(about.st_mtime, UTC)
        made = SlotSource(self._source.id, frozenset(self._source.dispositifs), seen_at)
        reading = SlotReading(made, query, deadline, found)
        following = reading.page(body)
        ended = reading.end()
        if following is None:
            return ended
        # The next page is another file, or was never saved.
        more = "la réponse enregistrée annonce une suite"
        return replace(ended, message=f"{ended.message} · {more}" if ended.message else more)
