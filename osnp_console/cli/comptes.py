"""`comptes creer | lister | modifier | bloquer | debloquer | mot-de-passe | retirer`."""

from __future__ import annotations

import argparse
import uuid
from collections.abc import Callable, Mapping

from osnp_console.app.errors import Refusal
from osnp_console.app.people.account_words import last_in_words
from osnp_console.app.people.accounts import AccountForm, Accounts
from osnp_console.app.ports import OpenUnit
from osnp_console.cli.answering import print_json, say
from osnp_console.cli.opened_base import (
    COMMAND_DESK,
    chosen_base,
    read_descriptor,
    read_secret,
    sign_in,
    signing,
)
from osnp_console.cli.program import Folders, Program
from osnp_console.domain.account import LOOKS_SHARED, STATE_NAMES, Account, looks_shared, read_identifier
from osnp_console.domain.clock import in_paris
from osnp_console.domain.permissions import role_names

Document = dict[str, object]


def run(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    """One of the seven; raises Refusal, StoreFailure."""
    del folders  # the catalogue is not read
    accounts = Accounts(program.passwords(), lambda: uuid.uuid4().hex)
    given = read_secret(read_descriptor(getattr(options, "mot_de_passe_fd", None), "mot-de-passe-fd"))
    with program.units(*chosen_base(program, options)) as units:
        if options.verb == "creer" and options.premier:
            return _create_first(program, accounts, units, options, given)
        if options.verb == "mot-de-passe" and _is_own(options):
            return _choose(program, accounts, units, options, given)
        acting = signing(program, options, units)
        if options.verb == "lister":
            return _list(program, accounts, acting, options)
        account = _VERBS[options.verb](program, accounts, acting, options, given)
    return _tell(program, options, account)


def _create_first(
    program: Program, accounts: Accounts, units: OpenUnit, options: argparse.Namespace, given: str
) -> int:
    form = AccountForm(options.id, options.nom, tuple(options.role or ()))
    session = accounts.create_first(units, form, given, COMMAND_DESK, program.now())
    with units() as unit:
        kept = unit.accounts.get(session.person or "")
    assert kept is not None
    _warn(program, kept.account)
    return _tell(program, options, kept.account)


def _create(
    program: Program, accounts: Accounts, units: OpenUnit, options: argparse.Namespace, given: str
) -> Account:
    form = AccountForm(options.id, options.nom, tuple(options.role or ()))
    account = accounts.create(units, form, given, program.now())
    _warn(program, account)
    return account


def _change(
    program: Program, accounts: Accounts, units: OpenUnit, options: argparse.Namespace, given: str
) -> Account:
    if options.nom is None and options.identifiant is None and options.role is None:
        raise Refusal("champ_manquant", "Dire ce qui change\u202f: --nom, --identifiant ou --role.")
    account = accounts.change(
        units, options.id, name=options.nom, roles=options.role, new_identifier=options.identifiant
    )
    _warn(program, account)
    return account


def _choose(
    program: Program, accounts: Accounts, units: OpenUnit, options: argparse.Namespace, given: str
) -> int:
    """A person's own password, also one that has to be changed before anything else."""
    old = read_secret(read_descriptor(options.compte_fd, "compte-fd"))
    account = sign_in(program, units, options.compte, old).account
    accounts.choose_password(units, account, old, given, COMMAND_DESK, program.now())
    with units() as unit:
        kept = unit.accounts.get(account.id)
    return _tell(program, options, kept.account if kept is not None else account)


def _is_own(options: argparse.Namespace) -> bool:
    return options.compte is not None and read_identifier(options.compte) == read_identifier(options.id)


def _list(program: Program, accounts: Accounts, units: OpenUnit, options: argparse.Namespace) -> int:
    now = program.now()
    found = accounts.seen(units, now)
    if options.json:
        documents = [
            {
                **_document(one.account),
                "derniere_connexion": in_paris(one.last_in).isoformat() if one.last_in is not None else None,
                "essais_epuises_jusqu_a": (
                    in_paris(one.waits_until).isoformat() if one.waits_until is not None else None
                ),
            }
            for one in found
        ]
        print_json(program, documents)
        return 0
    for one in found:
        program.stdout.write(f"{_line(one.account)} · {last_in_words(one, now)}\n")
    return 0


def _warn(program: Program, account: Account) -> None:
    if looks_shared(account.identifier, account.name):
        program.stderr.write(LOOKS_SHARED + "\n")


def _tell(program: Program, options: argparse.Namespace, account: Account) -> int:
    say(program, options.json, _document(account), _line(account))
    return 0


def _line(account: Account) -> str:
    parts = (account.identifier, account.name, role_names(account.roles), STATE_NAMES[account.state])
    return " · ".join(parts)


def _document(account: Account) -> Document:
    return {
        "id": account.id,
        "identifiant": account.identifier,
        "nom": account.name,
        "roles": sorted(account.roles),
        "etat": account.state.value,
        "cree_le": in_paris(account.made_at).isoformat(),
    }


_Doing = Callable[[Program, Accounts, OpenUnit, argparse.Namespace, str], Account]
_VERBS: Mapping[str, _Doing] = {
    "creer": _create,
    "modifier": _change,
    "bloquer": lambda program, accounts, units, options, given: accounts.block(units, options.id),
    "debloquer": lambda program, accounts, units, options, given: accounts.unblock(units, options.id),
    "retirer": lambda program, accounts, units, options, given: accounts.remove(units, options.id),
    "mot-de-passe": lambda program, accounts, units, options, given: accounts.reset_password(
        units, options.id, given
    ),
}
