"""Tell what the statuses of a web shop's orders mean that mean something else elsewhere.

    >>> of_shop([], ["wc-processing", "wc-pending"])["wc pending"]
    'cancelled'
    >>> of_shop([], ["completed", "processing", "on-hold"])["on hold"] is None
    True
    >>> of_shop([], ["Confirmed", "On Hold", "Delivered"])
    {}

An order that is pending or on hold is one to deliver in most firms, and one that nobody has paid
in most shops. The words beside it tell which shop's it is, or that it may be a shop's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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


def of_shop(headers: Iterable[str], texts: Iterable[str]) -> Mapping[str, str | None]:
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
    return dict.fromkeys(doubted)
