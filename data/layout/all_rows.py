"""Find the rows of a pivot table or a BI export that stand for all: "(all)", 全部客户, Overall.

    >>> cells = pa.table({"0": ["A", "B", "(all)"], "1": ["100", "20", "120"]})
    >>> all_rows(Figures(cells, [1], []), [])
    {2}

Such a row may fill every cell, a day and a number included. Its figures are the sums of the rows
that have what it says in its other cells, or of those beside it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator
from itertools import combinations

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.cells import Row, rows_of, rows_saying
from data.layout.sums import TELLING, TICKS, Figures, near

_MOST = 20_000
_MOSTLY = 0.9  # of the rows: a column says so of every record, or all but
_WIDEST = 6  # columns of words whose rows may be summed together
_SIDE = r"[\s()\[\]<>{}（）【】《》「」*_.:：—–-]{0,4}"
_OF_ALL = (
    rf"(?i)^{_SIDE}(?:"
    r"all(?: the)?(?: (?:values?|customers?|clients?|accounts?|companies|company|products?|items?"
    r"|reps?|sales ?(?:reps?|people|persons?)|people|regions?|areas?|territories|countries|stores?"
    r"|shops?|channels?|teams?|categories|category|orders?|days?|weeks?|months?|years?|dates?"
    r"|periods?|rows?|records?|sales|departments?|branches|suppliers|brands|together))?"
    r"|overall|everything|everyone|everybody|(?:grand|company|overall) total|total company"
    r"|alle[sn]?(?: (?:kunden|produkte|regionen|artikel|gebiete|länder|filialen|kanäle|mitarbeiter"
    r"|verkäufer|teams|werte|monate|tage))?|gesamt|insgesamt|gesamtergebnis|gesamtsumme"
    r"|tou(?:s|t|tes)(?: les \pL+)?|ensemble|total g[ée]n[ée]ral|au total"
    r"|tod[oa]s?(?: (?:los|las|os|as) \pL+)?|total general|total geral|en total|conjunto"
    r"|tutt[oiea](?: (?:gli|le|i) \pL+)?|totale generale|complessivo|alle samen|allemaal|totaal"
    r"|все(?:го)?(?: \pL+)?|итого|すべて|全て|전체"
    r"|(?:全部|所有|全体|全體|整体|整體|总体|總體|全)(?:的)?(?:客户|客戶|产品|產品|商品|业务员|業務員"
    r"|销售员|銷售員|销售|人员|员工|区域|區域|地区|地區|大区|门店|門店|店铺|渠道|团队|部门|部門|订单|訂單"
    r"|月份|日期|品类|类别|品牌|公司|员|国)(?:合计|汇总|总计)?"
    r"|全部|所有|全体|全體|整体|整體|总体|總體|全量|不分[^\s]{1,4}"
    rf"){_SIDE}$"
)


def all_rows(figures: Figures, aside: Collection[int]) -> set[int]:
    """Return the rows that say they are of all and whose figures are the sums of others.

    Rows that are marked already are neither, and those `aside` are not added up.
    """
    cells = figures.cells
    names = [at for at in range(cells.num_columns) if at not in set(figures.columns)]
    saying = _saying(cells, names, set(figures.marked))
    found = sorted(set[int]().union(*saying.values()))
    if not found or len(found) > _MOST:
        return set()
    own = figures.marking([*figures.marked, *found, *aside])
    groups = _Groups(own)
    rows = dict(zip(found, rows_of(cells.take(pa.array(found, pa.int64()))), strict=True))
    strong: set[int] = set()
    weak: set[int] = set()
    for at, row in rows.items():
        told = [name for name in names if row[name] and at not in saying.get(name, ())]
        told_apart = groups.sums(row, told, at, len(found) > 1)
        counts = [count for count, sums in told_apart if _fits(own, at, sums)]
        if counts:
            (strong if max(counts) > 1 else weak).add(at)
    # Where most are no sums, "all" is the name of something that was sold.
    return strong | weak if strong and len(strong | weak) * 2 > len(found) else set()


def _saying(
    cells: pa.Table, names: Collection[int], passed_over: Collection[int]
) -> dict[int, set[int]]:
    """Map columns to their rows that say they are of all; not where nearly every row does."""
    saying = {}
    said = rows_saying([cells.column(at) for at in names], _OF_ALL)
    for at, rows in zip(names, said, strict=True):
        if rows and len(rows) <= cells.num_rows * _MOSTLY:
            saying[at] = rows - set(passed_over)
    return saying


def _fits(figures: Figures, at: int, sums: dict[int, int]) -> bool:
    """Return whether a row has sums: one that is hardly chance, or all that it has."""
    own = {column: figures.ticks(column)[at].as_py() for column in figures.columns}
    fits = {column: near(own[column], sums[column]) for column in own if own[column]}
    telling = any(fit and abs(own[column]) >= TELLING * TICKS for column, fit in fits.items())
    return telling or (bool(fits) and all(fits.values()))


class _Groups:
    """The sums of the rows of a table that share some cells."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures
        self.known: dict[tuple[int, ...], dict[tuple[str | None, ...], list[int]]] = {}

    def sums(
        self, row: Row, told: Collection[int], at: int, partly: bool
    ) -> Iterator[tuple[int, dict[int, int]]]:
        """Yield how many rows may be summed in a row, and the sums of their figures.

        They share what the row tells with it, or `partly` some of it.
        """
        yield from self._beside(at)
        shared = [name for name in told if (row[name],) in self._by((name,))][:_WIDEST]
        for count in range(len(shared), 0 if partly else len(shared) - 1, -1):
            for columns in combinations(shared, count):
                if columns and (entry := self._by(columns).get(tuple(row[at] for at in columns))):
                    yield entry[0], dict(zip(self.figures.columns, entry[1:], strict=True))

    def _beside(self, at: int) -> Iterator[tuple[int, dict[int, int]]]:
        """Yield the sums of all rows, of those above, and of those to the next marked rows."""
        marked = self.figures.marked
        place = bisect_left(marked, at)
        before = marked[place - 1] + 1 if place else 0
        end = self.figures.cells.num_rows
        after = marked[place + 1] if place + 1 < len(marked) else end
        for span in (range(end), range(before, at), range(at), range(at + 1, after)):
            yield (
                max((self.figures.count(name, span) for name in self.figures.columns), default=0),
                {
                    name: up_to[span.stop] - up_to[span.start]
                    for name, up_to in self.figures.sums.items()
                },
            )

    def _by(self, columns: tuple[int, ...]) -> dict[tuple[str | None, ...], list[int]]:
        """Return the number of rows and their sums for what these columns hold together."""
        if columns not in self.known:
            cells, figures = self.figures.cells, self.figures
            ticks = {f"of {at}": figures.ticks(at) for at in figures.columns}
            texts = {str(at): cells.column(at).cast(pa.string()) for at in columns}
            table = pa.table({**texts, **ticks})
            kept = table.filter(pc.invert(figures.are_marked))
            grouped = kept.group_by(list(texts)).aggregate(
                [([], "count_all"), *((name, "sum") for name in ticks)]
            )  # fmt: skip
            numbers = [grouped["count_all"], *(grouped[f"{name}_sum"] for name in ticks)]
            keys = zip(*(grouped[name].to_pylist() for name in texts), strict=True)
            sums = zip(*(column.to_pylist() for column in numbers), strict=True)
            self.known[columns] = {key: list(of) for key, of in zip(keys, sums, strict=True)}
        return self.known[columns]
