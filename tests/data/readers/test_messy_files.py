from __future__ import annotations

import csv
import os
from collections import Counter
from pathlib import Path

import pytest

from data.jobs import sandbox
from data.readers.reader import read
from domain.errors import FileError, YuepanError
from pages.kit.i18n.error_words import ERRORS

REAL = Path(os.environ.get("YUEPAN_REAL_DATA", Path(__file__).parents[4] / "shared" / "data"))
MESSY = REAL / "messy"
POLLOCK = MESSY / "pollock"
SECONDS, MEGABYTES, TOGETHER = 20, 1000, 12
# A table, or the sentence of one of these, is what a file may end in.
TABLES = {"imported", "asked", "read", "columns are asked", "nothing left"}
REFUSED = {"question_open", "column_not_dates", "column_not_numbers"}
# Why a clean answer is not met; docs/messy.md tells it.
UNMET = {"row_less_sep_row0_col1.csv"}

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not MESSY.exists(), reason=f"no files under {MESSY}"),
]


def looked_at(files):
    """Each file's end; a child for some together, and one each where that child failed."""
    try:
        found = sandbox.run(
            "tests.data.tally_work:look_all", files, seconds=SECONDS, megabytes=MEGABYTES
        )
    except YuepanError as error:
        if len(files) == 1:
            return [{"name": files[0][1], "ended": [error.code], "seconds": 0, "megabytes": 0}]
        return [one for file in files for one in looked_at([file])]
    return found


def test_every_messy_file_is_read_or_ends_in_one_sentence(capsys):
    paths = sorted(path for path in MESSY.rglob("*") if path.is_file())
    files = [(path, path.name) for path in paths if "parameters" not in path.parts]
    groups = [files[at : at + TOGETHER] for at in range(0, len(files), TOGETHER)]
    ends = [one for group in groups for one in looked_at(group)]
    assert len(ends) == len(files)
    for one in ends:
        assert one["seconds"] < SECONDS and one["megabytes"] < MEGABYTES, one
        for ended in one["ended"]:
            assert ended in TABLES | REFUSED | set(ERRORS), one
            assert ended not in {"reader_failed", "timed_out", "out_of_memory"}, one
    tally = Counter(ended for one in ends for ended in dict.fromkeys(one["ended"]))
    with capsys.disabled():
        print(f"\n{len(files)} messy files:", dict(tally.most_common()))
        slowest = max(ends, key=lambda one: one["seconds"])
        print("slowest:", slowest["name"], f"{slowest['seconds']:.1f} s;", end=" ")
        print("most memory:", f"{max(one['megabytes'] for one in ends):.0f} MB")


def cells_of(path):
    """Header, unless the file has none, and cells, as the clean answers write them."""
    sheet = read(path, path.name)[0]
    body = [[cell or "" for cell in list(row.values())[:-1]] for row in sheet.rows.to_pylist()]
    headless = any(note.code == "no_header" for note in sheet.notes)
    return body if headless else [list(sheet.header), *body]


def test_the_clean_answers_are_met(capsys):
    tables, met = [], []
    for path in sorted((POLLOCK / "csv").iterdir()):
        with (POLLOCK / "clean" / path.name).open(newline="", encoding="utf-8") as stream:
            clean = list(csv.reader(stream))
        try:
            found = cells_of(path)
        except FileError as error:
            assert error.code in ("no_table", "empty_file") and len(clean) < 2, path.name
            continue
        tables.append(path.name)
        met += [path.name] if found == clean else []
    with capsys.disabled():
        print(f"\n{len(met)} of {len(tables)} clean answers are met")
    assert set(tables) - set(met) == UNMET
    assert len(met) >= 0.95 * len(tables)
