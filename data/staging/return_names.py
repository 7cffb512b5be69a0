"""Tell from the name of a file or a sheet that it lists returns or credit notes.

>>> named_back("销售退货单2026-03"), named_back("CreditNotes_2026"), named_back("Retouren")
('销售退货单', 'Credit Notes', 'Retouren')
>>> named_back("Sales net of returns"), named_back("Return on ad spend"), named_back("Orders")
('', '', '')
>>> of_both("Sales incl. returns"), of_both("Sales returns")
(True, False)
"""

from __future__ import annotations

import re
import unicodedata

from data.values.directions import TAKEN_BACK

_WORDS = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])")
# Months and copies differ from file to file, and what a list is stays.
_DAYS = re.compile(r"(?:\d+[年月日号季]?|\bQ\d|[\W_])+")
_TAKEN_OFF = re.compile(
    r"不含|不包|扣除|扣减|剔除|减去|去除|除去|无退|[净率]|比例|政策"
    r"|\b(?:net|less|minus|after|without|excl\w*|no|rates?|polic(?:y|ies)|returns? on|tax returns?"
    r"|ohne|abzüglich|netto|exkl\w*|quote|hors|sans|nette?s?|taux|sin|netas?|tasa|sem|taxa"
    r"|senza|zonder|bez)\b"
)
_BOTH = re.compile(
    r"[及和与含、&+]|\b(?:and|with|incl\w*|und|mit|inkl\w*|samt|et|avec|y|con|e|com|en|met|i)\b"
)


def named_back(name: str) -> str:
    """Return what a list of returns is called, without its days; nothing for another list."""
    words = _DAYS.sub(" ", _WORDS.sub(" ", unicodedata.normalize("NFKC", name))).strip()
    spoken = words.casefold()
    back = TAKEN_BACK.search(spoken) or "退换货" in spoken
    return words if back and not _TAKEN_OFF.search(spoken) else ""


def of_both(name: str) -> bool:
    """Return whether a name is of returns beside something else."""
    return bool(_BOTH.search(name.casefold()))
