# ruff: noqa: S608 (all that goes into the statements are constants of this module)
"""The SQL that an analyst would write by hand for the questions of the week page.

>>> HAND_SQL["not_counted orders"].format(first, last)

The key is the name of the measure, followed by its source and its dimension. `{0}` and
`{1}` are the first and the last day of a period; without a period `{0}` is the as-of date
and `{1}` a number that the measure takes. The SQL may assume what the app has to find out:
all figures are in one currency, every row has a date and an amount, no line is marked
as returned. `benchmarks.week` checks that both give the same figures.
"""

from __future__ import annotations

from domain.tables import TABLES

_RETURNED = "order_id IN (SELECT order_id FROM returns)"
_KEPT = "status IS DISTINCT FROM 'cancelled'"
_IN_PERIOD = "order_date BETWEEN DATE '{0}' AND DATE '{1}'"

_BY_DAY = f"""
SELECT order_date AS date, sum(CASE WHEN {_RETURNED} THEN 0 ELSE amount END) AS value,
       sum(amount) AS gross, count(*) FILTER (NOT {_RETURNED}) AS rows
FROM orders WHERE {_KEPT} AND {_IN_PERIOD} GROUP BY ALL ORDER BY date
"""

# A shared line is a row of each rep who shares it, with that rep's part of the money.
_BY_REP = f"""
WITH line AS (
  SELECT coalesce(credits.rep, orders.rep) AS rep, customer,
         amount * coalesce(share, 1) AS amount, quantity * coalesce(share, 1) AS quantity,
         orders.{_RETURNED} AS returned
  FROM orders LEFT JOIN credits USING (order_id)
  WHERE {_KEPT} AND {_IN_PERIOD})
SELECT rep, sum(CASE WHEN returned THEN 0 ELSE amount END) AS value, sum(amount) AS gross,
       count(*) FILTER (NOT returned) AS rows,
       count(DISTINCT customer) FILTER (NOT returned) AS customers,
       sum(CASE WHEN returned THEN 0 ELSE quantity END) AS quantity
FROM line GROUP BY ALL ORDER BY value DESC, rep
"""

_NOT_COUNTED = (
    "SELECT currency, count(*) AS rows, count(*) FILTER (amount < 0) AS returned, "
    "sum(amount) AS amount FROM {table} "
    "WHERE currency <> 'CNY' AND {day} BETWEEN DATE '{{0}}' AND DATE '{{1}}' AND {kept} "
    "GROUP BY currency ORDER BY rows DESC, currency"
)

_SELLERS = "(SELECT DISTINCT rep FROM orders UNION SELECT rep FROM credits)"

_PLAIN_BY_DAY = (
    "SELECT {day} AS date, sum(amount) AS value, sum(amount) AS gross, count(*) AS rows "
    "FROM {table} WHERE {day} BETWEEN DATE '{{0}}' AND DATE '{{1}}'{more} "
    "GROUP BY ALL ORDER BY date"
)

_LAST_DAYS = (
    ("orders", "order_date", " WHERE status IN ('valid', 'returned')"),
    ("contracts", "signed_date", ""),
    ("payments", "payment_date", ""),
    ("deals", "closed_date", " WHERE status IN ('won', 'lost')"),
)

_PIPELINE = """
       count(*) AS deals, coalesce(sum(amount), 0) AS value,
       count(*) FILTER (amount IS NULL) AS without_amount,
       coalesce(sum(list_price) FILTER (status = 'open' AND amount IS NULL), 0)
         AS list_price_value,
       count(*) FILTER (status = 'open' AND amount IS NULL AND list_price IS NULL) AS unpriced,
       0 AS "foreign"
FROM deals LEFT JOIN products USING (product)"""

_RATES = """
SELECT count(*) AS deals, count(*) FILTER (status = 'won') AS won_count,
       count(*) FILTER (status = 'lost') AS lost_count,
       count(*) FILTER (status = 'open') AS open_count,
       sum(amount) FILTER (status = 'won') AS won_value, sum(amount) AS value,
       won_count / (won_count + lost_count) AS win_rate_of_closed,
       won_count / count(*) AS win_rate_of_all,
       won_value::DOUBLE / value::DOUBLE AS win_rate_of_all_by_value
FROM deals
"""

_COHORTS = """
SELECT date_trunc('month', created_date)::DATE AS month, count(*) AS created,
       count(*) FILTER (status = 'won' AND closed_date - created_date BETWEEN 0 AND {1})
         AS won_by_age,
       month + INTERVAL 1 MONTH <= DATE '{0}' - {1} + 1 AS mature,
       CASE WHEN mature THEN won_by_age / created END AS win_rate_of_cohort
FROM deals WHERE created_date <= DATE '{0}' GROUP BY month ORDER BY month
"""

_DAYS = "closed_date - created_date"


def _time_to_close(name: str, where: str) -> str:
    return (
        f"count(*) FILTER ({where}) AS {name}_deals, "
        f"mean({_DAYS}) FILTER ({where}) AS {name}_mean_days, "
        f"median(({_DAYS})::DOUBLE) FILTER ({where}) AS {name}_median_days"
    )


_CYCLE = (
    "SELECT "
    + ", ".join(
        _time_to_close(name, where)
        for name, where in (
            ("closed", "true"),
            ("won", "status = 'won'"),
            ("lost", "status = 'lost'"),
        )
    )
    + ", 0 AS negative, 0 AS undated FROM deals WHERE status IN ('won', 'lost')"
)


def _row_counts() -> str:
    parts = (
        f"SELECT '{table.name}' AS name, count(*) AS rows FROM \"{table.name}\"" for table in TABLES
    )
    return " UNION ALL ".join(parts)


def _date_ranges() -> str:
    days = {name: (day, where) for name, day, where in _LAST_DAYS}
    parts = []
    for table in TABLES:
        if table.actual_dates:
            day, where = days.get(table.name, (table.actual_dates[0], ""))
            # An export of deals is of a day on which nothing need have closed.
            last = f"greatest({day}, as_of)" if table.name == "deals" else day
            ends = f"min({day})::DATE AS first, max({last})::DATE AS last"
            parts.append(f'SELECT \'{table.name}\' AS "table", {ends} FROM "{table.name}"{where}')
    return " UNION ALL ".join(parts)


HAND_SQL = {
    "row_counts": _row_counts(),
    "date_ranges": _date_ranges(),
    "people": "SELECT rep, team, manager, region, from_date, left_date FROM reps",
    "by_day orders": _BY_DAY,
    "by orders rep": _BY_REP,
    "by_day deals": _PLAIN_BY_DAY.format(
        table="deals", day="closed_date", more=" AND status = 'won' AND amount IS NOT NULL"
    ),
    "by_day payments": _PLAIN_BY_DAY.format(table="payments", day="payment_date", more=""),
    "not_counted orders": _NOT_COUNTED.format(table="orders", day="order_date", kept=_KEPT),
    "not_counted deals": _NOT_COUNTED.format(
        table="deals", day="closed_date", kept="status = 'won'"
    ),
    "not_counted payments": _NOT_COUNTED.format(table="payments", day="payment_date", kept="true"),
    "at_risk deals": """
        WITH moves AS (
            SELECT deal_id, entered_at AS moved, expected_close_date AS expected FROM stage_history
            UNION ALL
            SELECT deal_id, as_of + INTERVAL 1 DAY, expected_close_date FROM deals
            WHERE status = 'open'),
        compared AS (
            SELECT deal_id, moved, expected,
                   expected > lag(expected) OVER (PARTITION BY deal_id ORDER BY moved) AS later
            FROM moves WHERE expected IS NOT NULL),
        pushed AS (
            SELECT deal_id, count(*) FILTER (WHERE later) AS pushes,
                   arg_min(expected, moved) AS first_expected
            FROM compared GROUP BY deal_id),
        done AS (
            SELECT deal_id, max(activity_date) AS last_done FROM activities
            WHERE (status IS NULL OR status = 'done') AND activity_date <= DATE '{0}'
            GROUP BY deal_id),
        open_deals AS (
            SELECT deals.*, coalesce(pushes, 0) AS pushes, first_expected,
                   DATE '{0}' - greatest(last_activity_date, last_done) AS idle_days,
                   coalesce(expected_close_date < DATE '{0}', false) AS past_due
            FROM deals LEFT JOIN pushed USING (deal_id) LEFT JOIN done USING (deal_id)
            WHERE status = 'open')
        SELECT deal_id, deal_name, customer, rep, stage, amount, currency, expected_close_date,
               first_expected, pushes, idle_days, pushes >= 2 AS pushed, past_due,
               coalesce(idle_days > 30, false) AS idle,
               next_step IS NULL AND bool_or(next_step IS NOT NULL) OVER () AS no_next_step
        FROM open_deals WHERE pushes >= 2 OR past_due OR idle_days > 30""",
    "judged deals": """
        SELECT count(*) AS open_deals,
               count(*) FILTER (deal_id IN (SELECT deal_id FROM stage_history
                                            WHERE expected_close_date IS NOT NULL)) AS pushed,
               count(expected_close_date) AS past_due,
               count(coalesce(last_activity_date, last_done)) AS idle,
               count(next_step) AS no_next_step
        FROM deals LEFT JOIN (
            SELECT deal_id, max(activity_date) AS last_done FROM activities
            WHERE (status IS NULL OR status = 'done') AND activity_date <= DATE '{0}'
            GROUP BY deal_id) USING (deal_id)
        WHERE status = 'open'""",
    "days": "SELECT as_of AS day, count(DISTINCT import_id) AS files FROM fact_deals "
    "WHERE import_id IN (SELECT import_id FROM imports WHERE status = 'active') "
    "AND as_of IS NOT NULL AND deal_id IS NOT NULL GROUP BY as_of",
    "values orders rep": f"SELECT DISTINCT rep FROM {_SELLERS}",
    "values orders team": f"SELECT DISTINCT team FROM {_SELLERS} LEFT JOIN reps USING (rep)",
    "values orders manager": f"SELECT DISTINCT manager FROM {_SELLERS} LEFT JOIN reps USING (rep)",
    "values orders region": "SELECT DISTINCT region FROM orders",
    "values orders product": "SELECT DISTINCT product FROM orders",
    "values orders category": "SELECT DISTINCT category FROM orders",
    "values orders channel": "SELECT DISTINCT channel FROM orders",
    "values orders customer_class": "SELECT DISTINCT coalesce(customer_class, class) AS "
    "customer_class FROM (SELECT DISTINCT customer_class, customer FROM orders) "
    "LEFT JOIN customers USING (customer)",
    "by_stage deals": f"SELECT status, stage, {_PIPELINE} GROUP BY ALL ORDER BY status, stage",
    "open_pipeline deals": f"SELECT {_PIPELINE} WHERE status = 'open'",
    "win_rates deals": _RATES,
    "days_to_close deals": _CYCLE,
    "usual_cycle deals": f"SELECT quantile_cont({_DAYS}, 0.8)::DOUBLE AS days "
    "FROM deals WHERE status IN ('won', 'lost')",
    "cohorts deals": _COHORTS,
    "unmatched_products deals": "SELECT product, count(*) AS deals, "
    "count(*) FILTER (status = 'open') AS open_deals FROM deals "
    "WHERE product NOT IN (SELECT product FROM products) GROUP BY ALL",
    "count_by_currency": "SELECT currency, count(*) AS rows FROM ("
    "SELECT currency FROM orders UNION ALL SELECT currency FROM deals "
    "UNION ALL SELECT currency FROM contracts UNION ALL SELECT currency FROM payments) "
    "GROUP BY currency ORDER BY currency",
}
