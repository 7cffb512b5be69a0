"""What tenants do to an export: a fifth of its headers get names of their own."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from data.matching.recognise import recognise
from tests.data.exports import EXPORTS, Export
from tests.data.invented import known_to

# Nothing here says what the column holds, and some of it says what it does not hold.
NAMES = (
    "口径七", "我司自定义字段", "Biz Val 3", "客户方接口", "xq_field", "Kennzahl", "对接情况",
    "内部标记",
    "Wert B", "Zusatz", "要点", "关键人", "Zahlwert", "Fecha", "归口", "口头承诺额", "节点",
    "Region code 2",
    "核算数", "签批", "Umsatz-Kanal X", "客户编号(自定义)", "Our Ref", "跟进人2", "自定义字段7",
    "cf_1234", "cf_77",
    "Feld 12", "新字段", "新字段(2)", "字段A", "UDF_003", "custom_text_4", "x_studio_field_9Xk2",
    "custom_9",
    "Legacy Code", "Internes Kürzel", "Nr. intern", "备用1", "备用2", "扩展属性3", "老系统值",
    "迁移字段", "Spalte7",
    "Champ libre", "Campo 5", "Info+", "Z-Merkmal", "Attr_15", "财务口径", "总部填写", "Q-Wert",
    "附加信息栏",
    "档位", "Bemerkung2", "KPI-Feld", "Var 8", "旧表列", "勿动", "temp_col",
)  # fmt: skip
HIGH = 0.8


@dataclass
class Tally:
    """How often a table and a column was told; `wrong` are the columns that were mapped wrongly."""

    tables: int = 0
    right_tables: int = 0
    columns: int = 0
    right_columns: int = 0
    renamed: int = 0
    found: int = 0
    wrong: list[tuple[float, str]] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)

    @property
    def sure_and_wrong(self) -> list[str]:
        return [what for confidence, what in self.wrong if confidence >= HIGH]

    def __str__(self) -> str:
        return (
            f"tables {self.right_tables}/{self.tables} = {self.right_tables / self.tables:.1%}, "
            f"columns {self.right_columns}/{self.columns} = "
            f"{self.right_columns / max(1, self.columns):.1%}, "
            f"of the renamed {self.found}/{self.renamed} = "
            f"{self.found / max(1, self.renamed):.1%}, "
            f"mapped wrongly {len(self.wrong)}, of them surely {len(self.sure_and_wrong)}"
        )


def renamed(export: Export, seed: int, share: float = 0.2) -> tuple[list[str], set[int]]:
    """The header with a share of its names replaced, and which."""
    dice = random.Random(f"{seed} {export.name}")
    count = max(1, round(len(export.header) * share))
    gone = set(dice.sample(range(len(export.header)), count))
    names = iter(dice.sample(NAMES, count))
    return [next(names) if at in gone else old for at, old in enumerate(export.header)], gone


def tally(seeds: Collection[int], *, share: float = 0.2, registers: bool) -> Tally:
    """Every export with renamed headers; with `registers` most names are known already."""
    sum_ = Tally()
    for seed in seeds:
        for export in EXPORTS:
            known = known_to(export.language) if registers else {}
            _count(sum_, export, seed, share, known)
    return sum_


def _count(
    sum_: Tally, export: Export, seed: int, share: float, known: Mapping[str, Collection[str]]
) -> None:
    header, gone = renamed(export, seed, share)
    if share == 0:
        header, gone = export.header, set()
    found = recognise(header, export.samples, export.file, export.sheet, known=known)
    right = found.table == export.table
    sum_.tables += 1
    sum_.right_tables += right
    for one, (old, wanted, _) in zip(found.columns, export.fields, strict=True):
        told = right and one.column == wanted
        if wanted and any(export.samples[one.position]):
            sum_.columns += 1
            sum_.right_columns += told
            sum_.renamed += one.position in gone
            sum_.found += told and one.position in gone
            if not told and one.position in gone:
                sum_.lost[f"{export.table}.{wanted}"] += 1
        if one.column not in (wanted, None):
            what = f"{export.name}: {old} ({wanted}) as {one.header} is no {one.column}"
            sum_.wrong.append((one.confidence, f"{what} {one.confidence:.2f} {one.why}"))
