"""Numbers of orders and lines in another spelling: the same one, or asked about."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.ingest.unattended import held
from data.staging.leading_zeros import DIFFERENT, SAME
from data.store.database import Store
from tests.conftest import read
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

Write = Callable[[Rows], bytes]
SUFFIXES: dict[Write, str] = {as_csv: "csv", as_xlsx: "xlsx"}
LINES = ["Order ID", "Line no.", "Order Date", "Customer", "Product", "Amount"]
SAP = ["Verkaufsbeleg", "Position", "Belegdatum", "Auftraggeber", "Material", "Nettowert"]
ZH = ["订单编号", "行号", "下单日期", "客户", "产品", "金额"]
ORDERS = ["Order ID", "Order Date", "Customer", "Amount"]


# L1 has lines of 100 and 200, L2 one of 50, which is 60 in the second export: 360.
@pytest.mark.parametrize("write", [as_csv, as_xlsx])
@pytest.mark.parametrize(
    ("header", "first", "again"),
    [
        pytest.param(LINES, ("10", "20"), ("000010", "000020"), id="sap-padded-later"),
        pytest.param(SAP, ("000010", "000020"), ("10", "20"), id="sap-padded-first"),
        pytest.param(ZH, ("1", "2"), ("01", "02"), id="chinese"),
        pytest.param(LINES, ("1", "2"), ("1.0", "002"), id="decimals-and-zeros"),
        pytest.param(LINES, ("1", "2"), ("#1", "# 2"), id="sign"),
        pytest.param(LINES, ("00001", "00002"), ("0001", "0002"), id="both-padded"),
    ],
)
def test_lines_whose_numbers_have_zeros_in_front_are_the_same_lines(
    store: Store, header: list[str], first: tuple[str, str], again: tuple[str, str], write: Write
) -> None:
    for name, (one, two), last in (("a", first, 50), ("b", again, 60)):
        rows = [
            header,
            ["L1", one, "2026-01-03", "Acme", "M1", 100],
            ["L1", two, "2026-01-03", "Acme", "M2", 200],
            ["L2", one, "2026-01-04", "Beta", "M1", last],
        ]
        brought(store, f"{name}.{SUFFIXES[write]}", write(rows))
    assert sales(store) == Decimal(360)


@pytest.mark.parametrize("line", ["0", "A01", "10.1", "1-2"])
def test_a_line_number_that_is_no_whole_number_stays_as_it_is(store: Store, line: str) -> None:
    rows = [LINES, ["L1", line, "2026-01-03", "Acme", "M1", 100]]
    brought(store, "a.csv", as_csv([*rows, ["L1", "7", "2026-01-03", "Acme", "M2", 200]]))
    assert store.rows("SELECT line_no FROM orders WHERE amount = 100") == [(line,)]


SPELT = [
    pytest.param(("#7001", "#7002"), ("7001", "7002"), id="sign-first"),
    pytest.param(("7001", "7002"), ("#7001", "#7002"), id="sign-later"),
    pytest.param(("SO 8001", "SO 8002"), ("SO-8001", "so8002"), id="blank-hyphen-none"),
    pytest.param(("SO8001", "SO8002"), ("SO_8001", "SO_8002"), id="underscore"),
    pytest.param(("2026-0001", "2026-0002"), ("20260001", "20260002"), id="digits"),
    pytest.param(("2026/0001", "2026/0002"), ("2026-0001", "2026-0002"), id="slashes"),
    pytest.param(("销售-8001", "销售-8002"), ("销售8001", "销售8002"), id="chinese"),
    pytest.param(("AB–91", "AB–92"), ("AB-91", "AB-92"), id="dash"),
]


def spelt(numbers: tuple[str, str], amount: int) -> Rows:
    first, second = numbers
    return [
        ORDERS,
        [first, "2026-03-03", "Acme", amount],
        [second, "2026-03-04", "Beta", 50],
    ]


@pytest.mark.parametrize(("answer", "right"), [(SAME, 170), (DIFFERENT, 320)])
@pytest.mark.parametrize(("first", "again"), SPELT)
def test_orders_with_other_signs_in_their_numbers_are_asked_about_and_the_answer_holds(
    store: Store, first: tuple[str, str], again: tuple[str, str], answer: str, right: int
) -> None:
    brought(store, "a.csv", as_csv(spelt(first, 100)))
    (draft,) = drafts_of(store, "b.csv", as_csv(spelt(again, 120)))
    assert asked(store, draft) == ["order_id/zeros"]
    brought(store, "b.csv", as_csv(spelt(again, 120)), {"order_id/zeros": answer})
    assert sales(store) == Decimal(right)


def test_files_of_one_drop_and_rows_of_one_file_are_compared_too(store: Store) -> None:
    both = {
        "a.csv": as_csv(spelt(("#7001", "#7002"), 100)),
        "b.csv": as_csv(spelt(("7001", "7002"), 120)),
    }
    drafts = read(store, both)
    assert isinstance(drafts, list)
    assert [asked(store, draft) for draft in drafts] == [[], ["order_id/zeros"]]
    (draft,) = drafts_of(store, "c.csv", as_csv(spelt(("SO 8001", "SO-8001"), 100)))
    assert asked(store, draft) == ["order_id/zeros"]
    payments = [["Payment Date", "Order ID", "Amount"], ["2026-03-09", "9001", 100]]
    brought(store, "o.csv", as_csv(spelt(("#9001", "#9002"), 100)))
    (draft,) = drafts_of(store, "payments.csv", as_csv(payments))
    assert asked(store, draft) == ["order_id/zeros"]


@pytest.mark.parametrize(
    ("first", "again"),
    [
        pytest.param(("SO-8001", "SO-8002"), ("SO-8001", "SO-8003"), id="one-spelling"),
        pytest.param(("12-3", "12-4"), ("1-23", "1-24"), id="other-groups-of-digits"),
        pytest.param(("1001", "1001-1"), ("1001", "10011"), id="parts-of-an-order"),
        pytest.param(("SO-8001", "PO-8001"), ("INV-8001", "8001"), id="other-letters"),
        pytest.param(("SO 8001", "SO-8002"), ("SO-8003", "SO 8004"), id="none-shared"),
    ],
)
def test_numbers_that_differ_in_more_than_signs_are_not_asked_about(
    store: Store, first: tuple[str, str], again: tuple[str, str]
) -> None:
    brought(store, "a.csv", as_csv(spelt(first, 100)))
    (draft,) = drafts_of(store, "b.csv", as_csv(spelt(again, 120)))
    assert "order_id/zeros" not in asked(store, draft)
    assert held(draft) is None
