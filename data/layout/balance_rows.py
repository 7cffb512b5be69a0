"""Find the rows of a ledger that state a balance: opening, closing, carried forward, 期初余额.

    >>> cells = pa.table({"0": ["Opening balance", "Alder", "Birch"], "1": ["900", "100", "200"]})
    >>> balance_rows(cells, [1])
    [0]

What such a row has in the column of amounts came in before, or is the sum of what has come so far.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.cells import filled_counts, rows_saying, usual_width

# Where more rows than these say so, it is what was sold or the state of a deal.
_MOSTLY = 0.8
_MOST = 20_000
_NUMBERED = 0.9
# Of a long column of days or numbers, the ends are searched.
_SEARCHED, _ENDS = 100_000, 1000
_DAY = (
    r"(?:[\s,:：(（-]{0,3}(?:(?:on|as of|as at|at|per|am|vom|zum|au|al|em|del|截至|截止)\s?)?"
    r"[\s\d./年月日-]{0,14})"
)
_BALANCE = (
    r"(?:opening|closing|beginning|starting|ending|previous|prior|initial|final|carried[ -]forward"
    r"|brought[ -]forward) (?:account |bank |ledger )?balances?"
    r"|balances? (?:(?:brought|carried|b|c) ?/? ?(?:forward|fwd|down|d|f)\.?|forward|b/?fwd|c/?fwd)"
    r"|(?:anfangs|end|schluss|eröffnungs|vortrags|abschluss)(?:saldo|bestand)|saldovortrag"
    r"|saldo (?:vorgetragen|vortrag|übertrag|alt|neu)|(?:alter|neuer) (?:saldo|kontostand)"
    r"|kontostand (?:alt|neu|am|vom|per|zum)|übertrag(?: saldo)?"
    r"|(?:ancien |nouveau )solde|solde (?:initial|final|d['’]ouverture|de cl[ôo]ture|de d[ée]part"
    r"|pr[ée]c[ée]dent|report[ée]|ant[ée]rieur|cr[ée]diteur|d[ée]biteur|au)|report [àa] nouveau"
    r"|saldo (?:inicial|final|anterior|de apertura|de cierre|de abertura|iniziale|finale"
    r"|precedente|di apertura|di chiusura|pocz[ąa]tkowe|ko[ńn]cowe)"
    r"|beginsaldo|eindsaldo|vorig saldo|nieuw saldo"
    r"|(?:входящий|исходящий|начальный|конечный) остаток|остаток на (?:начало|конец)"
    r"|(?:前期|前月|次期|次月)繰越(?:残高|金)?|繰越残高"
    r"|(?:期初|期末|年初|年末|月初|月末)(?:账户|帐户|账面)?(?:余额|餘額|结余|結餘|结存|結存)"
    r"|(?:上期|上月|上年|上日|本期|本月|承前|前期)(?:余额|餘額|结余|結餘|结存|结转|結轉|转入)"
    r"|(?:期初|期末)(?:应收)?(?:账款|帐款)?(?:余额|餘額|数|數)|余额结转|期末应收|期初应收"
    r"|结转(?:下年|下月|下期|下页)|承前页|承上页|过次页|转次页"
    r"|(?:opening|closing|ending|starting) bal\.?"
    r"|(?:outstanding )?balance (?:as of|as at|at (?:the )?end)"
    r"|bal\.? ?[bc] ?/? ?[fd]\.?"
    r"|saldo (?:per|zum|vom|am (?:ende|anfang)|al (?:cierre|inicio)?|do in[ií]cio)"
    r"|schlußsaldo|(?:openings|slot)saldo|saldo vorige periode|(?:openings|begin|eind)balans"
    r"|solde (?:[àa] reporter|[àa] nouveau)"
    r"|solde (?:de |en )?(?:fin|d[ée]but)(?: de (?:p[ée]riode|mois))?"
    r"|saldo (?:arrastrado|riportato|a riportare|transportado|a transportar)"
    r"|saldo de (?:fechamento|encerramento)|balance (?:inicial|final)"
    r"|bilans (?:otwarcia|zamkni[ęe]cia)|stan (?:pocz[ąa]tkowy|ko[ńn]cowy)"
    r"|(?:входящее|исходящее|начальное|конечное) сальдо|сальдо (?:начальное|конечное|на)"
    r"|(?:остаток|сальдо) на (?:начало|конец)(?: (?:периода|месяца|года))?"
    r"|(?:期首|期末|前月|当月|前回|月初|月末)(?:売掛金?)?残高"
    r"|(?:기초|기말|전월|당월|월말|이월) ?(?:미수금 ?)?잔액|(?:전월|차월|전기|차기) ?이월(?:액|금)?"
    r"|(?:açılış|kapanış|devreden|dönem (?:başı|sonu)) ?bakiye(?:si)?"
)
_PASSED_ON = (
    r"(?:(?:balance )?(?:brought|carried|carry|bring)[ -](?:forward|fwd)|[bc]/f(?:wd)?"
    r"|[bc]fwd|vortrag|[àa] reporter|suma y sigue|(?:a )?riport(?:o|are)|a transportar"
    r"|te transporteren|(?:z|do) przeniesienia|перенос|繰越金?|이월금?|devir|承前|结转|結轉)"
)
_SO_FAR = (
    r"(?:本期|本月|本年|本季|本日|当月|当期|当年|全年)(?:合计|累计|发生额|累计发生额|发生额合计)"
    r"|(?:year|month|period) to date|total for (?:the )?(?:period|month|year)|cumul annuel"
)
_SIDE = r"[\s*()\[\]【】（）:：-]{0,3}"
_SURE = rf"(?i)^{_SIDE}(?:{_BALANCE}){_DAY}{_SIDE}$"
_SUMMED = rf"(?i)^{_SIDE}(?:{_SO_FAR}){_DAY}{_SIDE}$"
_UNSURE = rf"(?i)^{_SIDE}{_PASSED_ON}{_DAY}{_SIDE}$"


def period_rows(cells: pa.Table, values: Sequence[int]) -> list[int]:
    """Return the positions of the rows that say they are of a period, whatever they sum up."""
    rows = {row for rows in _saying(cells, values, _SUMMED).values() for row in rows}
    return sorted(rows) if len(rows) <= min(_MOST, cells.num_rows * _MOSTLY) else []


def balance_rows(cells: pa.Table, values: Sequence[int]) -> list[int]:
    """Return the positions of the rows that state a balance, in order.

    `cells` are the rows below the header; `values` the columns of numbers and dates.
    """
    sure, unsure = _saying(cells, values, _SURE), _saying(cells, values, _UNSURE)
    found = {row for rows in sure.values() for row in rows}
    for column, rows in unsure.items():
        passed_on = rows - found
        # Among numbers of documents, or beside other balances, it is nobody's name.
        if column in sure or (passed_on and _are_numbers(cells.column(column), rows)):
            found |= passed_on
        elif passed_on:
            counts = filled_counts(cells)
            places = sorted(passed_on)
            few = pc.less(counts.take(pa.array(places, pa.int64())), usual_width(counts))
            found |= {at for at, is_few in zip(places, few.to_pylist(), strict=True) if is_few}
    return sorted(found) if len(found) <= min(_MOST, cells.num_rows * _MOSTLY) else []


def _are_numbers(column: pa.ChunkedArray, but: set[int]) -> bool:
    """Return whether nearly all other cells of a column have a digit, as numbers and days have."""
    others = pa.array(sorted(set(range(min(len(column), _ENDS))) - but), pa.int64())
    texts = column.take(others).cast(pa.string()).drop_null()
    numbered = pc.sum(pc.match_substring_regex(texts, r"\d")).as_py() or 0
    return len(texts) > 0 and bool(numbered >= _NUMBERED * len(texts))


def _saying(cells: pa.Table, values: Sequence[int], words: str) -> dict[int, set[int]]:
    """Return the columns and rows of the cells that are worded so."""
    parts: list[tuple[int, int, pa.ChunkedArray]] = []
    for at, column in enumerate(cells.columns):
        if at in values and len(column) > _SEARCHED and not pa.types.is_dictionary(column.type):
            last = len(column) - _ENDS
            parts += [(at, 0, column.slice(0, _ENDS)), (at, last, column.slice(last))]
        else:
            parts.append((at, 0, column))
    said: dict[int, set[int]] = {}
    found = rows_saying([part for *_, part in parts], words)
    for (at, start, _), rows in zip(parts, found, strict=True):
        if rows:
            said.setdefault(at, set()).update(start + row for row in rows)
    return said
