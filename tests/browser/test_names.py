"""Names as a browser shows them: Streamlit's front end makes more of a text than Markdown does."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from pages.kit.i18n.names import JOINER
from tests.browser.conftest import ROOT, _free_port
from tests.pages.kit.i18n.test_names import NAMES

SCRIPT = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
import streamlit as st
from pages.kit.i18n.numbers import escaped
for at, name in enumerate({NAMES!r}):
    with st.container(key=f"text{{at}}"):
        st.markdown(escaped(name))
    with st.container(key=f"label{{at}}"):
        st.button(escaped(name), key=f"button{{at}}")
st.caption("all")
"""


@pytest.fixture
def drawn(tmp_path: Path) -> Iterator[str]:
    """The address of a page that has each name as a text and as a label."""
    script, port = tmp_path / "names.py", _free_port()
    script.write_text(SCRIPT, encoding="utf-8")
    server = subprocess.Popen(
        [
            sys.executable, "-m", "streamlit", "run", str(script),
            f"--server.port={port}", "--server.headless=true",
        ],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def test_names_are_plain_text_in_sentences_and_labels(browser: Browser, drawn: str) -> None:
    page = browser.new_page()
    for _attempt in range(100):
        try:
            page.goto(drawn)
            break
        except Exception:
            page.wait_for_timeout(300)
    expect(page.get_by_text("all", exact=True)).to_be_visible()
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    for kind in ("text", "label"):
        for at, name in enumerate(NAMES):
            inside = page.locator(f".st-key-{kind}{at} [data-testid=stMarkdownContainer]")
            assert inside.inner_text().replace(JOINER, "").strip() == name, (kind, name)
            assert inside.locator(":scope > :not(p), p > *").count() == 0, (kind, name)
    page.close()
