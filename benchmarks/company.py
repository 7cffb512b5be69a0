# ruff: noqa: S608 (all that goes into the statements are constants of this module)
"""Make an invented company of any size, the same each time: as files and as a database.

>>> orders_csv(folder / "orders.csv", 1_000_000)
>>> database(folder / "yuepan.duckdb", 10_000_000)

Values are hashes of the row's number: no random state is kept, and the engine makes
ten million lines by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import duckdb
import openpyxl

from data.store.database import Store, opened

LAST = date(2026, 3, 18)
DAYS = 540
FIRST = LAST - timedelta(days=DAYS - 1)
REPS, CUSTOMERS, PRODUCTS, PARTNERS = 24, 400, 12, 5

_REGIONS = "['华东', '华南', '华北', '西部']"
_CHANNELS = "['直销', '经销商', '电商', '合作伙伴', '电话']"
_STAGES = "['初步接触', '需求确认', '方案报价', '商务谈判', '赢单', '输单']"

# One order has three lines; `n` is the line's number from 0.
_ORDERS = f"""
SELECT 'S' || lpad((n // 3)::VARCHAR, 9, '0') AS order_id,
       (n % 3 + 1)::VARCHAR AS line_no,
       DATE '{FIRST}' + (hash(n // 3, 1) % {DAYS})::INTEGER AS order_date,
       '客户' || lpad((hash(n // 3, 2) % {CUSTOMERS})::VARCHAR, 4, '0') || '有限公司' AS customer,
       '销售' || lpad((hash(n // 3, 3) % {REPS})::VARCHAR, 2, '0') AS rep,
       '产品' || lpad((hash(n, 4) % {PRODUCTS})::VARCHAR, 2, '0') AS product,
       '品类' || (hash(n, 4) % 3)::VARCHAR AS category,
       {_REGIONS}[(hash(n // 3, 3) % 4)::INTEGER + 1] AS region,
       {_CHANNELS}[(hash(n // 3, 5) % 5)::INTEGER + 1] AS channel,
       (hash(n, 6) % 20 + 1)::INTEGER AS quantity,
       (hash(n, 7) % 90000 + 10000) / 100 :: DECIMAL(18, 2) AS unit_price
FROM range(?) AS made(n)
"""
_LINES = (
    "SELECT *, (quantity * unit_price)::DECIMAL(18, 2) AS amount FROM "
    f"(SELECT * REPLACE (unit_price::DECIMAL(18, 2) AS unit_price) FROM ({_ORDERS}))"
)

_DEALS = f"""
SELECT 'D' || lpad(n::VARCHAR, 6, '0') AS deal_id,
       '客户' || lpad((hash(n, 2) % {CUSTOMERS})::VARCHAR, 4, '0') || '有限公司' AS customer,
       '销售' || lpad((hash(n, 3) % {REPS})::VARCHAR, 2, '0') AS rep,
       {_STAGES}[(hash(n, 4) % 6)::INTEGER + 1] AS stage,
       CASE WHEN hash(n, 5) % 20 > 0 THEN (hash(n, 6) % 900 + 100) * 100 END AS amount,
       DATE '{FIRST}' + (hash(n, 7) % {DAYS - 60})::INTEGER AS created_date,
       CASE WHEN hash(n, 4) % 6 >= 4
            THEN DATE '{FIRST}' + (hash(n, 7) % {DAYS - 60} + hash(n, 8) % 60)::INTEGER END
       AS closed_date,
       '产品' || lpad((hash(n, 9) % {PRODUCTS + 1})::VARCHAR, 2, '0') AS product
FROM range(5000) AS made(n)
"""

_REPS = f"""
SELECT '销售' || lpad(n::VARCHAR, 2, '0') AS rep, '第' || (n % 6 + 1)::VARCHAR || '组' AS team,
       {_REGIONS}[(n % 4)::INTEGER + 1] AS region
FROM range({REPS}) AS made(n)
"""

_PRODUCTS = f"""
SELECT '产品' || lpad(n::VARCHAR, 2, '0') AS product, '品类' || (n % 3)::VARCHAR AS category,
       (n + 1) * 1000 AS list_price
FROM range({PRODUCTS}) AS made(n)
"""

_CUSTOMERS = f"""
SELECT '客户' || lpad(n::VARCHAR, 4, '0') || '有限公司' AS customer,
       ['potential', 'ordinary', 'key'][(n % 3)::INTEGER + 1] AS class
FROM range({CUSTOMERS}) AS made(n)
"""

# Canonical column → the header in the files.
ORDER_HEADERS = {
    "order_id": "订单号", "line_no": "行号", "order_date": "下单日期", "customer": "客户名称",
    "rep": "业务员", "product": "产品名称", "category": "产品类别", "region": "区域",
    "channel": "渠道", "quantity": "数量", "unit_price": "单价", "amount": "销售额",
}  # fmt: skip
_DEAL_HEADERS = {
    "deal_id": "商机编号", "customer": "客户名称", "rep": "负责人", "stage": "商机阶段",
    "amount": "商机金额", "created_date": "创建日期", "closed_date": "成交日期",
    "product": "产品名称",
}  # fmt: skip
_REP_HEADERS = {"rep": "销售员", "team": "团队", "region": "区域"}


def orders_csv(path: Path, lines: int) -> Path:
    """Write order lines of twelve columns as a CSV in UTF-8; a million are about 120 MB."""
    return _csv(path, _LINES, ORDER_HEADERS, [lines])


def small_files(folder: Path) -> list[Path]:
    """Write the deals and the people of the same company as CSV files."""
    return [
        _csv(folder / "商机.csv", _DEALS, _DEAL_HEADERS),
        _csv(folder / "销售人员.csv", _REPS, _REP_HEADERS),
    ]


def orders_xlsx(path: Path, lines: int) -> Path:
    """Write the same order lines as one sheet, with dates as dates."""
    with duckdb.connect() as connection:
        rows = connection.execute(_with_headers(_LINES, ORDER_HEADERS), [lines]).fetchall()
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("订单")
    sheet.append(list(ORDER_HEADERS.values()))
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def database(path: Path, lines: int) -> Store:
    """Return an open store with `lines` order lines and all else that the week page reads.

    The rows are made inside the engine, since not their import is measured but their
    reading. One order in fifty is cancelled, one in two hundred returned, one in a
    hundred shared.
    """
    store = opened(path)
    with store.writing("facts", "plan") as cursor:
        cursor.execute(f"CREATE TEMP TABLE made AS {_LINES}", [lines])
        for statement in _INSERTS:
            cursor.execute(statement)
        cursor.execute("DROP TABLE made")
    return store


_INSERTS = (
    "INSERT INTO orders BY NAME SELECT *, 1 AS import_id, 1 AS row_no, CASE WHEN hash(order_id, 1)"
    " % 50 = 0 THEN 'cancelled' ELSE 'valid' END AS status FROM made",
    "INSERT INTO returns BY NAME SELECT DISTINCT order_id, 1 AS import_id, 1 AS row_no FROM made "
    "WHERE hash(order_id, 2) % 200 = 0",
    "INSERT INTO credits BY NAME SELECT DISTINCT order_id, '销售' || lpad(((hash(order_id, 4) + i) "
    f"% {REPS})::VARCHAR, 2, '0') AS rep, 0.5 AS share, 1 AS import_id, 1 AS row_no "
    "FROM made, range(2) AS parts(i) WHERE hash(order_id, 3) % 100 = 0",
    "INSERT INTO payments BY NAME SELECT 'P' || order_id AS payment_id, order_id, "
    "order_date AS payment_date, customer, rep, amount, 1 AS import_id, 1 AS row_no FROM made "
    "WHERE line_no = '1' AND hash(order_id, 5) % 10 = 0",
    "INSERT INTO deals BY NAME SELECT *, 1 AS import_id, 1 AS row_no, CASE stage WHEN '赢单' "
    f"THEN 'won' WHEN '输单' THEN 'lost' ELSE 'open' END AS status FROM ({_DEALS})",
    f"INSERT INTO reps BY NAME SELECT *, 1 AS import_id, 1 AS row_no FROM ({_REPS})",
    f"INSERT INTO products BY NAME SELECT *, 1 AS import_id, 1 AS row_no FROM ({_PRODUCTS})",
    f"INSERT INTO customers BY NAME SELECT *, 1 AS import_id, 1 AS row_no FROM ({_CUSTOMERS})",
    "INSERT INTO targets BY NAME SELECT strftime(max(order_date), '%Y-%m') AS period, "
    "'company' AS scope_kind, sum(amount) / 17 AS target, 1 AS import_id, 1 AS row_no FROM made",
)


def _csv(
    path: Path, query: str, headers: Mapping[str, str], parameters: Sequence[object] = ()
) -> Path:
    with duckdb.connect() as connection:
        connection.execute(
            f"CREATE TABLE made AS {_with_headers(query, headers)}", list(parameters)
        )
        connection.table("made").write_csv(str(path), header=True)
    return path


def _with_headers(query: str, headers: Mapping[str, str]) -> str:
    columns = ", ".join(f'{column} AS "{header}"' for column, header in headers.items())
    return f"SELECT {columns} FROM ({query})"
