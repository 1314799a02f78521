"""What a desk has settled while the console runs: read by everybody, kept at each change."""

from __future__ import annotations

from dataclasses import dataclass, field

from osnp_console.app.ports import StoreFailure
from osnp_console.app.preferences import DARK, LIGHT, Preferences
from osnp_console.app.preferences_in_use import PreferencesInUse

SCREEN, OTHER_SCREEN = "1366x768+0+0|100", "1920x1080+0+0|100"
FULL = StoreFailure("disque", "Le disque est plein.")


@dataclass
class Drawer:
    """Where preferences are kept in memory; a full one refuses them."""

    first: bool = False
    is_full: bool = False
    kept: list[Preferences] = field(default_factory=list)

    def load(self) -> Preferences:
        return Preferences(theme=LIGHT)

    def save(self, preferences: Preferences) -> None:
        if self.is_full:
            raise FULL
        self.kept.append(preferences)


def in_use(drawer: Drawer, said: list[str] | None = None) -> PreferencesInUse:
    """What the console runs with, from that drawer."""
    heard = said if said is not None else []
    return PreferencesInUse(drawer, heard.append)


def test_a_change_is_in_use_and_kept_at_once_and_tells_what_was_before() -> None:
    drawer = Drawer()
    preferences = in_use(drawer)
    before = preferences.change(Preferences(theme=DARK))
    assert before.theme == LIGHT
    assert preferences.now.theme == DARK
    assert drawer.kept == [preferences.now]


def test_what_is_remembered_of_the_screens_outlives_a_change_that_knew_nothing_of_it() -> None:
    drawer = Drawer()
    preferences = in_use(drawer)
    preferences.lay_out(SCREEN, {"fenetre": "ici"})
    preferences.change(Preferences(theme=DARK))
    assert drawer.kept[-1].layouts == {SCREEN: {"fenetre": "ici"}}


def test_each_screen_and_each_thing_is_remembered_beside_the_others() -> None:
    preferences = in_use(Drawer())
    preferences.lay_out(SCREEN, {"fenetre": "ici"})
    preferences.lay_out(SCREEN, {"colonnes": [400, 420, 440]})
    preferences.lay_out(OTHER_SCREEN, {"fenetre": "là"})
    preferences.lay_out(SCREEN, {"fenetre": "plus bas"})
    assert preferences.now.layouts == {
        SCREEN: {"fenetre": "plus bas", "colonnes": [400, 420, 440]},
        OTHER_SCREEN: {"fenetre": "là"},
    }


def test_what_is_remembered_of_the_screens_waits_to_be_kept() -> None:
    drawer = Drawer()
    preferences = in_use(drawer)
    preferences.lay_out(SCREEN, {"fenetre": "ici"})
    assert drawer.kept == []
    preferences.keep()
    assert drawer.kept == [preferences.now]


def test_a_first_start_keeps_nothing_before_the_base_is_there() -> None:
    drawer = Drawer(first=True)
    preferences = in_use(drawer)
    preferences.change(Preferences(theme=DARK))
    assert drawer.kept == []
    assert preferences.base_is_there()
    assert drawer.kept == [preferences.now]
    preferences.change(Preferences(theme=LIGHT))
    assert len(drawer.kept) == 2


def test_the_first_start_ends_once() -> None:
    preferences = in_use(Drawer(first=True))
    assert preferences.base_is_there()
    assert not preferences.base_is_there()


def test_any_other_start_is_none_and_keeps_nothing_anew() -> None:
    drawer = Drawer()
    assert not in_use(drawer).base_is_there()
    assert drawer.kept == []


def test_a_full_disk_is_said_and_the_change_is_in_use_all_the_same() -> None:
    said: list[str] = []
    preferences = in_use(Drawer(is_full=True), said)
    preferences.change(Preferences(theme=DARK))
    assert said == [FULL.message]
    assert preferences.now.theme == DARK
