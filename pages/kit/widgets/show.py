"""How pages show things: the sentence, tiles, charts, the passport, the empty screen.

    >>> show.chart(figure, alt, key="curve")
    >>> show.passport_button(_, "curve", show.passport(_("Running total"), scope, "actual"))

Text from a file is escaped before it enters a sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pandas as pd
import streamlit as st

from domain.tables import table
from pages.kit.i18n.numbers import escaped
from pages.kit.i18n.words import Words
from pages.kit.widgets import grid, template
from pages.kit.widgets.job_progress import offer_sample
from pages.kit.widgets.language import language_switch

if TYPE_CHECKING:
    import plotly.graph_objects as go


def theme() -> Literal["light", "dark"]:
    """Return "light" or "dark", as the reader's browser shows the page."""
    return "dark" if st.context.theme.type == "dark" else "light"


def chart(figure: go.Figure, alt: str, key: str) -> None:
    """Draw a chart from `pages.kit.charts`, with its alternative text."""
    st.plotly_chart(
        figure,
        theme=None,
        key=key,
        alt=alt,
        config={"displayModeBar": False, "scrollZoom": False},
    )


def small_table(_: Words, rows: list[tuple[str, ...]], header: tuple[str, ...]) -> None:
    """Draw a few lines of figures: names in the first column, the others right-aligned."""
    grid.draw(
        pd.DataFrame(rows, columns=list(header)),
        hide_index=True,
        column_config={name: st.column_config.TextColumn(alignment="right") for name in header[1:]},
        alt=_(", ").join(header),
    )


def plain_table(rows: list[tuple[str, ...]], header: tuple[str, ...]) -> None:
    """Draw the same as text, which a browser redraws faster than a grid."""
    aligned = ("---", *("---:" for _ in header[1:]))
    lines = [tuple(map(escaped, header)), aligned, *(tuple(map(escaped, row)) for row in rows)]
    st.markdown("\n".join("| " + " | ".join(line) + " |" for line in lines))


def empty(_: Words, tables: tuple[str, ...], needed: str) -> None:
    """Draw an empty screen that says which file to drop in and what that unlocks."""
    with st.container(horizontal=True, horizontal_alignment="right"):
        language_switch(_)
    with st.container(border=True, horizontal_alignment="center"):
        st.markdown(f"### {needed}")
        for name in tables:
            wanted = table(name)
            st.markdown(
                f"**{_(wanted.label)}** · "
                + _(
                    "one row is {one_row}; shows {unlocks}.",
                    one_row=_(wanted.one_row),
                    unlocks=_(wanted.unlocks),
                )
            )
        st.page_link("files.py", label=_("Drop in files"), icon=":material/upload_file:")
        template.offer(_, key="template_first")
        offer_sample(_)


def missing(_: Words, tables: list[str]) -> None:
    """Draw one line for each missing table: its name and what it unlocks."""
    if not tables:
        return
    with st.container(border=True, gap="xxsmall"):
        st.markdown(f"**{_('Add data to unlock')}**")
        for name in tables:
            wanted = table(name)
            st.caption(f"**{_(wanted.label)}**: {_(wanted.unlocks)}")
        st.page_link("files.py", label=_("Drop in files"), icon=":material/upload_file:")
