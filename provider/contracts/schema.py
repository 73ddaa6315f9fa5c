"""What an app takes, as a JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from provider.contracts.schema_walker import Places, Schema, is_secret, listed, named

if TYPE_CHECKING:
    import jsonschema_rs

_LIMITS_ON_TEXT: Final = ("enum", "const", "pattern", "format")
_JSON_FORMATS: Final = ("json", "json-string")


class UnusableContract(Exception):  # noqa: N818 - a word for what happened
    """The contract is no JSON Schema, or refers to what is not there. The text says which."""


class Contract:
    """The input contract of an app's entrypoint; ``schema`` is the JSON Schema as it came."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self.schema = schema

    @cached_property
    def properties(self) -> dict[str, dict[str, Any]]:
        """The schema of each input, with references into ``$defs`` followed."""
        return {name: self._resolved(each) for name, each in named(self.schema, "properties").items()}

    @cached_property
    def required(self) -> list[str]:
        """The names of the inputs that must be given."""
        return [name for name in listed(self.schema, "required") if isinstance(name, str)]

    @cached_property
    def defaults(self) -> dict[str, Any]:
        """The default of each input that has one."""
        return {name: each["default"] for name, each in self.properties.items() if "default" in each}

    @cached_property
    def places(self) -> Places:
        """Where its schemas stand."""
        return Places(self.schema)

    @cached_property
    def validator(self) -> jsonschema_rs.Validator:
        """Draft 2020-12 unless the contract says otherwise; asks no network. Raises UnusableContract."""
        import jsonschema_rs

        try:
            return jsonschema_rs.validator_for(dict(self.schema), validate_formats=True, offline=True, mask="it")
        except jsonschema_rs.ValidationError as error:
            place = ".".join(map(str, error.instance_path))
            raise UnusableContract(f"{place}: {error.message}" if place else error.message) from error
        except (ValueError, TypeError, jsonschema_rs.ReferencingError) as error:
            raise UnusableContract(str(error)) from error

    def is_secret(self, name: str) -> bool:
        """Whether the contract marks an input, or anything in it, as write-only or as a password."""
        return any(map(is_secret, self.places.within((name,))))

    def types(self, name: str) -> frozenset[str]:
        """The JSON types that an input may have; none where the contract does not say."""
        return frozenset(kind for each in self._alternatives(name) for kind in _types(each))

    def takes_json_text(self, name: str) -> bool:
        """Whether an input takes objects and lists as JSON text alone: as text of any content, and not as they are."""
        if self.types(name) & {"object", "array"}:
            return False
        return any("string" in _types(each) and not _limits_text(each) for each in self._alternatives(name))

    def allowed_values(self, name: str) -> list[Any] | None:
        """The values that an input may have, those of its alternatives together; None where any is allowed."""
        return [value for each in self._alternatives(name) for value in listed(each, "enum")] or None

    def _alternatives(self, name: str) -> Iterator[Schema]:
        yield from self._spread(self.properties.get(name, {}), ())

    def _spread(self, schema: Schema, above: tuple[int, ...]) -> Iterator[Schema]:
        """The schema itself, its parts, and every alternative that it offers."""
        yield schema
        for option in (option for key in ("anyOf", "oneOf", "allOf") for option in listed(schema, key)):
            if id(option) not in above:
                yield from self._spread(self._resolved(option), (*above, id(option)))

    def _resolved(self, schema: Any) -> dict[str, Any]:
        """The schema laid over what it refers to, which may refer on."""
        found: dict[str, Any] = dict(schema) if isinstance(schema, dict) else {}
        seen: set[str] = set()
        reference = found.get("$ref")
        while isinstance(reference, str) and reference not in seen:
            seen.add(reference)
            target = self.places.target(reference)
            found, reference = {**target, **found}, target.get("$ref")
        return found


def _types(schema: Schema) -> list[str]:
    declared = schema.get("type")
    return [declared] if isinstance(declared, str) else listed(schema, "type")


def _limits_text(schema: Schema) -> bool:
    return any(key in schema for key in _LIMITS_ON_TEXT) and schema.get("format") not in _JSON_FORMATS
