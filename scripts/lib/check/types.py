"""Count the imprecise types in a package: ``Any``, its aliases, ``object`` and ``cast``; find ignored overrides.

Each use of an alias of ``Any`` counts as a use of ``Any``. Imports do not count.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from scripts.lib.check import aliases
from scripts.lib.check.findings import Finding, files

ANY_PER_1000_LINES = 12.0
OBJECTS = 4
CASTS = 3
PROTOCOL = "provider/framework/protocol/"
"""In this folder ``Any`` is allowed: the values there can have any type."""


FRAMEWORK = "provider/framework/"
"""Only in this folder a method may override a method of tf with other types."""

_IGNORED = "type: ignore[override"


class Counts(NamedTuple):
    """The numbers of one package. `lines` and `uses` leave out the protocol's folder."""

    lines: int
    uses: Mapping[str, int]
    objects: int
    casts: int

    @property
    def per_1000_lines(self) -> float:
        """The number of uses of ``Any`` in 1,000 lines."""
        return 1000 * sum(self.uses.values()) / self.lines if self.lines else 0.0


def check(root: Path, names: Iterable[str], objects: int = OBJECTS, casts: int = CASTS) -> Iterator[Finding]:
    """Yield a finding for each number that is above its limit."""
    for name in names:
        found = count(root, name)
        if found.per_1000_lines > ANY_PER_1000_LINES:
            most = sorted(found.uses, key=lambda path: -found.uses[path])[:5]
            text = f"Any is used {found.per_1000_lines:.1f} times in 1,000 lines, the limit is {ANY_PER_1000_LINES:g}"
            yield Finding(name, 0, f"{text}; most of them are in {', '.join(most)}")
        for what, number, limit in (("object", found.objects, objects), ("cast", found.casts, casts)):
            if number > limit:
                yield Finding(name, 0, f"{what} is used {number} times, the limit is {limit}")
        yield from _ignored_overrides(root, name)


def _ignored_overrides(root: Path, name: str) -> Iterator[Finding]:
    for path, file in files(root, [name]):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            if _IGNORED in line and not path.startswith(FRAMEWORK):
                yield Finding(path, number, "an override is ignored outside provider/framework")


def count(root: Path, name: str, protocol: str = PROTOCOL) -> Counts:
    """Return the numbers of the Python files under the folder `name`."""
    texts = {path: file.read_text(encoding="utf-8") for path, file in files(root, [name])}
    trees = {path: ast.parse(text) for path, text in texts.items()}
    nodes = {path: list(_expressions(tree)) for path, tree in trees.items()}
    names = aliases.of({_module(path): tree for path, tree in trees.items()})
    counted = {path for path in texts if not path.startswith(protocol)}
    uses = {path: sum(aliases.is_use(node, names[_module(path)]) for node in nodes[path]) for path in counted}
    every = [node for found in nodes.values() for node in found]
    return Counts(
        lines=sum(len(texts[path].splitlines()) for path in counted),
        uses={path: number for path, number in uses.items() if number},
        objects=sum(_objects(tree) for tree in trees.values()),
        casts=sum(isinstance(node, ast.Call) and _name(node.func) == "cast" for node in every),
    )


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _expressions(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield each node, and those of annotations that are written as text."""
    for node in ast.walk(tree):
        yield node
        for annotation in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            for part in ast.walk(annotation) if annotation is not None else ():
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield from _parsed(part.value)


def _parsed(annotation: str) -> Iterator[ast.AST]:
    try:
        yield from ast.walk(ast.parse(annotation, mode="eval"))
    except SyntaxError:  # the text of a Literal
        return


def _objects(tree: ast.AST) -> int:
    """Return how often ``object`` is used as a type: not called, not a base class, and without an attribute."""
    others: set[ast.expr] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name() as name) | ast.Attribute(value=ast.Name() as name):
                others.add(name)
            case ast.ClassDef(bases=bases):
                others.update(bases)
    names = [node for node in _expressions(tree) if isinstance(node, ast.Name) and node.id == "object"]
    return sum(node not in others for node in names)


def _name(node: ast.expr) -> str | None:
    return getattr(node, "id", None) or getattr(node, "attr", None)
