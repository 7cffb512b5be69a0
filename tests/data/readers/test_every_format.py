"""Any table, written as people write it, comes back; what cannot be told is asked."""

from __future__ import annotations

import csv
import io
import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from data.cleaning import clean
from data.ingest import tasks
from data.readers.reader import read
from domain.tables import table
from tests.data.layout.test_messy_sheets import ods

HEADERS = {"zh": ["订单号", "客户", "日期", "金额"], "en": ["Order", "Customer", "Date", "Amount"]}
MAPPING = {"order_id": 0, "customer": 1, "order_date": 2, "amount": 3}
WORDS = {
    "zh": ["华东机电", "蓝海食品", "启明仪器", "合力贸易", "宏远,电子", "上海(华山)店", "总汇集团"],
    "en": [
        "Acme",
        "O'Neil & Sons",
        "Total Energies",
        'Bolt "M8"',
        "Smith, Jones",
        "a;b|c",
        "5 Star",
    ],
}
NUMBERS = {
    "plain": lambda n: f"{n}",
    "grouped": lambda n: f"{n:,}",
    "german": lambda n: f"{n:,}".translate(str.maketrans(",.", ".,")),
    "yuan": lambda n: f"¥{n:,}",
    "brackets": lambda n: f"({-n:,})" if n < 0 else f"{n:,}",
    "wide": lambda n: f"{n}".translate(str.maketrans("0123456789.-", "０１２３４５６７８９．－")),
    "percentless": lambda n: f"{n}元",
}
DATES = {
    "iso": lambda d: d.isoformat(),
    "slashes": lambda d: f"{d.year}/{d.month}/{d.day}",
    "hanzi": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "dotted": lambda d: f"{d:%d.%m.%Y}",
    "american": lambda d: f"{d:%m/%d/%Y}",
    "english": lambda d: f"{d.day} {d:%b} {d.year}",
    "serial": lambda d: str((d - date(1899, 12, 30)).days),
    "epoch": lambda d: str(((d - date(1970, 1, 1)).days * 86400 - 8 * 3600) * 1000),
}
ORDERS = {"dotted": "dmy", "american": "mdy"}
MARKS = {"german": ","}


@dataclass(frozen=True)
class Sold:
    order: str
    customer: str
    day: date
    amount: Decimal


def sales(language):
    one = st.tuples(
        st.sampled_from(WORDS[language]),
        st.dates(date(2024, 1, 1), date(2026, 3, 31)),
        st.decimals(-99_999, 9_999_999, places=2),
    )
    return st.lists(one, min_size=2, max_size=12).map(
        lambda found: [Sold(f"SO-{at:04d}", *rest) for at, rest in enumerate(found)]
    )


def as_csv(lines, *, separator=",", quote='"', encoding="utf-8", every=False, newline="\n"):
    stream = io.StringIO()
    csv.writer(
        stream,
        delimiter=separator,
        quotechar=quote,
        quoting=csv.QUOTE_ALL if every else csv.QUOTE_MINIMAL,
        lineterminator=newline,
    ).writerows(lines)
    return stream.getvalue().encode(encoding)


def as_xlsx(lines):
    made = Workbook()
    for line in lines:
        made.active.append(line)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def as_xls(lines):
    made = xlwt.Workbook()
    page = made.add_sheet("S")
    for at, line in enumerate(lines):
        for column, cell in enumerate(line):
            page.write(at, column, cell)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


FORMATS = {
    "csv": lambda lines: as_csv(lines),
    "semicolons": lambda lines: as_csv(lines, separator=";"),
    "tabs": lambda lines: as_csv(lines, separator="\t", newline="\r\n"),
    "bars": lambda lines: as_csv(lines, separator="|"),
    "all quoted": lambda lines: as_csv(lines, every=True),
    "single quotes": lambda lines: as_csv(lines, every=True, quote="'"),
    "bom": lambda lines: as_csv(lines, encoding="utf-8-sig"),
    "utf-16": lambda lines: as_csv(lines, encoding="utf-16", separator="\t"),
    "gb18030": lambda lines: as_csv(lines, encoding="gb18030"),
    "xlsx": as_xlsx,
    "xls": as_xls,
    "ods": ods,
}


def came_back(content, sold, name, numbers, dates):
    """Reads and types the content, answering only what is asked, and compares."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload"
        path.write_bytes(content)
        (sheet,) = read(path, name)
    told = [list(row.values()) for row in sheet.rows.to_pylist()]
    assert [(row[0], row[1]) for row in told] == [(one.order, one.customer) for one in sold]
    into = table("orders")
    call = (sheet.rows, sheet.header, MAPPING, into)
    answers = {}
    for one in clean.settled(clean.CleanTask(*call, {}, {}, None, 2026)).questions:
        truth = {"order_date": ORDERS.get(dates, "ymd"), "amount": MARKS.get(numbers, ".")}
        assert truth[one.column] in one.options, (one, dates, numbers)
        answers[one.key] = truth[one.column]
    (cleaned,) = tasks.clean_all([clean.CleanTask(*call, answers, {}, None, 2026)])
    found = cleaned.rows
    assert found["order_date"].to_pylist() == [one.day for one in sold]
    assert found["amount"].to_pylist() == [one.amount for one in sold]
    left = sum(cleaned.money_left_out.get("amount", {}).values(), Decimal(0))
    assert cleaned.money_in["amount"] == sum(found["amount"].to_pylist()) + left


@pytest.mark.parametrize("written", FORMATS)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_table_in_any_format_comes_back(written, data):
    language = data.draw(st.sampled_from(["zh", "en"]))
    sold = data.draw(sales(language))
    numbers = data.draw(st.sampled_from(list(NUMBERS)))
    dates = data.draw(st.sampled_from(list(DATES)))
    number, day = NUMBERS[numbers], DATES[dates]
    lines = [HEADERS[language]]
    lines += [[one.order, one.customer, day(one.day), number(one.amount)] for one in sold]
    suffix = written if written in ("xlsx", "xls", "ods") else "csv"
    came_back(FORMATS[written](lines), sold, f"orders.{suffix}", numbers, dates)


@settings(max_examples=15, deadline=None)
@given(sold=sales("en"), start=st.booleans())
def test_a_typed_workbook_comes_back_whatever_its_first_day(sold, start):
    made = Workbook()
    if start:
        made.epoch = CALENDAR_MAC_1904
    made.active.append(HEADERS["en"])
    for one in sold:
        made.active.append([one.order, one.customer, one.day, float(one.amount)])
    stream = io.BytesIO()
    made.save(stream)
    came_back(stream.getvalue(), sold, "orders.xlsx", "plain", "iso")


@settings(max_examples=20, deadline=None)
@given(
    sold=sales("en"),
    encoding=st.sampled_from(["cp1252", "utf-8", "utf-16-le", "utf-16-be", "gbk"]),
    days=st.integers(0, 3),
)
def test_a_line_of_sums_and_a_title_change_nothing(sold, encoding, days):
    lines = [["Sales list", "", "", ""], ["", "", "", ""], HEADERS["en"]]
    lines += [[one.order, one.customer, one.day + timedelta(0), one.amount] for one in sold]
    lines += [["Total", "", "", sum(one.amount for one in sold)]]
    came_back(as_csv(lines, encoding=encoding), sold, "orders.csv", "plain", "iso")
