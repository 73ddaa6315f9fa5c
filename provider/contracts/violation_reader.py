"""Convert the errors of a validator into violations: a path in the inputs, and the keyword that its value violates.

The validator reads a copy of the inputs with placeholders. An error that an unknown value may have caused is dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias

from jsonschema_rs import ValidationError
from jsonschema_rs import ValidationErrorKind as Kind

from provider.contracts.alternatives import choose_violations
from provider.contracts.placeholders import PlaceholderCopy, value_at
from provider.contracts.schema_keywords import Schema, declares, object_at
from provider.contracts.schema_walker import InputPath, SchemaWalker
from provider.contracts.violations import NOT_ALLOWED, ONE_OF_SEVERAL, UNKNOWN_KEY, Violation
from provider.framework import Json, Value

Kinds: TypeAlias = tuple[type[Kind], ...]

_CERTAIN_IF_SHORTENED: Final[Kinds] = (Kind.Type, Kind.Required, Kind.AdditionalProperties, Kind.PropertyNames)
"""Errors of a shortened object or list that are also errors of the complete one."""

_CERTAIN_IF_UNKNOWN_INSIDE: Final[Kinds] = (
    *_CERTAIN_IF_SHORTENED,
    Kind.AdditionalItems,
    Kind.MinItems,
    Kind.MaxItems,
    Kind.MinProperties,
    Kind.MaxProperties,
    Kind.UniqueItems,
    Kind.UnevaluatedProperties,
)
"""Errors of an object or list that do not depend on the values in it."""

_NEVER_CERTAIN: Final[Kinds] = (Kind.BacktrackLimitExceeded, Kind.RegexEngineFailure)
_IGNORED_KEYWORDS: Final = frozenset({"title", "description", "default", "examples", "$comment", "type"})


class ViolationReader:
    """A reader of the errors of one validation. ``copy`` is the value that the validator has read."""

    def __init__(self, walker: SchemaWalker, copy: PlaceholderCopy) -> None:
        self._walker = walker
        self._copy = copy

    def read(self, errors: Iterable[ValidationError]) -> list[Violation]:
        """Return the violations that are certain for every possible value of the unknown values."""
        return [violation for error in errors for violation in self._violations(error)]

    def _violations(self, error: ValidationError) -> Iterable[Violation]:
        kind, path = error.kind, _input_path(self._copy.value, error.instance_path)
        trace = self._walker.trace(error.evaluation_path)
        if not all(self._is_decided(condition, path[:depth]) for depth, condition in trace.conditions):
            return []
        if isinstance(kind, Kind.FalseSchema) and error.evaluation_path[-1:] == ["additionalProperties"]:
            return self._keys_of_closed_object(path, trace.schema)
        if isinstance(kind, Kind.AnyOf | Kind.OneOfNotValid):
            return self._violations_of_alternatives(path, trace.schema, kind.context)
        if not self._is_certain(kind, path):
            return []
        return [Violation((*path, *key), _keyword(kind), (trace.schema,)) for key in self._keys_in_question(kind, path)]

    def _keys_of_closed_object(self, path: InputPath, schema: Schema) -> Iterator[Violation]:
        """Yield a violation for each unknown key of a closed object without properties.

        The validator does not name the keys in this case.
        """
        value = value_at(self._copy.value, path)
        for key in value if isinstance(value, dict) else ():
            if not declares([schema], key):
                yield Violation((*path, key), UNKNOWN_KEY, (schema,))

    def _violations_of_alternatives(
        self, path: InputPath, schema: Schema, context: Sequence[Iterable[ValidationError]]
    ) -> list[Violation]:
        branches = [self.read(errors) for errors in context]
        return choose_violations(path, schema, branches) if branches and all(branches) else []

    def _keys_in_question(self, kind: Kind, path: InputPath) -> Iterator[InputPath]:
        """Yield the end of each violation's path: the key that the error names, or an empty path."""
        if isinstance(kind, Kind.Required):
            configured = value_at(self._copy.original, path)
            yield from () if isinstance(configured, dict) and kind.property in configured else [(kind.property,)]
        elif isinstance(kind, Kind.PropertyNames):
            yield (str(kind.error.instance),)
        elif isinstance(kind, Kind.AdditionalProperties):
            yield from ((key,) for key in kind.unexpected)
        elif isinstance(kind, Kind.UnevaluatedProperties):
            yield from ((key,) for key in kind.unexpected if not self._may_be_evaluated(path, key))
        else:
            yield ()

    def _may_be_evaluated(self, path: InputPath, key: str) -> bool:
        """Return True if unknown values decide between alternatives, and one of them declares the key."""
        return path in self._copy.affected and bool(self._walker.below(self._walker.at(path), key))

    def _is_certain(self, kind: Kind, path: InputPath) -> bool:
        if isinstance(kind, _NEVER_CERTAIN):
            return False
        if path not in self._copy.affected or isinstance(kind, Kind.FalseSchema):
            return True
        if path in self._copy.shortened:
            return isinstance(kind, _CERTAIN_IF_SHORTENED)
        return path not in self._copy.unknown and isinstance(kind, _CERTAIN_IF_UNKNOWN_INSIDE)

    def _is_decided(self, condition: Json, path: InputPath) -> bool:
        """Return True if a condition depends only on known values."""
        if path not in self._copy.affected or not isinstance(condition, dict):
            return True
        if path in self._copy.unknown or condition.keys() - _IGNORED_KEYWORDS - {"properties", "required"}:
            return False
        properties = object_at(condition, "properties")
        return all(self._is_decided(each, (*path, name)) for name, each in properties.items())


def _input_path(inputs: Value, path: Sequence[str | int]) -> InputPath:
    """Return the path with a text for each key, because the validator writes the key "0" as a number."""
    steps: list[str | int] = []
    for step in path:
        steps.append(str(step) if isinstance(inputs, dict) else step)
        inputs = value_at(inputs, (steps[-1],))
    return tuple(steps)


def _keyword(kind: Kind) -> str:
    if isinstance(kind, Kind.AdditionalProperties | Kind.UnevaluatedProperties):
        return UNKNOWN_KEY
    if isinstance(kind, Kind.FalseSchema):
        return NOT_ALLOWED
    return ONE_OF_SEVERAL if isinstance(kind, Kind.OneOfMultipleValid) else kind.name
