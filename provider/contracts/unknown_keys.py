"""Find the keys of inputs that a contract does not declare, and decide which of them are errors.

A closed contract refuses such a key. An open contract accepts it, and the app ignores it. Then the workflow runs
without the input that the user meant, so the setting ``unknown_inputs`` decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import islice
from typing import Final

from provider.contracts.placeholders import value_at
from provider.contracts.schema_keywords import Schema, declares, property_names
from provider.contracts.schema_walker import InputPath, SchemaWalker
from provider.contracts.suggestions import nearest, nearest_key
from provider.contracts.violations import UNKNOWN_KEY, Violation
from provider.framework import Value
from provider.model.inputs import RUNTIME_NAMES, as_object
from provider.model.unknown_inputs import Policy

# This limit keeps the check of large inputs fast.
_MAX_COMPARED_KEYS: Final = 100


def undeclared_keys(
    walker: SchemaWalker, inputs: Value, max_values: int, accepted: AbstractSet[str] = frozenset()
) -> list[Violation]:
    """Return a violation for each key that is not declared, in objects whose schema declares properties.

    The inputs whose names are in ``accepted`` are left out. The search ends after ``max_values`` values.
    """
    violations: list[Violation] = []
    waiting: list[tuple[InputPath, Value, list[Schema]]] = [((), inputs, walker.at(()))]
    while waiting and max_values > 0:
        path, value, schemas = waiting.pop()
        max_values -= 1
        for step, item in islice(_items(value), max_values):
            inner = walker.below(schemas, step)
            if isinstance(step, str) and not inner and property_names(schemas) and not declares(schemas, step):
                if path or step not in accepted:
                    violations.append(_undeclared((*path, step), schemas))
            elif isinstance(item, dict | list) and inner:
                waiting.append(((*path, step), item, inner))
    return violations


def undeclared_names(walker: SchemaWalker, inputs: dict[str, Value], accepted: AbstractSet[str]) -> list[str]:
    """Return the names of the inputs that are neither declared nor in ``accepted``."""
    names: dict[str, Value] = dict.fromkeys(inputs)
    return [str(each.path[0]) for each in undeclared_keys(walker, names, len(names) + 1, accepted)]


def with_suggestions(
    violations: Iterable[Violation], walker: SchemaWalker, inputs: dict[str, Value]
) -> list[Violation]:
    """Return the violations. Those of unknown keys contain the declared key that is probably meant.

    The violation of a missing key is joined with that of the unknown key that misspells it. Only the first 100 unknown
    keys are compared.
    """
    violations = list(violations)
    missing = dict.fromkeys(each.path for each in violations if each.keyword == "required")
    compared = [each for each in violations if each.keyword == UNKNOWN_KEY][:_MAX_COMPARED_KEYS]
    found: dict[InputPath, Violation] = {}
    for each in compared:
        name = _missing_key(each.path, walker, missing)
        if name is not None:
            del missing[(*each.path[:-1], name)]
            found[each.path] = replace(each, meant=name, replaces_missing=True, is_error=True)
        else:
            found[each.path] = replace(each, meant=_nearest_declared(each, walker, inputs))
    return [
        found.get(each.path, each) if each.keyword == UNKNOWN_KEY else each
        for each in violations
        if each.keyword != "required" or each.path in missing
    ]


def apply_policy(violations: Iterable[Violation], policy: Policy) -> Iterator[Violation]:
    """Yield the violations, with those of undeclared keys as errors or as warnings. ``allow`` leaves them out."""
    for each in violations:
        if each.is_refused or each.replaces_missing:
            yield each
        elif policy != "allow":
            yield replace(each, is_error=policy == "error" or (policy == "near" and each.meant is not None))


def suggested_names(walker: SchemaWalker, violation: Violation) -> list[str]:
    """Return the declared keys that a user can set in place of an unknown key."""
    parent = violation.path[:-1]
    names = property_names([*violation.schemas, *walker.at(parent)])
    return names if parent else [name for name in names if name not in RUNTIME_NAMES]


def _undeclared(path: InputPath, schemas: Iterable[Schema]) -> Violation:
    return Violation(path, UNKNOWN_KEY, tuple(schemas), is_error=False, is_refused=False)


def _items(value: Value) -> Iterable[tuple[str | int, Value]]:
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()


def _missing_key(path: InputPath, walker: SchemaWalker, missing: Iterable[InputPath]) -> str | None:
    """Return the missing key that the unknown key at a path probably misspells, or None."""
    missing_keys = [str(each[-1]) for each in missing if each[:-1] == path[:-1]]
    if not missing_keys:
        return None
    declared = property_names(walker.at(path[:-1]))
    similar = nearest(str(path[-1]), dict.fromkeys([*missing_keys, *declared]))
    return similar if similar in missing_keys else None


def _nearest_declared(violation: Violation, walker: SchemaWalker, inputs: dict[str, Value]) -> str | None:
    key, parent = str(violation.path[-1]), violation.path[:-1]
    return nearest_key(key, suggested_names(walker, violation), as_object(value_at(inputs, parent)))
