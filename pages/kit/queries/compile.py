"""A measure as SQL: written once for its shape, filled with days and filter values.

    >>> query, values = compile_query(actual.total, scope, scope.month, scope.until)
    >>> readable_query(actual.total, scope, scope.month, scope.until)

Writing a query takes a tenth of a second and blocks every other session. So filter
values and days are parameters, and one text serves every month, region and rep.

A measure does not know this. It is built with stand-ins, days far in the future, for
the real ones. They can be shifted by whole days and nothing else: comparing them
raises. It is built a second time with other stand-ins and must give the same text.
A measure that does more with its days gets one text for each set of days.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, NoReturn

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir

from analytics.actuals.conversion import in_currency
from analytics.actuals.dimensions import BLANK
from analytics.actuals.teams import with_departments
from domain.scope import Scope

Measure = Callable[..., ir.Table]
Values = dict[str, str | date]

_MARKED = re.compile("'\x01(\\w+)\x01'")
_DAY = re.compile(r"MAKE_DATE\((\d+), (\d+), (\d+)\)")
_REACH = timedelta(days=3000)
_KEPT = 2000


@dataclass(frozen=True)
class _Text:
    """A query with marks; `days` has the name, stand-in and offset of each mark that is a day."""

    query: str
    days: tuple[tuple[str, int, timedelta], ...] = ()


def compile_query(function: Measure, *arguments: Hashable) -> tuple[str, Values]:
    """Return the query with a parameter for every filter value and day, and the values."""
    query, values = _marked(function, *arguments)
    return _MARKED.sub(r"$\1", query), values


def readable_query(function: Measure, *arguments: Hashable) -> str:
    """Return the query with the values written out, as the passport shows it."""
    query, values = _marked(function, *arguments)
    return _MARKED.sub(lambda match: _literal(values[match[1]]), query)


def _marked(function: Measure, *arguments: Hashable) -> tuple[str, Values]:
    values: Values = {}
    days: list[date] = []
    hollow = tuple(_hollowed(argument, values) for argument in arguments)
    taking = _taking(days)
    shape = tuple(_with_days(argument, taking) for argument in hollow)
    text = _once(_for_all_days, function, shape) or _once(_for_these_days, function, hollow)
    # A measure may have no use for a filter: what is not asked for must not be handed over.
    used = set(_MARKED.findall(text.query))
    values = {name: value for name, value in values.items() if name in used}
    return text.query, values | {name: days[place] + beside for name, place, beside in text.days}


def _hollowed(argument: Hashable, values: Values) -> Hashable:
    """Return a scope with a mark for each filter value; BLANK is left as it is."""
    if not isinstance(argument, Scope):
        return argument
    for dimension, wanted in argument.filters:
        names = [f"{dimension}_{number}" for number in range(len(wanted))]
        values |= {name: value for name, value in zip(names, wanted, strict=True) if value != BLANK}
        marks = [f"\x01{name}\x01" if name in values else BLANK for name in names]
        argument = argument.narrowed(dimension, *marks)
    return argument


def _literal(value: str | date) -> str:
    if isinstance(value, date):
        return f"MAKE_DATE({value.year}, {value.month}, {value.day})"
    return "'" + value.replace("'", "''") + "'"


# --- days ---------------------------------------------------------------------


class _Day(date):
    """A stand-in for any day: it can be shifted, and raises when it is compared."""

    def _looked_at(self, *_: Any, **__: Any) -> NoReturn:
        raise _LookedAt

    __lt__ = __le__ = __gt__ = __ge__ = __eq__ = __ne__ = replace = _looked_at
    __hash__ = date.__hash__

    def __sub__(self, other: Any) -> Any:
        return super().__sub__(other) if isinstance(other, timedelta) else self._looked_at()


class _LookedAt(Exception):
    """Raised when a measure inspects its days, so that one text cannot serve all of them."""


def _with_days(argument: Any, put: Callable[[date], date]) -> Any:
    """Return the argument with its days replaced by `put`."""
    if isinstance(argument, Scope):
        return replace(argument, month=put(argument.month), as_of=put(argument.as_of))
    if isinstance(argument, date):
        return put(argument)
    if isinstance(argument, tuple):
        return tuple(_with_days(item, put) for item in argument)
    return argument


def _taking(days: list[date]) -> Callable[[date], date]:
    """Return a function that appends each day to `days` and returns its stand-in."""

    def put(day: date) -> date:
        days.append(day)
        return _FIRST[len(days) - 1]

    return put


def _standing_in(days: tuple[date, ...]) -> Callable[[date], date]:
    left = iter(days)

    def put(_: date) -> date:
        day = next(left)
        return _Day(day.year, day.month, day.day)

    return put


# Far from each other and from the days of any business. Beginnings of months, for a scope
# asks for one; from the two a year back, or ahead, is not the same number of days, nor is
# a month, nor are they in the same order.
_PLACES = 40
_FIRST = tuple(date(3005 + 20 * place, 1, 1) for place in range(_PLACES))
_SECOND = tuple(date(9971 - 20 * place, 10, 1) for place in range(_PLACES))


def _place(day: date, days: tuple[date, ...]) -> tuple[int, timedelta] | None:
    """Return a day's stand-in and its distance from it; None for a day of the measure's own."""
    near = ((place, day - stand_in) for place, stand_in in enumerate(days))
    return next(((place, beside) for place, beside in near if abs(beside) <= _REACH), None)


# --- writing ------------------------------------------------------------------

_texts: dict[tuple[Any, Any], _Text | None] = {}
_writing = threading.Lock()


def _once(write: Callable[..., _Text | None], *key: Any) -> _Text | None:
    """Return a query's text from the cache; one thread writes it while the others wait."""
    if (write, key) not in _texts:
        with _writing:
            if (write, key) not in _texts:
                if len(_texts) >= _KEPT:
                    _texts.clear()
                _texts[write, key] = write(*key)
    return _texts.get((write, key)) or write(*key)


def _built(function: Measure, arguments: Iterable[Any]) -> ir.Table:
    """Return the measure of its arguments, money converted where their scope says so.

    Reps whom no list of people places are in the team of their department.
    """
    arguments = tuple(arguments)
    built = with_departments(function(*arguments))
    scopes = [argument for argument in arguments if isinstance(argument, Scope)]
    if any(scope.converts for scope in scopes):
        built = in_currency(built, scopes[0].currency)
    return built


def _for_these_days(function: Measure, arguments: tuple[Any, ...]) -> _Text:
    return _Text(_sql(_built(function, arguments)))


def _sql(built: ir.Table) -> str:
    return str(ibis.to_sql(built, dialect="duckdb"))


def _for_all_days(function: Measure, shape: tuple[Any, ...]) -> _Text | None:
    """Return one text for all days; None where the measure inspects them."""
    try:
        first, second = (
            _built(function, [_with_days(argument, put) for argument in shape])
            for put in (_standing_in(_FIRST), _standing_in(_SECOND))
        )
    except _LookedAt:
        return None
    text, again = _sql(first), second.op().replace(_moved(second.op()))
    # Moved to the days of the first, the second must be the first; views differ by their number.
    return _lifted(text) if again == first.op() or _sql(again.to_expr()) == text else None


def _moved(built: ops.Node) -> dict[ops.Node, ops.Node]:
    """Return the literals near second stand-ins, each with its first counterpart."""
    replacements: dict[ops.Node, ops.Node] = {}
    for literal in built.find(ops.Literal):
        at = _place(literal.value, _SECOND) if isinstance(literal.value, date) else None
        if at is not None:
            replacements[literal] = literal.copy(value=_FIRST[at[0]] + at[1])
    return replacements


def _lifted(query: str) -> _Text:
    """Return the query with a mark for each stand-in."""
    days: dict[str, tuple[str, int, timedelta]] = {}

    def mark(match: re.Match[str]) -> str:
        at = _place(date(*map(int, match.groups())), _FIRST)
        if at is None:
            return match[0]
        place, beside = at
        side = f"_{'less' if beside.days < 0 else 'more'}_{abs(beside.days)}" if beside else ""
        name = f"day_{place}{side}"
        days[name] = (name, place, beside)
        return f"'\x01{name}\x01'"

    return _Text(_DAY.sub(mark, query), tuple(days.values()))
