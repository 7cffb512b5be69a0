"""Tell whether two names may be of one customer or one person.

>>> same_word("Acme", "ACME Ltd.")
True
"""

from __future__ import annotations

import unicodedata


def same_word(first: str, second: str) -> bool:
    """Return whether two names may be one: 张三 and 张三（离职）, Acme and ACME Ltd."""
    one, other = (
        "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())
        for text in (first, second)
    )
    shorter, longer = sorted((one, other), key=len)
    return shorter == longer or (len(shorter) > 1 and shorter in longer)
