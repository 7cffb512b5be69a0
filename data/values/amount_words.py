"""Tell from a header what a number is of: tax, discount, freight, a fee, pieces, an id.

    >>> role("Lineitem price"), role("税额"), role("Discount Amount"), role("发票编号")
    ('price', 'tax', 'discount', 'id')
    >>> role("LineAmount"), role("含税金额"), role("Order Tax Amount"), role("Profit Amount")
    ('amount', 'gross', 'tax', 'profit')

Words of English, Chinese, German, French, Spanish, Italian, Dutch and Portuguese; the first
role that fits counts, so that a discount amount is a discount.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from data.values.header_text import normalise
from data.values.numbers import folded

Role = Literal[
    "id", "gross", "net", "tax", "discount", "freight", "refund", "rate", "price", "quantity",
    "cost", "profit", "fee", "balance", "settled", "amount",
]  # fmt: skip

_LATIN: tuple[tuple[Role, str], ...] = (
    (
        "id",
        r"ids?|no|nos|nr|num|number|numero|número|numéro|nummer|code|codes|sku|upc|ean|gtin|barcode"
        r"|asin|rank|ranking|rang|position|seq|sequence|index|zip|postcode|phone|tel|year|#",
    ),
    (
        "profit",
        r"profits?|margins?|gewinn|marge|rohertrag|deckungsbeitrag|bénéfice|beneficio|ganancia"
        r"|margen|utile|winst|lucro",
    ),
    (
        "gross",
        r"gross|brutto|bruttobetrag|ttc|(?:incl|including|inc|with)\s*(?:tax|vat|gst)"
        r"|iva incluid[oa]|tax inclusive",
    ),
    (
        "net",
        r"subtotal|sub total|net|netto|nettobetrag|ht|(?:excl|excluding|ex|before|without)\s*"
        r"(?:tax|vat|gst)|untaxed|tax exclusive|base imponible|imponibile|zwischensumme",
    ),
    (
        "rate",
        r"(?:tax|vat|gst|hst|mwst|ust|tva|iva|btw|steuer|umsatzsteuer|mehrwertsteuer) ?"
        r"(?:rate|percent|percentage|pct|satz|tarief|%)|steuersatz|mwstsatz|taux (?:de )?tva"
        r"|taux de (?:la )?taxe|tipo (?:de )?(?:iva|impositivo)|aliquota|alícuota"
        r"|% ?(?:tax|vat|gst|mwst|ust|tva|iva|btw)",
    ),
    (
        "tax",
        r"tax|taxes|taxtotal|taxamount|vat|gst|hst|pst|sales tax|steuer|mwst|ust|umsatzsteuer"
        r"|mehrwertsteuer|steuerbetrag|mwstbetrag|umsatzsteuerbetrag|tva|iva|btw|impuesto|impuestos"
        r"|taxe|imposta|imposto",
    ),
    (
        "discount",
        r"discount|discounts|rebate|rebates|coupon|coupons|voucher|rabatt|rabattbetrag|nachlass|skonto|remise|remises|réduction"
        r"|descuento|descuentos|sconto|korting|desconto|promo|promotion|promotional",
    ),
    (
        "freight",
        r"shipping|freight|postage|delivery|handling|versand|versandkosten|fracht|livraison|port"
        r"|envío|envio|flete|spedizione|verzending|tip|tips|duties",
    ),
    ("rate", r"percent|pct|percentage|(?:refund|return)s? rate|satz|taux|%"),
    (
        "quantity",
        r"(?:refund|return|cancell?)(?:s|ed)? (?:quantity|qty|units|pieces|pcs|count)"
        r"|(?:quantity|qty|units|pieces|pcs) (?:refunded|returned|cancell?ed)",
    ),
    (
        "refund",
        r"refund|refunds|refunded|returned|returns? (?:amount|value|total)|chargeback"
        r"|erstattung|rückerstattung|erstattet"
        r"|erstattungsbetrag|rückzahlung|remboursement|remboursée?|reembolso|reembolsad[oa]"
        r"|devuelt[oa]|rimborso|rimborsato|terugbetaald",
    ),
    ("rate", r"rate|price (?:unit|basis)|preiseinheit"),
    (
        "price",
        r"price|rate|unitamount|unit amount|unit cost|msrp|preis|einzelpreis|stückpreis|prix"
        r"|precio|prezzo|prijs|preço",
    ),
    (
        "quantity",
        r"quantity|qty|units|pieces|pcs|menge|anzahl|stückzahl|quantité|qté|cantidad|quantità"
        r"|aantal|quantidade|count",
    ),
    (
        "cost",
        r"costs?|cogs|expenses?|kosten|selbstkosten|coûts?|costes?|costos?|gastos|custo|kostprijs",
    ),
    (
        "fee",
        r"fees?|commissions?|gebühr|gebühren|provision|provisionen|frais|comisión|comisiones"
        r"|commissione|commissioni|comissão|taxa|surcharge",
    ),
    ("balance", r"balance|balances|saldo|kontostand|guthaben|solde"),
    ("settled", r"paid|due|outstanding|unpaid|deposit|received|open"),
    (
        "amount",
        r"amount|total|revenue|sales|value|sum|turnover|lineamount|linetotal|umsatz|betrag|summe"
        r"|wert|montant|importe|monto|importo|bedrag|valor",
    ),
)
_CHINESE: tuple[tuple[Role, str], ...] = (
    (
        "id",
        r"编号|編號|编码|編碼|代码|代碼|单号|單號|序号|序號|排名|名次|排序|工号|条码|电话|手机|号$|號$",
    ),
    ("net", r"不含税|不含稅|无税|無稅|除税|除稅|未税|未稅|去税|税前|稅前"),
    ("gross", r"含税|含稅|价税合计|價稅合計|税后"),
    ("rate", r"税率|稅率|利润率|利潤率|毛利率|净利率|折扣率|比例|占比|百分比|%$"),
    ("tax", r"税额|稅額|税金|稅金|增值税|增值稅|营业税|税费|稅費|[销进]项税|^税$"),
    ("discount", r"优惠|優惠|折扣|立减|满减|減免|减免|红包|代金券|抵扣|让利|折让"),
    ("freight", r"运费|運費|邮费|郵費|快递费|配送费|物流费"),
    ("quantity", r"(?:退[款货貨回]?|取消)(?:商品)?(?:数量|數量|件数|件數|数$|數$)|销售数$|銷售數$"),
    ("rate", r"退[款货貨]率"),
    ("refund", r"退款|退货|退貨|已退|实退|退费"),
    ("price", r"单价|單價|售价|售價|价格|價格|标价"),
    ("quantity", r"数量|數量|件数|件數|台数|套数|销量|个数"),
    ("cost", r"成本|费用"),
    ("profit", r"利润|利潤|毛利|净利|淨利|盈利"),
    ("fee", r"手续费|手續費|佣金|服务费|服務費|平台费|平台費|技术服务"),
    ("settled", r"未收|待收|欠款"),
    ("balance", r"余额|餘額|结余|結餘"),
    ("settled", r"已收|已付|待付|定金"),
    (
        "amount",
        r"金额|金額|总额|總額|合计|合計|总价|總價|小计|实付|實付|实收|實收|销售额|货款|应付|应收",
    ),
)
_WORDS = [
    *((role, re.compile(pattern)) for role, pattern in _CHINESE),
    *((role, re.compile(rf"(?<![^\W_])(?:{pattern})(?![^\W_])")) for role, pattern in _LATIN),
]
# A document's whole amount: its total, what is left of it to pay.
WHOLE = re.compile(
    r"总|合计|總|合計|余额|餘額|整单|\b(?:grand )?total\b|\bbalance\b|gesamt|summe|saldo|solde"
    r"|totale|totaal|importe total|restbetrag|offener betrag|outstanding"
    r"|\b(?:amount|open|balance) due\b"
)
_FIGURE = re.compile(r"[(@]? ?\d{1,2}(?:[.,]\d{1,3})? ?% ?\)?")
# The sides of an account: which of them is a sale depends on whose account it is.
SIDES = (
    re.compile(r"^(?:credit(?: amount)?|cr|贷方(?:金额|发生额)?|haben|crédit|haber|avere)$"),
    re.compile(r"^(?:debit(?: amount)?|dr|借方(?:金额|发生额)?|soll|débit|debe|dare)$"),
)
# What only a list of the movements of an account has.
_MOVEMENTS = re.compile(
    r"^(?:valuta(?:datum)?|wertstellung|value date|date (?:de )?valeur|fecha (?:de )?valor"
    r"|buchungstext|verwendungszweck|balance impact|auftraggeber ?/ ?(?:empfänger|begünstigter)"
    r"|beg(?:ü|ue)nstigter/zahlungspflichtiger|name zahlungsbeteiligter|gegenkonto"
    r"|对方(?:户名|账号|账户|账户名称|账户名|单位|单位名称|帐号|开户行|行名)|對方(?:戶名|帳號|賬號)"
    r"|(?:账户|帐户|賬戶|交易后|交易後)余额|(?:賬戶|交易後)餘額"
    r"|counter ?party(?: (?:name|account|iban|bank))?|contrepartie|contrapartida|tegenrekening"
    r"|naam tegenpartij)$"
)
# What one piece costs, with or without tax.
_OF_PIECES = re.compile(
    r"单价|單價|单位价格"
    r"|(?<![^\W_])(?:(?:unit|item|piece) ?(?:net |gross )?prices?"
    r"|prices?(?: per|/) ?(?:unit|piece|item|pcs?|each)"
    r"|(?:netto|brutto)?(?:einzel|stück|stueck)preis"
    r"|prix unit(?:aire|\.)?|p\.u\.|precio (?:por )?unit(?:ario|\.)?|precio por unidad"
    r"|prezzo unitario|preço unitário|stuksprijs|eenheidsprijs)(?![^\W_])"
)
_OF_PRICE = re.compile(
    r"价格|價格|售价|售價|price|preis(?![a-z])|\bprix\b|precio|prezzo|prijs|preço"
)
_OF_ALL = re.compile(
    r"total|\bext|\bline|\bsum|amount|subtotal|gesamt|summe|总|總|合计|合計|小计|金额|金額"
)
# What a statement of an account has: what each entry is for, and what is left after it.
_TOLD = re.compile(
    r"^(?:transaction )?(?:description|details?|narrative|narration|memo|particulars)$"
    r"|^(?:摘要|交易摘要|用途|附言)$|^(?:beschreibung|buchungsdetails)$|^libellé|^concepto$|^descripción$"
    r"|^(?:descrizione|causale)$|^(?:descrição|histórico)$|^omschrijving$"
)
_LEFT = re.compile(
    r"^(?:running |closing |account |available )?balance(?: after)?$"
    r"|^(?:账户|帐户|交易后|当前)?余额$"
    r"|^(?:saldo|kontostand|neuer saldo|solde|saldo disponible|saldo contabile)$"
)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_GAP = re.compile(r"[\s_\-./()\[\]*:]+")


def of_account(header: Sequence[str]) -> bool:
    """Return whether a sheet has both sides of an account."""
    names = [normalise(text) for text in header]
    return all(any(side.search(name) for name in names) for side in SIDES)


def of_movements(header: Sequence[str]) -> bool:
    """Return whether a sheet lists what came to an account and left it, by signs."""
    names = [normalise(text) for text in header]
    listed = any(map(_MOVEMENTS.search, names)) or is_statement(header)
    return listed and not of_account(header)


def is_statement(header: Sequence[str]) -> bool:
    """Return whether a sheet has what each entry is for, and the balance after it."""
    names = [normalise(text) for text in header]
    return any(map(_TOLD.search, names)) and any(map(_LEFT.search, names))


@lru_cache(maxsize=4096)
def role(header: str) -> Role | None:
    """Return what a number under `header` is of; None where no word says it."""
    written = folded(header)
    # LineAmount is two words, MwSt is one.
    text = _GAP.sub(" ", f"{_HUMP.sub(' ', written)} | {written}").casefold().strip()
    found = _role_of(text)
    # The amounts of a tax may have its rate in their header: Sales tax (8.25%), 税额(13%).
    without_rate = _FIGURE.sub(" ", text) if found == "rate" else text
    return "tax" if without_rate != text and _role_of(without_rate) == "tax" else found


def _role_of(text: str) -> Role | None:
    return next((role for role, pattern in _WORDS if pattern.search(text)), None)


@lru_cache(maxsize=4096)
def of_pieces(header: str) -> bool:
    """Return whether a header names the price of one piece, with or without tax."""
    return bool(_OF_PIECES.search(_spaced(header)))


@lru_cache(maxsize=4096)
def of_price(header: str) -> bool:
    """Return whether a header names a price that may be of one piece, and is none of a line."""
    text = _spaced(header)
    return (bool(_OF_PRICE.search(text)) and not _OF_ALL.search(text)) or of_pieces(header)


def _spaced(header: str) -> str:
    written = folded(header)
    return f"{_HUMP.sub(' ', written)} | {written}".replace("_", " ").casefold()
