"""Paths to attributes, such as ``["owner", "tags", ("a",)]``: names are strings, keys and indices are tuples."""

from __future__ import annotations

from provider.framework.protocol.codec import Type
from provider.framework.values import Path


def dotted(path: Path) -> str:
    """Return a path as text for a user, such as ``owner.tags.a``."""
    return ".".join(str(step[0]) if isinstance(step, tuple) else step for step in path)


def above_sets(ty: Type, path: Path) -> list[str | tuple[str | int]]:
    """Return the part of a path that ends at the first set. The protocol has no path to an element of a set.

    ``ty`` is the type of the object in which the path starts.
    """
    found: list[str | tuple[str | int]] = []
    for step in path:
        if isinstance(ty, list) and ty[0] == "set":
            break
        found.append(step)
        ty = _step(ty, step)
    return found


def _step(ty: Type, step: str | tuple[str | int]) -> Type:
    """Return the type one step inside a type, or ``dynamic`` if there is no such step."""
    if isinstance(ty, str):
        return "dynamic"
    kind, of = ty[0], ty[1]
    key = step[0] if isinstance(step, tuple) else step
    if kind in ("map", "list"):
        inner: Type = of
        return inner
    return of.get(key, "dynamic") if kind == "object" else "dynamic"
