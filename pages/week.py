"""Where the month stands: the answer, the range, the gap, and who and what makes it."""

from decimal import Decimal

import pandas as pd
import streamlit as st

from analytics import actual, funnel, winrate
from data import plans, systems
from domain.measures import measure
from pages.kit import charts, filters, load, show
from pages.kit.text import (
    choice_label,
    date_text,
    days,
    dimension_label,
    escaped,
    exact,
    money,
    month_text,
    named,
    number,
    percent,
    scope_sentence,
    verdict,
)

_ = filters.language()
seen = filters.bar(_)
if seen is None:
    show.empty(
        _,
        ("orders", "deals", "contracts", "payments"),
        _("Drop in the list of orders or deals, and this page says where the month stands"),
    )
    filters.language_switch(_)
    st.stop()

scope, currency = seen.scope, seen.scope.currency
stand = load.standing(scope)
pace, forecast = stand.pace, stand.forecast
owned = load.target(scope)
filter_line = scope_sentence(_, scope)

# The answer, in one sentence.
st.markdown(
    "### "
    + escaped(
        verdict(
            _,
            currency=currency,
            actual=pace.actual,
            forecast=forecast.p50,
            target=pace.target,
            gap=stand.gap,
            attainment=pace.attainment,
            needed_a_day=pace.required_daily,
            daily=pace.achieved_daily,
            against_last_month=stand.last_month.change if stand.last_month else None,
            against_last_year=stand.last_year.change if stand.last_year else None,
            over=stand.over,
            thin=forecast.thin,
        )
    )
)
lag = (
    _.n("the newest data are {n} day old", "the newest data are {n} days old", seen.lag_days)
    if seen.lag_days
    else ""
)
st.caption(escaped(_("; ").join(part for part in (filter_line, lag) if part)))


def passport(title: str, *ids: str, worked: dict[str, str] | None = None) -> show.Passport:
    """The passport of a figure of this scope and month."""
    return show.Passport(
        title=title,
        measures=tuple(measure(one) for one in ids),
        scope=scope,
        start=scope.month,
        end=scope.until,
        worked=worked or {},
        query=lambda: actual.total(scope, scope.month, scope.until),
    )


def tile(key: str, label: str, value: str, detail: str, where_from: show.Passport) -> None:
    """A figure, what stands behind it, and where it comes from."""
    with st.container(border=True, gap="xxsmall", height="stretch"):
        st.metric(label, escaped(value))
        st.caption(escaped(detail))
        show.passport_button(_, key, where_from)


# Four tiles: the month's end, the gap, a day, signed beside collected.
track = {
    _("Past months replayed"): number(_, len(forecast.track)),
    _("Forecast error (WAPE)"): percent(_, forecast.wape),
    _("Bias"): percent(_, forecast.bias),
}
with st.grid(4, gap="small"):
    if stand.over:
        tile(
            "end",
            _("Month's actual"),
            money(_, pace.actual, currency),
            _("the month is over"),
            passport(_("Month's actual"), "actual", "gross"),
        )
    else:
        tile(
            "end",
            _("Month-end forecast"),
            money(_, forecast.p50, currency),
            _(
                "cautious {p10} · optimistic {p90}",
                p10=money(_, forecast.p10, currency),
                p90=money(_, forecast.p90, currency),
            )
            if forecast.p10 is not None
            else _("no range: fewer than three whole months behind it"),
            passport(
                _("Month-end forecast"),
                "forecast_p50",
                "forecast_p10",
                "forecast_p90",
                worked={
                    _("In so far"): exact(_, pace.actual, currency),
                    _("Forecast"): exact(_, forecast.p50, currency),
                    **track,
                },
            ),
        )
    tile(
        "gap",
        _("Gap to target"),
        money(_, stand.gap, currency)
        if stand.gap is None or stand.gap > 0
        else _("reached, {over} above", over=money(_, abs(stand.gap), currency)),
        _(
            "target {target}, probability {share}",
            target=money(_, pace.target, currency),
            share=percent(_, stand.probability, 0),
        )
        if pace.target is not None and not stand.over
        else _(
            "target {target}, attained {share}",
            target=money(_, pace.target, currency),
            share=percent(_, pace.attainment),
        )
        if pace.target is not None
        else _("no target for this month yet: set it below"),
        passport(
            _("Gap to target"),
            "gap",
            "target",
            "target_to_date",
            "attainment",
            "attainment_to_date",
            "days_ahead",
            "probability",
            worked={
                _("Target"): exact(_, pace.target, currency)
                + (_(" (sum of its parts)") if owned and owned.summed else ""),
                _("Target to date"): exact(_, pace.target_to_date, currency),
                _("Actual"): exact(_, pace.actual, currency),
                _("Attainment of the month"): percent(_, pace.attainment),
                _("Attainment to date"): percent(_, pace.attainment_to_date),
                _("Days ahead"): number(_, pace.days_ahead, 1),
                _("Probability of reaching it"): percent(_, stand.probability, 0),
            },
        ),
    )
    tile(
        "day",
        _("A selling day: so far"),
        money(_, pace.achieved_daily, currency),
        _(
            "needed from now on: {need}, {left} days left",
            need=money(_, pace.required_daily, currency),
            left=number(_, pace.days_left),
        )
        if pace.required_daily is not None and pace.days_left
        else _.n("{n} selling day gone", "{n} selling days gone", pace.days_gone),
        passport(
            _("A selling day"),
            "achieved_daily",
            "required_daily",
            "difficulty",
            worked={
                _("Selling days gone"): number(_, pace.days_gone),
                _("Selling days left"): number(_, pace.days_left),
                _("Brought a day"): exact(_, pace.achieved_daily, currency),
                _("Needed a day"): exact(_, pace.required_daily, currency),
            },
        ),
    )
    signed_source = next(
        (name for name in ("contracts", "deals", "orders") if name in load.sources()), scope.source
    )
    signed = load.total(scope, signed_source)
    collected = load.total(scope, "payments")
    tile(
        "signed",
        _("Signed"),
        money(_, signed["value"], currency),
        _("collected {sum}", sum=money(_, collected["value"], currency))
        if "payments" in load.sources()
        else _("collections: no file of payments yet"),
        show.Passport(
            _("Signed beside collected"),
            (measure("signed"), measure("collections")),
            load.of(scope, signed_source),
            scope.month,
            scope.until,
            {
                _("Signed"): exact(_, signed["value"], currency),
                _("Collected"): exact(_, collected["value"], currency)
                if "payments" in load.sources()
                else _("n/a"),
            },
            lambda: actual.total(load.of(scope, signed_source), scope.month, scope.until),
        ),
    )

# The curve, and the table by whatever makes it.
left, right = st.columns([3, 2], gap="small")
with left, st.container(border=True):
    drawn = charts.cumulative(
        stand.curve,
        _,
        currency,
        scope.until,
        show.theme(),
        title=_("{month}: running total", month=month_text(_, scope.month)),
        subtitle=filter_line,
    )
    show.chart(drawn.figure, drawn.alt, key="curve")
    with st.container(horizontal=True):
        show.passport_button(
            _, "curve", passport(_("Running total"), "actual", "target_to_date", "forecast_p50")
        )
        if stand.last_month:
            st.caption(
                escaped(
                    _(
                        "{month} by the same working day ({day}): {sum}",
                        month=month_text(_, stand.last_month.month),
                        day=date_text(_, stand.last_month.until, year=False),
                        sum=money(_, stand.last_month.value, currency),
                    )
                )
            )

with right, st.container(border=True):
    offered = [
        name
        for name in (
            "rep",
            "team",
            "manager",
            "region",
            "product",
            "category",
            "channel",
            "customer_class",
        )
        if load.values(scope.source, name)
    ]
    dimension = st.segmented_control(
        _("By"),
        offered,
        format_func=lambda name: dimension_label(_, name),
        key="by",
        default=offered[0] if offered else None,
        required=bool(offered),
        label_visibility="collapsed",
        persist_state="session",
    )
    if dimension:
        made = load.attained(scope, dimension)
        rows = made.rows
        most = max([float(value) for value in rows["actual"]], default=0.0)
        told = pd.DataFrame(
            {
                "name": [
                    choice_label(_, name) if dimension == "customer_class" else named(_, name)
                    for name in rows["name"]
                ],
                "actual": rows["actual"].astype(float),
                "target": rows["target"].astype(float),
                "attainment": rows["attainment"].astype(float),
                "gap": rows["gap"].astype(float),
            }
        )
        has_targets = bool(told["target"].notna().any())
        picked = st.dataframe(
            told if has_targets else told[["name", "actual"]],
            hide_index=True,
            height=330,
            column_config={
                "name": st.column_config.TextColumn(dimension_label(_, dimension), pinned=True),
                "actual": st.column_config.ProgressColumn(
                    _("Actual"), format="localized", max_value=max(most, 1.0), color="primary"
                ),
                "target": st.column_config.NumberColumn(_("Target"), format="localized"),
                "attainment": st.column_config.NumberColumn(_("Attainment"), format="percent"),
                "gap": st.column_config.NumberColumn(
                    _("Gap"), format="localized", help=_("actual − target")
                ),
            },
            on_select="rerun",
            selection_mode="single-row",
            key=f"by_{dimension}",
            alt=_("Actual against target, the largest gap first"),
        )
        st.caption(
            escaped(
                _(
                    "Total {actual} of {target} ({share})",
                    actual=money(_, made.total["actual"], currency),
                    target=money(_, made.total["target"], currency),
                    share=percent(_, made.total["attainment"]),
                )
                + (
                    _(
                        "; the whole's own target is {difference} above the sum of its parts",
                        difference=money(_, made.difference, currency),
                    )
                    if made.difference and has_targets
                    else ""
                )
            )
            + "  \n"
            + _("Choose a row to see what it is made of.")
        )
        chosen = picked.selection.rows
        if chosen and st.session_state.get("drilled") != (dimension, chosen[0]):
            st.session_state.drilled = (dimension, chosen[0])
            name = rows["name"].iloc[chosen[0]]
            if name is not None:
                inside = scope.narrowed(dimension, name)
                show.open_passport(
                    _,
                    show.Passport(
                        escaped(named(_, name)),
                        (measure("actual"), measure("gross")),
                        inside,
                        scope.month,
                        scope.until,
                        {},
                        lambda: actual.total(inside, scope.month, scope.until),
                    ),
                )
        elif not chosen:
            st.session_state.drilled = None

# The funnel: deals as they stand, and three rates that are never mixed.
if "deals" in load.sources():
    deals_scope = load.of(scope, "deals")
    standing_deals = load.frame(funnel.by_stage(deals_scope))
    order = systems.stage_order(list(standing_deals["stage"].dropna()), "generic")
    standing_deals = load.in_order(standing_deals, order)
    rates = load.frame(winrate.win_rates(deals_scope)).iloc[0]
    cycle = load.frame(winrate.days_to_close(deals_scope)).iloc[0]
    pipeline = load.frame(funnel.open_pipeline(deals_scope)).iloc[0]
    left, right = st.columns([3, 2], gap="small")
    with left, st.container(border=True):
        drawn = charts.funnel(
            standing_deals.rename(columns={"deals": "count"}),
            _,
            currency,
            show.theme(),
            title=_("Deals by stage, as they stand in the latest file"),
            subtitle=filter_line,
            by="count",
        )
        show.chart(drawn.figure, drawn.alt, key="funnel")
        show.passport_button(
            _,
            "funnel",
            show.Passport(
                _("Deals by stage"),
                (measure("deals_open"), measure("open_value"), measure("open_list_price_value")),
                deals_scope,
                scope.month,
                scope.until,
                {},
                lambda: funnel.by_stage(deals_scope),
                counted=False,
            ),
        )
    with right, st.container(border=True):
        st.markdown(f"**{_('Win rates and cycle, all deals in the file')}**")
        st.dataframe(
            pd.DataFrame(
                [
                    (
                        _("Win rate of closed deals (won ÷ won + lost)"),
                        percent(_, rates["win_rate_of_closed"], 2),
                    ),
                    (
                        _("Win rate of all deals (won ÷ all)"),
                        percent(_, rates["win_rate_of_all"], 2),
                    ),
                    (_("Days to close, closed deals: mean"), days(_, cycle["closed_mean_days"], 2)),
                    (
                        _("Days to close, closed deals: median"),
                        days(_, cycle["closed_median_days"]),
                    ),
                    (_("Days to close, won deals: mean"), days(_, cycle["won_mean_days"], 2)),
                    (_("Days to close, won deals: median"), days(_, cycle["won_median_days"])),
                    (_("Open deals"), number(_, pipeline["deals"])),
                    (
                        _("Open pipeline, amounts in the file"),
                        money(_, pipeline["value"], currency),
                    ),
                    (
                        _("Open deals without an amount, at list price"),
                        exact(_, pipeline["list_price_value"], currency),
                    ),
                ],
                columns=[_("Figure"), _("Value")],
            ),
            hide_index=True,
            alt=_("Win rates and days to close"),
        )
        unmatched = load.frame(funnel.unmatched_products(deals_scope))
        if len(unmatched) and "products" in load.filled():
            st.caption(
                escaped(
                    _(
                        "Without a list price, because the name is in no product list: {names}. "
                        "Files asks whether it is one of yours.",
                        names=_(", ").join(unmatched["product"].head(5)),
                    )
                )
            )
        show.passport_button(
            _,
            "rates",
            show.Passport(
                _("Win rates and cycle"),
                tuple(
                    measure(one)
                    for one in (
                        "win_rate_of_closed",
                        "win_rate_of_all",
                        "days_to_close_mean",
                        "days_to_close_median",
                        "days_to_win_mean",
                        "days_to_win_median",
                    )
                ),
                deals_scope,
                scope.month,
                scope.until,
                {},
                lambda: winrate.win_rates(deals_scope),
                counted=False,
            ),
        )

# The month's target, until the plan page takes it over: the company's and each rep's.
with st.expander(
    _("Targets of {month}", month=month_text(_, scope.month)),
    icon=":material/flag:",
    expanded=pace.target is None and not scope.filters,
    key="targets",
):
    typed = load.month_targets(scope, "company").get("")
    mine = load.month_targets(scope, "rep")
    people = load.selling_reps(scope)
    with st.form("targets_form", border=False):
        company = st.number_input(
            _("Target of the company ({currency})", currency=currency),
            min_value=0.0,
            step=10_000.0,
            value=float(typed) if typed is not None else None,
            format="%0.2f",
            width=260,
            key=f"company_target_{scope.month}",
        )
        edited = st.data_editor(
            pd.DataFrame(
                {
                    "rep": people,
                    "target": [float(mine[name]) if name in mine else None for name in people],
                },
            ).astype({"rep": "object", "target": "float64"}),
            column_config={
                "rep": st.column_config.TextColumn(_("Sales rep"), disabled=True),
                "target": st.column_config.NumberColumn(
                    _("Target"), min_value=0, format="localized"
                ),
            },
            hide_index=True,
            width=420,
            height=min(38 + 35 * max(len(people), 1), 320),
            key=f"rep_targets_{scope.month}",
            alt=_("The target of each rep"),
        )
        if st.form_submit_button(_("Save the targets"), type="primary", key="save_targets"):
            wanted = {("company", ""): None if company is None else Decimal(str(company))}
            wanted |= {
                ("rep", name): None if pd.isna(target) else Decimal(str(target))
                for name, target in zip(edited["rep"], edited["target"], strict=True)
            }
            plans.save_targets(load.store(), scope.month, wanted)
            st.toast(_("The targets are saved."))
            st.rerun()
