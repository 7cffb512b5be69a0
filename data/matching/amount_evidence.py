"""Weigh what the figures of a sheet say about its amounts.

>>> Evidence.of(sheet, match).net_of_tax(7)                          # doctest: +SKIP
5
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from data.matching.computed_columns import Formula, Grid
from data.matching.recognise import Match
from data.matching.sample_numbers import HEAD, Column, Level, Numbers, combined, equal, product
from data.values.amount_words import Role, of_pieces, of_price, role
from domain.tables import table

# Of documents with several lines, so many are no chance.
_MANY = 2
# What numbers the documents of a table whose key begins with another number.
_DOCUMENTS = {"returns": "return_id"}
# The days that tell the entries of a document apart, where those are not days of the past.
_DAYS = {"returns": ("return_date",), "receivables": ("due_date",)}
_DAY = len("2026-03-02")
_ODD = ("id", "quantity", "price", "rate")


@dataclass(frozen=True)
class Evidence:
    """The figures of a sheet, and the position `key` of its documents' numbers."""

    sheet: Grid
    match: Match
    numbers: Numbers
    key: int | None

    @classmethod
    def of(cls, sheet: Grid, match: Match) -> Evidence:
        """Read the head of a sheet that is matched to a table."""
        name = _DOCUMENTS.get(match.table or "", table(match.table or "").key[0])
        key = match.mapping.get(name)
        return cls(sheet, match, Numbers.of(sheet, key), key)

    def role(self, at: int) -> Role | None:
        """Return what the header at a position says."""
        return role(self.sheet.header[at])

    def level(self, at: int) -> Level:
        """Return whether a column is of lines or of documents."""
        return self.numbers.level(self.numbers.columns[at])

    @property
    def many(self) -> bool:
        """Return whether several documents have several lines."""
        return len(self.numbers.with_lines) >= _MANY

    @property
    def dated_apart(self) -> bool:
        """Return whether lines of a document have days of their own: they share no total then."""
        into = table(self.match.table or "")
        names = _DAYS.get(into.name, into.actual_dates)
        at = next((self.match.mapping.get(name) for name in names), None)
        if at is None:
            return False
        days = self.sheet.rows.column(str(at)).slice(0, HEAD).to_pylist()
        return any(
            len({(days[row] or "")[:_DAY] for row in rows}) > 1 for rows in self.numbers.with_lines
        )

    def told_apart(self, at: int) -> bool:
        """Return whether the lines of documents differ in another column: no row is there twice."""
        others = [other for other in range(len(self.sheet.header)) if other not in (at, self.key)]
        columns = [
            self.sheet.rows.column(str(other)).slice(0, HEAD).to_pylist() for other in others
        ]
        return all(
            len({tuple(column[row] for column in columns) for row in rows}) > 1
            for rows in self.numbers.with_lines
        )

    @property
    def product(self) -> tuple[int, int] | None:
        """Return the positions of pieces and price of a line, if there are both."""
        mapping = self.match.mapping
        at = [mapping.get("quantity"), mapping.get("unit_price")]
        for place, wanted in enumerate(("quantity", "price")):
            if at[place] is None or at[place] not in self.numbers.columns:
                named = [other for other in self.numbers.columns if self.role(other) == wanted]
                at[place] = named[0] if len(named) == 1 else None
        if at[1] is None:
            untaxed = [other for other in self.numbers.columns if self._is_untaxed_price(other)]
            at[1] = untaxed[0] if len(untaxed) == 1 else None
        quantity, price = at
        return None if quantity is None or price is None else (quantity, price)

    def _is_untaxed_price(self, at: int) -> bool:
        return self.role(at) == "net" and of_pieces(self.sheet.header[at])

    def is_price(self, at: int) -> bool:
        """Return whether a column has prices of pieces, though of one piece they are amounts too.

        A "net price" that stays one beside several pieces is what a line is worth.
        """
        header = self.sheet.header[at]
        if of_pieces(header):
            return True
        counted = [column for other, column in self.numbers.columns.items() if self._counts(other)]
        several = any(count is not None and abs(count) > 1 for c in counted for count in c)
        return of_price(header) and bool(counted) and not several

    def _counts(self, at: int) -> bool:
        return self.match.mapping.get("quantity") == at or self.role(at) == "quantity"

    def instead_of_price(self, at: int) -> int | None:
        """Return the amounts of lines where `at` has the prices of their pieces."""
        header = self.sheet.header[at]
        counted = any(map(self._counts, self.numbers.columns))
        if not (of_pieces(header) or (of_price(header) and counted)):
            return None
        others = [
            other
            for role in ("amount", "net", "gross")
            for other in self.numbers.columns
            if self.role(other) == role and not of_price(self.sheet.header[other])
        ]
        pieces = [
            self.numbers.columns[other] for other in self.numbers.columns if self._counts(other)
        ]
        worked_out = [product(counts, self.numbers.columns[at]) for counts in pieces]
        proved = [
            other
            for other in others
            if any(equal(self.numbers.columns[other], column) for column in worked_out)
        ]
        if of_pieces(header) or self.is_price(at):
            return next(iter((*proved, *others)), None)
        return next(iter(proved), None)

    def line_amounts(self, settled: bool = False) -> list[int | Formula]:
        """Return columns that may be the amounts of lines: those of the file first.

        With `settled` also those that say what was paid.
        """
        roles = ("amount", "net", "gross", None, *(("settled",) if settled else ()))
        columns: list[int | Formula] = [
            at
            for at in sorted(self.numbers.columns, key=lambda at: self.role(at) != "amount")
            if self.level(at) == "line"
            and at != self.key
            and not self.is_price(at)
            and self.role(at) in roles
        ]
        if self.product:
            columns.append(Formula("product", self.product))
        return columns

    def figures(self, way: int | Formula) -> Column:
        """Return the figures of a column, or of a product of two."""
        columns = self.numbers.columns
        if isinstance(way, int):
            return columns[way]
        return product(columns[way.parts[0]], columns[way.parts[1]])

    def totals(self, at: int) -> list[Column]:
        """Return what the lines of documents may add up to: net totals, then the total less tax."""
        columns, levels = self.numbers.columns, ("first", "document")
        whole = [other for other in columns if other != at and self.level(other) in levels]
        net = [columns[other] for other in whole if self.role(other) == "net"]
        extras = [columns[other] for other in whole if self.role(other) in ("tax", "freight")]
        less = [
            combined([columns[at]], some)
            for count in range(len(extras) + 1)
            for some in combinations(extras, count)
        ]
        return [*net, *less]

    def add_up(self, way: int | Formula, totals: list[Column]) -> bool:
        """Return whether amounts of lines add up to one of the totals in every document."""
        sums = self.numbers.sums(self.figures(way))
        return any(equal(sums, self.numbers.of_documents(total)) for total in totals)

    def add_up_with_tax(self, way: int | Formula, totals: list[Column]) -> bool:
        """Return whether amounts of lines add up to totals with the taxes of their lines."""
        columns = self.numbers.columns
        lines = self.figures(way)
        extras = [
            columns[at]
            for at in columns
            if self.role(at) in ("tax", "freight") and self.level(at) == "line" and any(columns[at])
        ]
        whole = [
            self.numbers.sums(combined([lines, *some]))
            for count in range(1, len(extras) + 1)
            for some in combinations(extras, count)
        ]
        documents = [self.numbers.of_documents(total) for total in totals]
        return any(equal(sums, total) for sums in whole for total in documents)

    def says_amount(self, way: int | Formula) -> bool:
        """Return whether a column is named as an amount, or is pieces times price."""
        return not isinstance(way, int) or self.role(way) in ("amount", "net", "gross")

    def proved(self, at: int) -> bool:
        """Return whether the amounts at a position are pieces times price in every row."""
        if self.product is None:
            return False
        worked_out = self.figures(Formula("product", self.product))
        pieces = self.numbers.columns[self.product[0]]
        # One piece of everything proves nothing.
        several = any(count is not None and count > 1 for count in pieces)
        return several and equal(self.numbers.columns[at], worked_out)

    def weights(self) -> tuple[int, ...]:
        """Return by which columns a total is shared among lines; none if no column tells."""
        if self.product and all(self.level(at) == "line" for at in self.product[1:]):
            return self.product
        lines = [at for at in self.line_amounts() if isinstance(at, int)]
        named = [at for at in lines if self.role(at) in ("amount", "net")]
        return (named[0],) if len(named) == 1 else ()

    def net_total(self, at: int) -> int:
        """Return the total of documents without tax, if there is one, else `at`."""
        net = [
            other
            for other in self.numbers.columns
            if self.role(other) == "net" and self.level(other) == self.level(at)
        ]
        return net[0] if len(net) == 1 else at

    def net_of_tax(self, at: int) -> int | Formula | None:
        """Return the amount without tax where `at` has it with tax; None where nothing tells."""
        columns = self.numbers.columns
        taxes = [other for other in columns if self.role(other) == "tax" and any(columns[other])]
        for tax in taxes:
            untaxed = [
                net
                for net in columns
                if net not in (at, tax)
                and self.role(net) not in (*_ODD, "tax", "freight", "settled", "balance")
                and equal(columns[at], combined([columns[net], columns[tax]]))
            ]
            amounts = [net for net in untaxed if not self.is_price(net)]
            if untaxed:
                # Prices of one piece each are amounts in this file, and not in the next.
                return amounts[0] if amounts else Formula("minus", (at, tax))
        if len(taxes) == 1 and self.role(at) == "gross":
            return Formula("minus", (at, taxes[0]))
        return None

    def without(self, at: int, back: int) -> bool:
        """Return whether the amounts at a position are already without what `back` gave back.

        Another column has what both add up to then.
        """
        columns = self.numbers.columns
        if at not in columns or back not in columns:
            return False
        rows = [row for row, figure in enumerate(columns[back]) if figure]
        zero = Decimal(0)
        whole = [(columns[at][row] or zero) + abs(columns[back][row] or zero) for row in rows]
        return any(
            equal([column[row] for row in rows], whole)
            for other, column in columns.items()
            if other not in (at, back) and self.role(other) not in _ODD
        )

    def differ(self, first: int, second: int) -> bool:
        """Return whether two columns have different figures."""
        columns = self.numbers.columns
        return not equal(columns[first], columns[second])

    def differs_by_tax(self, first: int, second: int) -> bool:
        """Return whether one column is the other with tax, or is named so."""
        columns = self.numbers.columns
        if {self.role(first), self.role(second)} == {"net", "gross"}:
            return True
        return any(
            equal(columns[net], combined([columns[gross], columns[tax]]))
            for net, gross in ((first, second), (second, first))
            for tax in columns
            if self.role(tax) == "tax"
        )

    def differs_by_discount(self, less: int, more: int) -> bool:
        """Return whether `less` is `more` without the discounts in another column."""
        columns = self.numbers.columns
        reductions = [
            columns[at] for at in columns if at not in (less, more) and self.role(at) == "discount"
        ]
        return any(
            equal(columns[less], combined([columns[more]], some))
            for count in (1, len(reductions))
            for some in combinations(reductions, count)
            if some
        )
