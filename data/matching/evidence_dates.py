"""Tell dates apart: due, closed, last activity or created.

>>> from data.matching.profile import profile
>>> from domain.tables import table
>>> found = {"created_date": profile(["2026-01-05", "2026-01-06"] * 3)}
>>> sheet = Sheet(table("deals"), found, {}, "generic")
>>> of_days("expected_close_date", profile(["2026-09-01", "2026-08-06"] * 3), sheet) > 0.8
True
"""

from __future__ import annotations

from data.matching.known_columns import BEGUN, MEANWHILE, Sheet, agree
from data.matching.profile import Profile, share_of_pairs

_AHEAD = ("expected_close_date", "planned_date", "due_date", "end_date")
_IN_THE_END = ("closed_date", "converted_date", "qualified_date", "left_at", "activity_date")
_CREATED = ("created_date",)


def of_days(name: str, seen: Profile, sheet: Sheet) -> float:
    """Rate how well a column of days fits the date `name`, from 0 to 1."""
    latest = sheet.latest()
    days = [day for day in seen.days if day is not None]
    # A few days after the last thing known may still be past: the day of the export.
    ahead = sum(day > latest + 10 for day in days) / len(days) if latest is not None else None
    begun = sheet.days(*BEGUN)
    after = share_of_pairs(begun[0], seen.days, lambda a, b: b >= a) if begun else None
    score = 0.5
    if name in _AHEAD:
        score += 0.3 if ahead and ahead > 0.03 else -0.15
        score += 0.05 if after is not None and after > 0.9 else 0.0
        return score - (0.3 if after is not None and after < 0.8 else 0.0)
    if name in _IN_THE_END and (name != "activity_date" or seen.filled < 0.95):
        return _at_the_end(name, seen, sheet, bool(ahead and ahead > 0.03))
    if ahead and ahead > 0.03:
        return 0.1
    if name in MEANWHILE:
        return _meanwhile(name, seen, sheet, after)
    return _at_first(seen, sheet)


def _at_the_end(name: str, seen: Profile, sheet: Sheet, ahead: bool) -> float:
    """Rate a date that is filled for finished rows and for no others."""
    if seen.filled > 0.97:
        return 0.1
    ended = sheet.ended()
    if ended is None:
        return 0.1 if ahead else 0.45
    over = ("won", "lost") if name == "closed_date" else ("done",) if "act" in name else ("won",)
    all_ended = agree(seen, [outcome in over for outcome in ended])
    won = agree(seen, [outcome == "won" for outcome in ended])
    if max(all_ended, won if name == "closed_date" else 0.0) > 0.9:
        return 0.9
    return 0.1 if ahead else 0.3


def _meanwhile(name: str, profile: Profile, sheet: Sheet, after: float | None) -> float:
    if profile.filled < 0.6 or (after is not None and after < 0.9):
        return 0.15
    other = "stage_entered_date" if name == "last_activity_date" else "last_activity_date"
    if days := sheet.days(other):
        later = share_of_pairs(days[0], profile.days, lambda a, b: b >= a)
        if later is not None and (later > 0.9) == (name == "last_activity_date"):
            return 0.45
    # As good as any other day on the way, the one of the last change above all.
    return 0.38


def _at_first(profile: Profile, sheet: Sheet) -> float:
    others = [days for name, days in _other_days(sheet).items() if name not in _CREATED]
    before = [share_of_pairs(profile.days, days, lambda a, b: b >= a) for days in others]
    shares = [share for share in before if share is not None]
    score = 0.6 if profile.filled > 0.9 else 0.35
    if shares:
        score += 0.2 if min(shares) > 0.9 else -0.25
    return score


def _other_days(sheet: Sheet) -> dict[str, tuple[int | None, ...]]:
    """Return the days of identified columns, and of those still without a name."""
    identified = {name: column.days for name, column in sheet.identified.items() if column.is_days}
    return identified | {
        f"?{n}": column.days for n, column in enumerate(sheet.left) if column.is_days
    }
