"""Files of shared credit: shares in two ways, and shares that are not the whole of an order."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

ENGLISH = ("Order ID", "Sales Rep", "Share")
CHINESE = ("订单编号", "销售人员", "分成比例")


def credits_of(store: Store) -> dict[tuple[str, str], float]:
    rows = store.rows("SELECT order_id, rep, share FROM credits ORDER BY ALL")
    return {(order, rep): float(share) for order, rep, share in rows}


WAYS = [
    pytest.param((60, 40), ["share/shares"], id="hundredths"),
    pytest.param(("60%", "40%"), [], id="percent-signs"),
    pytest.param(("60", "40"), ["share/shares"], id="texts"),
]


@pytest.mark.parametrize(("first", "questions"), WAYS)
@pytest.mark.parametrize("head", [ENGLISH, CHINESE])
def test_shares_in_two_ways_are_read_each_its_way(
    store: Store, head: tuple[str, ...], first: tuple[object, ...], questions: list[str]
) -> None:
    rows = [
        head,
        *(("C1", rep, share) for rep, share in zip(("Ann", "Bob"), first, strict=True)),
        ("C2", "Ann", 0.5),
        ("C2", "Bob", 0.5),
        ("C3", "Ann", 1),
    ]
    (draft,) = drafts_of(store, "credits.csv", as_csv(rows))
    assert asked(store, draft) == questions
    result = brought(store, "credits.csv", as_csv(rows), dict.fromkeys(questions, "each_way"))
    assert result.problem_count == 0
    assert credits_of(store) == {
        ("C1", "Ann"): 0.6, ("C1", "Bob"): 0.4, ("C2", "Ann"): 0.5, ("C2", "Bob"): 0.5,
        ("C3", "Ann"): 1,
    }  # fmt: skip


WHOLE = (("C9", "Ann", "60%"), ("C9", "Bob", "40%"))
REFUSED = [
    pytest.param([ENGLISH, ("C1", "Ann", "70%"), ("C1", "Bob", "70%"), *WHOLE], 2, id="too-much"),
    pytest.param([ENGLISH, ("C1", "Ann", "50%"), ("C1", "Bob", "30%"), *WHOLE], 2, id="too-little"),
    pytest.param([ENGLISH, ("C1", "Ann", "50%"), *WHOLE], 1, id="one-half"),
    pytest.param([ENGLISH, ("C1", "Ann", "120%"), *WHOLE], 1, id="more-than-one"),
    pytest.param(
        [CHINESE, ("C1", "王芳", "70%"), ("C1", "李明", "40%"),
         ("C9", "王芳", "60%"), ("C9", "李明", "40%")],
        2, id="zh",
    ),
    pytest.param(
        [ENGLISH, ("C1", "Ann", 70), ("C1", "Bob", 20), ("C9", "Ann", 60), ("C9", "Bob", 40)],
        2, id="hundredths",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "left_out"), REFUSED)
@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_shares_that_are_not_a_whole_are_left_out_with_their_reason(
    store: Store, rows: Rows, left_out: int, write: Callable[[Rows], bytes]
) -> None:
    file = "credits.xlsx" if write is as_xlsx else "credits.csv"
    result = brought(store, file, write(rows))
    assert result.left_out == {"shares_do_not_sum": left_out}
    assert {problem.why for problem in result.problems} == {"shares_do_not_sum"}
    assert {order for order, _rep in credits_of(store)} == {"C9"}


def test_thirds_that_are_rounded_are_a_whole(store: Store) -> None:
    rows = [ENGLISH, *(("C1", rep, "33.3%") for rep in ("Ann", "Bob", "Cid"))]
    assert brought(store, "credits.csv", as_csv(rows)).left_out == {}
    assert len(credits_of(store)) == 3


def test_lines_of_an_order_are_shared_each_by_itself(store: Store) -> None:
    rows = [
        ("Order ID", "Line no.", "Sales Rep", "Share"),
        ("C1", 1, "Ann", 1),
        ("C1", 2, "Bob", 1),
    ]
    assert brought(store, "credits.csv", as_csv(rows)).left_out == {}
    assert set(credits_of(store)) == {("C1", "Ann"), ("C1", "Bob")}
