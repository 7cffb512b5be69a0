"""Lists of a bank and payrolls: what was paid out takes nothing off, and is no list of people."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

WRITERS = pytest.mark.parametrize(("write", "suffix"), [(as_csv, "csv"), (as_xlsx, "xlsx")])
BANKS = [
    ["交易日期", "交易金额", "账户余额", "对方户名", "摘要"],
    ["交易日期", "交易金额", "交易后余额", "对方户名", "对方账号"],
    ["交易时间", "金额", "账户余额", "对方账户名称", "附言"],
    ["记账日期", "交易金额", "余额", "对方单位", "摘要"],
    ["Date opération", "Montant", "Solde", "Contrepartie", "Libellé"],
    ["Booking date", "Amount", "Balance", "Payer", "Counterparty account"],
]


def collected(store: Store) -> Decimal:
    ((total,),) = store.rows("SELECT coalesce(sum(amount), 0) FROM payments")
    return Decimal(total)


@WRITERS
@pytest.mark.parametrize("header", BANKS)
def test_what_left_a_bank_account_is_no_negative_collection(
    store: Store, header: list[str], write: Callable[[Rows], bytes], suffix: str
) -> None:
    rows = [["2026-03-02", "300", "1300", "Alder", "x"],
            ["2026-03-05", "200", "1500", "Birch", "x"],
            ["2026-03-19", "-90", "1410", "Landlord", "rent"]]  # fmt: skip
    brought(store, f"bank.{suffix}", write([header, *rows]))
    assert collected(store) == 500


@pytest.mark.parametrize("word", ["退款", "Refund 1", "Remboursement"])
def test_what_was_given_back_from_a_bank_account_is_taken_off(store: Store, word: str) -> None:
    rows = [BANKS[0], ["2026-03-02", "300", "1300", "Alder", "x"],
            ["2026-03-19", "-90", "1210", "Alder", word]]  # fmt: skip
    brought(store, "bank.csv", as_csv(rows))
    assert collected(store) == 210


def test_receipts_with_a_negative_one_stay_as_they_were(store: Store) -> None:
    rows = [["收款日期", "客户", "收款编号", "收款金额"], ["2026-03-02", "Alder", "P-1", "300"],
            ["2026-03-19", "Birch", "P-2", "-90"]]  # fmt: skip
    brought(store, "list.csv", as_csv(rows))
    assert collected(store) == 210


PAYROLLS = [
    ["姓名", "部门", "基本工资", "应发工资", "实发工资"],
    ["姓名", "部门", "岗位工资", "应发合计", "实发金额"],
    ["员工姓名", "部门", "应发工资", "个人所得税", "实发工资"],
    ["Employee", "Department", "Period", "Gross pay", "Net pay"],
    ["Name", "Team", "Gross Salary", "Deductions", "Net Salary"],
    ["Mitarbeiter", "Abteilung", "Bruttolohn", "Lohnsteuer", "Nettolohn"],
    ["Employee name", "Department", "Gross wages", "Tax withheld", "Take-home pay"],
]


@WRITERS
@pytest.mark.parametrize("header", PAYROLLS)
def test_a_payroll_is_refused_by_a_sentence(
    store: Store, header: list[str], write: Callable[[Rows], bytes], suffix: str
) -> None:
    rows = [["张三", "一部", "8000", "10000", "8500"], ["李四", "二部", "9000", "10100", "8600"]]
    (draft,) = drafts_of(store, f"pay.{suffix}", write([header, *rows]))
    assert not draft.take
    assert draft.error is not None
    assert draft.error.code == "payroll"


@pytest.mark.parametrize("header", [
    ["姓名", "部门", "工号", "基本工资"],
    ["Employee", "Department", "Employee no", "Salary"],
    ["Rep", "Team", "Region", "Gross pay"],
])  # fmt: skip
def test_a_list_of_people_with_a_salary_is_one_of_people(store: Store, header: list[str]) -> None:
    rows = [["Ann", "one", "N1", "8000"], ["Bo", "two", "N2", "9000"]]
    (draft,) = drafts_of(store, "people.csv", as_csv([header, *rows]))
    assert draft.table == "reps"
