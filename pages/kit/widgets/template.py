"""Offer the template to fill in, wherever there is no data yet.

>>> offer(_, key="template")
"""

from __future__ import annotations

import streamlit as st

from data.store import known_values
from pages.kit.i18n.labels import choice_label
from pages.kit.i18n.words import Words
from pages.kit.queries import cache, load, settings
from reports.templates import as_template


def offer(_: Words, key: str) -> None:
    """Draw the button that downloads the template in the reader's language, made on demand."""
    st.download_button(
        _("Download template"),
        data=lambda: as_template(
            _,
            choice_label,
            known_values.names(cache.store()),
            load.today(),
            settings.setting("currency"),
        ),
        file_name=f"{_('yuepan-template')}.xlsx",
        help=_(
            "An Excel workbook with a sheet per table; once filled in, it is recognised "
            "automatically."
        ),
        icon=":material/table_view:",
        on_click="ignore",
        key=key,
    )
