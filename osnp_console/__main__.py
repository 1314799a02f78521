"""The entry point: `osnp-console`, or `python -m osnp_console`."""

from __future__ import annotations

import io
import os
import sys


def main() -> int:
    """Run the program; UTF-8 everywhere, and a reader that leaves early is no error."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    from osnp_console.bootstrap import main as run

    try:
        status = run()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    return status


if __name__ == "__main__":
    sys.exit(main())
