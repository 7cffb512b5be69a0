from __future__ import annotations

import pyarrow as pa
import pytest

from data.matching.computed_columns import Formula, Grid, with_column


@pytest.mark.parametrize(
    ("first", "second", "right"),
    [
        (["100", "98.5", "0.25", None, "1000", "-5"], ["0", "-30", "0.25", "1", None, "1.5"],
         ["100", "68.5", "0", None, "1000", "-6.5"]),
        (["1,000.50", "98.5"], ["0.5", "8"], ["1000", "90.5"]),
        (["¥100", "50"], ["30", "-20"], ["¥70", "30"]),
    ],
)  # fmt: skip
def test_refunds_of_either_sign_are_taken_off_however_numbers_are_written(
    first: list[str | None], second: list[str | None], right: list[str | None]
) -> None:
    rows = pa.table({"0": first, "1": second, "row": list(range(len(first)))})
    sheet = with_column(Grid(("Amount", "Refund"), rows), Formula("refunded", (0, 1)), {}, None)
    assert sheet.header[-1] == "Amount − Refund"
    assert sheet.rows["2"].to_pylist() == right
