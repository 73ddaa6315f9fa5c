"""Read the texts of a file: docstrings, comments, messages and pages."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_DIRECTIVE = re.compile(r"#\s*(noqa|type:|pragma|!|fmt:|ruff:)")
_MESSAGE = re.compile(r"[a-z]+[,;:]? [a-z]+")
"""Two words with a space between them: such a string is read by people, not by programs."""
_FENCE = re.compile(r"^( *)```.*?^\1```[^\n]*$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(`+)[^`]+?\1")


class Text(NamedTuple):
    """One text: its kind (docstring, comment, message or page), its first line, and its words.

    Code between backquotes is replaced by the word CODE.
    """

    kind: str
    line: int
    words: str


def of(path: Path) -> Iterator[Text]:
    """Yield the texts of a Python file, or the whole page of another file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        yield from _strings(ast.parse(text))
        yield from _comments(text)
    else:
        yield Text("page", 1, _without_code(_FENCE.sub(lambda found: "\n" * found[0].count("\n"), text)))


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text. A blank line, a list item, a line of a tree and a final colon end a sentence."""
    for paragraph in re.split(r"\n\s*\n|\n\s*(?=[-*] |[├└│])|:\s*\n", text):
        yield from re.split(r"(?<=[.!?])[\"')]*\s+(?=[A-Z`(\"'])", " ".join(paragraph.split()))


def _strings(tree: ast.Module) -> Iterator[Text]:
    docstrings = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if node in docstrings:
                yield Text("docstring", node.lineno, _without_code(node.value))
            elif _MESSAGE.search(node.value):
                yield Text("message", node.lineno, _without_code(node.value))


def _comments(text: str) -> Iterator[Text]:
    """Yield the comments; lines of comment that follow each other are one text."""
    lines: list[tuple[int, str]] = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and not _DIRECTIVE.match(token.string):
            line = token.start[0]
            if lines and (line != lines[-1][0] + 1 or text.splitlines()[line - 1].strip() != token.string):
                yield _comment(lines)
                lines = []
            lines.append((line, token.string.lstrip("# ")))
    if lines:
        yield _comment(lines)


def _comment(lines: list[tuple[int, str]]) -> Text:
    return Text("comment", lines[0][0], _without_code("\n".join(words for _, words in lines)))


def _without_code(text: str) -> str:
    return _CODE.sub(lambda found: "CODE" + "\n" * found[0].count("\n"), text)
