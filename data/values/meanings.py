"""Read the meaning of a stage or a status out of the words around it.

    >>> closings = {"closed won": "won", "赢单": "won", "lost": "lost"}
    >>> of_deal("5. Closed Won (Sales Pipeline)", closings), of_deal("赢单(100%)", closings)
    ('won', 'won')
    >>> of_deal("Lost - no budget", closings), of_deal("Not lost yet", closings)
    ('lost', None)

Numbers, percentages and a pipeline's name say nothing; parts that contradict each other
say nothing either. `may_end` tells which of the others may be the end of a deal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from data.values.header_text import normalise

_NUMBER = re.compile(
    r"^[(\[【]?(?:(?:stage|step|phase|stufe|阶段|第)\s*+)?"
    r"(?:[a-z]{0,2}\d{1,2}(?![\d%])(?:阶段|步)?\s*+[.、:)\]】_\-–—]*|[a-z]\s*+[.、:)\]】_\-–—])\s*+(?=\S)"
)
_PERCENT = re.compile(r"\d{1,3}(?:[.,]\d+)?\s*%")
_PART = re.compile(
    r"[/|:;,、。·•>→()\[\]{}【】《》<]+|(?<!\s)\s++[-–—~]++\s*+|(?<![-–—~])[-–—~]++\s++|(?<=\D)[-–—]+(?=[^a-z\s])"
)
# Between a header and what it says of a row: "Won = no" is nothing won.
SAYS = " = "
_HEDGED = re.compile(
    rf"{SAYS}|\b(?:not|never|nearly|almost|to be|likely|maybe|if|un|risk|at risk|back|soon|expected"
    r"|pending|nicht|fast|pas|presque|casi|por)\b|n't|[未待预拟]|(?<!标)准|不|即将|可能|是否|率|跟进|回访|风险|尚"
)
# What was void, and holds again.
_BACK = re.compile(
    r"\b(?:reinstated|restored|reactivated|re-?opened|resumed|revoked|uncancell?ed|wieder|réactivée?"
    r"|reactivad[oa]|reabiert[oa]|riattivat[oa])\b|恢复|反作废|重新打开"
)
_ENDS = re.compile(
    r"(?:^|\s)(?:(?P<end>won|lost|gewonnen|verloren|gagnée?|perdue?|ganad[oa]|perdid[oa])$)"
    r"|^(?P<start>won|lost|gewonnen|verloren)\s+(?:to|due|on|by|because|after|deal|opportunity|an|"
    r"wegen|for)\b"
)
_CHINESE_ENDS = {
    **dict.fromkeys(("赢单", "成交", "签单", "赢單"), "won"),
    **dict.fromkeys(("输单", "丢单", "失单", "战败", "輸單", "丟單", "戰敗", "流失"), "lost"),
}
# Words that mean an end only where they stand alone.
_LOOSE = frozenset(("win", "success", "成功", "取消", "无效", "放弃"))
_VOID_START = re.compile(r"^(cancell?ed|voided|refunded)\s+(?:by|due|to|on|at|after|because)\b")
_MAY_END = re.compile(
    r"\b(?:won|win|lost|lose|renewed|churn(?:ed)?|signed|disqualified|unqualified|completed?|closed"
    r"|done|finished|archived|deleted|withdrawn|expired|abandoned|dropped|dead|rejected|declined"
    r"|cancell?ed|retained|inactive|gewonnen|verloren|abgeschlossen|unterschrieben|beendet|abgelehnt"
    r"|signée?|conclue?|terminée?|abandonnée?|firmad[oa]|cerrad[oa]|finalizad[oa]|rechazad[oa])\b"
    r"|已?续[约费]|流失|已签|签署|签约|成交|赢|输单|丢单|失单|战败|中标|落标|丢标|已?完成|结束|关闭|终止"
    r"|归档|作废|失效|放弃|无效|结单|结案"
)


# An open invoice is a sale, an unpaid basket is none: the list tells which of them it is.
# Of such an order counts what was not given back, which only an amount of it tells.
PARTLY = (
    "partially refunded", "partial refund", "partly refunded", "部分退款", "部分退货",
    "teilweise erstattet", "partiellement remboursé", "partiellement remboursée",
    "parcialmente reembolsado",
)  # fmt: skip
# Such a status of a deal says that its record is in use, not where the deal stands.
IN_USE = frozenset(
    ("active", "enabled", "正常", "有效", "生效", "启用", "aktiv", "actif", "activo", "activa")
)
UNPAID = frozenset(
    ("unpaid", "not paid", "awaiting payment", "waiting for payment", "payment due", "due",
     "overdue", "past due", "outstanding", "未付款", "未支付", "待付款", "待支付", "等待付款",
     "未付", "待付", "未收款", "待收款", "未回款", "unbezahlt", "nicht bezahlt",
     "zahlung ausstehend", "überfällig", "impayé", "impayée", "non payé", "non payée",
     "no pagado", "no pagada", "impagado", "impagada")
)  # fmt: skip
_INVOICES = re.compile(
    r"\binvoice ?(?:no|number|date|id|#)|\bbill ?(?:no|number|date)\b|发票号|發票號|发票日期"
    r"|开票日期|rechnungs?[ -]?(?:nr|nummer|datum)|(?:numéro|n°|date) de (?:la )?factur"
    r"|(?:número|nº|fecha) (?:de (?:la )?)?factura"
)
_SHOP = re.compile(
    r"shipped|\bto (?:ship|receive)\b|delivered|fulfilled|in transit|等待出库|发货|收货|签收"
    r"|交易成功|交易关闭|交易完成|买家|核销"
    r"|versandt|geliefert|expédi|livrée?|enviado|entregado"
)
# Ends of a deal to some, and steps before its end to others.
_MAYBE_SIGNED = re.compile(
    r"\b(?:(?<!to be )signed|verbal(?: (?:commit(?:ment)?|agreement|yes|ok|win))?|mündlich)\b"
    r"|^(?:已?签约|已?签订?合同|合同(?:签订|签署|已签)|已签(?:订|署)?|口头(?:承诺|同意|确认|答应))$"
)
# The state after the end of a deal where no stage is called won: an active contract.
_LIVE = frozenset(
    ("active", "live", "active customer", "customer", "client", "onboarded", "implemented", "paid",
     "合作中", "已合作", "已上线", "已交付", "已付款", "已回款", "aktiv", "kunde", "actif",
     "client actif", "activo", "activa", "cliente")
)  # fmt: skip
_IN_BRACKETS = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]\s*$")


def of_deal(text: str, known: Mapping[str, str]) -> str | None:
    """Return what a stage or a status of a deal means by `known` words; None if nothing tells."""
    if direct := _direct(text, known):
        return direct
    whole, *parts = _parts(text) or ("",)
    if _HEDGED.search(whole):
        return None
    read = [known.get(normalise(whole)) or _by_end(whole)]
    read += [known.get(normalise(part)) or _by_end(part) for part in parts if part not in _LOOSE]
    meanings = {meaning for meaning in read if meaning}
    return meanings.pop() if len(meanings) == 1 else None


def of_document(text: str, known: Mapping[str, str]) -> str | None:
    """Return what the status of an order or a contract means; None unless all its parts tell.

    One that is cancelled and refunded is cancelled.
    """
    if direct := _direct(text, known):
        return direct
    if start := _VOID_START.match(normalise(text)):
        return known.get(start[1])
    whole, *parts = _parts(text) or ("",)
    if _BACK.search(whole):
        return None
    read = [known.get(normalise(part)) for part in parts or [whole]]
    meanings = {meaning for meaning in read if meaning}
    if meanings == {"cancelled", "returned"} and read[0]:
        return "cancelled"
    if len(meanings) != 1 or (None in read and (meanings == {"valid"} or read[0] is None)):
        return None
    return meanings.pop()


def may_end(stage: str) -> bool:
    """Return whether an unknown stage may be the end of a deal: renewed, signed, churned."""
    return bool(_MAY_END.search(normalise(stage)))


def may_be_signed(stage: str) -> bool:
    """Return whether a stage may be the end of a deal although it is known as a step: Signed."""
    spoken = normalise(_bare(stage))
    return bool(_MAYBE_SIGNED.search(spoken)) and not _HEDGED.search(spoken)


def may_be_live(stage: str) -> bool:
    """Return whether a stage may be what follows a win: Active, Live."""
    return not _LIVE.isdisjoint(_parts(stage))


def in_brackets(stage: str) -> str:
    """Return what stands in brackets at the end of a stage, as its pipeline; "" if nothing."""
    match = _IN_BRACKETS.search(stage)
    return normalise(match[1]) if match else ""


def unpaid(headers: Iterable[str], texts: Iterable[str]) -> str | None:
    """Return what an unpaid document of a list is worth: "valid", "cancelled"; None if unknown.

    `headers` are those of the list, `texts` the words of its status.
    """
    invoices = any(_INVOICES.search(normalise(header)) for header in headers)
    baskets = any(_SHOP.search(normalise(text)) for text in texts)
    if invoices == baskets:
        return None
    return "valid" if invoices else "cancelled"


def _direct(text: str, known: Mapping[str, str]) -> str | None:
    return known.get(unicodedata.normalize("NFKC", text).strip().casefold()) or known.get(
        normalise(text)
    )


def _bare(text: str) -> str:
    """Return a text without its number and percentages."""
    written = unicodedata.normalize("NFKC", text).strip().casefold()
    return _PERCENT.sub(" ", _NUMBER.sub("", written)).strip(" -–—_.")


@lru_cache(maxsize=4096)
def _parts(text: str) -> tuple[str, ...]:
    """Return the parts of a text between marks, without its number and percentages."""
    bare = _bare(text)
    parts = [part.strip(" -–—_.") for part in (bare, *_PART.split(bare))]
    # The whole goes first: "closed-won" is one word of two parts.
    return tuple(dict.fromkeys(part for part in parts if part))


def _by_end(part: str) -> str | None:
    """Return what the first or last word of a part means: "Project Won", "Lost to price"."""
    if _HEDGED.search(part):
        return None
    for word, choice in _CHINESE_ENDS.items():
        if part.endswith(word) or part.startswith(word):
            return choice
    if match := _ENDS.search(part):
        word = match["end"] or match["start"]
        return "won" if word.startswith(("won", "gew", "gag", "gan")) else "lost"
    return None
