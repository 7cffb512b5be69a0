"""Hold that payments in several currencies count as the system itself has converted them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import as_csv, as_xlsx, brought, drafts_of

_HEADER = ["id", "Created date (UTC)", "Amount", "Amount Refunded", "Currency"]
_CONVERTED = ["Converted Amount", "Converted Amount Refunded", "Converted Currency", "Status"]
# Amount, given back, currency, converted, converted back; all converted into USD.
_LINES = {
    "of euros alone": ([("100", "0", "eur", "110", "0"), ("200", "0", "eur", "220", "0")], 330),
    "euros and dollars": ([("100", "0", "eur", "110", "0"), ("50", "0", "usd", "50", "0")], 160),
    "with refunds": ([("100", "40", "eur", "110", "44"), ("50", "10", "usd", "50", "10")], 106),
}


@pytest.mark.parametrize("written", ["csv", "xlsx"])
@pytest.mark.parametrize(("lines", "total"), _LINES.values(), ids=_LINES)
def test_converted_amounts_are_counted(
    store: Store, lines: list[tuple[str, ...]], total: int, written: str
) -> None:
    rows = [
        [*_HEADER, *_CONVERTED],
        *(
            [f"ch_3Qa{at}", f"2026-11-{at + 13}", *line, "usd", "Paid"]
            for at, line in enumerate(lines)
        ),
    ]
    write = as_csv if written == "csv" else as_xlsx
    brought(store, f"unified_payments.{written}", write(rows))
    assert store.rows("SELECT DISTINCT currency FROM payments") == [("USD",)]
    assert store.rows("SELECT sum(amount) FROM payments") == [(Decimal(total),)]


def test_payments_in_the_converted_currency_keep_their_amount(store: Store) -> None:
    lines = [("50", "0", "usd", "50", "0"), ("70", "0", "usd", "70", "0")]
    rows = [
        [*_HEADER, *_CONVERTED],
        *(
            [f"ch_3Qa{at}", f"2026-11-{at + 13}", *line, "usd", "Paid"]
            for at, line in enumerate(lines)
        ),
    ]
    (draft,) = drafts_of(store, "unified_payments.csv", as_csv(rows))
    assert draft.sheet is not None
    assert draft.sheet.header[draft.mapping["amount"]] == "Amount"
