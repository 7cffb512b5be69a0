from __future__ import annotations

import pytest

from analytics.pipeline.risk import ALERTS
from data.store import database as stores
from pages.kit.i18n.words import words
from pages.kit.week.at_risk import WORDS
from tests.conftest import bring
from tests.pages.conftest import Opening
from tests.pages.reading import said, sound


def test_every_alert_has_its_words() -> None:
    assert [alert.id for alert in ALERTS] == list(WORDS)


IDLE = "idle: n/a, no activity of any deal is known"
PAST_DUE = "past due: n/a, no deal has an expected close date"
MOVED = "moved close dates: n/a, no stage history has them"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.usefixtures("inline")
@pytest.mark.parametrize(
    ("columns", "cells", "unknown"),
    [
        pytest.param("Expected Close Date", "2020-01-05", [MOVED, IDLE], id="past due alone"),
        pytest.param(
            "Expected Close Date,Last Activity Date", "2020-01-05,2020-01-01", [MOVED], id="both"
        ),
        pytest.param("Last Activity Date", "2020-01-01", [MOVED, PAST_DUE], id="idle alone"),
        pytest.param("Created Date", "2020-01-01", [MOVED, PAST_DUE, IDLE], id="neither"),
    ],
)
def test_an_alert_whose_column_nobody_filled_is_not_counted_as_none(
    opening: Opening, language: str, columns: str, cells: str, unknown: list[str]
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    rows = [f"D{n},Deal {n},Proposal,{100 * n},{cells}" for n in range(1, 6)]
    text = "\n".join([f"Deal ID,Deal Name,Stage,Amount,{columns}", *rows])
    bring(stores.opened(), {"deals.csv": text.encode()})
    shown = said(sound(opening(language).run()))
    for sentence in (MOVED, PAST_DUE, IDLE):
        assert (_(sentence) in shown) == (sentence in unknown)
    # The newest day of the file is the last activity: none has been idle since.
    assert (_.n("{n} idle", "{n} idle", 0) in shown) == (IDLE not in unknown)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.usefixtures("inline")
def test_a_count_says_how_many_deals_lack_its_column(opening: Opening, language: str) -> None:
    _ = words(language)  # type: ignore[arg-type]
    rows = [f"D{n},Deal {n},Proposal,{n}00,2020-01-05,{'2020-01-01' * (n < 3)}" for n in (1, 2, 3)]
    header = "Deal ID,Deal Name,Stage,Amount,Expected Close Date,Last Activity Date"
    bring(stores.opened(), {"deals.csv": "\n".join([header, *rows]).encode()})
    shown = said(sound(opening(language).run()))
    lacking = "{n} without a known activity"
    blank = _.n(lacking, lacking, 1)
    assert _("{count} ({blank})", count=_.n("{n} idle", "{n} idle", 0), blank=blank) in shown
