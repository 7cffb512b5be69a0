"""Tell what the statuses of a web shop's orders mean that mean something else elsewhere.

    >>> of_shop([], ["wc-processing", "wc-pending"])["wc pending"]
    'cancelled'
    >>> of_shop([], ["completed", "processing", "on-hold"])["on hold"] is None
    True
    >>> of_shop([], ["Confirmed", "On Hold", "Delivered"])
    {}
    >>> of_shop([], ["已审核", "部分出库", "已关闭"]), of_shop([], ["待付款", "已完成", "已关闭"])
    ({'已关闭': None}, {})

An order that is pending or on hold is one to deliver in most firms, and one that nobody has paid
in most shops. The words beside it tell which shop's it is, or that it may be a shop's. An order
that is closed came to nothing in shops, and a firm may have closed it as it was delivered.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from data.values.header_text import normalise

_PREFIX = "wc "
# WooCommerce's own names, with its prefix and without.
_WOOCOMMERCE = {
    **dict.fromkeys(("completed", "processing"), "valid"),
    **dict.fromkeys(
        ("pending", "on hold", "failed", "cancelled", "checkout draft", "trash", "auto draft"),
        "cancelled",
    ),
    "refunded": "returned",
}
_MAGENTO = frozenset(("holded", "payment review", "pending paypal", "suspected fraud"))
_DOUBTED = ("pending", "on hold")
# Beside these, what is pending or on hold may wait for its money.
_SHOPS = frozenset(
    ("failed", "payment failed", "payment error", "processing", "pending payment", "unpaid",
     "awaiting payment", "waiting for payment", "ready to ship", "unshipped", "to ship",
     "checkout draft", "expired", "abandoned")
)  # fmt: skip
_AMAZON = "amazon order id"
_CLOSED = ("关闭", "已关闭", "业务关闭", "手工关闭", "自动关闭")
# What only firms do to their orders, and say of their documents.
_FIRMS = re.compile(
    r"审核|审批|出库|下推|开立|暂存|开票|入库|执行中|执行完|已确认|锁定|部分(?:发货|交货|到货)"
)
_OF_FIRMS = frozenset(("单据状态", "业务状态", "执行状态"))
_BUYERS = re.compile(r"买家|卖家|付款|交易|退款|拼团|支付|退货|评价|签收")


def of_shop(headers: Collection[str], texts: Iterable[str]) -> Mapping[str, str | None]:
    """Return normalised word → what its orders are, None for one that only the user knows.

    `headers` are those of the list, `texts` the words of its status; nothing where no shop shows.
    """
    words = {normalise(text) for text in texts}
    if "checkout draft" in words or any(word.startswith(_PREFIX) for word in words):
        prefixed = {_PREFIX + word: meaning for word, meaning in _WOOCOMMERCE.items()}
        return _WOOCOMMERCE | prefixed
    if any(normalise(header) == _AMAZON for header in headers):
        return {"pending": "cancelled", "unshipped": "valid", "shipping": "valid"}
    doubted = [word for word in _DOUBTED if word in words and words & (_SHOPS | _MAGENTO)]
    # What Magento closes was refunded; a firm closes what it has delivered.
    if "closed" in words and "complete" in words and words & (_SHOPS | _MAGENTO):
        doubted.append("closed")
    if _is_firm(headers, words):
        doubted += [word for word in _CLOSED if word in words]
    return dict.fromkeys(doubted)


def _is_firm(headers: Collection[str], words: Collection[str]) -> bool:
    """Return whether documents of a firm have these statuses, and no orders of a shop."""
    if any(map(_BUYERS.search, words)):
        return False
    named = any(normalise(header) in _OF_FIRMS for header in headers)
    return named or any(map(_FIRMS.search, words))
