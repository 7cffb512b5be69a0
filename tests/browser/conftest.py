"""The real server and a real browser: one of each for all tests here."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.moves import bring
from tests.pages.companies import CHINESE

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
WAIT = 30_000  # milliseconds; a busy machine is slow, not wrong
expect.set_options(timeout=WAIT)


def chromium() -> str | None:
    """The system's Chromium, if there is one."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return next(filter(None, map(shutil.which, names)), None)


def require_chromium() -> str:
    """Return the system's Chromium; skip the test where there is none, and fail it under CI."""
    program = chromium()
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium, and CI is set: install Debian's `chromium`")
        pytest.skip("no Chromium on this machine")
    return program


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)


@contextmanager
def serving(database: Path) -> Iterator[str]:
    """The address of a server of its own over a database."""
    port = _free_port()
    log = database.parent / "server.log"
    with log.open("wb") as told:
        server = subprocess.Popen(
            [
                sys.executable, "-m", "streamlit", "run", "app.py",
                f"--server.port={port}", "--server.headless=true",
            ],
            cwd=ROOT,
            env={**os.environ, "YUEPAN_DB": str(database)},
            stdout=told,
            stderr=told,
        )  # fmt: skip
        try:
            _until_healthy(port, server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _until_healthy(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=5):
                return
        except urllib.error.HTTPError as error:
            error.close()
        except OSError:
            pass
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"the server does not answer:\n{log.read_text(errors='replace')[-3000:]}")


@contextmanager
def browsing() -> Iterator[Browser]:
    """A browser of its own; skips where there is none, and fails instead under CI."""
    program = require_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with browsing() as opened:
        yield opened


@pytest.fixture(scope="session")
def company(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server to which a visitor has brought the Chinese company's files."""
    with serving(tmp_path_factory.mktemp("served") / "yuepan.duckdb") as address:
        page = browser.new_page(locale="zh-CN")
        bring(page, address, CHINESE.files())
        page.close()
        yield address


@pytest.fixture(scope="session")
def known(browser: Browser) -> Iterator[dict[tuple[str, bool], BrowserContext]]:
    """Visitors by language and light or dark; each loads the program but once."""
    contexts: dict[tuple[str, bool], BrowserContext] = {}
    yield contexts
    for context in contexts.values():
        context.close()


@pytest.fixture
def visiting(
    browser: Browser, known: dict[tuple[str, bool], BrowserContext]
) -> Iterator[Callable[..., Page]]:
    """`visiting(locale="zh-CN", width=1440)` is an empty page, a session of its own.

    `stranger` makes it another person's browser, which shares nothing.
    """
    pages: list[Page] = []
    strangers: list[BrowserContext] = []

    def visit(
        locale: str = "zh-CN",
        width: int = 1440,
        height: int = 900,
        dark: bool = False,
        stranger: bool = False,
    ) -> Page:
        key = (locale, dark)
        if stranger or key not in known:
            made = browser.new_context(locale=locale, color_scheme="dark" if dark else "light")
            if stranger:
                strangers.append(made)
            else:
                known[key] = made
        page = (strangers[-1] if stranger else known[key]).new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.set_default_timeout(WAIT)
        pages.append(page)
        return page

    yield visit
    for page in pages:
        page.close()
    for context in strangers:
        context.close()
