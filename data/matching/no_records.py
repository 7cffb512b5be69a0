"""Tell from its headers that a sheet lists nothing of ours: a dictionary, a payroll, bills, rates.

    >>> is_dictionary(["Table", "Field", "Description"])
    True
    >>> is_payroll(["姓名", "部门", "应发工资", "实发工资"]), is_payroll(["Name", "Salary"])
    (True, False)
    >>> is_of_bills(["Bill No", "Vendor", "Amount"]), is_of_bills(["Order", "Vendor", "Customer"])
    (True, False)

Words of English, Chinese, German, French, Spanish, Italian, Portuguese and Dutch.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from data.values import currencies
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
_SUPPLIER = re.compile(
    r"^(?:供应商|供應商|供货商|供货单位)(?:名称|名稱|编号|编码)?$"
    r"|^(?:suppliers?|vendors?)(?: (?:name|id|no|number|code))?$"
    r"|^(?:lieferant|kreditor|leverancier)(?:en)?(?: ?(?:name|nr|nummer))?$"
    r"|^(?:nom du )?fournisseur$|^(?:nombre del )?proveedor$|^fornecedor$|^fornitore$"
)
_BUYER = re.compile(
    r"客户|客戶|买家|顾客|销售|业务员|订单|商品|产品|\b(?:customer|client|sales|order|product|item)\b"
    r"|kunde|artikel|produkt|\bclient|vendeu|vended|vendit|commande|produit|cliente|pedido|producto|prodotto"
)

_RATE = re.compile(
    r"^(?:(?:exchange|fx|conversion|spot|average|month end) )?rates?$|汇率|匯率|折算率|牌价|换算率"
    r"|^(?:wechsel|umrechnungs|devisen)?kurse?$|^taux(?: de change)?$|tipo de cambio"
    r"|tasso di cambio|taxa de câmbio|^(?:wissel)?koers$"
)


def is_dictionary(header: Sequence[str]) -> bool:
    """Return whether a sheet describes the columns of other sheets."""
    keys = {key(text) for text in header if key(text)}
    return len(keys) <= 8 and bool(keys & _keys(_THING)) and bool(keys & _keys(_SAID))


def is_payroll(header: Sequence[str]) -> bool:
    """Return whether a sheet has what people are paid before and after what is taken off."""
    return sum(bool(_PAYROLL.search(normalise(text))) for text in header) >= _FEWEST


def is_of_bills(header: Sequence[str]) -> bool:
    """Return whether a sheet says from whom something was bought, and nothing of who bought."""
    names = [normalise(text) for text in header]
    return any(map(_SUPPLIER.search, names)) and not any(
        _BUYER.search(name) for name in names if not _SUPPLIER.search(name)
    )


def is_of_rates(header: Sequence[str], samples: Sequence[Sequence[str | None]]) -> bool:
    """Return whether a sheet lists exchange rates: rates by name, beside currencies."""
    if not any(_RATE.search(normalise(text)) for text in header):
        return False
    cells = ([cell for cell in column if cell] for column in samples)
    return any(column and all(map(currencies.code, column)) for column in cells)


@cache
def _keys(spellings: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(key, spellings))
