from __future__ import annotations

from decimal import Decimal

import pytest

from data.cleaning.clean import CleanTask
from data.ingest import tasks
from data.layout import totals
from data.matching import recognise, systems
from data.readers.reader import read
from domain.tables import table

ROWS = [
    ["2026-10-08", "XS-1", "1", "甲厂", "张伟", "变频器", "15", "1,500.50"],
    ["2026-10-08", "XS-1", "2", "甲厂", "张伟", "电机", "5", "500.00"],
    ["2026-10-10", "XS-2", "1", "乙厂", "李娜", "变频器", "2", "99.50"],
    ["2026-10-12", "XS-3", "1", "丙厂", "李娜", "电机", "1", "10.00"],
]
HEAD = ["单据日期", "单据编号", "行号", "客户名称", "业务员", "存货名称", "数量", "金额"]


def total(label, at, amount, quantity=None):
    row = [None] * len(HEAD)
    row[at], row[-1], row[-2] = label, amount, quantity
    return row


def landed(tmp_path, lines, name="orders"):
    path = tmp_path / "file"
    told = ["\t".join(cell or "" for cell in line) for line in lines]
    path.write_text("\n".join(told), encoding="utf-8")
    (sheet,) = read(path, "list.txt")
    samples = [sheet.rows[str(at)].to_pylist() for at in range(len(sheet.header))]
    found = recognise.recognise(sheet.header, samples, "list.txt", "", into=name)
    words = systems.words(name, found.system)
    call = (sheet.rows, sheet.header, found.mapping, table(name), {}, words, None, 2026)
    (got,) = tasks.clean_all([CleanTask(*call)])
    return {note.code: dict(note.params) for note in sheet.notes}, got


@pytest.mark.parametrize("at", [0, 2, 6], ids=["date", "number of the line", "quantity"])
@pytest.mark.parametrize("label", ["合计", "总计：", "Total", "本月合计"])
def test_a_total_labelled_under_dates_or_numbers_is_no_order(tmp_path, at, label):
    quantity = None if at == 6 else "23"
    last = total(label, at, "2,110.00", quantity)
    if at == 6:
        last[6] = label
    notes, got = landed(tmp_path, [HEAD, *ROWS, last])
    assert notes["total_rows"] == {"count": 1, "rows": "6"}
    assert got.money_in["amount"] == Decimal("2110.00")
    assert (got.rows_in, got.rows.num_rows, got.left_out) == (4, 4, {})


def test_totals_of_each_day_stand_under_the_date_too(tmp_path):
    lines = [HEAD, *ROWS[:2], total("小计", 0, "2,000.50", "20"), *ROWS[2:],
             total("小计", 0, "109.50", "3"), total("合计", 0, "2,110.00", "23")]  # fmt: skip
    notes, got = landed(tmp_path, lines)
    assert notes["total_rows"] == {"count": 3, "rows": "4, 7, 8"}
    assert got.money_in["amount"] == Decimal("2110.00")


def test_a_list_of_two_columns_has_its_total_told_by_its_sum(tmp_path):
    lines = [["回款日期", "回款金额"], *[[one[0], one[-1]] for one in ROWS]]
    notes, got = landed(tmp_path, [*lines, ["合计", "2,110.00"]], "payments")
    assert notes["total_rows"]["count"] == 1
    assert got.money_in["amount"] == Decimal("2110.00")


def test_the_total_at_the_end_of_a_long_list_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(totals, "_SUMMED", 200)
    monkeypatch.setattr(totals, "_ENDS", 10)
    many = [
        [
            f"2026-10-{at % 28 + 1:02d}",
            f"XS-{at}",
            "1",
            f"客户{at}",
            "张伟",
            "电机",
            f"{at}",
            "1.00",
        ]
        for at in range(300)
    ]
    notes, got = landed(tmp_path, [HEAD, *many, total("合计", 0, "300.00", "9")])
    assert notes["total_rows"]["count"] == 1
    assert got.money_in["amount"] == 300
