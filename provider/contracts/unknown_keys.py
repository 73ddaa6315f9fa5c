"""Decide which keys of inputs are errors if a contract does not declare them, and suggest declared keys.

A closed contract refuses such a key. An open contract accepts it, and the app ignores it. Then the workflow runs
without the input that the user meant, so the setting ``unknown_inputs`` decides.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from typing import Final

from provider.contracts.schema_keywords import property_names
from provider.contracts.schema_walker import InputPath, SchemaWalker
from provider.contracts.suggestions import nearest, nearest_key
from provider.contracts.violations import UNKNOWN_KEY, Violation
from provider.model.inputs import RUNTIME_NAMES, SERVICE_NAMES
from provider.model.unknown_inputs import Policy

# This limit keeps the check of large inputs fast.
_MAX_COMPARED_KEYS: Final = 100


def with_suggestions(
    violations: Iterable[Violation], walker: SchemaWalker, names_in: Callable[[InputPath], Collection[str]]
) -> list[Violation]:
    """Return the violations. Those of unknown keys contain the declared key that is probably meant.

    The violation of a missing key is joined with that of the unknown key that misspells it. ``names_in`` returns the
    configured keys of the object at a path. Only 100 unknown keys are compared, those of the inputs first.
    """
    violations = list(violations)
    missing = dict.fromkeys(each.path for each in violations if each.keyword == "required")
    unknown = sorted((each for each in violations if each.keyword == UNKNOWN_KEY), key=lambda each: len(each.path))
    compared = unknown[:_MAX_COMPARED_KEYS]
    found: dict[InputPath, Violation] = {}
    for each in compared:
        name = _missing_key(each.path, walker, missing)
        if name is not None:
            del missing[(*each.path[:-1], name)]
            found[each.path] = replace(each, meant=name, replaces_missing=True, is_error=True)
        else:
            found[each.path] = replace(each, meant=_nearest_declared(each, walker, names_in))
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


def _missing_key(path: InputPath, walker: SchemaWalker, missing: Iterable[InputPath]) -> str | None:
    """Return the missing key that the unknown key at a path probably misspells, or None."""
    missing_keys = [str(each[-1]) for each in missing if each[:-1] == path[:-1]]
    if not missing_keys:
        return None
    declared = property_names(walker.at(path[:-1]))
    similar = nearest(str(path[-1]), dict.fromkeys([*missing_keys, *declared]))
    return similar if similar in missing_keys else None


def _nearest_declared(
    violation: Violation, walker: SchemaWalker, names_in: Callable[[InputPath], Collection[str]]
) -> str | None:
    key, parent = str(violation.path[-1]), violation.path[:-1]
    names = suggested_names(walker, violation)
    if not parent:  # A contract does not have to declare what the service itself reads.
        names += sorted(SERVICE_NAMES.difference(names))
    return nearest_key(key, names, names_in(parent))
