"""Keep what files brought as it stands, where a page would read more into its signs.

>>> visible("annual\\u202Efdp.csv")
'annual\\\\u202Efdp.csv'

Markdown's backslashes do not reach all that Streamlit reads into a text: icons, emoji, links
without brackets and arrows are looked for once they are gone (`joined`).
"""

from __future__ import annotations

import re

# No width, no line break beside it, and no sign of any name that is looked for.
JOINER = "\u2060"

_LINES = re.compile(r"[\t-\r\x85\u2028\u2029]+")
# Signs that show nothing; the last two ranges turn the text after them around.
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_READ = re.compile(
    r":(?=[\w+-][\w+/-]*:)"  # an icon or an emoji
    r"|https?:(?=//)|www(?=\.)|(?<=[\w.+-])(?=@[\w-])"  # a link, an address
    r"|(?<!\S)(?:<(?=->?(?!\S)|=(?!\S))|-(?=[->](?!\S))|[>~](?==(?!\S)))",  # an arrow, a dash, ≥
    re.IGNORECASE,
)
# At the start, or after a semicolon, which parts the cells of a German or French Excel.
_FORMULA = re.compile(r"(?:^|(?<=;))(?=\s*(?:[=@＝＠]|[+＋－-](?![\d.,\s]*%?$)))")


def visible(text: str) -> str:
    """Return the text on one line, with signs that show nothing written as their number."""
    return _HIDDEN.sub(lambda sign: f"\\u{ord(sign[0]):04X}", _LINES.sub(" ", text))


def joined(text: str) -> str:
    """Return the text with the signs apart of which Streamlit makes icons, links and arrows."""
    return _READ.sub(lambda found: found[0] + JOINER, text)


def cell(text: str) -> str:
    """Return what a cell of a table shows: `visible`, and no formula in the CSV of the table.

    Streamlit writes that CSV in the browser, with the cells as they stand.
    """
    return _FORMULA.sub(JOINER, visible(text))
