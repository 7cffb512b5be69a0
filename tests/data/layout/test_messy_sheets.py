from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
import xlwt
from openpyxl import Workbook

from data.cleaning import clean
from data.ingest import tasks
from data.matching import recognise, systems
from data.readers.reader import read
from data.values.numbers import header_unit
from data.values.units import title_unit
from domain.errors import FileError
from domain.tables import table
from pages.kit.i18n.error_words import ERRORS
from pages.kit.i18n.note_words import NOTES


def sheets(tmp_path, content, name="销售.csv"):
    path = tmp_path / "upload.bin"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read(path, name)


def only(tmp_path, content, name="销售.csv"):
    (sheet,) = sheets(tmp_path, content, name)
    return sheet


def rows(sheet):
    return [list(row.values())[:-1] for row in sheet.rows.to_pylist()]


def notes(sheet):
    return {note.code: dict(note.params) for note in sheet.notes}


def book(*pages, merge=(), name=None):
    made = Workbook()
    made.remove(made.active)
    for at, lines in enumerate(pages):
        page = made.create_sheet(name[at] if name else f"Sheet{at + 1}")
        for line in lines:
            page.append(list(line))
        for ref in merge:
            page.merge_cells(ref)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def text(lines):
    return "\n".join(",".join("" if cell is None else str(cell) for cell in line) for line in lines)


DATA = [["李雷", "2026-01-05", 100], ["韩梅", "2026-01-06", 250], ["王芳", "2026-01-07", 50]]
HEAD = ["业务员", "日期", "金额"]
CELLS = [[str(cell) for cell in line] for line in DATA]


def test_titles_a_blank_row_and_a_line_of_units_stand_above_the_header(tmp_path):
    lines = [["2026年1月销售明细"], [None], [None, None, "单位：万元"], HEAD, *DATA]
    sheet = only(tmp_path, text(lines))
    assert (sheet.header, rows(sheet)) == (tuple(HEAD), CELLS)
    assert notes(sheet)["title_rows"] == {"count": 2, "header_row": 4}
    assert notes(sheet)["unit_in_title"] == {"unit": "万元"}


@pytest.mark.parametrize("merged", [True, False], ids=["merged", "blank"])
def test_months_over_target_and_actual_become_rows(tmp_path, merged):
    lines = [
        ["2026年销售目标"],
        ["人员", "1月", None, "2月", None, "3月", None],
        [None, "目标", "实际", "目标", "实际", "目标", "实际"],
        ["李雷", 100, 90, 110, 95, 120, None],
        ["韩梅", 200, 210, 220, 205, 230, None],
    ]
    ranges = ("A1:G1", "A2:A3", "B2:C2", "D2:E2", "F2:G2") if merged else ()
    sheet = only(tmp_path, book(lines, merge=ranges), "a.xlsx")
    assert sheet.header == ("人员", "月份", "目标", "实际")
    assert rows(sheet) == [
        ["李雷", "2026-01", "100", "90"],
        ["李雷", "2026-02", "110", "95"],
        ["李雷", "2026-03", "120", None],
        ["韩梅", "2026-01", "200", "210"],
        ["韩梅", "2026-02", "220", "205"],
        ["韩梅", "2026-03", "230", None],
    ]
    assert notes(sheet)["header_rows"] == {"count": 2, "row": 2}
    assert notes(sheet)["year_from_title"] == {"year": 2026}
    assert notes(sheet)["months_to_rows"]["count"] == 6


@pytest.mark.parametrize(
    ("heads", "periods"),
    [
        (["2026年1月", "2026年2月", "2026年3月"], ["2026-01", "2026-02", "2026-03"]),
        (["2026-01", "2026-02", "2026-03"], ["2026-01", "2026-02", "2026-03"]),
        (["202601", "202602", "202603"], ["2026-01", "2026-02", "2026-03"]),
        (["Jan-26", "Feb-26", "Mar-26"], ["2026-01", "2026-02", "2026-03"]),
        (["Jan 2026", "Feb 2026", "Mar 2026"], ["2026-01", "2026-02", "2026-03"]),
        (["2026-Q1", "2026-Q2", "2026-Q3"], ["2026-Q1", "2026-Q2", "2026-Q3"]),
        (["一月", "二月", "三月"], ["1月", "2月", "3月"]),
        (["1月", "2月", "3月"], ["1月", "2月", "3月"]),
    ],
    ids=lambda one: one[0],
)
def test_months_and_quarters_as_columns_are_known_in_every_spelling(tmp_path, heads, periods):
    lines = [["人员", *heads], ["李雷", 1, 2, 3], ["韩梅", 4, None, 6]]
    sheet = only(tmp_path, text(lines), "销售目标.csv")
    assert sheet.header[0] == "人员" and sheet.header[2] == "目标"
    assert rows(sheet) == [
        *(["李雷", told, str(at + 1)] for at, told in enumerate(periods)),
        ["韩梅", periods[0], "4"],
        ["韩梅", periods[2], "6"],
    ]
    places = [sheet.origin.place(row)[1:] for row in sheet.rows["row"].to_pylist()]
    assert places == [(2, 0), (2, 1), (2, 2), (3, 0), (3, 2)]
    assert ("year_unknown" in notes(sheet)) == ("月" in periods[0])


def test_months_that_excel_keeps_as_dates_are_months(tmp_path):
    lines = [["Rep", date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)], ["Li", 1, 2, 3]]
    sheet = only(tmp_path, book(lines), "target.xlsx")
    assert sheet.header == ("Rep", "Month", "Target")
    assert [row[1] for row in rows(sheet)] == ["2026-01", "2026-02", "2026-03"]


def test_the_years_total_beside_its_months_is_left_aside_and_told(tmp_path):
    lines = [
        ["人员", "1月", "2月", "3月", "Q1", "合计"],
        ["李雷", 1, 2, 3, 6, 6],
        ["韩梅", 1, 1, 1, 3, 3],
    ]
    sheet = only(tmp_path, text(lines), "2026目标.csv")
    assert sheet.header == ("人员", "月份", "目标")
    assert sum(int(row[2]) for row in rows(sheet)) == 9
    assert notes(sheet)["total_columns"] == {"count": 2, "columns": "Q1, 合计"}


def test_the_columns_of_a_plain_list_are_no_months(tmp_path):
    lines = [["Order", "Q1 score", "May", "Amount"], ["A1", "good", 3, 5], ["A2", "bad", 4, 6]]
    assert only(tmp_path, text(lines)).header == ("Order", "Q1 score", "May", "Amount")


def test_three_rows_of_header_are_joined_to_one_name(tmp_path):
    lines = [
        ["客户", "合同", None, None, None],
        [None, "已签", None, "待签", None],
        [None, "份数", "金额", "份数", "金额"],
        ["宏远", 1, 100, 2, 200],
        ["蓝海", 3, 300, 4, 400],
    ]
    sheet = only(tmp_path, text(lines))
    assert sheet.header == (
        "客户", "合同 已签 份数", "合同 已签 金额", "合同 待签 份数", "合同 待签 金额",
    )  # fmt: skip
    assert rows(sheet)[0] == ["宏远", "1", "100", "2", "200"]


def test_a_first_row_of_words_is_not_a_second_header(tmp_path):
    lines = [HEAD, ["李雷", "待定", "n/a"], *DATA[1:]]
    sheet = only(tmp_path, text(lines))
    assert (sheet.header, len(rows(sheet))) == (tuple(HEAD), 3)


def test_a_table_without_a_header_loses_no_row(tmp_path):
    sheet = only(tmp_path, text(DATA))
    assert (sheet.header, rows(sheet)) == (("column 1", "column 2", "column 3"), CELLS)
    assert notes(sheet)["no_header"] == {"row": 1}


def test_the_header_repeated_on_every_page_goes(tmp_path):
    sheet = only(tmp_path, text([HEAD, *DATA, HEAD, *DATA[:1], HEAD, *DATA[1:]]))
    assert rows(sheet) == [*CELLS, *CELLS]
    assert notes(sheet)["header_again"] == {"count": 2, "rows": "5, 7"}


@pytest.mark.parametrize(
    "label", ["合计", "总计", "小计", "Total", "Grand Total", "Subtotal", "Sum", "合 计："]
)
@pytest.mark.parametrize("place", ["end", "top"])
def test_a_line_of_sums_goes_wherever_it_stands(tmp_path, label, place):
    total = [label, None, 400]
    lines = [HEAD, *DATA, total] if place == "end" else [HEAD, total, *DATA]
    sheet = only(tmp_path, text(lines))
    assert rows(sheet) == CELLS
    assert notes(sheet)["total_rows"] == {"count": 1, "rows": "5" if place == "end" else "2"}


def test_subtotals_between_groups_go(tmp_path):
    lines = [
        ["区域", "业务员", "金额"],
        ["华东", "李雷", 100], ["华东", "韩梅", 50], ["华东 小计", None, 150],
        ["华北", "王芳", 70], ["华北小计", None, 70],
        ["总计", None, 220],
    ]  # fmt: skip
    sheet = only(tmp_path, text(lines))
    assert [row[2] for row in rows(sheet)] == ["100", "50", "70"]
    assert notes(sheet)["total_rows"] == {"count": 3, "rows": "4, 6, 7"}


def test_sums_are_known_by_their_figures_where_nothing_else_is_blank(tmp_path):
    lines = [["Rep", "Sales"], ["Li", 100], ["Wu", "1,050.5"], ["Total", "1150.50"]]
    content = "\n".join(";".join(map(str, line)) for line in lines)
    assert [row[0] for row in rows(only(tmp_path, content))] == ["Li", "Wu"]


@pytest.mark.parametrize(
    "name", ["Total Energies", "Total", "合计贸易", "Sum Systems", "Totalplay"]
)
def test_a_customer_whose_name_sounds_like_a_sum_stays(tmp_path, name):
    lines = [
        ["Order", "Customer", "Date", "Amount"],
        ["A1", "Acme", "2026-01-05", 10], ["A2", name, "2026-01-06", 20],
        ["A3", "Bond", "2026-01-07", 30],
    ]  # fmt: skip
    sheet = only(tmp_path, text(lines))
    assert len(rows(sheet)) == 3 and "total_rows" not in notes(sheet)


def test_blank_rows_and_columns_go_and_the_table_stays_one(tmp_path):
    lines = [
        ["Rep", None, "Date", None, "Amount"],
        ["Li", None, "2026-01-05", None, 1], [None] * 5, ["Wu", None, "2026-01-06", None, 2],
        ["Bo", None, "2026-01-07", None, 3],
    ]  # fmt: skip
    sheet = only(tmp_path, text(lines))
    assert sheet.header == ("Rep", "Date", "Amount")
    assert sheet.rows["row"].to_pylist() == [2, 4, 5]
    assert "other_table" not in notes(sheet)


def test_merged_names_are_told_on_every_line_and_a_merged_amount_counts_once(tmp_path):
    lines = [
        ["区域", "订单号", "订单金额", "产品", "数量"],
        ["华东", "S1", 300, "泵", 1], [None, None, None, "阀", 2],
        [None, "S2", 80, "泵", 3], ["华北", "S3", 50, "阀", 4],
    ]  # fmt: skip
    sheet = only(tmp_path, book(lines, merge=("A2:A4", "B2:B3", "C2:C3")), "a.xlsx")
    assert rows(sheet) == [
        ["华东", "S1", "300", "泵", "1"],
        ["华东", "S1", None, "阀", "2"],
        ["华东", "S2", "80", "泵", "3"],
        ["华北", "S3", "50", "阀", "4"],
    ]
    assert notes(sheet)["merged_cells"] == {"count": 2, "rows": "2"}
    assert notes(sheet)["merged_amounts"] == {"count": 1, "rows": "2"}


def test_an_order_told_on_its_first_line_only_is_told_on_all(tmp_path):
    lines = [
        ["订单号", "日期", "客户", "订单总额", "产品", "数量"],
        ["S1", "2026-01-05", "宏远", 300, "泵", 1], [None, None, None, None, "阀", 2],
        ["S2", "2026-01-06", "蓝海", 80, "泵", 3], [None, None, None, None, "管", 4],
    ]  # fmt: skip
    sheet = only(tmp_path, text(lines).encode("gbk"))
    assert [row[:3] for row in rows(sheet)] == [
        ["S1", "2026-01-05", "宏远"], ["S1", "2026-01-05", "宏远"],
        ["S2", "2026-01-06", "蓝海"], ["S2", "2026-01-06", "蓝海"],
    ]  # fmt: skip
    assert [row[3] for row in rows(sheet)] == ["300", None, "80", None]
    assert notes(sheet)["filled_down"] == {
        "count": 2, "columns": "订单号, 日期, 客户", "rows": "3, 5",
    }  # fmt: skip


def test_a_number_missing_here_and_there_is_not_made_up(tmp_path):
    lines = [
        ["Order", "Rep", "Amount"],
        *([f"S{at}" if at % 20 else None, "Li", at] for at in range(1, 61)),
    ]
    sheet = only(tmp_path, text(lines))
    assert sheet.rows["0"].null_count == 3 and "filled_down" not in notes(sheet)


def test_one_table_on_several_sheets_is_one(tmp_path):
    head = ["客户", "产品", "金额"]
    pages = [
        [head, ["宏远", "泵", 1], ["蓝海", "阀", 2]],
        [head, ["启明", "泵", 3]],
        [["说明"], ["无"]],
    ]
    first, other = sheets(tmp_path, book(*pages, name=["1月", "2月", "备注"]), "2026销售.xlsx")
    assert first.header == (*head, "月份")
    assert rows(first) == [
        ["宏远", "泵", "1", "2026-01"], ["蓝海", "阀", "2", "2026-01"],
        ["启明", "泵", "3", "2026-02"],
    ]  # fmt: skip
    places = [first.origin.place(row) for row in first.rows["row"].to_pylist()]
    assert [(part.sheet, row) for part, row, _ in places] == [("1月", 2), ("1月", 3), ("2月", 2)]
    assert notes(first)["sheets_joined"] == {"count": 2, "sheets": "1月, 2月"}
    assert other.name == "备注"


def test_of_two_tables_side_by_side_the_largest_is_read_and_the_other_named(tmp_path):
    left = [HEAD, *DATA, ["李雷", "2026-01-08", 5]]
    right = [["产品", "单价"], ["泵", 3], ["阀", 4]]
    lines = [
        [*line, None, *(right[at] if at < len(right) else [None, None])]
        for at, line in enumerate(left)
    ]
    sheet = only(tmp_path, text(lines))
    assert (sheet.header, len(rows(sheet))) == (tuple(HEAD), 4)
    assert notes(sheet)["other_table"] == {"place": "E1:F3", "count": 2}


def test_of_two_tables_one_under_the_other_the_largest_is_read_and_the_other_named(tmp_path):
    lines = [
        ["产品", "单价", None],
        ["泵", 3, None],
        ["阀", 4, None],
        [None] * 3,
        ["一月", None, None],
        HEAD,
        *DATA,
    ]
    sheet = only(tmp_path, text(lines))
    assert (sheet.header, rows(sheet)) == (tuple(HEAD), CELLS)
    assert notes(sheet)["other_table"] == {"place": "1:5", "count": 2}


def test_sentences_below_a_table_are_told_apart(tmp_path):
    lines = [
        [*HEAD, "产品"],
        *([*line, "泵"] for line in DATA),
        [None] * 4,
        ["制表人：张三", None, None, None],
    ]
    sheet = only(tmp_path, text(lines))
    assert len(rows(sheet)) == 3
    assert notes(sheet)["footer_rows"] == {"count": 1, "rows": "6"}


def test_a_short_table_below_a_form_of_names_and_values_is_found(tmp_path):
    lines = [
        ["导出人：", "张三"], ["导出时间：", "2026年03月04日"], ["周期", "2026-03-01~2026-03-31"],
        [None, None, *HEAD, "产品"], [None, None, *DATA[0], "泵"],
    ]  # fmt: skip
    sheet = only(tmp_path, book(lines), "a.xlsx")
    assert (sheet.header, rows(sheet)) == ((*HEAD, "产品"), [[*CELLS[0], "泵"]])
    assert notes(sheet)["title_rows"] == {"count": 3, "header_row": 4}


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("Year", 2025, 2026),
        ("Target Year", "2025", "2026"),
        ("目标年份", "2025年", "2026年"),
        ("計劃年度", "2025年度", "2026年度"),
        ("Planjahr", "2025.0", "2026.0"),
        ("Année", 2025, 2026),
        ("Año", 2025, 2026),
    ],
)
def test_the_year_of_months_as_columns_may_stand_in_a_column(tmp_path, name, first, second):
    lines = [[name, "Jan", "Feb", "Mar"], [first, 1, 2, 3], [second, 4, 5, 6]]
    sheet = only(tmp_path, text(lines), "budget.csv")
    assert [row[1] for row in rows(sheet)] == [
        "2025-01", "2025-02", "2025-03", "2026-01", "2026-02", "2026-03",
    ]  # fmt: skip


def test_merged_cells_of_an_old_workbook_are_told_too(tmp_path):
    made = xlwt.Workbook()
    page = made.add_sheet("订单")
    for at, name in enumerate(["订单号", "客户", "数量"]):
        page.write(0, at, name)
    page.write_merge(1, 2, 0, 0, "S1")
    page.write_merge(1, 2, 1, 1, "宏远")
    for at in range(3):
        page.write(at + 1, 2, at)
    page.write(3, 0, "S2")
    page.write(3, 1, "蓝海")
    stream = io.BytesIO()
    made.save(stream)
    sheet = only(tmp_path, stream.getvalue(), "a.xls")
    assert rows(sheet) == [["S1", "宏远", "0"], ["S1", "宏远", "1"], ["S2", "蓝海", "2"]]


def without(content, *parts, **more):
    """A workbook's package without some parts and with others."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, text in more.items():
            new.writestr(name, text)
    return stream.getvalue()


def test_macros_and_links_are_told_and_never_followed(tmp_path):
    content = without(
        book([HEAD, *DATA]),
        **{
            "xl/vbaProject.bin": b"Attribute VB_Name",
            "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
        },
    )
    sheet = only(tmp_path, content, "a.xlsm")
    assert rows(sheet)[0][0] == "李雷"
    assert {"macros_ignored", "links_not_followed"} <= set(notes(sheet))


def test_a_formula_is_not_worked_out(tmp_path):
    lines = [HEAD, ["李雷", "2026-01-05", "=1+1"], ["韩梅", "2026-01-06", '=HYPERLINK("http://x")']]
    sheet = only(tmp_path, book(lines), "a.xlsx")
    assert [row[2:] for row in rows(sheet)] == [[], []] or rows(sheet)[0][2] is None
    assert notes(sheet)["formulas_without_values"] == {"count": 2}


@pytest.mark.parametrize(
    ("limit", "most", "code"),
    [
        ("data.readers.reader.LARGEST_FILE", 10, "too_large"),
        ("data.readers.file_types.LARGEST_UNPACKED", 100, "unpacks_too_large"),
        ("data.readers.bounds.MOST_ROWS", 2, "too_many_rows"),
        ("data.readers.bounds.MOST_COLUMNS", 2, "too_many_columns"),
        ("data.readers.bounds.MOST_CELLS", 8, "too_many_cells"),
    ],
)
def test_each_limit_has_its_own_sentence(tmp_path, monkeypatch, limit, most, code):
    monkeypatch.setattr(limit, most)
    with pytest.raises(FileError) as caught:
        sheets(tmp_path, book([HEAD, *DATA]), "a.xlsx")
    assert caught.value.code == code
    assert caught.value.params["limit"] == most
    if code != "unpacks_too_large":
        with pytest.raises(FileError) as caught:
            sheets(tmp_path, text([HEAD, *DATA]))
        assert caught.value.code == code
    assert code in ERRORS


def test_every_note_of_the_reader_has_its_sentence():
    rooms = Path(__file__).parents[3] / "data"
    told = {
        found
        for path in rooms.glob("*.py")
        for found in re.findall(r'Note\(\s*"(\w+)"', path.read_text(encoding="utf-8"))
    }
    assert told | {"merged_cells", "merged_amounts"} <= set(NOTES)


def taken(sheet, name, answers=(), file="销售目标.csv"):
    """The sheet recognised and typed as an import does it, and what was asked."""
    samples = [sheet.rows[str(at)].to_pylist() for at in range(len(sheet.header))]
    found = recognise.recognise(sheet.header, samples, file, sheet.name)
    assert found.table == name
    into, words = table(name), systems.words(name, found.system)
    call = (sheet.rows, sheet.header, found.mapping, into, dict(answers))
    task = clean.CleanTask(*call, words, None, 2026)
    asked = clean.settled(task).questions
    (cleaned,) = tasks.clean_all([task])
    return asked, cleaned


def test_the_year_of_bare_months_is_asked_and_the_answer_holds(tmp_path):
    lines = [["销售员", "1月", "2月", "3月"], ["李雷", 1, 2, 3], ["韩梅", 4, 5, 6]]
    sheet = only(tmp_path, text(lines), "销售目标.csv")
    (asked,), refused = taken(sheet, "targets")
    assert (asked.kind, asked.options) == ("year", ("2026", "2025", "2027"))
    assert asked.samples[0] == ("1月", ("2026-01", "2025-01", "2027-01"))
    assert refused.code == "question_open"
    _, cleaned = taken(sheet, "targets", {asked.key: "2027"})
    assert cleaned.rows["period"].to_pylist()[:3] == ["2027-01", "2027-02", "2027-03"]
    assert sum(cleaned.rows["target"].to_pylist()) == 21 == cleaned.money_in["target"]


def test_a_target_sheet_of_pairs_under_months_is_imported_with_its_targets(tmp_path):
    lines = [
        ["2026年销售目标", *[None] * 6],
        ["销售员", "1月", None, "2月", None, "3月", None],
        [None, *["目标", "实际"] * 3],
        ["李雷", 100, 90, 110, 95, 120, 80], ["韩梅", 200, 210, 220, 205, 230, 100],
        ["合计", 300, 300, 330, 300, 350, 180],
    ]  # fmt: skip
    sheet = only(tmp_path, book(lines, merge=("A1:G1",)), "目标.xlsx")
    asked, cleaned = taken(sheet, "targets")
    assert not asked
    assert sorted(map(int, cleaned.rows["target"].to_pylist())) == [100, 110, 120, 200, 220, 230]
    assert set(cleaned.rows["period"].to_pylist()) == {"2026-01", "2026-02", "2026-03"}


def test_spend_by_month_is_imported_as_spend(tmp_path):
    lines = [["渠道", "2026-01", "2026-02", "2026-03"], ["百度", 1, 2, 3], ["展会", 4, 5, 6]]
    sheet = only(tmp_path, text(lines), "市场费用.csv")
    _, cleaned = taken(sheet, "spend", file="市场费用.csv")
    assert sum(cleaned.rows["amount"].to_pylist()) == 21


@pytest.mark.parametrize(
    ("header", "factor"),
    [
        ("销售额（万元）", 10**4), ("金额(千元)", 1000), ("金额/亿元", 10**8),
        ("Amount (k€)", 1000),
        ("Revenue (K USD)", 1000), ("Sales (in thousands)", 1000), ("Sales (€ million)", 10**6),
        ("金额（百万元）", 10**6), ("Amount", 1), ("Amount (EUR)", 1), ("Distance (km)", 1),
        ("Sales (k)", 1000), ("金额（元）", 1),
    ],
)  # fmt: skip
def test_the_unit_of_a_header_multiplies(header, factor):
    assert header_unit(header) == factor


_STRING = 'office:value-type="string"'


def ods(lines):
    """A spreadsheet of LibreOffice with these cells and nothing else."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f"<table:table-cell {_STRING}><text:p>{escape(str(cell))}</text:p></table:table-cell>"
            if cell is not None
            else "<table:table-cell/>"
            for cell in line
        )
        + "</table:table-row>"
        for line in lines
    )
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content{spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="S">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return stream.getvalue()


def test_a_format_that_cannot_tell_merged_cells_says_so(tmp_path):
    lines = [
        ["产品", "区域", "金额"],
        ["泵", "华东", 1],
        ["阀", None, 2],
        ["管", None, 3],
        ["泵", "华北", 4],
    ]
    sheet = only(tmp_path, ods(lines), "a.ods")
    assert [row[1] for row in rows(sheet)] == ["华东", None, None, "华北"]
    assert notes(sheet)["merges_unknown"] == {"count": 2, "columns": "区域"}


def test_a_bomb_is_refused_by_how_much_it_is_packed(tmp_path, monkeypatch):
    monkeypatch.setattr("data.readers.file_types.SUSPICIOUS", 1 << 20)
    content = without(book([HEAD, *DATA]))
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/more.xml", b" " * (8 << 20))
    with pytest.raises(FileError) as caught:
        sheets(tmp_path, stream.getvalue(), "a.xlsx")
    assert caught.value.code == "unpacks_too_large"


@pytest.mark.parametrize("separator", ["||", "~|~", "^", "~", ": ", ", ", "\x1f"])
def test_a_separator_seldom_seen_is_found(tmp_path, separator):
    lines = [["Rep", "Day", "Amount", "Note"], ["Li", "5 May 2026", "1", "a b"]]
    lines += [["Wu Xin", "6 May 2026", "2", "c"], ["Bo", "7 May 2026", "3", ""]]
    sheet = only(tmp_path, "\n".join(separator.join(line) for line in lines))
    assert sheet.header == tuple(lines[0])
    assert rows(sheet) == [[cell or None for cell in line] for line in lines[1:]]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('S2,"Bolt, 5" long",2026-01-06,7', ["S2", 'Bolt, 5" long', "2026-01-06", "7"]),
        ("S2,Nut,,2026-01-06,7", ["S2", "Nut", "2026-01-06", "7"]),
        (",S2,Nut,2026-01-06,7", ["S2", "Nut", "2026-01-06", "7"]),
        ("S2,Nut,2026-01-067", None),
    ],
    ids=["a quote not escaped", "a separator too many", "one in front", "no place for the cut"],
)
def test_a_row_that_slipped_is_put_right_where_only_one_way_fits(tmp_path, line, cells):
    lines = [f"S{at},Nut,2026-01-{at:02d},{at}" for at in range(10, 20)]
    sheet = only(tmp_path, "\n".join(["Order,Item,Day,Qty", *lines, line]))
    if cells is None:
        assert notes(sheet)["ragged_rows"] == {"count": 1, "usual": 4, "row": 12}
    else:
        assert rows(sheet)[-1] == cells
        assert notes(sheet)["rows_straightened"] == {"count": 1, "rows": "12"}


@pytest.mark.parametrize(
    ("encoding", "lines"),
    [
        (
            "big5",
            [["訂單編號", "客戶名稱", "金額"], ["S1", "台灣電子公司", "1"], ["S2", "高雄港", "2"]],
        ),
        ("gb18030", [["订单号", "客户", "金额"], ["S1", "㐂和堂", "1"], ["S2", "镕基电气", "2"]]),
        ("cp1252", [["Größe", "Straße", "Maß"], ["Müller", "Öl", "1"], ["Jäger", "Zürich", "2"]]),
        ("utf-16-be", [["订单", "Client", "Amount"], ["S1", "Acme Ltd", "1"], ["S2", "Bond", "2"]]),
        ("utf-8-sig", [["订单", "客户", "金额"], ["S1", "宏远", "1"], ["S2", "蓝海", "2"]]),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)  # fmt: skip
@pytest.mark.parametrize("many", [1, 20_000], ids=["small", "large"])
def test_names_in_every_encoding_are_read(tmp_path, encoding, lines, many):
    sheet = only(tmp_path, (text([lines[0], *lines[1:] * many]) + "\n").encode(encoding))
    assert sheet.header == tuple(lines[0])
    assert rows(sheet.__class__(**{**vars(sheet), "rows": sheet.rows.slice(0, 2)})) == lines[1:]
    assert sheet.rows.num_rows == 2 * many


def test_every_spelling_of_nothing_is_no_figure(tmp_path):
    words = ["-", "—", "N/A", "#N/A", "null", "无", "暂无"]
    lines = [
        ["订单号", "日期", "金额"],
        *([f"S{at}", "2026-01-05", one] for at, one in enumerate(words)),
    ]
    sheet = only(tmp_path, text([*lines, ["S9", "2026-01-05", "１２.５"]]), "订单.csv")
    _, cleaned = taken(sheet, "orders", file="订单.csv")
    assert cleaned.money_in["amount"] == Decimal("12.5")


def test_a_row_of_units_below_the_names_belongs_to_them(tmp_path):
    lines = [["业务员", "销售额", "数量"], [None, "万元", "台"], ["李雷", 1.5, 3], ["韩梅", 2, 4]]
    sheet = only(tmp_path, text(lines))
    assert sheet.header == ("业务员", "销售额 (万元)", "数量 (台)")
    assert header_unit(sheet.header[1]) == 10**4
    assert len(rows(sheet)) == 2


def test_a_unit_in_brackets_ends_a_title() -> None:
    assert title_unit([["2026年销售目标（万元）", None]]) == "万元"
    assert title_unit([["华东（上海）", None]]) is None
