"""Share the template, axes and labels of all charts.

    >>> from pages.kit.i18n.words import words
    >>> ticks(words("zh"), 0, 11_800_000, "CNY")[1]
    ['0', '200万', '400万', '600万', '800万', '1,000万', '1,200万']

Actual is the accent, target grey and dashed, forecast the accent at half
strength with its band, the past light grey; good is blue ▲, bad is orange ▼.
Plotly renders a subset of HTML, so every text from a file passes `plain`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from typing import Any, Literal
from unicodedata import east_asian_width

import plotly.graph_objects as go

from pages.kit.charts.figure import Canvas
from pages.kit.i18n.names import visible
from pages.kit.i18n.numbers import date_text, money, number
from pages.kit.i18n.words import Units, Words

Theme = Literal["light", "dark"]

# Latin fonts first, as in .streamlit/config.toml.
FONTS = (
    '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, '
    '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif'
)

COLOURS: dict[str, dict[str, str]] = {
    "light": {
        "text": "#0F172A",
        "muted": "#64748B",
        "grid": "#E2E8F0",
        "past": "#B6C2D1",
        "accent": "#2563EB",
        "half": "rgba(37, 99, 235, 0.55)",
        "band": "rgba(37, 99, 235, 0.13)",
        "bad": "#C2410C",
        "paper": "#FFFFFF",
    },
    "dark": {
        "text": "#E2E8F0",
        "muted": "#94A3B8",
        "grid": "#334155",
        "past": "#56657A",
        "accent": "#60A5FA",
        "half": "rgba(96, 165, 250, 0.6)",
        "band": "rgba(96, 165, 250, 0.18)",
        "bad": "#FB923C",
        "paper": "#0F172A",
    },
}

_CLEAR = "rgba(0, 0, 0, 0)"
_ROW = 30  # pixels a bar
_HEAD = 64  # pixels of title and subtitle


@cache
def template(theme: Theme) -> go.layout.Template:
    """Return the "yuepan" template, light or dark, on a transparent background."""
    colour = COLOURS[theme]
    axis = {
        "gridcolor": colour["grid"],
        "linecolor": colour["grid"],
        "zeroline": False,
        "tickfont": {"color": colour["muted"], "size": 12},
        "automargin": True,
        "fixedrange": True,
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONTS, "size": 13, "color": colour["text"]},
            "paper_bgcolor": _CLEAR,
            "plot_bgcolor": _CLEAR,
            "colorway": [colour["accent"], colour["muted"], colour["bad"], colour["past"]],
            "xaxis": {**axis, "showgrid": False, "ticklabelstandoff": 4},
            "yaxis": {**axis, "ticklabelstandoff": 6},
            "showlegend": False,
            "margin": {"l": 8, "r": 8, "t": _HEAD, "b": 8},
            "hoverlabel": {
                "bgcolor": colour["paper"],
                "bordercolor": colour["grid"],
                "font": {"family": FONTS, "size": 13, "color": colour["text"]},
                "align": "left",
            },
            "dragmode": False,
        }
    )


def plain(text: str) -> str:
    """Escape `text` for plotly, which would render names from files as HTML."""
    return escape(visible(text), quote=False)


def dressed(
    figure: Canvas, theme: Theme, title: str, subtitle: str, rows: int | None = None
) -> None:
    """Apply template, title and subtitle; `rows` sets the height of bar charts."""
    colour = COLOURS[theme]
    height = 380 if rows is None else _HEAD + _ROW * max(rows, 1) + 36
    figure.update_layout(
        template=template(theme),
        height=height if title or rows is None else height - _HEAD + 16,
        margin={"t": _HEAD if title else 16},
        title={
            "text": f"<b>{plain(title)}</b>" if title else "",
            "font": {"size": 15},
            "x": 0,
            "xref": "container",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "pad": {"t": 8, "l": 8},
            "subtitle": {
                "text": plain(_short(subtitle, 120)),
                "font": {"size": 12, "color": colour["muted"]},
            },
        },
    )


def ticks(
    _: Words, low: float, high: float, currency: str, units: Units = "auto"
) -> tuple[list[float], list[str]]:
    """Return round values that cover `low` to `high`, and their texts in 万/亿 or K/M.

    Without a currency they are counts. The unit is not repeated in front of
    every tick: the title names the currency.
    """
    # Always include zero: a bar or a running total that starts elsewhere misleads.
    low, high = min(low, 0.0), max(high, 0.0)
    span = max(high - low, 1e-2) if high > low else 1.0
    power = 10.0 ** math.floor(math.log10(span / 5))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor * 6 >= span)
    step = step if currency else max(1.0, step)
    first, last = math.floor(low / step), math.ceil(high / step)
    last = max(last, first + 1)
    values = [round(position * step, 6) for position in range(first, last + 1)]
    if not currency:
        return values, [number(_, value) for value in values]
    return values, [
        money(_, value, currency, units=units, symbol=False, trim=True) for value in values
    ]


def day_axis(figure: Canvas, _: Words, days: Sequence[Any]) -> None:
    """Label every fifth day of the month and the last one."""
    shown = [day for day in days[:-1] if day.day == 1 or (day.day % 5 == 0 and day.day < 28)]
    shown.append(days[-1])
    figure.update_xaxes(
        tickvals=shown,
        ticktext=[date_text(_, day, year=False) for day in shown],
        range=[days[0], days[-1]],
    )


def bars_axes(
    figure: Canvas,
    _: Words,
    labels: Sequence[str],
    reach: float,
    currency: str,
    units: Units,
) -> None:
    """Label the bars down the side, first on top, and values along the bottom from zero."""
    values, texts = ticks(_, 0, reach, currency, units)
    figure.update_xaxes(
        tickvals=values, ticktext=texts, range=[0, max(values[-1], reach)], showgrid=True
    )
    figure.update_yaxes(
        tickvals=list(range(len(labels))),
        ticktext=[plain(_short(label)) for label in labels],
        range=[max(len(labels), 1) - 0.5, -0.5],
        showgrid=False,
        tickfont={"size": 13},
    )


def beside(figure: Canvas, position: int, text: str, colour: str) -> None:
    """Place a figure to the right of its bar; all form one aligned column."""
    figure.add_annotation(
        x=1,
        xref="paper",
        xanchor="left",
        xshift=10,
        y=position,
        text=plain(text),
        showarrow=False,
        align="left",
        font={"size": 12, "color": colour},
    )


def end_label(
    figure: Canvas, x: Any, y: float, text: str, colour: str, inside: bool = False, away: int = 4
) -> None:
    """Label the end of a line: right of the chart, or above the point if `inside`.

    A label inside ends `away` pixels left of the point.
    """
    figure.add_annotation(
        x=x,
        y=y,
        text=plain(text),
        showarrow=False,
        xanchor="right" if inside else "left",
        yanchor="bottom" if inside else "middle",
        xshift=-away if inside else 6,
        yshift=4 if inside else 0,
        align="left",
        font={"size": 12, "color": colour},
    )


def apart(heights: Sequence[float], least: float, floor: float, ceiling: float) -> Iterator[float]:
    """Yield `heights` moved to at least `least` apart, in the given order."""
    order = sorted(range(len(heights)), key=lambda index: heights[index])
    placed: dict[int, float] = {}
    lowest = floor
    for index in order:
        placed[index] = max(heights[index], lowest)
        lowest = placed[index] + least
    highest = ceiling
    for index in reversed(order):
        placed[index] = min(placed[index], highest)
        highest = placed[index] - least
    return iter(placed[index] for index in range(len(heights)))


def _short(text: str, most: int = 24) -> str:
    """Cut `text` to `most` columns, two per Chinese character, as plotly does not wrap."""
    width = 0
    for position, char in enumerate(text):
        width += 2 if east_asian_width(char) in "WF" else 1
        if width > most:
            return text[: max(position - 1, 1)] + "…"
    return text
