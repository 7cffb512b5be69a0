"""Tell texts apart: known names, people, companies, words of a list, free text.

>>> from data.matching.profile import profile
>>> from domain.tables import table
>>> sheet = Sheet(table("orders"), {}, {"reps": {"Ann Lee"}}, "generic")
>>> of_words("rep", profile(["Ann Lee", "Ann Lee"]), sheet)
0.95
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from data.matching.known_columns import Sheet, agree
from data.matching.profile import Profile, depends
from data.matching.systems import GENERIC, systems, values, words
from data.values.header_text import normalise

PEOPLE = {
    "rep": "reps", "owner": "reps", "scope_value": "reps",
    "customer": "customers", "product": "products",
}  # fmt: skip


def of_words(name: str, seen: Profile, sheet: Sheet) -> float:
    """Rate how well words fit the text column `name`, from 0 to 1; known names count most."""
    if name in PEOPLE and (share := _known(seen, sheet.known.get(PEOPLE[name], ()))) >= 0.6:
        return 0.95 if share >= 0.8 else 0.8
    if (share := _known(seen, sheet.known.get(name, ()))) >= 0.6:
        return 0.9
    if not seen.texts:
        return 0.0
    judge = _JUDGES.get(name)
    return judge(seen, sheet) if judge else _listed(name, seen, sheet)


def _known(profile: Profile, names: Collection[str]) -> float:
    if not names or not profile.look.distinct:
        return 0.0
    return sum(text in names for text in profile.look.distinct) / len(profile.look.distinct)


# Words that a list of anything may end with tell nothing about which list it is.
_ANYWHERE = frozenset({"other", "others", "其他", "其它", "unknown", "未知", "none", "无"})


def _in_list(profile: Profile, listed: Collection[str]) -> float:
    telling = [word for word in profile.words if word not in _ANYWHERE]
    return sum(word in listed for word in telling) / max(1, len(telling))


def _listed(name: str, seen: Profile, sheet: Sheet) -> float:
    """Rate a column of a few different words, known or not."""
    share = _in_list(seen, values(name))
    score = 0.75 if share >= 0.5 else 0.6 if share >= 0.3 else 0.4 if share >= 0.15 else 0.0
    if score:
        # The same words may be listed for another column as well: "Partner", "Web".
        best = _in_lists(seen)
        return score if share >= best else score - 0.15
    if not seen.repeats or len(seen.look.distinct) > max(12, seen.rows / 3):
        return 0.0
    if seen.people > 0.7 or _in_lists(seen) >= 0.5:
        return 0.0
    return 0.3


_LISTS = ("region", "industry", "source", "channel", "currency", "lost_reason", "role", "level")


def _in_lists(seen: Profile) -> float:
    """Return the largest share of the words that any one list of words contains."""
    return max(_in_list(seen, values(column)) for column in _LISTS)


def _person(profile: Profile, sheet: Sheet) -> float:
    if profile.people < 0.7 or len(profile.look.distinct) < 2:
        return 0.0
    if _in_lists(profile) >= 0.3 or _stages(profile, sheet) >= 0.5:
        return 0.0
    # A rep has many rows; people who have one or two each are customers or contacts.
    return 0.7 if profile.spread <= 0.25 else 0.5 if profile.spread <= 0.4 else 0.2


def _customer(profile: Profile, sheet: Sheet) -> float:
    register = sheet.into.name == "customers"
    if len(profile.look.distinct) < 3 or profile.length > 60:
        return 0.0
    if _in_lists(profile) >= 0.3 or _stages(profile, sheet) >= 0.5:
        return 0.0
    score = 0.45 if profile.spread > 0.15 and profile.titled > 0.8 else 0.25
    score += 0.25 if profile.companies >= 0.25 else -0.15 if profile.people > 0.7 else 0.0
    if sheet.into.name == "deals" and "deal_name" not in sheet.identified and profile.spread > 0.95:
        score -= 0.25  # as likely the names of the deals
    if "deal_name" in sheet.identified and _within(profile, sheet.identified["deal_name"]) > 0.3:
        score += 0.3
    if any(
        _within(column, profile) > 0.3
        for column in (*sheet.left, *sheet.identified.values())
        if column.texts
    ):
        score -= 0.4  # names that hold another column's names are names of deals
    if register and profile.spread < 0.9:
        score -= 0.1
    follow = ("region", "industry", "customer_class", "class")
    if any(
        depends(profile, sheet.identified[column]) > 0.9
        for column in follow
        if column in sheet.identified
    ):
        score += 0.15
    return score


def _within(part: Profile, whole: Profile) -> float:
    """Return the share of rows in which one text contains the other, and more."""
    if part is whole:
        return 0.0
    pairs = list(zip(part.cells, whole.cells, strict=False))
    filled = [(a, b) for a, b in pairs if a and b]
    return sum(a in b and len(a) < len(b) for a, b in filled) / len(filled) if filled else 0.0


def _deal_name(profile: Profile, sheet: Sheet) -> float:
    if profile.spread < 0.8 or profile.people > 0.7 or profile.length < 5:
        return 0.0
    texts = [
        *sheet.left,
        *(
            sheet.identified[column]
            for column in ("customer", "product")
            if column in sheet.identified
        ),
    ]
    if any(_within(column, profile) > 0.3 for column in texts if column.texts):
        return 0.9
    return 0.5


def _product(profile: Profile, sheet: Sheet) -> float:
    if _in_lists(profile) >= 0.3 or profile.people > 0.8:
        return 0.0
    if sheet.into.name == "products":
        return 0.55 if profile.spread > 0.95 else 0.2
    if sheet.into.name == "deals":
        return 0.25
    follow = [column for column in ("unit_price", "category") if column in sheet.identified]
    if any(
        depends(profile, sheet.identified[column]) > (0.5 if column == "unit_price" else 0.9)
        for column in follow
    ):
        return 0.6 if profile.companies < 0.3 else 0.3
    several = profile.repeats and len(profile.look.distinct) > 2
    return 0.4 if several and profile.companies < 0.25 and profile.sentences < 0.5 else 0.2


def _category(profile: Profile, sheet: Sheet) -> float:
    product = sheet.identified.get("product")
    if not profile.repeats or _in_lists(profile) >= 0.5:
        return 0.0
    fewer = product is not None and len(profile.look.distinct) < len(product.look.distinct)
    if product and fewer and depends(product, profile) > 0.9:
        return 0.7
    return 0.3


def _stage(profile: Profile, sheet: Sheet) -> float:
    if len(profile.look.distinct) < 2:
        return 0.0
    share = _stages(profile, sheet)
    if share >= 0.6:
        return 0.85
    chance = sheet.identified.get("probability")
    if chance and profile.repeats and depends(profile, chance) > 0.9:
        return 0.7
    return 0.5 if share >= 0.3 else 0.0


def _stages(profile: Profile, sheet: Sheet) -> float:
    stages = set(words("deals", sheet.system).get("stage", {}))
    stages |= set(systems()[GENERIC].stages)
    stages |= set(systems()[sheet.system].stages)
    stages |= {normalise(stage) for stage in sheet.known.get("stage", ())}
    return _in_list(profile, stages)


def _status(seen: Profile, sheet: Sheet) -> float:
    """Rate a lead's status: free text, but in words that many systems share."""
    if len(seen.look.distinct) < 2:
        return 0.0
    share = max(_in_list(seen, values("status")), _stages(seen, sheet))
    return 0.75 if share >= 0.6 else 0.55 if share >= 0.3 else 0.0


def _lost_reason(profile: Profile, sheet: Sheet) -> float:
    ended = sheet.ended()
    if ended is not None and profile.filled < 0.9:
        lost = [end == "lost" for end in ended]
        if any(lost) and agree(profile, lost) > 0.85:
            return 0.9
    share = _in_list(profile, values("lost_reason"))
    return 0.7 if share >= 0.4 else 0.35 if share >= 0.2 and profile.filled < 0.7 else 0.0


def _words_of_ones_own(seen: Profile, sheet: Sheet) -> float:
    """Rate free text: longer than a name, and neither names nor words of a list."""
    lists = _in_lists(seen)
    if seen.sentences < 0.5 or seen.people > 0.5 or lists > 0.2 or seen.companies > 0.3:
        return 0.0
    if seen.spread < 0.2 or len(seen.look.distinct) < 6:
        return 0.0
    if _stages(seen, sheet) > 0.3 or seen.addresses > 0.5:
        return 0.0
    held = any(
        _within(column, seen) > 0.3
        for column in (*sheet.left, *sheet.identified.values())
        if column.texts
    )
    return 0.0 if held else 0.5


def _team(profile: Profile, sheet: Sheet) -> float:
    rep = sheet.identified.get("rep")
    return 0.45 if rep and profile.repeats and depends(rep, profile) > 0.9 else 0.25


_JUDGES: dict[str, Callable[[Profile, Sheet], float]] = {
    "currency": lambda seen, _: 0.85 if _in_list(seen, values("currency")) >= 0.8 else 0.0,
    "place": lambda seen, _: (
        0.75 if seen.addresses >= 0.5 else 0.35 if _in_list(seen, values("region")) > 0.5 else 0
    ),
    "partner": lambda seen, _: 0.4 if seen.companies >= 0.3 and seen.spread < 0.4 else 0.15,
    "rep": _person, "owner": _person, "manager": _team,
    "customer": _customer, "deal_name": _deal_name, "product": _product,
    "category": _category, "stage": _stage, "status": _status, "lost_reason": _lost_reason,
    "reason": _lost_reason, "next_step": _words_of_ones_own, "outcome": _words_of_ones_own,
    "team": _team,
    "scope_value": _person,
}  # fmt: skip
