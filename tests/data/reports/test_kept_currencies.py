"""A newer file names no currency for amounts that were known in another one than the company's."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.ingest import history
from data.staging.draft import KEPT
from data.store.database import Store
from tests.conftest import land
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

EN = ["Order No", "Order Date", "Customer", "Sales Rep", "Amount"]
ZH = ["月份", "销售员", "目标"]
DEALS = ["Deal ID", "Deal Name", "Owner", "Stage", "Amount", "Created Date", "Close Date"]
CONTRACTS = ["合同编号", "签订日期", "客户", "合同金额"]
PAYMENTS = ["Payment No", "Payment Date", "Customer", "Amount Received"]
DUE = ["Order No", "Due Date", "Customer", "Amount Due"]
SPEND, DAILY = ["Month", "Channel", "Campaign", "Spend"], ["日期", "渠道", "费用"]
H1 = ["H1", "2026-03-03", "Acme", "Ann"]
H2 = ["H2", "2026-03-04", "Beta", "Bob"]
D1 = ["D1", "Alpha", "Ann", "Demo"]
DAYS = ["2026-01-05", "2026-04-20"]


def with_code(header: list[str], *rows: list[object]) -> Rows:
    return [[*header, "币种" if header in (ZH, CONTRACTS, DAILY) else "Currency"], *rows]


# | first | newer | table | what stands if the amounts are: as before | in the company's
CHANGED = [
    pytest.param(with_code(EN, [*H1, 100, "USD"], [*H2, 50, "CNY"]), [EN, [*H1, 720], [*H2, 50]],
                 "orders", {(720, "USD"), (50, "CNY")}, {(720, "CNY"), (50, "CNY")}, id="order"),
    pytest.param(with_code(EN, [*H1, 100, "USD"], [*H2, 50, "EUR"]), [EN, [*H1, 720], [*H2, 50]],
                 "orders", {(720, "USD"), (50, "EUR")}, {(720, "CNY"), (50, "EUR")},
                 id="one-of-two"),
    pytest.param(with_code(EN, [*H1, 100, "USD"]), [[*EN, "Currency"], [*H1, 720, None]],
                 "orders", {(720, "USD")}, {(720, "CNY")}, id="blank"),
    pytest.param(with_code(EN, [*H1, 100, "USD"], [*H2, 50, "EUR"]),
                 [[*EN, "Currency"], [*H1, 720, None], [*H2, 50, None]],
                 "orders", {(720, "USD"), (50, "EUR")}, {(720, "CNY"), (50, "EUR")},
                 id="blank-beside-one-that-stays"),
    pytest.param(with_code(ZH, ["2026-03", "张三", 10000, "USD"],
                           ["2026-03", "李四", 50000, "CNY"]),
                 [ZH, ["2026年3月", "张三", 72000], ["2026年3月", "李四", 50000]],
                 "targets", {(72000, "USD"), (50000, "CNY")}, {(72000, "CNY"), (50000, "CNY")},
                 id="target"),
    pytest.param(with_code(DEALS, [*D1, 100, *DAYS, "USD"]), [DEALS, [*D1, 720, *DAYS]],
                 "deals", {(720, "USD")}, {(720, "CNY")}, id="deal"),
    pytest.param(with_code(CONTRACTS, ["C1", "2026-03-03", "甲", 100, "EUR"]),
                 [CONTRACTS, ["C1", "2026-03-03", "甲", 780]],
                 "contracts", {(780, "EUR")}, {(780, "CNY")}, id="contract"),
    pytest.param(with_code(PAYMENTS, ["P1", "2026-03-03", "Acme", 100, "USD"]),
                 [PAYMENTS, ["P1", "2026-03-03", "Acme", 720]],
                 "payments", {(720, "USD")}, {(720, "CNY")}, id="payment"),
    pytest.param(with_code(DUE, ["H1", "2026-04-30", "Acme", 100, "USD"]),
                 [DUE, ["H1", "2026-04-30", "Acme", 720]],
                 "receivables", {(720, "USD")}, {(720, "CNY")}, id="receivable"),
    pytest.param(with_code(SPEND, ["2026-03", "Search", "A", 100, "USD"],
                           ["2026-03", "Social", "B", 50, "USD"]),
                 [SPEND, ["2026-03", "Search", "A", 720], ["2026-03", "Social", "B", 50]],
                 "spend", {(720, "USD"), (50, "USD")}, {(720, "CNY"), (50, "USD")}, id="spend"),
    pytest.param(with_code(DAILY, ["2026-03-01", "搜索", 100, "USD"]),
                 [[*DAILY, "币种"], ["2026/3/1", "搜索", 720, None]],
                 "spend", {(720, "USD")}, {(720, "CNY")}, id="spend-of-a-day"),
]  # fmt: skip


def standing(store: Store, name: str) -> set[tuple[Decimal, str | None]]:
    money = "target" if name == "targets" else "amount"
    return set(store.rows(f'SELECT "{money}", currency FROM "{name}"'))


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(("first", "newer", "name", "before", "own"), CHANGED)
def test_changed_amounts_without_a_currency_are_asked_about(
    store: Store,
    first: Rows,
    newer: Rows,
    name: str,
    before: set[tuple[int, str | None]],
    own: set[tuple[int, str | None]],
    suffix: str,
) -> None:
    write = as_csv if suffix == "csv" else as_xlsx
    assert not brought(store, f"a.{suffix}", write(first)).error
    was = standing(store, name)
    (draft,) = drafts_of(store, f"b.{suffix}", write(newer))
    (key,) = asked(store, draft)
    assert key.endswith("/kept")
    assert land(store, [draft])[0].error.code == "questions_open"
    for answer, stands in ((KEPT, before), ("CNY", own)):
        result = brought(store, f"b.{suffix}", write(newer), {key: answer})
        assert not result.error
        assert standing(store, name) == stands
        assert not [one for one in result.problems if one.why == "older_currency"]
        assert result.import_id is not None
        history.take_back(store, result.import_id)
        assert standing(store, name) == was


# | first | newer | table | what stands
SURE = [
    pytest.param(with_code(EN, [*H1, 100, "USD"]), [EN, ["H1", "2026-03-03", "Acme", "Bob", 100]],
                 "orders", {(100, "USD")}, id="the-same-amount"),
    pytest.param(with_code(EN, [*H1, 100, "USD"]), [[*EN, "Currency"], [*H1, 100, None]],
                 "orders", {(100, "USD")}, id="the-same-amount-blank"),
    pytest.param(with_code(EN, [*H1, 100, "CNY"]), [EN, [*H1, 700]],
                 "orders", {(700, "CNY")}, id="the-company's"),
    pytest.param(with_code(EN, [*H1, 100, "USD"]), with_code(EN, [*H1, 700, "USD"]),
                 "orders", {(700, "USD")}, id="named"),
    pytest.param(with_code(EN, [*H1, 100, "USD"]), with_code(EN, [*H1, 720, "CNY"]),
                 "orders", {(720, "CNY")}, id="named-another"),
    pytest.param(with_code(EN, [*H1, 100, "USD"]), [[*EN[:4], "Amount (EUR)"], [*H1, 90]],
                 "orders", {(90, "EUR")}, id="in-the-header"),
    pytest.param(with_code(EN, [*H1, 100, "USD"]), [EN, [*H1, "€90"]],
                 "orders", {(90, "EUR")}, id="by-a-sign"),
    pytest.param(with_code(EN, [*H1, 100, "USD"]), [EN, [*H2, 700]],
                 "orders", {(100, "USD"), (700, None)}, id="another-order"),
    pytest.param([EN, [*H1, 100]], [EN, [*H1, 700]], "orders", {(700, None)}, id="never-named"),
    pytest.param(with_code(DEALS, [*D1, 100, *DAYS, "USD"]),
                 [DEALS, [*D1[:3], "Proposal", 100, *DAYS]], "deals", {(100, "USD")}, id="deal"),
    pytest.param(with_code(SPEND, ["2026-03", "Search", "A", 100, "USD"]),
                 [SPEND, ["2026-03", "Search", "A", 100]], "spend", {(100, "USD")}, id="spend"),
    pytest.param(with_code(SPEND, ["2026-03", "Search", "A", 100, "USD"]),
                 [SPEND, ["2026-04", "Search", "A", 100]],
                 "spend", {(100, "USD"), (100, None)}, id="spend-of-another-month"),
    pytest.param(with_code(ZH, ["2026-03", "张三", 10000, "USD"]), [ZH, ["2026-04", "张三", 72000]],
                 "targets", {(10000, "USD"), (72000, None)}, id="another-month"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "newer", "name", "stands"), SURE)
def test_amounts_whose_currency_is_sure_are_not_asked_about(
    store: Store, first: Rows, newer: Rows, name: str, stands: set[tuple[int, str | None]]
) -> None:
    assert not brought(store, "a.csv", as_csv(first)).error
    (draft,) = drafts_of(store, "b.csv", as_csv(newer))
    assert asked(store, draft) == []
    assert not brought(store, "b.csv", as_csv(newer)).error
    assert standing(store, name) == stands


def test_an_older_export_that_comes_late_changes_nothing_and_asks_nothing(store: Store) -> None:
    newer = with_code(EN, [*H1, 100, "USD"])
    assert not brought(store, "orders_2026-03-20.csv", as_csv(newer)).error
    late = as_csv([EN, [*H1, 700]])
    (draft,) = drafts_of(store, "orders_2026-03-10.csv", late)
    assert asked(store, draft) == []
    assert not brought(store, "orders_2026-03-10.csv", late).error
    assert standing(store, "orders") == {(100, "USD")}


@pytest.mark.parametrize(
    ("amount", "said"),
    [pytest.param(700, ["USD · 1"], id="other"), pytest.param(100, [], id="same")],
)
def test_an_older_export_that_names_the_currency_of_newer_amounts_says_so(
    store: Store, amount: int, said: list[str]
) -> None:
    assert not brought(store, "orders_2026-03-20.csv", as_csv([EN, [*H1, amount]])).error
    older = as_csv(with_code(EN, [*H1, 100, "USD"]))
    result = brought(store, "orders_2026-03-10.csv", older)
    assert standing(store, "orders") == {(amount, "USD")}
    assert [one.value for one in result.problems if one.why == "late_currency"] == said
