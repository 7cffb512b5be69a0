"""Files into the store: the app's whole way beside an engine's own reader.

    >>> rows(folder, lines=1_000_000)

Each run is a process of its own over a database of its own. The clock starts when the
file lies on the disk and stops when its rows are in the database.
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

from benchmarks import made
from benchmarks.watch import Row, peak_of, ratio
from data.ingest import inbox, jobs
from data.jobs import background, sandbox
from data.store.database import opened

_ROOT = Path(__file__).parents[1]
_TODAY = date(2026, 3, 20)


def rows(folder: Path, lines: int, times: int = 3) -> Iterator[Row]:
    """The CSV with its peak of memory, in GB18030 too; then workbooks, the last of 60 MB."""
    csv = made.orders_csv(folder / "订单.csv", lines)
    ours, theirs, peak = _both(folder, csv, "engine", times)
    yield ratio(f"CSV of {lines:,} order lines", "DuckDB `CREATE TABLE AS`", 2.0, ours, theirs)
    yield Row("the same: peak memory", "—", 1.5, peak / 1e9 if peak else None, " GB")
    chinese = csv.with_name("订单-gb18030.csv")
    chinese.write_bytes(csv.read_bytes().decode("utf-8").encode("gb18030"))
    ours, _, _ = _both(folder, chinese, "", times)
    yield ratio("the same in GB18030", "DuckDB on UTF-8", 2.5, ours, theirs)
    chinese.unlink()
    csv.unlink()
    book = made.orders_xlsx(folder / "订单.xlsx", lines // 10)
    ours, theirs, _ = _both(folder, book, "sheet", times)
    yield ratio(f"xlsx of {lines // 10:,} rows", "`fastexcel`, as text", 2.0, ours, theirs)
    book.unlink()
    large = made.orders_xlsx(folder / "订单-大.xlsx", min(lines, 1_000_000))
    size = large.stat().st_size / 1e6
    _, _, peak = _both(folder, large, "", 1)
    yield Row(f"xlsx of {size:.0f} MB: peak memory", "—", 1.5, peak / 1e9 if peak else None, " GB")
    large.unlink()


def _both(folder: Path, file: Path, other: str, times: int) -> tuple[float, float, int]:
    """The median seconds of each way, in turns, and the app's highest peak."""
    pairs, highest = [], 0
    for _ in range(times):
        ours, peak = _run("app", file, folder)
        theirs = _run(other, file, folder)[0] if other else 0.0
        pairs.append((ours, theirs))
        highest = max(highest, peak)
    return median(one for one, _ in pairs), median(other for _, other in pairs), highest


def _run(way: str, file: Path, folder: Path) -> tuple[float, int]:
    with TemporaryDirectory(dir=folder) as place:
        command = [sys.executable, "-m", "benchmarks.landing", way, str(file), f"{place}/db"]
        spent, peak = peak_of(command, _ROOT)
    return float(spent), peak


def app(file: Path, database: Path) -> float:
    """The app's own way: received, read, understood, typed, landed; seconds after "received"."""
    store = opened(database)
    # As the Files page does when it is opened; nobody drops a file within a second of that.
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
    """What the engine does by itself: types guessed, nothing checked."""
    with duckdb.connect(str(database)) as connection:
        start = time.perf_counter()
        connection.execute("CREATE TABLE orders AS SELECT * FROM read_csv(?)", [str(file)])
        return time.perf_counter() - start


def sheet(file: Path, database: Path) -> float:
    """The sheet as text, in memory; it is in no database."""
    start = time.perf_counter()
    fastexcel.read_excel(str(file)).load_sheet(0, dtypes="string").to_arrow()
    return time.perf_counter() - start


_WAYS = {"app": app, "engine": engine, "sheet": sheet}

if __name__ == "__main__":
    way, file, database = sys.argv[1:]
    print(json.dumps(_WAYS[way](Path(file), Path(database))))
