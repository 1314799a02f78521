"""Redraws the pictures of the README: invented calls in the real window, offscreen.

.venv/bin/python packaging/captures.py
"""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from osnp_console.app.preferences import DARK, LIGHT, Preferences
from osnp_console.bootstrap import build
from osnp_console.bootstrap.demonstration.world import STARTS, MemoryVault, declare_agendas
from osnp_console.bootstrap.window import OpenWindow, make_window
from osnp_console.bootstrap.workplace import Workplace
from osnp_console.connectors.simulator.demonstration import demonstration_world
from osnp_console.connectors.simulator.server import Simulator
from osnp_console.desk.settings import KeptPreferences
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_sheet import Answer
from osnp_console.domain.desk import Desk
from osnp_console.ui.frame.call_place import CHECKLIST

FOLDER = Path(__file__).resolve().parent / "captures"
SETTLED: dict[str, Answer] = {
    fields.CALLER_LINK: "proche",
    fields.CALLER_PHONE: "06 39 98 41 07",
    fields.BIRTH_NAME: "LE GOFF",
    fields.FIRST_NAMES: "Noé",
    facts.BIRTH: "14/03/2019",
    facts.SEX: "M",
    facts.RESIDENCE: "44067",
    facts.PRESENT_PLACE: "domicile",
    facts.REASON: "otite",
    facts.DELAY: 48,
    facts.TECHNICAL_PLATFORM: False,
    facts.REGULAR_DOCTOR: "indisponible",
    fields.DOCTOR_PRACTICE: "Dr Hamon, Guémené-Penfao",
    fields.DOCTOR_CALLED: True,
    facts.CAN_TRAVEL: True,
    fields.NOTE: "Mère au téléphone. Douleur depuis hier soir, 38,4 °C.",
}
UNDER_WAY: dict[str, Answer] = {
    code: SETTLED[code]
    for code in (fields.CALLER_PHONE, facts.RESIDENCE, facts.PRESENT_PLACE, facts.REASON, facts.DELAY)
}


TOLD = {
    "transfert": {"sas-presente": "transfert", "ligne-pris": "file-reception"},
    "ordonnance": {"medecin-lit": "ordonnance"},
}
"""What is taken of the demonstration: its story and picture, and the name here."""


def draw_told() -> None:
    """Pictures of the demonstration's stories."""
    program = build()
    with tempfile.TemporaryDirectory() as folder:
        pictures = Path(folder)
        for _ in program.demonstrate(program.defaults, pictures, tuple(TOLD)):
            pass
        for story, wanted in TOLD.items():
            for name, here in wanted.items():
                (file,) = pictures.glob(f"{story}-*-{name}.png")
                QImage(str(file)).save(str(FOLDER / f"{here}.png"))


def draw(name: str, size: tuple[int, int], preferences: Preferences, answers: dict[str, Answer]) -> None:
    """One picture: a window so large, a call with these answers."""
    began = datetime.now(UTC)
    program = build()

    def clock() -> datetime:
        return STARTS + (datetime.now(UTC) - began)

    editor = Simulator(demonstration_world(STARTS), clock, faults=("muet@/erdre",))
    with editor, tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "reglages.json"
        KeptPreferences(settings).save(preferences)
        place = Workplace(
            Path(folder) / "console.base",
            settings,
            MemoryVault(),
            clock,
        )
        opened = make_window(program, program.defaults, place)
        opened.create_base()
        opened.base.submit(lambda units: declare_agendas(units, editor.address)).result()
        opened.window.resize(*size)
        opened.window.show()
        opened.window.start()
        _play(opened, answers)
        opened.window.grab().save(str(FOLDER / f"{name}.png"))
        opened.window.close()
        opened.finish()


def _play(opened: OpenWindow, answers: dict[str, Answer]) -> None:
    window = opened.window
    while not window.is_open:
        QTest.qWait(10)
    window.frame.take_call()
    for code, answer in answers.items():
        window.calls.answer(code, answer)
        window.calls.settle()
    window.calls.shown.emit(window.calls.current)
    call = window.calls.current
    searches = window.agendas.searches
    while call is not None and not searches.slots_of(call).is_complete:
        QTest.qWait(20)
    if window.theme.scale > 1:
        window.frame.call_desk.place.go_to(CHECKLIST)
    QTest.qWait(1_200)
    while not (window.calls.is_saved and window.door.is_idle):
        QTest.qWait(10)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    draw_told()
    desk = Desk("osnp", "44", (), 3)
    draw("redon-clair", (1366, 768), Preferences(desk=desk, theme=LIGHT), SETTLED)
    draw("redon-sombre", (1920, 1080), Preferences(desk=desk, theme=DARK), UNDER_WAY)
    draw("texte-200", (1366, 768), Preferences(desk=desk, theme=LIGHT, text_scale=200), UNDER_WAY)
