"""Tell from a header of a list of orders what was collected of each so far, and when last.

>>> [is_collected(one) for one in ("已回款金额(元)", "Amount Paid", "Bezahlt", "Montant payé")]
[True, True, True, True]
>>> [is_collected(one) for one in ("待回款金额", "实付金额", "Balance due", "Paid by", "Tax paid")]
[False, False, False, False, False]
>>> [is_last_day(one) for one in ("最近回款日期", "Last payment", "计划回款日期", "Ship date")]
[True, True, False, False]

What a shop calls 实付 or 实收 is what an order came to, and not how much of it was collected.
"""

from __future__ import annotations

import re
from functools import lru_cache

from data.values.header_text import normalise

_COLLECTED = re.compile(
    r"(?:销售)?(?:订单|客户)?(?:已|累计|累计已|已累计|目前已)"
    r"(?:回款|收款|收到款|收到|收|到账|到款|付款|支付|付)(?:金额|款项|款|额|总额|总金额|合计)?"
    r"|(?:销售)?(?:订单|客户)?(?:回款|收款|到账|到款)(?:金额|额|总额|总金额|合计)"
    r"|(?:total |order )?(?:amount |value )?(?:already )?(?:paid|collected)"
    r"(?: amount| value| total| so far| to date)?"
    r"|(?:total |order )?amount (?:already )?received(?: so far| to date)?|received amount"
    r"|total received|payments? (?:received|collected|to date)|total payments?|cash collected"
    r"|advance paid|collections? (?:amount|to date)"
    r"|(?:bereits |schon |davon |bisher |betrag )?(?:bezahlt|gezahlt)|(?:be|ge)zahlter betrag"
    r"|erhaltene(?:r betrag| zahlungen)|zahlungseing(?:ang|änge)|eingegangener betrag"
    r"|(?:montant |total )?(?:déjà )?(?:payé|réglé|encaissé|perçu)|encaissements?|paiements reçus"
    r"|(?:importe |monto |total |ya )?(?:pagado|cobrado)"
    r"|(?:importo |totale |già )?(?:pagato|incassato)"
    r"|(?:valor |montante |total |já )?(?:pago|recebido)"
    r"|(?:bedrag |totaal |reeds )?(?:betaald|ontvangen)|betaald bedrag"
)
# Whose currency it is in, beside what it is of.
_CURRENCY = re.compile(
    r"[(（\[]?(?:本位币|本币|原币|(?:company|home|base|local) currency|converted)[)）\]]?",
    re.IGNORECASE,
)
_LAST_DAY = re.compile(
    r"(?:订单)?(?:最近|最后|最新|末次|上次|最近一次|最后一次)?"
    r"(?:回款|收款|到账|到款|付款|支付)(?:日期|时间|日)"
    r"|(?:last |latest |most recent )?(?:payment|paid|collection|collected)(?: received)?"
    r" (?:date|day|on|at|time)"
    r"|(?:last|latest|most recent) (?:payment|collection)|date (?:of )?(?:last )?(?:payment|paid)"
    r"|letzte zahlung(?: am)?|(?:letzter )?zahlungseingang(?: am)?"
    r"|(?:letztes )?zahlungs(?:eingangs)?datum|(?:bezahlt|gezahlt) am"
    r"|(?:date (?:du |de )?)?dernier (?:paiement|règlement|encaissement)"
    r"|date (?:du |de |d')(?:paiement|règlement|encaissement)|(?:payé|réglé|encaissé) le"
    r"|(?:fecha (?:de |del )?)?último (?:pago|cobro)|fecha (?:de |del )(?:pago|cobro)"
    r"|(?:pagado|cobrado) el|(?:data (?:di |del )?)?ultimo (?:pagamento|incasso)"
    r"|data (?:di |del |do |de )?(?:pagamento|incasso|recebimento)|pagato il"
    r"|(?:data do )?último (?:pagamento|recebimento)|laatste betaling|betaald op|betaaldatum"
)


@lru_cache(maxsize=4096)
def is_collected(header: str) -> bool:
    """Return whether a column under `header` has how much of an order was collected so far."""
    return bool(_COLLECTED.fullmatch(normalise(_CURRENCY.sub("", header))))


@lru_cache(maxsize=4096)
def is_last_day(header: str) -> bool:
    """Return whether a column under `header` has the day on which an order was last paid."""
    return bool(_LAST_DAY.fullmatch(normalise(header)))
