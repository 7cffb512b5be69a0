"""Orders of shops and of small systems, whose customers or products alone were read before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

DAYS = [f"2026-03-{day:02}" for day in range(13, 25)]
SUM = Decimal(sum(range(50, 62)))


def listed(header: Sequence[str], *cells: str | Callable[[int], object]) -> Rows:
    """Return a header above twelve orders of 50, 51 … 61."""
    rows = [[cell if isinstance(cell, str) else cell(n) for cell in cells] for n in range(12)]
    return [header, *rows]


def number(n: int) -> str:
    return f"SO{1001 + n}"


def day(n: int) -> str:
    return DAYS[n]


def who(n: int) -> str:
    return f"Buyer {n}"


def amount(n: int) -> int:
    return 50 + n


ORDERS = {
    "a shop's list": listed(
        ("Order ID", "Date created", "Customer name", "Status", "Order total", "Currency"),
        *(number, day, who, "Completed", amount, "CNY"),
    ),
    "products beside": listed(
        ("Order number", "Date created", "Billing customer", "Item", "Qty", "Price", "Total"),
        *(number, day, who, "Mug", "1", amount, amount),
    ),
    "Chinese documents": listed(
        ("客户名称", "创建日期", "单据号", "应收总额", "单据状态"),
        *(who, day, number, amount, "已审核"),
    ),
    "Chinese shop": listed(
        ("订单编号", "创建时间", "买家昵称", "商品名称", "数量", "实付款"),
        *(number, day, who, "杯子", "1", amount),
    ),
    "German": listed(
        ("Kunde", "Angelegt am", "Auftragsnr", "Auftragssumme", "Status"),
        *(who, day, number, amount, "Bestätigt"),
    ),
    "German products": listed(
        ("Bestellnummer", "Erstellt am", "Kundenname", "Artikel", "Anzahl", "Preis", "Gesamt"),
        *(number, day, who, "Tasse", "1", amount, amount),
    ),
    "French": listed(
        ("N° commande", "Date de création", "Nom du client", "Statut", "Total"),
        *(number, day, who, "Terminée", amount),
    ),
    "Spanish": listed(
        ("Nº de pedido", "Fecha de creación", "Cliente", "Estado", "Importe total"),
        *(number, day, who, "Completado", amount),
    ),
    "Italian": listed(
        ("Numero ordine", "Data creazione", "Cliente", "Stato", "Totale"),
        *(number, day, who, "Completato", amount),
    ),
    "of one word": listed(
        ("Order", "Date created", "Customer name", "Email", "Status", "Total", "Currency"),
        *(number, day, who, "ann@example.com", "Completed", amount, "EUR"),
    ),
}


@pytest.mark.parametrize(
    ("name", "suffix"),
    [(name, "xlsx" if at % 2 else "csv") for at, name in enumerate(ORDERS)],
)
def test_the_orders_of_a_shop_are_orders(store: Store, name: str, suffix: str) -> None:
    written = as_csv if suffix == "csv" else as_xlsx
    result = brought(store, f"export.{suffix}", written(ORDERS[name]))

    assert result.table == "orders"
    assert sales(store) == SUM


UNKNOWN = {
    "customers with an industry": listed(
        ("Document no", "Company", "Industry", "Region", "Taken over on", "Amount"),
        *(number, who, "Retail", "West", day, amount),
    ),
    "products with a cost": listed(
        ("Order No", "Product", "Category", "Cost", "Price", "Entered", "Value"),
        *(number, who, "Mugs", "10", "20", day, amount),
    ),
    "people with a team": listed(
        ("单据号", "姓名", "团队", "区域", "记账", "总额"),
        *(number, who, "一部", "华东", day, amount),
    ),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_no_list_of_things_takes_the_numbers_of_documents_and_drops_their_money(
    store: Store, name: str
) -> None:
    (draft,) = drafts_of(store, "export.csv", as_csv(UNKNOWN[name]))

    assert draft.table not in ("customers", "products", "reps")


LISTS = {
    "customers": listed(
        ("Customer", "Industry", "Created date", "Last order no", "Last order total"),
        *(who, "Retail", day, number, amount),
    ),
    "products": listed(
        ("Product", "Category", "Cost", "List price", "Created date"),
        *(who, "Mugs", "10", amount, day),
    ),
    "reps": listed(
        ("姓名", "团队", "入职日期", "业绩"),
        *(lambda n: f"王{'一二三四五六七八九十甲乙'[n]}", "一部", day, amount),
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_lists_of_customers_products_and_people_stay_what_they_are(store: Store, name: str) -> None:
    (draft,) = drafts_of(store, "export.csv", as_csv(LISTS[name]))

    assert draft.table == name
    assert not asked(store, draft)
