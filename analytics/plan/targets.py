"""Read the table `targets` for one month: the target of each scope.

    >>> month_targets(rows, date(2026, 3, 1), year, scope_kind="rep")
    {'Wang': MonthTarget(target=Decimal('120000.00'), basis='month', summed=False)}

A target of the month itself comes first, else the sum of its weeks', else the quarter's, the
half's, the year's, split by selling days. Weeks, and fiscal years that the settings do not
have, are split by calendar days. Targets never meet order lines: they are joined to
actuals after those are summed (a target would count once a line).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

import pandas as pd

from analytics.periods.calendar import Calendar
from analytics.periods.months import as_date
from analytics.plan.target_periods import Basis, first_day, share
from domain.scope import Scope

Level = Literal["floor", "target", "stretch"]

COMPANY = "company"

_BASES: tuple[Basis, ...] = ("month", "week", "quarter", "half", "year")
_SCALE = Decimal("0.0001")


@dataclass(frozen=True)
class MonthTarget:
    """The target of a month, the period it comes from, and whether it is a sum.

    `basis` is a longer or shorter period where the month itself has no target.
    """

    target: Decimal
    basis: Basis
    summed: bool = False


def month_targets(
    rows: pd.DataFrame,
    month: date,
    calendar: Calendar,
    *,
    scope_kind: str,
    metric: str = "sales",
    currency: str | None = None,
    version: str | None = None,
    level: Level = "target",
    first_month: int = 1,
) -> dict[str, MonthTarget]:
    """Return scope_value → its target of the month, for every value of `scope_kind` that has one.

    `rows` is the table `targets` as a frame; `calendar` covers the year, which
    begins in `first_month` and is named by the calendar year it begins in. Of
    several versions the last counts (v10 after v9), unless one is named. A
    blank metric is "sales", a blank scope the company's; periods other than
    YYYY-MM, YYYY-Qn, YYYY-Hn, YYYY, YYYY-Wnn and YYYY-MM/YYYY-MM are passed over.
    """
    by_value: dict[str, dict[Basis, dict[str, tuple[list[Any], Decimal]]]] = {}
    for row in _about(rows, scope_kind, metric, currency, version).to_dict("records"):
        period, amount = _word(row, "period"), row.get(level)
        if amount is None or pd.isna(amount):
            continue
        basis, part = share(period, Decimal(str(amount)), month, calendar, first_month)
        if basis is None:
            continue
        scope_value, rank = _word(row, "scope_value"), _version_rank(_word(row, "version"))
        parts = by_value.setdefault(scope_value, {}).setdefault(basis, {})
        # The weeks of a month add up; of any other period there is one.
        key = period if basis == "week" else basis
        if key not in parts or rank >= parts[key][0]:
            parts[key] = (rank, part)
    return {scope_value: _nearest(options) for scope_value, options in by_value.items()}


def target_for(
    scope: Scope,
    rows: pd.DataFrame,
    calendar: Calendar,
    *,
    level: Level = "target",
    first_month: int = 1,
) -> MonthTarget | None:
    """Return the target that belongs to the scope: the company's, or that of its one filter.

    Without a company target the sum of the teams', else the regions', else the
    reps' stands in, `summed`. With one filter, the sum over its values, if each
    has one. With several filters there is none: no table holds such a target.
    """

    def of(kind: str) -> dict[str, MonthTarget]:
        return month_targets(
            rows,
            scope.month,
            calendar,
            scope_kind=kind,
            metric=scope.metric,
            currency=scope.currency,
            level=level,
            first_month=first_month,
        )

    if len(scope.filters) > 1:
        return None
    for dimension, values in scope.filters:
        known = of(dimension)
        missing = any(value not in known for value in values)
        return None if missing else _sum([known[value] for value in values])
    for kind in (COMPANY, "team", "region", "rep"):
        if known := of(kind):
            summed = _sum(known.values())
            return MonthTarget(summed.target, summed.basis, summed=kind != COMPANY)
    return None


def in_currency(
    rows: pd.DataFrame, rates: pd.DataFrame, currency: str, first_month: int = 1
) -> pd.DataFrame:
    """Return the targets with those in other currencies converted, where that is unambiguous.

    `rates` has currency, first_day, last_day, rate of one unit in `currency`. A target takes
    the rate of the first day of its period. It stays as it is where there is no such rate,
    where the same target is there in `currency`, and where it is there in several others.
    """
    if rates.empty or rows.empty:
        return rows
    own = rows["currency"].isna() | (rows["currency"] == currency)
    same = [rows[name].fillna("") for name in ("metric", "period", "scope_kind", "scope_value")]
    alone = ~own & (rows["currency"].where(~own).groupby(same).transform("nunique") == 1)
    alone &= ~own.groupby(same).transform("any")
    listed = [
        _converted(row, rates, currency, first_month) if foreign else row
        for row, foreign in zip(rows.to_dict("records"), alone, strict=True)
    ]
    return pd.DataFrame(listed, index=rows.index, columns=rows.columns, dtype=object)


def _converted(
    row: dict[Any, Any], rates: pd.DataFrame, currency: str, first_month: int
) -> dict[Any, Any]:
    day = first_day(_word(row, "period"), first_month)
    rate = _rate(rates, str(row["currency"]), day) if day else None
    if rate is None:
        return row
    money: dict[Any, Any] = {
        level: amount if pd.isna(amount) else (amount * rate).quantize(_SCALE)
        for level, amount in ((level, row[level]) for level in ("floor", "target", "stretch"))
    }
    return {**row, **money, "currency": currency}


def _rate(rates: pd.DataFrame, currency: str, day: date) -> Decimal | None:
    for row in rates[rates["currency"] == currency].to_dict("records"):
        if as_date(row["first_day"]) <= day <= as_date(row["last_day"]):
            rate: Decimal = row["rate"]
            return rate
    return None


def _about(
    rows: pd.DataFrame, scope_kind: str, metric: str, currency: str | None, version: str | None
) -> pd.DataFrame:
    """Keep the targets of a kind of scope in a metric, a currency and, if named, a version."""
    # A column at a time: rows are few, and a page needs this a dozen times.
    wanted = (_words(rows, "scope_kind", COMPANY) == scope_kind) & (
        _words(rows, "metric", "sales") == metric
    )
    if currency:
        wanted &= _words(rows, "currency", currency) == currency
    if version is not None:
        wanted &= _words(rows, "version") == version
    return rows[wanted]


def _words(rows: pd.DataFrame, name: str, blank: str = "") -> pd.Series:
    """Return a column as text without spaces around it, `blank` where a cell is empty."""
    if name not in rows:
        return pd.Series(blank, rows.index, dtype=str)
    words = rows[name].astype(object).where(rows[name].notna(), "").astype(str).str.strip()
    return words.where(words != "", blank)


def _word(row: dict[Any, Any], name: str) -> str:
    value = row.get(name)
    return "" if value is None or pd.isna(value) else str(value).strip()


def _version_rank(version: str) -> list[tuple[int, str]]:
    """Numbers in a version's name compare as numbers, also those that are written as words."""
    figures = (int(unicodedata.numeric(sign, -1)) for sign in version)
    text = "".join(
        sign if figure < 0 else str(figure) for sign, figure in zip(version, figures, strict=True)
    )
    return [(int(part or 0), word) for word, part in re.findall(r"(\D*)(\d*)", text)]


def _nearest(options: dict[Basis, dict[str, tuple[list[Any], Decimal]]]) -> MonthTarget:
    basis = next(basis for basis in _BASES if basis in options)
    return MonthTarget(sum((part for _, part in options[basis].values()), Decimal(0)), basis)


def _sum(parts: Iterable[MonthTarget]) -> MonthTarget:
    """The sum; its basis is the widest period that went into it."""
    targets = list(parts)
    total = sum((target.target for target in targets), Decimal(0))
    basis = max((target.basis for target in targets), key=_BASES.index)
    return MonthTarget(total, basis, len(targets) > 1)
