"""The frame around every page: language, navigation, the filters in the link."""

from contextlib import suppress
from pathlib import Path

import streamlit as st

from domain.errors import FilterError
from pages.kit.widgets import link
from pages.kit.widgets.language import reader_words

# A file of ours: the browser would fetch a Material icon from another host.
icon = Path(__file__).parent / "kit" / "icon.svg"
st.set_page_config(page_title="Yuepan 月盘", page_icon=icon, layout="wide")

_ = reader_words()
# On every page, so that no filter is lost on one that shows no figures; what the link
# says wrong is told by the first page that does.
with suppress(FilterError):
    link.read()

# What a page did before it ran anew: a toast of a run that ends in a rerun never shows.
if told := st.session_state.pop("toast", None):
    st.toast(told)


def week() -> None:
    """The week page lives at "/"; "/week" is what people guess from the other addresses."""
    link = {name: st.query_params.get_all(name) for name in st.query_params}
    st.switch_page("week.py", query_params=link)


page = st.navigation(
    [
        st.Page(
            "week.py",
            title=_("Week"),
            icon=":material/monitoring:",
            default=True,
            # Its own name is left to the page below.
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
link.carry_to(page.url_path)
page.run()

link.write(_)
