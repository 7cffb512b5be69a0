"""Measure imports: a file into the app's store, beside an engine's own reader.

    >>> rows(folder, lines=1_000_000)

Each import runs in a process of its own over a database of its own. The clock starts
when the file is on the disk and stops when its rows are in the database.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import duckdb
import fastexcel

from benchmarks import company
from benchmarks.timing import Row, ratio, run_watched, seconds
from data.ingest import inbox, jobs
from data.jobs import background, sandbox
from data.store.database import opened

_ROOT = Path(__file__).parents[1]
_TODAY = date(2026, 3, 20)


def rows(folder: Path, lines: int, times: int = 3) -> Iterator[Row]:
    """Yield the rows of a CSV in UTF-8 and in GB18030, then of two workbooks.

    The second workbook has as many lines as the CSV, a million at most (62 MB).
    """
    csv = company.orders_csv(folder / "订单.csv", lines)
    ours, theirs, peak = _medians_and_peak(folder, csv, "engine", times)
    yield ratio(f"CSV of {lines:,} order lines", "DuckDB `CREATE TABLE AS`", 2.0, ours, theirs)
    yield _memory("the same: peak memory", peak)
    chinese = csv.with_name("订单-gb18030.csv")
    chinese.write_bytes(csv.read_bytes().decode("utf-8").encode("gb18030"))
    ours, _, _ = _medians_and_peak(folder, chinese, None, times)
    yield ratio("the same in GB18030", "DuckDB on UTF-8", 2.5, ours, theirs)
    chinese.unlink()
    csv.unlink()
    book = company.orders_xlsx(folder / "订单.xlsx", lines // 10)
    ours, theirs, _ = _medians_and_peak(folder, book, "sheet", times)
    yield ratio(f"xlsx of {lines // 10:,} rows", "`fastexcel`, as text", 2.0, ours, theirs)
    book.unlink()
    large = company.orders_xlsx(folder / "订单-大.xlsx", min(lines, 1_000_000))
    size = large.stat().st_size / 1e6
    _, _, peak = _medians_and_peak(folder, large, None, 1)
    yield _memory(f"xlsx of {size:.0f} MB: peak memory", peak)
    large.unlink()


def _memory(what: str, peak: int) -> Row:
    return Row(what, "—", 1.5, peak / 1e9 if peak else None, " GB")


def _medians_and_peak(
    folder: Path, file: Path, other: str | None, times: int
) -> tuple[float, float, int]:
    """Return the median seconds of the app and of the other way, and the app's peak in bytes.

    The two run in turns; without another way its seconds are 0.
    """
    pairs, highest = [], 0
    for _ in range(times):
        ours, peak = _run("app", file, folder)
        theirs = _run(other, file, folder)[0] if other else 0.0
        pairs.append((ours, theirs))
        highest = max(highest, peak)
    return median(our for our, _ in pairs), median(their for _, their in pairs), highest


def _run(way: str, file: Path, folder: Path) -> tuple[float, int]:
    with TemporaryDirectory(dir=folder) as place:
        command = [sys.executable, "-m", "benchmarks.landing", way, str(file), f"{place}/db"]
        spent, peak = run_watched(command, _ROOT)
    return float(spent), peak


def app(file: Path, database: Path) -> float:
    """Import a file as the Files page does; return the seconds from received to landed.

    Raises RuntimeError if a row did not land or had a problem.
    """
    store = opened(database)
    # The Files page prepares the sandbox when it opens, at least a second before a file drops.
    sandbox.prepare()
    time.sleep(1)
    upload = inbox.receive(store, file.name, file.read_bytes())
    start = time.perf_counter()
    reading = jobs.start_reading(store, [upload], today=_TODAY)
    background.wait(store, reading)
    importing = jobs.start_import(store, background.outcome(reading), today=_TODAY)
    background.wait(store, importing)
    spent = time.perf_counter() - start
    (result,) = background.outcome(importing)
    if result.error or result.problem_count or result.landed.new != result.rows_in:
        raise RuntimeError(f"not all of the rows landed: {result}")
    store.close()
    return spent


def engine(file: Path, database: Path) -> float:
    """Load a CSV with the engine alone, types guessed and nothing checked; return the seconds."""
    query = "CREATE TABLE orders AS SELECT * FROM read_csv(?)"
    with duckdb.connect(str(database)) as connection:
        return seconds(lambda: connection.execute(query, [str(file)]))


def sheet(file: Path, database: Path) -> float:
    """Read a sheet as text into memory, and into no database; return the seconds."""
    return seconds(
        lambda: fastexcel.read_excel(str(file)).load_sheet(0, dtypes="string").to_arrow()
    )


_WAYS = {"app": app, "engine": engine, "sheet": sheet}

if __name__ == "__main__":
    way, file, database = sys.argv[1:]
    print(json.dumps(_WAYS[way](Path(file), Path(database))))
