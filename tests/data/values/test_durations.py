from __future__ import annotations

from decimal import Decimal

import pytest

from data.values.durations import minutes, per_minute


@pytest.mark.parametrize(
    ("header", "text", "right"),
    [
        ("Call Duration", "17:36", "17.6"),
        ("Call Duration", "1:02:30", "62.5"),
        ("Call Duration (in seconds)", "90", "1.5"),
        ("Call Duration (in seconds)", "01:30", "1.5"),
        ("通话时长", "5分30秒", "5.5"),
        ("通话时长（秒）", "90", "1.5"),
        ("停留时长", "45", "45"),
        ("Duration (hours)", "1.5", "90"),
        ("Duration (hours)", "1:30", "90"),
        ("Dauer", "1 Std 5 Min", "65"),
        ("Gesprächsdauer in Sekunden", "120", "2"),
        ("duration", "1h 5m", "65"),
    ],
)
def test_durations_are_minutes(header: str, text: str, right: str) -> None:
    read = minutes(text, ".", per_minute(header))
    assert read is not None
    assert read.quantize(Decimal("0.0001")) == Decimal(right)


@pytest.mark.parametrize("text", ["", "long", "17:76", "h"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert minutes(text, ".") is None
