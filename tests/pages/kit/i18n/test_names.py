"""Names as files bring them: on a page they read as they stand in the file."""

from __future__ import annotations

import re

import pytest

from pages.kit.i18n.names import JOINER, cell, visible
from pages.kit.i18n.numbers import escaped
from tests.pages.reading import plain

# What Streamlit's front end looks for in a text once the backslashes are gone.
LOOKED_FOR = re.compile(
    r":material/\w+:|:material_\w+:|:streamlit:|:[\w+-][\w_+-]*:"
    r"|(?:https?://|www\.)[\w-]|[-.\w+]@[-\w]"
    r"|(?<!\S)(?:<->|->|<-|--|>=|<=|~=)(?!\S)",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")

NAMES = [
    ":material/home:", "::material/home::", ":streamlit:", ":smile:", "x:smile:y", ":+1:", ":100:",
    "http://a.example/x", "HTTPS://A.EXAMPLE:80", "see www.a.example now", "（www.a.example）",
    "me@a.example", "a.b+c@a.example", "mailto:me@a.example", "<http://a.example>",
    "[x](http://a.example)", "![i](http://a.example/i.png)", "[a]: http://a.example", "[^1]",
    "->", "a -> b", "<-", "<->", "--", "a >= b", "<=", "~=",
    "$a^2$ and $b$", "**b**", "__b__", "~~b~~", "`b`", "<b>x</b>", "&lt;b&gt;", ":red[x]",
    ":blue-badge[x]", ':color[x]{foreground="red"}', "a | b", "# h", "> q", "- l", "+ l", "1. l",
    "2) l", "---", "===", "-", "\\*b\\*", "http://me@a.example",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_reads_as_it_stands_in_the_file(name: str) -> None:
    assert plain(escaped(name)) == name


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_left_that_streamlit_makes_something_of(name: str) -> None:
    assert not LOOKED_FOR.search(_ESCAPE.sub(r"\1", escaped(name)))


@pytest.mark.parametrize("sign", [*"\\`*_{}[]()#+!$~|<>:&"])
def test_a_sign_of_markdown_has_its_backslash(sign: str) -> None:
    assert escaped(f"a{sign}b") == f"a\\{sign}b"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("- l", r"\- l"), ("-", r"\-"), ("---", r"\---"), ("=== x", r"\=== x"), ("= x", r"\= x"),
        ("1. l", r"1\. l"), ("    code", " code"), ("A-B", "A-B"), ("1.5 M", "1.5 M"),
        ("2026-03-18", "2026-03-18"), ("-5", "-5"), ("Smith - Co. 1. FC", "Smith - Co. 1. FC"),
    ],
)  # fmt: skip
def test_the_start_of_a_name_begins_no_list_line_or_block(name: str, shown: str) -> None:
    assert escaped(name) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("annual\u202efdp.xlsx", r"annual\u202Efdp.xlsx"), ("\u2066a\u2069", r"\u2066a\u2069"),
        ("a\x00b\x1bc\x7f", r"a\u0000b\u001Bc\u007F"), ("a\x85\n\r\n\tb\u2028c", "a b c"),
        ("عربي", "عربي"), ("👩\u200d💻", "👩\u200d💻"), ("宏远机电", "宏远机电"),
    ],
)  # fmt: skip
def test_what_shows_nothing_is_shown_by_its_number(name: str, shown: str) -> None:
    assert visible(name) == plain(escaped(name)) == shown


@pytest.mark.parametrize(
    "text",
    ["=1+1", "@SUM(1+1)", "+1+1", "-1+1", "＝1+1", "\t=1", "\r=1", ";=1+1", "a;=1+1", "a; @x"],
)
def test_no_cell_of_a_table_begins_a_formula_in_its_csv(text: str) -> None:
    for part in cell(text).split(";"):
        assert not part.strip().startswith(("=", "@", "+", "-", "＝"))
    assert cell(text).replace(JOINER, "") == visible(text)


@pytest.mark.parametrize("text", ["-5", "+3.2%", "-1,234.50", "a-b", "a; b", "−5", "–", ""])
def test_numbers_and_plain_texts_of_a_table_are_as_they_are(text: str) -> None:
    assert cell(text) == text
