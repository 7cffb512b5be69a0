"""What went wrong, where, and what to do: the words for every code.

    >>> from domain.errors import FileError
    >>> from pages.kit.i18n.words import words
    >>> error_sentence(words("en"), FileError("empty_file", file="March.xlsx"))
    'March.xlsx: the file is empty. Export it again and drop it here.'

A code that has no row here still gets a sentence with the code in it. Parameters
may be missing: what is known is told, the rest is left out. The sentences are
plain text; wrap them in `escaped` for markdown, names come from files.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter
from typing import TYPE_CHECKING, Any

from domain.errors import YuepanError
from domain.tables import N_, table
from pages.kit.i18n.numbers import date_text

if TYPE_CHECKING:
    from pages.kit.i18n.words import Words
from pages.kit.i18n.encodings import encoding_name
from pages.kit.i18n.error_words import ERRORS
from pages.kit.i18n.note_words import LEFT_OUT, NOTES, PROBLEMS


def error_sentence(_: Words, error: YuepanError, remedy: str | None = None) -> str:
    """Where, what happened and what to do, in one or two sentences.

    `remedy` is what to do where the page's advice does not help.
    """
    what, here = ERRORS.get(
        error.code,
        (
            N_("something went wrong ({code})."),
            N_(
                "Nothing has changed. Try again. If this continues, give the code to your "
                "administrator."
            ),
        ),
    )
    params = {**_readable(_, error.params), "code": error.code}
    what, remedy = _filled(_(what), params), _filled(_(remedy or here), params)
    sentence = _("{what} {remedy}", what=what, remedy=remedy)
    where = where_text(_, error.params)
    # A sentence that stands alone begins with a capital; after a place it goes on.
    return (
        _("{where}: {told}", where=where, told=sentence)
        if where
        else sentence[:1].upper() + sentence[1:]
    )


def where_text(_: Words, params: Mapping[str, Any]) -> str:
    """File, sheet, row and column, as far as they are known; "" when none is."""
    parts = [str(params[name]) for name in ("file", "path") if params.get(name)][:1]
    if params.get("sheet"):
        parts.append(_("sheet “{sheet}”", sheet=params["sheet"]))
    if params.get("row"):
        parts.append(_("row {row}", row=params["row"]))
    header = params.get("header") or params.get("column")
    if header:
        parts.append(_("column “{column}”", column=header))
    return " · ".join(parts)


def problem_sentence(_: Words, why: str) -> str:
    """Why a value or a row was not taken as it stood."""
    return _(PROBLEMS[why]) if why in PROBLEMS else _("cannot be used ({code})", code=why)


def left_out_sentence(_: Words, why: str) -> str:
    """Why an imported row is not in a figure."""
    return _(LEFT_OUT[why]) if why in LEFT_OUT else _("left out ({code})", code=why)


def note_sentence(_: Words, note: str, **params: Any) -> str:
    """What was noticed while a sheet was read; an unknown note is told as it is."""
    words = NOTES.get(note)
    if "encoding" in params:
        params["encoding"] = encoding_name(_, str(params["encoding"]))
    if isinstance(words, str):
        return _filled(_(words), params)
    if words is not None:
        singular, plural = words
        known = {name: "…" for __, name, *___ in Formatter().parse(plural) if name}
        known |= {**params, "where": _rows_text(_, str(params.get("rows", "…")))}
        return _.n(singular, plural, int(params.get("count", 2)), **known)
    details = ", ".join(f"{name} {value}" for name, value in params.items())
    code = note.replace("_", " ")
    return _("Note: {note}", note=f"{code} ({details})" if details else code)


def _rows_text(_: Words, rows: str) -> str:
    """One row number or several, as they stand in a list."""
    return _.n("row {rows}", "rows {rows}", 1 if rows.isdecimal() else 2, rows=rows)


def _readable(_: Words, params: Mapping[str, Any]) -> dict[str, Any]:
    readable = dict(params)
    name = str(readable.get("table", ""))
    if name:
        readable["table"] = _label(_, name)
    if isinstance(readable.get("columns"), (list, tuple, set, frozenset)):
        readable["columns"] = _(", ").join(
            _column(_, name, column) for column in readable["columns"]
        )
    if hasattr(readable.get("date"), "strftime"):
        readable["date"] = date_text(_, readable["date"])
    return readable


def _label(_: Words, name: str) -> str:
    try:
        return _(table(name).label)
    except KeyError:
        return name


def _column(_: Words, name: str, column: Any) -> str:
    """A column's label; a group of columns, of which one is enough, as "this or that"."""
    if isinstance(column, (list, tuple)):
        return _(" or ").join(_column(_, name, member) for member in column)
    try:
        return _(table(name).column(str(column)).label)
    except KeyError:
        return str(column)


class _Forgiving(Formatter):
    """Fills in what is known; what is not shows as an ellipsis instead of an exception."""

    def get_value(self, key: int | str, args: Any, kwargs: Mapping[str, Any]) -> Any:
        return kwargs.get(str(key), "…")


def _filled(text: str, params: Mapping[str, Any]) -> str:
    return _Forgiving().vformat(text, (), params)
