"""End the children of a program that has died, and remove their folders.

    >>> watch(process.pid, folder)                            # doctest: +SKIP
    >>> forget(process.pid, folder)                           # doctest: +SKIP

A child cannot see to it alone: a reader that holds the interpreter lets no thread of the child
run. So one small process, `python keeper.py`, reads a line for each child that begins or ends.
When its input closes, the program is gone, however it ended, and whatever is still watched goes
with it. It works the same on every system.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_telling = threading.Lock()
_process: subprocess.Popen[str] | None = None


def watch(pid: int, folder: Path) -> None:
    """Have a child killed and its folder removed should this process die before `forget`."""
    _tell({"begins": True, "pid": pid, "folder": str(folder)})


def forget(pid: int, folder: Path) -> None:
    """Take back what `watch` asked for: the child has ended and its folder is gone."""
    _tell({"begins": False, "pid": pid, "folder": str(folder)})


def keep(lines: Iterable[str]) -> None:
    """Read what begins and ends until the lines are over, then end what is left."""
    left: set[tuple[int, str]] = set()
    for line in lines:
        try:
            told = json.loads(line)
        except ValueError:
            continue  # The program died in the middle of the line.
        child = (told["pid"], told["folder"])
        if told["begins"]:
            left.add(child)
        else:
            left.discard(child)
    for pid, folder in left:
        with suppress(OSError):  # It may have ended by itself.
            os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        shutil.rmtree(folder, ignore_errors=True)


def _tell(what: dict[str, object]) -> None:
    global _process
    with _telling:
        if _process is None or _process.poll() is not None:
            _process = _start()
        assert _process.stdin is not None
        try:
            _process.stdin.write(json.dumps(what) + "\n")
            _process.stdin.flush()
        except OSError:
            _process = None  # Killed by somebody; the next child gets a new one.


@atexit.register
def _end() -> None:
    with _telling:
        if _process is not None:
            _process.communicate()


def _start() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-I", "-S", __file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
        # A Ctrl-C in the terminal is for the program, which then ends its children in order.
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


if __name__ == "__main__":
    keep(sys.stdin)
