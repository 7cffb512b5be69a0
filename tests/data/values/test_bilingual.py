"""Headers with two names for one thing, in two rows or in one cell."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.matching.aliases import known_name
from data.matching.columns import named
from data.matching.recognise import SURE, recognise
from data.matching.systems import systems
from data.values.bilingual import bilingual, halves
from data.values.currencies import header_currency
from data.values.header_text import key
from data.values.numbers import header_unit
from domain.tables import TABLES, table
from tests.data.exports import EXPORTS, Export
from tests.data.layout.test_messy_sheets import book, only, rows, text

ZH = ["客户名称", "订单日期", "金额", "业务员"]
API = ["account_name", "order_date", "amount", "sales_rep"]
EN = ["Account Name", "Order Date", "Amount", "Sales Rep"]
DATA = [["甲公司", "2026-01-05", "100.5", "李雷"], ["乙公司", "2026-01-06", "250", "韩梅"]]
WANTED = {"customer": 0, "order_date": 1, "amount": 2, "rep": 3}


@pytest.mark.parametrize(
    ("upper", "lower"),
    [(ZH, API), (API, ZH), (ZH, EN), (EN, ZH), (EN, API)],
    ids=["zh api", "api zh", "zh en", "en zh", "en api"],
)
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_two_rows_of_names_are_one_header_and_surely_known(tmp_path, upper, lower, suffix) -> None:
    lines = [["订单导出 2026"], upper, lower, *DATA]
    content = text(lines) if suffix == "csv" else book(lines)
    sheet = only(tmp_path, content, f"x.{suffix}")
    assert rows(sheet) == DATA
    samples = [[*column] for column in zip(*DATA, strict=True)]
    found = recognise(sheet.header, samples, f"x.{suffix}", "Sheet1")
    assert (found.table, found.mapping) == ("orders", WANTED)
    assert all(one.confidence >= SURE for one in found.columns)


def test_names_of_fields_below_a_header_over_nothing_but_words_are_no_row(tmp_path) -> None:
    lines = [
        ["业务员", "区域", "团队"],
        ["sales_rep", "sales_region", "team"],
        ["李雷", "华东", "一组"],
        ["韩梅", "华北", "二组"],
    ]
    sheet = only(tmp_path, text(lines))
    assert rows(sheet) == lines[2:]
    assert sheet.header[0] == "业务员 sales_rep"


def test_codes_in_the_first_row_of_a_table_of_words_stay_a_row(tmp_path) -> None:
    lines = [
        ["负责人", "线索来源", "状态"],
        ["ann.lee", "trade_show", "not_contacted"],
        ["bo.chen", "web_form", "not_contacted"],
    ]
    sheet = only(tmp_path, text(lines))
    assert (sheet.header, rows(sheet)) == (("负责人", "线索来源", "状态"), lines[1:])


def test_a_first_row_whose_amount_is_a_word_stays_a_row(tmp_path) -> None:
    lines = [["Region", "Rep", "Amount"], ["East", "Ann", "pending"]]
    lines += [["West", "Bo", str(n)] for n in range(8)]
    assert rows(only(tmp_path, text(lines))) == lines[1:]


def test_a_name_missing_in_one_of_two_languages_is_not_taken_from_the_left(tmp_path) -> None:
    upper, lower = [*ZH, None, "产品"], [*API, "quantity", "product"]
    lines = [upper, lower, *[[*line, "3", "泵"] for line in DATA]]
    assert only(tmp_path, text(lines)).header[4] == "quantity"


@pytest.mark.parametrize(
    "one_cell",
    [
        "{0}/{1}", "{0} / {1}", "{1}/{0}", "{0}({1})", "{0}（{1}）", "{1} ({0})", "{0} {1}",
        "{1} {0}", "{0}{1}", "{0}\n{1}", "{0}｜{1}", "{0} - {1}", "{0}*（{1}）", "{0}【{1}】",
    ],
)  # fmt: skip
@pytest.mark.parametrize("other", [API, EN], ids=["api", "en"])
def test_two_names_in_one_cell_are_known_as_surely_as_either(
    one_cell: str, other: list[str]
) -> None:
    for column, one, two in zip(WANTED, ZH, other, strict=True):
        both = {
            guess.column: guess
            for guess in named(table("orders"), one_cell.format(one, two), "generic")
        }
        alone = [
            guess.confidence
            for of in (one, two)
            for guess in named(table("orders"), of, "generic")
            if guess.column == column
        ]
        assert both[column].confidence == max(alone)


def test_names_that_a_program_made_up_leave_the_others_known() -> None:
    header = [
        "客户名称 KUNNR",
        "订单日期 AUDAT",
        "金额 NETWR",
        "业务员 field_Y8k2__c",
        "税额 MWSBP",
    ]
    samples = [[*column] for column in zip(*[[*line, "3"] for line in DATA], strict=True)]
    found = recognise(header, samples, "x.xlsx", "Sheet1")
    assert found.mapping == WANTED
    assert all(one.confidence >= SURE for one in found.columns[:4])


def test_labels_beside_the_names_of_a_program_nobody_knows_stay_known() -> None:
    header = ["Account Name acct_nm__c", "Order Date orderDt", "Amount amount", "Sales Rep u_ref_2"]
    samples = [[*column] for column in zip(*DATA, strict=True)]
    found = recognise(header, samples, "x.csv", "")
    assert (found.table, found.mapping) == ("orders", WANTED)
    assert all(one.confidence >= SURE for one in found.columns)


@pytest.mark.parametrize(
    ("header", "known"),
    [("客户ID KUNNR", "客户ID"), ("金额 Net worth", "金额"), ("Net worth 金额", "金额"),
     ("金额(万元)NETWR", "金额(万元)"), ("VBELN 客户ID", None), ("客户 订单日期", None),
     ("客户 ID KUNNR", "客户 ID"), ("客户 amount", None), ("客户方 KUNNR", None)],
)  # fmt: skip
def test_of_two_names_the_one_that_is_known(header: str, known: str | None) -> None:
    assert known_name(header, "generic") == known


@pytest.mark.parametrize("glue", [" ", "/", "{} ({})"])
def test_two_names_for_different_columns_are_never_sure(glue: str) -> None:
    samples = [[*column] for column in zip(*DATA, strict=True)]
    moved = [*API[1:], API[0]]
    header = [
        glue.format(*pair) if "{" in glue else glue.join(pair)
        for pair in zip(ZH, moved, strict=True)
    ]
    for into in ("orders", "deals", None):
        found = recognise(header, samples, "x.xlsx", "Sheet1", into=into)
        assert [one for one in found.columns if one.confidence >= SURE] == []


@pytest.mark.parametrize(
    "header",
    [["产品 数量", "产品 金额", "客户 名称"], ["华东 amount", "华东 quantity", "华南 amount"],
     ["Q1 金额", "Q1 数量", "Q2 金额"], ["客户 customer_id", "客户 customer_name", "客户 region"]],
    ids=["one language", "two languages", "quarters", "ids"],
)  # fmt: skip
def test_labels_of_groups_are_no_second_names(header: list[str]) -> None:
    assert not bilingual(header)


@pytest.mark.parametrize("one_cell", [True, False], ids=["one cell", "two rows"])
def test_months_in_two_languages_become_rows(tmp_path, one_cell: bool) -> None:
    upper = ["人员", "2026年1月", "2026年2月", "2026年3月", "合计"]
    lower = ["Rep", "Jan", "Feb", "Mar", "Total"]
    both = [f"{one}/{two}" for one, two in zip(upper, lower, strict=True)]
    lines = [*([both] if one_cell else [upper, lower]), ["李雷", 1, 2, 3, 6], ["韩梅", 2, 3, 4, 9]]
    sheet = only(tmp_path, book(lines), "销售目标.xlsx")
    assert sheet.header[1:3] == ("月份", "目标")
    assert [row[1:3] for row in rows(sheet)[:3]] == [
        ["2026-01", "1"], ["2026-02", "2"], ["2026-03", "3"],
    ]  # fmt: skip


def test_a_group_over_names_in_two_languages_leaves_them_known(tmp_path) -> None:
    lines = [["订单信息", None, None, "人员"], ZH, API, *DATA]
    sheet = only(tmp_path, book(lines, merge=("A1:C1",)), "x.xlsx")
    samples = [[*column] for column in zip(*rows(sheet), strict=True)]
    found = recognise(sheet.header, samples, "x.xlsx", "Sheet1")
    assert (rows(sheet), found.table, found.mapping) == (DATA, "orders", WANTED)


def test_groups_of_columns_are_read_as_before(tmp_path) -> None:
    lines = [
        ["订单号", "订单日期", "产品", None, "客户", None],
        [None, None, "数量", "金额", "名称", "区域"],
        ["A1", "2026-01-05", "3", "100.5", "甲公司", "华东"],
        ["A2", "2026-01-06", "4", "250", "乙公司", "华北"],
    ]
    sheet = only(tmp_path, book(lines, merge=("C1:D1", "E1:F1", "A1:A2", "B1:B2")), "x.xlsx")
    assert sheet.header == (
        "订单号",
        "订单日期",
        "产品 数量",
        "产品 金额",
        "客户 名称",
        "客户 区域",
    )
    samples = [[*column] for column in zip(*lines[2:], strict=True)]
    found = recognise(sheet.header, samples, "x.xlsx", "订单")
    # 客户 over 名称 is 客户名称 to the letter; the others are told by their values.
    told = [(one.column, one.confidence >= SURE) for one in found.columns]
    assert told == [
        ("order_id", True), ("order_date", True), ("quantity", False), ("amount", False),
        ("customer", True), ("region", False),
    ]  # fmt: skip


def test_a_group_over_a_number_and_a_name_gives_the_name() -> None:
    header = ["客户 customer_id", "客户 customer_name", "order_date", "amount"]
    samples: list[list[str | None]] = [["17"], ["甲公司"], ["2026-01-05"], ["9.5"]]
    assert recognise(header, samples, "x.csv", "").mapping["customer"] == 1


@pytest.mark.parametrize(
    ("header", "factor"),
    [
        ("金额（万元）amount", 10**4), ("金额(万元)/Amount", 10**4),
        ("Amount (in thousands) 金额", 1000), ("amount 金额（万元）", 10**4),
        ("金额 amount (万元)", 10**4), ("千万级客户 (client) 金额", 1), ("金额/Amount", 1),
    ],
)  # fmt: skip
def test_the_unit_beside_the_first_of_two_names_multiplies(header: str, factor: int) -> None:
    assert header_unit(header) == factor


@pytest.mark.parametrize(
    ("header", "currency"),
    [("金额（美元）amount", "USD"), ("金额(EUR)/Amount", "EUR"), ("Amount (HKD) 金额", "HKD"),
     ("金额 amount", None), ("金额(含税)amount", None)],
)  # fmt: skip
def test_the_currency_beside_the_first_of_two_names_counts(
    header: str, currency: str | None
) -> None:
    assert header_currency(header) == currency


def _other_name(export: Export, column: str, header: str) -> str | None:
    """A name of the column that everyone uses, in the other language."""
    generic = systems()["generic"].tables[export.table].aliases
    for spelling, found in generic.items():
        sure = any(one.column == column and not one.doubtful for one in found)
        if sure and spelling.isascii() == (not header.isascii()):
            return spelling
    return None


_GLUES: dict[str, Callable[[str, str], str]] = {
    "two rows": lambda one, other: f"{one} {other}",
    "other order": lambda one, other: f"{other} {one}",
    "slash": lambda one, other: f"{one}/{other}",
    "brackets": lambda one, other: f"{one} ({other})",
}


@pytest.mark.parametrize("glue", _GLUES.values(), ids=_GLUES)
def test_every_export_with_a_second_name_in_each_header_is_known_as_well(
    glue: Callable[[str, str], str],
) -> None:
    right = columns = tables = 0
    wrong = []
    for export in EXPORTS:
        header = [
            glue(text_, other)
            if column and (other := _other_name(export, column, text_))
            else text_
            for text_, column, _ in export.fields
        ]
        found = recognise(header, export.samples, export.file, export.sheet)
        tables += found.table == export.table
        for one, (_, wanted, _) in zip(found.columns, export.fields, strict=True):
            columns += wanted is not None
            right += wanted is not None and found.table == export.table and one.column == wanted
            if one.column not in (wanted, None) and one.confidence >= SURE:
                wrong.append((export.name, one))
    print(f"\ntables {tables}/{len(EXPORTS)}, columns {right}/{columns}, surely wrong {len(wrong)}")
    assert tables == len(EXPORTS)
    assert right >= 0.98 * columns
    assert wrong == []


@given(st.text(max_size=40))
def test_whatever_the_header_its_halves_are_names(header: str) -> None:
    assert all(key(one) and key(other) for one, other in halves(header))
    assert all(0 <= one.confidence <= 1 for into in TABLES for one in named(into, header, "zoho"))
