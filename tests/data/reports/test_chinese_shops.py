"""Hold that lists of Chinese platforms count what was paid less refunds, in yuan."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store import settings
from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales


def by_columns(text: str) -> list[list[str]]:
    """Return the rows of a table that is written a column a line: header | value | value …"""
    columns = [[*map(str.strip, line.split("|"))] for line in text.strip().splitlines()]
    return [[*row] for row in zip(*columns, strict=True)]


TAOBAO = by_columns("""
    订单编号 | 1001 | 1002 | 1003 | 1004
    买家会员名 | tb1 | tb2 | tb3 | tb4
    买家应付货款 | 120 | 160 | 80 | 60
    买家应付邮费 | 10 | 0 | 0 | 0
    总金额 | 130 | 160 | 80 | 60
    买家实际支付金额 | 120 | 140 | 0 | 60
    订单状态 | 交易成功 | 卖家已发货,等待买家确认 | 等待买家付款 | 交易关闭
    订单创建时间 | 2026-03-02 10:01 | 2026-03-05 11:01 | 2026-03-06 12:01 | 2026-03-07 12:01
    订单付款时间 | 2026-03-02 10:02:02 | 2026-03-05 11:02:02 |  | 2026-03-07 12:09:02
    宝贝标题 | 连衣裙 | 牛仔裤 | 衬衫 | T恤
    宝贝总数量 | 2 | 1 | 1 | 1
    退款金额 | 0 | 10 | 0 | 60
    店铺名称 | 花园店 | 花园店 | 花园店 | 花园店
""")
# 100 of goods less a coupon of 10, of which 10 came back.
TMALL_LINES = by_columns("""
    子订单编号 | 2001 | 2003 | 2004
    主订单编号 | 2001 | 2002 | 2004
    标题 | 连衣裙 | 牛仔裤 | 衬衫
    价格 | 60 | 100 | 50
    购买数量 | 2 | 1 | 1
    商品属性 | 红 | 蓝 | 白
    订单状态 | 交易成功 | 交易成功 | 买家已付款,等待卖家发货
    买家应付货款 | 120 | 100 | 50
    买家实际支付金额 | 120 | 90 | 50
    退款状态 | 没有申请退款 | 退款成功 | 没有申请退款
    退款金额 |  | 10 |
    订单创建时间 | 2026-03-02 10:01:02 | 2026-03-05 11:01:02 | 2026-03-05 11:01:02
    订单付款时间 | 2026-03-02 10:02:02 | 2026-03-05 11:02:02 | 2026-03-05 11:02:02
""")
# The order's own columns stand on its first item; 1,000 + 20 − 50 were paid.
ALIBABA = by_columns("""
    订单编号 | 3301 |  | 3302 | 3303
    买家公司名 | 甲公司 |  | 乙公司 | 丙公司
    买家会员名 | a |  | b | c
    卖家公司名 | 我司 |  | 我司 | 我司
    卖家会员名 | w |  | w | w
    货品总价(元) | 1000 |  | 500 | 300
    运费(元) | 20 |  | 0 | 0
    涨价或折扣(元) | -50 |  | 0 | 0
    实付款(元) | 970 |  | 500 | 300
    订单状态 | 交易成功 |  | 等待买家确认收货 | 交易关闭
    订单创建时间 | 2026-03-02 10:01:02 |  | 2026-03-04 10:01:02 | 2026-03-05 10:01:02
    订单付款时间 | 2026-03-02 11:01:02 |  | 2026-03-04 11:01:02 |
    货品标题 | 保温杯 | 水壶 | 保温杯 | 保温杯
    单价(元) | 20 | 40 | 20 | 20
    数量 | 30 | 10 | 25 | 15
    单位 | 个 | 个 | 个 | 个
""")
YOUZAN = by_columns("""
    订单号 | E1 | E2 | E3
    订单状态 | 交易完成 | 商家已发货 | 待付款
    买家姓名 | 张三 | 李四 | 王五
    订单创建时间 | 2026-03-02 10:00:01 | 2026-03-03 10:00:01 | 2026-03-04 10:00:01
    买家付款时间 | 2026-03-02 10:00:31 | 2026-03-03 10:00:31 |
    商品名称 | 咖啡豆 | 咖啡壶 | 咖啡壶
    商品种类数 | 1 | 1 | 1
    商品金额合计 | 200 | 300 | 300
    运费 | 10 | 0 | 0
    店铺优惠合计 | 20 | 30 | 0
    应收订单金额 | 190 | 270 | 300
    订单实付金额 | 190 | 270 | 0
    订单已退款金额 | 0 | 50 | 0
    归属店铺 | 总店 | 总店 | 总店
""")
# The shop receives what the buyer paid and the platform's own coupons.
PINDUODUO = by_columns("""
    商品 | 毛巾 | 浴巾 | 浴巾
    订单号 | 260302-1 | 260303-1 | 260304-1
    订单状态 | 已收货 | 已发货，待收货 | 未发货，退款成功
    商品总价(元) | 40 | 60 | 60
    店铺优惠折扣(元) | 5 | 0 | 0
    平台优惠折扣(元) | 3 | 0 | 0
    多多支付立减金额(元) | 0 | 2 | 0
    用户实付金额(元) | 32 | 58 | 60
    商家实收金额(元) | 35 | 60 | 60
    商品数量(件) | 2 | 1 | 1
    商家编码-规格维度 | T1 | T2 | T2
    售后状态 | 无售后或售后取消 | 无售后或售后取消 | 退款成功
    订单成交时间 | 2026-03-02 10:00:00 | 2026-03-03 10:00:00 | 2026-03-04 10:00:00
""")
JINGDONG = by_columns("""
    订单号 | 281 | 282 | 283
    商品ID | 100 | 101 | 102
    商品名称 | 耳机 | 音箱 | 键盘
    订购数量 | 1 | 2 | 1
    支付方式 | 在线支付 | 在线支付 | 在线支付
    下单时间 | 2026-03-02 10:00:01 | 2026-03-03 10:00:01 | 2026-03-04 10:00:01
    京东价 | 200 | 150 | 90
    订单金额 | 200 | 300 | 90
    结算金额 | 190 | 280 | 90
    余额支付 | 0 | 0 | 0
    应付金额 | 180 | 280 | 90
    订单状态 | 完成 | 等待出库 | (删除)等待出库
    下单帐号 | a | b | c
    客户姓名 | 张三 | 李四 | 王五
""")
SHOPS = [
    pytest.param(TAOBAO, "ExportOrderList1.csv", "taobao", "250", id="taobao"),
    pytest.param(TAOBAO, "三月.xlsx", "taobao", "250", id="taobao-xlsx"),
    pytest.param(TMALL_LINES, "lines.csv", "taobao", "250", id="tmall-lines"),
    pytest.param(ALIBABA, "1688.xlsx", "taobao", "1470", id="1688"),
    pytest.param(YOUZAN, "orders.csv", "youzan", "410", id="youzan"),
    pytest.param(PINDUODUO, "orders.csv", "pinduoduo", "95", id="pinduoduo"),
]


def content_of(rows: Rows, file: str) -> bytes:
    return as_csv(rows) if file.endswith("csv") else as_xlsx(rows)


@pytest.mark.parametrize("reporting", ["CNY", "EUR"])
@pytest.mark.parametrize(("rows", "file", "system", "total"), SHOPS)
def test_what_was_paid_less_refunds_counts_in_yuan(
    store: Store, rows: Rows, file: str, system: str, total: str, reporting: str
) -> None:
    settings.choose(store, "currency", reporting)
    (draft,) = drafts_of(store, file, content_of(rows, file))
    assert (draft.system, asked(store, draft)) == (system, [])
    assert draft.sheet and "currency_of_system" in [note.code for note in draft.sheet.notes]
    brought(store, file, content_of(rows, file))
    assert sales(store) == Decimal(total)
    assert store.rows("SELECT DISTINCT currency FROM orders") == [("CNY",)]
    assert sales(store, "status = 'returned'") == 0


@pytest.mark.parametrize(
    ("answer", "total"), [("应付金额", "460"), ("结算金额", "470"), ("订单金额", "500")]
)
def test_of_what_jingdong_lists_the_user_is_asked(store: Store, answer: str, total: str) -> None:
    (draft,) = drafts_of(store, "jd.csv", as_csv(JINGDONG))
    assert asked(store, draft) == ["amount/column"]
    brought(store, "jd.csv", as_csv(JINGDONG), {"amount/column": answer})
    assert sales(store) == Decimal(total)


ALIPAY = by_columns("""
    交易时间 | 2026-03-02 10:00:01 | 2026-03-03 10:00:01
    交易分类 | 收入 | 收入
    交易对方 | 甲 | 乙
    商品说明 | 货款 | 货款
    收/支 | 收入 | 收入
    金额 | 100.00 | 200.00
    收/付款方式 | 余额 | 余额
    交易订单号 | P1 | P2
    商家订单号 | A1 | A2
""")


@pytest.mark.parametrize("reporting", ["CNY", "USD"])
def test_a_bill_of_alipay_is_in_yuan(store: Store, reporting: str) -> None:
    settings.choose(store, "currency", reporting)
    brought(store, "bill.csv", as_csv(ALIPAY))
    assert store.rows("SELECT currency, sum(amount) FROM payments GROUP BY 1") == [
        ("CNY", Decimal("300"))
    ]


def test_what_a_list_says_of_its_currency_goes_before_the_platforms(store: Store) -> None:
    settings.choose(store, "currency", "EUR")
    header, *rows = TAOBAO
    named = [[*header, "币种"], *([*row, "HKD"] for row in rows)]
    brought(store, "orders.csv", as_csv(named))
    assert store.rows("SELECT DISTINCT currency FROM orders") == [("HKD",)]


@pytest.mark.parametrize(
    ("header", "none", "whole"),
    [
        ("订单编号,下单日期,客户,金额,退款状态,退款金额", "未退款", "退款成功"),
        ("Order No,Order Date,Customer,Amount,Refund status,Refund amount", "none", "refunded"),
    ],
)
@pytest.mark.parametrize(("back", "total"), [("20", "280"), ("", "100")])
def test_a_refund_of_a_part_takes_off_that_part(
    store: Store, header: str, none: str, whole: str, back: str, total: str
) -> None:
    rows = [
        header.split(","),
        ["T1", "2026-03-02", "C1", "100", none, ""],
        ["T2", "2026-03-03", "C2", "200", whole, back],
    ]
    brought(store, "orders.csv", as_csv(rows))
    assert sales(store, "status IS DISTINCT FROM 'returned'") == Decimal(total)
