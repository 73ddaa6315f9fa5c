"""Flaws in words: what was found, what is allowed, what was probably meant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from provider.contracts import suggestions
from provider.contracts.allowed_values import FORMATS, allowed_text, types_of, types_text, values_of
from provider.contracts.findings import Finding
from provider.contracts.formatting import WRITE_ONLY, Secrets, path_text, value_text
from provider.contracts.placeholders import value_at
from provider.contracts.schema_walker import Places, named
from provider.contracts.violations import NOT_ALLOWED, ONE_OF_SEVERAL, UNKNOWN_KEY, Flaw

_PROBLEMS: Final = {
    "minimum": "{value} is too small",
    "exclusiveMinimum": "{value} is too small",
    "maximum": "{value} is too large",
    "exclusiveMaximum": "{value} is too large",
    "multipleOf": "{value} is not in the steps that are wanted",
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
    "uniqueItems": "the list holds the same element more than once",
    "contains": "the list has not the elements that are wanted",
    "minProperties": "the object has too few keys",
    "maxProperties": "the object has too many keys",
    "propertyNames": "a key of this name is not allowed",
    NOT_ALLOWED: "nothing is allowed here",
    ONE_OF_SEVERAL: "the value fits several of the alternatives, of which exactly one is wanted",
}
_GOT: Final = {str: "text", dict: "an object", list: "a list"}
_WITHOUT_VALUE: Final = ("required", UNKNOWN_KEY, "propertyNames")


class Wording:
    """Words for the flaws of one set of inputs."""

    def __init__(self, places: Places, inputs: Mapping[str, Any], secrets: Secrets) -> None:
        self._places = places
        self._inputs = inputs
        self._secrets = secrets
        self._words: dict[str, Callable[[Flaw, Any], tuple[str, list[str]]]] = {
            "required": self._required,
            UNKNOWN_KEY: self._unknown_key,
            "type": self._type,
        }

    def finding(self, flaw: Flaw) -> Finding:
        """The flaw in words, none of which tells a secret."""
        value = None if flaw.keyword in _WITHOUT_VALUE else value_at(self._inputs, flaw.path)
        problem, sentences = self._words.get(flaw.keyword, self._other)(flaw, value)
        detail = "\n".join(filter(None, sentences))
        return Finding(flaw.path, f"{path_text(flaw.path)}: {problem}", detail, flaw.is_error)

    def _required(self, flaw: Flaw, _value: Any) -> tuple[str, list[str]]:
        allowed = allowed_text(self._places, self._places.at(flaw.path))
        return "it is required, and missing", [f"{path_text(flaw.path)} has to be given.", _allowed(allowed)]

    def _unknown_key(self, flaw: Flaw, _value: Any) -> tuple[str, list[str]]:
        *above, key = flaw.path
        known = self._known_keys(flaw)
        given = value_at(self._inputs, tuple(above))
        meant = flaw.meant or suggestions.key_meant(str(key), known, given if isinstance(given, dict) else {})
        why = "The contract takes" if flaw.is_error else "The app probably ignores it: the contract knows"
        problem = "there is no such key" if above else "there is no such input"
        if meant:
            problem += f"; did you mean {meant}{', which is required' if flaw.meant else ''}?"
        return problem, [f"{path_text(flaw.path)} is not known.", *suggestions.about_key(str(key), meant, known, why)]

    def _known_keys(self, flaw: Flaw) -> list[str]:
        schemas = [*flaw.schemas, *self._places.at(flaw.path[:-1])]
        return list(dict.fromkeys(name for schema in schemas for name in named(schema, "properties")))

    def _type(self, flaw: Flaw, value: Any) -> tuple[str, list[str]]:
        wanted = types_of(self._places, flaw.schemas)
        expected = f"expected {types_text(wanted)}"
        allowed = allowed_text(self._places, flaw.schemas)
        if self._secrets.hides(flaw.path, value):
            return f"{expected}, which {WRITE_ONLY} is not", [_found(flaw, WRITE_ONLY), _allowed(allowed)]
        found = _found(flaw, self._show(flaw, value))
        return f"{expected}, got {_got(value, wanted)}", [
            found,
            _allowed(allowed),
            self._type_meant(flaw, value, wanted),
        ]

    def _type_meant(self, flaw: Flaw, value: Any, wanted: list[str]) -> str:
        values = values_of(self._places, flaw.schemas)
        if values and not isinstance(value, dict | list) and value is not None:
            return suggestions.value_meant(value, values)
        return suggestions.type_meant(value, wanted, lambda: not self._is_free_text(flaw), len(flaw.path) == 1)

    def _is_free_text(self, flaw: Flaw) -> bool:
        return not values_of(self._places, flaw.schemas) and not any(
            key in schema for schema in flaw.schemas for key in ("pattern", "format")
        )

    def _other(self, flaw: Flaw, value: Any) -> tuple[str, list[str]]:
        shown = self._show(flaw, value)
        problem = self._problem(flaw, value).format(value=shown)
        sentences = [_found(flaw, shown), self._measured(flaw, value), self._wanted(flaw), self._meant(flaw, value)]
        return problem, sentences

    def _problem(self, flaw: Flaw, value: Any) -> str:
        if flaw.keyword == "format":
            name = str(flaw.schemas[0].get("format"))
            return "{value} is not " + FORMATS.get(name, f"of the format {name}")
        if flaw.keyword == "minLength" and value == "":
            return "it must not be empty"
        return _PROBLEMS.get(flaw.keyword, "{value} does not fit the contract")

    def _wanted(self, flaw: Flaw) -> str:
        if flaw.keyword == "not":
            ruled_out = allowed_text(self._places, [flaw.schemas[0].get("not") or {}])
            return f"Not allowed: {ruled_out}." if ruled_out else ""
        if flaw.keyword in ("contains", "uniqueItems", NOT_ALLOWED, ONE_OF_SEVERAL):
            return ""
        return _allowed(allowed_text(self._places, flaw.schemas))

    def _measured(self, flaw: Flaw, value: Any) -> str:
        """How much there is of what is too much or too little."""
        if self._secrets.hides(flaw.path, value):
            return ""
        return suggestions.measured(flaw.keyword, value)

    def _meant(self, flaw: Flaw, value: Any) -> str:
        if flaw.keyword not in ("enum", "const") or self._secrets.hides(flaw.path, value):
            return ""
        return suggestions.value_meant(value, values_of(self._places, flaw.schemas))

    def _show(self, flaw: Flaw, value: Any) -> str:
        if flaw.keyword == "propertyNames":
            return "its name"
        if self._secrets.hides(flaw.path, value):
            return WRITE_ONLY
        return value_text(value, flaw.path, self._secrets.hides)


def _found(flaw: Flaw, shown: str) -> str:
    return "" if flaw.keyword in _WITHOUT_VALUE else f"{path_text(flaw.path)} is {shown}."


def _allowed(text: str) -> str:
    return f"Allowed: {text}." if text else ""


def _got(value: Any, wanted: list[str]) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return value_text(value) if "integer" in wanted else "a number"
    return next((word for kind, word in _GOT.items() if isinstance(value, kind)), "null")
