"""Words for what targets are of, in a header, a title or the name of a sheet or file.

>>> metrics("2026年回款目标"), metrics("Visits per rep"), metrics("Quota 2026")
({'collections': '回款'}, {'visits': 'Visits'}, {})
"""

from __future__ import annotations

import re

_WORDS = {
    "sales": r"销售|销售额|业绩|营业额|签单额|营收|sales|revenues?|turnover|bookings?|umsatz"
    r"|umsätze|vertriebs|verkaufs|chiffre d.affaires|ventes|ventas|vendas|vendite|fatturato",
    "quantity": r"销量|数量|台数|件数|quantity|quantities|volume|units|stückzahl|absatz|unités"
    r"|unidades",
    "margin": r"毛利|利润|margins?|gross profit|rohertrag|deckungsbeitrag|marge|margen|margine",
    "collections": r"回款|收款|到款|collections?|collected|cash-?in|cash receipts"
    r"|zahlungseing(?:a|ä)nge?|encaissements?|cobros|cobranzas?|recebimentos?|incassi",
    "new_customers": r"新客户|新增客户|新客|拉新|new (?:customers?|clients?|accounts?|logos?)"
    r"|neukunden|nouveaux clients|nuevos clientes|clientes nuevos|novos clientes|nuovi clienti",
    "contracts": r"签约数|合同数|签约家数|contracts? signed|signed contracts?|number of contracts",
    "visits": r"拜访|走访|visits?|besuche?|visites|visitas|visite",
    "calls": r"电话|外呼|通话|calls?|anrufe?|appels|llamadas|ligações|chiamate",
    "orders": r"订单数|订单量|单量|orders|number of orders|order count"
    r"|bestellungen|commandes|pedidos",
    "leads": r"线索|leads?|prospects?",
    "opportunities": r"商机|opportunit(?:y|ies)|pipeline",
    "satisfaction": r"满意度|satisfaction|nps|csat|zufriedenheit",
    "market_share": r"市场份额|市场占有率|market share|marktanteil",
    "repeat_rate": r"复购率|repeat(?:-purchase)? rate",
    "retention": r"客户保留率|留存率|retention",
}
_HANZI = re.compile(r"[一-鿿]")
# Words that are labels where something else than targets follows: 电话：138…, Units: EUR thousand.
_LABELS = ("quantity", "calls")
_NO_LABEL = r"(?!\s?+[:：]|\s?+\d|\s(?:in|of)\b)"


def metrics(text: str) -> dict[str, str]:
    """Return the metrics that a text names, and the word for each as it is written."""
    spaced = text.replace("_", " ")
    found = {name: pattern.search(spaced) for name, pattern in _PATTERNS.items()}
    return {name: match[0] for name, match in found.items() if match}


def _pattern(words: str, may_label: bool) -> re.Pattern[str]:
    """Return a pattern for words that are whole where their writing has blanks between words."""
    parts = words.split("|")
    hanzi = [word for word in parts if _HANZI.search(word)]
    spaced = [word for word in parts if not _HANZI.search(word)]
    either = "|".join([*hanzi, rf"\b(?:{'|'.join(spaced)})(?:\b|(?=ziele?\b|plan\b))"])
    return re.compile(f"(?:{either}){_NO_LABEL if may_label else ''}", re.IGNORECASE)


_PATTERNS = {name: _pattern(words, name in _LABELS) for name, words in _WORDS.items()}
