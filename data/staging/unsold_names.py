"""Tell from headers and names that a list is of what was bought, quoted, or lies in stock.

>>> of_purchases("供应商名称"), of_purchases("Lieferant"), of_purchases("Supplier rating")
(True, True, False)
>>> of_stock("库存数量"), of_stock("Qty on hand"), of_stock("Stock exchange")
(True, True, False)
>>> of_sales("Sales Rep"), of_sales("Lineitem name"), of_sales("采购员")
(True, True, False)

English, Chinese, German, French, Spanish, Portuguese, Italian and Dutch.
"""

from __future__ import annotations

import re
import unicodedata

_WHOSE = (
    r"(?:name|names|id|no|nr|code|number|nummer|bezeichnung|display name|account|company"
    r"|company name"
    r"|bill to name)"
)
_SUPPLIER = re.compile(
    r"^(?:(?:供应|供貨|供货|供應)(?:商|单位|單位|方|厂商|厂家)|供方)(?:名称|名稱|编号|編號"
    r"|编码|代码|简称|全称)?$"
    rf"|^(?:suppliers?|vendors?)(?: {_WHOSE})?$|^{_WHOSE} of (?:the )?(?:supplier|vendor)$"
    rf"|^(?:lieferant(?:en)?|lieferfirma|kreditor(?:en)?|leveranciers?)(?: ?{_WHOSE})?$"
    r"|^(?:(?:nom|code|n|numéro) (?:du )?)?fournisseur$|^(?:(?:nombre|código"
    r"|n) (?:del? )?)?proveedor$"
    r"|^(?:(?:nome|código|codice) (?:do |del )?)?(?:fornecedor|fornitore)$"
)
_PURCHASE = re.compile(
    r"^(?:采购|採購|进货|進貨)(?:订|訂)?(?:单|單)?(?:号|號|编号|編號|单号|单据号|日期|时间"
    r"|员|員|人|人员|数量|數量"
    r"|金额|金額|单价|價格|部门|组织|类型|入库单号)?$"
    r"|^(?:purchase order|purchasing document|vendor bill|supplier invoice|purchase invoice)"
    r"(?: (?:id|no|number|date|line))?$|^(?:purchasing (?:group|org\w*)|purchase rep"
    r"|bill date|bill no)$"
    r"|^(?:einkäufer(?:in)?|einkaufsbeleg|einkaufsgruppe|eingangsrechnung(?:snummer)?)$"
)
_NAMED_BOUGHT = re.compile(
    r"(?:采购|採購|进货|進貨)(?!商)|应付|供应商|\b(?:purchase orders?|purchase (?:invoice"
    r"|receipt)s?|vendor bills?"
    r"|supplier (?:invoice|bill|order)s?|purchas(?:es?|ing) (?:list|report|register|journal)"
    r"|accounts payable"
    r"|payables|goods receipts?|eingangsrechnungen|einkauf|einkäufe|wareneingang"
    r"|lieferantenbestellungen|lieferantenrechnungen|achats|factures fournisseurs?|compras|acquisti"
    r"|facturas de proveedores|inkoop)\b"
)
_STOCK = re.compile(
    r"(?:库存|庫存|结存|在库|现存|期末)(?:数量|數量|数|量|金额|金額|总额|成本|价值)?$"
    r"|^(?:可用|可售)(?:库存|量)$"
    r"|^(?:(?:qty|quantity|units?) (?:on hand|in stock|available)|on hand(?: (?:qty|quantity"
    r"|value))?"
    r"|(?:stock|inventory)(?: (?:qty|quantity|level|value|on hand|amount|balance))?|in stock"
    r"|(?:lager)?bestand(?:smenge|swert)?|lagerwert|stock (?:actuel|disponible)|existencias"
    r"|giacenza"
    r"|estoque|voorraad)$"
)
_NAMED_STOCK = re.compile(
    r"库存|庫存|盘点|存货(?:明细|清单|表)|\b(?:inventory|stock (?:list|report|on hand"
    r"|levels?|count)|stocktake|stock"
    r"|lagerbestand|lagerliste|bestandsliste|inventur|inventaire|inventario|estoque|voorraad)\b"
)
_QUOTED = re.compile(
    r"^(?:报价|報價|询价|估价)(?:单|單)?(?:号|號|编号|編號|单号|日期|时间|金额|有效期)?$"
    r"|^(?:quotes?|quotations?|estimates?|proposals?)"
    r"(?: (?:id|no|number|ref|reference|date|name|amount|total|#))?$"
    r"|^(?:angebot|offerten?)s?(?: ?(?:nummer|nr|id|datum|summe|wert))?$"
    r"|^(?:(?:n|numéro|date|montant|réf|référence) (?:de |du |d )?)?devis$"
    r"|^(?:(?:número|no|n|fecha|importe) (?:de |del )?)?(?:presupuesto|cotización|oferta)$"
    r"|^(?:(?:numero|n|data|importo) )?(?:preventivo|offerta)$"
    r"|^(?:(?:número|no|data|valor) (?:do |da )?)?(?:orçamento|cotação)$"
    r"|^offerte ?(?:nummer|nr|datum)$"
)
_OF_ORDER = re.compile(
    r"订单|訂單|销售|下单|发票|合同|\b(?:order|sales?|invoice|contract)\b|auftrag|rechnung|vertrag"
    r"|commande|facture|contrat|pedido|factura|ordine|fattura"
)
_NAMED_QUOTED = re.compile(
    r"报价|報價|询价|\b(?:quotes?|quotations?|estimates?|angebote?|angebotsliste|offerten?|devis"
    r"|presupuestos?|cotizaci(?:ón|ones)|preventiv[oi]|orçamentos?|offertes?)\b"
)
_SOLD = re.compile(
    r"销|售|客户|客戶|营业|业务|业绩|\b(?:sales?|sold|sell\w*|revenue|turnover|customers?"
    r"|clients?|deals?|shoppers?|lineitem|financial status|fulfil?lment status|accepts marketing"
    r"|billing (?:name|address|city|country|zip|email)|shipping (?:name|address|method))\b"
    r"|买家|買家|收货人|收貨人|收件人|顾客|顧客"
    r"|umsatz|verk[aä]uf|vertrieb|kunde|\bventes?|vendeur|\bventas?|vended|vendas?|\bclient"
    r"|vendit|verkoop"
)
_PRICE = re.compile(
    r"^(?:(?:含税|未税|不含税)?(?:单价|價格|价格|报价|单位价格)|(?:unit |net "
    r"|current )?price(?: per unit)?|quoted price"
    r"|(?:einzel|stück|netto)?preis|prix(?: unitaire)?|precio(?: unitario)?"
    r"|prezzo(?: unitario)?|preço)$"
)
_BUYER = re.compile(r"^(?:buyers?(?: name)?|采购员|采购人员?|einkäufer(?:in)?|acheteur|comprador)$")
_GAPS = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])|[\W_]+")
_DAYS = re.compile(r"(?:\d+[年月日号季]?|\bQ\d|\s)+")


def _spoken(text: str) -> str:
    return _GAPS.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()


def of_purchases(header: str) -> bool:
    """Return whether a header stands over whom or under what number something was bought."""
    spoken = _spoken(header)
    return bool(_SUPPLIER.search(spoken) or _PURCHASE.search(spoken))


def of_supplier(header: str) -> bool:
    """Return whether a header stands over the names of suppliers."""
    return bool(_SUPPLIER.search(_spoken(header)))


def of_price(header: str) -> bool:
    """Return whether a header says that it is a price, and not whose."""
    return bool(_PRICE.search(_spoken(header)))


def of_stock(header: str) -> bool:
    """Return whether a header stands over what lies in stock."""
    return bool(_STOCK.search(_spoken(header)))


def of_order(header: str) -> bool:
    """Return whether a header stands over the number or day of an order, a sale or an invoice."""
    return bool(_OF_ORDER.search(_spoken(header)))


def of_quotes(header: str) -> bool:
    """Return whether a header stands over the number, day or amount of a quote."""
    return bool(_QUOTED.search(_spoken(header)))


def named_quoted(name: str) -> str:
    """Return what a list of quotes is called, without its days; else nothing."""
    words = _DAYS.sub(" ", _GAPS.sub(" ", unicodedata.normalize("NFKC", name))).strip()
    found = _NAMED_QUOTED.search(words.casefold())
    return words if found and not _SOLD.search(words.casefold()) else ""


def of_sales(header: str) -> bool:
    """Return whether a header says by itself that something was sold, or who sold or bought it."""
    return bool(_SOLD.search(_spoken(header)))


def of_buyer(header: str) -> bool:
    """Return whether a header may as well be who buys for the company."""
    return bool(_BUYER.search(_spoken(header)))


def named_unsold(name: str, *, bought: bool) -> str:
    """Return what a list of purchases, or of stock, is called, without its days; else nothing."""
    words = _DAYS.sub(" ", _GAPS.sub(" ", unicodedata.normalize("NFKC", name))).strip()
    spoken = words.casefold()
    found = (_NAMED_BOUGHT if bought else _NAMED_STOCK).search(spoken)
    return words if found and not _SOLD.search(spoken) else ""
