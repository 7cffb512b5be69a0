"""A company in dollars on its first day: deals of a CRM, quotas, people, and ads without a channel.

Ivo sold nothing in his early months: his deals then were won at 0.
"""

from __future__ import annotations

from datetime import date, timedelta

from tests.pages.companies import csv_of

TODAY = date(2026, 3, 28)
EXPORTED = date(2026, 3, 27)
LAST_CLOSED = date(2026, 3, 20)
MARCH = date(2026, 3, 1)
REPS = ("Ada Finch", "Ben Holt", "Cora Lind", "Ivo Kral")
QUOTA = 60_000


def _months() -> list[date]:
    return [date(2025 + number // 12, number % 12 + 1, 1) for number in range(15)]


def won() -> list[tuple[str, str, date, int]]:
    """Return id, rep, closing day and amount of every deal that was won."""
    rows = []
    for month in _months():
        for at, rep in enumerate(REPS):
            for part in range(2):
                day = month + timedelta(days=4 + 7 * part + at)
                early = rep == "Ivo Kral" and month < date(2025, 9, 1)
                amount = 0 if early else 18_000 + 1_500 * at + 1_000 * part
                rows.append((f"D{len(rows):04d}", rep, day, amount))
    return rows


def won_in_march() -> int:
    """Return what the month brought."""
    return sum(amount for _id, _rep, day, amount in won() if day >= MARCH)


def deals() -> bytes:
    """An export of deals: all won ones, and one open deal that was touched on the last day."""
    header = (
        "Record ID", "Deal Name", "Deal owner", "Deal Stage", "Amount", "Currency", "Create Date",
        "Close Date", "Last Activity Date",
    )  # fmt: skip
    rows: list[tuple[object, ...]] = [
        (number, f"Deal {number}", rep, "Closed Won", amount, "USD",
         day - timedelta(days=20), day, day)
        for number, rep, day, amount in won()
    ]  # fmt: skip
    rows.append(("D9999", "Deal open", "Ada Finch", "Proposal", 25_000, "USD",
                 date(2026, 3, 2), date(2026, 4, 30), EXPORTED))  # fmt: skip
    return csv_of(header, rows)


def quotas(months: tuple[str, ...] = ("2026-03", "2026-04"), quota: int = QUOTA) -> bytes:
    """Everyone's quota by month; Ben's is double."""
    rows = [
        (month, rep, quota * (2 if rep == "Ben Holt" else 1), "USD")
        for month in months
        for rep in REPS
    ]
    return csv_of(("Period", "Sales rep", "Target", "Currency"), rows)


def people() -> bytes:
    """The register of reps."""
    teams = ("North", "North", "South", "South")
    return csv_of(("Sales rep", "Team", "Region"), [(rep, team, team) for rep, team in zip(
        REPS, teams, strict=True)])  # fmt: skip


def ads() -> bytes:
    """Spend that names no channel, a part of it in euros."""
    rows = [(month.isoformat()[:7], "Spring fair", 4_000, "USD") for month in _months()]
    rows.append(("2026-02", "Fair in Lyon", 9_000, "EUR"))
    return csv_of(("Period", "Campaign", "Spend", "Currency"), rows)


def files() -> dict[str, bytes]:
    """Everything of the first day."""
    return {"deals.csv": deals(), "quotas.csv": quotas(), "reps.csv": people(), "ads.csv": ads()}
