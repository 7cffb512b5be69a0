"""A region, a team or a channel is one, however its letters are written; and so is who sells."""

from __future__ import annotations

import pytest

from data.store.database import Store
from tests.conftest import land
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

ORDERS = ["Order ID", "Order Date", "Rep", "Region", "Amount"]


def regions(store: Store) -> dict[str, int]:
    return dict(store.rows("SELECT region, sum(amount)::INT FROM orders GROUP BY region"))


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (("south", "South", " SOUTH ", "South"), "South"),
        (("NORTH", "North", "north"), "North"),
        (("East  Coast", "east coast", "East Coast", "East Coast"), "East Coast"),
        (("华东A区", "华东Ａ区", "华东A区"), "华东A区"),
        (("süd", "SÜD", "Süd", "Süd"), "Süd"),
        (("Île-de-France", "ÎLE-DE-FRANCE", "île-de-france"), "Île-de-France"),
        (("EMEA", "emea", "EMEA"), "EMEA"),
    ],
)
def test_spellings_of_a_region_are_one(
    store: Store, words: tuple[str, ...], kept: str, suffix: str
) -> None:
    rows: list[list[object]] = [ORDERS]
    rows += [[f"O{at}", "2026-03-01", "Ann Vale", word, 100] for at, word in enumerate(words)]
    rows.append(["O9", "2026-03-01", "Ann Vale", "West", 7])
    content = as_csv(rows) if suffix == "csv" else as_xlsx(rows)
    assert brought(store, f"orders.{suffix}", content).error is None
    assert regions(store) == {kept: 100 * len(words), "West": 7}


def test_a_later_file_is_spelt_as_what_is_known(store: Store) -> None:
    people = [["Rep", "Team", "Region"], ["Ann Vale", "Key Accounts", "South"]]
    brought(store, "people.csv", as_csv(people))
    brought(store, "orders.csv", as_csv([ORDERS, ["O1", "2026-03-01", "Ann Vale", "SOUTH", 5]]))
    targets = [["Team", "Month", "Target"], ["KEY ACCOUNTS", "2026-03", 9]]
    brought(store, "team targets.csv", as_csv(targets))
    assert regions(store) == {"South": 5}
    assert store.rows("SELECT scope_value FROM targets") == [("Key Accounts",)]


def test_files_of_one_drop_agree(store: Store) -> None:
    people = as_csv([["Rep", "Team", "Region"], ["Ann Vale", "One", "south"]])
    orders = as_csv([ORDERS, ["O1", "2026-03-01", "Ann Vale", "South", 5]])
    land(store, [*drafts_of(store, "a.csv", people), *drafts_of(store, "b.csv", orders)])
    (((of_people,),), ((of_orders,),)) = (
        store.rows(f"SELECT DISTINCT region FROM {name}") for name in ("reps", "orders")
    )
    assert of_people == of_orders


def test_two_targets_of_one_team_both_stay(store: Store) -> None:
    rows: Rows = [
        ["Team", "Month", "Target"],
        ["north", "2026-03", 100],
        ["North", "2026-03", 250],
    ]
    brought(store, "team targets.csv", as_csv(rows))
    assert store.rows("SELECT sum(target) FROM targets") == [(350,)]


HEADERS = [
    *("员工", "坐席", "客服", "顾问", "经办人", "销售代表", "置业顾问"),
    *("Mitarbeiter", "Verkäufer", "Responsable", "Asesor", "Vendeur", "Commercial", "Venditore"),
    *("Vendedor", "Medewerker", "Handelaar", "Продавец", "Account Manager", "Closer", "Setter"),
]


@pytest.mark.parametrize("header", HEADERS)
def test_who_sells_is_known_by_many_words(store: Store, header: str) -> None:
    rows = [
        ["Order ID", "Order Date", header, "Customer", "Amount"],
        ["O1", "2026-03-01", "Ann Vale", "Acme Ltd", 100],
        ["O2", "2026-03-02", "Bo Reed", "Birch Ltd", 200],
    ]
    assert brought(store, "orders.csv", as_csv(rows)).error is None
    assert store.rows("SELECT rep FROM orders ORDER BY rep") == [("Ann Vale",), ("Bo Reed",)]


def test_the_word_for_a_salesperson_comes_before_a_wider_one(store: Store) -> None:
    rows = [
        ["订单编号", "下单日期", "客服", "业务员", "金额"],
        ["O1", "2026-03-01", "李四", "张三", 100],
    ]
    brought(store, "orders.csv", as_csv(rows))
    assert store.rows("SELECT rep FROM orders") == [("张三",)]
