"""Find payments that a newer export corrected under the same number.

The key of a payment holds its day and amount, as one number may have several instalments. So a
correction is no row of the same key, and both would count. A payment is corrected when a newer
import, of another upload, has a payment of its number and all hold:

1. it is of the same order and contract;
2. it is of the same day, or the user said that the file's numbers are newer versions of known ones,
   or it is of the same amount and the import has other payments of days about the old one, but no
   longer this number on that day: one that was moved to another day by itself;
3. both are money in, or both money back: a refund under the number of its payment corrects nothing.

The facts keep everything: undoing the later import brings the payment back.
"""

from __future__ import annotations

from data.facts.ages import is_newer

# The newer import has payments before and after the day, or on it, and none of the number then.
_MOVED = (
    "(later.amount = own.amount AND own.payment_date >= "
    "   (SELECT min(early.payment_date) FROM fact_payments AS early "
    "    WHERE early.import_id = later.import_id) "
    " AND own.payment_date <= "
    "   (SELECT max(late.payment_date) FROM fact_payments AS late "
    "    WHERE late.import_id = later.import_id) "
    " AND NOT EXISTS (SELECT 1 FROM fact_payments AS same "
    "    WHERE same.import_id = later.import_id AND same.payment_id = own.payment_id "
    "      AND same.payment_date = own.payment_date))"
)


def is_corrected(numbers: str) -> str:
    """Return SQL: the payment `here` of `payments` is corrected; only those of `numbers` are.

    `numbers` is a query of payment ids. Every row of `here` must be that of the newest import which
    has its key, so that a newer one with the number has it otherwise.
    """
    return (
        "(here.payment_id, here.import_id, here.row_no) IN ("
        "  SELECT own.payment_id, own.import_id, own.row_no FROM payments AS own "
        "  JOIN imports AS bringer ON bringer.import_id = own.import_id "
        "  JOIN fact_payments AS later ON later.payment_id = own.payment_id "
        "    AND later.order_id IS NOT DISTINCT FROM own.order_id "
        "    AND later.contract_id IS NOT DISTINCT FROM own.contract_id "
        "    AND (later.amount < 0) = (own.amount < 0) "
        "  JOIN imports AS newer ON newer.import_id = later.import_id "
        "    AND newer.status = 'active' AND newer.job_id IS DISTINCT FROM bringer.job_id "
        f"    AND {is_newer('newer', 'bringer')} "
        "    AND (later.payment_date = own.payment_date "
        "      OR json_extract_string(newer.answers, '$.\"payment_id/reused\"') = 'newer' "
        f"      OR {_MOVED}) "
        f"  WHERE own.payment_id IN ({numbers}))"
    )
