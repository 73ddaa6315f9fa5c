"""Paths of write-only inputs. Private state stores the paths, and a read leaves out the values at the paths."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from provider.framework import Unknown, Value
from provider.model.inputs import Inputs
from provider.model.json_inputs import as_json, without_nulls

Paths: TypeAlias = list[list[str]]
"""Paths to values in nested objects, each a list of keys."""


def leaf_paths(value: Value) -> Paths:
    """Return the path of each value in nested objects. An empty object is a value, and null is none."""
    opened = without_nulls(as_json(value))
    if not isinstance(opened, dict) or not opened:
        return [[]]
    return [[key, *rest] for key, item in opened.items() for rest in leaf_paths(item)]


def without(value: Value, paths: Sequence[list[str]]) -> Value:
    """Return the value without the values at the paths, and without objects that become empty."""
    opened = as_json(value)
    inner = _by_first_key(paths)
    if not isinstance(opened, dict) or not inner.keys() & opened.keys():
        return value
    rest: Inputs = {key: item if key not in inner else without(item, inner[key]) for key, item in opened.items()}
    return {
        key: item for key, item in rest.items() if not ([] in inner.get(key, []) or _became_empty(opened[key], item))
    }


def _by_first_key(paths: Sequence[list[str]]) -> dict[str, Paths]:
    inner: dict[str, Paths] = {}
    for key, *rest in filter(None, paths):
        inner.setdefault(key, []).append(rest)
    return inner


def _became_empty(before: Value, after: Value) -> bool:
    return after == {} and as_json(before) != {}


def in_both(inputs: Value, write_only: Value) -> Paths:
    """Return the paths that both values contain.

    Such a path is an error, because a publish would use only the write-only value.
    """
    ours, theirs = as_json(inputs), as_json(write_only)
    if None in (ours, theirs) or Unknown in (ours, theirs):
        return []
    if not (isinstance(ours, dict) and isinstance(theirs, dict)):
        return [[]]
    return [[key, *rest] for key in theirs if key in ours for rest in in_both(ours[key], theirs[key])]
