"""A newer file without a currency column changes an amount whose currency was another."""

import pytest

from data.store.database import Store
from tests.data.reports.imported import as_csv, brought

EN = ["Order No", "Order Date", "Customer", "Sales Rep", "Amount"]
ZH = ["月份", "销售员", "目标"]
FILES = [
    (
        [[*EN, "Currency"], ["H1", "2026-03-03", "Acme", "Ann", 100, "USD"]],
        [EN, ["H1", "2026-03-03", "Acme", "Ann", 700]],
        ["USD · 1"],
    ),
    (
        [[*EN, "Currency"], ["H1", "2026-03-03", "Acme", "Ann", 100, "USD"]],
        [EN, ["H1", "2026-03-03", "Acme", "Bob", 100]],
        [],
    ),
    (
        [[*EN, "Currency"], ["H1", "2026-03-03", "Acme", "Ann", 100, "CNY"]],
        [EN, ["H1", "2026-03-03", "Acme", "Ann", 700]],
        [],
    ),
    (
        [[*EN, "Currency"], ["H1", "2026-03-03", "Acme", "Ann", 100, "USD"]],
        [[*EN, "Currency"], ["H1", "2026-03-03", "Acme", "Ann", 700, "USD"]],
        [],
    ),
    (
        [[*ZH, "币种"], ["2026-03", "张三", 10000, "USD"], ["2026-03", "李四", 50000, "CNY"]],
        [ZH, ["2026-03", "张三", 120000], ["2026-03", "李四", 80000]],
        ["USD · 1"],
    ),
    (
        [[*ZH, "币种"], ["2026-03", "张三", 10000, "USD"], ["2026-03", "李四", 50000, "EUR"]],
        [ZH, ["2026-03", "张三", 120000], ["2026-03", "李四", 80000]],
        ["EUR · 1", "USD · 1"],
    ),
]


@pytest.mark.parametrize(("first", "newer", "said"), FILES)
def test_an_older_currency_beside_a_newer_amount_is_said(
    store: Store, first: list[list[object]], newer: list[list[object]], said: list[str]
) -> None:
    assert not brought(store, "a.csv", as_csv(first)).error
    result = brought(store, "b.csv", as_csv(newer))
    assert [one.value for one in result.problems if one.why == "older_currency"] == said
