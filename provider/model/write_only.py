"""Paths of write-only inputs: what private state remembers of them, and what a read leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from provider.framework import Unknown, Value
from provider.model.inputs import Inputs
from provider.model.json_inputs import as_json

Paths: TypeAlias = list[list[str]]
"""Paths to values in nested objects, each a list of keys."""


def leaves(value: Value) -> Paths:
    """Return the paths of the values in nested objects."""
    opened = as_json(value)
    if not isinstance(opened, dict) or not opened:
        return [[]]
    return [[key, *rest] for key, item in opened.items() for rest in leaves(item)]


def without(value: Value, paths: Sequence[list[str]]) -> Value:
    """Return the value without what is at those paths, and without objects that are empty because of it."""
    opened = as_json(value)
    inside = _by_first_key(paths)
    if not isinstance(opened, dict) or not inside.keys() & opened.keys():
        return value
    kept: Inputs = {key: item if key not in inside else without(item, inside[key]) for key, item in opened.items()}
    return {key: item for key, item in kept.items() if not ([] in inside.get(key, []) or _emptied(opened[key], item))}


def _by_first_key(paths: Sequence[list[str]]) -> dict[str, Paths]:
    inside: dict[str, Paths] = {}
    for key, *rest in filter(None, paths):
        inside.setdefault(key, []).append(rest)
    return inside


def _emptied(before: Value, after: Value) -> bool:
    return after == {} and as_json(before) != {}


def in_both(inputs: Value, write_only: Value) -> Paths:
    """Return the paths that both contain. A publish would use the write-only value without a word."""
    ours, theirs = as_json(inputs), as_json(write_only)
    if ours is None or ours is Unknown or theirs is Unknown:
        return []
    if not (isinstance(ours, dict) and isinstance(theirs, dict)):
        return [[]]
    return [[key, *rest] for key in theirs if key in ours for rest in in_both(ours[key], theirs[key])]
