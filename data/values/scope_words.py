"""Know what people call the levels that a target is set on: the company, a team, one person.

>>> level_of("部门级"), level_of("Sales reps"), level_of("Senior")
('team', 'rep', None)
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from data.values.header_text import normalise

COMPANY, MANAGER, REP = "company", "manager", "rep"
# What names of columns call them as well.
SCOPES = {
    word: scope
    for scope, words in {
        COMPANY: "公司|全公司|总公司|整体|合计|总计|company|total|all",
        "team": "团队|部门|小组|组|team|department|group",
        "region": "区域|大区|地区|region|area",
        REP: "个人|销售|业务员|销售员|销售人员|人员|rep|sales rep|person|owner",
        "product": "产品|商品|product",
        "category": "品类|类别|category",
        "channel": "渠道|channel",
        "customer_class": "客户分类|客户级别|客户等级|customer class",
    }.items()
    for word in words.split("|")
}
_MORE = {
    word: scope
    for scope, words in {
        COMPANY: "集团|总部|总体|全司|全体|本公司|org|organization|organisation|corporate|overall"
        "|whole company|entire company|company wide|firma|unternehmen|gesamt|gesamtunternehmen"
        "|entreprise|société|empresa|azienda|компания",
        "team": "销售团队|销售部门|销售小组|班组|小队|战队|科室|营业部|分部|中心|事业部|销售部"
        "|分公司|办事处|部|sales team|division|branch|office|squad|pod|crew|unit"
        "|abteilung|gruppe|vertriebsteam|niederlassung|équipe|service"
        "|equipo|equipe|squadra|reparto|команда|отдел"
        "|afdeling|zespół|dział|チーム|グループ|部署|課|팀|부서|그룹|takım|ekip",
        "region": "销售区域|片区|战区|省区|区|sales region|territory|district|zone|gebiet"
        "|vertriebsgebiet|région|secteur|región|zona|regione|região|регион"
        "|regio|bölge|地域|エリア|지역",
        REP: "员工|销售代表|业务代表|客户经理|销售顾问|业务人员|销售个人|individual|sales person"
        "|salesperson|salesrep|representative|sales representative|seller|employee|account manager"
        "|account executive|ae|user|mitarbeiter|mitarbeiterin|verkäufer|vertriebler"
        "|vertriebsmitarbeiter|außendienst|commercial|vendeur|personne|vendedor|comercial|persona"
        "|venditore|individuale|individuell|individuel|сотрудник|менеджер",
        "customer": "客户|大客户|customer|account|key account|kunde|client|cliente|клиент",
        MANAGER: "经理|主管|组长|小组长|团队长|团队负责人|团队经理|部门经理|区域经理|大区经理"
        "|销售经理|销售主管|manager|sales manager|team lead|team leader|teamlead|regional manager"
        "|supervisor|teamleiter|teamleitung|vertriebsleiter|gruppenleiter",
    }.items()
    for word in words.split("|")
}
_LEVELS = {**_MORE, **SCOPES}
# What targets can be of; one of any other level counts in no figure.
KNOWN = frozenset(_LEVELS.values())
_ENDING = re.compile(
    r"[ -]?(?:级别|层级|层面|级|层|目标|任务|指标|level|targets?|quotas?|goals?|ziele?)$"
)


def level_of(word: str) -> str | None:
    """Return the kind of scope that a word in a column of levels stands for, None for no level."""
    spoken = normalise(word)
    short = _ENDING.sub("", spoken)
    ways = (spoken, short, short.removesuffix("s"), short.removesuffix("en"))
    return next((_LEVELS[way] for way in ways if way in _LEVELS), None)


def levels(words: Sequence[str | None]) -> list[str | None]:
    """Return the kind of scope of each word of a column; a word that is no level stays.

    Sellers may be called managers where nobody else is said to sell.
    """
    kinds = {word: level_of(word) or word for word in words if word}
    if REP not in kinds.values():
        kinds = {word: REP if kind == MANAGER else kind for word, kind in kinds.items()}
    return [kinds.get(word or "", word) for word in words]
