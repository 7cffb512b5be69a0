"""Frames in, plotly figures out: one function a chart.

    >>> from pages.kit.i18n.labels import words
    >>> chart = funnel(pd.DataFrame({"stage": ["Demo"], "count": [3]}), words("en"), "CNY")
    >>> chart.alt
    'Demo: 3 deals.'

Show a figure with `st.plotly_chart(chart.figure, theme=None, alt=chart.alt)`:
Streamlit's own theme would overrule the template of `pages.kit.charts.theme`. A title
says what the chart shows, with its unit; the subtitle is the filter sentence.
Nothing is computed here but positions: a chart draws what the frame says.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from pages.kit.charts import theme as look
from pages.kit.charts.figure import Canvas
from pages.kit.charts.theme import COLOURS, Theme, plain
from pages.kit.i18n.labels import Words, choice_label, named
from pages.kit.i18n.numbers import Units, date_text, exact, money, number, percent, signed

_LABELS_APART = 0.065  # of the axis: one line of label text


class Chart(NamedTuple):
    """A figure, and the sentence that stands for it where it cannot be seen."""

    figure: go.Figure
    alt: str


class _End(NamedTuple):
    day: Any
    value: float
    label: str
    colour: str


def cumulative(
    frame: pd.DataFrame,
    _: Words,
    currency: str,
    as_of: date,
    theme: Theme = "light",
    title: str = "",
    subtitle: str = "",
    units: Units = "auto",
) -> Chart:
    """The month's running total against its target, forecast band and past months (W2).

    `frame` has `day` (a date, one row a day) and, as far as they are known,
    `actual`, `target`, `p10`, `p50`, `p90`, `last_month` and `last_year`, all
    cumulative money; where a line has nothing to say it is NaN or absent.
    """
    frame = _floats(frame.sort_values("day"), ("day",))
    colour, figure = COLOURS[theme], Canvas()
    _draw_band(figure, frame, colour)
    ends = _draw_lines(figure, frame, _, currency, colour)
    look.dressed(figure, theme, title, subtitle)
    reach = _reach(frame.drop(columns="day"))
    values, texts = look.ticks(_, reach[0], reach[1], currency, units)
    figure.update_yaxes(tickvals=values, ticktext=texts, range=[values[0], values[-1]])
    figure.update_layout(hovermode="x unified", margin={"r": 150})
    if len(frame):
        look.day_axis(figure, _, list(frame["day"]))
        _mark_as_of(figure, _, as_of, list(frame["day"]), colour)
    told = [f"{end.label} {money(_, end.value, currency, units=units)}" for end in ends]
    _label_ends(figure, ends, told, values, list(frame["day"]))
    return Chart(figure.figure(), _(", ").join(told))


def attainment_bars(
    frame: pd.DataFrame,
    _: Words,
    currency: str,
    theme: Theme = "light",
    title: str = "",
    subtitle: str = "",
    name: str = "name",
    most: int = 15,
    units: Units = "auto",
) -> Chart:
    """Actual as bars with the target as a mark, the largest shortfall on top (W3).

    `frame` has the column `name` (who or what), `actual`, `target` and `gap`
    (actual − target: negative is short), NaN where there is no target, and may
    have `attainment` (a ratio). Beyond `most` rows the best are left out.
    """
    colour = COLOURS[theme]
    rows = _floats(frame, (name,)).sort_values("gap", kind="stable", na_position="last").head(most)
    labels = [named(_, one) for one in rows[name]]
    records = rows.to_dict("records")
    told = [_against_target(_, row, currency, units) for row in records]
    figure = Canvas()
    figure.add_bar(
        x=list(rows["actual"]),
        y=list(range(len(rows))),
        orientation="h",
        width=0.6,
        marker={"color": colour["accent"]},
        customdata=list(rows[name]),
        hoverinfo="text",
        hovertext=[
            _hover(label, _told_pair(_, row, currency), text)
            for label, row, text in zip(labels, records, told, strict=True)
        ],
    )
    _mark_targets(figure, list(rows["target"]), colour)
    look.dressed(figure, theme, title, subtitle, rows=len(rows))
    look.bars_axes(figure, _, labels, _reach(rows[["actual", "target"]])[1], currency, units)
    for position, (row, text) in enumerate(zip(records, told, strict=True)):
        short = {True: "bad", False: "accent"}[bool(row["gap"] < 0)]
        look.beside(figure, position, text, colour["muted" if _missing(row["gap"]) else short])
    figure.update_layout(margin={"r": 160})
    return Chart(figure.figure(), _sentences(_, labels[:5], told[:5]))


def funnel(
    frame: pd.DataFrame,
    _: Words,
    currency: str,
    theme: Theme = "light",
    title: str = "",
    subtitle: str = "",
    by: Literal["value", "count"] = "value",
    units: Units = "auto",
) -> Chart:
    """The stages as bars from first to last, count and value beside each (W4).

    `frame` has `stage`, `count` and, where money is known, `value`; `status`
    ("open", "won", "lost") tells won and lost stages by words and pattern, `foreign`
    how many of the count have their money in another currency. Rows
    keep their order. Bars are as long as the value, or the count where `by`
    says so or no value is known.
    """
    colour = COLOURS[theme]
    rows = _floats(frame, ("stage", "status"))
    valued = by == "value" and "value" in rows and bool(rows["value"].notna().any())
    length = list(rows["value" if valued else "count"].fillna(0))
    status = list(rows["status"]) if "status" in rows else ["open"] * len(rows)
    labels = [_stage(_, stage, state) for stage, state in zip(rows["stage"], status, strict=True)]
    told = [_stage_told(_, row, currency, units) for row in rows.to_dict("records")]
    figure = Canvas()
    figure.add_bar(
        x=length,
        y=list(range(len(rows))),
        orientation="h",
        width=0.66,
        marker=_stage_marks(status, colour),
        customdata=list(rows["stage"]),
        hoverinfo="text",
        hovertext=[_hover(label, text) for label, text in zip(labels, told, strict=True)],
    )
    look.dressed(figure, theme, title, subtitle, rows=len(rows))
    reach = max(length, default=0.0)
    look.bars_axes(figure, _, labels, reach, currency if valued else "", units)
    for position, text in enumerate(told):
        look.beside(figure, position, text, colour["text"])
    apart = "foreign" in rows and bool(rows["foreign"].fillna(0).any())
    figure.update_layout(margin={"r": 260 if apart else 160})
    return Chart(figure.figure(), _sentences(_, labels, told))


def _draw_band(figure: Canvas, frame: pd.DataFrame, colour: dict[str, str]) -> None:
    if not {"p10", "p90"} <= set(frame.columns):
        return
    band = frame[["day", "p10", "p90"]].dropna()
    for name, fill in (("p10", None), ("p90", "tonexty")):
        figure.add_scatter(
            x=list(band["day"]),
            y=list(band[name]),
            mode="lines",
            line={"width": 0},
            fill=fill,
            fillcolor=colour["band"],
            hoverinfo="skip",
        )


def _draw_lines(
    figure: Canvas, frame: pd.DataFrame, _: Words, currency: str, colour: dict[str, str]
) -> list[_End]:
    """The lines that have points, the past first so that the actual lies on top."""
    ends = []
    for name, label, tint, width, dash in (
        ("last_year", _("Last year"), "past", 1.5, "dot"),
        ("last_month", _("Last month"), "past", 1.5, "solid"),
        ("target", _("Target"), "muted", 1.5, "dash"),
        ("p50", _("Forecast"), "half", 2.5, "solid"),
        ("actual", _("Actual"), "accent", 3, "solid"),
    ):
        line = frame[["day", name]].dropna() if name in frame else frame.iloc[:0]
        if line.empty:
            continue
        figure.add_scatter(
            x=list(line["day"]),
            y=list(line[name]),
            mode="lines",
            name=label,
            line={"color": colour[tint], "width": width, "dash": dash},
            hoverinfo="text",
            hovertext=[f"{plain(label)} {exact(_, value, currency)}" for value in line[name]],
        )
        # Light grey is for lines; words need the darker one to be read.
        words_tint = colour[{"past": "muted", "half": "accent"}.get(tint, tint)]
        ends.append(_End(line["day"].iloc[-1], float(line[name].iloc[-1]), label, words_tint))
    return ends


def _label_ends(
    figure: Canvas, ends: list[_End], told: list[str], values: list[float], days: list[Any]
) -> None:
    """Lines that reach the month's end are named at the right, the others at their last point."""
    at_right = [index for index, end in enumerate(ends) if end.day >= days[-1]]
    heights = look.apart(
        [ends[index].value for index in at_right],
        (values[-1] - values[0]) * _LABELS_APART,
        values[0],
        values[-1],
    )
    placed = dict(zip(at_right, heights, strict=True))
    for index, (end, text) in enumerate(zip(ends, told, strict=True)):
        inside = index not in placed
        look.end_label(figure, end.day, placed.get(index, end.value), text, end.colour, inside)


def _mark_as_of(
    figure: Canvas, _: Words, as_of: date, days: list[Any], colour: dict[str, str]
) -> None:
    seen = pd.Timestamp(as_of)
    if not pd.Timestamp(days[0]) <= seen < pd.Timestamp(days[-1]):
        return
    figure.add_vline(x=seen, line={"color": colour["muted"], "width": 1, "dash": "dot"})
    figure.add_annotation(
        x=seen,
        y=0,
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        xshift=2,
        text=plain(_("as of {day}", day=date_text(_, as_of, year=False))),
        showarrow=False,
        font={"size": 11, "color": colour["muted"]},
    )


def _mark_targets(figure: Canvas, targets: list[float], colour: dict[str, str]) -> None:
    figure.add_scatter(
        x=targets,
        y=list(range(len(targets))),
        mode="markers",
        hoverinfo="skip",
        marker={
            "symbol": "line-ns",
            "size": 22,
            "line": {"width": 2.5, "color": colour["text"]},
        },
    )


def _stage_marks(status: list[Any], colour: dict[str, str]) -> dict[str, Any]:
    tints = {"won": colour["accent"], "lost": colour["grid"]}
    return {
        "color": [tints.get(state, colour["half"]) for state in status],
        "pattern": {
            "shape": ["/" if state == "lost" else "" for state in status],
            "fgcolor": colour["muted"],
            "size": 6,
            "solidity": 0.2,
        },
    }


def _stage(_: Words, stage: Any, status: Any) -> str:
    """The stage's name; won and lost are said unless the name says it."""
    name, told = named(_, stage), choice_label(_, status)
    said = any(word in name.casefold() for word in (told.casefold(), str(status)))
    if status not in ("won", "lost") or said:
        return name
    return _("{stage} ({status})", stage=name, status=told)


def _stage_told(_: Words, row: dict[Any, Any], currency: str, units: Units) -> str:
    deals = _.n("{n} deal", "{n} deals", int(row["count"]))
    if _missing(row.get("value")):
        return deals
    told = f"{deals} · {money(_, row['value'], currency, units=units)}"
    # A deal counts as one in whatever currency it is; its money only in ours.
    apart = row.get("foreign")
    if _missing(apart) or not apart:
        return told
    return _("{told} ({n} not in {currency})", told=told, n=number(_, apart), currency=currency)


def _against_target(_: Words, row: dict[Any, Any], currency: str, units: Units) -> str:
    if _missing(row["gap"]):
        return _("no target")
    gap = signed(_, row["gap"], currency, markdown=False)
    share = row.get("attainment")
    return gap if _missing(share) else f"{gap} · {percent(_, share)}"


def _told_pair(_: Words, row: dict[Any, Any], currency: str) -> str:
    actual, target = exact(_, row["actual"], currency), exact(_, row["target"], currency)
    return _("actual {actual}, target {target}", actual=actual, target=target)


def _hover(*lines: str) -> str:
    return "<br>".join(plain(line) for line in lines)


def _sentences(_: Words, labels: list[str], told: list[str]) -> str:
    pairs = zip(labels, told, strict=True)
    return " ".join(_("{label}: {told}.", label=label, told=text) for label, text in pairs)


def _reach(frame: pd.DataFrame) -> tuple[float, float]:
    values = [float(value) for column in frame for value in frame[column].dropna()]
    return min(values, default=0.0), max(values, default=0.0)


def _floats(frame: pd.DataFrame, names: tuple[str, ...]) -> pd.DataFrame:
    """Everything but the named columns as floats: sums arrive as decimals."""
    numbers = [column for column in frame.columns if column not in names]
    return frame.astype({column: "float64" for column in numbers})


def _missing(value: Any) -> bool:
    return value is None or value != value
