"""Tell from a header that a column has the numbers or addresses of people: Owner ID, 工号.

>>> is_number("Owner ID"), is_number("业务员工号"), is_number("Customer ID"), is_number("Order No.")
(True, True, False, False)
"""

from __future__ import annotations

import re

from data.values.header_text import normalise

_WHO = (
    r"(?:(?:account|deal|lead|opportunity|record|order|contact) ?)?owner|(?:sales ?)?rep"
    r"|sales ?person|salesman|seller|sales agent|agent|employee|staff|user|account manager"
    r"|account executive|assigned to|assignee|associate|personnel"
)
_WHAT = r"(?:id|no\.?|nr\.?|number|num|code|key|#|e ?mail(?: address)?|login|user ?name)"
_WHO_HAN = (
    r"业务员|销售员|销售人员|销售代表|销售|员工|人员|负责人|所有人|归属人|跟进人|坐席|客户经理|经办人"
    r"|业务|顾问|導購|导购|用户"
)
_NUMBER = re.compile(
    rf"(?:{_WHO})(?:['’]s)?[ :.]{{0,2}}{_WHAT}"
    rf"|(?:{_WHO_HAN})?(?:的)?工号|(?:{_WHO_HAN})(?:编号|编码|代码|账号|帐号|邮箱|号| ?id)"
    r"|(?:mitarbeiter|personal|verkäufer|vertreter|benutzer) ?(?:id|nr\.?|nummer|kürzel)"
    r"|matricule|(?:id|code|n°) (?:du |de l')?(?:vendeur|commercial|employé)"
    r"|legajo|(?:id|código|nº) (?:del |de )?(?:vendedor|empleado|comercial|usuario)"
    r"|matrícula|(?:id|codice) (?:del )?(?:venditore|agente)|табельный номер"
)


def is_number(header: str) -> bool:
    """Return whether a column under `header` tells one person from another."""
    return bool(_NUMBER.fullmatch(normalise(header)))
