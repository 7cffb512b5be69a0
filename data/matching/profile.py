"""Profile the values of a column: numbers, days, names, and which column follows from which.

    >>> one = profile(["Ann Lee", "Bo Chen", "Ann Lee", None])
    >>> one.people, one.repeats
    (1.0, True)
    >>> depends(profile(["a", "a", "b", "b"] * 3), profile(["1", "1", "2", "2"] * 3))
    1.0

Shares go from 0 to 1, of the filled cells. Lists go row by row, None where a
cell is blank or is something else.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property, lru_cache, partial
from statistics import median

from data.values import eras
from data.values.dates import DateOrder, date_orders, parse_date
from data.values.header_text import normalise
from data.values.numbers import decimal_marks, is_blank, parse_number
from data.values.partial_dates import with_year
from data.values.patterns import Look, look

_THIS_YEAR = 2100  # two-digit years only have to be alike within a column
_BARE_YEAR = 2000  # days without a year only have to be told from each other
_LONGEST = 300  # characters of a cell that are looked at
_EMAIL = re.compile(r"\S[^\s@]*+@\S[^\s.]*+\.\S+")
_PHONE = re.compile(r"\+?[\d\s()./-]{7,20}")
_MOBILE = re.compile(r"(?:\+?86[- ]?)?1[3-9]\d{9}")
_COMPANY = re.compile(
    r"(?:公司|集团|股份|厂|工厂|医院|学校|大学|学院|银行|超市|商行|商贸|贸易|科技|实业|工业|电子|机电|机械"
    r"|食品|化工|物流|建材|材料|仪器|设备|器材|能源|电气|制造|服饰|纺织|医药|医疗|药业|传媒|网络|信息|软件|控股|农业"
    r"|包装|汽配|汽车|研究院|研究所|中心|事务所)"
    r"|\b(?:inc|incorporated|ltd|limited|llc|llp|plc|corp|corporation|company|co|gmbh|ag|kg|bv|nv"
    r"|sa|sas|srl|spa|oy|ab|as|pty|pte|group|holdings?|industries|enterprises|partners|traders"
    r"|trading|systems|solutions|technolog(?:y|ies)|labs?|works|foods?|motors|energy|services|bank"
    r"|hospital|university|foundation|associates|international|logistics|toys|research"
    r"|publishing|consulting|media|pharma|stores?|supply|travel|house|vineyard)\b\.?",
    re.IGNORECASE,
)
# The families of nine in ten people, and the double ones.
_FAMILY = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "褚卫温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单裴霍成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席柏米宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
_DOUBLE = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "司徒",
    "夏侯",
    "东方",
    "端木",
    "令狐",
)
_ZH_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_EN_NAME = re.compile(
    r"[A-ZÀ-Þ](?:[^\W\d_]|['’-])+(?: (?:[A-ZÀ-Þ]\.?|de|da|van|von|der|el|bin|al|la|di))*"
    r"(?: [A-ZÀ-Þ](?:[^\W\d_]|['’-])+){1,2}"
)
_ADDRESS = re.compile(
    r"[省市区县镇乡路街道巷弄号栋楼室]\w*\d|\d+号|(?:路|街|大道|园区|大厦|广场)|[市省].*[区县]"
    r"|\b(?:street|st|road|rd|avenue|ave|lane|drive|blvd|square|suite|floor|highway|way)\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?=[^\s\d]{0,63}\d)[\w./#:-]{1,64}")


class Profile:
    """Describe one column of a sheet: its `look`, its cells by row, and what they contain."""

    def __init__(self, cells: tuple[str | None, ...]) -> None:
        self.cells = tuple(
            None if cell is None or is_blank(cell) else cell.strip() for cell in cells
        )
        self.look: Look = look(cells)
        self.words = tuple(normalise(text) for text in self.look.distinct)

    @property
    def rows(self) -> int:
        return len(self.cells)

    @property
    def filled(self) -> float:
        return self.look.filled / len(self.cells) if self.cells else 0.0

    @property
    def spread(self) -> float:
        """Return the distinct values per filled cell: 1 if no value repeats."""
        return len(self.look.distinct) / self.look.filled if self.look.filled else 0.0

    @property
    def repeats(self) -> bool:
        return self.look.filled >= 3 and self.spread <= 0.7

    @property
    def texts(self) -> bool:
        """Return whether these are words: no numbers, dates, codes, emails or phone numbers."""
        return (
            self.look.filled > 0
            and self.look.numbers < 0.5
            and self.look.dates < 0.5
            and self.contacts < 0.5
            and self.codes < 0.7
        )

    @cached_property
    def length(self) -> float:
        """Return the median length; a Chinese character counts as two."""
        sizes = [sum(1 if c.isascii() else 2 for c in text) for text in self.look.distinct]
        return float(median(sizes)) if sizes else 0.0

    @cached_property
    def contacts(self) -> float:
        return self._share(
            lambda text: bool(_EMAIL.fullmatch(text) or _MOBILE.fullmatch(text) or _telephone(text))
        )

    @cached_property
    def codes(self) -> float:
        return self._share(lambda text: bool(_CODE.fullmatch(text)))

    @cached_property
    def people(self) -> float:
        """Return the share written like names of people; 0 for "First Class", "Second Class"."""
        share = self._share(_person)
        last = {text.rpartition(" ")[2] for text in self.look.distinct if " " in text}
        alike = 0 < len(last) <= 0.5 * sum(" " in text for text in self.look.distinct)
        return 0.0 if alike and len(self.look.distinct) > 2 else share

    @cached_property
    def sentences(self) -> float:
        """Return the share that is more than a name: several words not all capitalised, or long."""
        return self._share(_sentence)

    @cached_property
    def companies(self) -> float:
        return self._share(lambda text: bool(_COMPANY.search(text)))

    @cached_property
    def titled(self) -> float:
        """Return the share that begins with a capital; without capitals, is short."""
        return self._share(
            lambda text: (
                text[0].isupper() or text[0].isdigit() if text.isascii() else len(text) <= 20
            )
        )

    @cached_property
    def addresses(self) -> float:
        return self._share(lambda text: bool(_ADDRESS.search(text)))

    @cached_property
    def numbers(self) -> tuple[float | None, ...]:
        """Return the numbers, if nearly all cells are some; else None for every row."""
        if self.look.numbers < 0.9 or self.is_days:
            return (None,) * len(self.cells)
        marks = decimal_marks(self.look.distinct) or {"."}
        mark = "." if "." in marks else next(iter(marks))
        parsed = (parse_number(cell, mark) if cell else None for cell in self.cells)
        return tuple(None if number is None else float(number) for number in parsed)

    @cached_property
    def days(self) -> tuple[int | None, ...]:
        """Return the days as ordinals, if nearly all cells are dates."""
        # 11.5 is a day only under a header that says so.
        dotted = self.look.numbers > 0.1
        if self.look.dates + (0 if dotted else self.look.bare) < 0.8 and not self._clock():
            return (None,) * len(self.cells)
        era = eras.era_of(self.look.distinct, _THIS_YEAR)
        whole = partial(eras.gregorian, era=era.name) if era else str
        orders = date_orders(map(whole, self.look.distinct), _THIS_YEAR)
        order: DateOrder = "ymd" if "ymd" in orders or not orders else sorted(orders)[0]
        texts = (with_year(whole(cell), _BARE_YEAR, True) if cell else None for cell in self.cells)
        dates = (parse_date(cell, order) if cell else None for cell in texts)
        return tuple(None if date is None else date.toordinal() for date in dates)

    def _clock(self) -> bool:
        """Return whether these are days as Excel or a computer counts them, all in this century."""
        if self.look.dates + self.look.serials < 0.9:
            return False
        counted = [cell for cell in self.look.distinct if cell.replace(".", "", 1).isdigit()]
        return all(len(cell) == 13 or 36_526 <= float(cell) <= 55_153 for cell in counted)

    @cached_property
    def is_days(self) -> bool:
        return any(day is not None for day in self.days)

    @cached_property
    def is_numbers(self) -> bool:
        return any(number is not None for number in self.numbers)

    @cached_property
    def counting(self) -> bool:
        """Return whether the column counts 1, 2, 3 … down the sheet: rows, not things."""
        numbers = [number for number in self.numbers if number is not None]
        return len(numbers) > 2 and all(b - a == 1 for a, b in itertools.pairwise(numbers))

    def _share(self, test: object) -> float:
        cells = self.look.distinct
        assert callable(test)
        return sum(bool(test(cell)) for cell in cells) / len(cells) if cells else 0.0


def profile(cells: Sequence[str | None]) -> Profile:
    """Return the profile of a column's first cells, in the order of the sheet."""
    return _profile(tuple(cell and cell[:_LONGEST] for cell in cells))


@lru_cache(maxsize=1024)
def _profile(cells: tuple[str | None, ...]) -> Profile:
    return Profile(cells)


def _telephone(text: str) -> bool:
    return (
        bool(_PHONE.fullmatch(text))
        and any(mark in text for mark in "+()- ")
        and (sum(c.isdigit() for c in text) >= 8 and not re.fullmatch(r"[\d.]+-\d+-\d+", text))
    )


def _sentence(text: str) -> bool:
    if not text.isascii():
        return len(text) >= 5 and not _COMPANY.search(text)
    words = text.split()
    return len(words) >= 2 and any(word[0].islower() for word in words)


def _person(text: str) -> bool:
    if _ZH_NAME.fullmatch(text):
        return (text[0] in _FAMILY and len(text) <= 3) or text.startswith(_DOUBLE)
    return bool(_EN_NAME.fullmatch(text)) and not _COMPANY.search(text)


@lru_cache(maxsize=4096)
def depends(cause: Profile, effect: Profile) -> float:
    """Return how far `effect` follows from `cause`: the share of rows with the usual effect.

    0 if that would say nothing: causes that hardly repeat, or one effect for all.
    """
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for reason, outcome in zip(cause.cells, effect.cells, strict=False):
        if reason is not None and outcome is not None:
            groups[reason][outcome] += 1
    rows = sum(sum(group.values()) for group in groups.values())
    usual = Counter[str]()
    for group in groups.values():
        usual.update(group)
    if len(usual) < 2 or rows < 6 or len(groups) > 0.6 * rows:
        return 0.0
    hits = sum(group.most_common(1)[0][1] for group in groups.values())
    # What guessing the commonest effect would give is no dependence.
    chance = usual.most_common(1)[0][1] / rows
    return max(0.0, (hits / rows - chance) / (1 - chance)) if chance < 1 else 0.0


def share_of_pairs(
    first: Sequence[float | None], second: Sequence[float | None], test: object
) -> float | None:
    """Return the share of rows with both values that pass `test`; None with fewer than five."""
    assert callable(test)
    pairs = [(a, b) for a, b in zip(first, second, strict=False) if a is not None and b is not None]
    return sum(bool(test(a, b)) for a, b in pairs) / len(pairs) if len(pairs) >= 5 else None
