"""`make bench`: measure every part in one run on one machine.

    python -m benchmarks.run                          # all of it, about a quarter of an hour
    python -m benchmarks.run import week --lines 100000 --largest 200000
    python -m benchmarks.run --quick                  # whether every part still runs
    python -m benchmarks.run --write                  # all of it, and the table in the docs

Everything is made in a folder that is deleted afterwards.
"""

from __future__ import annotations

import argparse
import logging
import os
import platform
import tempfile
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks import crowd, landing, pages, week, whatif
from benchmarks.timing import Row

DOCS = Path(__file__).parents[1] / "docs" / "benchmarks.md"
LINES, LARGEST = 1_000_000, 10_000_000
QUICK_LINES, QUICK_LARGEST = 3000, 6000
QUICK_CROWD = crowd.Crowd(sessions=3, every=0.2, lasting=0.5)
_START, _END = "<!-- measured -->\n", "<!-- end -->"
_LIBRARIES = ("duckdb", "streamlit", "pandas", "pyarrow", "plotly")

Part = Callable[[Path, argparse.Namespace], Iterator[Row]]
PARTS: dict[str, Part] = {
    "import": lambda folder, options: landing.rows(folder, options.lines, options.times or 3),
    "week": lambda folder, options: week.rows(
        folder, (options.lines, options.largest), options.times
    ),
    "whatif": lambda folder, options: whatif.rows(
        folder, min(options.lines, 100_000), options.times or 50
    ),
    "pages": lambda folder, options: pages.rows(folder, options.lines, options.times or 5),
    "crowd": lambda folder, options: crowd.rows(
        folder, options.lines, QUICK_CROWD if options.quick else crowd.Crowd()
    ),
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the chosen parts, print their rows as they come, and write the table on request."""
    options = _options(arguments)
    print(f"{machine()}\nload average at the start: {_load_average()}\n")
    rows: list[Row] = []
    for name in options.parts:
        with tempfile.TemporaryDirectory(prefix="yuepan-bench-") as folder:
            for row in PARTS[name](Path(folder), options):
                print(printed(row), flush=True)
                rows.append(row)
    print(f"\nload average at the end: {_load_average()}")
    if options.write:
        write(rows, options.write)


def machine() -> str:
    """Describe the machine by its cores and memory, and what runs on it."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    versions = [f"Python {platform.python_version()}"]
    versions += [f"{name} {version(name)}" for name in _LIBRARIES]
    return f"{os.cpu_count()} cores, {memory:.0f} GB of memory; {', '.join(versions)}"


def printed(row: Row) -> str:
    """Return a row for the terminal, with this machine's own seconds.

    `benchmarks.compare` parses it.
    """
    if row.measured is None:
        return f"   ?  {row.what}: {row.detail or 'not measured'}"
    mark = "met   " if row.met else "MISSED"
    detail = f"  ({row.detail})" if row.detail else ""
    return f"{mark} {_amount(row.measured, row)} of {_amount(row.goal, row)}  {row.what}{detail}"


def write(rows: Sequence[Row], page: Path) -> None:
    """Replace the table in a page; a page without its marks becomes the table alone."""
    text = page.read_text("utf-8") if page.exists() else ""
    before, start, rest = text.partition(_START)
    _, end, after = rest.partition(_END)
    text = f"{before}{start}{table(rows)}{end}{after}" if end else table(rows)
    page.write_text(text, "utf-8")


def table(rows: Sequence[Row]) -> str:
    """Return the rows as Markdown, with ratios only: seconds depend on the machine."""
    lines = [f"{machine()}.", "", "| what | beside | goal | measured | |", "|---|---|---|---|---|"]
    for row in rows:
        measured = "not measured" if row.measured is None else _amount(row.measured, row)
        verdict = {True: "met", False: "**missed**", None: ""}[row.met]
        goal = f"≤ {_amount(row.goal, row)}"
        lines.append(f"| {row.what} | {row.against} | {goal} | {measured} | {verdict} |")
    return "\n".join(lines) + "\n"


def _amount(value: float, row: Row) -> str:
    digits = 0 if row.unit == "" else 1 if row.unit == " ms" else 2
    return f"{value:.{digits}f}{row.unit}"


def _load_average() -> str:
    return " ".join(f"{average:.1f}" for average in os.getloadavg())


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.run",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; all by default")
    parser.add_argument("--lines", type=int, help=f"order lines ({LINES:,})")
    parser.add_argument("--largest", type=int, help=f"the second size of week ({LARGEST:,})")
    parser.add_argument("--times", type=int, help="how often each is measured (by part: 3 to 50)")
    parser.add_argument(
        "--quick", action="store_true", help="small and once: shows whether every part runs"
    )
    parser.add_argument(
        "--write", type=Path, nargs="?", const=DOCS, metavar="FILE",
        help="put the table into a file, docs/benchmarks.md by default",
    )  # fmt: skip
    options = parser.parse_args(arguments)
    options.parts = options.parts or list(PARTS)
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no part {', '.join(sorted(unknown))}")
    partial = options.parts != list(PARTS) or any(
        (options.lines, options.largest, options.times, options.quick)
    )
    if options.write == DOCS and partial:
        parser.error("only a whole run at full size is written to the docs")
    options.lines = options.lines or (QUICK_LINES if options.quick else LINES)
    options.largest = options.largest or (QUICK_LARGEST if options.quick else LARGEST)
    options.times = options.times or (1 if options.quick else None)
    return options


if __name__ == "__main__":
    # Streamlit warns whenever a page runs without a server.
    logging.disable(logging.WARNING)
    main()
