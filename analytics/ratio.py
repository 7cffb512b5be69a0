"""Divide: every ratio that a page shows is computed here.

    >>> safe_ratio(3, 4)
    0.75
    >>> safe_ratio(3, 0) is None
    True

A ratio whose denominator is 0 or missing is not known: null in the engine,
None in Python, "n/a" on the page; never 0 and never infinity (x / 0 is `inf`
on DuckDB and an exception on Spark).
"""

from __future__ import annotations

from decimal import Decimal
from math import isfinite
from typing import cast

import ibis.expr.types as ir

Number = int | float | Decimal


def ratio(numerator: ir.NumericValue, denominator: ir.NumericValue) -> ir.FloatingValue:
    """Return `numerator` ÷ `denominator` as float64; null where it is not known."""
    divided = numerator.cast("float64") / denominator.cast("float64").nullif(0)
    return cast("ir.FloatingValue", divided)


def safe_ratio(numerator: Number | None, denominator: Number | None) -> float | None:
    """Return `numerator` ÷ `denominator`; None where either is missing or the latter is 0."""
    if numerator is None or denominator is None:
        return None
    above, below = float(numerator), float(denominator)
    if below == 0 or not isfinite(below) or not isfinite(above):
        return None
    return above / below
