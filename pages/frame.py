"""Frame every page: configuration, language, navigation and the filters in the link."""

from contextlib import suppress
from pathlib import Path

import streamlit as st

from domain.errors import FilterError, StoreError
from pages.kit.queries import cache
from pages.kit.widgets import damaged, link, seen_data
from pages.kit.widgets.language import reader_words, words_without_settings

# A local file: the browser would fetch a Material icon from another host.
icon = Path(__file__).parent / "kit" / "icon.svg"
st.set_page_config(page_title="Yuepan 月盘", page_icon=icon, layout="wide")

store = None
try:
    store = cache.store()
    _ = reader_words()
except StoreError as error:
    if error.code != "damaged_store":
        raise
    damaged.offer(words_without_settings(), error, store)
    st.stop()
# On every page, so that a page without figures loses no filter; the first page
# with figures reports a bad link.
with suppress(FilterError):
    link.read()

# Toasts are passed on to the next run: one shown right before a rerun is never seen.
toast = st.session_state.pop("toast", None)
if toast:
    st.toast(toast)


def week() -> None:
    """Redirect "/week", which people guess, to the week page at "/"."""
    link = {name: st.query_params.get_all(name) for name in st.query_params}
    st.switch_page("week.py", query_params=link)


page = st.navigation(
    [
        st.Page(
            "week.py",
            title=_("Week"),
            icon=":material/monitoring:",
            default=True,
            # "week" is taken by the hidden redirect below.
            url_path="start",
            help=_("Month to date: the verdict, the gap and what is behind it."),
        ),
        st.Page(
            "plan.py",
            title=_("Plan"),
            icon=":material/flag:",
            help=_("Next month: the target, how likely it is and who carries it."),
        ),
        st.Page(
            "review.py",
            title=_("Review"),
            icon=":material/history:",
            help=_("After month-end: what made the difference, why, and what to aim for next."),
        ),
        st.Page(
            "whatif.py",
            title=_("What if"),
            icon=":material/tune:",
            help=_("Move the drivers and see where the month would end."),
        ),
        st.Page(
            "files.py",
            title=_("Files"),
            icon=":material/upload_file:",
            help=_("Drop in exports, check how they were read, undo an import."),
        ),
        st.Page(
            "settings.py",
            title=_("Settings"),
            icon=":material/settings:",
            help=_("Language, currency, calendar, stages, backup and restore."),
        ),
        st.Page(week, title=_("Week"), url_path="week", visibility="hidden"),
    ],
    position="top",
)
seen = store.versions().facts
is_told = any(name in st.session_state for name in ("refused", "set_aside"))
seen_data.hold(_)
damaged.told(_)
link.carry_to(page.url_path)
try:
    page.run()
except StoreError as error:
    if error.code != "damaged_store":
        raise
    damaged.offer(_, error, store)

link.write(_)
# The Files page shows what an import did, and it is the import that changes the facts.
if page.url_path not in ("files", "settings") and not is_told:
    seen_data.run_again_if_changed(seen, toast)
