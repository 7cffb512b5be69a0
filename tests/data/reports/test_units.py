"""Units in headers in every spelling, and shares that are written in different ways."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from data.staging import review
from data.staging.other_table import taken_as
from data.store.database import Store
from data.values.numbers import header_unit
from tests.conftest import TODAY, land
from tests.data.reports.imported import as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

HEADERS = [
    ("Amount (in Lakhs)", 10**5),
    ("Amount (₹ Lacs)", 10**5),
    ("Amount (in Cr)", 10**7),
    ("Amount ($000)", 1000),
    ("Amount in '000", 1000),
    ("Amount (USD '000)", 1000),
    ("Amount, USD (k)", 1000),
    ("Amount $k", 1000),
    ("Amount US$ 000s", 1000),
    ("Revenue ($ thousands)", 1000),
    ("Revenue ($M)", 10**6),
    ("Umsatz TEUR", 1000),
    ("Umsatz (T€)", 1000),
    ("Umsatz in Mio. EUR", 10**6),
    ("montant (k€)", 1000),
    ("importe (miles de €)", 1000),
    ("销售额（千元）", 1000),
    ("Amount (USD)", 1),
    ("Amount k", 1000),
    ("Montant (milliers d'euros)", 1000),
    ("Amount (cents)", "0.01"),
    ("amount_cents", "0.01"),
    ("金额(分)", "0.01"),
    ("金额（百元）", 100),
    ("金额万元", 10**4),
    ("金额万美元", 10**4),
]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(("header", "factor"), [pytest.param(h, f, id=h) for h, f in HEADERS])
def test_amounts_are_multiplied_by_the_unit_of_their_header(
    store: Store, header: str, factor: int | str, suffix: str
) -> None:
    rows = [
        ["Order ID", "Order Date", "Customer", header],
        ["A1", "2026-03-02", "Alder", 1.5],
        ["A2", "2026-03-05", "Birch", 2.25],
    ]
    content = as_csv(rows) if suffix == "csv" else as_xlsx(rows)
    (draft,) = drafts_of(store, f"orders.{suffix}", content)
    assert draft.mapping["amount"] == 3
    assert draft.match is not None
    assert draft.match.columns[3].confidence > 0.9
    keys = dict.fromkeys(asked(store, draft), "USD")
    brought(store, f"orders.{suffix}", content, keys)
    assert sales(store) == Decimal("3.75") * Decimal(factor)


QUOTAS = ["Quota (USD '000)", "Quota USD (k)", "Quota $k", "Quota US$ 000s", "Quota in thousands"]


@pytest.mark.parametrize("header", QUOTAS)
def test_quotas_in_thousands(store: Store, header: str) -> None:
    rows = [
        ["Month", "Sales Rep", header],
        ["2026-03", "Ann Vale", 120],
        ["2026-03", "Bo Reed", 80.5],
    ]
    (draft,) = drafts_of(store, "quotas.xlsx", as_xlsx(rows))
    assert draft.table == "targets"
    brought(store, "quotas.xlsx", as_xlsx(rows), dict.fromkeys(asked(store, draft), "USD"))
    ((total,),) = store.rows("SELECT sum(target) FROM targets")
    assert total == 200_500


# | header | cells | each in its own way | all in hundredths
SHARES = [
    ("Discount", ["15%", "0.15", "15"], [0.15, 0.15, 0.15], [0.15, 0.0015, 0.15]),
    ("折扣", ["0.05", "5", "10"], [0.05, 0.05, 0.1], [0.0005, 0.05, 0.1]),
    ("Rabatt", ["0,1", "12,5", "0,2"], [0.1, 0.125, 0.2], [0.001, 0.125, 0.002]),
    ("discount rate", ["1", "0.2", "20"], [1, 0.2, 0.2], [0.01, 0.002, 0.2]),
    ("优惠率", ["8.5%", "0.085", "8.5"], [0.085] * 3, [0.085, 0.0008, 0.085]),
    ("remise", ["0.3", "30", None], [0.3, 0.3, None], [0.003, 0.3, None]),
    # The header says percent, and a percentage has no business below 1 in every row.
    ("Discount %", ["0.1", "0.2", "1"], [0.1, 0.2, 1], [0.001, 0.002, 0.01]),
    ("折扣率(%)", ["0.05", "0", None], [0.05, 0, None], [0.0005, 0, None]),
    ("Rabatt %", ["0,1", "0,25", "0,1"], [0.1, 0.25, 0.1], [0.001, 0.0025, 0.001]),
]


@pytest.mark.parametrize("way", ["each_way", "hundredths"])
@pytest.mark.parametrize(("header", "cells", "each", "hundredths"), SHARES)
def test_shares_written_in_different_ways_are_asked(
    store: Store,
    header: str,
    cells: list[str | None],
    each: list[float | None],
    hundredths: list[float | None],
    way: str,
) -> None:
    rows = [
        ["Order ID", "Order Date", "Customer", header, "Amount"],
        *([f"A{at}", f"2026-03-0{at + 1}", "Alder", cell, 100] for at, cell in enumerate(cells)),
    ]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert asked(store, draft) == ["discount/shares"]
    brought(store, "orders.csv", as_csv(rows), {"discount/shares": way})
    shares = [share for (share,) in store.rows("SELECT discount FROM orders ORDER BY order_id")]
    wanted = each if way == "each_way" else hundredths
    assert [None if share is None else float(share) for share in shares] == wanted


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Discount", ["0.1", "0.25", "0"]),
        ("Discount", ["10", "25", "0"]),
        ("Discount", ["10%", "0.25", "0"]),
        ("Discount %", ["0.5", "25", "0"]),
        ("Discount %", ["1", "0", "1"]),
        ("Discount %", ["0.5%", "0.25%", "0"]),
        ("Discount", ["0.5", "12", "0"]),
    ],
)
def test_shares_written_in_one_way_are_not_asked(
    store: Store, header: str, cells: list[str]
) -> None:
    rows = [
        ["Order ID", "Order Date", "Customer", header, "Amount"],
        *([f"A{at}", f"2026-03-0{at + 1}", "Alder", cell, 100] for at, cell in enumerate(cells)),
    ]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert asked(store, draft) == []


@pytest.mark.parametrize("name", ["deals_2026-03-31.csv", "deals_2026-03-31.xlsx"])
@pytest.mark.parametrize("header", ["Probability (%)", "赢率(%)", "Win %"])
def test_odds_up_to_one_under_a_percent_sign_are_asked(
    store: Store, name: str, header: str
) -> None:
    rows = [
        ["Deal ID", "Deal Name", "Owner", "Stage", "Amount", header, "Close Date"],
        ["1", "A", "Ann", "Proposal", 100, 0.1, "2026-04-15"],
        ["2", "B", "Bob", "Negotiation", 200, 0.9, "2026-04-15"],
        ["3", "C", "Bob", "Negotiation", 200, 0.5, "2026-04-20"],
    ]
    content = as_csv(rows) if name.endswith("csv") else as_xlsx(rows)
    (draft,) = drafts_of(store, name, content)
    assert asked(store, draft) == ["probability/shares"]
    brought(store, name, content, {"probability/shares": "each_way"})
    odds = store.rows("SELECT probability FROM deals ORDER BY deal_id")
    assert [float(share) for (share,) in odds] == [0.1, 0.9, 0.5]


@pytest.mark.parametrize(
    ("above", "below", "factor"),
    [
        ("Sales 2026 (€K)", "", "1000"),
        ("Angaben in TEUR", "", "1000"),
        ("Umsatz 2026 (Mio. €)", "", "1000000"),
        ("(in thousands of US dollars)", "", "1000"),
        ("Montants en milliers d'euros", "", "1000"),
        ("单位：百元", "", "100"),
        ("单位：分", "", "0.01"),
        ("", "注：金额单位为万元", "10000"),
        ("", "Amounts in thousands", "1000"),
        ("Report K", "", ""),
        ("所属单位：分公司", "", ""),
        ("", "单位：台", ""),
    ],
)
def test_a_unit_in_the_lines_around_a_table_is_asked(
    store: Store, above: str, below: str, factor: str
) -> None:
    rows = [
        *([[above]] if above else []),
        ["订单号", "下单日期", "客户名称", "金额"],
        ["A1", "2026-03-02", "Alder", 1200],
        ["A2", "2026-03-05", "Birch", 800],
        *([[below]] if below else []),
    ]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert asked(store, draft) == (["amount/unit"] if factor else [])
    brought(store, "orders.csv", as_csv(rows), {"amount/unit": factor} if factor else None)
    assert sales(store) == 2000 * Decimal(factor or 1)


@pytest.mark.parametrize(
    ("header", "factor"),
    [
        ("金额百万元", 10**6), ("销售额亿元", 10**8), ("金额（角）", "0.1"),
        ("Total (US cents)", "0.01"),
        ("Umsatz (Tsd. Euro)", 1000), ("Revenue (in millions of dollars)", 10**6),
        ("Vitamin K", 1), ("Size k", 1), ("Discount per cent", 1), ("单价/百件", 1),
        ("单价（元/百件）", 1), ("percent", 1),
    ],
)  # fmt: skip
def test_a_header_has_a_unit_or_none(header: str, factor: int | str) -> None:
    assert header_unit(header) == Decimal(factor)


@pytest.mark.parametrize(
    ("header", "units", "amounts", "codes"),
    [
        ("单位", ("万元", "元"), (120000, 15), {None, "CNY"}),
        ("金额单位", ("万", "千元"), (120000, 15000), {None, "CNY"}),
        ("Unit", ("TEUR", "kEUR"), (12000, 15000), {"EUR"}),
        ("Unit", ("USD k", "USD"), (12000, 15), {"USD"}),
        ("Einheit", ("Mio. EUR", "TEUR"), (12000000, 15000), {"EUR"}),
        ("单位", ("台", "件"), (12, 15), {None}),
        ("Unit", ("kg", "pcs"), (12, 15), {None}),
        ("Unit", ("M", "K"), (12, 15), {None}),
        ("Unit", ("T", "m"), (12, 15), {None}),
        ("单位", ("元", "元"), (12, 15), {None}),
    ],
)
def test_amounts_are_in_the_unit_of_their_row(
    store: Store,
    header: str,
    units: tuple[str, str],
    amounts: tuple[int, int],
    codes: set[str | None],
) -> None:
    rows = [
        ["Order ID", "Order Date", "Customer", "Amount", header],
        ["A1", "2026-03-02", "Alder", 12, units[0]],
        ["A2", "2026-03-05", "Birch", 15, units[1]],
    ]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert asked(store, draft) == []
    brought(store, "orders.csv", as_csv(rows))
    found = store.rows("SELECT amount, currency FROM orders ORDER BY order_id")
    assert tuple(amount for amount, _ in found) == amounts
    assert {code for _, code in found} <= codes


def test_targets_are_in_the_unit_of_their_row(store: Store) -> None:
    rows = [
        ["月份", "销售员", "指标", "目标值", "单位"],
        ["2026-03", "张三", "销售额", 12, "万元"],
        ["2026-03", "张三", "新客户数", 5, "个"],
    ]
    brought(store, "销售目标.csv", as_csv(rows))
    found = store.rows("SELECT metric, target FROM targets ORDER BY target")
    assert found == [("new_customers", 5), ("sales", 120_000)]


@pytest.mark.parametrize(
    ("headers", "cells", "right"),
    [
        (("Quantity", "Price per 100"), ((200, 50), (1000, 30)), 400),
        (("数量", "单价/百件"), ((200, 50), (1000, 30)), 400),
        (("Menge", "Preis pro 1.000 Stk"), ((2000, "50,5"), (1000, "30")), 131),
        (("Qté", "Prix par 100"), ((200, "€50"), (1000, "€30")), 400),
        (("Quantity", "Unit Price", "Price unit"), ((200, 50, 100), (10, 30, 1)), 400),
        (("Menge", "Einzelpreis", "Preiseinheit"), ((200, 50, 100), (10, 30, None)), 400),
        # The amounts of the file stand, and tell when the header is wrong.
        (("Quantity", "Price per 100", "Amount"), ((200, 50, 100), (1000, 30, 300)), 400),
        (("Quantity", "Price per 100", "Amount"), ((2, 50, 100), (10, 30, 300)), 400),
        (("数量", "每千克单价"), ((2, 50), (10, 30)), 400),
        (("Quantity", "Price"), ((2, 50), (10, 30)), 400),
    ],
)
def test_prices_of_several_pieces_are_divided(
    store: Store,
    headers: tuple[str, ...],
    cells: tuple[tuple[object, ...], ...],
    right: int,
) -> None:
    days = [("A1", "2026-03-02", "Alder"), ("A2", "2026-03-05", "Birch")]
    rows = [
        ("Order ID", "Order Date", "Customer", *headers),
        *((*day, *each) for day, each in zip(days, cells, strict=True)),
    ]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert asked(store, draft) == []
    brought(store, "orders.csv", as_csv(rows))
    assert sales(store) == right


@pytest.mark.parametrize(
    ("header", "cells", "right"),
    [
        (("Quantity", "Price per 100"), ((200, 50), (1000, 30)), 400),
        (("数量", "单价/百件"), ((200, 50), (1000, 30)), 400),
        (("Menge", "Einzelpreis", "Preiseinheit"), ((200, 50, 100), (10, 30, None)), 400),
        (("Amount", "Unit"), ((12, "TEUR"), (15, "EUR")), 12015),
        (("金额", "单位"), ((12, "万元"), (15, "元")), 120015),
        (("Amount", "Unit"), (("€12", "TEUR"), ("EUR 15", "EUR")), 12015),
        (("Quantity", "Price"), ((2, 50), (10, 30)), 400),
    ],
)
@pytest.mark.parametrize("first", ["contracts", None])
def test_units_hold_once_whichever_table_a_sheet_was_taken_as_before(
    store: Store,
    header: tuple[str, ...],
    cells: tuple[tuple[object, ...], ...],
    right: int,
    first: str | None,
) -> None:
    days = [("A1", "2026-03-02", "Alder"), ("A2", "2026-03-05", "Birch")]
    rows = [
        ("Order ID", "Order Date", "Customer", *header),
        *((*day, *each) for day, each in zip(days, cells, strict=True)),
    ]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    draft = taken_as(taken_as(draft, first, store), "orders", store)
    assert draft.sheet
    said = [note for note in draft.sheet.notes if note.code in ("unit_by_row", "price_of_several")]
    assert len(set(said)) == len(said)
    land(store, [review.placed(store, replace(draft, take=True), TODAY)])
    assert sales(store) == right


def test_prices_of_several_pieces_are_divided_where_a_table_is_chosen_by_hand(store: Store) -> None:
    rows = [
        ("Nr", "When", "Who", "Quantity", "Price per 100"),
        ("A1", "2026-03-02", "Alder", 200, 50),
        ("A2", "2026-03-05", "Birch", 1000, 30),
    ]
    (draft,) = drafts_of(store, "list.csv", as_csv(rows))
    draft = taken_as(draft, "orders", store)
    draft = replace(draft, mapping={**draft.mapping, "order_id": 0, "order_date": 1}, take=True)
    land(store, [review.placed(store, draft, TODAY)])
    assert sales(store) == 400


# | header of the months' columns | the factor |
MONTHS = [
    ("Jan 2026 (k€)", "Feb 2026 (k€)", 1000),
    ("Jan 2026 TEUR", "Feb 2026 TEUR", 1000),
    ("1月(万元)", "2月(万元)", 10**4),
    ("2026年1月（千元）", "2026年2月（千元）", 1000),
    ("Jan 2026 (USD '000)", "Feb 2026 (USD '000)", 1000),
    ("Jan 2026 (USD)", "Feb 2026 (USD)", 1),
    ("Jan 2026 Quota (USD k)", "Feb 2026 Quota (USD k)", 1000),
]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(("first", "second", "factor"), MONTHS)
def test_months_as_columns_have_the_unit_of_their_headers(
    store: Store, first: str, second: str, factor: int, suffix: str
) -> None:
    rows = [["Sales Rep", first, second], ["Ann", 80, 92], ["Bo", 100, 110.5]]
    content = as_csv(rows) if suffix == "csv" else as_xlsx(rows)
    (draft,) = drafts_of(store, f"quota 2026.{suffix}", content)
    assert asked(store, draft) == []
    brought(store, f"quota 2026.{suffix}", content)
    assert store.rows("SELECT sum(target) FROM targets") == [(Decimal("382.5") * factor,)]


CLAUSES = [
    ("All figures in USD k, fiscal year = calendar year", 1000),
    ("(USD in thousands, except percentages)", 1000),
    ("Amounts in T€ - Vertrieb", 1000),
    ("单位：万元，含税", 10**4),
    ("编制：张三；金额单位：千元；含税", 1000),
    ("Montants en k€, hors taxes", 1000),
    ("Region East, K Street", 1),
]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(("line", "factor"), CLAUSES)
def test_a_unit_in_a_clause_of_a_line_above_is_asked_about(
    store: Store, line: str, factor: int, suffix: str
) -> None:
    rows = [[line], ["Month", "Sales Rep", "Target"], ["2026-03", "Ann", 80], ["2026-03", "Bo", 5]]
    content = as_csv(rows) if suffix == "csv" else as_xlsx(rows)
    (draft,) = drafts_of(store, f"quota.{suffix}", content)
    questions = review.questions(draft, TODAY, store)
    assert [question.kind for question in questions] == ["unit"] * (factor != 1)
    answers = {question.key: str(factor) for question in questions}
    brought(store, f"quota.{suffix}", content, answers)
    assert store.rows("SELECT sum(target) FROM targets") == [(Decimal(85) * factor,)]
