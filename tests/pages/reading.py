"""What a page says, for tests to look at."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pandas as pd
from streamlit.testing.v1 import AppTest

from pages.kit.i18n.names import JOINER
from pages.kit.i18n.numbers import money
from pages.kit.i18n.words import Words

LABELLED = (
    "button", "checkbox", "date_input", "download_button", "expander", "file_uploader", "metric",
    "multiselect", "number_input", "page_link", "segmented_control", "selectbox", "toggle",
)  # fmt: skip
SAID = ("markdown", "caption", "subheader", "error", "warning", "info", "success")

# Markdown's escapes, which nobody sees.
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def sentences(at: AppTest) -> Iterator[str]:
    """Every text of the page in the reader's language: sentences, labels, heads of tables."""
    for kind in SAID:
        yield from (plain(str(one.value)) for one in at.get(kind))
    for kind in LABELLED:
        yield from (plain(str(one.label)) for one in at.get(kind))
    for one in at.dataframe:
        # Columns of our own names carry their label in their configuration.
        columns = json.loads(one.proto.columns or "{}").values()
        yield from (column["label"] for column in columns if column and column.get("label"))


def plain(text: str) -> str:
    """Markdown as it is read."""
    return _ESCAPE.sub(r"\1", text).replace(JOINER, "")


def said(at: AppTest) -> str:
    """All of it in one piece."""
    return "\n".join(sentences(at))


def metrics(at: AppTest) -> list[str]:
    return [one.value for one in at.metric]


def sound(at: AppTest) -> AppTest:
    """The page, once it is sure that it did not break."""
    assert not at.exception, at.exception
    return at


def shown(_: Words, amount: float, currency: str = "CNY") -> str:
    """How a tile writes an amount."""
    return money(_, Decimal(str(amount)), currency)


def between(rows: pd.DataFrame, start: date, end: date) -> pd.DataFrame:
    days = rows["order_date"]
    return rows[(days >= start) & (days <= end)]
