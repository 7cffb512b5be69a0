"""Lists with both a number and a name: two things of one name stay two, a new name changes none."""

from __future__ import annotations

import pytest

from data.store.database import Store
from tests.data.reports.imported import as_csv, as_xlsx, brought, drafts_of

# Header of the number, header of the name, customer, day, rep, amount.
CONTRACTS = [
    pytest.param("合同编号", "合同名称", "客户", "签订日期", "销售", "合同金额", id="chinese"),
    pytest.param("合同流水号", "合同名称", "客户", "签约日期", "销售", "合同总额", id="serial"),
    pytest.param("编号", "合同名称", "客户", "签约日期", "销售", "合同金额", id="bare"),
    pytest.param("Contract Number", "Contract Name", "Customer", "Signed Date", "Owner",
                 "Contract Amount", id="english"),
    pytest.param("Contract Ref", "Contract", "Customer", "Signed On", "Owner",
                 "Contract Value", id="reference"),
    pytest.param("Vertrags-Nr.", "Vertragsname", "Kunde", "Vertragsdatum", "Verkäufer",
                 "Vertragswert", id="german"),
    pytest.param("N° de contrat", "Nom du contrat", "Client", "Date de signature", "Commercial",
                 "Montant du contrat", id="french"),
    pytest.param("Número de contrato", "Nombre del contrato", "Cliente", "Fecha de firma",
                 "Vendedor", "Importe del contrato", id="spanish"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "name", "customer", "day", "rep", "amount"), CONTRACTS)
def test_contracts_of_one_name_are_told_apart_by_their_numbers(
    store: Store, number: str, name: str, customer: str, day: str, rep: str, amount: str
) -> None:
    header = [name, number, customer, day, rep, amount]
    rows = [["Frame", "H-1", "Acme", "2026-11-02", "Ann", "1000"],
            ["Frame", "H-2", "Bolt", "2026-11-13", "Ann", "2000"],
            ["Kit", "H-3", "Cobb", "2026-11-14", "Ben", "500"]]  # fmt: skip
    brought(store, "old.csv", as_csv([header, *rows]))
    rows[2][0] = "Kit (changed)"
    brought(store, "new.xlsx", as_xlsx([header, *rows]))
    found = store.rows("SELECT contract_id, customer, amount FROM contracts ORDER BY 1")
    assert found == [("H-1", "Acme", 1000), ("H-2", "Bolt", 2000), ("H-3", "Cobb", 500)]


OTHERS = [
    pytest.param("deal_id", "商机代码", ["商机名称", "客户", "销售阶段", "商机金额", "负责人"],
                 ["升级", "甲公司", "报价", "300", "王五"], id="deal-chinese"),
    pytest.param("deal_id", "Opportunity Ref", ["Opportunity", "Account", "Stage", "Amount",
                                                "Owner"],
                 ["Upgrade", "Acme", "Proposal", "300", "Ann"], id="deal-english"),
    pytest.param("order_id", "订单流水号", ["订单名称", "客户", "下单日期", "销售员", "订单金额"],
                 ["补货", "甲公司", "2026-11-02", "王五", "300"], id="order-chinese"),
    pytest.param("order_id", "Order Ref", ["Order Name", "Customer", "Order Date", "Rep",
                                           "Amount"],
                 ["Refill", "Acme", "2026-11-02", "Ann", "300"], id="order-english"),
    pytest.param("lead_id", "线索代码", ["线索名称", "公司", "来源", "创建日期", "负责人"],
                 ["询价", "甲公司", "展会", "2026-11-02", "王五"], id="lead-chinese"),
    pytest.param("lead_id", "Lead Ref", ["Lead Name", "Company", "Source", "Created Date",
                                         "Owner"],
                 ["Inquiry", "Acme", "Fair", "2026-11-02", "Ann"], id="lead-english"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "number", "header", "row"), OTHERS)
def test_a_number_beside_the_name_of_the_same_thing_is_its_id(
    store: Store, column: str, number: str, header: list[str], row: list[str]
) -> None:
    content = as_csv([[*header, number], [*row, "K-1"], [*row, "K-2"]])
    (draft,) = drafts_of(store, "export.csv", content)
    assert draft.sheet is not None
    assert draft.sheet.header[draft.mapping[column]] == number


@pytest.mark.parametrize(
    ("number", "cells"),
    [("No.", ["1", "2"]), ("序号", ["1", "2"]), ("Customer No", ["K-1", "K-2"])],
)
def test_the_rows_of_a_file_counted_and_numbers_of_others_name_no_contract(
    store: Store, number: str, cells: list[str]
) -> None:
    header = [number, "Contract Name", "Customer", "Signed Date", "Owner", "Contract Amount"]
    rows = [[cells[0], "Frame", "Acme", "2026-11-02", "Ann", "1000"],
            [cells[1], "Kit", "Bolt", "2026-11-13", "Ann", "2000"]]  # fmt: skip
    brought(store, "contracts.csv", as_csv([header, *rows]))
    assert store.rows("SELECT contract_id FROM contracts ORDER BY 1") == [("Frame",), ("Kit",)]
