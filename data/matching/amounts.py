"""Find out which column of a sheet is the amount of its rows.

    >>> amount = with_amount(Grid(header, rows), match)                # doctest: +SKIP
    >>> amount.note, amount.header, amount.other                       # doctest: +SKIP
    ('line_amounts', 'LineAmount', 'Total')

A document's total on each of its lines is not the amount of a line; a total with tax beside
one without is not what was sold; pieces times price are an amount where there is none. What
the figures tell is done and noted; of what they leave open, the user is asked with the sums
in sight.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from data.matching.amount_evidence import Evidence
from data.matching.columns import named
from data.matching.computed_columns import Formula, Grid, mark_of, with_column
from data.matching.credit_lines import by_rep
from data.matching.discounts import shares, with_discount_off
from data.matching.open_balances import instead_of_invoiced
from data.matching.recognise import SURE, ColumnMatch, Match
from data.matching.tax_rates import with_rate_off
from data.matching.tax_shares import untaxed_beside, with_tax_off
from data.values.amount_words import SIDES, WHOLE
from data.values.header_text import normalise
from data.values.numbers import DecimalMark
from domain.tables import table

_TABLES = ("orders", "contracts")
_BOOKED = (*_TABLES, "payments")
_ENTRIES = ("returns", "receivables")
_AMOUNT = "amount"
_CONFIDENCE = 0.95

# A column of the file, or one that is worked out.
Way = int | Formula


@dataclass(frozen=True)
class Amount:
    """Hold a sheet and its match after its amount was looked for.

    `note` says why the column called `header` was taken instead of `other`, "" if nothing was
    changed. `positions` are the columns among which the user has to choose; `marks` has the
    decimal marks of columns, `documents` the position of their numbers.
    """

    sheet: Grid
    match: Match
    note: str = ""
    header: str = ""
    other: str = ""
    positions: tuple[int, ...] = ()
    marks: Mapping[int, DecimalMark] = field(default_factory=dict)
    documents: int | None = None


def with_amount(sheet: Grid, match: Match, chosen_before: bool = False) -> Amount:
    """Return the sheet, the match and the open question after the amount was looked for.

    `chosen_before` is whether the user has chosen among the amounts of such a sheet.
    """
    at = match.mapping.get(_AMOUNT)
    if match.table in _BOOKED and (sides := _sides(sheet, at)):
        ways: list[Way] = [Formula("balance", sides), Formula("balance", sides[::-1])]
        return undecided(Evidence.of(sheet, match), ways)
    if match.table not in (*_BOOKED, *_ENTRIES):
        return Amount(sheet, match)
    evidence = Evidence.of(sheet, match)
    if match.table in _ENTRIES:
        return _of_entries(evidence, at)
    if match.table == "payments":
        return _of_receipts(evidence, at)
    if at is None:
        return _without(evidence)
    if at not in evidence.numbers.columns:
        return Amount(sheet, match)
    if not chosen_before and (lines := evidence.instead_of_price(at)) is not None:
        return _net(taken(evidence, lines, "amount_of_pieces", at))
    if credited := by_rep(evidence, at):
        return _of_reps(evidence, at, *credited)
    if (level := evidence.level(at)) != "line":
        return _of_documents(evidence, at, level)
    return _of_lines(evidence, at, chosen_before)


def _sides(sheet: Grid, at: int | None) -> tuple[int, int] | None:
    """Return the columns of credit and debit where one of them, or none, is the amount."""
    sides = [
        next((i for i, text in enumerate(sheet.header) if side.search(normalise(text))), None)
        for side in SIDES
    ]
    credit, debit = sides
    if credit is None or debit is None or at not in (None, credit, debit):
        return None
    return credit, debit


def _without(evidence: Evidence) -> Amount:
    """Multiply pieces by their price where a sheet has no amount."""
    product = evidence.product
    if product is None:
        return Amount(evidence.sheet, evidence.match)
    first = Formula("product", product)
    share = evidence.match.mapping.get("discount")
    if share is None or share not in evidence.numbers.columns:
        return taken(evidence, first, "amount_multiplied")
    return undecided(evidence, [first, *shares(evidence, product, share)])


def _of_reps(evidence: Evidence, at: int, share: int, ways: Collection[Way]) -> Amount:
    """Take the amounts of lines that are a rep's share of an order each."""
    evidence = replace(evidence, match=unmatched(evidence.match, (share,)))
    if len(ways) > 1:
        return undecided(evidence, [*ways])
    (way,) = ways
    if way == at:
        return Amount(evidence.sheet, evidence.match)
    return taken(evidence, way, "credit_lines", at)


def _of_receipts(evidence: Evidence, at: int | None) -> Amount:
    """Find what a receipt pays of each order where `at` has the whole receipt on all its lines."""
    if at not in evidence.numbers.columns or evidence.level(at) != "document":
        return Amount(evidence.sheet, evidence.match)
    totals = evidence.totals(at)
    for part in evidence.line_amounts(settled=True):
        if evidence.add_up(part, totals):
            return taken(evidence, part, "line_amounts", at)
    # A number that stands for several payments of the same size says nothing of a whole.
    if evidence.key is None or not evidence.many or evidence.dated_apart:
        return Amount(evidence.sheet, evidence.match)
    return undecided(evidence, [Formula("once", (at,)), at])


def _of_entries(evidence: Evidence, at: int | None) -> Amount:
    """Find what lines of a return or an invoice come to where `at` has the whole on each of them.

    Two lines of the same amount may be no more than that, unless the header says it is the whole.
    """
    if evidence.match.table == "receivables":
        owed = instead_of_invoiced(evidence, at)
        if owed is not None:
            return taken(evidence, owed, "open_balance", at)
    plain = Amount(evidence.sheet, evidence.match)
    if evidence.key is None or at not in evidence.numbers.columns:
        return plain
    whole = evidence.level(at) == "document" and not evidence.dated_apart
    if not whole or evidence.proved(at) or not evidence.told_apart(at):
        return plain
    for part in evidence.line_amounts(settled=True):
        if evidence.add_up(part, evidence.totals(at)):
            return taken(evidence, part, "line_amounts", at)
    if not evidence.many and not WHOLE.search(normalise(evidence.sheet.header[at])):
        return plain
    return undecided(evidence, [Formula("once", (at,)), at])


def _of_documents(evidence: Evidence, at: int, level: str) -> Amount:
    """Find the amounts of the lines where `at` has the totals of their documents."""
    totals = evidence.totals(at)
    for lines in evidence.line_amounts():
        if evidence.add_up(lines, totals) or evidence.add_up_with_tax(lines, totals):
            return _net(taken(evidence, lines, "line_amounts", at))
    weights = evidence.weights()
    total = evidence.net_total(at)
    if weights and (level == "first" or evidence.many):
        return taken(evidence, Formula("shared", (total, *weights)), "total_shared", total)
    if level == "document" and not evidence.dated_apart:
        named_so = [way for way in evidence.line_amounts() if evidence.says_amount(way)]
        return undecided(evidence, [Formula("once", (at,)), at, *named_so])
    return Amount(evidence.sheet, evidence.match)


def _of_lines(evidence: Evidence, at: int, chosen_before: bool) -> Amount:
    """Choose among the amounts of a line: net of tax and discount, else asked."""
    if (beside := untaxed_beside(evidence, at)) is not None:
        return taken(evidence, beside, "net_amount", at)
    if (net := evidence.net_of_tax(at)) is not None:
        return taken(evidence, net, "net_amount", at)
    if len(untaxed := with_rate_off(evidence, at)) == 1:
        return taken(evidence, untaxed[0], "net_amount", at)
    if evidence.proved(at):
        evidence = replace(
            evidence, match=matched(evidence.match, evidence.sheet, _AMOUNT, at, _CONFIDENCE)
        )
    remembered = {m.column for m in evidence.match.columns if m.why == "remembered"}
    # What was worked out for the choice stands in no file, so that only the answer is known.
    if _AMOUNT in remembered and chosen_before:
        return Amount(evidence.sheet, evidence.match)
    untaxed = untaxed or with_tax_off(evidence, at)
    if len(untaxed) == 1:
        return taken(evidence, untaxed[0], "net_amount", at)
    if len(reduced := with_discount_off(evidence, at)) == 1:
        return taken(evidence, reduced[0], "net_of_discount", at)
    if _AMOUNT in remembered:
        return Amount(evidence.sheet, evidence.match)
    again = bool(remembered) and not chosen_before
    named_so = [] if again else _named_so(evidence, at)
    others = [other for other in named_so if evidence.differ(at, other)]
    others = [other for other in others if not evidence.differs_by_tax(at, other)]
    for other in others:
        if evidence.differs_by_discount(other, at):
            return taken(evidence, other, "net_of_discount", at)
    others = [other for other in others if not evidence.differs_by_discount(at, other)]
    ways = list(dict.fromkeys([at, *untaxed, *others, *reduced]))
    return undecided(evidence, ways) if ways != [at] else Amount(evidence.sheet, evidence.match)


def _net(amount: Amount) -> Amount:
    """Take the amount without tax of lines that have it with tax."""
    evidence = Evidence.of(amount.sheet, amount.match)
    net = evidence.net_of_tax(amount.match.mapping[_AMOUNT])
    return amount if net is None else taken(evidence, net, amount.note, other=amount.other)


def _named_so(evidence: Evidence, at: int) -> list[int]:
    """Return the other columns that are surely named like an amount."""
    match = evidence.match
    into = table(match.table or "")
    taken = set(match.mapping.values())
    return [
        other
        for other, header in enumerate(evidence.sheet.header)
        if other not in taken
        and other in evidence.numbers.columns
        and evidence.level(other) == "line"
        and not evidence.is_price(other)
        and evidence.role(other) in ("amount", "net", "gross")
        and any(
            guess.column == _AMOUNT and guess.confidence >= SURE
            for guess in named(into, header, match.system)
        )
    ]


def taken(
    evidence: Evidence, way: Way, note: str, instead: int | None = None, other: str = ""
) -> Amount:
    """Take a column as the amount, and say why."""
    sheet, at = placed(evidence, evidence.sheet, way)
    header = sheet.header[at]
    other = sheet.header[instead] if instead is not None else other
    match = matched(evidence.match, sheet, _AMOUNT, at, _CONFIDENCE)
    return Amount(sheet, match, note, header, other)


def undecided(evidence: Evidence, ways: list[Way]) -> Amount:
    """Leave the choice among columns to the user; the first stands until it is answered."""
    sheet, positions, marks = evidence.sheet, [], dict(evidence.numbers.marks)
    for way in ways:
        sheet, at = placed(evidence, sheet, way)
        positions.append(at)
        if isinstance(way, Formula):
            marks[at] = mark_of(way, marks)
    match = evidence.match
    if match.mapping.get(_AMOUNT) not in positions:
        match = matched(match, sheet, _AMOUNT, positions[0], _CONFIDENCE)
    return Amount(sheet, match, positions=tuple(positions), marks=marks, documents=evidence.key)


def placed(evidence: Evidence, sheet: Grid, way: Way) -> tuple[Grid, int]:
    if isinstance(way, int):
        return sheet, way
    sheet = with_column(sheet, way, evidence.numbers.marks, evidence.key)
    return sheet, len(sheet.header) - 1


def unmatched(match: Match, positions: Collection[int]) -> Match:
    """Return the match in which the columns at some positions are none of the table's."""
    columns = [
        replace(one, column=None, confidence=0.0, why="none") if one.position in positions else one
        for one in match.columns
    ]
    return replace(match, columns=tuple(columns))


def matched(match: Match, sheet: Grid, column: str, at: int, confidence: float) -> Match:
    """Return the match with `column` at a position, and nowhere else."""
    columns = [
        replace(other, column=None, confidence=0.0, why="none") if other.column == column else other
        for other in match.columns
        if other.position != at
    ]
    columns.append(ColumnMatch(at, sheet.header[at], column, confidence, "values"))
    return replace(match, columns=tuple(sorted(columns, key=lambda other: other.position)))
