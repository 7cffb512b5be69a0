from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from analytics.plan.typed_cells import amount, locked

KEYS = ["Li", "Wang"]
SHOWN = pd.DataFrame({"key": KEYS, "target": [60.0, 40.0], "locked": [False, True]})
LOCKS = {"Wang": Decimal("40.00")}


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        (0.1 + 0.2, "0.30"),
        (1_234_567.891, "1234567.89"),
        (999_999_999_999.99, "999999999999.99"),
        (0.0, "0.00"),
    ],
)
def test_an_amount_is_kept_to_the_cent(typed: float, cents: str) -> None:
    assert str(amount(typed)) == cents


def test_a_blank_amount_is_none() -> None:
    assert amount(None) is amount(float("nan")) is None


@pytest.mark.parametrize(
    ("targets", "ticks", "after"),
    [
        ([60.0, 40.0], [False, True], {"Wang": "40.00"}),
        ([70.004, 40.0], [False, True], {"Wang": "40.00", "Li": "70.00"}),
        ([60.0, 40.0], [True, True], {"Wang": "40.00", "Li": "60.00"}),
        ([60.0, 45.5], [False, True], {"Wang": "45.50"}),
        ([60.0, 40.0], [False, False], {}),
        ([60.0, 45.5], [False, False], {}),
        ([60.0, float("nan")], [False, True], {"Wang": "40.00"}),
        ([float("nan"), 40.0], [True, True], {"Wang": "40.00"}),
    ],
    ids=[
        "nothing typed", "an amount locks its cell", "a tick locks what is shown",
        "a locked cell is typed over", "a cleared tick frees", "a cleared tick wins",
        "a deleted amount stays", "a tick beside a deleted amount",
    ],
)  # fmt: skip
def test_what_is_typed_locks_and_frees_cells(
    targets: list[float], ticks: list[bool], after: dict[str, str]
) -> None:
    edited = pd.DataFrame({"target": targets, "locked": ticks})
    assert locked(LOCKS, SHOWN, edited) == {key: Decimal(text) for key, text in after.items()}
    assert {"Wang": Decimal("40.00")} == LOCKS
