"""Tell a line above a table that says of which days or account it is, cell by cell.

>>> tells_period(["Zeitraum:", "01.03.2026", "31.03.2026"]), tells_period(["01.03. - 31.03.2026"])
(True, True)
>>> tells_period(["Rep", "2026-03-01", "2026-04-01"]), tells_period(["Date", "Account", "Amount"])
(False, False)
"""

from __future__ import annotations

import re
import unicodedata

from data.layout.cells import Row, is_value

_DAY = r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{2,4})?)"
_SPAN = re.compile(
    rf"[^\d]{{0,16}}{_DAY}\s{{0,3}}(?:[-–—~～至到]|to|bis|au|al|a|until|through)\s{{0,3}}{_DAY}[^\d]{{0,8}}",
    re.IGNORECASE,
)
_FROM = re.compile(
    rf"(?:from|to|until|von|bis|du|au|desde|hasta|dal|al|自|从|至|起|止)\s{{0,3}}[:：]?\s{{0,3}}{_DAY}",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:(?:statement|reporting|booking|report) )?(?:period|dates?|date range)|from|to"
    r"|(?:account|iban|account (?:no\.?|number|name|holder))|zeitraum|buchungszeitraum|von|bis"
    r"|konto(?:nummer|inhaber)?|p[ée]riode|du|au|compte|periodo|per[íi]odo|desde|cuenta|conto"
    r"|(?:交易|查询|统计|对账|账单|记账)?(?:区间|期间|时间段|起止日期|起止时间|日期范围)|起始日期|开始日期|(?:查询)?账[号户]|户名",
    re.IGNORECASE,
)


def tells_period(row: Row) -> bool:
    """Return whether a row is such a line: one span of days, or labels with days beside them."""
    cells = [unicodedata.normalize("NFKC", cell).strip() for cell in row if cell and cell.strip()]
    if not cells:
        return False
    spans = sum(bool(_SPAN.fullmatch(cell)) for cell in cells)
    if spans == 1 or _FROM.fullmatch(cells[0]):
        return True
    label = _LABEL.fullmatch(cells[0].rstrip(" :"))
    return bool(label) and any(map(is_value, cells[1:]))
