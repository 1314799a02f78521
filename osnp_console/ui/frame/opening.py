"""Opening the calls' base at start: what it takes, the page that asks for it, what to do when it fails."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget

from osnp_console.app.base.choice import LeftBehind, TypedServer
from osnp_console.app.base.leaving import staying_words, unseen_words
from osnp_console.app.ports import StoreFailure
from osnp_console.app.preferences import Preferences
from osnp_console.ui.first_start.first_page import FirstAnswers, FirstStartPage
from osnp_console.ui.first_start.open_page import ClosedBasePage, OpenBasePage, WaitingPage
from osnp_console.ui.first_start.server_form import Answer
from osnp_console.ui.first_start.sheet import StartPage
from osnp_console.ui.frame.homecoming import Homecoming
from osnp_console.ui.frame.pieces import Look, Pieces, Situation
from osnp_console.ui.lock.seat import FirstAccount
from osnp_console.ui.preferences.files import SystemFiles
from osnp_console.ui.theme.theme import Theme

WRONG_KEY = "cle"
IN_USE = "base_verrouillee"
LOOK_AGAIN_MS = 300
GONE = (
    "La base de ce poste n’est plus à sa place ({}). Rebrancher son disque, restaurer une copie, ou demander "
    "à l’administrateur d’en créer une neuve (commande « base creer »)."
)


class Opening(QObject):
    """Leads from the first start, the passphrase or a failure to the open base.

    Signals:
        opened(): the base is open.
        desk_settled(object): the first start said which desk this is; the new Preferences.
    """

    opened = Signal()
    desk_settled = Signal(object)

    def __init__(
        self,
        pages: QStackedWidget,
        pieces: Pieces,
        preferences: Callable[[], Preferences],
        theme: Callable[[], Theme],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._pages = pages
        self._pieces = pieces
        self._preferences = preferences
        self._theme = theme
        self._home = Homecoming(self)
        self._page: StartPage | None = None
        self._passphrase: str | None = None
        self.first_account: FirstAccount | None = None
        """The administrator that the first start asked for; None at any other start."""
        self.wants_agendas = False
        """Whether the first start asked for the agendas before anything else."""
        self.why_here = ""
        """Why the base is not the other one that was noted; empty where there is nothing to say."""
        # Opening is another thread's: whether it waits for another desk is looked at meanwhile.
        self._waiting = QTimer(self)
        self._waiting.setInterval(LOOK_AGAIN_MS)
        self._waiting.timeout.connect(self._show_waiting)

    def start(self) -> None:
        """Look what opening takes."""
        self._home.when_done(self._pieces.base.look(), self._looked, self._failed)

    def retheme(self) -> None:
        """Make the page anew in another theme: only a page without typed text is ever remade."""
        if isinstance(self._page, ClosedBasePage):
            self.start()

    # --- what was found ---------------------------------------------------------------------------------

    def _looked(self, look: Look) -> None:
        if look.situation is Situation.FIRST_START and self._pieces.preferences.first:
            self._ask_first_start(look.reason)
        elif look.situation is Situation.FIRST_START:
            # This desk had a base: a new empty one would hide that its calls are somewhere else.
            self._failed(StoreFailure("introuvable", GONE.format(self._pieces.base.place)))
        elif look.situation is Situation.PASSPHRASE:
            self._ask_passphrase(look.reason)
        else:
            self._open(None)

    def _ask_first_start(self, reason: str | None) -> None:
        gazetteer, catalogue = self._pieces.gazetteer, self._pieces.check.catalogue
        names = sorted({one.cpts for one in catalogue.dispositifs})
        page = FirstStartPage(
            self._theme(),
            gazetteer.departements,
            names,
            self._attempt,
            SystemFiles().to_read,
            reason,
            keeps_secrets=self._pieces.choice.keeps_secrets,
        )
        page.ready.connect(self._first_start_done)
        self._show(page)

    def _attempt(self, typed: TypedServer, then: Answer) -> None:
        self._home.when_done(self._pieces.choice.attempt(typed), then, self._failed)

    def _first_start_done(self, answers: FirstAnswers) -> None:
        refusal = self._pieces.choice.choose(answers.server)
        if refusal is not None:
            assert isinstance(self._page, FirstStartPage)
            self._page.show_refusal(refusal)
            return
        self.first_account = answers.first
        self.wants_agendas = answers.agendas_now
        self.desk_settled.emit(replace(self._preferences(), desk=answers.desk))
        self._open(answers.passphrase)

    def _ask_passphrase(self, asked: str | None) -> None:
        page = OpenBasePage(self._theme(), asked)
        page.passphrase_given.connect(self._open)
        page.quit_wanted.connect(QApplication.quit)
        self._show(page)

    def _open(self, passphrase: str | None) -> None:
        self._passphrase = passphrase
        self._waiting.start()
        self._home.when_done(self._pieces.base.open(passphrase), self._is_open, self._failed)

    def _show_waiting(self) -> None:
        sentence = self._pieces.base.waits_for
        if sentence is not None and isinstance(self._page, FirstStartPage):
            self._page.show_waiting(sentence)  # what was typed there stays
        elif sentence is not None and not isinstance(self._page, WaitingPage):
            page = WaitingPage(self._theme(), sentence)
            page.quit_wanted.connect(QApplication.quit)
            self._show(page)

    def _is_open(self, nothing: None) -> None:
        self._passphrase = None
        self._waiting.stop()
        if self._changes:
            self._home.when_done(self._left_behind(), self._seen, self._failed)
        else:
            self._go_in()

    def _go_in(self, why_here: str = "") -> None:
        self.why_here = why_here
        self._leave()
        self.opened.emit()

    # --- a change of base that is noted -----------------------------------------------------------------

    @property
    def _changes(self) -> bool:
        choice = self._pieces.choice
        return choice.at_next_start != choice.now

    def _left_behind(self) -> Future[LeftBehind]:
        return self._pieces.choice.left_behind(self._preferences().desk.code)

    def _seen(self, left: LeftBehind) -> None:
        if left.is_nothing:
            self._move()
        else:
            self._go_in(staying_words(left, self._pieces.choice.at_next_start))

    def _move(self) -> None:
        self._home.when_done(self._pieces.choice.move(), self._moved, self._not_moved)

    def _moved(self, nothing: None) -> None:
        self.start()

    def _not_moved(self, failure: StoreFailure) -> None:
        if isinstance(self._page, ClosedBasePage):
            self._page.show_failure(failure.message)
        else:
            self._go_in(failure.message)

    def _say_change(self, closed: ClosedBasePage) -> None:
        """The base does not open: what is known of what would stay behind, and whether to change anyway."""

        def known(left: LeftBehind) -> None:
            if self._page is closed:
                words = unseen_words(left, self._pieces.choice.at_next_start)
                closed.offer_change(words, may_change=left.kept_here is False)

        self._home.when_done(self._left_behind(), known, lambda failure: None)

    def show_failure(self, sentence: str) -> None:
        """Say that the open base does not answer, with what can be done."""
        self._failed(StoreFailure("disque", sentence))

    # --- what failed ------------------------------------------------------------------------------------

    def _failed(self, failure: StoreFailure) -> None:
        self._waiting.stop()
        page = self._page
        if isinstance(page, OpenBasePage) and failure.code == WRONG_KEY:
            page.show_wrong(failure.message)
            return
        if isinstance(page, FirstStartPage):
            page.show_failure(failure.message)
            return
        closed = ClosedBasePage(self._theme(), failure)
        closed.retry_wanted.connect(self.start)
        closed.restore_wanted.connect(self._restore)
        closed.quit_wanted.connect(QApplication.quit)
        closed.change_wanted.connect(self._move)
        self._show(closed)
        if self._changes and failure.code != IN_USE:
            self._say_change(closed)

    def _restore(self, copy: str) -> None:
        self._home.when_done(self._pieces.base.restore(copy), self._restored, self._not_restored)

    def _restored(self, nothing: None) -> None:
        self.start()

    def _not_restored(self, failure: StoreFailure) -> None:
        if isinstance(self._page, ClosedBasePage):
            self._page.show_failure(failure.message)

    # --- pages ------------------------------------------------------------------------------------------

    def _show(self, page: StartPage) -> None:
        self._leave()
        self._page = page
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        focus = getattr(page, "focus_first", None)
        if focus is not None:
            focus()

    def _leave(self) -> None:
        page, self._page = self._page, None
        if page is not None:
            self._pages.removeWidget(page)
            page.deleteLater()
