"""Check that the helpers of the tests are in tests/support."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from scripts.lib.check.findings import Finding, files

FOLDER = "tests/support"


def check(root: Path, names: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for each helper outside of tests/support, and for each import from a test file.

    A conftest.py contains only fixtures and functions that pytest calls. `names` are the folders of the tests.
    """
    for name, path in files(root, names):
        if not (name.startswith(f"{FOLDER}/") or _is_test(PurePosixPath(name).stem) or path.stem == "conftest"):
            yield Finding(name, 0, f"the module is a helper of tests, and is not in {FOLDER}")
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if path.stem == "conftest":
            for helper in filter(_is_helper, tree.body):
                yield Finding(name, helper.lineno, f"the class or function is not a fixture; it belongs to {FOLDER}")
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (module := node.module) and _is_test(module.rpartition(".")[2]):
                yield Finding(name, node.lineno, f"the import is from a test file; its helpers belong to {FOLDER}")


def _is_helper(node: ast.stmt) -> bool:
    """Return True for a class, and for a function that is neither a fixture nor called by pytest."""
    if isinstance(node, ast.FunctionDef):
        is_fixture = any("fixture" in ast.unparse(each) for each in node.decorator_list)
        return not is_fixture and not node.name.startswith("pytest_")
    return isinstance(node, ast.ClassDef)


def _is_test(stem: str) -> bool:
    return stem.startswith("test_")
