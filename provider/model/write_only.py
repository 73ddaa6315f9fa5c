"""Paths of write-only inputs. Private state stores the paths, and a read leaves out the values at the paths."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from provider.framework import Unknown, Value
from provider.model.inputs import Inputs, as_object
from provider.model.json_inputs import as_json, without_nulls

Paths: TypeAlias = list[list[str]]
"""Paths to values in nested objects, each a list of keys."""


def leaf_paths(inputs_wo: Value, inputs: Value) -> Paths:
    """Return the path of each value that a publish takes from ``inputs_wo``. A null is not a value.

    An empty object is a value only where ``inputs`` contains no object, because otherwise it adds nothing to that one.
    """
    opened, beside = without_nulls(as_json(inputs_wo)), as_json(inputs)
    if opened == {} and (beside is Unknown or isinstance(beside, dict)):
        return []
    if not isinstance(opened, dict) or not opened:
        return [[]]
    return [[key, *rest] for key, item in opened.items() for rest in leaf_paths(item, _item(beside, key))]


def _item(value: Value, key: str) -> Value:
    """Return the value of a key of an object. The values in an Unknown one are Unknown."""
    return Unknown if value is Unknown else as_object(value).get(key)


def without(published: Value, paths: Sequence[list[str]], inputs: Value) -> Value:
    """Return the published value without the values at the paths.

    An object that becomes empty is left out, too, unless ``inputs`` contains an object in its place.
    """
    opened, ours = as_json(published), as_object(as_json(inputs))
    inner = _by_first_key(paths)
    if not isinstance(opened, dict) or not inner.keys() & opened.keys():
        return published
    rest: Inputs = {
        key: item if key not in inner else without(item, inner[key], ours.get(key)) for key, item in opened.items()
    }
    return {
        key: item
        for key, item in rest.items()
        if not ([] in inner.get(key, []) or _became_empty(opened[key], item, ours.get(key)))
    }


def _by_first_key(paths: Sequence[list[str]]) -> dict[str, Paths]:
    inner: dict[str, Paths] = {}
    for key, *rest in filter(None, paths):
        inner.setdefault(key, []).append(rest)
    return inner


def _became_empty(before: Value, after: Value, inputs: Value) -> bool:
    return after == {} and as_json(before) != {} and not isinstance(as_json(inputs), dict)


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
