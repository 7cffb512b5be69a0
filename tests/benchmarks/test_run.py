"""Every part of the benchmark runs, at a size at which its times say nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from benchmarks import run
from benchmarks.timing import Row
from tests.browser.conftest import require_chromium

ROOT = Path(__file__).parents[2]
# What each part measures, in the order of the table.
MEASURED = {
    "import": [
        "CSV of 3,000 order lines",
        "the same: peak memory",
        "the same in GB18030",
        "xlsx of 300 rows",
        "xlsx of 0 MB: peak memory",
    ],
    "week": [
        "Measures of the week page, 3,000 order lines",
        "Measures of the week page, 6,000 order lines",
    ],
    "whatif": ["What-if, one recomputation (outcome, tornado, what it takes)"],
    "pages": [
        "Week page, warm",
        "Week page, first visit after an import of 3,000 order lines",
        "What-if page, slider to changed chart",
    ],
    "crowd": [
        "3 sessions, a click every 0.2 s, 3,000 order lines: p95",
        "the same: errors and wrong numbers",
    ],
}


def measured(part: str, folder: Path) -> tuple[dict[str, str], str]:
    """The figures of the table that a part writes, and what it prints.

    It has a process of its own, as a browser test leaves an event loop in this one.
    """
    page = folder / "table.md"
    # A browser's socket lies in the temporary folder, and its path may have 107 characters.
    with tempfile.TemporaryDirectory(prefix="bench-") as short:
        process = subprocess.run(
            [sys.executable, "-m", "benchmarks.run", part, "--quick", "--write", str(page)],
            cwd=ROOT,
            env={**os.environ, "TMPDIR": short},
            capture_output=True,
            text=True,
            timeout=300,
        )
    # A figure that differs from the hand-written one, or a row that did not land, raises.
    assert process.returncode == 0, process.stderr
    cells = [line.split(" | ") for line in page.read_text("utf-8").splitlines()[4:]]
    figures = {what.removeprefix("| "): figure for what, _, _, figure, *_ in cells}
    assert list(figures) == MEASURED[part]
    assert "not measured" not in figures.values()
    return figures, process.stdout


def test_every_part_is_tried_here() -> None:
    assert list(MEASURED) == list(run.PARTS)


@pytest.mark.parametrize("part", ["import", "week", "whatif"])
def test_a_part_measures_all_of_its_rows(part: str, tmp_path: Path) -> None:
    measured(part, tmp_path)


@pytest.mark.browser
def test_pages_are_measured_in_a_browser(tmp_path: Path) -> None:
    require_chromium()
    measured("pages", tmp_path)


def test_sessions_at_once_see_no_error_and_no_wrong_number(tmp_path: Path) -> None:
    figures, printed = measured("crowd", tmp_path)
    assert figures["the same: errors and wrong numbers"] == "0", printed
    answers = re.search(r"\((\d+) answers checked\)", printed)
    assert answers and int(answers[1]) >= 6


@pytest.mark.parametrize("option", ["week", "--quick", "--lines=5", "--largest=5", "--times=1"])
def test_only_a_whole_run_is_written_to_the_docs(
    option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run.main([option, "--write"])
    assert "only a whole run at full size" in capsys.readouterr().err


def test_the_table_of_a_page_is_replaced_and_nothing_around_it(tmp_path: Path) -> None:
    page = tmp_path / "benchmarks.md"
    page.write_text("before\n<!-- measured -->\nold\n<!-- end -->\nafter\n", "utf-8")
    run.write([Row("this", "that", 2.0, 1.5), Row("more", "—", 1.0, None)], page)
    text = page.read_text("utf-8")
    assert "| this | that | ≤ 2.00× | 1.50× | met |" in text
    assert "| more | — | ≤ 1.00× | not measured |  |" in text
    assert text.startswith("before\n") and text.endswith("<!-- end -->\nafter\n")
    assert "old" not in text


def test_the_docs_have_a_place_for_the_table(tmp_path: Path) -> None:
    page = tmp_path / "benchmarks.md"
    page.write_bytes(run.DOCS.read_bytes())
    run.write([Row("this", "that", 2.0, 1.5)], page)
    text = page.read_text("utf-8")
    assert text.startswith("# How fast it is") and "## What stands on the two sides" in text
    assert text.count("≤") == 1
