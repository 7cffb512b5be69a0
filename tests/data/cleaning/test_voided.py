from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pytest

from data.cleaning import clean
from data.ingest import history
from data.matching import recognise, systems
from data.matching.systems import FOLDER, PENDING, REASONS, counted
from data.store.database import Store
from domain.tables import TABLES, table
from pages.kit.i18n.note_words import PROBLEMS
from tests.conftest import bring

FXIAOKE = ("销售订单编号", "客户名称", "负责人", "下单日期", "销售订单金额", "订单状态", "生命状态")
ORDERS = [
    ("SO1", "甲厂", "张伟", "2026-11-01", "1000", "已确认", "正常"),
    ("SO2", "乙厂", "李娜", "2026-11-02", "250.5", "已确认", "作废"),
    ("SO3", "丙厂", "李娜", "2026-11-03", "40", "已确认", "审核中"),
    ("SO4", "丁厂", "王芳", "2026-11-04", "7", "已确认", "未生效"),
    ("SO5", "丁厂", "王芳", "2026-11-05", "3000", "已确认", None),
]


def cleaned(header, rows, name, system=None, mapping=None):
    columns = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
    numbers = pa.array(range(2, len(rows) + 2), pa.int64())
    sheet = pa.table([*columns, numbers], names=[*map(str, range(len(columns))), "row"])
    samples = [column.to_pylist() for column in columns]
    found = recognise.recognise(header, samples, "export.csv", "", into=name)
    assert system is None or found.system == system
    words = systems.words(name, found.system)
    call = (sheet, header, mapping or found.mapping, table(name), {}, words, None, 2026)
    return clean.clean(clean.CleanTask(*call, counted=counted(name, found.system)))


def adds_up(got):
    assert got.rows_in == got.rows.num_rows + sum(got.left_out.values())
    for name, total in got.money_in.items():
        kept = sum(one or Decimal(0) for one in got.rows[name].to_pylist())
        assert total == kept + sum(got.money_left_out[name].values())


def test_only_records_of_fxiaoke_that_are_in_force_are_kept_and_the_others_are_told():
    got = cleaned(FXIAOKE, ORDERS, "orders", "fxiaoke")
    assert got.rows["order_id"].to_pylist() == ["SO1", "SO2", "SO5"]
    assert got.rows["status"].to_pylist() == ["valid", "cancelled", "valid"]
    assert got.left_out == {"record_pending": 2}
    assert got.money_left_out["amount"] == {"record_pending": Decimal(47)}
    assert [(one.why, one.value) for one in got.problems] == [("void_as_cancelled", "1")]
    adds_up(got)


def test_a_void_row_does_not_take_the_place_of_a_good_one_with_its_number():
    rows = [ORDERS[0], ("SO1", "甲厂", "张伟", "2026-11-01", "900", "已确认", "作废")]
    got = cleaned(FXIAOKE, rows, "orders")
    assert got.rows["amount"].to_pylist() == [1000]
    assert got.left_out == {"record_void": 1}
    adds_up(got)


def test_a_void_row_with_a_fault_is_void_and_no_problem():
    rows = [*ORDERS[:1], ("SO9", "甲厂", "张伟", "soon", "x", "已确认", "作废")]
    got = cleaned(FXIAOKE, rows, "orders")
    assert (got.left_out, got.problems) == ({"record_void": 1}, ())


def test_a_void_row_whose_number_another_row_has_is_left_out_wherever_it_stands():
    rows = [("SO1", "甲厂", "张伟", "2026-11-01", "900", "已确认", "作废"), ORDERS[0]]
    got = cleaned(FXIAOKE, rows, "orders")
    assert got.rows["amount"].to_pylist() == [1000]
    assert got.left_out == {"record_void": 1}


def test_an_order_that_is_voided_after_it_came_counts_no_more_until_the_import_is_undone(
    store: Store, inline: None
) -> None:
    def export(*rows: tuple[str | None, ...]) -> dict[str, str]:
        return {
            "销售订单.csv": "\n".join(",".join(x or "" for x in row) for row in (FXIAOKE, *rows))
        }

    def counting() -> list[tuple[object, ...]]:
        return store.rows(
            "SELECT order_id, amount FROM orders WHERE status IS DISTINCT FROM 'cancelled'"
        )

    good = ("SO2", "乙厂", "李娜", "2026-11-02", "250.5", "已确认", "正常")
    bring(store, export(good))
    assert counting() == [("SO2", Decimal("250.5"))]
    (later,) = bring(store, export((*good[:-1], "作废")))
    assert counting() == []
    history.take_back(store, later.import_id or 0)
    assert counting() == [("SO2", Decimal("250.5"))]


def test_a_column_that_somebody_matched_is_no_rule():
    names = ("order_id", "customer", "rep", "order_date", "amount")
    mapping = {name: at for at, name in enumerate(names)} | {"status": 6}
    got = cleaned(FXIAOKE, ORDERS[:2], "orders", mapping=mapping)
    assert got.rows["status"].to_pylist() == ["valid", "cancelled"]


@pytest.mark.parametrize(
    ("name", "system", "header", "rows", "left"),
    [
        ("deals", "salesforce",
         ("Id", "Opportunity Name", "StageName", "Amount", "CloseDate", "IsDeleted"),
         [("1", "A", "Prospecting", "5", "2026-12-01", "false"),
          ("2", "B", "Prospecting", "7", "2026-12-01", "true")],
         {"record_deleted": 1}),
        ("orders", "erpnext",
         ("ID", "transaction_date", "naming_series", "grand_total", "docstatus"),
         [("SAL-ORD-1", "2026-12-01", "S", "5", "1"), ("SAL-ORD-2", "2026-12-01", "S", "6", "2"),
          ("SAL-ORD-3", "2026-12-01", "S", "7", "0")],
         {"record_pending": 1}),
        ("payments", "generic", ("回款日期", "客户", "回款金额", "状态"),
         [("2026-11-01", "甲", "5", "已到账"), ("2026-11-01", "乙", "6", "已作废")],
         {"record_void": 1}),
    ],
    ids=["salesforce recycle bin", "erpnext cancelled and draft", "any void payment"],
)  # fmt: skip
def test_other_systems_say_it_in_their_own_way(name, system, header, rows, left):
    got = cleaned(header, rows, name, system)
    assert got.left_out == left
    assert got.rows.num_rows == len(rows) - sum(left.values())
    adds_up(got)


def test_every_reason_has_its_sentence():
    assert set(REASONS) <= set(PROBLEMS)
    for system in systems.systems():
        for one in TABLES:
            for rule in counted(one.name, system):
                assert rule.headers
                assert set(rule.why.values()) | {PENDING} <= set(REASONS)
                assert not rule.only & set(rule.why)


def test_a_reason_of_no_sentence_or_a_table_of_no_name_is_refused(tmp_path, monkeypatch):
    lines = 'name = "acme"\nlabel = "Acme"\n[[counted]]\nheaders = ["State"]\n'
    for more in ('[counted.why]\nlost = ["x"]\n', 'tables = ["nothing"]\n'):
        (tmp_path / "acme.toml").write_text(lines + more)
        monkeypatch.setenv(FOLDER, str(tmp_path))
        systems.systems.cache_clear()
        try:
            with pytest.raises(ValueError, match="acme"):
                systems.systems()
        finally:
            monkeypatch.delenv(FOLDER)
            systems.systems.cache_clear()


def test_a_day_of_another_generation_is_left_out_where_the_others_are_of_this_one():
    header = ("订单号", "下单日期", "金额")
    rows = [(f"A{at}", f"2026-11-{at + 1:02d}", "10") for at in range(5)]
    got = cleaned(header, [*rows, ("A9", "2062-11-12", "900")], "orders")
    assert got.left_out == {"date_far_ahead": 1}
    assert [(one.value, one.why) for one in got.problems] == [("2062-11-12", "date_far_ahead")]
    assert got.money_left_out["amount"] == {"date_far_ahead": Decimal(900)}
    adds_up(got)


def test_days_that_all_lie_ahead_and_those_that_may_stay():
    header = ("订单号", "下单日期", "金额")
    rows = [(f"A{at}", f"2062-11-{at + 1:02d}", "10") for at in range(5)]
    assert not cleaned(header, rows, "orders").left_out
    header = ("合同编号", "签订日期", "合同金额", "到期日期")
    rows = [("C1", "2026-01-01", "5", "2026-12-31"), ("C2", "2026-01-01", "5", "2036-12-31"),
            ("C3", "2026-01-01", "5", "2027-12-31")]  # fmt: skip
    assert cleaned(header, rows, "contracts").rows["end_date"].null_count == 0


def test_an_order_whose_status_is_not_known_counts_and_is_told():
    header = ("订单号", "下单日期", "金额", "订单状态")
    rows = [("A1", "2026-11-01", "10", "已发货"), ("A2", "2026-11-02", "20", "会签中")]
    got = cleaned(header, rows, "orders")
    assert got.rows.num_rows == 2
    assert [(one.value, one.why, one.outcome) for one in got.problems] == [
        ("会签中", "unknown_status", "value_left_out")
    ]


def test_an_order_list_taken_as_contracts_gives_its_amount_and_not_what_was_collected():
    header = (
        "销售订单编号",
        "客户名称",
        "负责人",
        "下单日期",
        "销售订单金额",
        "已回款金额",
        "待回款金额",
    )
    rows = [[f"SO{at}", f"客户{at}", "张伟", f"2026-11-0{at + 1}", f"{1000 + at}", f"{at}", "1"]
            for at in range(6)]  # fmt: skip
    found = recognise.recognise(
        header, list(zip(*rows, strict=True)), "订单.xlsx", "", into="contracts"
    )
    assert found.mapping["amount"] == 4
    (told,) = [one for one in found.columns if one.column == "amount"]
    assert told.confidence < recognise.SURE
