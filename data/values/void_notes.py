"""Tell from a remark that it takes back its whole row: 已作废, CANCELLED, storniert am 3.3.

>>> voids("CANCELLED - duplicate of SO-7"), voids("Order was cancelled by the customer")
(True, True)
>>> voids("cancelled the extra manual"), voids("not cancelled"), voids("作废发票已重开")
(False, False, False)

What is said of the row stands alone, or ends where another clause, a person or a day begins.
"""

from __future__ import annotations

import re

from data.values.header_text import normalise
from data.values.numbers import folded

_HEADER = re.compile(
    r"^(?:(?:order|internal|sales|customer|general|additional|订单|销售|单据|内部|合同|行) ?)?"
    r"(?:notes?|remarks?|comments?|memo|备注(?:信息|说明|内容)?|注释|说明|附注|备考|bemerkung(?:en)?"
    r"|anmerkung(?:en)?|notiz(?:en)?|kommentare?|hinweise?|remarques?|commentaires?"
    r"|observaci(?:ón|ones)|comentarios?|notas?|observaç(?:ão|ões)|annotazioni|opmerking(?:en)?)$"
)
_OF_ROW = (
    r"(?:(?:this|the|whole|order|contract|deal|sale|line|was|is|has been|been|got|now|status"
    r"|customer|client|状态|客户|客人|买家|对方|此|该|本|整|订单|单据|合同|单|已经|已|kunde|hat|wurde|ist|auftrag"
    r"|bestellung|commande|pedido|ordine)[ :]{0,2}){0,4}"
)
_HAN = (
    r"(?:作废|取消|撤销|撤单|废除|废单|キャンセル)(?:订单|单据|合同|此单|该单|掉|了|单)?(?=$|[^\w])"
)
_WORDS = (
    r"(?:cancell?ed|void|voided|annulled|storniert|annulliert|annulée?|cancelad[oa]|anulad[oa]"
    r"|annullat[oa]|geannuleerd)"
    r"(?=$|\s?[^\w\s]|\s(?:by|on|at|per|due|as|because|since|after|and|order|am|vom|von|durch|auf|weil"
    r"|wegen|par|le|pour|por|el|em|da|dal|il|door|op|\d))"
)
_VOID = re.compile(rf"^[^\w]{{0,3}}(?:{_OF_ROW})(?:{_HAN}|{_WORDS})")


def is_of_notes(header: str) -> bool:
    """Return whether a column under `header` holds remarks."""
    return bool(_HEADER.search(normalise(header)))


def voids(text: str) -> bool:
    """Return whether a remark says that the whole row no longer holds."""
    return bool(_VOID.search(folded(text).casefold()))
