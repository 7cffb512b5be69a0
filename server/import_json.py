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
    states = [sheet.state for sheet in arrived]
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
        "sheets": [_sheet(_, sheet) for sheet in arrived],
    }


def error(_: Words, wrong: YuepanError) -> Json:
    """Describe an error by its code and in a sentence."""
    return {"code": wrong.code, "message": sent_sentence(_, wrong)}


def _sheet(_: Words, arrived: Arrived) -> Json:
    result = arrived.result
    return {
        "file": arrived.file,
        "sheet": arrived.sheet,
        "state": arrived.state,
        "table": arrived.table,
        "table_name": _(table(arrived.table).label) if arrived.table else None,
        "system": arrived.system,
        "import_id": result.import_id if result else None,
        "rows": _rows(result) if result else None,
        "money": _money(result) if result else None,
        "problems": _problems(_, result, arrived.sheet) if result else None,
        "questions": [_question(question) for question in arrived.questions],
        "error": error(_, arrived.error) if arrived.error else None,
    }


def _rows(result: Result) -> Json:
    counts: Json = {
        "in": result.rows_in,
        "kept": result.rows_kept if result.landed else 0,
        "left_out": dict(result.left_out or {}),
    }
    if result.landed:
        landed = result.landed
        counts |= {"new": landed.new, "changed": landed.changed, "same": landed.same}
        counts |= {"gone": landed.gone}
    return counts


def _money(result: Result) -> Json:
    """Sum each amount column by currency: in the file, and left out by reason."""
    whole = Sums(result.money_in or {}, result.money_left_out or {})
    named = {code: sums for code, sums in result.currencies.items() if code != SEVERAL}
    amounts = {name: _of(whole, name) for name in whole.money_in}
    if any(named):
        for name, amount in amounts.items():
            amount["currencies"] = {code: _of(sums, name) for code, sums in named.items()}
    return amounts


def _of(sums: Sums, name: str) -> Json:
    return {"in": str(sums.money_in[name]), "left_out": _texts(sums.left_out.get(name, {}))}


def _texts(sums: Mapping[str, Decimal]) -> dict[str, str]:
    return {why: str(total) for why, total in sums.items()}


def _problems(_: Words, result: Result, sheet: str) -> Json:
    listed = [_problem(_, problem, sheet) for problem in result.problems[:MOST_PROBLEMS]]
    return {"count": result.problem_count, "listed": listed}


def _problem(_: Words, problem: Problem, sheet: str) -> Json:
    return {
        # The sheet of the row, where several sheets were read as one table.
        "sheet": problem.sheet or sheet,
        "row": problem.row or None,
        "column": problem.column,
        "header": problem.header,
        "value": problem.value,
        "why": problem.why,
        "message": problem_sentence(_, problem.why),
        "outcome": problem.outcome,
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
