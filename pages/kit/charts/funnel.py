"""Draw the sales stages as bars, from first to last.

>>> from pages.kit.i18n.words import words
>>> chart = funnel_chart(pd.DataFrame({"stage": ["Demo"], "count": [3]}), words("en"), "CNY")
>>> chart.alt
'Demo: 3 deals.'
"""

from __future__ import annotations

from typing import Any, Literal

import pandas as pd

from pages.kit.charts import theme as look
from pages.kit.charts.figure import Canvas, Chart
from pages.kit.charts.theme import COLOURS, Theme, plain
from pages.kit.i18n.labels import choice_label, named
from pages.kit.i18n.numbers import is_missing, money, number
from pages.kit.i18n.words import Units, Words


def funnel_chart(
    frame: pd.DataFrame,
    _: Words,
    currency: str,
    theme: Theme = "light",
    title: str = "",
    subtitle: str = "",
    by: Literal["value", "count"] = "value",
    units: Units = "auto",
) -> Chart:
    """Draw the stages as bars from first to last, with count and value to the right (W4).

    `frame` has `stage`, `count` and, where money is known, `value`; `status`
    ("open", "won", "lost") tells won and lost stages by words and pattern, `foreign`
    how many of the count have their money in another currency. Rows
    keep their order. Bars are as long as the value, or the count where `by`
    says so or no value is known.
    """
    colour = COLOURS[theme]
    numbers = [column for column in frame.columns if column not in ("stage", "status")]
    rows = frame.astype(dict.fromkeys(numbers, "float64"))
    valued = by == "value" and "value" in rows and bool(rows["value"].notna().any())
    length = list(rows["value" if valued else "count"].fillna(0))
    status = list(rows["status"]) if "status" in rows else ["open"] * len(rows)
    labels = [_stage(_, stage, state) for stage, state in zip(rows["stage"], status, strict=True)]
    descriptions = [_describe_stage(_, row, currency, units) for row in rows.to_dict("records")]
    figure = Canvas()
    figure.add_bar(
        x=length,
        y=list(range(len(rows))),
        orientation="h",
        width=0.66,
        marker=_stage_marks(status, colour),
        customdata=list(rows["stage"]),
        hoverinfo="text",
        hovertext=[
            f"{plain(label)}<br>{plain(text)}"
            for label, text in zip(labels, descriptions, strict=True)
        ],
    )
    look.dressed(figure, theme, title, subtitle, rows=len(rows))
    reach = max(length, default=0.0)
    look.bars_axes(figure, _, labels, reach, currency if valued else "", units)
    for position, text in enumerate(descriptions):
        look.beside(figure, position, text, colour["text"])
    apart = "foreign" in rows and bool(rows["foreign"].fillna(0).any())
    figure.update_layout(margin={"r": 260 if apart else 160})
    sentences = (
        _("{label}: {told}.", label=label, told=text)
        for label, text in zip(labels, descriptions, strict=True)
    )
    return Chart(figure.figure(), " ".join(sentences))


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
    """Return the stage's name with "won" or "lost", unless the name says so."""
    name, outcome = named(_, stage, "stage"), choice_label(_, status)
    named_so = any(word in name.casefold() for word in (outcome.casefold(), str(status)))
    if status not in ("won", "lost") or named_so:
        return name
    return _("{stage} ({status})", stage=name, status=outcome)


def _describe_stage(_: Words, row: dict[Any, Any], currency: str, units: Units) -> str:
    deals = _.n("{n} deal", "{n} deals", int(row["count"]))
    if is_missing(row.get("value")):
        return deals
    text = f"{deals} · {money(_, row['value'], currency, units=units)}"
    # Every deal is counted; its money only if it is in the reporting currency.
    apart = row.get("foreign")
    if is_missing(apart) or not apart:
        return text
    return _("{told} ({n} not in {currency})", told=text, n=number(_, apart), currency=currency)
