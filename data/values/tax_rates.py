"""Read the rate of a tax as a share: 13 %, 13, 0.13, 5,5%, 免税.

>>> tax_rate("13%"), tax_rate("13"), tax_rate("5,5 %"), tax_rate("免税"), tax_rate("see note")
(Decimal('0.13'), Decimal('0.13'), Decimal('0.055'), Decimal('0'), None)
>>> is_tax_rate("税率"), is_tax_rate("VAT %"), is_tax_rate("Discount rate")
(True, True, False)
"""

from __future__ import annotations

import re
from decimal import Decimal

from data.values.header_text import normalise
from data.values.numbers import folded, number_of

_TAX = r"tax|vat|gst|hst|mwst|ust|tva|iva|btw|steuer|umsatzsteuer|mehrwertsteuer|sales tax|imposta"
_HEADER = re.compile(
    r"^(?:增值|销项|銷項)?[税稅]率%?$"
    rf"|^(?:{_TAX}) ?(?:rate|percent|percentage|pct|satz|tarief|%)(?: ?%)?$"
    rf"|^(?:taux|tipo|aliquota|alícuota|tasa|%) ?(?:de |di |du )?(?:la )?"
    rf"(?:{_TAX}|taxe|impositivo)?$"
    r"|^(?:steuersatz|mwstsatz|ustsatz|mehrwertsteuersatz|umsatzsteuersatz|btw ?tarief)$"
)
_NONE = re.compile(
    r"^(?:免税|免稅|零税率|不征税|非应税|exempt|tax exempt|zero[- ]rated|tax free|steuerfrei"
    r"|exonéré|exento|esente|isento|vrijgesteld)$"
)
_MOST = Decimal("0.5")


def is_tax_rate(header: str) -> bool:
    """Return whether a column under `header` holds the rates of a tax."""
    bare = normalise(header).strip(" *:")
    return bool(_HEADER.search(bare)) and bare not in ("taux", "tipo", "tasa", "%")


def tax_rate(text: str) -> Decimal | None:
    """Return a rate as a share of the amount without the tax; None for what is no such rate."""
    plain = folded(text).casefold()
    if _NONE.search(plain):
        return Decimal(0)
    number = number_of(plain.removesuffix("%").strip())
    if number is None or number < 0:
        return None
    share = number / 100 if number >= 1 or plain.endswith("%") else number
    return share if share <= _MOST else None
