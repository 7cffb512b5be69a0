"""A payment that comes again under its number with another amount or day counts once, or is asked.

first file                      next file                       then
P-1  2026-03-01  Acme  100      P-1  2026-03-01  Acme  130      130, not 230
P-2  2026-03-02  Beta  101      P-2  2026-03-02  Beta  101      101
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.ingest import history
from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

EN = ("Payment ID", "Payment Date", "Customer", "Amount")
ZH = ("回款编号", "回款日期", "客户名称", "回款金额")
ERP = ("收款单号", "收款日期", "客户", "收款金额")


def collected(store: Store) -> Decimal:
    ((total,),) = store.rows("SELECT coalesce(sum(amount), 0) FROM payments")
    return Decimal(total)


def rows(head: tuple[str, ...], *payments: tuple[object, ...]) -> Rows:
    return [head, *payments]


BEFORE = (("P-1", "2026-03-01", "Acme", 100), ("P-2", "2026-03-02", "Beta", 101))
AFTER = (("P-1", "2026-03-01", "Acme", 130), ("P-2", "2026-03-02", "Beta", 101))


@pytest.mark.parametrize("as_file", [as_csv, as_xlsx], ids=["csv", "xlsx"])
@pytest.mark.parametrize("head", [EN, ZH, ERP], ids=["en", "zh", "erp"])
def test_a_payment_with_a_corrected_amount_counts_once_and_an_undo_brings_the_old_one_back(
    store: Store, as_file, head: tuple[str, ...]
) -> None:
    name = f"payments.{'csv' if as_file is as_csv else 'xlsx'}"
    assert brought(store, f"a_{name}", as_file(rows(head, *BEFORE))).error is None
    result = brought(store, f"b_{name}", as_file(rows(head, *AFTER)))
    assert result.landed and result.landed.gone == 1
    assert collected(store) == 231
    assert result.import_id is not None
    history.take_back(store, result.import_id)
    assert collected(store) == 201
    brought(store, f"b_{name}", as_file(rows(head, *AFTER)))
    assert collected(store) == 231


def test_an_older_export_that_comes_later_does_not_take_the_correction_back(store: Store) -> None:
    brought(store, "payments_2026-03-20.csv", as_csv(rows(EN, *AFTER)))
    brought(store, "payments_2026-03-10.csv", as_csv(rows(EN, *BEFORE)))
    assert collected(store) == 231


def test_the_orders_of_a_split_payment_are_corrected_one_by_one(store: Store) -> None:
    head = ("Payment ID", "Payment Date", "Order ID", "Amount")
    brought(
        store,
        "a_payments.csv",
        as_csv(rows(head, ("P-1", "2026-03-01", "O-1", 60), ("P-1", "2026-03-01", "O-2", 40))),
    )
    brought(store, "b_payments.csv", as_csv(rows(head, ("P-1", "2026-03-01", "O-1", 70))))
    assert collected(store) == 110


def test_a_refund_under_the_number_of_its_payment_corrects_nothing(store: Store) -> None:
    brought(store, "a_payments.csv", as_csv(rows(EN, *BEFORE)))
    brought(store, "b_payments.csv", as_csv(rows(EN, ("P-1", "2026-03-01", "Acme", -30))))
    assert collected(store) == 171


INSTALMENTS = (("P-1", "2026-04-01", "Acme", 100), ("P-2", "2026-04-02", "Beta", 90))


@pytest.mark.parametrize("head", [EN, ZH, ERP], ids=["en", "zh", "erp"])
@pytest.mark.parametrize(("further", "total"), [(False, 190), (True, 391)], ids=["newer", "both"])
def test_payments_of_other_days_under_known_numbers_are_asked_about(
    store: Store, head: tuple[str, ...], further: bool, total: int
) -> None:
    brought(store, "march_payments.csv", as_csv(rows(head, *BEFORE)))
    content = as_csv(rows(head, *INSTALMENTS))
    (draft,) = drafts_of(store, "april_payments.csv", content)
    assert asked(store, draft) == ["payment_id/reused"]
    assert draft.reused is not None
    answer = draft.reused.options[further]
    brought(store, "april_payments.csv", content, {"payment_id/reused": answer})
    assert collected(store) == total


def test_one_moved_day_among_known_payments_is_no_question(store: Store) -> None:
    known = [(f"P-{n}", f"2026-03-{n:02}", "Acme", 100 + n) for n in range(1, 10)]
    brought(store, "a_payments.csv", as_csv(rows(EN, *known)))
    moved = [*known[:-1], ("P-9", "2026-03-12", "Acme", 109)]
    (draft,) = drafts_of(store, "b_payments.csv", as_csv(rows(EN, *moved)))
    assert asked(store, draft) == []
    brought(store, "b_payments.csv", as_csv(rows(EN, *moved)))
    assert collected(store) == sum(100 + n for n in range(1, 10))


KNOWN = [(f"P-{n}", f"2026-03-{n:02}", "Acme", 100 + n) for n in range(1, 10)]


@pytest.mark.parametrize("as_file", [as_csv, as_xlsx], ids=["csv", "xlsx"])
@pytest.mark.parametrize("head", [EN, ZH, ERP], ids=["en", "zh", "erp"])
@pytest.mark.parametrize(
    ("at", "day"), [(2, "2026-03-20"), (5, "2026-03-01"), (0, "2026-03-08")],
    ids=["later", "earlier", "first"],
)  # fmt: skip
def test_a_payment_that_was_moved_to_another_day_by_itself_counts_once(
    store: Store, as_file, head: tuple[str, ...], at: int, day: str
) -> None:
    known = [("P-0", "2026-03-01", "Beta", 7), *KNOWN]
    name = f"payments.{'csv' if as_file is as_csv else 'xlsx'}"
    brought(store, f"a_{name}", as_file(rows(head, *known)))
    total = collected(store)
    number, _day, customer, amount = known[at + 1]
    moved = [*known[: at + 1], (number, day, customer, amount), *known[at + 2 :]]
    result = brought(store, f"b_{name}", as_file(rows(head, *moved)))
    assert collected(store) == total
    assert result.import_id is not None
    history.take_back(store, result.import_id)
    assert collected(store) == total


def test_the_next_instalment_of_the_same_amount_is_no_move(store: Store) -> None:
    brought(store, "a_payments.csv", as_csv(rows(EN, *KNOWN)))
    # A list of April says nothing of March.
    april = [(f"Q-{n}", f"2026-04-{n:02}", "Acme", 10) for n in range(1, 9)]
    content = as_csv(rows(EN, *april, ("P-3", "2026-04-05", "Acme", 103)))
    (draft,) = drafts_of(store, "b_payments.csv", content)
    assert draft.reused is not None
    brought(store, "b_payments.csv", content, {"payment_id/reused": draft.reused.options[True]})
    assert collected(store) == sum(100 + n for n in range(1, 10)) + 80 + 103


def test_two_instalments_in_one_list_are_both_there(store: Store) -> None:
    brought(store, "a_payments.csv", as_csv(rows(EN, *KNOWN)))
    again = [*KNOWN, ("P-3", "2026-03-20", "Acme", 103)]
    brought(store, "b_payments.csv", as_csv(rows(EN, *again)))
    assert collected(store) == sum(100 + n for n in range(1, 10)) + 103
