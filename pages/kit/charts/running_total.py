"""Draw the month's running total against its target, its forecast and past months.

    >>> from pages.kit.i18n.words import words
    >>> frame = pd.DataFrame({"day": [date(2026, 3, 31)], "actual": [3_000_000.0]})
    >>> cumulative(frame, words("en"), "CNY", as_of=date(2026, 3, 31)).alt
    'Actual ¥3.00M'

Nothing is computed here but positions: the chart draws what the frame says.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import pandas as pd

from pages.kit.charts import theme as look
from pages.kit.charts.figure import Canvas, Chart
from pages.kit.charts.theme import COLOURS, Theme, plain
from pages.kit.i18n.adding_up import as_fine
from pages.kit.i18n.numbers import date_text, exact, money
from pages.kit.i18n.words import Units, Words

_LABELS_APART = 0.065  # of the axis: the height of one line of label text


class _End(NamedTuple):
    """The last point of a line, where its label goes."""

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
    step: Decimal | None = None,
) -> Chart:
    """Draw the running total with target, forecast band and past months (W2).

    `frame` has `day` (a date, one row a day) and, as far as they are known,
    `actual`, `target`, `p10`, `p50`, `p90`, `last_month` and `last_year`, all
    cumulative money; where a line has nothing to say it is NaN or absent. With `step`, what
    one in the last digit stands for, labels are no coarser than the page's other figures.
    """
    numbers = [column for column in frame.columns if column != "day"]
    # Sums arrive as decimals.
    frame = frame.sort_values("day").astype(dict.fromkeys(numbers, "float64"))
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
    written = [
        money(_, end.value, currency, units=units)
        if step is None
        else as_fine(_, end.value, step, currency)
        for end in ends
    ]
    descriptions = [f"{end.label} {text}" for end, text in zip(ends, written, strict=True)]
    _label_ends(figure, ends, descriptions, values, list(frame["day"]))
    return Chart(figure.figure(), _(", ").join(descriptions))


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
    """Draw the lines that have points, past ones first so that the actual lies on top."""
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
        # Light grey is for lines; text needs a darker grey to be legible.
        words_tint = colour[{"past": "muted", "half": "accent"}.get(tint, tint)]
        ends.append(_End(line["day"].iloc[-1], float(line[name].iloc[-1]), label, words_tint))
    return ends


def _label_ends(
    figure: Canvas, ends: list[_End], texts: list[str], values: list[float], days: list[Any]
) -> None:
    """Label lines that reach the month's end at the right, others at their last point."""
    at_right = [index for index, end in enumerate(ends) if end.day >= days[-1]]
    heights = look.apart(
        [ends[index].value for index in at_right],
        (values[-1] - values[0]) * _LABELS_APART,
        values[0],
        values[-1],
    )
    placed = dict(zip(at_right, heights, strict=True))
    for index, (end, text) in enumerate(zip(ends, texts, strict=True)):
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


def _reach(frame: pd.DataFrame) -> tuple[float, float]:
    values = [float(value) for column in frame for value in frame[column].dropna()]
    return min(values, default=0.0), max(values, default=0.0)
