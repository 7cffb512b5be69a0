"""Word the labels of totals, averages and counts, in the languages that exports are written in.

>>> is_total_label("华东 小计"), is_total_label("Total Energies"), is_total_label("Total for Alder")
(True, False, True)
>>> named_total("Total Alder Co")
'Alder Co'

A label is never enough: `data.layout.totals` looks at the rest of the row.
"""

from __future__ import annotations

import re

from data.layout import totals_of_languages as languages

_CHINESE = (
    "合计|小计|总计|共计|累计|汇总|总和|合 计|小 计|总 计|本页合计|本月合计|合計|小計|總計|總和"
    "|合计金额|总计金额|累计金额"
)
_SURE = (
    r"(?:sub|grand)[\s-]*totals?|sous[\s-]*total|totale? g[ée]n[ée]rale?|total geral"
    r"|zwischensumme|gesamt(?:summe|ergebnis|betrag)?|eindtotaal|subtotaa?l|subtotale"
    r"|общий итог|промежуточный итог|g\.? ?total|ttl\.?"
    r"|(?:tages|wochen|monats|quartals|jahres|kunden|artikel|gruppen|teil|end|seiten)summe"
    rf"|{languages.SURE_WORDS}"
)
_PLAIN = (
    r"totals?|totale|totaal|sums?|overall|summe|somme|suma|soma|итого|всего|razem|toplam"
    rf"|{languages.PLAIN_WORDS}"
)
_OF = "for|of|pour|für|von|vom|de|du|des|del|della|para|per|voor|van|по|за"
# Behind a group's name, as spreadsheets word it: Anna Toplam.
_GROUPED = (
    rf"razem|toplam|suma|somma|totaa?le?|итого|{languages.SURE_WORDS}|{languages.PLAIN_WORDS}"
)
_ANY = rf"(?:{_SURE}|{_PLAIN})"
_FIGURE = (
    r"(?:record |row |grand )?count|averages?|avg|mean|median|计数|平均值?|平均数|計數|项数|笔数"
    r"|anzahl|mittelwert|moyenne|nombre|promedio|recuento"
)
_RECORDS = r"(?:records?|rows?|entries|条(?:记录|数据)?|條(?:記錄)?|笔|行(?:记录)?|项记录)"
_COUNTED = rf"[(（]\s*\d[\d,]*\s*{_RECORDS}\s*[)）]"
# Alone, before a colon, a year or a count, or beside a group's name.
_LABEL = re.compile(
    rf"(?P<sure>(?:{_CHINESE}|{_SURE})\s*(?:[:：]\s*)?(?:{_COUNTED})?|.{{1,60}}\s*{_COUNTED}"
    rf"|totals?\s*{_COUNTED}|共\s*\d[\d,]*\s*{_RECORDS}|\*{{1,4}})"
    rf"|{_ANY}\s*(?:(?:[:：]|[(（]?\d+[)）]?|{_CHINESE})\s*)?[:：]?"
    rf"|(?:{_FIGURE})\s*[:：]?"
    rf"|.{{1,40}}?[\s_-]*(?:{_CHINESE})\s*[:：]?|(?:{_CHINESE})\s*[(（:：].{{0,30}}"
    rf"|.{{1,40}}[\s:_-]+(?:(?:sub|grand)[\s-]*)?(?:totals?|count|average)\s*[:：]?"
    rf"|.{{1,40}}\s(?:ergebnis|gesamt|{_GROUPED})|{_ANY}\s+(?:{_OF})\s+.{{1,60}}"
    rf"|{_ANY}(?:\s*[:：]\s*|\s+[-–—]\s+).{{1,60}}",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"(?:{_ANY}|{_CHINESE})\s*(?:(?:[:：]|\b(?:{_OF})\b)\s*)?"
    rf"(?P<after>.{{1,60}})|(?P<before>.{{1,60}}?)[\s:_-]*(?:{_CHINESE}|(?:sub[\s-]*)?totals?"
    rf"|gesamt|(?<=[\s:_-])(?:{_GROUPED}))",
    re.IGNORECASE,
)

# What Arrow searches for, before Python looks at the few texts that have it.
MAYBE = (
    r"(?i)计|計|^\*+$|汇总|总和|總和|total|totaa|sum[aem]?|somme|soma|overall|gesamt|ergebnis|итог|всего"
    r"|\bttl\b|razem|toplam"
    r"|\bcount\b|average|avg|\bmean\b|median|平均|项数|笔数|anzahl|mittelwert|moyenne|nombre"
    r"|promedio|recuento|\d\s*(?:records?|rows?|entries|条|條|笔|行|项)"
    rf"|{languages.MAYBE}"
)

_LONGEST = 200  # characters of a label with its group; longer text is none


def is_total_label(text: str | None) -> bool:
    """Return whether a cell is worded as the label of a total, an average or a count."""
    return bool(_LABEL.fullmatch(_looked_at(text)))


def is_sure_label(text: str | None) -> bool:
    """Return whether a cell can hardly be anything but a label: Grand Total, X (2 records)."""
    match = _LABEL.fullmatch(_looked_at(text))
    return bool(match and match["sure"])


def named_total(text: str | None) -> str | None:
    """Return the group that a cell names the total of, if it is worded like one."""
    match = _NAMED.fullmatch(_looked_at(text))
    return (match["after"] or match["before"]).strip(" :：-–—") if match else None


def _looked_at(text: str | None) -> str:
    stripped = (text or "").strip()
    return stripped if len(stripped) <= _LONGEST else ""
