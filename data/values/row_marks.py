"""Tell from a header that a column marks orders as cancelled or returned, and read its marks.

    >>> marked("Returned?"), marked("取消时间")
    (Mark(form='flag', means='returned'), Mark(form='day', means='cancelled'))
    >>> marked("Payment Status")
    Mark(form='status', means='')
    >>> marked("作废原因"), marked("是否有效")
    (Mark(form='reason', means='cancelled'), Mark(form='validity', means='cancelled'))
    >>> marked("Return Policy"), marked("Refundable"), marked("退货原因")
    (None, None, None)
    >>> said("yes"), said("否"), said("maybe")
    (True, False, None)

English, Chinese, German, French, Spanish, Italian, Portuguese, Dutch and Japanese.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from data.values.header_text import normalise
from data.values.void_notes import is_of_notes

Meaning = Literal["cancelled", "returned"]

_BACK = (
    r"returned|refunded|return|refund|returns|charge ?back|charged back"
    r"|退货|退款|退单|退换货|退货退款|退货/退款|退款/退货|退回|退费|返品|返金"
    r"|retourniert|zurückgegeben|zurückgesendet|retoure|erstattet|erstattung|rückgabe|rücksendung"
    r"|retournée?|remboursée?|remboursement|retour|devuelt[oa]|reembolsad[oa]|devolución|reembolso"
    r"|devolvid[oa]|devolução|reso|rimborsat[oa]|rimborso|geretourneerd|terugbetaald"
)
_VOID = (
    r"cancell?ed|cancel|cancell?ation|cancel|voided|annulled|取消|撤销|撤单|作废|删除|キャンセル|deleted?|deletion"
    r"|storniert|stornierung|storno|annulliert|annulée?|annulation|cancelad[oa]|anulad[oa]"
    r"|cancelación|cancelamento|annullat[oa]|annullamento|geannuleerd|annulering"
)
_BEFORE = (
    r"(?:(?:is|was|has been|been|order|item|line|fully|date|time|day|datum|fecha|data|date de"
    r"|date du|fecha de|data di|data de|fecha del|wurde|est|是否|有无|已"
    r"|订单|整单|全额|单据)\s*)*"
)
_AFTER = (
    r"\s*(?:\?|flag|order|item|line|indicator|marker|y/n|yes/no|\((?:y/n|yes/no|是/否)\)"
    r"|标志|标识|标记|与否|否)?"
)
_DAY_AFTER = r"\s*(?:date|at|on|time|day|timestamp|date/time|datetime|datum|am|日期|时间|日|日時)"
_FLAGS = {
    means: re.compile(rf"^{_BEFORE}(?:{words}){_AFTER}$")
    for means, words in (("returned", _BACK), ("cancelled", _VOID))
}
_DAYS = {
    means: re.compile(
        rf"^(?:{_BEFORE}(?:{words})[sd]?{_DAY_AFTER}(?:\s*\(?utc\)?)?"
        rf"|(?:date|datum|fecha|data)\s(?:de |di |of |d')?(?:la |l')?(?:{words})"
        rf"|(?:{words})s?(?:datum|dato))$"
    )
    for means, words in (("returned", _BACK), ("cancelled", _VOID))
}
_STATUS = re.compile(
    r"^(?:order|payment|financial|fulfill?ment|delivery|shipping|shipment|transaction|document"
    r"|approval|invoice|sales|so|订单|支付|付款|收款|物流|发货|配送|交货|签收"
    r"|交易|单据|审批|审核|流程)? ?"
    r"(?:status|state|状态)$"
    r"|^(?:zahlungs|liefer|bestell|versand|auftrags|beleg)status$"
    r"|^statut (?:de (?:la |l')?|du |d')?(?:paiement|livraison|commande|expédition)$"
    r"|^estado (?:de |del )?(?:la |el )?(?:pago|pedido|envío|entrega)$"
    r"|^(?:stato (?:del )?(?:pagamento|ordine|spedizione)|status do (?:pagamento|pedido))$"
    r"|^(?:financial|fulfill?ment)_?status$"
)
_CLAIMS = re.compile(
    r"^(?:return|refund|rma|dispute|claim|cancell?ation|after ?-?sales?) (?:status|state)$"
    r"|^(?:售后|退款|退货|退单|维权|退换货|退款/退货|退货/退款)(?:单)?状态$"
    r"|^(?:retouren|rückgabe|erstattungs)status$"
)
# Why a row was cancelled is written only where it was; goods go back in part, too.
_REASONS = re.compile(
    r"^(?:(?:cancell?(?:ed|ation)?|void|rejection|deletion) reason"
    r"|reason for (?:cancell?ation|rejection|deletion)"
    r"|(?:订单|行)?(?:取消|作废|撤销|撤单|拒绝|删除)原因|absagegrund|stornogrund|ablehnungsgrund)$"
)
_VALIDITY = re.compile(
    r"^(?:is )?(?:valid|active)\s*(?:\?|flag|order|\(y/n\)|y/n)?$"
    r"|^(?:是否|订单是否)?(?:有效|生效)(?:标志|标识|与否|否)?$|^(?:gültig|aktiv)$"
)
_YES = frozenset((
    "yes", "y", "true", "t", "x", "✓", "√", "✔", "是", "有", "对", "是的", "ja", "oui", "sí", "si",
    "sim", "はい", "vrai", "verdadero", "wahr", "vero", "да",
))  # fmt: skip
_NO = frozenset((
    "no", "n", "false", "f", "0", "否", "无", "没有", "不是", "未", "nein", "non", "não", "nee",
    "いいえ", "faux", "falso", "falsch", "нет",
))  # fmt: skip
_UNTOUCHED = re.compile(
    r"^(?:no|not|never|nicht|keine?|pas|sin|non|没有|未|无|不)\s*"
    r"(?:refund|return|cancel|retour|erstatt|storn|rembours|reembols|devol|退|取消|作废|拒|申请|$)"
)
_NOTHING = frozenset(("none", "nil", "nothing", "aucun", "aucune", "ninguno", "nessuno", "geen"))
_MAY_VOID = re.compile(
    r"refund|return|charge ?back|charged back|cancel|void|dispute|revers|unpaid|not paid"
    r"|fail|reject"
    r"|declin|expired|draft|abandon|退|取消|作废|关闭|撤销|撤单|拒|未付|未支付|未收款|待付|待支付|等待.*付款|无效|失败|驳回"
    r"|草稿|erstatt|retour|storn|annul|rembours|devuel|devol|reembol|anulad|cancelad|rimbors|unbezahlt"
    r"|impay|pendiente de pago|[反弃消未待]审|审[核批]中|重新审核|暂存|unapproved"
    r"|not (?:yet )?approved|(?:pending|awaiting|waiting for|in) approval"
    r"|nicht (?:freigegeben|genehmigt)|in genehmigung"
)
_FIRM_VOID = re.compile(
    r"^(?:订单|交易)?(?:已)?(?:取消|作废|撤销)|^cancell?ed|^voided$|^void$|^storniert|^annul|^anulad|^cancelad|^geannuleerd"
)
_FIRM_BACK = re.compile(
    r"^(?:fully |all )?(?:refunded|returned)$|^charge ?back$|^charged back$"
    r"|^(?:已|全额|已全额)?(?:退款|退货|退货退款|退单)(?:成功|完成|已完成)?$"
    r"|^return to sender$|^returned to (?:sender|seller)$|^erstattet$|^retourniert$"
    r"|^remboursée?$|^retournée?$|^reembolsad[oa]$|^devuelt[oa]$|^rimborsat[oa]$|^交易成功\(已退款\)$"
)
_CLAIM_DONE = re.compile(r"^(?:已)?(?:完成|成功)$|^(?:completed|complete|succeeded|success|done)$")
_CLAIM_OVER = re.compile(
    r"关闭|拒绝|驳回|撤销|取消|reject|declin|denied|closed|cancel|none|^no\b|^无|^没有|^未申请"
)


@dataclass(frozen=True)
class Mark:
    """What a column says of its rows: a `flag` of yes and no, a `day` or none, or a `status`.

    A `reason` stands where it happened; a `validity` is a flag whose no marks; a `note` may say
    anything.
    `means` is what it marks rows as; "" for a status, and for one of a claim "claim".
    """

    form: Literal["flag", "validity", "day", "reason", "status", "note"]
    means: Literal["cancelled", "returned", "claim", ""]


@lru_cache(maxsize=4096)
def marked(header: str) -> Mark | None:
    """Return what a column under `header` marks; None for one about something else."""
    spoken = normalise(header)
    for means in ("returned", "cancelled"):
        if _DAYS[means].search(spoken):
            return Mark("day", means)
        if _FLAGS[means].search(spoken):
            return Mark("flag", means)
    if _REASONS.search(spoken):
        return Mark("reason", "cancelled")
    if _VALIDITY.search(spoken):
        return Mark("validity", "cancelled")
    if _CLAIMS.search(spoken):
        return Mark("status", "claim")
    if is_of_notes(header):
        return Mark("note", "cancelled")
    return Mark("status", "") if _STATUS.search(spoken) else None


def said(text: str) -> bool | None:
    """Return whether a flag says yes or no; None for any other word."""
    spoken = normalise(text)
    return True if spoken in _YES else False if spoken in _NO else None


def status(text: str, claim: bool = False) -> Meaning | Literal["ask"] | None:
    """Return what a status beside the order's own says; None if nothing, "ask" if it may.

    With `claim`, it is the status of a return or refund, of which one may be refused.
    """
    spoken = normalise(text)
    if _FIRM_BACK.search(spoken):
        return "returned"
    if claim:
        if _CLAIM_DONE.search(spoken):
            return "returned"
        over = _CLAIM_OVER.search(spoken) or _UNTOUCHED.search(spoken)
        return None if over else "ask"
    if _FIRM_VOID.search(spoken):
        return "cancelled"
    return "ask" if _MAY_VOID.search(spoken) and not _UNTOUCHED.search(spoken) else None


def of_nothing(text: str) -> bool:
    """Return whether a text says that nothing was given back, taken back or cancelled."""
    spoken = normalise(text)
    return spoken in _NOTHING or bool(_UNTOUCHED.search(spoken))
