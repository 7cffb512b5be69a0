"""Find the lines below a table: its report's name, who made it and when, how many rows it has.

    >>> rows = {"0": ["A", "B", "Acme Ltd"], "1": ["x", "x", None], "2": ["y", "z", None]}
    >>> footer_from(pa.table({**rows, "row": [2, 3, 5]}), [])
    2

Such a line fills one cell where records fill many, and stands apart from them, or says that it
is one. A record with few cells has something that its columns also have further up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.cells import Row, filled_counts, is_value, kind, rows_of, usual_width

_FOOTER_ROWS = 30
_LONG = 5
_MOST = 100_000
_DIGIT = re.compile(r"\d")
_MADE = (
    "制表|製表|制单|填表|审核|審核|复核|打印|列印|导出|導出|匯出|下载|生成|统计|更新|经办|核准|批准"
)
_WORDS = re.compile(
    r"\s*+(?:[*※†]|#(?!\d)|注[:：\d]|(?:备注|備註|说明|說明|(?:数据)?来源|資料來源)\s*+[:：]"
    rf"|(?:{_MADE})(?:(?:人|者|员|時間|时间|日期|单位|部门|账号)|\s*+[:：]|[于自]\s*+\d)"
    r"|(?:数据)?(?:截止|截至)|共\s*+[\d,]++\s*+[条條笔筆行项項件個个页頁张]|总?(?:记录|條目|条目)数"
    r"|第?\s*+\d++\s*+[/／页頁]\s*+(?:共\s*+)?\d*+\s*+[页頁]?$|页码"
    r"|版权所有|版權所有|(?:机密|機密|保密|内部资料|内部使用)(?:$|\W)|仅供(?:内部|参考)|请勿(?:外传|转发)"
    r"|copyright\b.*(?:\d{4}|©|\(c\)|reserved)|©|\(c\)\s|all rights reserved"
    r"|confidential\b(?:\s++information|\s*+[-–—:.]|\s++and\b|$)"
    r"|do not distribute|internal use only|for internal use"
    r"|(?:source|notes?|generated|exported|printed|prepared|created|run|report|refreshed"
    r"|downloaded|extracted|reviewed|approved)\s*+(?:by|on|at|from|date|time)?\s*+[:：]"
    r"|(?:generated|exported|printed|prepared|created|refreshed|downloaded|extracted|report run)"
    r"\s++(?:by|on|at|from|with|in|using)\b|as of\b.*\d|page\s++\d++(?:$|\s*+(?:of|/))"
    r"|end of (?:report|file|data)"
    r"|(?:total\s++)?(?:number of\s++)?(?:records?|rows?|entries|items|results|count)\s*+"
    r"(?:returned|exported|found|shown)?\s*+[:：=]\s*+[\d,]++$"
    r"|(?:showing|displaying|total(?: of)?)?\s*+[\d,]++\s*+(?:-\s*+[\d,]++\s*+)?"
    r"(?:of\s++[\d,]++\s*+)?"
    r"(?:records?|rows?|entries|results)(?:\s++(?:in total|exported|found|returned|shown))?\s*+\.?$"
    r"|(?:erstellt|exportiert|gedruckt|stand)\s*+(?:von|am|vom)?\s*+[:：\d]"
    r"|(?:erstellt|exportiert|gedruckt)\s++(?:von|am)\b|vertraulich|alle rechte vorbehalten"
    r"|(?:généré|exporté|imprimé|edité|édité)\s++(?:par|le)\b|confidentiel|tous droits réservés"
    r"|(?:generado|exportado|impreso|creado)\s++(?:por|el)\b|confidencial|todos los derechos"
    r"|filters? applied|applied filters?|--+\s*+$|==+\s*+$)",
    re.IGNORECASE,
)


def footer_from(table: pa.Table, values: Sequence[int]) -> int:
    """Return the position of the first line below a table; the number of rows without one.

    `table` has columns of text and "row"; `values` are the columns of numbers and dates.
    """
    end: int = table.num_rows
    cells = table.drop_columns(["row"])
    lines = _Lines(cells.slice(max(0, end - _MOST)), values)
    if lines.usual < 2 or end < 2:
        return end
    first = max(1, end - _FOOTER_ROWS)
    tail = rows_of(cells.slice(first))
    numbers = table["row"].slice(first - 1).to_pylist()
    start = run = end
    for at in range(end - 1, first - 1, -1):
        row = tail[at - first]
        gap = numbers[at - first + 1] - numbers[at - first] > 1
        words = lines.is_worded(row)
        if not (words or lines.is_apart(row)):
            break
        run = at
        # A short word or a number may be all that was known of a record.
        if words or (gap and lines.is_table and lines.is_text(row)):
            start = at
    above = tail[run - first : start - first]
    worded = any(map(lines.is_worded, tail[start - first :]))
    lone = all(_count(row) == 1 and not lines.has_like(row) for row in above)
    # A report's name above its copyright, where every record fills more than a name.
    return run if above and worded and lone and lines.usual > 2 else start


class _Lines:
    """What tells a line below a table from a record that fills few cells."""

    def __init__(self, cells: pa.Table, values: Sequence[int]) -> None:
        counts = filled_counts(cells)
        self.usual = usual_width(counts)
        self.values = set(values)
        whole = pc.greater(pc.multiply(counts, 2), self.usual)
        self.records = cells.filter(whole)
        ends = pc.indices_nonzero(whole)
        between = cells.slice(0, ends[-1].as_py()) if len(ends) else cells.slice(0, 0)
        lone = between.filter(pc.equal(counts.slice(0, between.num_rows), 1))
        # A column that only headings of groups fill alone has no records in it.
        self.lone = {
            at
            for at in range(cells.num_columns)
            if lone.column(at).null_count < lone.num_rows
            and self.records.column(at).null_count * 2 < self.records.num_rows
        }

    def has_like(self, row: Row) -> bool:
        """Return whether a record further up fills nothing but the column that a row fills."""
        filled = [at for at, cell in enumerate(row) if cell]
        return len(filled) == 1 and filled[0] in self.lone

    @property
    def is_table(self) -> bool:
        """Whether there are records of more than two cells, so that one cell is none."""
        return self.usual > 2 and self.records.num_rows > 1

    def is_text(self, row: Row) -> bool:
        """Return whether a row has a text that is unlike the lone names further up."""
        long = any(cell and kind(cell) == "words" and len(cell) >= _LONG for cell in row)
        return long and not self.has_like(row)

    def is_worded(self, row: Row) -> bool:
        """Return whether a row says that it is a footer, and has nothing of a record."""
        first = next((cell for cell in row if cell), "")
        if not _WORDS.match(first) or not (self._is_sparse(row) or _are_labels(row)):
            return False
        return not self._is_record(row)

    def is_apart(self, row: Row) -> bool:
        """Return whether a row has the form of a line of text: one cell, or a few."""
        count = _count(row)
        if count < 2:
            return True
        few = count * 3 <= self.usual and not any(map(is_value, row))
        odd = any(
            cell and _DIGIT.search(cell) and not is_value(cell)
            for at, cell in enumerate(row)
            if at in self.values
        )
        return self._is_sparse(row) and (few or odd) and not self._is_record(row)

    def _is_sparse(self, row: Row) -> bool:
        count = _count(row)
        return count * 2 <= self.usual or count == 1

    def _is_record(self, row: Row) -> bool:
        """Return whether a cell after the first is like the others of its column."""
        cells = [(column, cell) for column, cell in enumerate(row) if cell]
        for (_, label), (column, cell) in pairwise(cells):
            if label.rstrip().endswith((":", "：")):
                continue
            if column in self.values and is_value(cell):
                return True
            if pc.any(pc.equal(self.records.column(column).cast(pa.string()), cell)).as_py():
                return True
        return False


def _are_labels(row: Row) -> bool:
    """Return whether a row has nothing but labels with colons and what follows them."""
    cells = [cell.strip() for cell in row if cell]
    ends = [cell.endswith((":", "：")) for cell in cells]
    return any(ends) and all(ends[0::2]) and not any(ends[1::2])


def _count(row: Row) -> int:
    return sum(1 for cell in row if cell)
