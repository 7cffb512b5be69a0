"""Find who stands above or below the rows that add up to theirs in a list of targets.

>>> rows = [("North", 300), ("South", 120), ("Ann", 200), ("Bo", 100), ("Cy", 70), ("Di", 50)]
>>> targets = [Target(at, name, "03", Decimal(f)) for at, (name, f) in enumerate(rows)]
>>> sorted(heads_of_list(targets, telling=False))
['North', 'South']
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

_NEAR = Decimal("0.011")
# Two others add up to a round figure by chance, and so do their rows by twos.
BY_CHANCE, _FEWEST, DIGITS = 2, 6, 2


@dataclass(frozen=True)
class Target:
    """A row with a target: its position, whose it is, its period, and what stands beside it.

    `group` is the group that it names in a column of its own, after the kind of that column. A
    row without a `name` is that group's. The name of a `person` is known or written like one.
    """

    at: int
    name: str
    key: str
    figure: Decimal
    group: tuple[str, str] | None = None
    manager: str = ""
    person: bool = False


def equal(first: Decimal, second: Decimal | int) -> bool:
    return bool(first) and abs(first - second) < _NEAR


def digits(figure: Decimal) -> int:
    """Return how many digits of a figure are no zeros at its end: 2 for 7,500."""
    return len(f"{figure:f}".replace(".", "").strip("0"))


def heads_of_list(rows: Sequence[Target], telling: bool) -> set[str]:
    """Return who stand first and have as much as the rest together, where that is no chance.

    The rest may add up to each of the first, one after the other. Else each of the first has as
    much as any of the rest, and the figures are no round ones, or it is so in several periods:
    `telling`. Names that are none of people among people say more than figures do.
    """
    whole = sum(target.figure for target in rows)
    end, figure = 0, Decimal(0)
    while end < len(rows) and figure < whole / 2:
        figure, end = figure + rows[end].figure, end + 1
    first, rest = rows[:end], rows[end:]
    if end < BY_CHANCE or len(rest) < BY_CHANCE * end or not equal(figure * 2, whole):
        return set()
    at, runs = 0, []
    for target in first:
        led = Decimal(0)
        while at < len(rest) and led < target.figure:
            led, at = led + rest[at].figure, at + 1
        runs.append(equal(led, target.figure))
    large = min(t.figure for t in first) >= max(t.figure for t in rest)
    exact = max(digits(t.figure) for t in first) > DIGITS
    groups = not any(t.person for t in first) and all(t.person for t in rest)
    # Where all of the rest have the same, the first may be those who are to sell twice as much.
    alike = len({t.figure for t in rest}) == 1 and not groups
    proven = (all(runs) or (large and (telling or exact or groups))) and not alike
    return {target.name for target in first} if proven else set()


def heads_of_runs(rows: Sequence[Target]) -> set[str]:
    """Return who stands before rows that add up to theirs, if all rows are in such runs."""
    heads: set[str] = set()
    at = 0
    while at < len(rows):
        end, whole = at + 1, Decimal(0)
        while end < len(rows) and whole < rows[at].figure:
            whole, end = whole + rows[end].figure, end + 1
        if end - at <= BY_CHANCE or not equal(whole, rows[at].figure):
            return set()
        heads.add(rows[at].name)
        at = end
    return heads if len(heads) > 1 and len(rows) >= _FEWEST else set()
