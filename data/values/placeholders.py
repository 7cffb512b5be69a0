"""Find the words that people write where a name is missing: 待定, TBD, Unassigned, (blank).

>>> from data.values.columns import plain
>>> plain(without_placeholders(pa.array(["Ann Vale", "TBD", "公海"]), "rep")).to_pylist()
['Ann Vale', None, None]

Left as they are, they would be a customer, a rep or a team of that name.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from data.values.columns import Texts, distinct, plain

_PEOPLE = ("rep", "manager", "owner")
_GROUPS = ("team", "region")
_OTHERS = ("customer", "product", "category", "channel", "partner", "campaign")
# The source of a lead is a word that its system chose: "unknown" is one, beside none at all.
NAMES = frozenset((*_PEOPLE, *_GROUPS, *_OTHERS, "industry", "lost_reason", "competitor"))
# Nan, Na and Nil are people: only as programs write them do they mean nothing.
_WORDS = "|".join(
    (
        # Chinese, Japanese and Korean
        "待定|待确认|待確認|待分配|待指派|待填|待补|待補",
        "未定|未分配|未指派|未指定|未填写|未填寫|未填",
        "未设置|未設置|未知|未明|未分组|未分組|不详|不詳",
        "不明|暂无|暫無|暂缺|暫缺|暂未分配|缺失|没有|沒有",
        "无|無|空|空白|空值|无归属|無歸屬|无负责人",
        "無負責人|无业务员|无销售|无人负责|無し|なし|未割当",
        "미정|미지정|미배정|없음",
        # English
        r"n ?/ ?a|n\.a\.?|(?-i:na|NA|nan|NaN|NAN|nil|NIL)|null|none|nobody|tb[acd]|t\.b\.[acd]\.",
        "to be (?:determined|defined|decided|confirmed|assigned|announced)|un-?assigned|undefined",
        "unknown|un(?:specified|determined|allocated)",
        "not (?:yet )?(?:assigned|set|specified|known)",
        "not (?:available|applicable|defined)|no (?:owner|rep|sales ?rep|salesperson|sales person)",
        "no (?:name|value|data|customer|team|region|product|category|one|entry|assignee)",
        # German
        "unbekannt|nicht (?:zugewiesen|zugeordnet|vergeben|angegeben|gesetzt|bekannt|vorhanden)",
        "ohne (?:angabe|zuordnung|verkäufer|vertreter|kunde)|nicht zutreffend|keine?|keine[rs]",
        "keine? (?:angabe|zuordnung|verkäufer|vertreter|kunde)",
        r"k\. ?a\.|entfällt|noch offen|niemand",
        # French
        "inconnue?",
        "non (?:attribuée?|affectée?|assignée?|renseignée?|définie?|spécifiée?|disponible)",
        "à (?:définir|déterminer|confirmer|attribuer|affecter)|aucune?|personne|non applicable",
        "sans (?:objet|commercial|vendeur|nom|client)",
        # Spanish, Portuguese, Italian, Dutch
        "desconocid[oa]",
        "sin (?:asignar|definir|especificar|vendedor|comercial|nombre|cliente|datos?)",
        "no (?:asignad[oa]|definid[oa]|especificad[oa]|disponible|aplica)|ningun[oa]|nadie|n/d|s/d",
        "por (?:definir|determinar|asignar|confirmar)|desconhecid[oa]|nenhum[oa]?|ninguém",
        "não (?:atribuíd[oa]|definid[oa]|informad[oa]|se aplica)|a (?:definir|determinar)",
        "sem (?:responsável|vendedor|nome|cliente)",
        r"sconosciut[oa]|nessun[oa]|n\.d\.|n\.v\.t\.|geen",
        "non (?:assegnat[oa]|definit[oa]|specificat[oa])|da (?:definire|assegnare)|onbekend",
        "niet (?:toegewezen|bekend|ingevuld|van toepassing)",
    )
)
# By themselves these may be names; in brackets they are a spreadsheet's or a program's.
_IN_BRACKETS = "blank|empty|missing|leer|vide|en blanco|vazio|vuoto|not selected|no selection"
_POOL = "公海|公海池|客户公海|客戶公海|公海客户|公海客戶"
# A spreadsheet's error stands where a look-up has found no name.
_ERRORS = r"#n/?a!?|#(?:ref|value|name\??|null|div/0)!?|\\n"
_EDGES = r"[^\pL\pN]*"
# Region or team NA is North America.
_AMERICA = "NA"


def without_placeholders(texts: Texts, column: str) -> Texts:
    """Return a trimmed column of names in which words for no name are null."""
    if column not in NAMES:
        return texts
    coded = pa.types.is_dictionary(texts.type)
    words = texts.dictionary if coded else texts
    nameless = _nameless(words, column)
    if not pc.any(nameless).as_py():
        return texts
    left = pc.if_else(nameless, pa.scalar(None, pa.string()), words)
    if not coded:
        return left
    return plain(pa.DictionaryArray.from_arrays(texts.indices, left)).dictionary_encode()


def placeholders(texts: Texts, column: str) -> list[str]:
    """Return the words in a trimmed column of names that stand for no name; no mere marks."""
    if column not in NAMES:
        return []
    words = distinct(texts)
    said = pc.and_(_nameless(words, column), pc.match_substring_regex(words, r"[\pL\pN]"))
    return list(words.filter(said).to_pylist())


def _nameless(words: pa.StringArray, column: str) -> pa.BooleanArray:
    plainer = pc.utf8_normalize(words, "NFKC")
    bracketed = rf"[(<\[{{*-]+ ?(?:{_IN_BRACKETS}) ?[)>\]}}*-]+"
    known = _WORDS + ("|" + _POOL if column in (*_PEOPLE, "team") else "")
    pattern = f"(?i)^(?:{_EDGES}(?:{known})?{_EDGES}|{bracketed}|{_ERRORS})$"
    nameless = pc.fill_null(pc.match_substring_regex(plainer, pattern), False)
    if column in _GROUPS:
        nameless = pc.and_(nameless, pc.not_equal(pc.fill_null(plainer, ""), _AMERICA))
    return nameless
