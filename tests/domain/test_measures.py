from __future__ import annotations

from typing import get_args

import pytest

from domain.measures import MEASURES, Measure, Unit, measure

NEEDED = """
actual gross target target_to_date shortfall attainment attainment_to_date gap required_daily
achieved_daily difficulty days_ahead forecast_p10 forecast_p50 forecast_p90 probability
deals_open open_value open_list_price_value pipeline_change lost_share
lead_conversion won_value won_count
win_rate_of_closed
win_rate_of_all win_rate_of_cohort days_to_close_mean days_to_close_median days_to_win_mean
days_to_win_median collections collected_of_orders signed
last_year growth target_growth fiscal_target target_floor target_stretch suggested_target
price_effect volume_effect
mix_effect new_products_effect lost_products_effect funnel_effect ambition happened
activities_done activities_planned teams_down market_size spend attributed_revenue
attributed_margin roi output cpc cpa more_for_more cac payback customers
new_customers repeat_rate retention satisfaction fair scenario_p50
"""


@pytest.mark.parametrize("one", MEASURES, ids=lambda one: one.id)
def test_every_measure_says_all_that_a_passport_shows(one: Measure) -> None:
    assert one.unit in get_args(Unit)
    for words in (one.label, one.formula, one.date_field):
        assert words == words.strip()
        assert words
        assert not words.endswith(".")
    assert measure(one.id) is one


def test_ids_and_labels_are_different_and_complete() -> None:
    assert [one.id for one in MEASURES] == NEEDED.split()
    assert len({one.label for one in MEASURES}) == len(MEASURES)
    with pytest.raises(KeyError):
        measure("nonsense")
