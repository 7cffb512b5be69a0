from __future__ import annotations

import pytest

from analytics.forecast.accuracy import bias, wape


def test_one_small_month_does_not_drown_the_others() -> None:
    """Trap 1: the mean of percentages says 77.5 %, the money says 6.4 %."""
    actual, forecast = (1000, 10), (950, 25)
    off = [abs(a - f) / a for a, f in zip(actual, forecast, strict=True)]
    assert sum(off) / len(off) == pytest.approx(0.775)
    assert wape(actual, forecast) == pytest.approx(65 / 1010)
    assert bias(actual, forecast) == pytest.approx(-35 / 1010)
    assert (round(wape(actual, forecast) or 0, 3), round(bias(actual, forecast) or 0, 3)) == (
        0.064,
        -0.035,
    )


@pytest.mark.parametrize("actual", [(), (0, 0)], ids=["nothing", "zeros"])
def test_nothing_to_compare_with_is_not_an_error_of_zero(actual: tuple[int, ...]) -> None:
    forecast = tuple(5 for _ in actual)
    assert wape(actual, forecast) is bias(actual, forecast) is None
