"""Say what a backup file contains, before it takes the place of anything.

>>> if backup_contents.show(_, arrived.getvalue()):
...     st.button(_("Replace all data"))
"""

from __future__ import annotations

import streamlit as st

from data.ingest import backup
from domain.errors import StoreError
from pages.kit.i18n.numbers import date_text, escaped, number
from pages.kit.i18n.sentences import error_sentence
from pages.kit.i18n.words import Words


def show(_: Words, content: bytes) -> bool:
    """Show what is inside, or why it is refused; return whether it can be restored."""
    try:
        inside = backup.look_into(content)
    except StoreError as error:
        st.error(escaped(error_sentence(_, error)))
        return False
    st.markdown(
        _(
            "Contains {imports} imports (latest {day}), {targets} manual targets, "
            "{orders} order lines and {deals} deals.",
            imports=number(_, inside.imports),
            day=date_text(_, inside.newest_import.date()) if inside.newest_import else _("n/a"),
            targets=number(_, inside.targets),
            orders=number(_, inside.rows.get("orders", 0)),
            deals=number(_, inside.rows.get("deals", 0)),
        )
    )
    return True
