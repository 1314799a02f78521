"""What Réglages asks of the base, the keyring and the agendas: done beside the window, answered in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event, current_thread, main_thread

import pytest
from pytestqt.qtbot import QtBot

from osnp_console.app.directory_table import TableImport
from osnp_console.app.effecteurs.lookup import KEY_ENTRY, EffecteurLookUp, LookedUp, LookUp, OpenLookUp
from osnp_console.app.ports import StoreFailure
from osnp_console.app.sources.agendas import (
    Deadline,
    Found,
    Reading,
    SlotQuery,
    SlotReader,
    SourceTools,
)
from osnp_console.app.sources.declare import DeclareSource
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.effecteur import Effecteur
from osnp_console.domain.slots.answers import SourceAnswer, SourceState
from osnp_console.domain.slots.source import AgendaSource, SourceKind
from osnp_console.ui.agendas.door import AgendaDoor
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.preferences.agendas.deeds import AgendaDeeds
from osnp_console.ui.preferences.effecteurs.deeds import NO_ANNUAIRE, NOT_READ, DirectoryDeeds
from tests.ui.agenda_doubles import SAS
from tests.ui.doubles import NOW, Memory

SAS_44 = AgendaSource("sas-44", SourceKind.SAS_FHIR, "SAS 44", url="https://agenda.exemple.fr/fhir")
FICTIVE = Effecteur("10100050083", "Dr Lise Fictive", "médecin", sources=("sas-44",))


class Keyring:
    """Secrets in a dictionary; a locked one refuses all."""

    def __init__(self) -> None:
        self.secrets: dict[str, str] = {}
        self.locked = False

    def _check(self) -> None:
        if self.locked:
            raise StoreFailure("cle", "Le trousseau est verrouillé.")

    def get(self, name: str) -> str | None:
        self._check()
        return self.secrets.get(name)

    def set(self, name: str, secret: str) -> None:
        self._check()
        self.secrets[name] = secret

    def delete(self, name: str) -> None:
        self._check()
        self.secrets.pop(name, None)


class HeldReader:
    """Answers with nothing free once it is let go; remembers the thread and whom it was asked for."""

    def __init__(self) -> None:
        self.may_answer = Event()
        self.queries: list[SlotQuery] = []
        self.on_window_thread = True

    def read(self, query: SlotQuery, deadline: Deadline, found: Found) -> Reading:
        self.on_window_thread = current_thread() is main_thread()
        self.queries.append(query)
        self.may_answer.wait(5)
        return Reading(0)

    def close(self) -> None:
        """Nothing to let go of."""


class Told:
    """Collects what a deed answers."""

    def __init__(self) -> None:
        self.answers: list[object] = []

    def __call__(self, answer: object) -> None:
        self.answers.append(answer)


@pytest.fixture
def memory() -> Memory:
    """A base in memory."""
    return Memory()


@pytest.fixture
def keyring() -> Keyring:
    """A keyring in memory."""
    return Keyring()


@pytest.fixture
def reader() -> HeldReader:
    """What every agenda is read by."""
    return HeldReader()


@pytest.fixture
def agendas(memory: Memory, keyring: Keyring, reader: HeldReader, qtbot: QtBot) -> Iterator[AgendaDeeds]:
    """The deeds of the page Agendas."""

    def open_held(source: AgendaSource, tools: SourceTools) -> SlotReader:
        return reader

    connectors = {SourceKind.SAS_FHIR: replace(SAS, open=open_held)}
    door, agenda_door = StoreDoor(memory), AgendaDoor()
    declare = DeclareSource(connectors, (), keyring, lambda path: True)
    tools = SourceTools(lambda: NOW, keyring.get)
    deeds = AgendaDeeds(connectors, declare, tools, door, agenda_door, lambda source: None)
    yield deeds
    reader.may_answer.set()
    qtbot.waitUntil(lambda: agenda_door.is_idle)


def test_a_source_is_kept_listed_and_removed_with_its_secrets(
    agendas: AgendaDeeds, memory: Memory, keyring: Keyring, qtbot: QtBot
) -> None:
    told, listed = Told(), Told()
    with qtbot.waitSignal(agendas.changed):
        agendas.keep(SAS_44, told)
    agendas.load(listed, told)
    qtbot.waitUntil(lambda: bool(listed.answers))
    assert memory.sources.all() == [SAS_44]
    agendas.keep_secret(SAS_44, "mot_de_passe_cle", "phrase", told)
    qtbot.waitUntil(lambda: len(told.answers) == 2)
    assert list(keyring.secrets.values()) == ["phrase"]
    kept = Told()
    agendas.kept_secrets(SAS_44, kept)
    qtbot.waitUntil(lambda: kept.answers == [frozenset({"mot_de_passe_cle"})])
    agendas.remove(SAS_44, told)
    qtbot.waitUntil(lambda: len(told.answers) == 3)
    assert told.answers == [None, None, None]
    assert (memory.sources.all(), keyring.secrets) == ([], {})


def test_a_locked_keyring_is_told_in_its_sentence(
    agendas: AgendaDeeds, keyring: Keyring, qtbot: QtBot
) -> None:
    keyring.locked = True
    told = Told()
    agendas.keep_secret(SAS_44, "mot_de_passe_cle", "phrase", told)
    qtbot.waitUntil(lambda: told.answers == ["Le trousseau est verrouillé."])
    agendas.kept_secrets(SAS_44, told)
    qtbot.waitUntil(lambda: told.answers[1:] == [frozenset()])


def test_a_trial_asks_for_the_directorys_effecteurs_beside_the_window_and_answers_in_it(
    agendas: AgendaDeeds, memory: Memory, reader: HeldReader, qtbot: QtBot
) -> None:
    memory.effecteurs.put(FICTIVE)
    told = Told()
    agendas.attempt(SAS_44, told, told)
    qtbot.waitUntil(lambda: bool(reader.queries))
    assert not reader.on_window_thread
    assert told.answers == []
    assert reader.queries[0].practitioners == (FICTIVE.id,)
    reader.may_answer.set()
    qtbot.waitUntil(lambda: bool(told.answers))
    (answer,) = told.answers
    assert isinstance(answer, SourceAnswer)
    assert answer.state is SourceState.EMPTY
    assert agendas.answer_of("sas-44") == answer


def test_a_declaration_that_cannot_be_is_refused_with_its_sentence(
    agendas: AgendaDeeds, memory: Memory, qtbot: QtBot
) -> None:
    told = Told()
    agendas.keep(replace(SAS_44, options={"inconnue": True}), told)
    qtbot.waitUntil(lambda: bool(told.answers))
    assert "inconnue" in str(told.answers[0])
    assert memory.sources.all() == []


def test_what_comes_back_to_panels_that_are_gone_is_dropped(
    agendas: AgendaDeeds, reader: HeldReader, qtbot: QtBot
) -> None:
    told = Told()
    agendas.attempt(SAS_44, told, told)
    qtbot.waitUntil(lambda: bool(reader.queries))
    with qtbot.waitSignal(agendas.destroyed):
        agendas.deleteLater()
    reader.may_answer.set()


# --- the directory --------------------------------------------------------------------------------------


class National:
    """A national directory that knows one person."""

    def by_number(self, numbers: Sequence[str], deadline: Deadline) -> LookedUp:
        return LookedUp((FICTIVE,) if FICTIVE.id in numbers else ())

    def in_city(self, city: str, postcode: str, profession: str, deadline: Deadline) -> LookedUp:
        return LookedUp((FICTIVE,))


@contextmanager
def national(key: str) -> Iterator[EffecteurLookUp]:
    """Opens it with the right key."""
    assert key == "une-cle"
    yield National()


Make = Callable[..., DirectoryDeeds]


@pytest.fixture
def make(memory: Memory, keyring: Keyring, qtbot: QtBot) -> Iterator[Make]:
    """Makes the deeds of the page Effecteurs."""
    held: list[object] = []
    door, agenda_door = StoreDoor(memory), AgendaDoor()

    def deeds(annuaire: OpenLookUp | None = national) -> DirectoryDeeds:
        made = DirectoryDeeds(Catalogue("v", "e", ()), door, agenda_door, keyring, annuaire)
        held.append(made)
        return made

    yield deeds
    qtbot.waitUntil(lambda: agenda_door.is_idle)


def test_another_number_takes_the_place_of_the_one_before(make: Make, memory: Memory, qtbot: QtBot) -> None:
    deeds, told = make(), Told()
    with qtbot.waitSignal(deeds.changed):
        deeds.keep(FICTIVE, None, told)
    deeds.keep(replace(FICTIVE, id="10002673899"), FICTIVE.id, told)
    qtbot.waitUntil(lambda: told.answers == [None, None])
    assert [one.id for one in memory.effecteurs.all()] == ["10002673899"]
    deeds.remove("10002673899", told)
    deeds.remove("10002673899", told)
    qtbot.waitUntil(lambda: len(told.answers) == 4)
    assert told.answers[2] is None
    assert "numéro" in str(told.answers[3])


def test_a_table_written_gives_the_directory_again(
    make: Make, memory: Memory, qtbot: QtBot, tmp_path: Path
) -> None:
    deeds, told, read = make(), Told(), Told()
    memory.effecteurs.put(replace(FICTIVE, sources=()))
    file = tmp_path / "annuaire.csv"
    deeds.write_table(str(file), told)
    qtbot.waitUntil(lambda: told.answers == [None])
    deeds.read_table(str(file), read, told)
    qtbot.waitUntil(lambda: bool(read.answers))
    (found,) = read.answers
    assert isinstance(found, TableImport)
    assert found.entries == (replace(FICTIVE, sources=()),)


def test_a_file_that_is_not_there_has_its_sentence(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    told = Told()
    make().read_table(str(tmp_path / "absent.csv"), told, told)
    qtbot.waitUntil(lambda: told.answers == [NOT_READ])


def test_somebody_is_looked_up_with_the_key_of_the_keyring(
    make: Make, keyring: Keyring, qtbot: QtBot
) -> None:
    deeds, told, found = make(), Told(), Told()
    deeds.has_key(found, told)
    qtbot.waitUntil(lambda: found.answers == [False])
    deeds.keep_key(" une-cle ", told)
    qtbot.waitUntil(lambda: told.answers == [None])
    assert keyring.secrets == {KEY_ENTRY: "une-cle"}
    deeds.look_up(LookUp(FICTIVE.id), found, told)
    qtbot.waitUntil(lambda: len(found.answers) == 2)
    assert found.answers[1] == LookedUp((FICTIVE,))
    deeds.drop_key(told)
    qtbot.waitUntil(lambda: not keyring.secrets)


def test_a_console_without_the_annuaire_sante_says_so(make: Make) -> None:
    told = Told()
    make(None).look_up(LookUp(FICTIVE.id), told, told)
    assert told.answers == [NO_ANNUAIRE]
