"""Complete what sheets of targets, spend or market size leave out: period, metric, scope.

    >>> completed("targets", cleaned).rows["scope_kind"].to_pylist()      # doctest: +SKIP
    ['rep', 'rep', 'company']

A period that cannot be read leaves its row out, and the account of `data.cleaning.clean`
stays exact: rows and money in the file are still what was kept and left out.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.keys import last_of_each
from data.cleaning.reconcile import PROBLEMS_LISTED, SEVERAL, Cleaned, Problem, Sums
from data.cleaning.scopes import scope_of
from data.values.columns import Texts, plain
from data.values.periods import is_month_or_longer, periods, spread
from data.values.scope_words import KNOWN, levels
from domain.tables import table


def _by_word(words_by_id: dict[str, str]) -> dict[str, str]:
    return {word: id_ for id_, words in words_by_id.items() for word in words.split("|")}


# What people call what is to be reached.
_METRICS = _by_word(
    {
        "sales": "销售额|销售金额|业绩|销售业绩|销售|签单额|sales|revenue|sales amount|amount",
        "quantity": "数量|销量|quantity|units",
        "margin": "毛利|毛利额|gross margin|margin",
        "collections": "回款|回款额|回款金额|collections|collected",
        "new_customers": "新客户|新客户数|新增客户|new customers",
        "contracts": "合同|签约数|合同数|contracts|contracts signed",
        "visits": "拜访|拜访量|拜访数|visits",
        "satisfaction": "满意度|客户满意度|satisfaction",
        "market_share": "市场份额|市场占有率|market share",
        "repeat_rate": "复购率|repeat-purchase rate|repeat rate",
        "retention": "客户保留率|留存率|retention",
    }
)
_MONEY = ("sales", "margin", "collections")
# A total and two rows that it adds up.
_FEWEST = 3
_CENT = Decimal("0.011")
_TOTAL = "total_of_rows"
_UNREADABLE, _AGAIN = "unreadable_date", "same_key_again"


def completed(name: str, cleaned: Cleaned, header: str = "", whose: str = "") -> Cleaned:
    """Return rows with periods as `data.values.periods` writes them and, for targets, a whole key.

    `header` is the header of the period, for problems; `whose` that of the people or groups
    with targets: 团队, Region. Without it they are people.
    """
    if name == "spend":
        cleaned = _without_total(cleaned)
    if "period" in cleaned.rows.column_names:
        written = cleaned.rows["period"]
        read = pa.array(periods(written.to_pylist()), pa.string())
        # Spend may carry a date instead of a period; a target without one is nobody's.
        if name != "targets":
            long = pa.array(map(is_month_or_longer, read.to_pylist()), pa.bool_())
            read = pc.if_else(long, read, pa.scalar(None, pa.string()))
        bad = pc.and_(pc.is_null(read), pc.is_valid(written))
        cleaned = replace(cleaned, rows=_set(cleaned.rows, "period", read))
        cleaned = _without(cleaned, bad, _UNREADABLE, header, written)
    if name == "targets":
        cleaned = replace(cleaned, rows=_as_targets(cleaned.rows, scope_of(whose)))
        cleaned = _with_notes(cleaned, header)
    if "period" not in cleaned.rows.column_names or not cleaned.rows.num_rows:
        return cleaned
    # Two ways to write one month are one key.
    keys = [key for key in table(name).key if key in cleaned.rows.column_names]
    all_rows = pa.array([True] * cleaned.rows.num_rows)
    again = pc.invert(last_of_each([cleaned.rows[key] for key in keys], all_rows))
    return _without(cleaned, again, _AGAIN, header, cleaned.rows["period"])


def metric_of(word: str) -> str:
    """Return the id of the metric that a word names; sales for none, an unknown word itself."""
    return _METRICS.get(word.strip().casefold(), word) or "sales"


def shares_of_sales(targets: Texts, metrics: pa.Array | None) -> pa.Array:
    """Return why targets are left out that are written as a percentage of what is money."""
    written = pc.match_substring_regex(plain(targets), r"[%％‰]\s*$")
    shares = pc.fill_null(written, False)
    if metrics is not None:
        of_money = [_METRICS.get((word or "sales").strip().lower(), word) in _MONEY
                    for word in plain(metrics).to_pylist()]  # fmt: skip
        shares = pc.and_(shares, pa.array(of_money, pa.bool_()))
    return pc.if_else(shares, pa.scalar("target_is_share", pa.string()), None)


def _without_total(cleaned: Cleaned) -> Cleaned:
    """Leave out a row of spend for nothing named that is the sum of all that is.

    Ad platforms put it first, with the days of the report and without a label.
    """
    rows = cleaned.rows
    names = [rows[name] for name in ("channel", "campaign", "kind") if name in rows.column_names]
    if not names or "amount" not in rows.column_names:
        return cleaned
    nameless = pc.invert(reduce(pc.or_, map(pc.is_valid, names))).combine_chunks()
    if pc.sum(nameless).as_py() != 1 or rows.num_rows < _FEWEST:
        return cleaned
    (total,) = rows.filter(nameless)["amount"].to_pylist()
    rest = pc.sum(rows.filter(pc.invert(nameless))["amount"]).as_py()
    if not total or rest is None or abs(total - rest) > _CENT:
        return cleaned
    return _without(cleaned, nameless, _TOTAL, "", rows["amount"].cast(pa.string()))


def _with_notes(cleaned: Cleaned, header: str) -> Cleaned:
    """Return the account with notes on weeks, fiscal years, and levels that nobody knows."""
    periods = [period for period in pc.unique(cleaned.rows["period"]).to_pylist() if period]
    notes = [Problem(0, "period", header, value, why, "noted") for why, value in spread(periods)]
    notes += [
        Problem(0, "scope_kind", "", f"{word} · {rows} · {total:,.2f}", "level_unknown", "noted")
        for word, rows, total in _of_no_level(cleaned.rows)
    ]
    return replace(
        cleaned,
        problems=(*notes, *cleaned.problems)[:PROBLEMS_LISTED],
        problem_count=cleaned.problem_count + len(notes),
    )


def _of_no_level(rows: pa.Table) -> list[tuple[str, int, Decimal]]:
    """Return the words of levels that no figure is of, with their rows and targets."""
    if "target" not in rows.column_names:
        return []
    found: dict[str, list[Decimal]] = {}
    for kind, target in zip(
        rows["scope_kind"].to_pylist(), rows["target"].to_pylist(), strict=True
    ):
        if kind and kind not in KNOWN:
            found.setdefault(kind, []).append(target or Decimal(0))
    return [(word, len(some), sum(some, Decimal(0))) for word, some in found.items()]


def _as_targets(rows: pa.Table, scope: str) -> pa.Table:
    blank = pa.nulls(rows.num_rows, pa.string())
    columns = {name: rows[name] for name in rows.column_names}
    for name, default in {"metric": "sales", "version": "imported"}.items():
        rows = _set(rows, name, pc.fill_null(columns.get(name, blank), default))
    rows = _set(rows, "metric", _named(rows["metric"], _METRICS))
    if "scope_kind" in columns:
        return _set(
            rows, "scope_kind", pa.array(levels(rows["scope_kind"].to_pylist()), pa.string())
        )
    named = pc.is_valid(columns.get("scope_value", blank))
    return _set(rows, "scope_kind", pc.if_else(named, scope, "company"))


def _named(written: pa.ChunkedArray, words: dict[str, str]) -> pa.Array:
    """Return the ids for the written words; unknown words stay as they are."""
    ids = [words.get((word or "").strip().casefold(), word) for word in written.to_pylist()]
    return pa.array(ids, pa.string())


def _without(
    cleaned: Cleaned, gone: pa.Array, why: str, header: str, values: pa.ChunkedArray
) -> Cleaned:
    """Return the account with these rows moved from kept to left out."""
    count, column = pc.sum(gone).as_py() or 0, "amount" if why == _TOTAL else "period"
    if not count:
        return cleaned
    lost = cleaned.rows.filter(gone)
    listed = [
        Problem(row, column, header, value or "", why, "row_left_out")
        for row, value in zip(lost["row"].to_pylist(), values.filter(gone).to_pylist(), strict=True)
    ][: PROBLEMS_LISTED - len(cleaned.problems)]
    whole = Sums(cleaned.money_in, cleaned.money_left_out)
    return replace(
        cleaned,
        rows=cleaned.rows.filter(pc.invert(gone)),
        problems=tuple(sorted((*cleaned.problems, *listed), key=lambda problem: problem.row)),
        problem_count=cleaned.problem_count + count,
        left_out={**cleaned.left_out, why: cleaned.left_out.get(why, 0) + count},
        money_left_out=_less(whole, why, lost, SEVERAL).left_out,
        currencies={
            code: _less(sums, why, lost, code) for code, sums in cleaned.currencies.items()
        },
    )


def _less(sums: Sums, why: str, lost: pa.Table, code: str) -> Sums:
    """Return the sums with the money of these rows left out, as far as it is in the currency."""
    if code != SEVERAL and "currency" in lost.column_names:
        codes = pc.fill_null(lost["currency"].cast(pa.string()), "")
        lost = lost.filter(pc.equal(codes, code))
    return sums.less(
        why, {name: pc.sum(lost[name]).as_py() or Decimal(0) for name in sums.left_out}
    )


def _set(rows: pa.Table, name: str, values: pa.ChunkedArray | pa.Array) -> pa.Table:
    if name in rows.column_names:
        return rows.set_column(rows.column_names.index(name), name, values)
    return rows.append_column(name, values)
