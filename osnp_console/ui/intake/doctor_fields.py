"""Who usually cares for the patient: the status, and the practice and the call to it once there is one."""

from __future__ import annotations

from osnp_console.domain.criteria.usual_care import NONE
from osnp_console.ui.intake.answers import Answers
from osnp_console.ui.intake.part import ChoicePart, Part, TextPart
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.segments import Segments


class UsualCarePart(Part):
    """The regular doctor, or the usual practitioner.

    `codes` are those of the status, the practice and the call to it.
    """

    def __init__(
        self,
        answers: Answers,
        codes: tuple[str, str, str],
        status: Segments,
        practice: LineField,
        called: Segments,
    ) -> None:
        inner = (
            ChoicePart(answers, codes[0], status),
            TextPart(answers, codes[1], practice),
            ChoicePart(answers, codes[2], called),
        )
        super().__init__(answers, dict(zip(codes, (status, practice, called), strict=True)), inner)
        self._codes = codes
        self._status = status
        status.answered.connect(self.layout_wanted)

    def opens(self) -> dict[str, bool]:
        there_is_one = self._status.answer != NONE
        return {self._codes[1]: there_is_one, self._codes[2]: there_is_one}
