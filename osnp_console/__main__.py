"""The entry point: `osnp-console`, or `python -m osnp_console`."""

from __future__ import annotations

import io
import os
import sys

DISK_FAILED = 3
INTERRUPTED = 130


def main() -> int:
    """Run the program; UTF-8 everywhere, and a reader that leaves early is no error."""
    _speak_utf8()
    from osnp_console.bootstrap import main as run

    try:
        status = run()
        sys.stdout.flush()
    except BrokenPipeError:
        _hush()
        return 0
    except OSError as error:  # the output itself cannot be written: a full disk
        _hush()
        sys.stderr.write(f"Disque : {error.strerror}\n")
        return DISK_FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


def _speak_utf8() -> None:
    """UTF-8 whatever the locale; what is no UTF-8 comes in as such, and goes out readable."""
    # A stream that the caller closed is None: an empty input, an output that goes nowhere.
    sys.stdin = sys.stdin or io.StringIO()
    sys.stdout = sys.stdout or io.StringIO()
    sys.stderr = sys.stderr or io.StringIO()
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _hush() -> None:
    """Let what is still buffered go nowhere: the interpreter flushes once more as it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
