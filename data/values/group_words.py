"""Tell names of whole groups from those of people: the company, a team, what nobody has.

>>> kind_of_group("All reps"), kind_of_group("华东大区"), kind_of_group("Ann Vale")
('company', 'region', None)
>>> is_unassigned("Overassignment"), is_all("All products"), is_unnamed_group("Team")
(True, True, True)

A word is never enough to take a row out of a sum: `data.staging.target_levels` looks at the
figures too.
"""

from __future__ import annotations

import re

from data.values.header_text import normalise

_PEOPLE = (
    r"(?:sales ?)?(?:reps?|people|persons?|staff|employees|salespeople|sellers|teams|regions"
    r"|members|departments|offices)"
)
_COMPANY = re.compile(
    r"(?:the |our )?(?:(?:total|whole|entire|all|overall|full) )?(?:company|firm|organi[sz]ation)"
    r"(?: ?(?:wide|level|total|target|quota|goal|overall))?"
    rf"|all(?: the)?(?: {_PEOPLE})?|total {_PEOPLE}|everyone|everybody|overall|(?:grand )?total"
    r"|nationwide|worldwide|whole team"
    r"|gesamt(?:unternehmen|firma|betrieb|summe|ziel|team|ergebnis)?|insgesamt|summe"
    r"|(?:(?:ganze|gesamte)[sr]? )?(?:firma|unternehmen)(?: gesamt)?"
    r"|alle(?: (?:mitarbeiter|vertriebler|verkäufer|teams|regionen|kollegen))?"
    r"|(?:toute )?(?:l'|la )?(?:entreprise|société)|total (?:entreprise|société|général)"
    r"|tous(?: les (?:commerciaux|vendeurs|équipes))?|ensemble"
    r"|(?:toda )?(?:la |total )?(?:empresa|compañía)|todos(?: (?:los|os) (?:vendedores|equipos))?"
    r"|total general|total geral|(?:intera |totale )?azienda|totale|tutti"
    r"|вся компания|итого|компания"
    r"|(?:全|总|本|整个)?公司(?:合计|总计|总目标|整体|汇总|目标|总体|级)?"
    r"|全(?:员|体|部|国|司|集团)(?:销售|员工|人员|业务员|同事)?(?:合计|总计|目标)?"
    r"|整体|总体|合计|总计|总和|集团|所有(?:人|人员|销售|销售员|业务员|团队)?"
)
_REGION = re.compile(
    r".{1,60} (?:region|area|territory|zone|district|gebiet)"
    r"|(?:region|area|territory|zone|gebiet) .{1,60}"
    r"|(?:région|secteur|región|zona|regione) .{1,60}"
    r"|.{1,60}?(?:大区|战区|片区|地区|区域|省区|(?<=[东南西北中])方?区|(?<=[一二三四五六七八九十])区)(?:合计|小计|总计|汇总)?"
)
_TEAM = re.compile(
    r".{1,60} (?:team|group|department|dept\.?|division|squad|branch|abteilung|gruppe)(?: total)?"
    r"|(?:team|department|dept\.?|division|branch|abteilung|gruppe|niederlassung) .{1,60}"
    r"|(?:équipe|service|agence|equipo|grupo|equipe|squadra) .{1,60}"
    r"|.{1,60}?(?:团队|小组|部门|事业部|销售部|业务部|市场部|[一二三四五六七八九十\d]部"
    r"|[一二三四五六七八九十\d]组|战队|分公司|办事处)(?:合计|小计|总计|汇总)?"
)
# Words that name no group, so that they stand for the one whose people are in the list.
_UNNAMED = re.compile(
    r"(?:the |our |my |this )?(?:whole |entire )?(?:sales )?"
    r"(?:team|group|department|dept\.?|division|squad|branch|office|unit|crew|region|area|territory|district)s?"
    r"(?: (?:total|target|quota|goal|overall|sum))?|sales(?: ?force)?"
    r"|(?:das )?(?:gesamte[rs]? )?(?:verkaufs|vertriebs)?"
    r"(?:team|abteilung|gruppe|mannschaft|gebiet)(?: gesamt)?|vertrieb|verkauf|niederlassung"
    r"|(?:l'|toute l')?équipe(?: (?:commerciale|de vente|des ventes))?|groupe"
    r"|service(?: commercial)?|agence|secteur|région|force de vente"
    r"|(?:todo el )?equipo(?: (?:comercial|de ventas))?|grupo|departamento|zona"
    r"|equip[ae](?: (?:comercial|de vendas))?|squadra|gruppo|reparto"
    r"|(?:verkoop)?groep|afdeling|regio|zesp[óo]ł(?: sprzedaży)?|grupa|dział(?: sprzedaży)?"
    r"|команда|группа|отдел(?: продаж)?"
    r"|(?:営業)?(?:チーム|グループ|部署|部|課)(?:全体|計|合計)?|(?:영업)?(?:팀|그룹|부서|부)|takım|ekip"
    r"|(?:本|全|我|我们|整个|销售|业务|营销)?(?:团队|團隊|小组|小組|组|組|部门|部門|部|大区|区域|片区)"
    r"(?:合计|小计|总计|汇总|目标|整体)?"
)
_UNASSIGNED = re.compile(
    r"over ?(?:assign|alloc)(?:ment|ation|ed|ated)?|(?:manager )?buffer|house(?: accounts?)?"
    r"|(?:(?:sales )?rep|seat|position|territory|team|headcount)? ?(?:vacant|vacancy|unfilled)"
    r"(?: (?:seat|position|territory|headcount|role|rep))?(?: ?#?\d{1,2})?"
    r"|(?:open|new|future|planned) (?:head ?count|seat|position|req(?:uisition)?|role|hire|rep)s?"
    r"(?: ?#?\d{1,2})?"
    r"|(?:tb[hd]|to be hired|to be decided|hiring|new ?hire)(?: ?(?:rep|ae|sdr))?(?: ?#?\d{1,2})?"
    r"|vakant|unbesetzt|offene stelle|neue stelle|hauskunden|poste vacant|vacant(?:e|es)?"
    r"|à recruter|puesto vacante|por contratar|vaga|a contratar|posto vacante|da assumere"
    r"|вакансия|вакантно"
    r"|待招聘?|待招人员|招聘中|拟招|待入职|待到岗|空缺|空岗|缺编|新人|待定|编制|公海|公司直管|机动客户|un(?:assigned|allocated)"
    r"|not (?:assigned|allocated)"
    r"|reserve|contingency|cushion|hold ?back|puffer|nicht (?:zugeordnet|zugewiesen|verteilt)"
    r"|non (?:affecté|attribué|assegnato)e?s?|réserve|sin asignar|não atribuído|reserva|riserva"
    r"|缓冲|未分配|预留|机动|待分配|未指派|超分配|余量"
    # What all are to reach at least or at best, beside what each of them is.
    r"|(?:stretch|commit|floor|baseline|(?:best|worst) case)(?: (?:target|goal|quota|plan))?"
    r"|(?:mindest|maximal|stretch)ziel|objectif (?:minimum|ambitieux)|objetivo (?:mínimo|máximo)"
    r"|(?:挑战|冲刺|保底|底线|奋斗)(?:目标|任务|值)?"
)
_ALL = re.compile(
    r"all(?: the)? \w+|alle \w+|tou(?:s|tes) les \w+|tod[oa]s (?:los|las|os|as) \w+"
    r"|tutt[ie] [ilg]\w{0,5} \w+"
    r"|(?:全部|所有|全体|全)(?:产品|商品|品类|系列|品牌|区域|地区|渠道|客户|类别|业务|产品线|品)?(?:合计|小计)?"
)


def kind_of_group(name: str) -> str | None:
    """Return "company", "region" or "team" for a name that is worded like one."""
    word = normalise(name)
    if _COMPANY.fullmatch(word):
        return "company"
    if _REGION.fullmatch(word):
        return "region"
    return "team" if _TEAM.fullmatch(word) else None


def is_unnamed_group(name: str) -> bool:
    """Return whether a name is a mere word for a group: Team, Department, 团队."""
    return bool(_UNNAMED.fullmatch(normalise(name)))


def is_unassigned(name: str) -> bool:
    """Return whether a name stands for targets that were given to nobody."""
    return bool(_UNASSIGNED.fullmatch(normalise(name)))


def is_all(word: str) -> bool:
    """Return whether a word stands for all products, regions, channels … together."""
    spoken = normalise(word)
    return bool(_COMPANY.fullmatch(spoken) or _ALL.fullmatch(spoken))
