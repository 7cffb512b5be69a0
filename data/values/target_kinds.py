"""Words for the kinds of target that one person may have for one month, beside each other.

>>> is_kind("Stretch"), is_kind("冲刺目标"), is_kind("North")
(True, True, False)
>>> is_cumulative("YTD Target"), is_cumulative("累计"), is_cumulative("Monthly")
(True, True, False)
"""

from __future__ import annotations

import re

from data.values.header_text import normalise

_NOUN = r"(?:target|quota|goal|plan|budget|case|scenario|value|目标|任务|指标|值|额|档|线|版)"
_CUMULATIVE = re.compile(
    r"ytd|year to date|cumulative|cumulated|cum|accumulated|running(?: total)?|to date"
    r"|kumuliert|kumulativ|aufgelaufen|cumulé|cumul|acumulado|cumulativo|cumulato|progressivo"
    r"|年?累计|年初至今|本年累计|當年累計|накопительно|нарастающим итогом"
)
_OF_ONE_PERIOD = re.compile(
    r"month|monthly|mtd|single month|in month|monatlich|monat|mensuel|mensual|mensile|mensal"
    r"|当月|本月|月度?|单月|每月"
)
_LEVEL = re.compile(
    r"base|basic|baseline|basis|standard|normal|target|quota|plan|planned|budget|on[ -]?target|goal"
    r"|stretch|aggressive|ambitious|ambition|challenge|optimistic|pessimistic|conservative|upside"
    r"|downside|best|worst|most likely|expected|realistic|commit|committed|commitment"
    r"|floor|minimum|min|maximum|max|threshold|accelerator"
    r"|ziel|soll|plan|minimal(?:ziel)?|mindestziel|basisziel|stretchziel|zusage|herausforderung"
    r"|objectif|plancher|seuil|ambitieux|engagement|défi"
    r"|objetivo|mínimo|reto|compromiso|meta|desafio|compromisso"
    r"|obiettivo|minimo|sfida|impegno"
    r"|目标|基本|基础|基准|标准|保底|底线|最低|冲刺|挑战|进取|确保|必达|承诺|力争|奋斗|卓越|乐观|悲观|中性|保守"
)


def is_kind(text: str) -> bool:
    """Return whether a text names a kind of target and nothing else."""
    word = _without_noun(text)
    return any(pattern.fullmatch(word) for pattern in (_CUMULATIVE, _OF_ONE_PERIOD, _LEVEL))


def is_cumulative(text: str) -> bool:
    """Return whether a text names targets from the start of the year on."""
    return bool(_CUMULATIVE.fullmatch(_without_noun(text)))


def _without_noun(text: str) -> str:
    word = normalise(text)
    short = re.sub(rf" ?{_NOUN}$", "", word)
    return short or word
