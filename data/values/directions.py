"""Tell from a kind of document or transaction whether its amounts count, take back, or are no sale.

    >>> direction("Credit Note"), direction("销售发票"), direction("Payout")
    ('takes', 'adds', 'out')
    >>> direction("Sales Return"), direction("Purchase Invoice"), direction("Transfer")
    ('takes', 'out', None)

English, Chinese, German, French, Spanish, Italian and Dutch. `named` tells which headers stand
over such words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from data.values.header_text import normalise

# An amount as it stands, the same taken back, or money that is neither sold nor returned.
Direction = Literal["adds", "takes", "out"]
VOID = "void"
ADDS, TAKES, OUT = DIRECTIONS = ("adds", "takes", "out")

# A refund that failed, or a return that was reversed, is a sale again, or is it?
_UNCLEAR = re.compile(
    r"fail|revers\w* of|cancel|undo|(?:refund|charge ?back|dispute) (?:reversal|won)"
    r"|失败|撤销退|取消退"
)
# What is invoiced before the sale may stand in its final invoice once more.
_AHEAD = re.compile(
    r"(?:deposit|down ?payment|prepayment|advance(?: payment)?|retainer|progress) invoices?"
    r"|(?:anzahlungs|abschlags|vorauszahlungs|teil)rechnung|facture d['’ ]?acompte"
    r"|factura de anticipo|fattura d['’i ]{0,2} ?acconto|voorschotfactuur"
    r"|(?:预收款?|预付款?|预开|定金|订金|进度款?)发?票|預(?:收|付)款?發票"
)
TAKEN_BACK = re.compile(
    r"退货|退貨|返品|返金|반품|환불|退款|退单|退單|退回|退费|退費|红字|紅字|红冲|冲红|冲销"
    r"|沖銷|冲账|贷项|贷记通知|折让|折讓|拒付"
    r"|\b(?:credit (?:note|memo|invoice)s?|creditmemo|creditnote|accreccredit|refund(?:s|ed)?"
    r"|return(?:s|ed)?|charge ?backs?|revers(?:als?|ed)|disputes?"
    r"|gutschrift(?:en)?|stornorechnung(?:en)?|stornos?|retouren?|(?:rücksendung|erstattung"
    r"|rückbuchung|rückzahlung)(?:en)?|avoirs?|remboursements?|retours?|notes? de crédit"
    r"|notas? de crédito|abono|devoluci(?:ón|ones)|devoluç(?:ão|ões)|reembolsos?|estornos?"
    r"|not[ae] di credito|res[oi]|rimbors[oi]|storni|creditnota|creditfactu(?:ur|ren)"
    r"|terugbetaling(?:en)?|zwroty?)\b"
)
_BOUGHT = re.compile(
    r"(?:采购|採購|进货|進貨|供应商).*(?:退|贷)|\b(?:purchase|vendor|supplier"
    r"|bill)s?\b.*\b(?:return|credit|refund)"
    r"|^accpay"
)
_OUT = re.compile(
    r"支出|(?<!预)付(?:货|貨)款|预收款?(?:冲|转|核)|提现|提現|采购|採購|进货|進貨|付款单|付款單|报销|报价单|報價單|调拨|盘点|期初|不计收支|商户消费|二维码付款|信用卡还款"
    r"|零钱充值|零钱通|样品|样机|赠品|赠送|领用|借出|借用|移库|报损|报废|盘亏|其他出库|其它出库"
    r"|^(?:手续费|平台费|技术服务费|报价|支|付)$"
    r"|供应商付款|付供应商|支付供应商|\bpayments? to (?:a )?(?:suppliers?|vendors?|creditors?)\b"
    r"|\b(?:payouts?|withdrawals?|(?:supplier|vendor) payments?"
    r"|purchase (?:order|invoice|receipt)s?|vendor (?:bill|invoice)s?"
    r"|supplier (?:bill|invoice)s?|bill payments?|expenses?|outgoing|quotations?|quotes?|estimates?"
    r"|pro ?forma|opening balance|journal entry|(?:stripe|processing|transaction|platform|paypal"
    r"|amazon|application|merchant) fees?"
    r"|(?:transfer|sample|replacement) orders?|(?:stock|inventory|internal|warehouse) transfers?"
    r"|samples?|giveaways?|free of charge|complimentary|internal (?:use|consumption|order)s?"
    r"|muster(?:auftrag|bestellung|lieferung)?|umlagerung(?:en)?|umlagerungsauftrag|eigenverbrauch"
    r"|kostenlose? (?:lieferung|bestellung)|échantillons?|usage interne|muestras?"
    r"|consumo interno|campion[ei]|auszahlung(?:en)?|ausgaben?"
    r"|eingangsrechnung(?:en)?|angebote?|dépenses?|devis|gastos?"
    r"|presupuestos?|preventiv[oi]|uitgaven?|offertes?)\b"
)
_ADDS = re.compile(
    r"^收$|发票|發票|蓝字|订单|訂單|销售|銷售|出库|出貨|出货|收入|收款|入账|进账|蓝票"
    r"|在线支付|交易付款"
    r"|(?<!付)[货貨]款|回款|入金|수금|입금|선수금|前受金"
    r"|合同|新签|续签|续约|续费|增购|定金|订金|首付|首款|尾款|进度款|预收|全款|分期|普通"
    r"|标准|线上|线下|直销|零售|批发"
    r"|现货|加急"
    r"|\b(?:invoices?|inv|orders?|sales?|charges?|payments?|receipts?|income|revenue|incoming"
    r"|contracts?|renewals?|upsell|new business|deposit|down payment|instal?lments?|online|offline"
    r"|standard|express|retail|wholesale|web ?shop"
    r"|debit (?:note|memo)s?|accrec|subscriptions?|rechnung(?:en)?|einnahmen?|verkauf"
    r"|auftrag|zahlung|factures?|ventes?|recettes?|commande|facturas?|ventas?|ingresos?"
    r"|pedido|fatturas?|fattura"
    r"|zahlungseing[aä]ng\w{0,2}|(?:kunden|verkaufs|rechnungs|an|ab|teil|schluss)zahlung(?:en)?"
    r"|encaissements?|règlements?|acomptes?|cobros?|anticip[oi]s?|accont[oi]|incass[oi]"
    r"|recebimentos?|aanbetaling(?:en)?|klantbetaling(?:en)?|предоплата|оплата|аванс|tahsilat"
    r"|wpłat[ay]|vendita|factuur|verkoop|ontvangst)\b|rechnung$"
)
# Which side of an account is a sale depends on whose account it is.
_SIDES = re.compile(
    r"^(?:debits?|credits?|dr|cr|[借贷]方?|soll|haben|débits?|crédits?|debe|haber|dare|avere|[-+])$"
)
_SURELY = re.compile(
    r"单据[类種种名]|單據[類種名]|凭证类|票据类|发票类|收\s*+[/、]?\s*+支|借贷|借\s*/\s*贷|红蓝"
    r"|\b(?:document|doc|voucher) ?(?:type|kind|class)\b|\bdoctype\b|\bdebit\s*+/?\s*+credit\b"
    r"|\bdr\s*+/?\s*+cr\b|\bd/c\b|\bdirection\b|belegart|soll\s*/\s*haben|\bsens\b"
    r"|type de (?:document|pièce)|tipo (?:de |di |)(?:documento|comprobante)"
)
_MAYBE = re.compile(
    r"类型|類型|类别|類別|业务种类|(?:收款|回款|款项|到账)(?:用途|性质|事由)|\b(?:type|kind|event|art|tipo|soort)\b|buchungsart"
    r"|vorgang|umsatzart|auftragsart|bestellart|rechnungsart|geschäftsart|lieferart"
)
_OTHERS = re.compile(
    r"客户|客戶|产品|產品|商品|物料|行业|线索|项目|支付方|付款方|\b(?:customer|client|account"
    r"|product|item|lead|industry|deal|project|user|company|card|method|currency|tax)\b"
)


_SOLD = re.compile(
    r"发票|發票|销售|銷售|出库|出貨|出货|订单|訂單"
    r"|\b(?:invoices?|inv|accrec|sales? (?:receipt|order|invoice)s?|factures?"
    r"|facturas?|fatturas?|fattura|factuur|ventes?|ventas?)\b|rechnung(?:en)?$"
)
_SALE = re.compile(
    r"^(?:新签|续签|续约|增购|新购|复购|零售|批发|直销|销售|退货|退款|出库单?"
    r"|sales?|new business|new (?:sale|order|customer)|renewals?|upsells?|cross-? ?sell"
    r"|expansion|wholesale|retail"
    r"|returns?|refunds?|credit (?:note|memo)s?|verkauf|neukunde|verlängerung|gutschrift"
    r"|ventes?|ventas?|renouvellement|renovación|avoir|devolución)$"
)
_PAID = re.compile(
    r"^(?:(?:销售|銷售|客户|发票|应收)?(?:收款|回款|[货貨]款)单?|收款核销|预收款"
    r"|(?:customer |invoice |received? )?payments?(?: received)?"
    r"|sales payments?|payments? (?:of|for) (?:an? )?(?:invoice|order|sale)s?"
    r"|zahlung(?:en|seingang)?"
    r"|(?:paiements?|règlements?|encaissements?)(?: (?:de |d['’]|des )(?:factures?|ventes?))?"
    r"|(?:pagos?|cobros?)(?: de (?:facturas?|ventas?))?"
    r"|(?:pagament[oi]|incass[oi])(?: (?:di |da )?(?:fatture?|vendite?))?|betaling(?:en)?)$"
)
_RECEIPTS = re.compile(
    r"收款|回款|款项|到账|入金|수금|입금|\b(?:receipts?|payments?|collections?)\b"
    r"|zahlung|encaissement|paiement|règlement|\b(?:cobro|pago|incasso)\b"
    r"|pagamento|recebimento|betaling|ontvangst"
)
# Money that came in and may be for nothing sold.
_OTHER_RECEIPTS = re.compile(
    r"^(?:其[他它]|杂项|其他业务|营业外)(?:收款|收入|回款)单?$|押金|保证金|借款|利息|罚款"
    r"|^(?:other|miscellaneous|misc\.?|sundry) (?:receipts?|payments?|income)$"
    r"|\b(?:security deposit|loan|interest)s?\b|^sonstige(?:r|s)? |\b(?:kaution|darlehen|zinsen)\b"
    r"|^autres? (?:encaissement|recette|règlement)s?$|^otros (?:cobros|ingresos|pagos)$"
    r"|^altri incassi$|^outros recebimentos$|^overige ontvangsten$|^その他入金|^기타 ?(?:입금|수금)"
)
_CLOSING = re.compile(
    r"(?:^|行|单据|整单|业务)(?:是否)?关闭(?:状态|标志|标识)?$"
    r"|\bis closed\b|\bclos(?:e|ed|ing) (?:status|flag)\b"
)
_NOT_CLOSED = re.compile(r"^(?:未|没有|不)|^(?:正常|否|no|n|false|0|open|not closed|a)$")
# An order, what was delivered of it and its invoice are one sale in three documents.
_STAGES = (
    re.compile(
        r"发票|發票|开票|\b(?:invoices?|inv|facturas?|factures?|fatturas?|fattura|factuur)\b|rechnung"
    ),
    re.compile(
        r"出库|出貨|出货|发货|送货|\b(?:deliver(?:y|ies)|shipments?|fulfillments?|livraisons?)\b|lieferung|lieferschein"
    ),
    re.compile(
        r"订单|訂單|\b(?:(?:sales )?orders?|commandes?|pedidos?|ordin[ei])\b|auftrag|bestellung"
    ),
)
_BUDGET = re.compile(
    r"预算|預算|计划|計劃|\b(?:budget(?:ed|s)?|planned|plan|geplant|budgeté|prévu|presupuesto"
    r"|presupuestado|preventivato)\b"
)
_SPENT = re.compile(r"实际|實際|外|\b(?:actual|un(?:planned|budgeted)|off|out)\b")


def direction(text: str) -> Direction | None:
    """Return what a kind of document does with its amounts; None for one that nobody knows."""
    spoken = normalise(text)
    if _BOUGHT.search(spoken):
        return "out"
    if TAKEN_BACK.search(spoken):
        return None if _UNCLEAR.search(spoken) else "takes"
    if _OUT.search(spoken):
        return "out"
    if _AHEAD.search(spoken):
        return None
    return "adds" if _ADDS.search(spoken) else None


def sides(texts: Iterable[str]) -> bool:
    """Return whether all words are sides of an account, which nobody knows but the user."""
    return all(_SIDES.search(normalise(text)) for text in texts)


def kept_apart(text: str) -> Literal["sold", "paid"] | None:
    """Return whether a kind is a sale or the payment of one; in one list only either counts."""
    spoken = normalise(text)
    if _PAID.search(spoken):
        return "paid"
    return "sold" if _SOLD.search(spoken) else None


def of_receipts(header: str) -> bool:
    """Return whether a column has kinds or numbers of receipts, so that each row is one."""
    return bool(_RECEIPTS.search(normalise(header)))


def other_receipt(text: str) -> bool:
    """Return whether a kind of receipt may be for nothing that was sold: a deposit, a loan."""
    return bool(_OTHER_RECEIPTS.search(normalise(text)))


def document_of(text: str) -> int | None:
    """Return which document of a sale a kind is: 0 its invoice, 1 its delivery, 2 its order."""
    spoken = normalise(text)
    return next((at for at, words in enumerate(_STAGES) if words.search(spoken)), None)


def of_sale(text: str) -> bool:
    """Return whether a kind is one of sales or their returns, and of nothing that was spent on."""
    spoken = normalise(text)
    return bool(_SALE.search(spoken)) or (kept_apart(text) == "sold" and not _OUT.search(spoken))


def of_budget(text: str | None) -> bool:
    """Return whether a kind of spend is what was planned, and not what was spent."""
    spoken = normalise(text or "")
    return bool(_BUDGET.search(spoken)) and not _SPENT.search(spoken)


def paid_out(text: str) -> bool:
    """Return whether money went out: paid for something, or given back; the rest of a row tells."""
    return bool(
        re.search(r"支出|outgoing|expense|ausgabe|auszahlung|dépense|gasto", text.casefold())
    )


def paid_in(text: str) -> bool:
    """Return whether money came in, whatever for; the rest of a row tells."""
    return bool(
        re.search(r"^(?:收入|收|incoming|income|einnahme|recette|ingreso)$", normalise(text))
    )


def open_still(text: str) -> bool:
    """Return whether a word beside an order says that it is not closed."""
    return bool(_NOT_CLOSED.search(normalise(text)))


def named(header: str) -> Literal["surely", "maybe", "closing"] | None:
    """Return whether a column has kinds of documents by its name: surely, maybe, or not.

    "closing" is a mark of orders that were closed, which some write of void ones and others of
    those that are done.
    """
    spoken = normalise(header)
    if _CLOSING.search(spoken):
        return "closing"
    if _SURELY.search(spoken):
        return "surely"
    return "maybe" if _MAYBE.search(spoken) and not _OTHERS.search(spoken) else None
