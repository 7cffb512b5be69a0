"""The frame around every page: language, navigation, the filters in the link."""

import streamlit as st

from pages.kit import filters

st.set_page_config(page_title="Yuepan 月盘", page_icon=":material/monitoring:", layout="wide")

_ = filters.language()

page = st.navigation(
    [
        st.Page(
            "week.py",
            title=_("Week"),
            icon=":material/monitoring:",
            default=True,
            help=_("Where the month stands: the verdict, the gap, who and what makes it."),
        ),
        st.Page(
            "files.py",
            title=_("Files"),
            icon=":material/upload_file:",
            help=_("Drop in exports, see how they were understood, undo an import."),
        ),
    ],
    position="top",
)
page.run()

filters.write_link()
