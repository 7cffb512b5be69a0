"""Say what an import removed from the dashboard or replaced there.

>>> sentences(_, results)                                        # doctest: +SKIP
['2 deals missing from deals.csv left the pipeline.']
"""

from __future__ import annotations

from collections.abc import Sequence

from data.ingest.batch import GAVE_WAY
from data.staging.draft import Result
from pages.kit.i18n.words import Words


def sentences(_: Words, readable: Sequence[Result]) -> list[str]:
    """Describe what the import removed or replaced, one sentence each."""
    told = []
    for result in readable:
        gone = result.landed.gone if result.landed else 0
        if result.reread:
            count = _.n("{n} row", "{n} rows", result.reread)
            told.append(
                _(
                    "{name} was imported again with different settings, replacing the "
                    "previous {count}.",
                    name=result.name,
                    count=count,
                )
            )
        # An older form of the table in the same upload was replaced by it.
        beside = [
            other.name
            for other in readable
            if other.table == result.table and GAVE_WAY in (other.left_out or {})
        ]
        if gone and result.table != "deals" and (replaced := result.replaced or beside):
            count = _.n("{n} row", "{n} rows", gone)
            files = "、".join(replaced)
            told.append(
                _(
                    "{name} replaced {count} from {files}.",
                    name=result.name,
                    count=count,
                    files=files,
                )
            )
        elif gone and result.table == "deals":
            told += _gone_deals(_, result, gone)
        elif gone and result.table in ("orders", "payments"):
            told.append(_gone(_, result, gone))
        if result.landed and result.landed.withdrawn and result.table == "targets":
            told.append(
                _(
                    "{count} of an earlier list that {name} no longer has left the figures.",
                    name=result.name,
                    count=_.n("{n} target", "{n} targets", result.landed.withdrawn),
                )
            )
        elif result.landed and result.landed.withdrawn and result.table == "spend":
            told.append(
                _(
                    "{count} known before left the figures: {name} has the amounts in another "
                    "currency.",
                    name=result.name,
                    count=_.n("{n} row", "{n} rows", result.landed.withdrawn),
                )
            )
        elif result.landed and result.landed.withdrawn:
            told.append(
                _(
                    "{count} known before left the figures: {name} says that they are void, "
                    "deleted or not in force.",
                    name=result.name,
                    count=_.n("{n} row", "{n} rows", result.landed.withdrawn),
                )
            )
    return told


def _gone(_: Words, result: Result, gone: int) -> str:
    """Describe the order lines that the source no longer has, or corrected payments."""
    if result.table == "payments":
        return _(
            "{count} known under the same numbers were replaced by the corrected ones in {name}.",
            name=result.name,
            count=_.n("{n} payment", "{n} payments", gone),
        )
    return _(
        "{count} that {name} no longer has in its orders and days left the figures.",
        name=result.name,
        count=_.n("{n} order line", "{n} order lines", gone),
    )


def _gone_deals(_: Words, result: Result, gone: int) -> list[str]:
    """Describe the deals that left the pipeline, by which export has them no more."""
    lacking = result.landed.lacking if result.landed else 0
    told = []
    if missing := gone - lacking:
        count = _.n("{n} deal", "{n} deals", missing)
        told.append(
            _("{count} missing from {name} left the pipeline.", name=result.name, count=count)
        )
    if lacking:
        told.append(
            _(
                "Not in the pipeline, as a newer export no longer has them: {count} of {name}.",
                name=result.name,
                count=_.n("{n} deal", "{n} deals", lacking),
            )
        )
    return told
