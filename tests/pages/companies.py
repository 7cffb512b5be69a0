"""Small invented companies, one Chinese and one English, as files and as rows to add up."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import openpyxl
import pandas as pd

FIRST = date(2025, 1, 2)
AS_OF = date(2026, 3, 18)
MONTH = date(2026, 3, 1)

COLUMNS = (
    "order_id", "line_no", "order_date", "customer", "rep", "product", "category", "region",
    "channel", "quantity", "amount", "status",
)  # fmt: skip


@dataclass(frozen=True)
class Company:
    """A company's orders, deals and people, as its own system would write them."""

    order_headers: tuple[str, ...]
    deal_headers: tuple[str, ...]
    rep_headers: tuple[str, ...]
    payment_headers: tuple[str, ...]
    names: tuple[str, str, str, str]  # of the files: orders, deals, reps, payments
    reps: dict[str, tuple[str, str]]  # rep → team, region
    products: dict[str, str]  # product → category
    customers: tuple[str, ...]
    channels: tuple[str, ...]
    valid: str
    cancelled: str
    stages: dict[str, str]  # stage → status

    def orders(self) -> pd.DataFrame:
        """Every order line, columns by their canonical names, the same each time."""
        chance = random.Random(7)
        rows: list[tuple[Any, ...]] = []
        day, number = FIRST, 0
        while day <= AS_OF:
            for _ in range(2 if day.weekday() < 5 else 0):
                number += 1
                rep = chance.choice(list(self.reps))
                product = chance.choice(list(self.products))
                quantity = chance.randint(1, 9)
                status = self.cancelled if number % 23 == 0 else self.valid
                rows.append((
                    f"S{number:05d}", "1", day, chance.choice(self.customers), rep, product,
                    self.products[product], self.reps[rep][1], chance.choice(self.channels),
                    quantity, round(quantity * chance.choice((1180.5, 2640.0, 5315.25)), 2), status,
                ))  # fmt: skip
            day += timedelta(days=1)
        return pd.DataFrame(rows, columns=list(COLUMNS))

    def counted(self) -> pd.DataFrame:
        """The order lines that make the actual: all but the cancelled ones."""
        orders = self.orders()
        return orders[orders["status"] != self.cancelled]

    def deals(self) -> list[tuple[Any, ...]]:
        chance = random.Random(11)
        stages = list(self.stages)
        found = []
        for number in range(60):
            stage = stages[number % len(stages)]
            created = date(2025, 9, 1) + timedelta(days=3 * number)
            closed = self.stages[stage] != "open"
            found.append((
                f"D{number:03d}", chance.choice(self.customers), chance.choice(list(self.reps)),
                stage, 10_000 + 500 * number, created,
                created + timedelta(days=chance.randint(12, 20)) if closed else "",
            ))  # fmt: skip
        return found

    def files(self) -> dict[str, bytes]:
        """File name → bytes: orders and reps as CSV, deals as a workbook, payments as CSV."""
        orders, deals, reps, payments = self.names
        counted = self.counted()
        paid = counted[counted["order_date"] >= MONTH].iloc[::2]
        return {
            orders: csv_of(self.order_headers, self.orders().itertuples(index=False)),
            deals: workbook_of(self.deal_headers, self.deals()),
            reps: csv_of(self.rep_headers, [(rep, *at) for rep, at in self.reps.items()]),
            payments: csv_of(
                self.payment_headers,
                [
                    (f"P{at}", row.order_date, row.order_id, row.customer, row.amount)
                    for at, row in enumerate(paid.itertuples(index=False))
                ],
            ),
        }

    def collected(self) -> float:
        """What the file of payments brings in the month."""
        counted = self.counted()
        return float(counted[counted["order_date"] >= MONTH].iloc[::2]["amount"].sum())


def csv_of(headers: Sequence[str], rows: Any) -> bytes:
    """A CSV as Excel writes it: UTF-8 with its mark, lines ended by CR LF."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(headers)
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8-sig")


def workbook_of(headers: Sequence[str], rows: Any, sheet: str = "Sheet1") -> bytes:
    """One sheet as .xlsx."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = sheet
    for row in (headers, *rows):
        book.active.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    book.close()
    return stream.getvalue()


CHINESE = Company(
    order_headers=(
        "订单号", "行号", "下单日期", "客户名称", "业务员", "产品名称", "产品类别", "区域", "渠道",
        "数量", "销售额", "订单状态",
    ),
    deal_headers=("商机编号", "客户名称", "负责人", "商机阶段", "商机金额", "创建日期", "成交日期"),
    rep_headers=("销售员", "团队", "区域"),
    payment_headers=("回款编号", "回款日期", "订单号", "客户名称", "回款金额"),
    names=("订单.csv", "商机.xlsx", "销售人员.csv", "回款.csv"),
    reps={
        "林晓峰": ("一部", "华东"),
        "周敏": ("一部", "华东"),
        "何志远": ("二部", "华南"),
        "苏婷": ("二部", "华北"),
    },
    products={"立式离心泵": "水泵", "多级泵": "水泵", "变频控制柜": "电控", "压力传感器": "电控"},
    customers=("宏远机电", "新航化工", "大成建设", "瑞丰水务", "凯旋纺织"),
    channels=("直销", "经销"),
    valid="已完成",
    cancelled="已取消",
    stages={"初步接触": "open", "方案报价": "open", "赢单": "won", "输单": "lost"},
)  # fmt: skip

ENGLISH = Company(
    order_headers=(
        "Order ID", "Line No", "Order Date", "Customer", "Sales Rep", "Product", "Category",
        "Region", "Channel", "Quantity", "Amount", "Order Status",
    ),
    deal_headers=(
        "Deal ID", "Customer", "Owner", "Stage", "Amount", "Created Date", "Closed Date",
    ),
    rep_headers=("Sales Rep", "Team", "Region"),
    payment_headers=("Payment ID", "Payment Date", "Order ID", "Customer", "Amount"),
    names=("orders.csv", "deals.xlsx", "reps.csv", "payments.csv"),
    reps={
        "Ada Finch": ("Team A", "North"),
        "Ben Holt": ("Team A", "North"),
        "Cora Lind": ("Team B", "South"),
        "Dan Moss": ("Team B", "West"),
    },
    products={"Pump V": "Pumps", "Pump H": "Pumps", "Cabinet": "Controls", "Sensor": "Controls"},
    customers=("Harrow Mills", "Tidewater", "Northgate Build", "Kestrel Textiles"),
    channels=("Direct", "Dealer"),
    valid="Completed",
    cancelled="Cancelled",
    stages={"Contact": "open", "Proposal": "open", "Closed Won": "won", "Closed Lost": "lost"},
)  # fmt: skip
