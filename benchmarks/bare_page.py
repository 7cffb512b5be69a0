"""A Streamlit page that reads nothing: the app's own pages are measured against it.

`/?charts=2&tiles=4&tables=2&sliders=1` shows that many of each, with made-up figures.
The slider and the first chart are a fragment, as on the what-if page.
"""

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

_DAYS = pd.date_range("2026-03-01", periods=31)
_LINES = ("actual", "target", "p50", "last month", "last year")


def count_of(parts: str, default: int) -> int:
    return int(st.query_params.get(parts, default))


def chart(place: int, factor: float) -> None:
    figure = go.Figure()
    if place % 2:
        figure.add_bar(x=[900, 700, 400, 200], y=["A", "B", "C", "D"], orientation="h")
    else:
        for line, name in enumerate(_LINES):
            figure.add_scatter(x=_DAYS, y=np.arange(31) * (line + factor), name=name)
    figure.update_layout(title=f"Chart {place + 1}", height=360)
    st.plotly_chart(figure, key=f"chart_{place}")


def first_chart() -> None:
    has_slider = count_of("sliders", 0) > 0
    chart(0, st.slider("Factor", 0.5, 2.0, 1.0, 0.05) if has_slider else float(month))


st.set_page_config(page_title="Bare", layout="wide")
month = st.selectbox("Month", range(1, 13), key="month")
st.markdown("### A sentence about the month")
tiles = count_of("tiles", 4)
for place, column in enumerate(st.columns(max(tiles, 1))):
    if place < tiles:
        column.metric(f"Tile {place + 1}", f"{month * 1_000_000:,}")
charts = count_of("charts", 2)
if charts:
    st.fragment(first_chart)()
for place in range(1, charts):
    chart(place, float(month))
for place in range(count_of("tables", 2)):
    rows = pd.DataFrame({"name": [f"Rep {n}" for n in range(24)], "actual": np.arange(24) * month})
    st.dataframe(rows.assign(target=1000.0, gap=-5.0, share=0.5), hide_index=True, key=f"t{place}")
