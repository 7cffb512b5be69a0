from __future__ import annotations

import pyarrow as pa
import pytest

from data.layout.provenance import emptied
from data.layout.sheet import Sheet
from data.staging.document_lines import carried_down, of_lines

HEADER = ["Order Reference", "Customer", "Note", "Order Lines/Product", "Order Lines/Subtotal"]


def _sheet(*rows: tuple[str | None, ...]) -> Sheet:
    columns = zip(*rows, strict=True)
    cells = {str(n): pa.array(column, pa.string()) for n, column in enumerate(columns)}
    table = pa.table(cells | {"row": pa.array(range(2, len(rows) + 2), pa.int64())})
    return Sheet("orders.csv", "", False, tuple(HEADER), table, ())


def test_an_orders_own_columns_go_down_to_its_lines() -> None:
    sheet = _sheet(
        ("S1", "Ann", "urgent", "Pump", "10"),
        (None, None, None, "Valve", "5"),
        ("S2", "Bo", None, "Seal", "1"),
        ("", "", "", "Pump", "10"),
    )
    found = carried_down(sheet, "orders", "odoo").rows
    assert found.column("0").to_pylist() == ["S1", "S1", "S2", "S2"]
    assert found.column("1").to_pylist() == ["Ann", "Ann", "Bo", "Bo"]
    assert found.column("2").to_pylist() == ["urgent", "urgent", None, None]
    assert found.column("4").to_pylist() == ["10", "5", "1", "10"]


def test_a_blank_in_a_row_that_has_others_stays_blank() -> None:
    sheet = _sheet(("S1", "Ann", None, "Pump", "10"), ("S2", None, None, "Valve", "5"))
    assert carried_down(sheet, "orders", "odoo") is sheet


def test_a_blank_row_is_no_line() -> None:
    sheet = _sheet(("S1", "Ann", None, "Pump", "10"), (None, None, None, None, None))
    assert carried_down(sheet, "orders", "odoo").rows["0"].to_pylist() == ["S1", None]


def test_which_cells_the_file_has_blank_is_kept() -> None:
    sheet = _sheet(("S1", "Ann", None, "Pump", "10"), (None, None, None, "Valve", "5"))
    found = carried_down(sheet, "orders", "odoo")
    assert emptied(found.rows, found.origin.blank).equals(sheet.rows)


@pytest.mark.parametrize(
    ("system", "header", "wanted"),
    [
        ("odoo", ["订单关联", "订单行/产品", "订单行/小计"], (1, 2)),
        ("odoo", ["name", "order_line/product_id"], (1,)),
        ("erpnext", ["ID", "Customer", "Item Name (Items)", "Amount (Items)"], (2, 3)),
        ("erpnext", ["ID", "金额 (物料)"], (1,)),
        ("erpnext", ["Item Name (Items)"], ()),
        ("generic", ["Order", "Order Lines/Product"], ()),
        ("nobody", ["Order"], ()),
    ],
)
def test_the_columns_of_lines_are_told_by_the_systems_file(
    system: str, header: list[str], wanted: tuple[int, ...]
) -> None:
    assert of_lines(header, "orders", system) == wanted
