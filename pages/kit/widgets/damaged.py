"""Say that the database is damaged, and offer a backup or an empty database in its place.

>>> offer(_, error, store)               # instead of the page that met the damage
>>> told(_)                              # once it is done

The damaged file is set aside under another name. Nothing of it is deleted.
"""

from __future__ import annotations

import streamlit as st

from data.ingest import backup
from data.store.database import Store
from domain.errors import StoreError, YuepanError
from pages.kit.i18n.numbers import escaped
from pages.kit.i18n.sentences import error_sentence
from pages.kit.i18n.words import Words
from pages.kit.queries import cache, load
from pages.kit.widgets import backup_contents, seen_data


def offer(_: Words, error: StoreError, met_in: Store | None) -> None:
    """Show the error, and what can take the place of the damaged database.

    `met_in` is the open store whose blocks are damaged, None where the file did not open.
    """
    st.error(escaped(error_sentence(_, error)), icon=":material/error:")
    if refused := st.session_state.pop("refused", None):
        st.error(escaped(error_sentence(_, refused)))
    with st.container(border=True):
        st.caption(
            _(
                "Nothing is deleted: the damaged file stays in its folder under a new name, with "
                "“damaged” and the date in it."
            )
        )
        arrived = st.file_uploader(_("Restore from a backup file"), key="restore_damaged")
        if arrived is not None and backup_contents.show(_, arrived.getvalue()):
            st.button(
                _("Set the damaged file aside and restore the backup"),
                type="primary",
                on_click=_set_aside,
                args=(met_in, arrived.getvalue()),
                key="restore_aside",
            )
        st.button(
            _("Set the damaged file aside and begin with an empty database"),
            on_click=_set_aside,
            args=(met_in, None),
            key="begin_aside",
        )


def told(_: Words) -> None:
    """Say once where the damaged file is now."""
    if name := st.session_state.pop("set_aside", None):
        st.success(escaped(_("The damaged file was set aside as {name}.", name=name)))


def _set_aside(met_in: Store | None, content: bytes | None) -> None:
    try:
        aside = backup.set_aside(met_in, load.today(), content)
    except YuepanError as refused:
        st.session_state.refused = refused
        return
    seen_data.go_on(cache.store().generation)
    if aside:
        st.session_state.set_aside = aside.name
