"""What an import took away is said of the file that lacks it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from data.facts.upsert import Landed
from data.staging.draft import Result
from data.store.database import Store
from pages.kit.files import taken_away
from pages.kit.i18n.words import words
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought

pytestmark = pytest.mark.usefixtures("inline")

EN = ["Deal ID", "Deal Name", "Customer", "Stage", "Amount", "Created Date", "Close Date"]
ZH = ["商机编号", "商机名称", "客户", "商机阶段", "商机金额", "创建日期", "预计成交日期"]
ROWS = [
    (f"D{at}", f"Pump {at}", f"Alder {at}", "Proposal", at * 100, f"2026-01-0{at}", "2026-06-30")
    for at in range(1, 5)
]
# | the earlier and the later import, each a day of March and its deals | what is said of the later
CASES = [
    pytest.param(
        (8, ROWS[:2]),
        (1, ROWS[:3]),
        ["Not in the pipeline, as a newer export no longer has them: 1 deal of {name}."],
    ),
    pytest.param(
        (8, ROWS[:2]),
        (1, ROWS),
        ["Not in the pipeline, as a newer export no longer has them: 2 deals of {name}."],
    ),
    pytest.param((8, ROWS[:2]), (1, ROWS[:2]), []),
    pytest.param((1, ROWS[:2]), (8, ROWS), []),
]


@pytest.mark.parametrize(("header", "write"), [(EN, as_csv), (ZH, as_xlsx)], ids=["en", "zh"])
@pytest.mark.parametrize(("first", "second", "said"), CASES)
def test_deals_leave_the_pipeline_by_the_word_of_the_export_that_lacks_them(
    store: Store,
    header: list[str],
    write: Callable[[Rows], bytes],
    first: tuple[int, Rows],
    second: tuple[int, Rows],
    said: list[str],
) -> None:
    for day, rows in (first, second):
        name = f"deals_2026030{day}.{'csv' if write is as_csv else 'xlsx'}"
        result = brought(store, name, write([header, *rows]))
    expected = [text.replace("{name}", result.name) for text in said]
    assert taken_away.sentences(words("en"), [result]) == expected


MISSING = "{count} missing from march.csv left the pipeline."
LACKING = "Not in the pipeline, as a newer export no longer has them: {count} of march.csv."
COUNTS = [
    pytest.param(1, 0, [MISSING.format(count="1 deal")], id="missing"),
    pytest.param(2, 2, [LACKING.format(count="2 deals")], id="of-an-older-export"),
    pytest.param(
        3, 1, [MISSING.format(count="2 deals"), LACKING.format(count="1 deal")], id="both"
    ),
    pytest.param(0, 0, [], id="none"),
]


@pytest.mark.parametrize(("gone", "lacking", "said"), COUNTS)
def test_what_is_missing_and_what_a_newer_export_lacks_are_two_sentences(
    gone: int, lacking: int, said: list[str]
) -> None:
    landed = Landed(new=3, changed=0, same=2, gone=gone, lacking=lacking)
    result = replace(Result("march.csv", "deals"), landed=landed)
    assert taken_away.sentences(words("en"), [result]) == said
