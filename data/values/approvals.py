"""Tell from a header that a column says which records are approved, by whom or when.

    >>> column("审核人"), column("Approved on"), column("审批"), column("Approval Status")
    ('name', 'day', 'flag', 'status')
    >>> column("Approved amount"), column("审核意见"), column("Approver comment")
    (None, None, None)
    >>> says_no("未审核"), says_no("pending"), says_no("无需审核"), says_no("Noah Beck")
    (True, True, False, False)

English, Chinese, German, French, Spanish, Italian, Portuguese, Dutch and Japanese.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from data.values.header_text import normalise

Approval = Literal["name", "day", "flag", "status"]

_OF = (
    r"^(?:(?:订单|合同|单据|回款|收款|应收|销售|财务|业务|主管|经理|领导|order|contract|payment"
    r"|sales) ?)?"
)
_DO = "(?:审核|审批|批准|核准|复核|签核|审定|终审)"
_DONE = (
    "(?:approved|authori[sz]ed|freigegeben|genehmigt|approuvée?|validée?|aprobad[oa]|autorizad[oa]"
    "|approvat[oa]|autorizzat[oa]|aprovad[oa]|goedgekeurd)"
)
_NAME = re.compile(
    rf"{_OF}(?:{_DO}(?:人|人员|员|者|人姓名|人名称|负责人|领导|主管)"
    rf"|{_DONE} (?:by|von|durch|par|por|da|door)(?: name)?"
    r"|approver(?: name)?|approving manager|genehmiger(?:in)?|freigeber(?:in)?|approbateur"
    r"|aprobador|approvatore|aprovador|goedkeurder|承認者)$"
)
_DAY = re.compile(
    rf"{_OF}(?:已?{_DO}(?:日期|时间|日|完成日期|完成时间|通过日期|通过时间)"
    rf"|{_DONE} (?:on|at|am|le|el|il|em|op|date|time|date/time)"
    r"|approval (?:date|time|day|timestamp)|date (?:of approval|approved)|freigabedatum"
    r"|genehmigungsdatum|date d['’](?:approbation|autorisation)|date de validation"
    r"|fecha de (?:aprobación|autorización)|data (?:di )?approvazione|data de aprovação"
    r"|goedkeuringsdatum|承認日)$"
)
_FLAG = re.compile(
    rf"{_OF}(?:(?:是否)?(?:已|通过)?{_DO}(?:通过|标记|标志|标识|与否|否)?|是否{_DO}通过"
    rf"|(?:is |was )?{_DONE} ?(?:\?|flag|order|contract|y/n|\(y/n\)|\(yes/no\))?|承認)$"
)
_STATUS = re.compile(
    rf"{_DO}(?:流程?)?(?:状态|结果|进度)"
    r"|(?:approval|approbation|validation) (?:status|state|result)"
    r"|(?:freigabe|genehmigungs)status|(?:statut|état|estado|stato|status).{1,8}"
    r"(?:approbation|validation|aprobación|autorización|approvazione|aprovação)"
)
_SPEAKS = re.compile(
    "[审批]|核准|复核|签核|approv|authori[sz]ed|freigegeben|genehmigt|approuv|aprobad|aprovad|承認"
)
_NO = re.compile(
    r"^(?:[未待]|尚未|暂未|没有|不通过|无(?!需|须)|否|审[核批]中|驳回|not |no$|none$|pending"
    r"|awaiting|rejected|unapproved|nicht |nein$|offen$|non$|pas |sin |[×✗✘x]$|false$|0$|n/?a$)"
)


@lru_cache(maxsize=4096)
def column(header: str) -> Approval | None:
    """Return what a column under `header` says of an approval; None for one about something else.

    A `flag` has a mark or a yes where it was given; a `name` and a `day` are blank until then.
    """
    spoken = normalise(header)
    if _STATUS.search(spoken):
        return "status"
    patterns: dict[Approval, re.Pattern[str]] = {"name": _NAME, "day": _DAY, "flag": _FLAG}
    return next((what for what, pattern in patterns.items() if pattern.search(spoken)), None)


def says_no(text: str) -> bool:
    """Return whether an entry in such a column says that there is no approval."""
    return bool(_NO.search(normalise(text)))


def speaks(status: str) -> bool:
    """Return whether a status is one of an approval: 已审核, approved."""
    return bool(_SPEAKS.search(normalise(status)))
