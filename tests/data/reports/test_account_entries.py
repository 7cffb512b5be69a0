"""Plain lists of a bank account: what they lack is said, and they can be taken as collections."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from data.staging import review
from data.staging.other_table import taken_as
from data.store.database import Store
from tests.conftest import TODAY, land
from tests.data.reports.imported import as_csv, as_xlsx, asked, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

HEADS = [
    pytest.param(
        ("Transaction Date", "Reference", "Description", "Debit", "Credit", "Balance"), id="english"
    ),
    pytest.param(("Date", "Details", "Debit Amount", "Credit Amount", "Balance"), id="amounts"),
    pytest.param(("Buchungstag", "Verwendungszweck", "Soll", "Haben", "Saldo"), id="german"),
    pytest.param(("Date", "Libellé", "Débit", "Crédit", "Solde"), id="french"),
    pytest.param(("Fecha", "Concepto", "Debe", "Haber", "Saldo"), id="spanish"),
    pytest.param(("交易日期", "摘要", "借方金额", "贷方金额", "余额"), id="chinese"),
    pytest.param(("记账日期", "对方户名", "摘要", "借方发生额", "贷方发生额", "账户余额"), id="zh"),
]


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("file", ["bank_dc.csv", "bank_dc.xlsx"])
def test_a_bank_list_says_what_it_lacks_or_asks_for_its_sides(
    store: Store, head: tuple[str, ...], file: str
) -> None:
    texts = ["x"] * (len(head) - 4)
    rows = [
        head,
        ("2026-03-03", *texts, "", "100.00", "1100.00"),
        ("2026-03-04", *texts, "40.00", "", "1060.00"),
        ("2026-03-05", *texts, "", "200.00", "1260.00"),
    ]
    content = as_xlsx(rows) if file.endswith("xlsx") else as_csv(rows)
    (draft,) = drafts_of(store, file, content)
    if draft.table is None:
        assert draft.error is not None and draft.error.code == "account_entries"
    else:
        assert "amount/column" in asked(store, draft)


def test_a_bank_list_taken_as_collections_asks_for_its_sides(store: Store) -> None:
    rows = [
        ("Transaction Date", "Reference", "Description", "Debit", "Credit", "Balance"),
        ("2026-03-03", "R1", "Customer Acme", "", "100.00", "1100.00"),
        ("2026-03-05", "R3", "Customer Beta", "", "200.00", "1300.00"),
        ("2026-03-06", "R4", "Customer Beta bounced", "200.00", "", "1100.00"),
    ]
    (draft,) = drafts_of(store, "bank.csv", as_csv(rows))
    draft = taken_as(draft, "payments", store)
    draft = replace(draft, mapping={**draft.mapping, "payment_date": 0})
    assert "amount/column" in asked(store, draft)
    draft = replace(draft, answers={"amount/column": "Credit − Debit"})
    (result,) = land(store, [review.placed(store, draft, TODAY)])
    assert store.rows("SELECT sum(amount) FROM payments") == [(Decimal(100),)], result
