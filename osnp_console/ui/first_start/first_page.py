"""The first start: which desk this is, where its calls are kept, who is here, which agendas."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from osnp_console.app.base.choice import TypedServer, same_desk_words
from osnp_console.app.errors import Refusal
from osnp_console.domain.desk import Desk
from osnp_console.domain.roles import SAS_ROLES
from osnp_console.ui.first_start.agendas_block import AgendasBlock
from osnp_console.ui.first_start.keeping_block import KeepingBlock
from osnp_console.ui.first_start.server_form import Attempt
from osnp_console.ui.first_start.sheet import StartPage
from osnp_console.ui.first_start.who_block import WhoBlock
from osnp_console.ui.lock.seat import FirstAccount
from osnp_console.ui.preferences.desk_page import HIGHEST_NUMBER, NOT_A_NUMBER, role_choices
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.choices import Choice
from osnp_console.ui.widgets.combo import Combo
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.segments import Segments

SAS, LINE = "sas", "ligne"
_LINE_ROLE = "telesecretariat"
OPENING = "Ouverture de la base…"


@dataclass(frozen=True, slots=True)
class FirstAnswers:
    """What the first start settled.

    `passphrase` is the base's, None when the keyring has its key; `server` a shared base, None for this
    desk's own; `first` the administrator to create, None where the base has accounts.
    """

    desk: Desk
    passphrase: str | None
    server: TypedServer | None
    first: FirstAccount | None
    agendas_now: bool = False


class FirstStartPage(StartPage):
    """Four blocks done in order; then the window opens on an empty call.

    Signals:
        ready(object): the FirstAnswers.
    """

    ready = Signal(object)

    def __init__(
        self,
        theme: Theme,
        departements: Mapping[str, str],
        cpts: Sequence[str],
        attempt: Attempt,
        browse: Callable[[str], str],
        passphrase_reason: str | None = None,
        shortest: int = 12,
        keeps_secrets: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """A page to fill in.

        `departements` are names by code, `cpts` the names a line can work for. `attempt` tries a shared base,
        `browse` asks for a file. `passphrase_reason` says why this desk's own base needs a passphrase, None
        when the keyring keeps the key; `shortest` is its least length. `keeps_secrets` says whether the
        session has a keyring.
        """
        super().__init__(
            theme,
            "Premier démarrage",
            "Quatre réglages, puis un appel vide.",
            parent,
        )
        self._is_opening = False
        self._desk_fields(departements, cpts)
        self.place = KeepingBlock(
            theme, self, passphrase_reason, shortest, attempt, browse, keeps_secrets, self._tell, self._start
        )
        self.who = WhoBlock(theme, self, self._tell, self._start)
        self.agendas = AgendasBlock(theme, self, self._start)
        self.start = ActionButton(theme, "Commencer", "Entrée", "primary", parent=self.card)
        self.end(self.start)
        self.start.clicked.connect(self._start)
        self._kind_chosen(self.kind.answer)

    # --- Ce poste ---------------------------------------------------------------------------------------

    def _desk_fields(self, departements: Mapping[str, str], cpts: Sequence[str]) -> None:
        theme, card = self.theme, self.card
        self.desk_tick = self.add_block("Ce poste")
        kinds = (Choice(SAS, "SAS", "S"), Choice(LINE, "Ligne d’une CPTS", "L"))
        self.kind = Segments(theme, "Ce poste", kinds, card)
        self.kind.set_answer(SAS)
        sas = [Choice(code, f"{code} · {name}") for code, name in sorted(departements.items())]
        self.sas = Combo(theme, "SAS", sas, clearable=False, parent=card)
        self.sas.set_placeholder("choisir le département")
        self.cpts = Combo(theme, "CPTS", [Choice(name, name) for name in cpts], clearable=False, parent=card)
        self.cpts.set_placeholder("choisir la CPTS")
        self.role = Combo(theme, "Rôle", role_choices(), clearable=False, parent=card)
        self.number = LineField(theme, "Numéro du poste", optional=True, parent=card)
        self.number.set_text("1")
        self._sas_row = FormRow(theme, "Département", self.sas, parent=card)
        self._cpts_row = FormRow(theme, "CPTS", self.cpts, parent=card)
        self.add(
            FormRow(theme, "Poste", self.kind, parent=card),
            self._sas_row,
            self._cpts_row,
            FormRow(theme, "Rôle", self.role, parent=card),
            FormRow(theme, "Numéro", self.number, parent=card),
        )
        self.kind.answered.connect(self._kind_chosen)
        self.sas.answered.connect(self._tell)
        self.cpts.answered.connect(self._tell)
        self.role.answered.connect(self._tell)
        self.number.typed.connect(self._number_typed)
        for control in (self.kind, self.sas, self.cpts, self.role, self.number):
            control.next_wanted.connect(self._start)

    def _kind_chosen(self, kind: object) -> None:
        if kind is None:
            self.kind.set_answer(SAS)
        is_sas = self.kind.answer == SAS
        self._sas_row.setVisible(is_sas)
        self._cpts_row.setVisible(not is_sas)
        roles = [choice for choice in role_choices() if (choice.value in SAS_ROLES) is is_sas]
        self.role.set_choices(roles)
        if self.role.answer is None:
            self.role.set_answer("osnp" if is_sas else _LINE_ROLE)
        self._tell()

    def _number_typed(self, text: str) -> None:
        self.number.set_error(None if self._desk_number() else NOT_A_NUMBER)
        self._tell()

    def _desk_number(self) -> int | None:
        text = self.number.text().strip()
        good = text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= HIGHEST_NUMBER
        return int(text) if good else None

    def desk(self) -> Desk | None:
        """The desk as it is filled in, None while something is missing."""
        number = self._desk_number()
        chosen = self.sas.answer if self.kind.answer == SAS else self.cpts.answer
        if number is None or not isinstance(chosen, str):
            return None
        role = str(self.role.answer)
        if self.kind.answer == SAS:
            return Desk(role, chosen, (), number)
        return Desk(role, None, (chosen,), number)

    # --- all of it --------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """Put the keyboard in the first control."""
        self.kind.setFocus()

    def show_failure(self, sentence: str) -> None:
        """Say why the base could not be opened or made; what was filled in stays."""
        self._is_opening = False
        self.place.say(sentence)
        self._tell()

    def show_refusal(self, refusal: Refusal) -> None:
        """Say what is refused of a shared base, at its field."""
        self._is_opening = False
        self.place.refuse(refusal)
        self._tell()

    def show_waiting(self, sentence: str) -> None:
        """Say what opening waits for at another desk."""
        self.start.set_reason(sentence)
        self.place.say_waiting(sentence)

    def _tell(self, *_: object) -> None:
        found = self.place.found
        self.who.set_has_accounts(found is not None and found.has_accounts)
        self.agendas.set_shared(self.place.is_shared)
        desk = self.desk()
        self.desk_tick.set_done(desk is not None)
        taken = found is not None and desk is not None and desk.code in found.desks
        self.number.set_warning(same_desk_words(desk.number) if taken and desk is not None else None)
        self.place.tick.set_done(self.place.missing() is None)
        self.start.set_reason(OPENING if self._is_opening else self._missing())

    def _missing(self) -> str | None:
        if self.desk() is None:
            chosen = self.sas.answer if self.kind.answer == SAS else self.cpts.answer
            if not isinstance(chosen, str):
                return "Choisir le département." if self.kind.answer == SAS else "Choisir la CPTS."
            return NOT_A_NUMBER
        return self.place.missing() or self.who.missing()

    def _start(self) -> None:
        if self._is_opening:
            return
        desk = self.desk()
        if desk is None or self._missing() is not None:
            self.place.check()
            self.who.check()
            return
        self._is_opening = True
        self.start.set_reason(OPENING)
        place = self.place
        first = self.who.account(desk.role)
        self.ready.emit(FirstAnswers(desk, place.passphrase, place.server, first, self.agendas.is_now))
