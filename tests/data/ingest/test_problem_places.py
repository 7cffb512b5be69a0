"""Files whose rows are not read as they stand: their problems are told where they stand."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from data.cleaning.reconcile import Cleaned, Problem
from data.ingest import history, inbox, outcomes, source_rows, unattended
from data.jobs import background
from data.layout.provenance import Origin, Part, Wide, emptied, numbers
from data.staging import review
from data.store.database import Store
from pages.kit.files import problems
from pages.kit.files.problems import SheetProblems
from pages.kit.i18n.words import words
from server import import_json
from tests.conftest import TODAY, land, over, read

pytestmark = pytest.mark.usefixtures("inline")

Line = Sequence[object]
Book = dict[str, list[Line]]
PROBLEM = Problem(1, "amount", "金额", "", "missing_key", "row_left_out")
NOTHING = Cleaned(pa.table({}), (), 0, 0, {}, {}, {}, {})


def book(pages: Book, *merged: str) -> bytes:
    made = Workbook()
    made.remove(made.active)
    for name, lines in pages.items():
        page = made.create_sheet(name)
        for line in lines:
            page.append(list(line))
        for ref in merged:
            page.merge_cells(ref)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def text(lines: list[Line]) -> bytes:
    told = (",".join("" if cell is None else str(cell) for cell in line) for line in lines)
    return "\n".join(told).encode()


@dataclass(frozen=True)
class Case:
    """A file, and of its workbook of problems: sheet → the file's header, rows, marked cells.

    A marked cell is (row in the file, header): the comment's first word.
    """

    name: str
    content: bytes
    sheets: dict[str, tuple[Line, dict[int, Line], dict[tuple[int, str], str]]]
    table: str = "orders"


MERGED_HEAD = ["区域", "订单号", "订单日期", "产品", "金额"]
MERGED = Case(
    "订单.xlsx",
    book(
        {
            "一季度": [
                ["销售订单"],
                MERGED_HEAD,
                ["华东", "S1", "2026-01-05", "泵", 300],
                [None, "S2", "2026-01-06", "阀", "待定"],
                [None, "S3", "2026-01-07", "泵", 80],
                ["华北", "S4", "2026-01-08", "阀", 50],
            ]
        },
        "A3:A5",
    ),
    {
        "一季度": (
            MERGED_HEAD,
            {4: [None, "S2", "2026-01-06", "阀", "待定"]},
            {(4, "金额"): "unreadable_number"},
        )
    },
)

FILLED_HEAD = ["订单号", "日期", "客户", "产品", "金额"]
FILLED = Case(
    "订单.csv",
    text(
        [
            FILLED_HEAD,
            ["S1", "2026-01-05", "宏远", "泵", 300],
            [None, None, None, "阀", "待定"],
            ["S2", "2026-01-06", "蓝海", "泵", 80],
            [None, None, None, "管", 4],
        ]
    ),
    {
        "订单.csv": (
            FILLED_HEAD,
            {3: [None, None, None, "阀", "待定"]},
            {(3, "金额"): "unreadable_number"},
        )
    },
)

ODOO_HEAD = [
    "Order Reference", "Order Date", "Customer", "Order Lines/Product", "Order Lines/Subtotal",
]  # fmt: skip
CARRIED = Case(
    "Sales Order (sale.order).csv",
    text(
        [
            ODOO_HEAD,
            ["S1", "2026-01-05 08:00:00", "Ann", "Pump", 10],
            [None, None, None, "Valve", "soon"],
            [None, None, None, "Seal", 2],
            ["S2", "2026-01-06 08:00:00", None, "Pump", 7],
        ]
    ),
    {
        "Sales Order (sale.order).csv": (
            ODOO_HEAD,
            {3: [None, None, None, "Valve", "soon"]},
            {(3, "Order Lines/Subtotal"): "unreadable_number"},
        )
    },
)

# A column is a month's where most of its cells are figures.
REST: list[Line] = [[f"销售{name}", 10, 20, 30, 60] for name in "甲乙丙丁戊己庚"]
TARGET_HEAD = ["人员", "2026年1月", "2026年2月", "2026年3月", "合计"]
MONTHS = Case(
    "销售目标.xlsx",
    book(
        {
            "目标": [
                ["2026 销售目标"],
                TARGET_HEAD,
                ["李雷", 100, "待定", "再议", 100],
                ["韩梅", 100, 200, 300, 600],
                ["王芳", 40, None, "x", 40],
                *REST,
            ]
        }
    ),
    {
        "目标": (
            TARGET_HEAD,
            {
                3: ["李雷", "100", "待定", "再议", "100"],
                5: ["王芳", "40", None, "x", "40"],
            },
            {
                (3, "2026年2月"): "unreadable_number",
                (3, "2026年3月"): "unreadable_number",
                (5, "2026年3月"): "unreadable_number",
            },
        )
    },
    "targets",
)

HEAD = ["订单号", "订单日期", "客户", "金额"]
JOINED = Case(
    "订单2026.xlsx",
    book(
        {
            "华东": [
                HEAD,
                ["S1", "2026-01-05", "宏远", 1],
                ["S2", "2026-01-06", "蓝海", "待定"],
                ["S3", "2026-01-07", "启明", 2],
            ],
            "华北": [
                ["华北订单"],
                HEAD,
                ["S4", None, "宏远", 3],
                ["S5", "2026-01-08", "蓝海", "x"],
            ],
        }
    ),
    {
        "华东": (
            HEAD,
            {3: ["S2", "2026-01-06", "蓝海", "待定"]},
            {(3, "金额"): "unreadable_number"},
        ),
        "华北": (
            HEAD,
            {3: ["S4", None, "宏远", "3"], 4: ["S5", "2026-01-08", "蓝海", "x"]},
            {(3, "订单日期"): "missing_date", (4, "金额"): "unreadable_number"},
        ),
    },
)

JANUARY: list[Line] = [[f"A{at}", f"2026-01-{at:02}", "宏远", at] for at in range(10, 20)]
FEBRUARY: list[Line] = [[f"B{at}", f"2026-02-{at:02}", "蓝海", at] for at in range(10, 20)]
JOINED_BY_MONTH = Case(
    "订单2026.xlsx",
    book(
        {
            "1月": [HEAD, ["S1", "2026-01-05", "宏远", "待定"], *JANUARY],
            "2月": [["2月订单"], HEAD, *FEBRUARY, ["S2", None, "启明", 2]],
        }
    ),
    {
        "1月": (
            HEAD,
            {2: ["S1", "2026-01-05", "宏远", "待定"]},
            {(2, "金额"): "unreadable_number"},
        ),
        "2月": (HEAD, {13: ["S2", None, "启明", "2"]}, {(13, "订单日期"): "missing_date"}),
    },
)

SOUTH_HEAD = TARGET_HEAD[:-1]
SOUTH: list[Line] = [[f"{name}南", *cells[:-1]] for name, *cells in REST]
JOINED_MONTHS = Case(
    "销售目标.xlsx",
    book(
        {
            "华东": [
                TARGET_HEAD,
                ["李雷", 100, "待定", 300, 400],
                *REST,
            ],
            "华南": [SOUTH_HEAD, ["王芳", 1, 2, 3], ["李四", 10, 20, "x"], *SOUTH],
        }
    ),
    {
        "华东": (
            TARGET_HEAD,
            {2: ["李雷", "100", "待定", "300", "400"]},
            {(2, "2026年2月"): "unreadable_number"},
        ),
        "华南": (
            SOUTH_HEAD,
            {3: ["李四", "10", "20", "x"]},
            {(3, "2026年3月"): "unreadable_number"},
        ),
    },
    "targets",
)

CASES = {
    "merged": MERGED,
    "filled down": FILLED,
    "carried down": CARRIED,
    "months as columns": MONTHS,
    "joined": JOINED,
    "joined by month": JOINED_BY_MONTH,
    "joined and months as columns": JOINED_MONTHS,
}


def found(store: Store, case: Case) -> tuple[SheetProblems, SheetProblems]:
    """The problems of a file just now, and as they are kept with its import."""
    (draft,) = read(store, {case.name: case.content})
    assert draft.table == case.table
    (result,) = land(store, [draft])
    assert result.import_id is not None, result
    now = problems.of_result(draft, result)
    told = history.problems(store, result.import_id)
    rows = source_rows.kept(store, result.import_id)
    return now, SheetProblems(draft.file, draft.sheet_name, told, rows, result.problem_count)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_marked_workbook_has_the_rows_as_they_stand_in_the_file(
    store: Store, case: Case
) -> None:
    _ = words("en")
    for one in found(store, case):
        made = load_workbook(io.BytesIO(problems.workbook(_, [one])))
        assert made.sheetnames == ["Problems", *case.sheets]
        for name, (header, rows, marks) in case.sheets.items():
            head, *lines = made[name].iter_rows()
            assert [cell.value for cell in head[3:]] == list(header)
            seen = {line[0].value: [cell.value for cell in line[3:]] for line in lines}
            assert seen == {number: list(cells) for number, cells in rows.items()}
            assert len(lines) == len(rows)
            told = {
                (line[0].value, head[at].value): cell.comment.text
                for line in lines
                for at, cell in enumerate(line)
                if cell.comment
            }
            assert told.keys() == marks.keys()
            for place, why in marks.items():
                assert told[place].startswith(problems.problem_sentence(_, why)), told[place]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_list_names_sheet_row_and_column_of_the_file(store: Store, case: Case) -> None:
    wanted = [
        (name if len(case.sheets) > 1 else "", row, header, why)
        for name, (_, _, marks) in case.sheets.items()
        for (row, header), why in marks.items()
    ]
    for one in found(store, case):
        listed = one.listed[one.listed["row_no"] > 0]
        names = ["sheet", "row_no", "header", "why"]
        assert sorted(listed[names].itertuples(index=False, name=None)) == sorted(wanted)
        shown = problems.readable_table(words("en"), listed)
        assert ("Sheet" in shown.columns) == (len(case.sheets) > 1)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_rows_of_an_import_keep_toldof_their_own(store: Store, case: Case) -> None:
    found(store, case)
    ((rows, distinct),) = store.rows(
        f"SELECT count(*), count(DISTINCT row_no) FROM fact_{case.table}"
    )
    assert rows == distinct > 1


def test_a_name_and_month_told_twice_is_the_months_problem(store: Store) -> None:
    (draft,) = read(store, {"销售目标.csv": text([TARGET_HEAD, *REST, ["销售甲", 1, 2, None, 3]])})
    assert [question.key for question in review.questions(draft, TODAY, store)] == ["period/same"]
    (result,) = land(store, [replace(draft, answers={"period/same": "last"})])
    told = [(one.row, one.header, one.why, one.outcome) for one in result.problems]
    # The last one holds.
    assert told == [
        (2, header, "same_key_again", "value_left_out") for header in ("2026年1月", "2026年2月")
    ]
    assert (result.rows_in, result.left_out) == (23, {"same_key_again": 2})


def test_a_key_that_is_blank_leaves_out_every_month_of_its_row(store: Store) -> None:
    lines: list[Line] = [["渠道", *TARGET_HEAD[1:4]], ["百度", 1, 2, 3], *SOUTH]
    (draft,) = read(store, {"渠道费用.csv": text(lines)})
    one = replace(PROBLEM, row=7, column="channel", header="渠道")
    (told,) = source_rows.placed(replace(NOTHING, problems=(one,)), draft).problems
    assert told == replace(one, row=3)


@pytest.mark.parametrize("case", [JOINED_BY_MONTH, JOINED_MONTHS], ids=["sheets", "and months"])
def test_over_http_each_problem_names_its_sheet(
    store: Store, monkeypatch: pytest.MonkeyPatch, case: Case
) -> None:
    upload = inbox.receive(store, case.name, case.content)
    job_id = unattended.start(store, [upload], today=TODAY)
    over(store, job_id)
    job = background.look(store, job_id)
    wanted = [
        (name, row, header) for name, (_, _, marks) in case.sheets.items() for row, header in marks
    ]
    for forgotten in (False, True):
        if forgotten:  # as after a restart
            monkeypatch.setattr(background, "_outcomes", {})
        _, arrived, _ = outcomes.ended(store, job)
        (sheet,) = import_json.describe(words("en"), job, arrived)["sheets"]
        told = [(one["sheet"], one["row"], one["header"]) for one in sheet["problems"]["listed"]]
        assert sorted(told) == sorted(wanted)


@given(
    st.lists(st.integers(1, 12), min_size=1, max_size=4),
    st.lists(st.integers(2, 2_000_000), min_size=1, max_size=20, unique=True),
)
def test_a_rows_number_tells_sheet_row_and_month_and_no_other_row_has_it(
    spans: list[int], rows: list[int]
) -> None:
    parts, made, before = [], {}, 0
    for at, span in enumerate(spans):
        wide = Wide(("a",), pa.table({}), (), ((0,),) * span) if span > 1 else None
        parts.append(Part(str(at), before, wide))
        for period in range(span):
            column = pa.chunked_array([pa.array(sorted(rows), pa.int64())])
            told = numbers(column, period, span).to_pylist() if wide else column.to_pylist()
            for number, row in zip(told, sorted(rows), strict=True):
                assert before + number not in made
                made[before + number] = (str(at), row, period)
        before = max(made)
    origin = Origin(tuple(parts))
    for number, place in made.items():
        part, row, period = origin.place(number)
        assert (part.sheet, row, period) == place


@pytest.mark.parametrize(
    "lines",
    [
        [["区域", "订单号", "金额"], ["华东", "S1", 1], [None, "S2", 2], ["华北", "S3", 3]],
        [["订单号", "客户", "金额"], ["S1", "甲", 1], [None, None, 2], [None, None, 3]],
    ],
    ids=["merged", "filled down"],
)
def test_emptied_rows_are_those_of_the_file(store: Store, lines: list[Line]) -> None:
    merged = ["A2:A3"] if lines[2][1] else []
    (draft,) = read(store, {"订单.xlsx": book({"订单": lines}, *merged)})
    before = [[cell if cell is None else str(cell) for cell in line] for line in lines[1:]]
    found = emptied(draft.sheet.rows, draft.sheet.origin.blank).drop_columns(["row"])
    assert draft.sheet.rows["0"].null_count == 0
    assert [list(row.values()) for row in found.to_pylist()] == before


def test_a_months_value_left_out_does_not_leave_out_the_row_of_the_file(store: Store) -> None:
    for one in found(store, MONTHS):
        assert set(one.listed["outcome"]) == {"value_left_out"}


def test_a_list_with_a_problem_of_a_whole_column_can_be_sent_to_a_browser() -> None:
    listed = pd.DataFrame(
        [("", 0, "Date", "", "day_order", "noted"), ("", 3, "Amount", "x", "not_number", "blank")],
        columns=["sheet", "row_no", "header", "value", "why", "outcome"],
    )
    shown = problems.readable_table(words("en"), listed)
    # A number beside a text has no type in a table of columns.
    assert pa.Table.from_pandas(shown)["Row"].to_pylist() == ["whole column", "3"]
    rows = problems.readable_table(words("en"), listed[listed["row_no"] > 0])["Row"]
    assert rows.tolist() == [3]
