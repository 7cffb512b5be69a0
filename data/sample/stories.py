"""The stories hidden in the sample, as facts that tests look for; see `docs/sample.md`.

>>> STORIES.too_high_month, STORIES.weak_month, STORIES.weak_team[1]
('2025-11', '2026-03', 'South 2')

Names are pairs (Chinese, English); deals are numbers, see `deal_id`.
"""

from __future__ import annotations

from dataclasses import dataclass

from data.sample.names import (
    CAMPAIGNS,
    CATEGORIES,
    CHANNELS,
    COMPETITORS,
    PRODUCTS,
    REPS,
    SEARCH,
    TEAMS,
    WEBINARS,
    Language,
    Words,
)


@dataclass(frozen=True)
class Stories:
    """The facts. Months are 'YYYY-MM', quarters 'YYYY-Qn', days ISO dates."""

    today: str = "2026-06-16"
    exports: tuple[str, str] = ("2026-06-09", "2026-06-16")
    spring_festivals: tuple[str, str] = ("2025-02", "2026-02")
    too_high_month: str = "2025-11"
    weak_month: str = "2026-03"
    weak_team: Words = TEAMS[3].name
    ramping_rep: Words = REPS[23]
    hired: str = "2026-01-12"
    leave_rep: Words = REPS[17]
    leave: tuple[str, str] = ("2025-09-08", "2025-10-24")
    pushed: tuple[int, ...] = tuple(range(1, 13))
    idle: tuple[int, ...] = tuple(range(13, 25))
    moved_out: tuple[int, ...] = (25, 26, 27, 28)
    moved_in: tuple[int, ...] = (29, 30, 31)
    bigger: tuple[int, ...] = (32, 33, 34)
    smaller: tuple[int, ...] = (35, 36)
    vanished: tuple[int, ...] = (37, 38, 39)
    competitor: Words = COMPETITORS[0]
    best_channel: Words = CHANNELS[WEBINARS]
    diminishing_channel: Words = CHANNELS[SEARCH]
    diminishing_campaigns: tuple[Words, ...] = CAMPAIGNS[SEARCH]
    falling_class: str = "ordinary"
    falling_quarters: tuple[str, str] = ("2025-Q2", "2026-Q1")
    price_rise_product: Words = PRODUCTS[2].name
    price_rise: tuple[int, int] = (12500, 13500)
    price_rise_from: str = "2026-01"
    mix_quarters: tuple[str, str] = ("2025-Q3", "2025-Q4")
    mix_category: Words = CATEGORIES[2]
    shared_months: tuple[str, str] = ("2026-02", "2026-05")
    shared: tuple[tuple[tuple[Words, int], ...], ...] = (
        ((REPS[1], 60), (REPS[2], 40)),
        ((REPS[8], 70), (REPS[18], 30)),
    )


STORIES = Stories()


def deal_id(number: int, language: Language) -> str:
    """Return the id of a deal as the export of that language writes it."""
    return f"665a{number:020x}" if language == "zh" else f"zcrm_6177000000{number:06d}"
