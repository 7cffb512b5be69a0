"""Every sentence in the sources has a Chinese one; `python -m tests.test_words` brings the
catalogue up to date: new sentences come in without a translation, unused ones go out."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
PO = ROOT / "locales" / "zh" / "LC_MESSAGES" / "yuepan.po"
ROOMS = ("app.py", "server", "pages", "analytics", "data", "domain", "reports")

# `_("…")` and `words("…")` show a sentence, `N_("…")` marks one that is stored, `NN_` both its
# forms. `_.c("…", "…")` and `C_` name the context first.
CALLS = {"_", "words", "N_"}
LANGUAGE_CODES = {"zh", "en"}

# Rooms whose words belong to the catalogue; the parsers in data/ read Chinese files.
SPEAKING = ("app.py", "server", "pages", "analytics", "domain", "reports")
ALLOWED_CHINESE = {"万", "亿", "万亿", "中文", "Yuepan 月盘"}
CHINESE = re.compile(r"[\u3400-\u9fff]")


def sources(*rooms: str) -> list[Path]:
    found = [ROOT / room for room in rooms]
    return sorted(
        path
        for one in found
        for path in ([one] if one.suffix else one.rglob("*.py"))
        if path.exists() and "__pycache__" not in path.parts
    )


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def calls(path: Path) -> Iterator[tuple[ast.Call, list[ast.expr]]]:
    """Calls that show or mark a sentence, with the arguments that are the sentence."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func
        if isinstance(called, ast.Name) and called.id in CALLS:
            yield node, node.args[:1]
        elif len(node.args) >= 2 and (_is(called, "NN_", "n") or _is(called, "C_", "c")):
            yield node, node.args[:2]


def _is(called: ast.expr, mark: str, method: str) -> bool:
    marks = isinstance(called, ast.Name) and called.id == mark
    return marks or (isinstance(called, ast.Attribute) and called.attr == method)


def literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def extracted() -> Catalog:
    catalogue = Catalog()
    for path in sources(*ROOMS):
        for call, arguments in sorted(calls(path), key=lambda found: found[0].lineno):
            texts = [text for text in map(literal, arguments) if text]
            if len(texts) < len(arguments) or texts[0] in LANGUAGE_CODES:
                continue
            where = [(named(path), call.lineno)]
            if _is(call.func, "C_", "c"):
                context, sentence = texts
                catalogue.add(sentence, locations=where, context=context)
            else:
                catalogue.add(texts[0] if len(texts) == 1 else tuple(texts), locations=where)
    return catalogue


def translated() -> Catalog:
    return read_po(BytesIO(PO.read_bytes()), locale="zh", abort_invalid=True)


def placeholders(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field is not None}


def messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def same(catalogue: Catalog, message: Message) -> Message | None:
    """The message of `catalogue` with the same sentence in the same context."""
    return catalogue.get(message.id, message.context)


def ids(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (message.id,)


def strings(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def test_every_sentence_in_the_sources_is_translated() -> None:
    chinese = translated()
    missing = []
    for message in messages(extracted()):
        found = same(chinese, message)
        if found is None or not all(strings(found)) or found.pluralizable != message.pluralizable:
            missing.append(f"{message.locations[0][0]}: {message.id!r}")
    assert not missing, "run `python -m tests.test_words`, then translate:\n" + "\n".join(missing)


def test_no_translation_is_fuzzy_or_unused() -> None:
    sentences = extracted()
    chinese = translated()
    stale = [ids(message)[0] for message in messages(chinese) if not same(sentences, message)]
    fuzzy = [ids(message)[0] for message in messages(chinese) if message.fuzzy]
    assert not stale + fuzzy + list(chinese.obsolete)


def test_a_context_stands_where_chinese_says_it_differently() -> None:
    chinese = messages(translated())
    needless = [
        (message.context, message.id)
        for message in chinese
        if message.context
        and not any(other.id == message.id and other.string != message.string for other in chinese)
    ]
    assert not needless


def test_translations_fill_in_the_same_placeholders() -> None:
    differing = [
        (ids(message)[0], text)
        for message in messages(translated())
        for text in strings(message)
        if placeholders(text) != set().union(*map(placeholders, ids(message)))
    ]
    assert not differing


def test_a_sentence_is_never_put_together_in_the_call() -> None:
    """`_(f"…")` and `_("…" + name)` have no message id that could be translated."""
    built = [
        f"{named(path)}:{call.lineno}"
        for path in sources(*ROOMS)
        for call, arguments in calls(path)
        for argument in arguments
        if isinstance(argument, (ast.JoinedStr, ast.BinOp, ast.IfExp))
    ]
    assert not built


@pytest.mark.parametrize("path", sources(*SPEAKING), ids=named)
def test_chinese_words_are_in_the_catalogue_not_in_the_code(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    told = {  # strings that stand alone are docstrings
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)
    }
    found = [
        f"line {node.lineno}: {node.value}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in told
        and CHINESE.search(node.value)
        and node.value not in ALLOWED_CHINESE
    ]
    assert not found


def update() -> int:
    """Rewrite the catalogue from the sources, keeping translations; the number still missing."""
    old = translated() if PO.exists() else Catalog("zh")
    new = Catalog("zh", project="Yuepan", charset="utf-8", fuzzy=False)
    missing = 0
    for message in messages(extracted()):
        known = same(old, message)
        fits = known is not None and known.pluralizable == message.pluralizable
        files = sorted({(path, None) for path, _ in message.locations})
        new.add(
            message.id,
            known.string if known and fits else None,
            locations=files,
            context=message.context,
        )
        missing += not (known and fits and all(strings(known)))
    written = BytesIO()
    write_po(written, new, width=96, sort_by_file=True, omit_header=True, include_lineno=False)
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(HEADER.encode() + written.getvalue())
    return missing


HEADER = """\
# Yuepan in Chinese. `python -m tests.test_words` adds and removes messages.
msgid ""
msgstr ""
"Project-Id-Version: Yuepan\\n"
"Language: zh\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


if __name__ == "__main__":
    left = update()
    print(f"{PO.relative_to(ROOT)}: {left} without a translation")
    sys.exit(bool(left))
