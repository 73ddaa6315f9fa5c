"""Check the length of files and functions."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from scripts.lib.check.findings import Finding, files

FILE_LINES = 400
FUNCTION_LINES = 40


def check(root: Path, names: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for each Python file or function that is too long."""
    for name, path in files(root, names):
        text = path.read_text(encoding="utf-8")
        lines = len(text.splitlines())
        if lines > FILE_LINES:
            yield Finding(name, 0, f"the file has {lines} lines, the limit is {FILE_LINES}")
        yield from _functions(name, text)


def _functions(name: str, text: str) -> Iterator[Finding]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                message = f"function {node.name} has {lines} lines, the limit is {FUNCTION_LINES}"
                yield Finding(name, node.lineno, message)
