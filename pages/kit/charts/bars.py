"""Draw bar charts: sales by month, a bridge, and the drivers that matter most.

    >>> drawn = months(frame, _, "CNY", title=_("Sales by month"))
    >>> drawn.figure, drawn.alt

The same look as `pages.kit.charts.running_total`: one accent, good and bad told by sign and
arrow, names from files shown and never rendered.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from pages.kit.charts import theme as look
from pages.kit.charts.figure import Canvas, Chart
from pages.kit.charts.theme import COLOURS, Theme
from pages.kit.i18n.adding_up import bridge_adding_up
from pages.kit.i18n.numbers import money, month_text
from pages.kit.i18n.words import Units, Words

_SHOWN_MONTHS = 19
# Half the width of the line across the end of a range, in pixels.
_CAP = 6


def months(
    frame: pd.DataFrame,
    _: Words,
    currency: str,
    ahead: dict[str, Any] | None = None,
    theme: Theme = "light",
    title: str = "",
    subtitle: str = "",
    units: Units = "auto",
) -> Chart:
    """Draw past months as bars, and the month ahead with its range and target.

    `frame` has `month` (a date), `value` and `whole`; a month that is not whole
    is drawn lighter. `ahead` has `month`, `p10`, `p50`, `p90` and `target`, each
    None where it is not known.
    """
    colour = COLOURS[theme]
    rows = frame.tail(_SHOWN_MONTHS)
    names = [month_text(_, entry) for entry in rows["month"]]
    values = [float(entry) for entry in rows["value"]]
    figure = Canvas()
    figure.add_bar(
        x=names,
        y=values,
        marker={"color": [colour["past"] if whole else colour["grid"] for whole in rows["whole"]]},
        hoverinfo="text",
        hovertext=[
            f"{name}: {money(_, value, currency, compact=False)}"
            for name, value in zip(names, values, strict=True)
        ],
    )
    highest = max(values, default=0.0)
    sentences = [f"{names[-1]} {money(_, values[-1], currency)}"] if names else []
    if ahead:
        highest = max(highest, _draw_ahead(figure, ahead, _, currency, colour, units))
        sentences.append(
            f"{month_text(_, ahead['month'])} {money(_, ahead.get('p50'), currency, units=units)}"
        )
    look.dressed(figure, theme, title, subtitle)
    ticks, texts = look.ticks(_, 0, highest * 1.08, currency, units)
    figure.update_yaxes(tickvals=ticks, ticktext=texts, range=[0, ticks[-1]])
    figure.update_xaxes(type="category", tickangle=0, nticks=8)
    figure.update_layout(bargap=0.25, height=330)
    return Chart(figure.figure(), _(", ").join(sentences))


def bridge(
    frame: pd.DataFrame,
    _: Words,
    currency: str,
    start: tuple[str, Any],
    end: tuple[str, Any],
    theme: Theme = "light",
    title: str = "",
    subtitle: str = "",
    units: Units = "auto",
) -> Chart:
    """Draw a waterfall from one figure to another; every bar begins where the last one ended.

    `frame` has `label` (words) and `value` (money, signed); `start` and `end`
    are a label and a figure each.
    """
    colour = COLOURS[theme]
    labels = [start[0], *frame["label"], end[0]]
    changes = [float(change) for change in frame["value"]]
    first, steps, last = bridge_adding_up(_, start[1], list(frame["value"]), currency)
    figure = Canvas()
    figure.add_waterfall(
        x=list(range(len(labels))),
        y=[float(start[1]), *changes, float(end[1])],
        measure=["absolute", *["relative"] * len(changes), "total"],
        increasing={"marker": {"color": colour["accent"]}},
        decreasing={"marker": {"color": colour["bad"]}},
        totals={"marker": {"color": colour["past"]}},
        connector={"line": {"color": colour["grid"]}},
        text=[first, *steps, last],
        textposition="outside",
        cliponaxis=False,
        hoverinfo="text",
        hovertext=[
            look.plain(f"{label}: {money(_, value, currency, compact=False)}")
            for label, value in zip(labels, [start[1], *frame["value"], end[1]], strict=True)
        ],
    )
    look.dressed(figure, theme, title, subtitle)
    running, levels = float(start[1]), [float(start[1]), float(end[1])]
    for change in changes:
        running += change
        levels.append(running)
    ticks, texts = look.ticks(_, min(levels), max(levels) * 1.1, currency, units)
    figure.update_yaxes(tickvals=ticks, ticktext=texts, range=[ticks[0], ticks[-1]])
    figure.update_xaxes(
        tickvals=list(range(len(labels))),
        ticktext=[look.plain(str(change)) for change in labels],
        tickangle=0,
    )
    figure.update_layout(height=360)
    sentences = [f"{label} {step}" for label, step in zip(frame["label"], steps, strict=True)]
    return Chart(figure.figure(), _(", ").join(sentences))


def tornado(
    frame: pd.DataFrame,
    _: Words,
    currency: str,
    middle: float,
    theme: Theme = "light",
    title: str = "",
    subtitle: str = "",
    units: Units = "auto",
) -> Chart:
    """Draw the drivers that move the result most, each a little down and a little up.

    `frame` has `label`, `low` and `high` (the result each way), the widest first;
    `middle` is the result as it stands.
    """
    colour = COLOURS[theme]
    rows = frame.reset_index(drop=True)
    figure = Canvas()
    # Coloured by the direction of the driver, not by good or bad: a longer cycle is worse.
    for side, shade in (("low", "past"), ("high", "accent")):
        figure.add_bar(
            x=[float(result) - middle for result in rows[side]],
            y=list(range(len(rows))),
            base=middle,
            orientation="h",
            width=0.6,
            marker={"color": colour[shade]},
            hoverinfo="text",
            hovertext=[
                look.plain(f"{label}: {money(_, value, currency, compact=False)}")
                for label, value in zip(rows["label"], rows[side], strict=True)
            ],
        )
    look.dressed(figure, theme, title, subtitle, rows=len(rows))
    ends = [
        *(float(result) for result in rows["low"]),
        *(float(result) for result in rows["high"]),
        middle,
    ]
    reach = (max(ends) - min(ends)) * 0.08 or 1.0
    figure.update_xaxes(
        range=[min(ends) - reach, max(ends) + reach],
        tickvals=[min(ends), middle, max(ends)],
        ticktext=[
            money(_, result, currency, units=units) for result in (min(ends), middle, max(ends))
        ],
    )
    figure.update_yaxes(
        tickvals=list(range(len(rows))),
        ticktext=[look.plain(str(result)) for result in rows["label"]],
        range=[max(len(rows), 1) - 0.5, -0.5],
        showgrid=False,
    )
    figure.update_layout(barmode="overlay", margin={"r": 24})
    figure.add_vline(x=middle, line={"color": colour["muted"], "width": 1})
    sentences = [
        f"{row['label']} {money(_, row['low'], currency)} – {money(_, row['high'], currency)}"
        for row in rows.to_dict("records")
    ]
    return Chart(figure.figure(), _(", ").join(sentences))


def _draw_ahead(
    figure: Canvas,
    ahead: dict[str, Any],
    _: Words,
    currency: str,
    colour: dict[str, str],
    units: Units,
) -> float:
    """Draw the month ahead: forecast at half strength, its range, its target as a line."""
    name = month_text(_, ahead["month"])
    known = {
        key: float(ahead[key])
        for key in ("p10", "p50", "p90", "target")
        if ahead.get(key) is not None
    }
    if "p50" in known:
        band = (
            {
                "type": "data",
                "symmetric": False,
                "array": [known["p90"] - known["p50"]],
                "arrayminus": [known["p50"] - known["p10"]],
                "color": colour["accent"],
                "thickness": 2,
                "width": _CAP,
            }
            if "p10" in known
            else None
        )
        figure.add_bar(
            x=[name],
            y=[known["p50"]],
            marker={"color": colour["half"]},
            error_y=band,
            hoverinfo="text",
            hovertext=[f"{name}: {money(_, known['p50'], currency, compact=False)}"],
        )
    if "target" in known:
        figure.add_scatter(
            x=[name],
            y=[known["target"]],
            mode="markers",
            marker={
                "symbol": "line-ew",
                "size": 34,
                "line": {"width": 3, "color": colour["muted"]},
            },
            hoverinfo="text",
            hovertext=[f"{_('Target')}: {money(_, known['target'], currency, compact=False)}"],
        )
        look.end_label(
            figure,
            name,
            known["target"],
            f"{_('Target')} {money(_, known['target'], currency, units=units)}",
            colour["muted"],
            inside=True,
            away=_CAP + 4,
        )
    return max(known.values(), default=0.0)
