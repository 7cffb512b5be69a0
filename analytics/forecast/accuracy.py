"""Measure forecast error: WAPE and bias.

    >>> wape([1000, 10], [950, 25])   # 65 / 1010; MAPE would say 77.5 %
    0.06435643564356436

Each is None where there is nothing to compare with.
"""

from __future__ import annotations

from collections.abc import Sequence

from analytics.ratio import Number, safe_ratio


def wape(actual: Sequence[Number], forecast: Sequence[Number]) -> float | None:
    """Return WAPE, Σ|A−F| ÷ Σ|A|: one small month cannot drown the others."""
    pairs = _pairs(actual, forecast)
    return safe_ratio(sum(abs(a - f) for a, f in pairs), sum(abs(a) for a, _ in pairs))


def bias(actual: Sequence[Number], forecast: Sequence[Number]) -> float | None:
    """Return Σ(F−A) ÷ ΣA: above 0 the forecasts were too high."""
    pairs = _pairs(actual, forecast)
    return safe_ratio(sum(f - a for a, f in pairs), sum(a for a, _ in pairs))


def _pairs(actual: Sequence[Number], forecast: Sequence[Number]) -> list[tuple[float, float]]:
    return [(float(a), float(f)) for a, f in zip(actual, forecast, strict=True)]
