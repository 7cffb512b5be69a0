"""Add a column to a sheet that is worked out from others: pieces times price, a share of a total.

    >>> Formula("product", (2, 3)).header(("Order", "Customer", "Qty", "Price (USD)"))
    'Qty × Price (USD)'
    >>> Formula("minus", (0, 1)).header(("Total (USD)", "Tax"))
    'Total (USD) − Tax (USD)'
    >>> Formula("once", (0,)).header(("Total",))
    '1 × Total'

The column stands behind those of the file, written with the file's own decimal mark.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from data.matching.repaid import Figures, documents_of, less_repaid
from data.matching.second_reps import share
from data.values import currencies
from data.values.columns import as_decimals, distinct, plain, trimmed
from data.values.header_text import unit
from data.values.numbers import DecimalMark, parse_number
from data.values.tax_rates import tax_rate

_TICK = Decimal("0.0001")
_CENT = Decimal("0.01")
_ZERO = Decimal(0)
# How the parts are joined in the header.
ONCE = "1 × "  # what the header of a document's total begins with that counts once
_JOINTS = {
    "product": " × ",
    "credited": " × ",
    "left": " × ",
    "minus": " − ",
    "refunded": " − ",
    "repaid": " − ",
    "repaid_line": " − ",
    "balance": " − ",
    "shared": " ÷ ",
}


@dataclass(frozen=True)
class Grid:
    """Hold the header of a sheet and its rows: columns "0".."n-1" of text."""

    header: tuple[str, ...]
    rows: pa.Table


@dataclass(frozen=True)
class Formula:
    """Work an amount out of the columns at the positions `parts`.

    "product" of pieces and price; "less": the same less a share of it in the third column;
    "left": that share of it, also in tenths, as Chinese discounts are written (8.5 for 85 %);
    "minus": the first less the others; "refunded": the first less the others of either sign;
    "repaid": the same of a document, each of its lines its share; without the share of tax where
    the third and fourth are the document's total and its tax; "repaid_line": so of each line;
    "balance": the first less the second, of which rows have either;
    "untaxed": the first without the tax in it, whose rate is the second;
    "kept": the first less the share of the pieces in the second that the others took back;
    "credited": the first, of which a rep has the share in the second;
    "once": a document's total on its first line; "shared": a document's total among its lines,
    in the ratio of the second column, or of the product of the second and third.
    """

    kind: Literal[
        "product", "less", "left", "minus", "refunded", "balance", "untaxed", "once", "shared",
        "kept", "repaid", "repaid_line", "credited",
    ]  # fmt: skip
    parts: tuple[int, ...]

    def header(self, header: Sequence[str]) -> str:
        """Return the formula in the words of the file, with the unit of its money."""
        names = [header[at].strip("* ") for at in self.parts]
        if self.kind == "once":
            return f"{ONCE}{names[0]}"
        if self.kind == "less":
            text = f"{names[0]} × {names[1]} × (1 − {names[2]})"
        elif self.kind == "untaxed":
            text = f"{names[0]} ÷ (1 + {names[1]})"
        elif self.kind.startswith("repaid") and len(names) > 2:
            text = f"{names[0]} − {names[1]} × (1 − {names[3]} ÷ {names[2]})"
        elif self.kind == "kept":
            text = f"{names[0]} × (1 − {' − '.join(names[2:])} ÷ {names[1]})"
        elif self.kind == "shared":
            text = f"{names[0]} ÷ {' × '.join(names[1:])}"
        else:
            text = _JOINTS[self.kind].join(names)
        units = [name_unit for name in names if (name_unit := unit(name))]
        return text if not units or text.endswith(f"({units[0]})") else f"{text} ({units[0]})"


def with_column(
    sheet: Grid, formula: Formula, marks: Mapping[int, DecimalMark], documents: int | None
) -> Grid:
    """Return the sheet with one more column; `documents` is the position of their numbers."""
    if (texts := _in_the_engine(sheet, formula)) is not None:
        return _with(sheet, formula, texts)
    figures = [_figures(sheet, at, marks.get(at, ".")) for at in formula.parts]
    if formula.kind == "untaxed":
        figures[1] = _shares(sheet, formula.parts[1], tax_rate)
    if formula.kind == "credited":
        figures[1] = _shares(sheet, formula.parts[1], share)
    keys = sheet.rows[str(documents)].to_pylist() if documents is not None else []
    amounts = _worked_out(formula, figures, keys)
    mark = mark_of(formula, marks)
    written = [_text(amount, mark) for amount in amounts]
    for row, sign in _signs(sheet, formula).items():
        gap = " " if len(sign) > 1 else ""
        written[row] = written[row] and f"{sign}{gap}{written[row]}"
    return _with(sheet, formula, pa.array(written, pa.string()))


def _with(sheet: Grid, formula: Formula, texts: pa.Array) -> Grid:
    rows = sheet.rows.append_column(str(len(sheet.header)), texts)
    return Grid((*sheet.header, formula.header(sheet.header)), rows)


def _in_the_engine(sheet: Grid, formula: Formula) -> pa.Array | None:
    """Work out differences of plain numbers without a look at each; None for anything else."""
    if formula.kind not in ("minus", "refunded"):
        return None
    parts = [as_decimals(plain(trimmed(sheet.rows[str(at)]))) for at in formula.parts]
    columns = [part for part in parts if part is not None]
    if len(columns) < len(parts):
        return None
    left = columns[0]
    for other in columns[1:]:
        less = pc.abs(other) if formula.kind == "refunded" else other
        less = pc.fill_null(less, pa.scalar(_ZERO, other.type))
        left = pc.subtract(left, less).cast(other.type)
    if formula.kind == "refunded":
        nothing = pa.scalar(_ZERO, left.type)
        below = pc.and_(pc.less(left, nothing), pc.greater_equal(columns[0], nothing))
        left = pc.if_else(below, nothing, left)
    return pc.replace_substring_regex(left.cast(pa.string()), r"\.?0+$", "")


def mark_of(formula: Formula, marks: Mapping[int, DecimalMark]) -> DecimalMark:
    """Return the decimal mark of what is worked out: that of its parts."""
    return "," if "," in {marks.get(at) for at in formula.parts} else "."


def _figures(sheet: Grid, at: int, mark: DecimalMark) -> Figures:
    cells = trimmed(sheet.rows[str(at)])
    numbers = {text: parse_number(text, mark) for text in distinct(cells).to_pylist()}
    return [numbers.get(text) if text is not None else None for text in cells.to_pylist()]


def _shares(sheet: Grid, at: int, read: Callable[[str], Decimal | None]) -> Figures:
    """Return rates of a tax, or shares of reps, as shares of one."""
    cells = trimmed(sheet.rows[str(at)])
    shares = {text: read(text) for text in distinct(cells).to_pylist()}
    return [shares.get(text) if text is not None else None for text in cells.to_pylist()]


def _signs(sheet: Grid, formula: Formula) -> dict[int, str]:
    """Return the currency signs of the parts by row: what is worked out of $12 is in dollars."""
    signs: dict[int, str] = {}
    for at in reversed(formula.parts):
        cells = trimmed(sheet.rows[str(at)])
        texts = distinct(cells)
        by_text = dict(zip(texts.to_pylist(), currencies.signs_of(texts).to_pylist(), strict=True))
        if any(by_text.values()):
            rows = enumerate(cells.to_pylist())
            signs |= {row: sign for row, text in rows if text and (sign := by_text[text])}
    return signs


def _worked_out(formula: Formula, figures: list[Figures], keys: list[str | None]) -> Figures:
    match formula.kind:
        case "product" | "credited":
            return [_times(a, b) for a, b in zip(*figures, strict=True)]
        case "less":
            shares = [_as_share(figures[2], share) for share in figures[2]]
            rows = zip(figures[0], figures[1], shares, strict=True)
            return [_times(_times(a, b), 1 - share) for a, b, share in rows]
        case "left":
            rows = zip(figures[0], figures[1], _as_left(figures[2]), strict=True)
            return [_times(_times(a, b), share) for a, b, share in rows]
        case "minus":
            return _less(figures)
        case "refunded":
            less = _less([figures[0], *([_size(figure) for figure in c] for c in figures[1:])])
            pairs = zip(less, figures[0], strict=True)
            return [_ZERO if a is not None and b and a < 0 < b else a for a, b in pairs]
        case "repaid" | "repaid_line":
            lines = keys if formula.kind == "repaid" else []
            return less_repaid(figures[0], figures[1], lines, *figures[2:])
        case "balance":
            pairs = zip(figures[0], figures[1], strict=True)
            first = [_ZERO if a is None and b is not None else a for a, b in pairs]
            return _less([first, figures[1]])
        case "untaxed":
            return [_untaxed(a, share) for a, share in zip(*figures, strict=True)]
        case "kept":
            return [_kept(*row) for row in zip(*figures, strict=True)]
        case "once":
            return _once(figures[0], keys)
        case "shared":
            weights = figures[1]
            if len(figures) == 3:
                weights = [_times(a, b) for a, b in zip(figures[1], figures[2], strict=True)]
            return _shared(figures[0], weights, keys)


def _less(figures: list[Figures]) -> Figures:
    return [
        None if first is None else first - sum((other or _ZERO for other in others), _ZERO)
        for first, *others in zip(*figures, strict=True)
    ]


def _kept(whole: Decimal | None, pieces: Decimal | None, *back: Decimal | None) -> Decimal | None:
    """Return what is left of an amount whose pieces came back in part."""
    gone = sum((abs(part) for part in back if part is not None), _ZERO)
    if whole is None or not gone or not pieces:
        return whole
    return (whole * (1 - min(gone / abs(pieces), Decimal(1)))).quantize(_TICK)


def _size(figure: Decimal | None) -> Decimal | None:
    return None if figure is None else abs(figure)


def _times(first: Decimal | None, second: Decimal | None) -> Decimal | None:
    return None if first is None or second is None else (first * second).quantize(_TICK)


def _untaxed(amount: Decimal | None, share: Decimal | None) -> Decimal | None:
    """Return an amount without its tax to the cent, as invoices have it; all of it untaxed."""
    if amount is None or not share:
        return amount
    return (amount / (1 + share)).quantize(_CENT)


def _as_share(column: Figures, share: Decimal | None) -> Decimal:
    """Return a share of one; a column with any number above 1 counts in hundredths."""
    hundredths = any(abs(number) > 1 for number in column if number is not None)
    return (share or _ZERO) / (100 if hundredths else 1)


def _as_left(column: Figures) -> list[Decimal]:
    """Return what discounts leave of one, all of it where there is none."""
    most = max((abs(number) for number in column if number is not None), default=_ZERO)
    whole = Decimal(1 if most <= 1 else 10 if most <= 10 else 100)
    return [(number or whole) / whole for number in column]


def _once(totals: Figures, keys: list[str | None]) -> Figures:
    amounts = list(totals)
    for rows in documents_of(keys, len(totals)):
        for row in rows[1:]:
            amounts[row] = _ZERO
    return amounts


def _shared(totals: Figures, weights: Figures, keys: list[str | None]) -> Figures:
    """Return totals among the lines of their documents, to the last cent."""
    amounts: Figures = [None] * len(totals)
    for rows in documents_of(keys, len(totals)):
        total = next((figure for row in rows if (figure := totals[row]) is not None), None)
        if total is None:
            continue
        weight = sum((weights[row] or _ZERO for row in rows), _ZERO)
        left = total
        for row in rows[:-1]:
            share = total * (weights[row] or _ZERO) / weight if weight else _ZERO
            amounts[row] = share.quantize(Decimal("0.01"))
            left -= amounts[row] or _ZERO
        amounts[rows[-1]] = left
    return amounts


def _text(amount: Decimal | None, mark: DecimalMark) -> str | None:
    if amount is None:
        return None
    text = f"{amount:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return (text or "0").replace(".", mark)
