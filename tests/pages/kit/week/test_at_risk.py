from __future__ import annotations

from analytics.pipeline.risk import ALERTS
from pages.kit.week.at_risk import WORDS


def test_every_alert_has_its_words() -> None:
    assert [alert.id for alert in ALERTS] == list(WORDS)
