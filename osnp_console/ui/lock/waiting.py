"""What a page says while the base does not answer, and when it is asked again."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from osnp_console.ui.widgets.line_field import LineField

SLOW_MS = 2_000
"""An answer that takes longer is worth a sentence: a hash and a base at hand take a fifth of that."""
AGAIN_MS = 3_000
SLOW = "La base tarde à répondre. Ce qui est tapé est gardé\u202f; la console attend encore."


class Patience(QObject):
    """Follows the attempts of one page; what is typed in its field stays there.

    Signals:
        again(): the base did not answer; it is to be asked once more.
    """

    again = Signal()

    def __init__(self, field: LineField, parent: QObject) -> None:
        """Says what there is to say under `field`."""
        super().__init__(parent)
        self._field = field
        self._why = ""
        self._slow = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._slow.timeout.connect(self._say_slow)
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self.again)

    @property
    def will_ask_again(self) -> bool:
        """Whether the base is asked once more by itself."""
        return self._again.isActive()

    def begin(self) -> None:
        """The base is being asked."""
        self._again.stop()
        self._slow.start()

    def end(self) -> None:
        """It has answered, or what is typed is another thing by now."""
        self._why = ""
        self._slow.stop()
        self._again.stop()
        self._field.set_warning(None)

    def no_answer(self, sentence: str) -> None:
        """It did not answer, and why: said until it does, asked again meanwhile."""
        self._why = sentence
        self._slow.stop()
        self._field.set_warning(sentence)
        self._again.start()

    @Slot()
    def _say_slow(self) -> None:
        self._field.set_warning(self._why or SLOW)
