"""Compile the usual queries and cache their answers before anybody asks.

    >>> with warming():  # doctest: +SKIP
    ...     run_the_server()

Otherwise the first page of a visitor, and the first one after an import, would wait for
twenty queries to be compiled. A thread does it in the background, the plainest questions
first, and yields to visitors: a page that asks the same question waits for the answer
instead of asking twice.
"""

from __future__ import annotations

import gc
import logging
import threading
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import chain
from typing import Any

from analytics.actuals import actual, conversion, currencies
from analytics.periods import asof
from analytics.pipeline import funnel, risk, win_rate
from domain.errors import YuepanError
from domain.scope import DIMENSIONS, Scope
from pages.kit.queries import cache, compile, load, slices, targets
from pages.kit.widgets.breakdown import OFFERED

Question = tuple[Callable[..., Any], *tuple[Hashable, ...]]

# No filter, and the filters that are always visible, the first group without a pause;
# queries for the other filters are compiled on demand.
_IN_ORDER = (("", "region"), ("team",))
_ANY_MONTH = date(2026, 1, 1)
_OF_DEALS = (
    funnel.by_stage,
    win_rate.win_rates,
    win_rate.days_to_close,
    win_rate.usual_cycle,
    funnel.open_pipeline,
    funnel.unmatched_products,
    risk.at_risk,
    risk.judged,
)
_log = logging.getLogger("yuepan.warm")


@contextmanager
def warming() -> Iterator[None]:
    """Keep the usual queries and answers warm while the block runs, after every change of data."""
    stop = threading.Event()
    thread = threading.Thread(target=_keep_warm, args=(stop,), name="warming", daemon=True)
    # Twenty sessions make garbage all the time; scanning every imported object
    # every few hundred allocations took a third of the time of compiling a query.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        cache.changed.set()
        thread.join()


def usual_questions(scope: Scope) -> Iterator[Question]:
    """Yield what the week page asks about a scope when it opens, whatever the tables hold."""
    if not scope.filters:
        yield (load.row_counts,)
        yield (asof.date_ranges,)
        yield (targets.people,)
        yield (currencies.count_by_currency,)
        if scope.converts:
            yield conversion.rates_into, scope.currency
        for dimension in DIMENSIONS:
            yield actual.values, scope.source, dimension
    for source in dict.fromkeys((scope.source, "deals", "payments")):
        yield from ((actual.values, source, filtered) for filtered, _ in scope.filters)
        own = load.of(scope, source)
        yield _by_day(own)
        yield currencies.not_counted, own, own.month, own.until
    yield _sold(scope, OFFERED[0])
    for function in _OF_DEALS:
        yield function, load.of(scope, "deals")


def other_cuts(scope: Scope) -> Iterator[Question]:
    """Yield what the week page asks when its table is broken down by another dimension."""
    for dimension in OFFERED[1:]:
        yield _sold(scope, dimension)


def _by_day(scope: Scope) -> Question:
    for dimension, _ in scope.filters:
        return actual.by_day_of, scope.narrowed(dimension), dimension, *slices.EVER
    return actual.by_day, scope, *slices.EVER


def _sold(scope: Scope, dimension: str) -> Question:
    for filtered, _ in scope.filters:
        if filtered != dimension:
            whole = scope.narrowed(filtered)
            return actual.by_both, whole, filtered, dimension, scope.month, scope.until
        scope = scope.narrowed(filtered)
    return actual.by, scope, dimension, scope.month, scope.until


def _keep_warm(stop: threading.Event) -> None:
    while not stop.is_set():
        cache.changed.clear()
        for step in (_write, _answer):
            try:
                step(stop)
            except YuepanError:
                break  # The next page that opens reports what is wrong with the store.
            except Exception:
                _log.exception("could not warm")
        cache.changed.wait()


def _write(stop: threading.Event) -> None:
    """Compile the usual queries; they remain valid when the data change."""
    plain = load.present() or Scope(_ANY_MONTH, _ANY_MONTH)
    for filters in _IN_ORDER:
        scopes = [plain.narrowed(name, "any") if name else plain for name in filters]
        for questions in (usual_questions, other_cuts):
            for function, *arguments in chain.from_iterable(map(questions, scopes)):
                began = time.monotonic()
                compile.compile_query(function, *arguments)
                # Rest for as long: one thread of Python runs at a time, visitors first.
                if stop.wait(time.monotonic() - began if filters != _IN_ORDER[0] else 0):
                    return


def _answer(stop: threading.Event) -> None:
    """Cache the answers for the first page that a visitor sees."""
    scope = load.present()
    if scope is None:
        return
    for function, *arguments in usual_questions(scope):
        if stop.is_set():
            return
        if function is not actual.by:
            cache.frame(function, *arguments)
    targets.standing(scope)
    for dimension in [name for name in OFFERED if slices.values(scope.source, name)][:1]:
        targets.attained(scope, dimension)
