"""Write the message of a violation: the mistake, the allowed values, and a suggestion."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from decimal import Decimal
from functools import partial
from typing import Final, NamedTuple, TypeAlias

from provider.contracts import suggestions
from provider.contracts.allowed_values import (
    FORMAT_TEXTS,
    allowed_types,
    allowed_values,
    describe_allowed,
    describe_types,
)
from provider.contracts.formatting import KEYS_ARE_NUMBERED, configured_text, has_numbered_key, path_text
from provider.contracts.placeholders import value_at
from provider.contracts.schema_keywords import contains_key, limits_text
from provider.contracts.schema_walker import InputPath, SchemaWalker
from provider.contracts.secret_values import is_secret
from provider.contracts.unknown_keys import suggested_names
from provider.contracts.violations import NOT_ALLOWED, ONE_OF_SEVERAL, UNKNOWN_KEY, Violation
from provider.framework import Value

_PROBLEM_TEXTS: Final = {
    "minimum": "{value} is too small",
    "exclusiveMinimum": "{value} is too small",
    "maximum": "{value} is too large",
    "exclusiveMaximum": "{value} is too large",
    "multipleOf": "{value} is not a multiple of the allowed step",
    "minLength": "{value} is too short",
    "maxLength": "{value} is too long",
    "pattern": "{value} does not match the pattern",
    "enum": "{value} is not allowed",
    "const": "{value} is not allowed",
    "not": "{value} is not allowed",
    "minItems": "the list has too few elements",
    "maxItems": "the list has too many elements",
    "additionalItems": "the list has too many elements",
    "unevaluatedItems": "the list has too many elements",
    "uniqueItems": "the list contains the same element more than once",
    "contains": "the list does not contain the required elements",
    "minProperties": "the object has too few keys",
    "maxProperties": "the object has too many keys",
    "propertyNames": "a key with this name is not allowed",
    NOT_ALLOWED: "no value is allowed here",
    ONE_OF_SEVERAL: "the value matches several alternatives, but must match exactly one",
}
_TYPE_TEXTS: Final = {str: "text", dict: "an object", list: "a list"}
_WRITE_ONLY_TEXT: Final = "the value (write-only)"
_NOT_SHOWN: Final = "The text is not shown, because it can be sensitive."

MessageText: TypeAlias = tuple[str, list[str]]
"""The end of a finding's summary, and the sentences of its detail. Empty sentences are left out."""


CollectionAt: TypeAlias = Callable[[InputPath], str | None]
"""A function that returns the kind of the collection of texts that contains the text at a path, or None."""


class InputFinding(NamedTuple):
    """One error or warning about inputs.

    ``path`` starts at a top-level input. If a key is missing, the path ends in this key. The path is empty for a
    finding about the contract or about all inputs.
    """

    path: InputPath
    summary: str
    detail: str
    is_error: bool


class Messages:
    """The writer of the messages about one set of inputs.

    A message shows no configured text, and nothing of a value at a path in ``write_only``, or of a value inside one.
    ``collection_at`` returns ``map``, ``list`` or ``set`` for the path of a text in such a collection of texts.
    """

    def __init__(
        self,
        walker: SchemaWalker,
        inputs: dict[str, Value],
        write_only: AbstractSet[InputPath],
        collection_at: CollectionAt,
    ) -> None:
        self._walker = walker
        self._inputs = inputs
        self._is_secret = partial(is_secret, walker, write_only)
        self._collection_at = collection_at

    def finding(self, violation: Violation) -> InputFinding:
        """Return the finding for a violation."""
        problem, sentences = self._text(violation)
        place = self._path_text(violation)
        sentences += [KEYS_ARE_NUMBERED] if has_numbered_key(place) else []
        return InputFinding(
            violation.path, f"{place}: {problem}", "\n".join(filter(None, sentences)), violation.is_error
        )

    def _path_text(self, violation: Violation) -> str:
        def is_in_contract(path: InputPath) -> bool:
            is_missing = violation.keyword == "required" and path == violation.path
            return is_missing or contains_key(self._walker.at(path[:-1]), str(path[-1]))

        return path_text(violation.path, self._inputs, is_in_contract)

    def _text(self, violation: Violation) -> MessageText:
        if violation.keyword == "required":
            return self._missing(violation)
        if violation.keyword == UNKNOWN_KEY:
            return self._unknown_key(violation)
        value = value_at(self._inputs, violation.path)
        return (
            self._wrong_type(violation, value) if violation.keyword == "type" else self._wrong_value(violation, value)
        )

    def _missing(self, violation: Violation) -> MessageText:
        allowed = describe_allowed(self._walker, self._walker.at(violation.path))
        return "it is required, but missing", [f"Set {self._path_text(violation)}.", _allowed_sentence(allowed)]

    def _unknown_key(self, violation: Violation) -> MessageText:
        key, parent, meant = str(violation.path[-1]), violation.path[:-1], violation.meant
        problem = "there is no such key" if parent else "there is no such input"
        if meant:
            problem += f"; did you mean {meant}{', which is required' if violation.replaces_missing else ''}?"
        ignored = "" if violation.is_refused else " The app probably ignores it."
        unknown = f"{self._path_text(violation)} is not in the contract.{ignored}"
        declared = suggested_names(self._walker, violation)
        return problem, [unknown, suggestions.key_sentence(key, meant, declared), _policy_sentence(violation)]

    def _wrong_type(self, violation: Violation, value: Value) -> MessageText:
        types = allowed_types(self._walker, violation.schemas)
        expected = f"expected {describe_types(types)}"
        allowed = _allowed_sentence(describe_allowed(self._walker, violation.schemas))
        is_value = self._value_sentence(violation, value)
        if self._is_secret(violation.path, value):
            return f"{expected}, but {_WRITE_ONLY_TEXT} has another type", [is_value, allowed]
        sentence = self._type_sentence(violation, value, types)
        return f"{expected}, got {_type_of(value, types)}", [is_value, allowed, sentence]

    def _type_sentence(self, violation: Violation, value: Value, types: list[str]) -> str:
        values = allowed_values(self._walker, violation.schemas)
        collection = self._collection_at(violation.path)
        if values and not isinstance(value, dict | list) and value is not None:
            return suggestions.value_sentence(value, values, collection)
        is_free_text = not values and not any(map(limits_text, violation.schemas))
        return suggestions.type_sentence(value, types, is_free_text, len(violation.path) == 1, collection)

    def _wrong_value(self, violation: Violation, value: Value) -> MessageText:
        text = self._value_text(violation, value)
        is_about_key = violation.keyword == "propertyNames"
        is_value = "" if is_about_key else self._value_sentence(violation, value)
        size, suggestion = "", ""
        if not is_about_key and not self._is_secret(violation.path, value):
            size = suggestions.size_sentence(violation.keyword, value)
            if violation.keyword == "uniqueItems":
                size = suggestions.equal_elements_sentence(value)
            if violation.keyword in ("enum", "const"):
                allowed = allowed_values(self._walker, violation.schemas)
                suggestion = suggestions.value_sentence(value, allowed, self._collection_at(violation.path))
        return _problem(violation, value).replace("{value}", text), [
            is_value,
            size,
            self._allowed_or_forbidden(violation),
            suggestion,
        ]

    def _allowed_or_forbidden(self, violation: Violation) -> str:
        if violation.keyword == "not":
            forbidden = describe_allowed(self._walker, [self._walker.resolve(violation.schemas[0].get("not"))])
            return f"Not allowed: {forbidden}." if forbidden else ""
        if violation.keyword in ("contains", "uniqueItems", NOT_ALLOWED, ONE_OF_SEVERAL):
            return ""
        return _allowed_sentence(describe_allowed(self._walker, violation.schemas))

    def _value_text(self, violation: Violation, value: Value) -> str:
        return _WRITE_ONLY_TEXT if self._is_secret(violation.path, value) else configured_text(value)

    def _value_sentence(self, violation: Violation, value: Value) -> str:
        """Return a sentence with a value that may be shown, or the reason why a text is not shown."""
        if isinstance(value, dict | list) and not self._is_secret(violation.path, value):
            return ""
        if isinstance(value, str) and not self._is_secret(violation.path, value):
            return _NOT_SHOWN
        return f"{self._path_text(violation)} is {self._value_text(violation, value)}."


def _policy_sentence(violation: Violation) -> str:
    if violation.is_refused or violation.replaces_missing or not violation.is_error:
        return ""
    return 'If the app does read this input, set unknown_inputs = "warning" on the workflow.'


def _allowed_sentence(text: str) -> str:
    return f"Allowed: {text}." if text else ""


def _problem(violation: Violation, value: Value) -> str:
    if violation.keyword == "format":
        name = str(violation.schemas[0].get("format"))
        return "{value} is not " + FORMAT_TEXTS.get(name, f"of the format {name}")
    if violation.keyword == "minLength" and value == "":
        return "it must not be empty"
    return _PROBLEM_TEXTS.get(violation.keyword, "{value} does not match the contract")


def _type_of(value: Value, types: list[str]) -> str:
    """Return the type of a value in words. Return the number itself if a whole number is expected."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return configured_text(value) if "integer" in types else "a number"
    return next((word for kind, word in _TYPE_TEXTS.items() if isinstance(value, kind)), "null")
