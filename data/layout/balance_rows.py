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
    r"|结转(?:下年|下月|下期|下页)|承前页|承上页|过次页|转次页"
)
_PASSED_ON = (
    r"(?:(?:balance )?(?:brought|carried|carry|bring)[ -]forward|b/?fwd|c/?fwd|vortrag"
    r"|[àa] reporter)"
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
    rows = _saying(cells, values, _SUMMED)
    return sorted(rows) if len(rows) <= min(_MOST, cells.num_rows * _MOSTLY) else []


def balance_rows(cells: pa.Table, values: Sequence[int]) -> list[int]:
    """Return the positions of the rows that state a balance, in order.

    `cells` are the rows below the header; `values` the columns of numbers and dates.
    """
    sure = _saying(cells, values, _SURE)
    unsure = _saying(cells, values, _UNSURE) - sure
    if unsure:
        counts = filled_counts(cells)
        few = pc.less(counts.take(pa.array(sorted(unsure), pa.int64())), usual_width(counts))
        sure |= {at for at, is_few in zip(sorted(unsure), few.to_pylist(), strict=True) if is_few}
    return sorted(sure) if len(sure) <= min(_MOST, cells.num_rows * _MOSTLY) else []


def _saying(cells: pa.Table, values: Sequence[int], words: str) -> set[int]:
    """Return the rows with a cell that is worded so."""
    parts: list[tuple[int, pa.ChunkedArray]] = []
    for at, column in enumerate(cells.columns):
        if at in values and len(column) > _SEARCHED and not pa.types.is_dictionary(column.type):
            last = len(column) - _ENDS
            parts += [(0, column.slice(0, _ENDS)), (last, column.slice(last))]
        else:
            parts.append((0, column))
    found = rows_saying([part for _, part in parts], words)
    return {start + row for (start, _), rows in zip(parts, found, strict=True) for row in rows}
