"""The invented people of the prescription: two accounts, a doctor on the site's papers, nurses to call."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from osnp_console.app.people.accounts import AccountForm, Accounts, Passwords
from osnp_console.app.people.permissions import signed
from osnp_console.app.ports import OpenUnit
from osnp_console.app.prescription.finess import settle_finess
from osnp_console.app.prescription.nurse_directory import put_nurses
from osnp_console.app.prescription.site_papers import settle_papers
from osnp_console.app.prescription.site_records import SiteHeader, SitePapers
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.permissions import ADMINISTRATOR, DOCTOR, OSNP, REFERENT
from osnp_console.domain.prescription.content import Prescriber
from osnp_console.domain.prescription.nurses import Nurse
from osnp_console.ui.demonstration.prescription import Person

NURSES_OF = "72-sarthe-ide"
IN_TOWN = frozenset({"72181"})
DURAND = Prescriber("DURAND", "Paul", "10002909371", "Médecin régulateur")
NURSES = (
    Nurse("n-1", "Mme Hubert", practice="Cabinet des Lilas", phone="0639982760", communes=IN_TOWN),
    Nurse("n-2", "M. Lambert", practice="Cabinet du Marché", phone="0639982761", communes=IN_TOWN),
    Nurse("n-3", "Mme Poirier", phone="0639982762", commune="72095"),
)
FINESS, FINESS_SOURCE = "291991081", "Modèle d’ordonnance de la Sarthe, relu avec le SAMU 72"
FIRST_WORD = "une pomme dans le panier"
"""A password that its person replaces at once."""


def hire(
    passwords: Passwords,
    operator: Person,
    doctor: Person,
    dispositifs: Iterable[Dispositif],
    desk: str,
    now: datetime,
) -> Callable[[OpenUnit], None]:
    """Work for the store: the accounts, and what an administrator settles once."""
    others = tuple(dispositifs)
    sarthe = next(one for one in others if one.id == NURSES_OF)
    names = iter(("compte-medecin", "compte-operatrice"))
    accounts = Accounts(passwords, lambda: next(names))

    def work(open_unit: OpenUnit) -> None:
        form = AccountForm(doctor.identifier, doctor.name, (DOCTOR, REFERENT, ADMINISTRATOR))
        boss = signed(open_unit, accounts.create_first(open_unit, form, doctor.password, desk, now))
        form = AccountForm(operator.identifier, operator.name, (OSNP,))
        made = accounts.create(boss, form, FIRST_WORD, now)
        accounts.choose_password(open_unit, made, FIRST_WORD, operator.password, desk, now)
        put_nurses(NURSES, desk, now)(boss)
        settle_papers(_settled, desk, now)(boss)
        settle_finess(sarthe, FINESS, FINESS_SOURCE, desk, now, others=others, confirmed=True)(boss)

    return work


def _settled(papers: SitePapers) -> SitePapers:
    header = SiteHeader(("SAMU 72 – Centre 15", "Régulation médicale, Le Mans"))
    return replace(papers, header=header, doctors=(DURAND,))
