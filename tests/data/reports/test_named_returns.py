"""Lists of returns and credit notes that only their names tell from lists of sales."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from data.staging.return_names import named_back
from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

CHINESE = ("单据日期", "单据编号", "客户", "产品", "金额")
ENGLISH = ("Order Date", "Order ID", "Customer", "Product", "Amount")
GERMAN = ("Datum", "Belegnummer", "Kunde", "Artikel", "Betrag")
FRENCH = ("Date de commande", "Numéro de commande", "Client", "Produit", "Montant")
SPANISH = ("Fecha del pedido", "Número de pedido", "Cliente", "Producto", "Importe")
# 300 and 50 came back.
BODY: Rows = [
    ("2026-03-17", "XT001", "Alder", "Pen", 300),
    ("2026-03-18", "XT002", "Birch", "Ink", 50),
]
# | name of the file | headers | what the question calls it; None where it may be read as returns |
NAMES = [
    ("销售退货单", CHINESE, "销售退货单"),
    ("2026年3月销售退货单", CHINESE, "销售退货单"),
    ("销售退换货明细", CHINESE, "销售退换货明细"),
    ("红字发票", CHINESE, "红字发票"),
    ("Credit notes 2026-03", ENGLISH, "Credit notes"),
    ("CreditMemos", ENGLISH, None),
    ("sales_returns_2026", ENGLISH, None),
    ("Gutschriften", GERMAN, "Gutschriften"),
    ("Retouren März", GERMAN, "Retouren März"),
    ("avoirs", FRENCH, "avoirs"),
    ("Devoluciones (1)", SPANISH, "Devoluciones"),
    ("Notas de crédito", SPANISH, "Notas de crédito"),
]


def file_of(rows: Rows, suffix: str) -> bytes:
    return as_csv(rows) if suffix == "csv" else as_xlsx(rows)


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(("name", "header", "called"), NAMES)
def test_a_list_of_returns_by_its_name_never_counts_as_sold_without_a_word(
    store: Store, name: str, header: tuple[str, ...], called: str | None, suffix: str
) -> None:
    (draft,) = drafts_of(store, f"{name}.{suffix}", file_of([header, *BODY], suffix))
    if draft.table == "returns" and called is None:
        return
    key = f"amount/direction/{called or named_back(name)}"
    assert key in asked(store, draft)


@pytest.mark.parametrize(("answer", "right"), [("adds", 350), ("takes", -350), ("out", 0)])
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_the_answer_holds_for_every_row(store: Store, answer: str, right: int, suffix: str) -> None:
    content = file_of([CHINESE, *BODY], suffix)
    (draft,) = drafts_of(store, f"销售退货单.{suffix}", content)
    assert asked(store, draft) == ["amount/direction/销售退货单"]
    brought(store, f"销售退货单.{suffix}", content, {"amount/direction/销售退货单": answer})
    assert sales(store) == right
    returned = store.rows("SELECT count(*) FROM orders WHERE status = 'returned'")
    assert returned == [(2 if answer == "takes" else 0,)]


def test_next_months_list_is_read_as_the_last_one(store: Store) -> None:
    answers = {"amount/direction/销售退货单": "takes"}
    brought(store, "销售退货单2026-03.csv", as_csv([CHINESE, *BODY]), answers)
    later = [("2026-04-02", "XT003", "Cedar", "Pad", 20)]
    (draft,) = drafts_of(store, "销售退货单2026-04.csv", as_csv([CHINESE, *later]))
    assert asked(store, draft) == []
    brought(store, "销售退货单2026-04.csv", as_csv([CHINESE, *later]))
    assert sales(store) == -370


def test_the_same_headers_under_another_name_still_count(store: Store) -> None:
    answers = {"amount/direction/销售退货单": "takes"}
    brought(store, "销售退货单.csv", as_csv([CHINESE, *BODY]), answers)
    brought(store, "销售订单.csv", as_csv([CHINESE, ("2026-03-02", "SO1", "Alder", "Pen", 900)]))
    assert sales(store) == 550


@pytest.mark.parametrize(
    ("file", "sheet", "open_ones"),
    [
        ("book", "退货", ["amount/direction/退货"]),
        ("销售订单", "销售退货", ["amount/direction/销售退货"]),
        ("销售退货单", "Sheet1", ["amount/direction/销售退货单"]),
        ("销售及退货", "销售订单", []),
    ],
)
def test_the_name_of_a_sheet_goes_before_that_of_its_file(
    store: Store, file: str, sheet: str, open_ones: list[str]
) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in [CHINESE, *BODY]:
        page.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    (draft,) = drafts_of(store, f"{file}.xlsx", stream.getvalue())
    assert [key for key in asked(store, draft) if "direction" in key] == open_ones


SOLD_AND_BACK: Rows = [BODY[0], ("2026-03-18", "XT002", "Birch", "Ink", -50)]
# | name | rows under the headers | what counts |
CLEAR = [
    ("销售订单", BODY, 350),
    ("Sales net of returns", BODY, 350),
    ("销售额（扣除退货）", BODY, 350),
    ("销售及退货", SOLD_AND_BACK, 250),
    ("Sales incl. returns", SOLD_AND_BACK, 250),
    ("销售退货单", [(*row[:4], -int(str(row[4]))) for row in BODY], -350),
]


@pytest.mark.parametrize(("name", "body", "right"), CLEAR)
def test_nothing_is_asked_where_signs_or_the_name_tell(
    store: Store, name: str, body: Rows, right: int
) -> None:
    content = as_csv([CHINESE, *body])
    (draft,) = drafts_of(store, f"{name}.csv", content)
    assert asked(store, draft) == []
    brought(store, f"{name}.csv", content)
    assert sales(store) == right


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("订单状态", ("已退货", "已退货")),
        ("是否退货", ("是", "是")),
        ("单据类型", ("销售退货单", "销售退货单")),
    ],
)
def test_nothing_is_asked_where_rows_say_what_they_are(
    store: Store, header: str, cells: tuple[str, str]
) -> None:
    rows = [(*CHINESE, header), *((*row, cell) for row, cell in zip(BODY, cells, strict=True))]
    (draft,) = drafts_of(store, "销售退货单.csv", as_csv(rows))
    assert [key for key in asked(store, draft) if "direction" in key] == []


PIECES = [
    ("orders with return", ("Order Date", "Order ID", "Customer", "Product", "Qty", "Amount")),
    ("f11_qty_return", ("Order Date", "Order ID", "Customer", "Product", "Qty", "Amount")),
    ("三月退货", ("单据日期", "单据编号", "客户", "产品", "数量", "金额")),
    ("Retouren März", ("Datum", "Belegnummer", "Kunde", "Artikel", "Menge", "Betrag")),
    (
        "avoirs",
        ("Date de commande", "Numéro de commande", "Client", "Produit", "Quantité", "Montant"),
    ),
    (
        "Devoluciones",
        ("Fecha del pedido", "Número de pedido", "Cliente", "Producto", "Cantidad", "Importe"),
    ),
]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(("name", "header"), PIECES)
@pytest.mark.parametrize(
    ("pieces", "right"), [((2, -1, 1), 200), ((-2, -1, -1), -400), ((-2, 1, 1), 0)]
)
def test_pieces_with_a_minus_tell_what_came_back(
    store: Store,
    name: str,
    header: tuple[str, ...],
    pieces: tuple[int, ...],
    right: int,
    suffix: str,
) -> None:
    rows = [
        (f"2026-03-0{at + 2}", f"F{at}", f"Client {at}", "Pump", count, amount)
        for at, (count, amount) in enumerate(zip(pieces, (200, 100, 100), strict=True))
    ]
    content = file_of([header, *rows], suffix)
    (draft,) = drafts_of(store, f"{name}.{suffix}", content)
    if draft.table == "returns":
        return
    assert asked(store, draft) == []
    brought(store, f"{name}.{suffix}", content)
    assert sales(store) == right


@pytest.mark.parametrize(("name", "header"), PIECES[2:])
def test_pieces_without_a_minus_tell_nothing(
    store: Store, name: str, header: tuple[str, ...]
) -> None:
    rows = [
        ("2026-03-02", "F1", "Alder", "Pump", 2, 200),
        ("2026-03-03", "F2", "Birch", "Pump", 1, 100),
    ]
    (draft,) = drafts_of(store, f"{name}.csv", as_csv([header, *rows]))
    assert draft.table == "returns" or [q.split("/")[1] for q in asked(store, draft)] == [
        "direction"
    ]
