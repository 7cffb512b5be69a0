"""Two accounts of a CRM with the same numbers: asked about, and both stay where they are others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

Write = Callable[[Rows], bytes]
LEADS = ["Lead ID", "Created Date", "Company", "Lead Source", "Lead Status"]
LEADS_ZH = ["线索编号", "创建时间", "客户名称", "线索来源", "线索状态"]
VISITS = ["Activity ID", "Activity Date", "Customer", "Sales Rep", "Activity Type"]
VISITS_ZH = ["活动编号", "拜访日期", "客户", "业务员", "拜访类型"]
FIRST_LEADS = [
    ("1", "2026-01-05", "Alder", "Web", "New"),
    ("2", "2026-01-06", "Birch", "Web", "New"),
    ("3", "2026-01-07", "Cedar", "Fair", "New"),
]
OTHER_LEADS = [
    ("1", "2026-02-05", "Maple", "Fair", "New"),
    ("2", "2026-02-06", "Oak", "Web", "New"),
    ("3", "2026-02-07", "Pine", "Web", "New"),
]
FIRST_VISITS = [
    ("1", "2026-01-05", "Alder", "Ann", "visit"),
    ("2", "2026-01-06", "Birch", "Bob", "visit"),
    ("3", "2026-01-07", "Cedar", "Ann", "call"),
]
OTHER_VISITS = [
    ("1", "2026-02-05", "Maple", "Cai", "visit"),
    ("2", "2026-02-06", "Oak", "Dee", "visit"),
    ("3", "2026-02-07", "Pine", "Cai", "call"),
]
ACCOUNTS = [
    pytest.param("leads", LEADS, FIRST_LEADS, OTHER_LEADS, as_csv, id="leads"),
    pytest.param("leads", LEADS, FIRST_LEADS, OTHER_LEADS, as_xlsx, id="leads-workbook"),
    pytest.param("leads", LEADS_ZH, FIRST_LEADS, OTHER_LEADS, as_csv, id="leads-chinese"),
    pytest.param("activities", VISITS, FIRST_VISITS, OTHER_VISITS, as_csv, id="activities"),
    pytest.param(
        "activities", VISITS, FIRST_VISITS, OTHER_VISITS, as_xlsx, id="activities-workbook"
    ),
    pytest.param(
        "activities", VISITS_ZH, FIRST_VISITS, OTHER_VISITS, as_csv, id="activities-chinese"
    ),
]


@pytest.mark.parametrize(("table", "header", "known", "others", "write"), ACCOUNTS)
def test_leads_and_activities_of_another_account_are_asked_about(
    store: Store, table: str, header: list[str], known: Rows, others: Rows, write: Write
) -> None:
    def rows() -> int:
        ((count,),) = store.rows(f'SELECT count(*) FROM "{table}"')
        return int(count)

    brought(store, "north.dat", write([header, *known]))
    (draft,) = drafts_of(store, "south.dat", write([header, *others]))
    (key,) = asked(store, draft)
    assert draft.table == table
    assert draft.reused is not None
    assert key.endswith("/reused")
    brought(store, "south.dat", write([header, *others]), {key: draft.reused.options[1]})
    assert rows() == 6
    # Newer exports of both find their own.
    later = [*others[1:], ("4", *others[0][1:])]
    brought(store, "south.dat", write([header, *later]))
    assert rows() == 7
    changed = [(*row[:4], known[2][4]) for row in known]
    (draft,) = drafts_of(store, "north.dat", write([header, *changed]))
    assert asked(store, draft) == []
    brought(store, "north.dat", write([header, *changed]))
    assert rows() == 7
