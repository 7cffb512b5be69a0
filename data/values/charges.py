"""Tell lines of an order that are no product: shipping, a discount, a tax.

    >>> is_charge("Shipping"), is_charge("VAT 20%"), is_charge("优惠券")
    (True, True, True)
    >>> is_charge("Discount ticket"), is_charge("Tax software")
    (False, False)

Whether such a line counts as sold, and with which sign its amount is written, only the user knows.
"""

from __future__ import annotations

import re

from data.values.header_text import normalise

_SHIPPING = (
    r"shipping|freight|postage|delivery|handling|shipping (?:and|&) handling|p&p"
    r"|(?:shipping|delivery|handling|freight) (?:fees?|costs?|charges?)"
    r"|versand|versandkosten|fracht|frais de port|frais de livraison|livraison"
    r"|envío|gastos de envío|spedizione|verzendkosten|frete"
    r"|(?:运|運|邮|郵|快递|配送|物流)费|運費|郵費"
)
_DISCOUNT = (
    r"(?:order |cart |total )?discounts?|discount (?:code|coupon|voucher)|coupons?|vouchers?"
    r"|promo(?:tion)?(?: code)?|rebates?|rabatt|nachlass|skonto|gutschein|remises?|réduction"
    r"|descuentos?|sconto|korting|desconto"
    r"|优惠|優惠|折扣|满减|立减|优惠券|優惠券|折让|整单优惠|抵扣|红包"
)
_TAX = (
    r"(?:sales )?tax(?:es)?|vat|gst|hst|mwst|mwst\.|ust|umsatzsteuer|mehrwertsteuer|tva|iva|btw"
    r"|impuestos?|imposta|税|税额|税金|增值税|稅額"
)
_TIP = r"tips?|gratuity|trinkgeld|pourboire|propina|小费"
_CHARGE = re.compile(
    rf"(?:{_SHIPPING}|{_DISCOUNT}|{_TAX}|{_TIP})(?:\s*+[-:(（]?\s*+-?\d++(?:[.,]\d++)?\s*+%?\s*+[)）]?)?"
    rf"|-?\d++(?:[.,]\d++)?\s*+%\s*+(?:{_DISCOUNT}|{_TAX})"
)


def is_charge(text: str) -> bool:
    """Return whether the name of a product is that of a charge or a reduction."""
    return bool(_CHARGE.fullmatch(normalise(text)))
