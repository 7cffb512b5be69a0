"""Invented companies and what their exports would hold: forty rows that hang together.

    >>> cells("zoho", "deals", [("Amount", "amount", "money")], seed="a")[0][:2]  # doctest: +SKIP

Amounts are quantity times price, a probability belongs to its stage, a closed
deal has a closing day and a lost one a reason: as in a real export, and unlike
columns drawn one by one.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

ROWS = 40
TODAY = datetime(2026, 5, 28, 9, 30)

Field = tuple[str, str | None, str]

_WORLD: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "person": ("Ann Lee", "Bo Chen", "Cy Park", "Dana Ortiz", "Emeka Obi", "Freya Holm"),
        "contact": tuple(
            f"{first} {last}"
            for first in ("Ivo", "Jana", "Kofi", "Lena", "Mats", "Nia", "Omar")
            for last in ("Baker", "Costa", "Diaz", "Evans", "Fischer")
        ),
        "company": (
            "Northwind Traders", "Tailspin Toys", "Fabrikam Inc", "Contoso Ltd", "Litware",
            "Adventure Works", "Wingtip GmbH", "Proseware", "Lucerne Publishing", "Margie's Travel",
            "Coho Vineyard", "Trey Research", "Alpine Ski House", "Blue Yonder Co", "Humongous LLC",
        ),
        "product": ("Pump A", "Valve B", "Seal C", "Motor D40", "Sensor E", "Drive F2"),
        "category": ("Pumps", "Fittings", "Fittings", "Drives", "Sensors", "Drives"),
        "region": ("East", "West", "North", "Ohio Valley"),
        "industry": ("Food & Beverage", "Chemicals", "Logistics", "Cement"),
        "source": ("Web", "Trade Show", "Referral", "Cold Call", "Hannover fair"),
        "campaign": ("Spring Tour 26", "Webinar May", "Pump Days", "Newsletter 12"),
        "channel": ("Direct", "Reseller", "Web shop"),
        "partner": ("Relecloud Partners", "Munson Supply", "Southridge Dealer"),
        "competitor": ("Candidate Hydraulics", "Acme Flow", "Zeta"),
        "lost": ("Price", "No budget", "Went with Acme", "Timing"),
        "text": (
            "call back on Thursday", "send the revised offer", "waiting for their budget round",
            "meet the plant manager", "check the drawing with engineering", "none yet",
            "second demo agreed", "contract with legal", "asked for references",
        ),
        "place": ("12 Harbour Road, Leeds", "5 Mill Street, Ghent", "88 King Avenue", "Plant 2"),
        "class": ("Prospect", "Customer"),
        "kind": ("Call", "Meeting", "Email"),
        "done": ("Completed", "Not Started"),
        "order status": ("Activated", "Draft"),
        "lead status": ("Contacted", "Not Contacted", "Junk Lead", "Qualified"),
        "subject": ("Intro", "Follow-up on offer", "Site check", "Renewal talk"),
        "suffix": ("retrofit", "line 2", "spare parts 2026", "pilot"),
        "forecast": ("Commit", "Best Case", "Pipeline", "Omitted"),
        "team": ("Team Blue", "Team Red", "Key Accounts"),
        "other": ("Bulk", "Standard", "Express"),
        "currency": ("EUR", "EUR", "EUR", "USD"),
        "role": ("Sales Manager", "Account Executive", "Inside Sales"),
    },
    "zh": {
        "person": ("李雷", "韩梅", "王芳", "赵子昂", "欧阳倩", "孙一凡"),
        "contact": tuple(
            f"{family}{given}"
            for family in ("周", "吴", "郑", "冯", "陈", "褚", "卫")
            for given in ("建国", "晓丽", "文博", "静", "海涛")
        ),
        "company": (
            "宏远机电有限公司", "蓝海食品", "苏州启明仪器有限公司", "天成化工", "安泰物流集团",
            "北辰科技股份有限公司", "聚能电气", "华茂纺织", "金禾农业", "远大建材", "新港船务",
            "博雅教育科技", "康宁医疗器械", "顺达汽配", "恒丰包装",
        ),
        "product": ("水泵甲", "阀门乙", "密封件丙", "电机D40", "传感器戊", "驱动器F2"),
        "category": ("泵类", "配件", "配件", "驱动", "传感", "驱动"),
        "region": ("华东", "华南", "华北", "滨海片"),
        "industry": ("食品饮料", "化工", "物流", "水泥"),
        "source": ("官网", "展会", "转介绍", "陌生拜访", "老乡群"),
        "campaign": ("春季巡展", "五月线上课", "水泵节", "第12期简报"),
        "channel": ("直销", "经销", "网店"),
        "partner": ("润丰经销", "合众代理", "联创渠道"),
        "competitor": ("瑞丰液压", "大禹流体", "泽塔"),
        "lost": ("价格高", "没有预算", "选择了大禹", "时间不合适"),
        "text": (
            "周四回电", "发修改后的方案", "等对方预算批复", "拜访厂长", "与技术核对图纸",
            "约第二次演示",
            "合同在法务", "要参考案例", "等招标结果",
        ),
        "place": ("苏州市工业园区星湖街8号", "广州市天河区体育西路12号", "济南市历下区",
        "二号厂房"),
        "class": ("重点客户", "普通客户"),
        "kind": ("电话", "拜访", "微信"),
        "done": ("已完成", "未开始"),
        "order status": ("已确认", "已作废"),
        "lead status": ("待处理", "跟进中", "已转换", "无效"),
        "subject": ("初次沟通", "跟进报价", "现场勘察", "续约洽谈"),
        "suffix": ("改造", "二期", "2026年备件", "试点"),
        "forecast": ("Commit", "Best Case", "Pipeline", "Omitted"),
        "team": ("蓝队", "红队", "大客户组"),
        "other": ("大宗", "标准", "加急"),
        "currency": ("CNY", "CNY", "CNY", "USD"),
        "role": ("销售经理", "大客户代表", "内勤"),
    },
}  # fmt: skip

_STAGES: dict[str, tuple[tuple[str, int], ...]] = {
    "stage": (("Qualification", 10), ("Needs Analysis", 20), ("Proposal/Price Quote", 60),
              ("Closed Won", 100), ("Closed Lost", 0)),
    "zh stage": (("初步接洽", 10), ("需求确认", 30), ("方案报价", 60), ("赢单", 100), ("输单", 0)),
    "hs stage": (("qualifiedtobuy", 20), ("presentationscheduled", 40), ("contractsent", 80),
                 ("closedwon", 100), ("closedlost", 0)),
    "odoo stage": (("New", 10), ("Qualified", 30), ("Proposition", 60), ("Won", 100), ("Lost", 0)),
    "zh odoo stage": (("新建", 10), ("验证", 30), ("建议", 60), ("赢得", 100), ("失败", 0)),
    "frappe stage": (("Qualification", 10), ("Demo/Making", 30), ("Negotiation", 60), ("Won", 100),
                     ("Lost", 0)),
}  # fmt: skip
_STATUSES = {
    "status": ("Open", "Won", "Lost"),
    "zh status": ("进行中", "赢单", "输单"),
    "erp status": ("Open", "Converted", "Lost"),
    "zh erp status": ("未结", "已转换", "已流失"),
}
_OWN_WORDS: dict[str, tuple[str, ...]] = {
    "yesno": ("Yes", "No"),
    "zh yesno": ("是", "否"),
    "odoo done": ("Done", "Planned", "Overdue"),
    "zh odoo done": ("完成", "已计划", "逾期"),
    "odoo order": ("Sales Order", "Quotation", "Cancelled"),
    "zh odoo order": ("销售订单", "报价单", "已取消"),
    "erp order": ("To Deliver and Bill", "Completed", "Draft"),
    "zh erp order": ("待出货和开票", "已完成", "草稿"),
    "hs order": ("Open", "Processed", "Cancelled"),
    "zh hs order": ("已处理", "已发货", "已取消"),
    "zh sf order": ("已激活", "草稿"),
    "zh shop order": ("交易成功", "交易关闭", "等待买家付款"),
    "zh jd order": ("完成", "等待出库", "(删除)等待出库"),
    "zh pdd order": ("已收货", "已发货，待收货", "未发货，退款成功"),
    "erp done": ("Completed", "Open", "Cancelled"),
    "zh erp done": ("完成", "未结", "已取消"),
    "erp kind": ("Meeting", "Call", "Sent/Received Email"),
    "zh erp kind": ("会议", "通话", "事件"),
    "direction": ("Outbound", "Inbound"),
    "zh direction": ("呼出", "呼入"),
    "journal": ("Bank", "Cash"),
    "receive": ("Receive",),
    "zh receive": ("收款",),
    "zh journal": ("银行", "现金"),
    "yes": ("true", "false"),
    "life": ("正常",),
    "erp group": ("Commercial", "Individual"),
    "zh erp group": ("商业", "个人"),
}
_FORMATS = {
    "date", "zh date", "moment", "epoch", "serial", "us date", "minute", "slash date", "month",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One row's facts, whatever the table."""

    n: int
    order: int
    line: int
    first: bool
    words: dict[str, str]
    numbers: dict[str, float]
    days: dict[str, datetime | None]
    outcome: int  # 0 open, 1 won, 2 lost
    step: int


@cache
def _rows(language: str, seed: str) -> tuple[Row, ...]:
    dice = random.Random(seed)
    world = _WORLD[language]
    customers = {
        name: {
            "industry": dice.choice(world["industry"]),
            "region": dice.choice(world["region"]),
            "class": dice.choice(world["class"]),
            "revenue": float(dice.randrange(2, 900) * 100_000),
            "id": dice.randrange(10**6, 10**7),
        }
        for name in world["company"]
    }
    prices = {name: dice.randrange(80, 4000) + 0.5 for name in world["product"]}
    made: list[Row] = []
    order, line = 0, 0
    for n in range(ROWS):
        if n == 0 or line >= 3 or dice.random() < 0.45:
            order, line = order + 1, 1
        else:
            line += 1
        first = line == 1
        made.append(_row(dice, world, customers, prices, n, order, line, first, made))
    return tuple(made)


def _row(
    dice: random.Random,
    world: dict[str, tuple[str, ...]],
    customers: dict[str, dict[str, Any]],
    prices: dict[str, float],
    n: int,
    order: int,
    line: int,
    first: bool,
    before: Sequence[Row],
) -> Row:
    same = before[-1] if before and not first else None
    customer = same.words["company"] if same else dice.choice(world["company"])
    told = customers[customer]
    product = dice.choice(world["product"])
    step = dice.choices(range(5), weights=(3, 3, 3, 2, 2))[0]
    outcome = max(0, step - 2)
    start = TODAY - timedelta(days=dice.randrange(8, 260), minutes=dice.randrange(900))
    start = same.days["order"] or start if same else start
    ended = min(TODAY - timedelta(days=1), start + timedelta(days=dice.randrange(4, 90)))
    expected = (
        ended + timedelta(days=dice.randrange(-3, 6))
        if outcome
        else max(start + timedelta(days=20), TODAY + timedelta(days=dice.randrange(-25, 120)))
    )
    touched = start + (TODAY - start) * dice.uniform(0.3, 0.98)
    planned = TODAY + timedelta(days=dice.randrange(-120, 25))
    done = planned <= TODAY and dice.random() < 0.8
    quantity = dice.choice((1, 2, 3, 5, 8, 10, 24))
    price = round(prices[product] * dice.choice((1, 1, 0.95, 1.1)), 2)
    discount = dice.choice((0, 0, 0, 5, 10))
    converted = dice.random() < 0.3
    words = {
        key: dice.choice(world[key])
        for key in (
            "source", "campaign", "channel", "partner", "competitor", "text", "place", "kind",
            "lead status", "subject", "forecast", "contact", "other", "currency", "team", "role",
        )
    }  # fmt: skip
    words |= {
        "company": customer,
        "person": same.words["person"] if same else dice.choice(world["person"]),
        "product": product,
        "category": world["category"][world["product"].index(product)],
        "industry": told["industry"],
        "region": told["region"],
        "class": told["class"],
        "deal": f"{customer} {product} {dice.choice(world['suffix'])}",
        "lost": dice.choice(world["lost"]) if outcome == 2 else "",
        "done": world["done"][0 if done else 1],
        "order status": world["order status"][0 if dice.random() < 0.85 else 1],
        "phone": f"139{dice.randrange(10**7, 10**8)}",
        "email": f"{dice.choice('abcdefgh')}{dice.randrange(99)}@example.com",
        "period": f"2026-{1 + n % 12:02}",
    }
    numbers = {
        "quantity": quantity, "price": price, "discount": discount,
        "amount": round(quantity * price * (1 - discount / 100), 2),
        "deal": float(dice.randrange(8, 900) * 500), "revenue": told["revenue"],
        "cost": round(quantity * price * 0.62, 2), "customer id": told["id"],
        "small": dice.randrange(1, 60), "duration": dice.choice((10, 15, 20, 30, 45, 60, 90)),
        "paid": float(dice.randrange(4, 400) * 250), "score": dice.randrange(1, 6),
        "share": dice.choice((50, 100, 70, 30)), "employees": dice.randrange(5, 4000),
    }  # fmt: skip
    days: dict[str, datetime | None] = {
        "start": start, "order": start, "expected": expected,
        "ended": ended if outcome else None, "won": ended if outcome == 1 else None,
        "touched": touched, "stage": start + (touched - start) * dice.uniform(0.2, 0.9),
        "modified": TODAY - (TODAY - touched) * 0.5, "planned": planned,
        "done": planned + timedelta(hours=3) if done else None,
        "converted": min(TODAY, start + timedelta(days=12)) if converted else None,
        "due": start + timedelta(days=dice.choice((30, 60, 120))),
        "later": start + timedelta(days=dice.randrange(3, 20)),
        "year on": start + timedelta(days=365),
    }  # fmt: skip
    return Row(n, order, line, first, words, numbers, days, outcome, step)


_WORDS = {
    "customer": "company", "rep": "person", "owner": "person", "scope_value": "person",
    "product": "product", "category": "category", "region": "region", "channel": "channel",
    "partner": "partner", "campaign": "campaign", "source": "source", "industry": "industry",
    "deal_name": "deal", "next_step": "text", "outcome": "text", "lost_reason": "lost",
    "reason": "lost", "competitor": "competitor", "place": "place", "currency": "currency",
    "class": "class", "customer_class": "class", "kind": "kind", "team": "team",
    "manager": "contact", "role": "role", "scope": "region", "period": "period",
    "forecast_category": "forecast",
}  # fmt: skip
_NUMBERS = {
    "quantity": "quantity", "unit_price": "price", "list_price": "price", "discount": "discount",
    "cost": "cost", "duration": "duration", "score": "score", "share": "share", "budget": "paid",
    "floor": "paid", "target": "deal", "stretch": "revenue", "size": "revenue",
}  # fmt: skip
_DAYS = {
    "order_date": "order", "created_date": "start", "expected_close_date": "expected",
    "stage_entered_date": "stage", "last_activity_date": "touched", "planned_date": "planned",
    "activity_date": "done", "converted_date": "converted", "qualified_date": "converted",
    "payment_date": "order", "due_date": "due", "signed_date": "order", "start_date": "later",
    "end_date": "year on", "survey_date": "order", "hire_date": "start", "return_date": "later",
    "entered_at": "modified", "date": "order",
}  # fmt: skip
_AMOUNTS = {"orders": "amount", "payments": "paid", "receivables": "paid", "spend": "paid"}
_KINDS = {
    "person": "contact", "name": "deal", "industry": "other", "region": "team", "source": "other",
    "text": "subject", "phone": "phone", "email": "email", "kind": "kind", "class": "class",
    "done": "done", "forecast": "forecast", "product": "product", "order status": "order status",
    "lead status": "lead status", "currency": "currency", "contact": "contact",
    "subject": "subject",
}  # fmt: skip


def cells(
    system: str, table: str, fields: Sequence[Field], seed: str, lines: str = ""
) -> list[list[str | None]]:
    """The values of each field; with `lines` only those headers go on below a first line."""
    chinese = any(kind.startswith("zh ") for _, _, kind in fields)
    rows = _rows("zh" if chinese else "en", seed)
    found = []
    for field in fields:
        values = [_cell(system, table, *field, row) or None for row in rows]
        if lines and lines not in field[0]:
            values = [v if row.first else None for v, row in zip(values, rows, strict=True)]
        found.append(values)
    return found


def _cell(system: str, table: str, header: str, column: str | None, kind: str, row: Row) -> str:
    plain = kind.removeprefix("zh ")
    if plain in _FORMATS and column != "period":
        return _day(column, header, table, kind, row)
    if plain in ("id", "number id", "zoho id", "order id", "doc id"):
        return _id(system, table, column, header, plain, row)
    if kind in _STAGES:
        stages = _STAGES[kind]
        return stages[(row.step + 1) % 5][0] if header in ("Moved To",) else stages[row.step][0]
    if kind in _STATUSES:
        return _STATUSES[kind][row.outcome]
    if kind in _OWN_WORDS:
        choices = _OWN_WORDS[kind]
        if kind.endswith(("done", "yesno")):
            return choices[0 if row.days["done"] else 1 + row.n % (len(choices) - 1)]
        return choices[row.n * 7 % 13 % len(choices)]
    if plain == "percent":
        return str(
            _STAGES["stage"][row.step][1]
            if column == "probability" or table in ("deals", "stage_history")
            else int(row.numbers["share" if column == "share" else "discount"])
        )
    if plain.startswith("money") or plain in ("small", "line", "comma money"):
        return _number(column, header, table, kind, row)
    if column in _WORDS:
        return row.words[_WORDS[column]]
    return row.words[_KINDS.get(plain, "other")]


def _number(column: str | None, header: str, table: str, kind: str, row: Row) -> str:
    plain = kind.removeprefix("zh ")
    if column == "line_no" or plain == "line":
        return str(row.line)
    if column == "scale":
        return "5"
    deal = row.numbers[_AMOUNTS.get(table, "deal")]
    text = f"{header} {kind}".casefold()
    if column == "amount":
        value = deal
    elif column in _NUMBERS:
        value = row.numbers[_NUMBERS[column]]
    elif any(one in text for one in ("expected", "预期", "加权", "预测", "probability_amount")):
        value = deal * _STAGES["stage"][row.step][1] / 100
    elif any(one in text for one in ("total", "合计", "总计", "money of order", "应收")):
        value = deal * 1.13
    elif any(one in text for one in ("已回款", "已发货", "paid", "due", "unused")):
        value = deal * (0, 0.3, 1)[row.n % 3]
    elif any(one in text for one in ("annual", "营收", "年收入", "年营业额")):
        value = row.numbers["revenue"]
    elif any(one in text for one in ("employee", "员工", "人数")):
        value = row.numbers["employees"]
    else:
        value = row.numbers["small" if plain == "small" else "cost"]
    if plain == "small":
        return f"{value:g}"
    if plain == "comma money":
        return f"{value:,.2f}"
    return f"¥{value:,.2f}" if kind == "zh money" else f"{value:.2f}"


def _day(column: str | None, header: str, table: str, kind: str, row: Row) -> str:
    text = header.casefold()
    if column in _DAYS:
        moment = row.days[_DAYS[column]]
    elif column == "closed_date":
        moment = row.days["won" if "won" in text or "赢" in text else "ended"]
    elif "lost" in text:
        moment = row.days["ended"] if row.outcome == 2 else None
    elif any(one in text for one in ("created", "create_time", "创建")):
        moment = row.days["start"]
    elif any(one in text for one in ("ship", "发货", "delivery", "签退", "出货", "交货")):
        moment = row.days["later"]
    else:
        moment = row.days["modified"]
    return _written(moment, kind) if moment else ""


def _written(moment: datetime, kind: str) -> str:
    match kind:
        case "zh date":
            return f"{moment.year}年{moment.month}月{moment.day}日"
        case "moment" | "zh moment":
            return f"{moment:%Y-%m-%d %H:%M:%S}"
        case "minute" | "zh minute":
            return f"{moment:%Y-%m-%d %H:%M}"
        case "epoch":
            return str(int(moment.replace(tzinfo=UTC).timestamp() * 1000))
        case "serial":
            return str((moment.date() - datetime(1899, 12, 30).date()).days)
        case "us date":
            return f"{moment.month}/{moment.day}/{moment.year}"
        case "slash date" | "zh slash date":
            return f"{moment.year}/{moment.month}/{moment.day}"
        case "month":
            return f"{moment:%Y-%m}"
    return f"{moment:%Y-%m-%d}"


_PREFIX = {
    ("salesforce", "deals"): "006", ("salesforce", "leads"): "00Q",
    ("salesforce", "activities"): "00T", ("salesforce", "customers"): "001",
    ("erpnext", "deals"): "CRM-OPP-2026-", ("erpnext", "leads"): "CRM-LEAD-2026-",
    ("erpnext", "orders"): "SAL-ORD-2026-", ("erpnext", "payments"): "ACC-PAY-2026-",
    ("erpnext", "activities"): "EV", ("erpnext", "customers"): "CUST-2026-",
    ("odoo", "orders"): "S0", ("odoo", "payments"): "PBNK1/2026/0",
}  # fmt: skip
_UNIQUE = ("record", "unique", "唯一性", "account id", "pipedrive system", "记录")


def _id(system: str, table: str, column: str | None, header: str, kind: str, row: Row) -> str:
    text = header.casefold()
    if column in ("customer", "rep"):
        return _numbered(system, "customers", int(row.numbers["customer id"]), kind)
    if table == "orders" and column == "order_id":
        return _numbered(system, "orders", 40 + (row.order if kind == "order id" else row.n), kind)
    if column == "line_no":
        return f"{(row.n + 3) * 7919:08x}b1"
    if column == "order_id":
        return _numbered(system, "orders", 40 + row.n // 2, kind)
    if column == "deal_id" and table not in ("deals",):
        return _numbered(system, "deals", 40 + row.n // 2, kind)
    own = column is not None and column.endswith("_id")
    if own or any(one in text for one in _UNIQUE):
        return _numbered(system, table, 100 + row.n, kind)
    return _numbered(system, "customers", int(row.numbers["customer id"]), kind)


def _numbered(system: str, table: str, n: int, kind: str) -> str:
    if kind == "zoho id":
        return f"zcrm_51200000{n:09}"
    if kind == "number id" or system in ("pipedrive", "hubspot"):
        return str(740_100 + 7 * n)
    if system == "fxiaoke":
        return f"66{n * 2654435761 % 2**88:022x}"
    prefix = _PREFIX.get((system, table))
    if system == "salesforce" and prefix:
        return f"{prefix}5g00000{n:05}AAX"
    if prefix:
        return f"{prefix}{n:05}"
    if system == "odoo":
        return f"__export__.{table}_{n}_{n * 7919:08x}"
    return f"{table[:2].upper()}-{n:05}"


def known_to(language: str) -> dict[str, set[str]]:
    """The registers of a store that has seen most of these names before."""
    found: dict[str, set[str]] = {"reps": set(), "customers": set(), "products": set()}
    for one in ("en", "zh") if language == "api" else (language,):
        world = _WORLD[one]
        found["reps"] |= set(world["person"][:-1])
        found["customers"] |= set(world["company"][:-3])
        found["products"] |= set(world["product"][:-1])
    return found
