"""Compare two checkouts: how long an import takes in each, and how much memory.

    python -m benchmarks.compare ../old . --lines 1000000 --times 5

The imports of the two alternate, so that other load on the machine meets both. Each is a
process that runs its own checkout's code over the same file, by the command line of
`benchmarks.landing`: whatever else moves in a checkout, that stays. Both use this
interpreter and its libraries.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks import company
from benchmarks.timing import run_watched

Import = tuple[float, int]  # seconds and peak memory in bytes


def main(arguments: Sequence[str] | None = None) -> None:
    """Import a CSV and a workbook in both checkouts; print medians and their ratios."""
    options = _options(arguments)
    with tempfile.TemporaryDirectory(prefix="yuepan-compare-") as name:
        folder = Path(name)
        files = [
            company.orders_csv(folder / "订单.csv", options.lines),
            company.orders_xlsx(folder / "订单.xlsx", options.lines // 10),
        ]
        for file in files:
            old, new = alternated(options.old, options.new, file, folder, options.times)
            print(describe(file.suffix, old, new), flush=True)


def alternated(
    old: Path, new: Path, file: Path, folder: Path, times: int
) -> tuple[list[Import], list[Import]]:
    """Return `times` imports of a file in each checkout; the first of each is not counted.

    Every second pair begins with the new checkout, so that neither always goes first.
    """
    before: list[Import] = []
    after: list[Import] = []
    for place in range(times + 1):
        pair = [(old, before), (new, after)]
        for tree, imports in pair if place % 2 == 0 else reversed(pair):
            imports.append(measure(tree, file, folder))
    return before[1:], after[1:]


def describe(what: str, old: Sequence[Import], new: Sequence[Import]) -> str:
    """Return a line of the median seconds, the median peaks of memory, and new ÷ old."""
    before, after = (median(seconds for seconds, _ in imports) for imports in (old, new))
    peak_before, peak_after = (median(peak for _, peak in each) / 1e9 for each in (old, new))
    return (
        f"{what}: {before:.2f} s → {after:.2f} s ({after / before:.2f}×), "
        f"{peak_before:.2f} GB → {peak_after:.2f} GB ({peak_after / peak_before:.2f}×)"
    )


def measure(tree: Path, file: Path, folder: Path) -> Import:
    """Import a file in a checkout; raise RuntimeError if that fails."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        command = [sys.executable, "-m", "benchmarks.landing", "app", str(file), f"{place}/db"]
        seconds, peak = run_watched(command, tree)
    return float(seconds), peak


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.compare",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("old", type=Path, help="the older checkout")
    parser.add_argument("new", type=Path, help="the newer checkout")
    parser.add_argument("--lines", type=int, default=1_000_000, help="order lines of the CSV")
    parser.add_argument("--times", type=int, default=5, help="counted imports of each")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
