from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from data.cleaning import clean
from data.cleaning.context import Around
from data.cleaning.open_dates import PAST
from data.ingest import tasks
from data.layout.partial_days import named_period
from data.layout.sheet import Sheet
from data.matching import recognise, systems
from data.readers.reader import read
from data.staging.draft import Draft
from data.staging.first_values import first_values
from data.staging.readings import settled, unread
from data.values.dates import parse_date
from data.values.partial_dates import bare, day_only, unclear, with_month, with_year
from domain.tables import table

TODAY = date(2026, 11, 22)
HEAD = ["业务员", "日期", "客户", "产品", "数量", "金额"]


def lines(days: list[object]) -> list[list[object]]:
    reps, products = ("张伟", "李娜", "王芳"), ("变频器", "伺服电机")
    return [
        [reps[at % 3], day, f"客户{at}厂", products[at % 2], at + 1, 1000 + 7 * at]
        for at, day in enumerate(days)
    ]


def book(days: list[object], title: str = "", sheet: str = "Sheet1", head: Any = None) -> bytes:
    made = Workbook()
    page = made.active
    page.title = sheet
    for line in ([[title]] if title else []) + [head or HEAD, *lines(days)]:
        page.append(line)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def text(days: list[object], head: Any = None) -> bytes:
    return "\n".join(",".join(map(str, line)) for line in [head or HEAD, *lines(days)]).encode()


def only(tmp_path: Any, content: bytes, name: str = "销售.xlsx") -> Sheet:
    path = tmp_path / "file"
    path.write_bytes(content)
    (sheet,) = read(path, name)
    return sheet


def taken(
    sheet: Sheet, answer: str | None = None, today: date = TODAY, into: str | None = None
) -> tuple[list[clean.Question], clean.Cleaned]:
    samples = [sheet.rows[str(at)].to_pylist() for at in range(len(sheet.header))]
    found = recognise.recognise(sheet.header, samples, sheet.file, sheet.name, into=into)
    assert found.table is not None
    around = Around(today=today, workbook=bool(sheet.name))
    call = (sheet.rows, sheet.header, found.mapping, table(found.table))
    asked = clean.settled(clean.CleanTask(*call, {}, {}, None, today.year, around=around)).questions
    answers = {one.key: answer or one.options[0] for one in asked}
    words = systems.words(found.table, found.system)
    (done,) = tasks.clean_all(
        [clean.CleanTask(*call, answers, words, None, today.year, "", around)]
    )
    return asked, done


def days_of(done: clean.Cleaned) -> list[date]:
    return done.rows["order_date"].to_pylist()


def notes(sheet: Sheet) -> dict[str, dict[str, object]]:
    return {one.code: dict(one.params) for one in sheet.notes}


WRITTEN = {
    "a point": ["11.3", "11.14", "11.20", "11.5"],
    "a slash": ["11/3", "11/14", "11/20", "11/5"],
    "a dash": ["11-3", "11-14", "11-20", "11-5"],
    "words": ["11月3日", "11月14日", "11月20号", "11月5"],
    "with the weekday": ["11月3日 周二", "11.14(周六)", "11/20 星期五", "11-5"],
    "mixed": ["11.3", "11/14", "11月20日", "11-5"],
}
NOVEMBER = [date(2026, 11, day) for day in (3, 14, 20, 5)]


@pytest.mark.parametrize("days", WRITTEN.values(), ids=WRITTEN)
def test_dates_without_a_year_make_a_list_of_orders_and_their_year_is_asked_once(tmp_path, days):
    asked, done = taken(only(tmp_path, book(days)))
    (one,) = asked
    assert (one.key, one.kind, one.options) == ("order_date/year", "year", ("2026", "2025"))
    first = (days[0] if "." not in days[0] else "11/3").strip()
    assert one.samples[0] == (first, ("2026-11-03", "2025-11-03"))
    assert days_of(done) == NOVEMBER
    assert done.rows_in == 4
    _, before = taken(only(tmp_path, book(days)), "2025")
    assert days_of(before) == [day.replace(year=2025) for day in NOVEMBER]


@pytest.mark.parametrize(
    ("title", "sheet", "file"),
    [("2026年11月销售明细", "Sheet1", "a.xlsx"), ("", "2026年11月", "a.xlsx"),
     ("", "Sheet1", "2026年销售.xlsx"), ("", "Sheet1", "销售202611.xlsx")],
    ids=["title", "sheet", "file", "month of the file"],
)  # fmt: skip
@pytest.mark.parametrize("days", WRITTEN.values(), ids=WRITTEN)
def test_the_year_of_the_title_the_sheet_or_the_file_is_taken(tmp_path, days, title, sheet, file):
    found = only(tmp_path, book(days, title, sheet), file)
    asked, done = taken(found)
    assert not asked
    assert notes(found)["days_with_year"] == {"column": "日期", "year": 2026}
    assert days_of(done) == NOVEMBER


@pytest.mark.parametrize("days", [["5", "14", "20", "31"], ["5日", "14日", "20号", "31日"]])
def test_days_alone_take_their_month_from_the_name(tmp_path, days):
    sheet = only(tmp_path, book(days, sheet="三月"), "2025年销售.xlsx")
    asked, done = taken(sheet)
    assert not asked
    assert notes(sheet)["days_with_month"] == {"column": "日期", "month": 3}
    assert days_of(done) == [date(2025, 3, day) for day in (5, 14, 20, 31)]


def test_days_alone_whose_year_nobody_tells_are_asked_about_with_their_month(tmp_path):
    asked, done = taken(only(tmp_path, book(["5日", "14日", "20日"]), "11月销售.xlsx"))
    assert asked[0].samples[0] == ("11月5日", ("2026-11-05", "2025-11-05"))
    assert days_of(done)[0] == date(2026, 11, 5)


def test_days_alone_without_a_month_are_no_dates(tmp_path):
    sheet = only(tmp_path, book(["5日", "14日", "20日"]))
    samples = [sheet.rows[str(at)].to_pylist() for at in range(len(sheet.header))]
    found = recognise.recognise(sheet.header, samples, sheet.file, sheet.name, into="orders")
    assert "order_date" not in found.mapping


def test_a_number_that_may_have_lost_its_zero_is_a_problem_and_a_text_is_none(tmp_path):
    numbers = [11.1, 11.2, 11.3, 11.5, 11.11, 11.15, 11.12]
    sheet = only(tmp_path, book(numbers))
    assert notes(sheet)["days_unclear"] == {"column": "日期", "count": 3}
    _, done = taken(sheet)
    assert days_of(done) == [date(2026, 11, day) for day in (5, 11, 15, 12)]
    assert done.left_out == {"day_unclear": 3}
    assert done.money_in["amount"] == sum(
        [*done.rows["amount"].to_pylist(), *done.money_left_out["amount"].values()]
    )
    told = [(one.value, one.why, one.outcome) for one in done.problems]
    assert told == [(day, "day_unclear", "row_left_out") for day in ("11.1", "11.2", "11.3")]

    sheet = only(tmp_path, book([str(one) for one in numbers]))
    assert "days_unclear" not in notes(sheet)
    _, done = taken(sheet)
    assert days_of(done) == [date(2026, 11, day) for day in (1, 2, 3, 5, 11, 15, 12)]


def test_a_cell_that_is_a_text_beside_numbers_is_read_and_the_numbers_are_not(tmp_path):
    _, done = taken(only(tmp_path, book(["11.1", 11.2, "11月3日", 11.15])))
    assert days_of(done) == [date(2026, 11, day) for day in (1, 3, 15)]
    assert done.left_out == {"day_unclear": 1}


@pytest.mark.parametrize(
    ("days", "read_as", "unclear_ones"),
    [(["11.1", "11.5", "11.10", "11.20"], [1, 5, 10, 20], 0),
     (["11.01", "11.05", "11.1", "11.12"], [1, 5, 10, 12], 0),
     (["11.1", "11.5", "11.12", "11.14"], [5, 12, 14], 1)],
    ids=["a zero that was kept", "two places each", "nothing tells"],
)  # fmt: skip
def test_in_a_text_file_the_other_days_tell_whether_a_zero_is_lost(
    tmp_path, days, read_as, unclear_ones
):
    _, done = taken(only(tmp_path, text(days), "销售.csv"))
    assert days_of(done) == [date(2026, 11, day) for day in read_as]
    assert done.left_out == ({"day_unclear": unclear_ones} if unclear_ones else {})


ENGLISH = ["Rep", "Date", "Customer", "Product", "Quantity", "Amount"]


def test_day_and_month_are_asked_about_before_the_year_where_no_chinese_word_tells(tmp_path):
    plain = [
        ["Ann", day, f"Acme {at}", "Pump", at, 10 + at] for at, day in enumerate(("5/11", "7/11"))
    ]
    content = "\n".join(",".join(map(str, line)) for line in [ENGLISH, *plain]).encode()
    sheet = only(tmp_path, content, "orders.csv")
    asked, _ = taken(sheet, into="orders")
    (one,) = asked
    assert one.kind == "date_order"
    assert one.samples[0][0] == "5/11"
    mapping = {"order_date": 1, "amount": 5}
    for order, day in (("dmy", date(2026, 11, 5)), ("mdy", date(2026, 5, 11))):
        call = (sheet.rows, sheet.header, mapping, table("orders"), {"order_date": order})
        (then,) = clean.settled(clean.CleanTask(*call, {}, None, 2026)).questions
        assert then.key == "order_date/year"
        assert then.samples[0] == ("5/11", (f"{day}", f"{day.replace(year=2025)}"))


def test_english_days_take_the_year_that_is_told(tmp_path):
    plain = [["Ann", day, f"Acme {at}", "Pump", at, 10 + at]
             for at, day in enumerate(("5-Nov", "Nov 14", "20 Nov"))]  # fmt: skip
    content = "\n".join(",".join(map(str, line)) for line in [ENGLISH, *plain]).encode()
    asked, done = taken(only(tmp_path, content, "orders 2026.csv"), into="orders")
    assert not asked
    assert days_of(done) == [date(2026, 11, day) for day in (5, 14, 20)]


def test_a_list_of_december_dropped_in_january_is_offered_last_year_first(tmp_path):
    asked, done = taken(only(tmp_path, book(["12.5", "12.14", "12.28"])), today=date(2027, 1, 8))
    assert asked[0].options == ("2026", "2027")
    assert days_of(done) == [date(2026, 12, day) for day in (5, 14, 28)]


def test_a_list_from_before_and_after_new_year_has_each_day_in_its_own_year(tmp_path):
    sheet = only(tmp_path, book(["12.5", "12.28", "1.4", "1.15"]))
    asked, done = taken(sheet, today=date(2027, 1, 20))
    assert asked[0].options == (PAST, "2026", "2027")
    assert {text: readings[0] for text, readings in asked[0].samples} == {
        "12.5": "2026-12-05", "1.4": "2027-01-04", "1.15": "2027-01-15",
    }  # fmt: skip
    assert days_of(done) == [
        date(2026, 12, 5), date(2026, 12, 28), date(2027, 1, 4), date(2027, 1, 15),
    ]  # fmt: skip


def test_a_day_that_its_year_does_not_have_is_a_problem(tmp_path):
    _, done = taken(only(tmp_path, book(["2.27", "2.28", "2.29"])), "2026")
    assert days_of(done) == [date(2026, 2, 27), date(2026, 2, 28)]
    assert done.left_out == {"unreadable_date": 1}


def test_the_preview_shows_what_the_import_makes_of_them(tmp_path):
    sheet = only(tmp_path, book(["11.5", "11/14", "11月20日"]))
    samples = [sheet.rows[str(at)].to_pylist() for at in range(len(sheet.header))]
    found = recognise.recognise(sheet.header, samples, sheet.file, sheet.name)
    answers = {"order_date/year": "2025"}
    draft = Draft("a", "b", sheet, found, "orders", dict(found.mapping), answers, True)
    shown = first_values(draft, settled(draft, TODAY))[1]
    assert [day for _, day in shown] == [date(2025, 11, day) for day in (5, 14, 20)]
    assert unread(draft, settled(draft, TODAY), TODAY) == []


@pytest.mark.parametrize(
    ("sheet", "title", "file", "told"),
    [
        ("11月销售", "", "销售", (0, 11)),
        ("三月销售", "", "2026年", (2026, 3)),
        ("Sheet1", "2026年十一月销售台账", "x", (2026, 11)),
        ("Sheet1", "11月销售 制表日期：2026年12月1日", "x", (0, 11)),
        ("Sheet1", "", "销售_20261122", (0, 0)),
        ("1-11月", "", "2026年销售", (2026, 0)),
        ("1月至3月", "2026年", "x", (2026, 0)),
        ("Nov 2026", "", "sales", (2026, 11)),
        ("2025", "", "2026", (0, 0)),
    ],
)
def test_year_and_month_around_a_table(sheet, title, file, told):
    assert named_period(sheet, title, file) == told


def test_a_column_of_amounts_is_no_column_of_days(tmp_path):
    head = ["业务员", "下单日期", "客户", "产品", "数量", "金额"]
    amounts = zip("张王李", ("01", "02", "03"), (3.17, 4.5, 11.1), strict=True)
    made = [[rep, f"2026-03-{day}", "某厂", "泵", 1, amount] for rep, day, amount in amounts]
    content = "\n".join(",".join(map(str, line)) for line in [head, *made]).encode()
    sheet = only(tmp_path, content, "2026年11月.csv")
    assert not set(notes(sheet)) & {"days_with_year", "days_unclear"}
    assert taken(sheet)[1].money_in["amount"] == Decimal("18.77")


@given(st.dates(date(2024, 1, 1), date(2028, 12, 31)), st.sampled_from("./-"))
def test_a_bare_day_in_its_year_is_the_day_it_was(day, mark):
    short = f"{day.month}{mark}{day.day}"
    assert bare(short)
    assert parse_date(with_year(short, day.year, True), "ymd") == day
    assert parse_date(with_year(short, day.year, False), "mdy") == day
    swapped = f"{day.day}{mark}{day.month}"
    assert parse_date(with_year(swapped, day.year, False), "dmy") == day
    assert parse_date(with_month(f"{day.day}日", day.month, day.year), "ymd") == day


@given(st.integers(1, 12), st.integers(1, 31))
def test_only_a_day_whose_tenfold_is_a_day_too_is_unclear(month, day):
    def real(number):
        return number <= (date(2000 + month // 12, month % 12 + 1, 1) - timedelta(1)).day

    told = f"{month}.{day}"
    ten = day < 10 and real(day * 10)
    # 2000 and 2001 differ for no month but February, which has no 30th in either.
    assert unclear(told) == (ten and day in (1, 2, 3))


@pytest.mark.parametrize("one", ["13.13", "0.5", "11.31", "3.170", "x", "", "11:30", "2026.3"])
def test_what_is_no_bare_day(one):
    assert not bare(one)


@pytest.mark.parametrize("one", ["32", "0", "5.5", "11月5日"])
def test_what_is_no_day_alone(one):
    assert not day_only(one)


def test_months_as_columns_are_dated_by_their_first_day(tmp_path):
    rows = [[f"客户{at}厂", "张伟", "泵", 100 + at, 200, 300] for at in range(4)]
    head = ["客户", "业务员", "产品", "1月", "2月", "3月"]
    content = "\n".join(",".join(map(str, line)) for line in [head, *rows]).encode()
    asked, done = taken(only(tmp_path, content, "2026年销售.csv"), into="orders")
    assert not asked
    assert sorted(set(days_of(done))) == [date(2026, month, 1) for month in (1, 2, 3)]
    assert ("order_date", "2026-01", "month_as_day") in [
        (one.column, one.value, one.why) for one in done.problems
    ]
    asked, done = taken(only(tmp_path, content, "客户销售.csv"), "2025", into="orders")
    assert [one.key for one in asked] == ["order_date/year"]
    assert sorted(set(days_of(done))) == [date(2025, month, 1) for month in (1, 2, 3)]
    assert done.money_in["amount"] == 100 * 4 + 6 + 200 * 4 + 300 * 4
