"""Model diminishing returns: what more money in a channel brings.

    >>> curve = response_curve("web", spend_by_month, revenue_by_month)
    >>> lift(curve, 1.2)     # a fifth more money
    Lift(factor=1.08, held=False)

Hill saturation 1 ÷ (1 + (x ÷ ec)^(−slope)) of the adstocked spend
Σ αˢ·x_{t−s} (normalised), as in Google Meridian's documentation. Under 24
months nothing is fitted: the curve is `thin`, with half saturation at today's
spend and slope 1, and the user sets both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.periods.months import as_date

FEWEST_MONTHS = 24

_CARRIED = (0.0, 0.3, 0.6)
_SLOPES = (0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
_HALVES = 25
_MEMORY = 6
_NOW = 3
_YEAR = 12

_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Curve:
    """A channel's answer to money, half of what it can bring at `ec`, `slope` steep.

    `spend` is a month's now, the mean of the last three. `lowest` and `highest`
    are the monthly spends that were ever seen: the curve is not believed
    outside. `thin`: not fitted, the user may set ec and slope.
    """

    channel: str
    spend: float
    ec: float
    slope: float
    lowest: float
    highest: float
    thin: bool


@dataclass(frozen=True)
class Lift:
    """What the channel brings against now; `held` where the money asked for was never seen."""

    factor: float
    held: bool


def response_curve(
    channel: str,
    spend: Sequence[float],
    revenue: Sequence[float],
    *,
    ec: float | None = None,
    slope: float | None = None,
) -> Curve | None:
    """Return the curve of one channel from its months, oldest first, and what each brought.

    `ec` and `slope`, where given, are the user's and nothing is fitted. None
    where nothing was spent in the last three months: nothing to multiply.
    """
    now = float(np.mean(spend[-_NOW:])) if len(spend) else 0.0
    if now <= 0:
        return None
    low, high = float(min(spend)), float(max(spend))
    thin = len(spend) < FEWEST_MONTHS
    fitted = None if thin or ec or slope else _fitted(np.array(spend), np.array(revenue))
    half, steep = fitted or (ec or now, slope or 1.0)
    return Curve(channel, now, half, steep, low, high, thin or fitted is None)


def channel_curves(
    spent: pd.DataFrame,
    brought: pd.DataFrame,
    until: date,
    own: Mapping[str, tuple[float, float]] | None = None,
) -> tuple[tuple[float, Curve], ...]:
    """Return (part of the last year's money, curve) of every channel that money is spent on.

    `spent` is `roi.spent_by_month`, `brought` `roi.sales_by_month`, of which
    the months before `until` count. `own` holds the user's (ec, slope) by
    channel. A month without a row had no spend, unless the list ends before it.
    """
    paid, came = _by_month(spent, "spend", until), _by_month(brought, "value", until)
    months = sorted({*paid.index, *came.index})
    # Before one of the lists begins nobody knows what was spent, or sold; nor what was spent once
    # its list ends.
    known = max((min(each.index) for each in (paid, came) if len(each.index)), default=until)
    months = [month for month in months if len(paid.index) and known <= month <= max(paid.index)]
    whole = float(came.reindex(months).tail(_YEAR).sum().sum())
    curves = []
    for channel in paid.columns:
        spend = paid[channel].reindex(months).fillna(0.0)
        money = came[channel] if channel in came else pd.Series(dtype=float)
        money = money.reindex(months).fillna(0.0)
        ec, slope = (own or {}).get(channel, (None, None))
        curve = response_curve(channel, list(spend), list(money), ec=ec, slope=slope)
        if curve is not None and whole > 0:
            curves.append((max(float(money.tail(_YEAR).sum()), 0.0) / whole, curve))
    return tuple(curves)


def _by_month(frame: pd.DataFrame, value: str, until: date) -> pd.DataFrame:
    """Months down, channels across; blank channels are the channel ""."""
    early = np.array([as_date(month) < until for month in frame["month"]], dtype=bool)
    before = frame.loc[early]
    plain = pd.DataFrame(
        {
            "month": [as_date(month) for month in before["month"]],
            "name": before["name"].fillna("").astype(str).to_numpy(),
            "value": before[value].astype(float).to_numpy(),
        }
    )
    wide = plain.pivot_table(index="month", columns="name", values="value", aggfunc="sum")
    return wide.fillna(0.0)


def saturation(spend: float, ec: float, slope: float) -> float:
    """Return Hill saturation: 0 at no money, ½ at `ec`, towards 1."""
    return 1 / (1 + (spend / ec) ** -slope) if spend > 0 else 0.0


def adstock(spend: Sequence[float] | _Floats, carried: float) -> _Floats:
    """Carry spend over into the five months after it; the weights sum to 1."""
    weights = carried ** np.arange(_MEMORY)
    padded = np.concatenate([np.full(_MEMORY - 1, spend[0]), spend])
    return cast("_Floats", np.convolve(padded, weights / weights.sum(), mode="valid"))


def lift(curve: Curve, factor: float) -> Lift:
    """Return what `factor` times the money brings, ÷ what the money brings now.

    1.0 for 1.0 exactly.
    """
    wanted_spend = curve.spend * factor
    money = min(max(wanted_spend, curve.lowest), curve.highest)
    now = saturation(curve.spend, curve.ec, curve.slope)
    return Lift(saturation(money, curve.ec, curve.slope) / now, money != wanted_spend)


def _fitted(spend: _Floats, revenue: _Floats) -> tuple[float, float] | None:
    """ec and slope with the least squared error; None where more money never brought more."""
    best: tuple[float, float, float] | None = None
    positive = spend[spend > 0]
    for carried in _CARRIED:
        stocked = np.maximum(adstock(spend, carried), 1e-9)
        for ec in np.linspace(positive.min() / 2, positive.max() * 2, _HALVES):
            for slope in _SLOPES:
                level = 1 / (1 + (stocked / ec) ** -slope)
                design = np.column_stack([level, np.ones_like(level)])
                (gain, base), *_ = np.linalg.lstsq(design, revenue, rcond=None)
                error = float(np.square(design @ (gain, base) - revenue).sum())
                if gain > 0 and base >= 0 and (best is None or error < best[0]):
                    best = (error, float(ec), slope)
    return (best[1], best[2]) if best else None
