"""Two-digit years: which are ambiguous in a column, and how the others are read.

    >>> doubtful("hire_date", 2026), doubtful("end_date", 2026)
    (range(28, 50), range(90, 100))
    >>> pivot("hire_date", 2026, "1900")
    28

An order of '65 is a slip in either century and a contract may end in '99, so the user
is asked about them. Somebody hired in '65 was hired in 1965, without a question.
"""

from __future__ import annotations

# How many years ahead a date of this column may be; dates of other columns are past.
AHEAD = {
    "expected_close_date": 20,
    "planned_date": 20,
    "start_date": 20,
    "due_date": 60,
    "end_date": 99,
}
# People and customers are older than the files about them.
_LONG_AGO = {"hire_date": 1950, "created_date": 1950}
_EARLIEST, _EARLIEST_AHEAD = 1970, 1990


def doubtful(column: str, this_year: int) -> range:
    """Return the two-digit years for which both centuries are plausible, or neither is."""
    last = min(this_year + AHEAD.get(column, 1), 2099) - 2000
    earliest = _EARLIEST_AHEAD if column in AHEAD else _EARLIEST
    first = _LONG_AGO.get(column, earliest) - 1900
    return range(min(first, last + 1), max(first, last + 1))


def pivot(column: str, this_year: int, century: str) -> int:
    """Return the first two-digit year read as 19..; `century` is the answer, "1900" or "2000"."""
    years = doubtful(column, this_year)
    return years.start if century == "1900" else years.stop
