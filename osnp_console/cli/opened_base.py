"""Which base a command works on, and its content: `--base` and `--cle-fd`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from osnp_console.app.base.address import BasePlace, base_place
from osnp_console.app.errors import Refusal
from osnp_console.app.people.permissions import SignedBackground, signed
from osnp_console.app.people.session import UNNAMED, Session
from osnp_console.app.people.sign_in import SignedIn, SignIn
from osnp_console.app.ports import Background, OpenUnit, StoreFailure
from osnp_console.cli.program import Program

T = TypeVar("T")
COMMAND_DESK = "commande"
"""The chain of the journal in which commands write what they do for somebody.

One for all workstations of a base: before its other lines, the sign-in says at which one.
"""
NO_ACCOUNT_NAMED = "Cette base a des comptes\u202f: dire qui agit par --compte et --compte-fd."
_LONGEST_KEY = 4096


def chosen_base(program: Program, options: argparse.Namespace) -> tuple[BasePlace, bytes | None]:
    """Where the base is, and the key, passphrase or password given; raises Refusal (`usage`)."""
    place = base_place(options.base) if options.base is not None else program.base()
    return place, read_descriptor(options.cle_fd, "cle-fd")


@contextmanager
def units(program: Program, options: argparse.Namespace) -> Iterator[OpenUnit]:
    """The base, for whoever acts, open until the context is left. Entering raises StoreFailure, Refusal."""
    with program.units(*chosen_base(program, options)) as opened:
        yield signing(program, options, opened)


@contextmanager
def units_of_own_base(program: Program, options: argparse.Namespace) -> Iterator[OpenUnit | None]:
    """This desk's own base, for whoever acts; None where the desk has none yet. Raises as `units` does.

    For what lies beside the base on this desk's disk: no other base can say who may write it.
    """
    place = program.base()
    if isinstance(place, Path) and not place.is_file():
        yield None
        return
    with program.units(place, read_descriptor(options.cle_fd, "cle-fd")) as opened:
        yield signing(program, options, opened)


@contextmanager
def background(program: Program, options: argparse.Namespace) -> Iterator[Background]:
    """The chosen base on its own thread (`SourceTools.background`); entering raises as `units` does."""
    with program.background(*chosen_base(program, options)) as opened:
        session = opened.submit(lambda units: acting(program, options, units)).result()
        yield SignedBackground(opened, lambda: session)


def signing(program: Program, options: argparse.Namespace, opened: OpenUnit) -> OpenUnit:
    """The units of a base for the account that --compte names, for nobody without it."""
    return signed(opened, acting(program, options, opened))


def acting(program: Program, options: argparse.Namespace, opened: OpenUnit) -> Session:
    """Who acts; raises Refusal (`interdit`) for a wrong password, or one that is to be changed first."""
    if options.compte is None:
        return replace(UNNAMED, why_closed=NO_ACCOUNT_NAMED)
    if options.compte_fd is None:
        raise Refusal("usage", "Le mot de passe de --compte se lit par --compte-fd.", "compte-fd")
    entered = sign_in(
        program, opened, options.compte, read_secret(read_descriptor(options.compte_fd, "compte-fd"))
    )
    if entered.must_change:
        raise Refusal(
            "interdit", f"{entered.session.why_closed} («\u00a0comptes mot-de-passe\u00a0»)", "compte"
        )
    return entered.session


def sign_in(program: Program, opened: OpenUnit, identifier: str, password: str) -> SignedIn:
    """Sign somebody in for one command; the journal says at which workstation it was given."""
    desk = program.desk()
    return SignIn(AtOnce(opened), program.passwords(), program.now).sign_in(
        identifier, password, COMMAND_DESK, told={"poste": desk} if desk else {}
    )


class AtOnce:
    """A store whose work is done at once, on this thread (`app.ports.Background`)."""

    def __init__(self, opened: OpenUnit) -> None:
        self._opened = opened

    def submit(self, work: Callable[[OpenUnit], T]) -> Future[T]:
        """Do the work; the future holds what came of it."""
        future: Future[T] = Future()
        try:
            future.set_result(work(self._opened))
        except (Refusal, StoreFailure) as failure:
            future.set_exception(failure)
        return future


def read_secret(content: bytes | None) -> str:
    """A password as it was given, without the line's end; raises Refusal for what is no text."""
    try:
        return (content or b"").decode().removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError as error:
        raise Refusal("valeur_invalide", "Ce mot de passe n’est pas de l’UTF-8.", "mot_de_passe") from error


def read_descriptor(descriptor: int | None, option: str) -> bytes | None:
    """What can be read from a file descriptor, for a secret that is no argument; raises Refusal (`usage`)."""
    if descriptor is None:
        return None
    content = b""
    try:
        with os.fdopen(os.dup(descriptor), "rb") as source:
            content = source.read(_LONGEST_KEY + 1)
    except (OSError, OverflowError) as error:
        raise Refusal("usage", f"Le descripteur de --{option} ne peut pas être lu.", option) from error
    if len(content) > _LONGEST_KEY:
        raise Refusal("usage", f"Ce que donne --{option} est trop long.", option)
    return content
