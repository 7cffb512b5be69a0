"""Names of files, people, customers and the rest that mean something to Markdown, HTML or Excel."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from data.store import database as stores
from data.store import plans, scenarios, settings
from pages.kit.queries import load
from tests.data.reports.imported import as_csv
from tests.once import once
from tests.pages.companies import AS_OF, ENGLISH, MONTH, Company, csv_of, workbook_of
from tests.pages.conftest import Copying, Opening, imported
from tests.pages.reading import sound
from tests.pages.test_files_page import Page, confirm, drop, files_page

__all__ = ["files_page"]

PAGES = ("week.py", "plan.py", "review.py", "whatif.py", "settings.py", "files.py")

# Each has a mark of its own, so that what is read into it can be told from the page's own signs.
BAD = (
    ":material/skull: evil", "[evil](http://evil.example)", "![evil](http://evil.example/i.png)",
    "$evil$ $x$", "**evil**", "<b>evil</b>", ":red[evil]", ":blue-badge[evil]", "# evil", "`evil`",
    "evil | evil", "http://evil.example", "me@evil.example", ":skull: evil", "[^evil]",
    "evil\u202efdp", "=evil(1)", "a;=evil(1)", "<a href='http://evil.example'>evil</a>",
    "evil -> evil", "&lt;evil&gt;", "1. evil", "> evil", "- evil",
)  # fmt: skip


def bad(first: int, count: int, word: str) -> list[str]:
    """So many of them, from that on around, each with a word that tells what it is a name of."""
    return [f"{BAD[(first + at) % len(BAD)]} {word}" for at in range(count)]


REPS, TEAMS, REGIONS = bad(0, 8, "rep"), bad(8, 4, "team"), bad(12, 4, "region")

COMPANY: Company = replace(
    ENGLISH,
    names=("orders <b>evil</b>.csv", "deals $evil$ :skull:.xlsx", "reps [evil](x).csv",
           "payments evil\u202evsc.csv"),
    reps={rep: (TEAMS[at % 4], REGIONS[at % 4]) for at, rep in enumerate(REPS)},
    products=dict(zip(bad(4, 8, "product"), bad(16, 4, "category") * 2, strict=True)),
    customers=tuple(bad(0, 24, "customer")),
    channels=tuple(bad(2, 6, "channel")),
    stages={**dict.fromkeys(bad(5, 6, "stage"), "open"), "Closed Won": "won",
            "Closed Lost": "lost"},
)  # fmt: skip


def files() -> dict[str, bytes]:
    spend = [
        (date(2025 + at // 12, at % 12 + 1, 1), channel, f"{BAD[at]} campaign", 1000 + 100 * at)
        for at in range(14)
        for channel in COMPANY.channels
    ]
    deals = workbook_of(COMPANY.deal_headers, COMPANY.deals(), sheet="`evil` $evil$ <b>evil")
    return {
        **COMPANY.files(),
        COMPANY.names[1]: deals,
        "spend **evil**.csv": csv_of(("Month", "Channel", "Campaign", "Spend"), spend),
    }


@pytest.fixture
def hostile(
    copying: Copying, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """The company, with a plan, scenarios and a person of such names."""
    monkeypatch.setattr(load, "today", lambda: AS_OF)
    return copying(once(tmp_path_factory, "hostile.duckdb", lambda: _made(tmp_path_factory)))


def _made(factory: pytest.TempPathFactory) -> Path:
    path = imported(factory, files())
    store = stores.opened(path)
    shares = {("rep", rep): Decimal(50_000) for rep in REPS}
    plans.save_version(
        store, MONTH, {("company", ""): Decimal(400_000), **shares},
        name="**evil** :skull:", basis={"split": "even"}, by="[evil](x)",
    )  # fmt: skip
    scenarios.keep(store, "<b>evil</b> :skull:\u202e", MONTH, {"price": 1.1}, by="`evil`")
    settings.choose(store, "who", "me@evil.example")
    store.close()
    return path


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("page", PAGES)
def test_no_name_is_more_than_text_on_any_page(
    opening: Opening, hostile: Path, page: str, language: str
) -> None:
    at = sound(opening(language, region=REGIONS if page == "week.py" else []).run())
    if page != "week.py":
        at = sound(at.switch_page(page).run())
    assert harmless(at) or page == "settings.py"


HEADERS = ["Order ID", "Order Date", "Customer", "Currency", "Amount",
           *(f"{sign} header" for sign in BAD)]  # fmt: skip
# In each, something else stands where the walk over the sample has names that are known.
ODD = {
    "headers": [HEADERS, *([f"A{at}", f"2026-03-{at + 1:02}", "X", "EUR", str(at), *BAD]
                           for at in range(5))],
    "currencies": [HEADERS[:5], *([f"A{at}", f"2026-03-{at + 1:02}", "X", code, str(at)]
                                  for at, code in enumerate((*BAD, "EUR")))],
    "days": [HEADERS[:5], *([f"A{at}", day, "X", "EUR", str(at)]
                            for at, day in enumerate(("2026-03-02", "2026-03-04", *BAD[:9])))],
    "amounts": [HEADERS[:5], *([f"A{at}", "2026-03-02", "X", "EUR", amount]
                               for at, amount in enumerate(("1", "2", "3", *BAD[:9])))],
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("rows", ODD.values(), ids=ODD)
def test_no_header_and_no_value_of_a_file_is_more_than_text(
    files_page: Page, language: str, rows: list[list[str]]
) -> None:
    at = drop(files_page(language), {"odd <b>evil</b>.csv": as_csv(rows)})
    assert harmless(at)
    if not at.button(key="confirm").disabled:
        assert harmless(confirm(at))


def harmless(at: AppTest) -> bool:
    """Whether the page shows a bad name; fails if it is read as more than text."""
    told, plain = list(texts(at)), list(plain_texts(at))
    for where, text in told:
        assert not READ_INTO.search(_ESCAPE.sub("\0", text)), (where, text)
    for where, text in [*told, *plain]:
        assert not HIDDEN.search(text), (where, text)
    for where, text in plain:
        assert not (_HTML if where == "chart" else _OVERDONE).search(text), (where, text)
    return any("evil" in text for _where, text in [*told, *plain])


_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
READ_INTO = re.compile(
    r"\*\*evil\*\*|[\[`<$|#>]\s?/?[ab]?>?evil|evil[\]`<$|]|:material/skull|:skull:|^1\. evil"
    r"|(?<!\u2060)(?://|@)evil|evil -> |&lt;|^- evil",
    re.MULTILINE,
)
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]")
_HTML = re.compile(r"<b>evil|<a ")
_OVERDONE = re.compile(r"\\[\[\]*`<>$|#:().]")


def texts(at: AppTest) -> Iterator[tuple[str, str]]:
    """Every text of the page that is read as Markdown, with where it stands."""
    for kind, message in _messages(at):
        for where, text in _strings(message, kind):
            if not _PLAIN.search(where):
                yield where, text


def plain_texts(at: AppTest) -> Iterator[tuple[str, str]]:
    """Every choice and every cell, which are shown as they are."""
    for kind, message in _messages(at):
        for where, text in _strings(message, kind):
            if re.search(r"^(selectbox|multiselect)\.options", where):
                yield where, text
    for table in at.dataframe:
        for name, column in table.value.items():
            yield "head", str(name)
            yield from (("cell", cell) for cell in column if isinstance(cell, str))
    for chart in at.get("plotly_chart"):
        drawn = json.loads(chart.proto.spec)
        for trace in drawn["data"]:
            trace.pop("customdata", None)  # stands beside the bars, never on them
        yield "chart", json.dumps(drawn, ensure_ascii=False)


_PLAIN = re.compile(
    r"(^|\.)(\w*id|key|spec|raw_value|config|alt|placeholder|data|columns|raw_values|url|icon|default|value"
    r"|element_hash|language|query_string|page_script_hash)$"
    r"|^(selectbox|multiselect)\.options|^(text_input|text_area)\.|^code\."
)


def _messages(at: AppTest) -> Iterator[tuple[str, Any]]:
    def walk(node: Any) -> Iterator[tuple[str, Any]]:
        proto = getattr(node, "proto", None)
        if isinstance(proto, Message):
            yield str(node.type), proto
        for child in getattr(node, "children", {}).values():
            yield from walk(child)

    yield from walk(at._tree)


def _strings(message: Message, where: str) -> Iterator[tuple[str, str]]:
    for field, value in message.ListFields():
        path = f"{where}.{field.name}"
        for one in value if field.is_repeated else (value,):
            if isinstance(one, Message):
                yield from _strings(one, path)
            elif isinstance(one, str):
                yield path, one
