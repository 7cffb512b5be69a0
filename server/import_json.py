"""Describe an import as JSON to the script that sent it.

    >>> describe(words("en"), job, arrived)["sheets"][0]["state"]              # doctest: +SKIP
    'imported'

Codes are for programs, sentences for people. Money is text, so that no cent is lost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from data.cleaning.clean import Problem, Question
from data.cleaning.reconcile import SEVERAL, Sums
from data.ingest.unattended import Arrived
from data.jobs.background import Job
from data.staging.draft import Result
from domain.errors import YuepanError
from domain.tables import table
from pages.kit.i18n.sentences import problem_sentence
from pages.kit.i18n.words import Words
from server.remedies import sent_sentence

MOST_PROBLEMS = 100
# States of a sheet that is not in the dashboard until a person acts.
WAITS = ("needs_answer", "refused", "stopped_at_problems")

Json = dict[str, Any]


def describe(
    _: Words, job: Job, arrived: Sequence[Arrived], ended: YuepanError | None = None
) -> Json:
    """Describe a job and its sheets; `ended` is the error that ended the whole job."""
    states = [one.state for one in arrived]
    return {
        "id": job.job_id,
        "state": job.state,
        "progress": {
            "phase": job.phase,
            "done": job.rows_done,
            "total": job.rows_total,
            "seconds": round(job.seconds, 1),
        },
        "error": error(_, ended) if ended else None,
        "summary": {state: states.count(state) for state in dict.fromkeys(states)},
        "waiting": sum(state in WAITS for state in states),
        "sheets": [_sheet(_, one) for one in arrived],
    }


def error(_: Words, wrong: YuepanError) -> Json:
    """Describe an error by its code and in a sentence."""
    return {"code": wrong.code, "message": sent_sentence(_, wrong)}


def _sheet(_: Words, one: Arrived) -> Json:
    result = one.result
    return {
        "file": one.file,
        "sheet": one.sheet,
        "state": one.state,
        "table": one.table,
        "table_name": _(table(one.table).label) if one.table else None,
        "system": one.system,
        "import_id": result.import_id if result else None,
        "rows": _rows(result) if result else None,
        "money": _money(result) if result else None,
        "problems": _problems(_, result, one.sheet) if result else None,
        "questions": [_question(question) for question in one.questions],
        "error": error(_, one.error) if one.error else None,
    }


def _rows(result: Result) -> Json:
    told: Json = {
        "in": result.rows_in,
        "kept": result.rows_kept if result.landed else 0,
        "left_out": dict(result.left_out or {}),
    }
    if result.landed:
        landed = result.landed
        told |= {"new": landed.new, "changed": landed.changed, "same": landed.same}
        told |= {"gone": landed.gone}
    return told


def _money(result: Result) -> Json:
    """Sum each amount column by currency: in the file, and left out by reason."""
    whole = Sums(result.money_in or {}, result.money_left_out or {})
    named = {code: sums for code, sums in result.currencies.items() if code != SEVERAL}
    told = {name: _of(whole, name) for name in whole.money_in}
    if any(named):
        for name, one in told.items():
            one["currencies"] = {code: _of(sums, name) for code, sums in named.items()}
    return told


def _of(sums: Sums, name: str) -> Json:
    return {"in": str(sums.money_in[name]), "left_out": _texts(sums.left_out.get(name, {}))}


def _texts(sums: Mapping[str, Decimal]) -> dict[str, str]:
    return {why: str(total) for why, total in sums.items()}


def _problems(_: Words, result: Result, sheet: str) -> Json:
    listed = [_problem(_, one, sheet) for one in result.problems[:MOST_PROBLEMS]]
    return {"count": result.problem_count, "listed": listed}


def _problem(_: Words, one: Problem, sheet: str) -> Json:
    return {
        # The sheet of the row, where several sheets were read as one table.
        "sheet": one.sheet or sheet,
        "row": one.row or None,
        "column": one.column,
        "header": one.header,
        "value": one.value,
        "why": one.why,
        "message": problem_sentence(_, one.why),
        "outcome": one.outcome,
    }


def _question(question: Question) -> Json:
    return {
        "column": question.column,
        "header": question.header,
        "kind": question.kind,
        "options": list(question.options),
        "samples": [
            {"value": value, "readings": list(readings)} for value, readings in question.samples
        ],
    }
