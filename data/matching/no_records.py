"""Tell from its headers that a sheet lists nothing of ours: a data dictionary, or a payroll.

    >>> is_dictionary(["Table", "Field", "Description"])
    True
    >>> is_payroll(["姓名", "部门", "应发工资", "实发工资"]), is_payroll(["Name", "Salary"])
    (True, False)

Words of English, Chinese, German, French, Spanish, Italian, Portuguese and Dutch.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from data.values.header_text import key, normalise

_THING = ("field", "field name", "column", "column name", "字段", "字段名", "字段名称", "列名")
_SAID = (
    "description",
    "definition",
    "meaning",
    "notes",
    "说明",
    "字段说明",
    "描述",
    "含义",
    "备注",
)
# What is paid to people in the end, or taken off before; a list of people has at most a salary.
_PAYROLL = re.compile(
    r"^(?:应发|應發|实发|實發)(?:工资|工資|薪资|薪資|薪酬|金额|金額|合计|合計|数|數)?(?:\(元\))?$"
    r"|^(?:税后|稅後|税前|稅前)(?:工资|工資|薪资|薪資|收入)$|^(?:个人所得税|个税|代扣个税|社保扣款)$"
    r"|^(?:代扣社保|代扣公积金|公积金扣款)$"
    r"|^(?:gross|net|take home) (?:pay|wages?|salary|earnings)$"
    r"|^paye$|^(?:income )?tax withheld$"
    r"|^(?:total )?payroll (?:tax|taxes|deductions)$|^(?:total )?deductions$"
    r"|^(?:brutto|netto)(?:lohn|gehalt|verdienst|bezüge|salaris|loon)$|^auszahlungsbetrag$"
    r"|^gesamtbrutto$|^lohnsteuer$|^sozialversicherung$|^loonheffing$"
    r"|^(?:salaire|rémunération|paie) (?:brute?|nette?)$|^net à payer(?: avant impôt)?$"
    r"|^(?:salario|sueldo) (?:bruto|neto)$|^líquido a percibir$|^(?:salário) (?:bruto|líquido)$"
    r"|^(?:stipendio|retribuzione) (?:lord[oa]|nett[oa])$"
)
_FEWEST = 2


def is_dictionary(header: Sequence[str]) -> bool:
    """Return whether a sheet describes the columns of other sheets."""
    keys = {key(text) for text in header if key(text)}
    return len(keys) <= 8 and bool(keys & _keys(_THING)) and bool(keys & _keys(_SAID))


def is_payroll(header: Sequence[str]) -> bool:
    """Return whether a sheet has what people are paid before and after what is taken off."""
    return sum(bool(_PAYROLL.search(normalise(text))) for text in header) >= _FEWEST


@cache
def _keys(spellings: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(key, spellings))
