"""The files in Chinese: as 纷享销客 exports them, and the company's own workbook.

>>> [one.file for one in sheets()][1]
'商机_2026-06-16.xlsx'
"""

from __future__ import annotations

from functools import partial

from data.sample import books, crm
from data.sample.days import LAST_EXPORT, TODAY
from data.sample.sheet import Sheet, sheet

_DEALS = """
deal_id=唯一性ID|deal_name=商机名称|customer=客户名称|rep=负责人|team=归属部门|stage=销售阶段|
status=商机状态|amount=商机金额|currency=币种|probability=赢率|forecast_category=预测类别|
created_date=创建时间|expected_close_date=预计结单日期|closed_date=实际结单日期|
stage_entered_date=阶段变更时间|last_activity_date=最后跟进时间|next_step=下一步计划|source=商机来源|
campaign=市场活动名称|product=产品名称|region=所属区域|channel=渠道|lost_reason=输单原因|
competitor=竞争对手|life=生命状态
"""


def sheets() -> tuple[Sheet, ...]:
    """Return every sheet, in the order of writing."""
    day, book = f"{TODAY:%Y-%m-%d}", f"澜衡测控经营数据_{TODAY:%Y-%m}.xlsx"
    before, now = (partial(crm.deals, day=exported) for exported in (LAST_EXPORT, TODAY))
    return (
        sheet(f"商机_{LAST_EXPORT:%Y-%m-%d}.csv", "deals", _DEALS, before),
        sheet(f"商机_{day}.xlsx", "deals", _DEALS, now),
        sheet(
            f"商机阶段变更记录_{day}.csv",
            "stage_history",
            "deal_id=商机ID|deal_name=商机名称|stage=变更后阶段|entered_at=进入时间|left_at=离开时间|"
            "amount=商机金额|expected_close_date=预计结单日期|rep=负责人",
            crm.stage_history,
        ),
        sheet(
            f"销售线索_{day}.csv",
            "leads",
            "lead_id=线索编号|customer=公司|rep=负责人|team=归属部门|source=线索来源|"
            "campaign=市场活动名称|status=线索状态|created_date=创建时间|qualified_date=确认有效日期|"
            "converted_date=转换时间|deal_id=商机ID|life=生命状态",
            crm.leads,
        ),
        sheet(
            f"客户_{day}.xlsx",
            "customers",
            "customer=客户名称|class=客户级别|industry=行业|region=所属区域|owner=负责人|team=归属部门|"
            "created_date=客户入库时间|life=生命状态",
            crm.customers,
        ),
        sheet(
            f"销售记录_{day}.csv",
            "activities",
            "activity_id=数据ID|kind=互动方式|customer=客户名称|deal_id=商机ID|rep=负责人|"
            "planned_date=计划拜访时间|activity_date=跟进时间|status=外勤状态|cost=费用|"
            "duration=停留时长|outcome=跟进正文|life=生命状态",
            crm.activities,
        ),
        sheet(
            f"合同_{day}.xlsx",
            "contracts",
            "contract_id=合同编号|customer=客户名称|rep=负责人|product=产品名称|amount=合同金额|"
            "currency=币种|signed_date=签订日期|start_date=合同开始时间|end_date=合同到期时间|"
            "status=合同状态|life=生命状态",
            books.contracts,
        ),
        sheet(
            f"回款计划_{day}.csv",
            "receivables",
            "order_id=销售订单编号|customer=客户名称|rep=负责人|due_date=计划回款日期|"
            "amount=计划回款金额|life=生命状态",
            books.receivables,
        ),
        sheet(
            f"回款_{day}.csv",
            "payments",
            "payment_id=回款编号|order_id=销售订单编号|customer=客户名称|rep=负责人|"
            "payment_date=回款日期|amount=回款金额|life=生命状态",
            books.payments,
        ),
        sheet(
            f"订单明细_{day}.csv",
            "orders",
            "order_id=订单号|line_no=行号|order_date=下单日期|customer=客户名称|"
            "customer_class=客户级别|rep=销售员|product=产品名称|category=产品类别|region=区域|"
            "channel=渠道|partner=经销商|campaign=市场活动|quantity=数量|unit_price=单价|"
            "discount=折扣率|amount=金额|cost=成本|currency=币种|status=订单状态|"
            "split_credit=业绩分成",
            books.orders,
        ),
        sheet(
            book,
            "targets",
            "period=月份|scope_kind=口径|scope_value=目标归属|floor=保底|target=目标|stretch=冲刺",
            books.targets,
            "目标",
        ),
        sheet(
            book,
            "spend",
            "period=月份|channel=渠道|campaign=市场活动|kind=费用类型|amount=费用金额|budget=预算",
            books.spend,
            "费用",
        ),
        sheet(
            book,
            "reps",
            "rep=姓名|team=团队|manager=主管|region=区域|level=级别|role=岗位|hire_date=入职日期|"
            "skills=专长|capacity=可承载客户数|leave=休假",
            books.reps,
            "销售人员",
        ),
        sheet(
            book,
            "products",
            "product=产品名称|category=产品类别|list_price=目录价|cost=成本",
            books.products,
            "产品",
        ),
        sheet(
            book,
            "satisfaction",
            "survey_date=调查日期|customer=客户名称|rep=销售员|score=满意度评分|scale=满分",
            books.satisfaction,
            "满意度",
        ),
        sheet(book, "market", "period=季度|scope=区域|size=市场规模", books.market, "市场规模"),
    )
