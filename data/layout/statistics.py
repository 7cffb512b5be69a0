"""Find the rows of a table that state an average, a target, another period or a part of the sum.

    >>> cells = pa.table({"0": ["S1", "S2", "Average"], "1": ["Acme", "Bolt", None],
    ...                   "2": ["100", "200", "150"]})
    >>> statistic_rows(cells)
    {2}

Such a word stands where the other rows have a number or a day, and nothing else of a record is
beside it. An order of the customer Target has its number, and stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.cells import Row, kind, rows_of
from data.layout.total_words import is_total_label

_LONG, _ENDS = 100_000, 1000
_MOSTLY = 0.9  # of the records have a number where one has
_LEAST = 2

_PERIOD = (
    r"(?:previous|prior|last|preceding) (?:month|year|quarter|week|period|day)s?(?: total)?"
    r"|(?:same|comparable) (?:month|period|quarter|week|day)"
    r"(?: (?:of )?(?:last|previous|prior) year)?"
    r"|[ymqw]td|yoy|mom|qoq|ly|py"
    r"|vor(?:monat|jahr|quartal|woche|periode)(?:e?s?(?:monat|zeitraum|wert|quartal))?"
    r"|(?:letzter|letztes|voriger|voriges) (?:monat|jahr|quartal)"
    r"|(?:mois|trimestre|semaine|période) (?:précédente?|dernière?)"
    r"|(?:année|an) (?:précédente?|dernière?)|n ?[-–] ?1|a ?[-–] ?1"
    r"|(?:mes|año|trimestre|semana|período|periodo) (?:anterior|pasad[oa])"
    r"|(?:mês|ano) (?:anterior|passado)|(?:mese|anno|trimestre) (?:precedente|scorso)"
    r"|(?:vorige|vorig) (?:maand|jaar|kwartaal)|poprzedni (?:miesiąc|rok|kwartał)"
    r"|(?:прошлый|предыдущий) (?:месяц|год|квартал|период)"
    r"|(?:上个?月|上月|上年|去年|上季度?|上周|前年|本月|本年|今年|上期)(?:同期|同月|同比|环比)?|同期"
    r"|(?:同|环)比(?:增长|增幅|增减)?(?:率|额)?|前月比?|先月|前年(?:同月|同期|比)?|昨年"
    r"|전월|전년(?:동월|동기)?|전기|önceki (?:ay|yıl)|geçen (?:ay|yıl)"
)
_FIGURE = (
    r"averages?(?: .{1,30})?|avg\.?|mean|median|max(?:imum)?\.?|min(?:imum)?\.?|highest|lowest"
    r"|largest|smallest|std\.? ?dev\.?|standard deviation|variance"
    r"|(?:record |row |order |line )?count(?: of .{1,30})?|number of .{1,30}|per (?:day|order|rep)"
    r"|durchschnitt(?:lich|swert)?|mittelwert|ø|höchst(?:er|e|es)?(?:wert)?"
    r"|(?:niedrigster?|kleinster?|größter?)(?: wert)?|anzahl(?: .{1,30})?|medianwert"
    r"|moyennes?|médiane|nombre(?: d.{1,30})?|écart[- ]type|promedio|media|mediana|máximo|mínimo"
    r"|recuento|número de .{1,30}|média|contagem|massimo|minimo|conteggio|gemiddelde|aantal"
    r"|średnia|maksimum|mediana|liczba|среднее|медиана|максимум|минимум|количество"
    r"|平均(?:值|数|額|额|单价|客单价)?|均值|最[大小高低](?:值|额)?|中位数|中央値|标准差|計数|计数|个数|条数|件数"
    r"|单数|订单数|订单数量|记录数|笔数|客单价|每日平均|日均|月均|人均|평균|최대(?:값)?|최소(?:값)?|최댓값|최솟값"
    r"|건수|ortalama|maksimum|en (?:yüksek|düşük)"
)
_AIM = (
    r"(?:monthly |quarterly |annual |yearly |sales |team )?"
    r"(?:target|quota|budget|goal|plan|forecast)"
    r"|(?:target |plan |quota |goal )?(?:achievement|attainment|completion)(?: rate)?"
    r"|%? ?(?:of|to|vs\.?) (?:target|plan|budget|quota|goal)|remaining|shortfall|difference|gap"
    r"|growth(?: rate)?|change|share|(?:monats|jahres|quartals|umsatz)?ziele?|soll|planwert"
    r"|budget|abweichung|differenz|zielerreichung(?:sgrad)?|erfüllungsgrad|wachstum|veränderung"
    r"|objectifs?|écart|taux de réalisation|réalisation|croissance|objetivos?|meta|presupuesto"
    r"|diferencia|cumplimiento|crecimiento|diferença|orçamento|obiettivo|scostamento|doel"
    r"|doelstelling|verschil|cel|różnica|realizacja|план|цель|отклонение|выполнение"
    r"|(?:[本全当]?[月年季周日]度?|销售|业绩|团队)?(?:目标|指标|任务|预算|计划)(?:额|值)?"
    r"|(?:目标|任务|预算)?(?:完成|达成|增长)(?:率|度|额|进度)|占比|差额|差异|缺口|增长|目標|達成率|差異|予算"
    r"|목표|달성률|차이|hedef|fark"
)
_PART = (
    r"(?:of which|thereof|of this|of these|including|incl\.|davon|darunter|dont|de los cuales"
    r"|de las cuales|de ellos|dos quais|das quais|di cui|waarvan|w tym|в том числе|из них|bunun)"
    r"(?:[\s:：,-].{0,40})?|其中.{0,30}|(?:うち|内訳).{0,30}|이 ?중.{0,30}"
)
_WORDS = re.compile(
    rf"[\s*()\[\]【】（）:：#–-]{{0,3}}(?:{_PERIOD}|{_FIGURE}|{_AIM}|{_PART})"
    r"[\s*()\[\]【】（）:：%％–-]{0,4}",
    re.IGNORECASE,
)
_PARTS = re.compile(rf"[\s*-]{{0,3}}{_PART}", re.IGNORECASE)
# What Arrow searches for: no digit, or a word of those that stand beside one.
_MAYBE = r"(?i)^[^\d]+$|其中|同期|平均|目标|同比|环比|うち|of which|davon|dont |di cui|n ?[-–] ?1"
_DIGIT = re.compile(r"\d")


def states_statistic(text: str | None) -> bool:
    """Return whether a cell is worded as an average, a target, another period or a part."""
    return bool(text) and bool(_WORDS.fullmatch((text or "").strip()))


def statistic_rows(cells: pa.Table) -> set[int]:
    """Return the rows that state a figure about the records, and are none.

    Of a long table the last rows are looked at.
    """
    start = cells.num_rows - _ENDS if cells.num_rows > _LONG else 0
    near = cells.slice(start)
    worded = {at: _worded(near.column(at)) for at in range(near.num_columns)}
    if not any(worded.values()):
        return set()
    stated = {row for rows in worded.values() for row in rows}
    numbered = [at for at in worded if _numbers(near.column(at), stated)]
    taken = rows_of(near.take(pa.array(sorted(stated), pa.int64())))
    rows = dict(zip(sorted(stated), taken, strict=True))
    last = _last_record(near, numbered)
    found = {
        start + row
        for at, labels in worded.items()
        for row in labels
        if _is_alone(rows[row], at)
        and (at in numbered or (row > last and _lacks_number(rows[row], at, numbered)))
    }
    return found if len(found) < cells.num_rows else set()


def _worded(column: pa.ChunkedArray) -> set[int]:
    """Return the rows whose cell is worded as a statistic."""
    texts = column.cast(pa.string()).combine_chunks()
    maybe = pc.indices_nonzero(pc.fill_null(pc.match_substring_regex(texts, _MAYBE), False))
    known: dict[str, bool] = {}
    rows = set()
    for row, text in zip(maybe.to_pylist(), texts.take(maybe).to_pylist(), strict=True):
        if text not in known:
            known[text] = states_statistic(text)
        if known[text]:
            rows.add(row)
    return rows


def _numbers(column: pa.ChunkedArray, stated: set[int]) -> bool:
    """Return whether the rows that state no statistic have a number or a day here."""
    texts = [text for row, text in enumerate(column.to_pylist()) if text and row not in stated]
    records = [text for text in texts if not is_total_label(text)]
    digits = sum(bool(_DIGIT.search(text)) for text in records)
    return digits >= _LEAST and digits >= _MOSTLY * len(records)


def _is_alone(row: Row, label: int) -> bool:
    """Return whether a row has no words beside its label; a part may be named there."""
    others = [cell for at, cell in enumerate(row) if cell and at != label and kind(cell) == "words"]
    names = [cell for cell in others if cell != row[label] and not states_statistic(cell)]
    return len(names) <= bool(_PARTS.fullmatch((row[label] or "").strip()))


def _lacks_number(row: Row, label: int, numbered: Sequence[int]) -> bool:
    """Return whether a row lacks the number or the day that records have before their names."""
    return any(not row[at] for at in numbered if at < label)


def _last_record(cells: pa.Table, numbered: Sequence[int]) -> int:
    """Return the last row that has all its numbers and days."""
    count: int = cells.num_rows
    for row in range(count - 1, -1, -1):
        texts = [cells.column(at)[row].as_py() for at in numbered]
        if texts and all(text and _DIGIT.search(text) for text in texts):
            return row
    return count
