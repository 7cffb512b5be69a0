"""Servers to measure: the app over a database, and the bare page beside it.

>>> with serving("app.py", database) as address, serving("benchmarks/bare.py") as bare: ...
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_PATIENCE = 60.0


@contextmanager
def serving(script: str, database: Path | None = None) -> Iterator[str]:
    """The address of a server that runs `script` with the app's own settings."""
    port = _free_port()
    command = [
        sys.executable, "-m", "streamlit", "run", script,
        f"--server.port={port}", "--server.headless=true", "--server.fileWatcherType=none",
    ]  # fmt: skip
    environment = os.environ | ({"YUEPAN_DB": str(database)} if database else {})
    with tempfile.TemporaryFile() as told:
        server = subprocess.Popen(command, cwd=_ROOT, env=environment, stdout=told, stderr=told)
        try:
            _until_it_answers(port, server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _until_it_answers(port: int, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server does not answer")
