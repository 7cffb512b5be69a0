"""Tell from a column of a sheet that its rows are documents of sales, not visits or calls.

>>> are_documents([["Invoice", "Credit Memo", "Invoice"], ["100", "-20", "300"]])
True
>>> are_documents([["Call", "Visit", "Invoice sent"]])
False
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from data.values.header_text import normalise

_MOST = 0.8
# A quote or a delivery alone may be somebody's next step.
_BOOKED = re.compile(
    r"(?:(?:sales|customer|tax|proforma|cash|a r|ar) )?(?:invoice|credit ?(?:memo|note)|receipt)s?"
    r"|cash sale|cash refund|sales receipt|refund receipt"
    r"|(?:销售|增值税|红字|蓝字)?(?:专用|普通|电子|销售)*发票|(?:红字|蓝字)(?:销售)?(?:单|出库单)?"
    r"|销售(?:出库|退货|退回|发货)单?|[^\s]{0,8}(?:订单|出库单|发货单)|[a-zäöü]{0,12}rechnung|gutschrift"
    r"|(?:(?:sales|web|online|phone|standard|rush) )?orders?|auftrag|bestellung|commande|pedido"
    r"|facture|avoir|factura|nota de crédito|fattura|nota di credito|factuur|creditnota"
)
_OTHERS = re.compile(
    r"estimate|quote|quotation|delivery(?: note)?|return|packing slip|payment"
    r"|item fulfillment|journal(?: entry)?|deposit|报价单?|送货单|收款单|付款单"
    r"|angebot|lieferschein|zahlung|devis|paiement|presupuesto|pago"
)


def are_documents(samples: Sequence[Sequence[str | None]]) -> bool:
    """Return whether a column of `samples` names the kind of document of nearly every row."""
    for column in samples:
        words = [normalise(cell) for cell in column if cell and cell.strip()]
        booked = sum(1 for word in words if _BOOKED.fullmatch(word))
        others = sum(1 for word in words if _OTHERS.fullmatch(word))
        if booked and booked + others >= _MOST * len(words):
            return True
    return False
