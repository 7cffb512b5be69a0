"""Every name in the sample company, in Chinese and in English. All of them are invented.

>>> word(TEAMS[3].name, "zh"), word(TEAMS[3].name, "en")
('华南二组', 'South 2')

A thing is known by its place in these lists; only the files know languages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
Words = tuple[str, str]  # Chinese, English


@dataclass(frozen=True)
class Team:
    """A team: its name, its region by position, its manager."""

    name: Words
    region: int
    manager: Words


@dataclass(frozen=True)
class Product:
    """A product; prices and costs in whole yuan, `weight` its share of the lines."""

    name: Words
    category: int
    price: int
    cost: int
    weight: float


def word(words: Words, language: Language) -> str:
    """The one of the two that is meant."""
    return words[0] if language == "zh" else words[1]


COMPANY: Words = ("澜衡测控", "Lanheng Instruments")

REGIONS: tuple[Words, ...] = (
    ("华东", "East"),
    ("华南", "South"),
    ("华北", "North"),
    ("西部", "West"),
)

TEAMS: tuple[Team, ...] = (
    Team(("华东一组", "East 1"), 0, ("顾承安", "Gu Cheng'an")),
    Team(("华东二组", "East 2"), 0, ("沈若溪", "Shen Ruoxi")),
    Team(("华南一组", "South 1"), 1, ("梁启航", "Liang Qihang")),
    Team(("华南二组", "South 2"), 1, ("罗嘉树", "Luo Jiashu")),
    Team(("华北组", "North"), 2, ("韩立群", "Han Liqun")),
    Team(("西部组", "West"), 3, ("蒲云帆", "Pu Yunfan")),
)

# Four a team, in the order of the teams.
REPS: tuple[Words, ...] = (
    ("陈思远", "Chen Siyuan"), ("周雨桐", "Zhou Yutong"), ("徐景行", "Xu Jingxing"),
    ("陆晓棠", "Lu Xiaotang"), ("吴泽楷", "Wu Zekai"), ("钱书瑶", "Qian Shuyao"),
    ("孙明哲", "Sun Mingzhe"), ("蒋一诺", "Jiang Yinuo"), ("黄俊驰", "Huang Junchi"),
    ("林可欣", "Lin Kexin"), ("郑浩然", "Zheng Haoran"), ("谢安琪", "Xie Anqi"),
    ("何子谦", "He Ziqian"), ("邓慧敏", "Deng Huimin"), ("冯少华", "Feng Shaohua"),
    ("曾思琪", "Zeng Siqi"), ("王建业", "Wang Jianye"), ("李文静", "Li Wenjing"),
    ("赵天宇", "Zhao Tianyu"), ("高雪莹", "Gao Xueying"), ("马志远", "Ma Zhiyuan"),
    ("杨帆影", "Yang Fanying"), ("白若川", "Bai Ruochuan"), ("田梦洁", "Tian Mengjie"),
)  # fmt: skip

CATEGORIES: tuple[Words, ...] = (
    ("工业传感器", "Industrial sensors"),
    ("实验室仪器", "Laboratory instruments"),
    ("在线分析仪", "Online analysers"),
)

PRODUCTS: tuple[Product, ...] = (
    Product(("压力变送器 LP200", "Pressure transmitter LP200"), 0, 3200, 1730, 1.3),
    Product(("温度变送器 LT300", "Temperature transmitter LT300"), 0, 1900, 990, 1.2),
    Product(("电磁流量计 LF500", "Electromagnetic flowmeter LF500"), 0, 13500, 7300, 1.3),
    Product(("雷达液位计 LR80", "Radar level gauge LR80"), 0, 9600, 5400, 1.0),
    Product(("台式酸度计 BP70", "Benchtop pH meter BP70"), 1, 8500, 4600, 1.0),
    Product(("分光光度计 BU900", "Spectrophotometer BU900"), 1, 46000, 25800, 0.8),
    Product(("气相色谱仪 BG5000", "Gas chromatograph BG5000"), 1, 98000, 57800, 0.5),
    Product(("水分测定仪 BW20", "Moisture analyser BW20"), 1, 23000, 12400, 0.8),
    Product(("水质在线监测仪 OC100", "Water quality monitor OC100"), 2, 58000, 33600, 0.6),
    Product(("氨氮分析仪 ON30", "Ammonia analyser ON30"), 2, 64000, 37800, 0.5),
    Product(("烟气分析仪 OG60", "Flue gas analyser OG60"), 2, 92000, 55200, 0.4),
    Product(("数据采集网关 OD10", "Data gateway OD10"), 2, 5600, 2700, 1.1),
)

CHANNELS: tuple[Words, ...] = (
    ("直销", "Direct sales"),
    ("经销商", "Dealers"),
    ("展会", "Trade shows"),
    ("搜索推广", "Search ads"),
    ("网络研讨会", "Webinars"),
)
DIRECT, DEALERS, SHOWS, SEARCH, WEBINARS = range(5)

# Campaigns by channel; the first is in spring and summer, the second in autumn and winter.
CAMPAIGNS: tuple[tuple[Words, Words], ...] = (
    (("客户走访", "Customer visits"), ("客户走访", "Customer visits")),
    (("经销商返利", "Dealer rebates"), ("经销商返利", "Dealer rebates")),
    (("春季测控展", "Spring measurement fair"), ("秋季分析仪器展", "Autumn analysis fair")),
    (("产品词推广", "Product keywords"), ("行业词推广", "Industry keywords")),
    (("水质监测公开课", "Water monitoring class"), ("实验室公开课", "Laboratory class")),
)

PARTNERS: tuple[Words, ...] = (
    ("衡达仪器经营部", "Hengda Instrument Trading"), ("粤测通商贸", "Yuecetong Trading"),
    ("北辰联合科贸", "Beichen United Trading"), ("蜀仪供应链", "Shuyi Supply"),
    ("江海测控商行", "Jianghai Controls"), ("中汇仪表服务", "Zhonghui Meter Services"),
)  # fmt: skip

COMPETITORS: tuple[Words, ...] = (
    ("锐森仪表", "Ruisen Meters"), ("海岚分析", "Hailan Analytics"),
    ("诺桥测控", "Nuoqiao Controls")
)  # fmt: skip

STAGES: tuple[Words, ...] = (
    ("初步接洽", "Qualification"), ("需求确认", "Needs Analysis"),
    ("方案报价", "Proposal/Price Quote"), ("商务谈判", "Negotiation/Review"),
    ("赢单", "Closed Won"), ("输单", "Closed Lost"),
)  # fmt: skip
WON, LOST = 4, 5
PROBABILITY = (10, 30, 55, 75, 100, 0)

REASONS: tuple[Words, ...] = (
    ("竞争对手胜出", "Lost to competitor"), ("价格过高", "Price too high"),
    ("预算取消", "Budget cancelled"), ("需求暂缓", "Need postponed"),
    ("技术指标不符", "Specification not met"),
)  # fmt: skip

CLASSES: tuple[Words, ...] = (
    ("潜在客户", "Prospect"), ("普通客户", "Regular"), ("重点客户", "Key account")
)  # fmt: skip
POTENTIAL, ORDINARY, KEY = range(3)

INDUSTRIES: tuple[Words, ...] = (
    ("环保水务", "Water and environment"), ("精细化工", "Fine chemicals"),
    ("制药", "Pharmaceuticals"), ("食品饮料", "Food and beverage"), ("科研院所", "Research"),
    ("新能源材料", "New energy materials"),
)  # fmt: skip

# What a company of each industry calls itself.
TRADES: tuple[Words, ...] = (
    ("环境科技", "Environmental Technology"), ("化工", "Chemical"), ("药业", "Pharmaceutical"),
    ("食品", "Food"), ("检测技术", "Testing Technology"), ("新材料", "New Materials"),
)  # fmt: skip

CITIES: tuple[tuple[Words, ...], ...] = (
    (("上海", "Shanghai"), ("苏州", "Suzhou"), ("杭州", "Hangzhou"), ("宁波", "Ningbo")),
    (("广州", "Guangzhou"), ("深圳", "Shenzhen"), ("佛山", "Foshan"), ("厦门", "Xiamen")),
    (("天津", "Tianjin"), ("青岛", "Qingdao"), ("石家庄", "Shijiazhuang"), ("济南", "Jinan")),
    (("成都", "Chengdu"), ("重庆", "Chongqing"), ("西安", "Xi'an"), ("昆明", "Kunming")),
)

# Two of these make a company's name; no two sound alike.
SYLLABLES: tuple[Words, ...] = (
    ("澄", "cheng"), ("岳", "yue"), ("瀚", "han"), ("晟", "sheng"), ("锐", "rui"), ("泽", "ze"),
    ("霖", "lin"), ("铭", "ming"), ("启", "qi"), ("辰", "chen"), ("嘉", "jia"), ("禾", "he"),
    ("朗", "lang"), ("拓", "tuo"), ("博", "bo"), ("维", "wei"), ("骏", "jun"), ("瑶", "yao"),
    ("盈", "ying"), ("舟", "zhou"), ("槿", "jin"), ("沐", "mu"), ("珂", "ke"), ("菀", "wan"),
)  # fmt: skip

KINDS: tuple[Words, ...] = (
    ("陌生拜访", "Cold visit"), ("老客户拜访", "Existing visit"), ("回访", "Revisit"),
    ("电话", "Call"), ("产品演示", "Demo"), ("报价", "Quote"),
)  # fmt: skip
COLD, EXISTING, REVISIT, CALL, DEMO, QUOTE = range(6)
VISITS = (COLD, EXISTING, REVISIT)

# Where a deal came from, and what is to be done next at each stage.
SOURCES: tuple[Words, ...] = (
    ("市场线索", "Marketing lead"), ("老客户", "Existing customer"), ("自主开发", "Own prospecting")
)  # fmt: skip
NEXT_STEPS: tuple[Words, ...] = (
    ("约定首次拜访", "Arrange a first visit"), ("安排产品演示", "Arrange a demo"),
    ("提交正式报价", "Send the quotation"), ("确认合同条款", "Agree the contract"),
)  # fmt: skip
LEAD_STATES: tuple[Words, ...] = (
    ("待处理", "Not Contacted"), ("跟进中", "Contacted"), ("已转换", "Converted"),
    ("无效", "Junk Lead")
)  # fmt: skip
ACTIVITY_STATES: tuple[Words, ...] = (
    ("计划中", "Planned"), ("已完成", "Completed"), ("已取消", "Cancelled")
)  # fmt: skip
ORDER_STATES: tuple[Words, ...] = (
    ("有效", "Valid"),
    ("已取消", "Cancelled"),
    ("已退货", "Returned"),
)
DEAL_STATES: tuple[Words, ...] = (("进行中", "Open"), ("赢单", "Won"), ("输单", "Lost"))
# By stage.
FORECASTS: tuple[Words, ...] = (
    ("储备", "Pipeline"), ("储备", "Pipeline"), ("争取", "Best Case"), ("承诺", "Commit"),
    ("已成交", "Closed"), ("忽略", "Omitted"),
)  # fmt: skip
OUTCOMES: tuple[Words, ...] = (
    ("有意向", "Interested"), ("需再沟通", "To be followed up"), ("已明确需求", "Need confirmed"),
    ("暂无需求", "No need for now"),
)  # fmt: skip
LEVELS: tuple[Words, ...] = (("资深", "Senior"), ("中级", "Middle"), ("初级", "Junior"))
ROLE: Words = ("销售工程师", "Sales engineer")
