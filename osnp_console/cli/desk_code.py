"""The desk that a command acts for: `--poste`."""

from __future__ import annotations

import argparse
import re

from osnp_console.app.errors import Refusal
from osnp_console.cli.opened_base import COMMAND_DESK
from osnp_console.domain.desk import LINE

DESK = re.compile(rf"(?:[0-9]{{2,3}}|2[AB]|{LINE})-[0-9]{{1,4}}", re.ASCII)
"""As a desk is called everywhere: `35-1`, `ligne-1`."""


def desk_code(options: argparse.Namespace, usual: str = COMMAND_DESK) -> str:
    """The desk that acts, as a code of a desk; raises Refusal."""
    given: str = options.poste or usual
    if options.poste and DESK.fullmatch(given) is None:
        raise Refusal("valeur_invalide", "Un poste s’écrit 35-1, ou ligne-1.", "poste")
    return given
