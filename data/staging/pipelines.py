"""Tell the stages of several pipelines apart: "Demo" of sales is none of renewals.

    >>> sheet = with_pipelines(stages, sheet, "deals", mapping)          # doctest: +SKIP
    >>> sheet.rows["3"][0].as_py()                                       # doctest: +SKIP
    'Demo (Renewals)'

The stage carries the name of its pipeline, as some systems write it themselves. A file of one
pipeline keeps its stages, unless earlier ones brought them with that name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.sheet import Note, Sheet
from data.matching import systems
from data.values.columns import distinct, plain, trimmed
from data.values.header_text import key
from data.values.meanings import of_deal

_HEADERS = frozenset(
    map(
        key,
        (
            "pipeline", "deal pipeline", "sales pipeline", "pipeline name", "opportunity pipeline",
            "sales process", "管道", "商机管道", "销售管道", "管道名称", "所属管道", "销售流程",
            "商机流程", "tunnel de vente", "embudo", "embudo de ventas", "vertriebspipeline",
            "funil",
        ),
    )
)  # fmt: skip
_MOST = 12
_NOTE = "pipelines_apart"
_BRACKETS = re.compile(r"[()（）\[\]【】%]+")


def with_pipelines(
    stages: Mapping[str, Collection[str]], sheet: Sheet, into: str, mapping: Mapping[str, int]
) -> Sheet:
    """Return the sheet with the pipeline's name behind each stage, if it has several.

    `stages` are those known so far, by table.
    """
    if into not in ("deals", "stage_history") or "stage" not in mapping:
        return sheet
    at, line = mapping["stage"], _pipeline(sheet, mapping["stage"])
    if line is None:
        return sheet
    header = sheet.header[line]
    lines = plain(trimmed(sheet.rows[str(line)])).cast(pa.string())
    told = plain(trimmed(sheet.rows[str(at)])).cast(pa.string())
    pairs = pa.table({"stage": told, "line": lines}).group_by(["stage", "line"]).aggregate([])
    labels = {
        (pair["stage"], pair["line"]): _label(pair["stage"], _named(pair["line"], header))
        for pair in pairs.to_pylist()
        if pair["stage"] and pair["line"]
    }
    names = {pair[1] for pair in labels}
    if len(names) > _MOST or not names or not _told_apart(stages, into, labels, len(names)):
        return sheet
    keyed = pc.binary_join_element_wise(told, lines, "\x1f").dictionary_encode()
    read = [labels.get((pair[0], pair[1])) for pair in _split(keyed.dictionary)]
    labelled = pc.coalesce(pa.array(read, pa.string()).take(keyed.indices), told)
    place = sheet.rows.schema.get_field_index(str(at))
    return replace(
        sheet,
        rows=sheet.rows.set_column(place, str(at), labelled),
        notes=(*sheet.notes, Note.of(_NOTE, header=sheet.header[at], other=header)),
    )


def stage_alone(sheet: Sheet, stage: str) -> str:
    """Return a stage without the pipeline that it was given here."""
    given = any(note.code == _NOTE for note in sheet.notes)
    return stage[: stage.rindex(" (")] if given and stage.endswith(")") and " (" in stage else stage


def _pipeline(sheet: Sheet, stage: int) -> int | None:
    """Return the position of the column of pipelines, if the sheet has one."""
    named = (
        at
        for at, header in enumerate(sheet.written)
        if at != stage and key(header.rsplit(" - ", 1)[-1]) in _HEADERS
    )
    return next((at for at in named if len(distinct(trimmed(sheet.rows[str(at)])))), None)


def _named(line: str, header: str) -> str:
    """Return the name of a pipeline without brackets; a number alone goes behind its header."""
    bare = " ".join(_BRACKETS.sub(" ", line).split())
    return bare if any(letter.isalpha() for letter in bare) else f"{header} {bare}"


def _label(stage: str, line: str) -> str:
    """Return a stage with its pipeline, unless it has it already or the name would end it."""
    label = f"{stage} ({line})"
    known = systems.words("deals", systems.GENERIC)["stage"]
    same = of_deal(label, known) == of_deal(stage, known)
    return label if same and not stage.endswith((f"({line})", f"（{line}）")) else stage


def _told_apart(
    stages: Mapping[str, Collection[str]],
    into: str,
    labels: Mapping[tuple[str, str], str],
    pipelines: int,
) -> bool:
    """Return whether stages go by their pipelines, as several do where the moves know them so."""
    known = set(stages["stage_history" if into == "deals" else "deals"])
    if known & {stage for stage, _line in labels}:
        return False
    if pipelines > 1 or known & set(labels.values()):
        return True
    return bool(set(stages["deals"]) & set(labels.values()))


def _split(joined: pa.Array) -> list[list[str]]:
    return [text.split("\x1f") if text else ["", ""] for text in joined.to_pylist()]
