"""Two checkouts side by side: how long an import takes in each, and how much memory.

    python -m benchmarks.compare ../old . --lines 1000000 --times 5

The runs of the two alternate, each in a process of its own that runs its own checkout's
`benchmarks.landing` over the same file, so that what else the machine does meets both.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks import made
from benchmarks.watch import peak_of

Run = tuple[float, int]


def main(arguments: Sequence[str] | None = None) -> None:
    """Import a CSV and a workbook in both checkouts and print medians and ratios."""
    options = _options(arguments)
    with tempfile.TemporaryDirectory(prefix="yuepan-compare-") as name:
        folder = Path(name)
        files = [
            made.orders_csv(folder / "订单.csv", options.lines),
            made.orders_xlsx(folder / "订单.xlsx", options.lines // 10),
        ]
        for file in files:
            before, after = alternated(options.before, options.after, file, folder, options.times)
            print(describe(file.suffix, before, after), flush=True)


def alternated(
    before: Path, after: Path, file: Path, folder: Path, times: int
) -> tuple[list[Run], list[Run]]:
    """Seconds and bytes of `times` imports of `file` in each checkout, after one of each."""
    pairs = [
        (_import(before, file, folder), _import(after, file, folder)) for _ in range(times + 1)
    ]
    return [one for one, _ in pairs[1:]], [other for _, other in pairs[1:]]


def describe(what: str, before: Sequence[Run], after: Sequence[Run]) -> str:
    """One line: median seconds and highest memory of both, and their ratios."""
    old, new = (median(seconds for seconds, _ in runs) for runs in (before, after))
    held, holds = (max(peak for _, peak in runs) / 1e9 for runs in (before, after))
    return (
        f"{what}: {old:.2f} s → {new:.2f} s ({new / old:.2f}×), "
        f"{held:.2f} GB → {holds:.2f} GB ({holds / held:.2f}×)"
    )


def _import(tree: Path, file: Path, folder: Path) -> Run:
    with tempfile.TemporaryDirectory(dir=folder) as place:
        command = [sys.executable, "-m", "benchmarks.landing", "app", str(file), f"{place}/db"]
        seconds, peak = peak_of(command, tree)
    return float(seconds), peak


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compare")
    parser.add_argument("before", type=Path, help="the older checkout")
    parser.add_argument("after", type=Path, help="the newer one")
    parser.add_argument("--lines", type=int, default=1_000_000, help="order lines of the CSV")
    parser.add_argument("--times", type=int, default=5, help="runs of each that count")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
