"""`make bench`: every part in one run on one machine; `--write` puts the table into the docs.

    python -m benchmarks.run                          # all of it, about a quarter of an hour
    python -m benchmarks.run import week --lines 100000 --largest 200000

Everything is made in a folder that goes away afterwards.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks import crowd, landing, measures, recompute, screens
from benchmarks.watch import Row

DOCS = Path(__file__).parents[1] / "docs" / "benchmarks.md"
LINES, LARGEST = 1_000_000, 10_000_000
_START, _END = "<!-- measured -->\n", "<!-- end -->"
_LIBRARIES = ("duckdb", "streamlit", "pandas", "pyarrow", "plotly")

Part = Callable[[Path, argparse.Namespace], Iterator[Row]]
PARTS: dict[str, Part] = {
    "import": lambda folder, asked: landing.rows(folder, asked.lines, asked.times or 3),
    "week": lambda folder, asked: measures.rows(folder, (asked.lines, asked.largest)),
    "whatif": lambda folder, asked: recompute.rows(folder, min(asked.lines, 100_000)),
    "pages": lambda folder, asked: screens.rows(folder, asked.lines, asked.times or 5),
    "crowd": lambda folder, asked: crowd.rows(folder, asked.lines, asked.lasting),
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the parts that were asked for, print them as they come, and write if told to."""
    asked = _asked(arguments)
    print(f"{machine()}\nload average at the start: {_load()}\n")
    found: list[Row] = []
    for name in asked.parts:
        with tempfile.TemporaryDirectory(prefix="yuepan-bench-") as folder:
            for row in PARTS[name](Path(folder), asked):
                print(told(row), flush=True)
                found.append(row)
    print(f"\nload average at the end: {_load()}")
    if asked.write:
        write(found)


def machine() -> str:
    """The machine by its cores and memory, and what runs on it."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    versions = [f"Python {platform.python_version()}"]
    versions += [f"{name} {version(name)}" for name in _LIBRARIES]
    return f"{os.cpu_count()} cores, {memory:.0f} GB of memory; {', '.join(versions)}"


def told(row: Row) -> str:
    """A row for the terminal, with this machine's own seconds."""
    if row.measured is None:
        return f"   ?  {row.what}: {row.detail or 'not measured'}"
    mark = "met   " if row.met else "MISSED"
    detail = f"  ({row.detail})" if row.detail else ""
    return f"{mark} {_amount(row.measured, row)} of {_amount(row.goal, row)}  {row.what}{detail}"


def write(found: list[Row]) -> None:
    """Replace the table in the docs."""
    page = DOCS.read_text("utf-8")
    before, after = page.split(_START)[0], page.split(_END)[1]
    DOCS.write_text(f"{before}{_START}{table(found)}{_END}{after}", "utf-8")


def table(found: list[Row]) -> str:
    """The rows as Markdown: ratios only, for seconds are the machine's."""
    lines = [f"{machine()}.", "", "| what | beside | goal | measured | |", "|---|---|---|---|---|"]
    for row in found:
        measured = "not measured" if row.measured is None else _amount(row.measured, row)
        verdict = {True: "met", False: "**missed**", None: ""}[row.met]
        goal = f"≤ {_amount(row.goal, row)}"
        lines.append(f"| {row.what} | {row.against} | {goal} | {measured} | {verdict} |")
    return "\n".join(lines) + "\n"


def _amount(value: float, row: Row) -> str:
    digits = 0 if row.unit == "" else 1 if row.unit == " ms" else 2
    return f"{value:.{digits}f}{row.unit}"


def _load() -> str:
    return " ".join(f"{one:.1f}" for one in os.getloadavg())


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.run",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; all by itself")
    parser.add_argument("--lines", type=int, default=LINES, help="order lines (1,000,000)")
    parser.add_argument("--largest", type=int, default=LARGEST, help="the second size of week")
    parser.add_argument("--times", type=int, help="runs of each import and page (3 and 5)")
    parser.add_argument(
        "--lasting", type=float, default=crowd.LASTING, help="seconds that the sessions click"
    )
    parser.add_argument("--write", action="store_true", help="put the table into docs/")
    asked = parser.parse_args(arguments)
    asked.parts = asked.parts or list(PARTS)
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"no part {', '.join(sorted(unknown))}")
    if asked.write and (
        asked.parts != list(PARTS) or (asked.lines, asked.largest) != (LINES, LARGEST)
    ):
        parser.error("--write is for a whole run at full size")
    return asked


if __name__ == "__main__":
    main()
