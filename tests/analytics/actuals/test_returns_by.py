"""Sales net and gross of a list of returns, by rep, team, product and region, computed twice.

Once by the measures, once in pandas, line by line, straight from the tables of a small store.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from analytics.actuals import actual
from domain.scope import Scope
from tests.analytics.engine import Engine

PERIODS = [
    (date(2026, 2, 1), date(2026, 2, 28)),
    (date(2026, 3, 1), date(2026, 3, 31)),
    (date(2026, 1, 1), date(2026, 3, 31)),
]
DIMENSIONS = ("rep", "team", "product", "region")
# Ann has moved in the middle of February.
REPS = [
    {"rep": "Ann", "team": "one", "region": "North", "from_date": None},
    {"rep": "Ann", "team": "two", "region": "South", "from_date": date(2026, 2, 15)},
    {"rep": "Bo", "team": "two", "region": "South", "from_date": None},
]
Rows = list[dict[str, Any]]


def store(seed: int) -> tuple[Rows, Rows]:
    """Return order lines and returns: of whole orders, of products, of amounts and of pieces."""
    chance = random.Random(seed)

    def day() -> date:
        return date(2026, 1, 5) + timedelta(days=chance.randrange(80))

    orders: Rows = []
    for number in range(1, 31):
        rep, sold_on = chance.choice(["Ann", "Bo", "Cy"]), day()
        products = chance.sample(["pump", "valve", "pipe"], chance.randint(1, 3))
        orders += [
            {"order_id": str(number), "line_no": str(at), "order_date": sold_on, "rep": rep,
             "product": product, "quantity": Decimal(chance.choice([4, 5, 10])),
             "amount": Decimal(chance.randrange(1, 50) * 100),
             "status": chance.choice(["valid", "valid", "valid", "cancelled", "returned"])}
            for at, product in enumerate(products, 1)
        ]  # fmt: skip
    returns: Rows = []
    for at, number in enumerate(chance.sample(range(1, 36), 16)):
        one: dict[str, Any] = {"order_id": str(number), "return_id": f"R{at}",
                               "return_date": chance.choice([None, day()]), "rep": None,
                               "product": None, "quantity": None, "amount": None}  # fmt: skip
        of_order = [line["product"] for line in orders if line["order_id"] == str(number)]
        if of_order and chance.random() < 0.5:
            one["product"] = chance.choice(of_order)
        kind = chance.choice(["whole", "amount", "pieces"])
        if kind == "amount":
            one["amount"] = Decimal(chance.randrange(1, 9) * 10)
        elif kind == "pieces" and of_order:
            one["quantity"] = Decimal(chance.choice([1, 2]))
            one["product"] = chance.choice(of_order)
        returns.append(one)
    return orders, returns


def in_pandas(orders: Rows, returns: Rows) -> pd.DataFrame:
    """Return day, rep, product, value and gross of every sale and of all that was taken back."""
    sold, back = pd.DataFrame(orders), pd.DataFrame(returns)
    in_part = back["amount"].notna() | back["quantity"].notna()
    found: Rows = []
    for line in sold[sold["status"] != "cancelled"].to_dict("records"):
        listed = back[back["order_id"] == line["order_id"]]
        full = listed[~in_part.loc[listed.index]]
        came_back = full["product"].isna().any() or (full["product"] == line["product"]).any()
        # A mark on an order says nothing more where the list says how much came back.
        marked = line["status"] == "returned" and len(full) == len(listed)
        net = Decimal(0) if came_back or marked else line["amount"]
        found.append({"day": line["order_date"], "rep": line["rep"], "product": line["product"],
                      "value": net, "gross": line["amount"]})  # fmt: skip
    for one in back[in_part].to_dict("records"):
        every = sold[sold["order_id"] == one["order_id"]]
        valid = every[every["status"] != "cancelled"]
        if len(every) and not len(valid):
            continue
        named = one["product"] if isinstance(one["product"], str) else None
        mine = valid[valid["product"] == named] if named else valid
        amount = one["amount"] if pd.notna(one["amount"]) else None
        if amount is None:
            if not len(mine):
                continue
            pieces = mine["quantity"].sum()
            amount = min(one["quantity"], pieces) * mine["amount"].sum() / pieces
        days = [one["return_date"], *every["order_date"].sort_values()]
        products = mine["product"].unique()
        found.append({"day": next((day for day in days if pd.notna(day)), None),
                      "rep": every["rep"].iloc[0] if len(every) else None,
                      "product": named or (products[0] if len(products) == 1 else None),
                      "value": -amount, "gross": Decimal(0)})  # fmt: skip
    frame = pd.DataFrame(found)
    places = [place(row["rep"], row["day"]) for row in found]
    frame["team"], frame["region"] = zip(*places, strict=True)
    return frame[frame["day"].notna()]


def place(rep: str | None, day: date | None) -> tuple[str | None, str | None]:
    """Return the team and the region of a rep on a day."""
    if rep == "Ann" and (day is None or day < date(2026, 2, 15)):
        return "one", "North"
    return ("two", "South") if rep in ("Ann", "Bo") else (None, None)


@pytest.mark.parametrize("seed", range(2))
def test_net_and_gross_by_what_sold_them_are_those_of_pandas(engine: Engine, seed: int) -> None:
    orders, returns = store(seed)
    for name, rows in (("orders", orders), ("returns", returns), ("reps", REPS)):
        engine.add(name, rows)
    right = in_pandas(orders, returns)
    assert (right["value"] < 0).any() and (right["value"] != right["gross"]).any()
    for start, end in PERIODS:
        scope = Scope(month=start, as_of=end)
        inside = right[(right["day"] >= start) & (right["day"] <= end)]
        whole = engine.one(actual.total(scope, start, end))
        assert (whole["value"], whole["gross"]) == (inside["value"].sum(), inside["gross"].sum())
        for dimension in DIMENSIONS:
            found = {
                row[dimension]: (row["value"], row["gross"])
                for row in engine.run(actual.by(scope, dimension, start, end))
            }
            sums = inside.groupby(dimension, dropna=False)[["value", "gross"]].sum()
            assert found == {
                None if pd.isna(name) else name: tuple(values)
                for name, values in zip(sums.index, sums.to_numpy(), strict=True)
            }, (dimension, start)
