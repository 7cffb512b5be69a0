"""Draw a switch between a few ways to show a card; its label is for screen readers alone.

>>> by = segments(_("Break down by"), {"week": _("Weeks"), "day": _("Days")}, key="phase_by")
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import streamlit as st

from pages.kit.widgets.language import respoken

Option = TypeVar("Option", bound=str)


def segments(
    label: str, names: Mapping[Option, str], *, key: str, default: Option | None = None
) -> Option:
    """Return the option chosen among `names` (option → its text).

    Until one is chosen it is `default`, or else the first. The choice is kept for the session
    under `key`, also while another page is open.
    """
    options = list(names)
    again = respoken(key)
    return st.segmented_control(
        label,
        options,
        format_func=names.__getitem__,
        default=None if again else default or options[0],
        required=True,
        key=key,
        label_visibility="collapsed",
        persist_state="session",
    )
