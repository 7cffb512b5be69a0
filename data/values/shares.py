"""Shared credit in one cell, such as "王芳 60%; 李明 40%", as shares that sum to one.

>>> split_credit("A:0.5/B:0.5")
[('A', Decimal('0.5000')), ('B', Decimal('0.5000'))]
"""

from __future__ import annotations

import re
from decimal import ROUND_FLOOR, Decimal

import pyarrow as pa

from data.values.number_columns import DECIMAL_18_4
from data.values.numbers import parse_number

_PARTS = re.compile(r"(?:(?<![^\S\n])[^\S\n]++)?+[;；,，、/|+\n]\s*+")
_PART = re.compile(
    r"(?P<rep>.+?)(?:\s*+[:：=(（]|\s)\s*+(?P<share>[\d.]++\s*+[%％]?)\s*+[)）]?"
    r"|(?P<tight>\D+?)(?P<there>[\d.]++\s*+[%％]?)[)）]?"
)
_TICKS = 10_000
_LONGEST = 200  # characters of a name with its share; longer text is none


def split_credit(text: str) -> list[tuple[str, Decimal]] | None:
    """Parse names and shares; None where the text is no split or is not 100 % ± 0.5 in sum.

    Shares have four decimals and are rounded by largest remainder, so that they sum to 1.
    """
    shares = written_shares(text)
    if shares is None:
        return None
    total = sum(shares.values(), Decimal(0))
    if total > 2:  # bare hundredths: 60/40
        shares = {rep: share / 100 for rep, share in shares.items()}
        total /= 100
    if not shares or abs(total - 1) > Decimal("0.005"):
        return None
    return _rounded(shares, total)


def written_shares(text: str) -> dict[str, Decimal] | None:
    """Return the share of each name as it is written, whatever they sum to; None for no split.

    >>> written_shares("王芳50/李明40"), written_shares("王芳/李明")
    ({'王芳': Decimal('50'), '李明': Decimal('40')}, None)
    """
    shares: dict[str, Decimal] = {}
    for part in _PARTS.split(text.strip()):
        if not part:
            continue
        if len(part) > _LONGEST:
            return None
        match = _PART.fullmatch(part)
        number = parse_number(match["share"] or match["there"], ".") if match else None
        if match is None or number is None:
            return None
        rep = (match["rep"] or match["tight"]).strip()
        shares[rep] = shares.get(rep, Decimal(0)) + number
    return shares


def credits(order_ids: pa.Array, line_nos: pa.Array, texts: pa.Array) -> tuple[pa.Table, list[int]]:
    """Return the credits of order lines, and the positions of texts that are no split.

    Columns: order_id, line_no, rep, share. An order line without a valid split has no row;
    its own rep has the whole credit.
    """
    known: dict[str, list[tuple[str, Decimal]] | None] = {}
    rows: list[tuple[object, object, str, Decimal]] = []
    bad: list[int] = []
    lines = zip(order_ids.to_pylist(), line_nos.to_pylist(), texts.to_pylist(), strict=True)
    for at, (order, line, text) in enumerate(lines):
        if text is None:
            continue
        if text not in known:
            known[text] = split_credit(text)
        if (split := known[text]) is None:
            bad.append(at)
        else:
            rows.extend((order, line, rep, share) for rep, share in split)
    columns = list(zip(*rows, strict=True)) or [()] * 4
    types = [pa.string(), pa.string(), pa.string(), DECIMAL_18_4]
    arrays = [pa.array(list(column), kind) for column, kind in zip(columns, types, strict=True)]
    return pa.table(arrays, names=["order_id", "line_no", "rep", "share"]), bad


def _rounded(shares: dict[str, Decimal], total: Decimal) -> list[tuple[str, Decimal]]:
    exact = {rep: share / total * _TICKS for rep, share in shares.items()}
    ticks = {rep: int(share.to_integral_value(ROUND_FLOOR)) for rep, share in exact.items()}
    short = _TICKS - sum(ticks.values())
    # Ties go to the first name, so that a text always gives the same shares.
    for rep in sorted(exact, key=lambda rep: ticks[rep] - exact[rep])[:short]:
        ticks[rep] += 1
    return [
        (rep, (Decimal(count) / _TICKS).quantize(Decimal("0.0001"))) for rep, count in ticks.items()
    ]
