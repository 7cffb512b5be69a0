"""Collect a figure as plain values and build it with plotly once.

    >>> canvas = Canvas()
    >>> canvas.add_bar(x=[1], y=[0])
    >>> canvas.update_layout(margin={"r": 24})
    >>> canvas.figure().data[0].x
    (1,)

Plotly checks and copies a figure at every step of building it: ten steps took eight
times as long as one. The names are plotly's own, so what dresses a figure
dresses a canvas.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import plotly.graph_objects as go


class Chart(NamedTuple):
    """A figure, and the sentence that describes it to readers who cannot see it."""

    figure: go.Figure
    alt: str


class Canvas:
    """A figure in the making: traces, shapes, annotations and layout as plain values."""

    def __init__(self) -> None:
        self._data: list[dict[str, Any]] = []
        self._shapes: list[dict[str, Any]] = []
        self._annotations: list[dict[str, Any]] = []
        self._layout: dict[str, Any] = {}

    def add_bar(self, **trace: Any) -> None:
        self._data.append({"type": "bar", **trace})

    def add_scatter(self, **trace: Any) -> None:
        self._data.append({"type": "scatter", **trace})

    def add_waterfall(self, **trace: Any) -> None:
        self._data.append({"type": "waterfall", **trace})

    def add_annotation(self, **annotation: Any) -> None:
        self._annotations.append(annotation)

    def add_vline(self, x: Any, line: dict[str, Any]) -> None:
        """Add a line from the bottom of the chart to its top."""
        ends = {"x0": x, "x1": x, "xref": "x", "y0": 0, "y1": 1, "yref": "y domain"}
        self._shapes.append({"type": "line", "line": line, **ends})

    def update_layout(self, **layout: Any) -> None:
        _merge(self._layout, layout)

    def update_xaxes(self, **axis: Any) -> None:
        _merge(self._layout, {"xaxis": axis})

    def update_yaxes(self, **axis: Any) -> None:
        _merge(self._layout, {"yaxis": axis})

    def figure(self) -> go.Figure:
        """Build the figure, checked by plotly."""
        drawn = {"shapes": self._shapes, "annotations": self._annotations}
        layout = {**self._layout, **{name: many for name, many in drawn.items() if many}}
        return go.Figure(data=self._data, layout=layout)


def _merge(into: dict[str, Any], more: dict[str, Any]) -> None:
    for name, value in more.items():
        known = into.get(name)
        if isinstance(known, dict) and isinstance(value, dict):
            _merge(known, value)
        else:
            into[name] = dict(value) if isinstance(value, dict) else value
