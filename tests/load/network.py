"""A network of their own for some desks, joined to the server's by a cable that can be cut (Linux, root).

The desks are in a network namespace; a pair of virtual interfaces is the cable. To drop packets each end
sends through a bucket (`tc`, tbf) that is smaller than any packet. Unlike the relay of `proxy`, what is
lost is sent again by TCP: a commit may arrive seconds after it was given up.
"""

from __future__ import annotations

import ctypes
import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path

_CLONE_NEWNET = 0x40000000
_DROP = ("root", "tbf", "rate", "1kbit", "burst", "10", "latency", "1ms")


def enter_network(name: str) -> None:
    """This process goes on in the network of that name; threads that it starts later too."""
    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = os.open(f"/run/netns/{name}", os.O_RDONLY)
    try:
        if libc.setns(descriptor, _CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "setns")
    finally:
        os.close(descriptor)


class Cable:
    """The cable of one network; `cable` is the usual way to have one."""

    def __init__(self, mark: str, block: int) -> None:
        """`mark` is in every name of it, `block` (0 to 16383) the four addresses that its ends are among."""
        self.network = f"osnp-{mark}"
        self._ours, self._theirs = f"osnp-s{mark}", f"osnp-p{mark}"
        first = ip_address("10.211.0.0") + 4 * block
        self.server, self.desks = str(first + 1), str(first + 2)

    def mend(self) -> None:
        """Let everything through again."""
        _run("ip", "link", "set", self._ours, "up")
        for command in (("tc",), ("ip", "netns", "exec", self.network, "tc")):
            _run(*command, "qdisc", "del", "dev", self._end(command), "root", check=False)

    def refuse(self) -> None:
        """Pull the plug at the server's side."""
        _run("ip", "link", "set", self._ours, "down")

    def go_silent(self) -> None:
        """Drop what both sides send."""
        self.go_deaf()
        _run("ip", "netns", "exec", self.network, "tc", "qdisc", "replace", "dev", self._theirs, *_DROP)

    def go_deaf(self) -> None:
        """Drop what the server answers; what the desks send still arrives."""
        _run("tc", "qdisc", "replace", "dev", self._ours, *_DROP)

    def _end(self, command: tuple[str, ...]) -> str:
        return self._ours if command == ("tc",) else self._theirs


def lacks() -> str:
    """Why there can be no network of their own here; empty when there can."""
    if os.getuid() != 0:
        return "il faut être root"
    missing = [name for name in ("ip", "tc") if shutil.which(name) is None]
    if missing:
        return f"programmes absents : {', '.join(missing)}"
    try:
        with cable() as made:
            made.go_silent()
            made.mend()
    except (OSError, subprocess.CalledProcessError):
        return "le noyau ne le permet pas"
    return ""


@contextmanager
def cable() -> Iterator[Cable]:
    """A network and its cable, taken away afterwards."""
    # Other runs on this machine have cables of their own.
    made = Cable(secrets.token_hex(3), secrets.randbelow(16384))
    _run("ip", "netns", "add", made.network)
    try:
        _run("ip", "link", "add", made._ours, "type", "veth", "peer", "name", made._theirs, "netns",
             made.network)  # fmt: skip
        _run("ip", "addr", "add", f"{made.server}/30", "dev", made._ours)
        _run("ip", "link", "set", made._ours, "up")
        inside = ("ip", "-n", made.network)
        _run(*inside, "addr", "add", f"{made.desks}/30", "dev", made._theirs)
        _run(*inside, "link", "set", made._theirs, "up")
        _run(*inside, "link", "set", "lo", "up")
        yield made
    finally:
        _run("ip", "netns", "del", made.network, check=False)
        if Path(f"/sys/class/net/{made._ours}").exists():
            _run("ip", "link", "del", made._ours, check=False)


def _run(*command: str, check: bool = True) -> None:
    subprocess.run(command, check=check, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
