"""Tell numbers apart by size, spread and how columns follow from each other.

>>> from data.matching.profile import profile
>>> from domain.tables import table
>>> found = {"quantity": profile(["2", "3"] * 4), "unit_price": profile(["10", "20"] * 4)}
>>> sheet = Sheet(table("orders"), found, {}, "generic")
>>> of_numbers(table("orders").column("amount"), profile(["20", "60"] * 4), sheet)
0.95
"""

from __future__ import annotations

import itertools

from data.matching.known_columns import Sheet
from data.matching.profile import Profile, depends, share_of_pairs
from domain.tables import Column

# Numbers that count something out are this many at least, and have fewer gaps than this.
_ROWS, _GAPS = 5, 3
_WORTH = ("amount", "target", "list_price", "size")


def of_numbers(column: Column, seen: Profile, sheet: Sheet) -> float:
    """Rate how well numbers fit `column`, from 0 to 1; codes that look like numbers score 0."""
    if not seen.is_numbers or seen.counting or like_codes(seen) or _numbered(seen):
        return 0.0
    amounts = [number for number in seen.numbers if number is not None]
    whole = all(number == int(number) for number in amounts)
    if (exact := _product_of(column.name, seen, sheet)) is not None:
        return exact
    if column.name in _WORTH:
        return _worth(seen, sheet, whole)
    if column.kind == "share":
        return _share(column.name, seen, sheet, amounts)
    if column.name == "quantity":
        small = whole and 0 < max(amounts) <= 100_000 and seen.spread < 0.6
        return 0.55 if small and sorted(amounts)[len(amounts) // 2] <= 500 else 0.1
    if column.name in ("unit_price", "cost", "budget", "floor", "stretch"):
        return _beside(column.name, seen, sheet, whole)
    if column.name in ("duration", "score"):
        return (
            0.45
            if min(amounts) >= 0 and max(amounts) <= (100 if column.name == "score" else 36_000)
            else 0
        )
    return 0.5 if column.name == "scale" and len(set(amounts)) == 1 else 0.2


def like_codes(seen: Profile) -> bool:
    """Return whether these are long whole numbers that rarely repeat: names, not quantities."""
    digits = [text for text in seen.look.distinct if text.isdigit() and len(text) >= 5]
    return (
        len(digits) == len(seen.look.distinct)
        and max(map(len, digits)) - min(map(len, digits)) <= (len(digits[0]) > 6)
        and sum(text.endswith("00") for text in digits) < 0.3 * len(digits)
    )


def _numbered(seen: Profile) -> bool:
    """Return whether these are unique whole numbers in order, with few gaps: 1001, 1002, 1004."""
    numbers = [number for number in seen.numbers if number is not None]
    if len(numbers) < _ROWS or any(number != int(number) for number in numbers):
        return False
    steps = [b - a for a, b in itertools.pairwise(numbers)]
    in_order = all(step > 0 for step in steps) or all(step < 0 for step in steps)
    return in_order and abs(numbers[-1] - numbers[0]) < _GAPS * len(numbers)


def _product_of(name: str, profile: Profile, sheet: Sheet) -> float | None:
    """Rate amount = quantity × price, less discount, to about a cent; None without a factor."""
    parts = ("amount", "quantity", "unit_price")
    others = [part for part in parts if part != name]
    if name not in parts or any(part not in sheet.identified for part in others):
        return None
    columns = {part: sheet.identified[part].numbers for part in others} | {name: profile.numbers}
    products = [
        a * b if a is not None and b is not None else None
        for a, b in zip(columns["quantity"], columns["unit_price"], strict=False)
    ]
    # One piece of something says nothing: its amount is its price.
    several = [
        p if p is not None and q is not None and q > 1 else None
        for p, q in zip(products, columns["quantity"], strict=False)
    ]
    near = share_of_pairs(columns["amount"], several, lambda a, p: p and 0.45 <= a / p <= 1.3)
    return None if near is None else 0.95 if near > 0.9 else 0.1


def _worth(seen: Profile, sheet: Sheet, whole: bool) -> float:
    """Rate the amount of a row: the largest, unless it is another one times a probability."""
    score = 0.6 + (0.0 if whole else 0.05)
    for other in (other for other in sheet.left if other is not seen and other.is_numbers):
        larger = share_of_pairs(seen.numbers, other.numbers, lambda a, b: a >= b)
        if larger is not None and not like_codes(other):
            score += 0.05 if larger > 0.9 else -0.1 if larger < 0.1 else 0.0
    if "probability" in sheet.identified:
        chance = sheet.identified["probability"].numbers
        for other in (other for other in sheet.left if other is not seen and other.is_numbers):
            weighted = [
                a * (p if p <= 1 else p / 100) if a is not None and p is not None else None
                for a, p in zip(other.numbers, chance, strict=False)
            ]
            same = share_of_pairs(seen.numbers, weighted, lambda a, b: abs(a - b) <= 0.02 + a / 99)
            if same is not None and same > 0.9:
                return 0.1
    return score if max(seen.look.dates, 0.0) < 0.5 and seen.spread > 0.05 else 0.3


def _share(name: str, profile: Profile, sheet: Sheet, amounts: list[float]) -> float:
    if min(amounts) < 0 or max(amounts) > 100 or len(set(amounts)) > 25:
        return 0.0
    percent = 0.15 if sum("%" in text for text in profile.look.distinct) > 0.5 else 0.0
    if name == "probability":
        stage = sheet.identified.get("stage")
        follows = depends(stage, profile) if stage else 0.0
        return min(0.9, 0.45 + percent + 0.4 * (follows > 0.8))
    few = 0.1 if name == "discount" and 0 in amounts and max(amounts) < 90 else 0.0
    return 0.4 + percent + few


def _beside(name: str, profile: Profile, sheet: Sheet, whole: bool) -> float:
    if name == "unit_price":
        product = sheet.identified.get("product")
        return 0.55 if product and depends(product, profile) > 0.5 else 0.35
    against = {"cost": ("amount", "list_price"), "budget": ("amount",)}.get(name, ("target",))
    for other in (column for column in against if column in sheet.identified):
        below = share_of_pairs(
            profile.numbers, sheet.identified[other].numbers, lambda a, b: a <= b
        )
        if below is not None:
            right = below < 0.1 if name == "stretch" else below > 0.9 if name != "budget" else True
            return 0.4 if right else 0.1
    return 0.3
