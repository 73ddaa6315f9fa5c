"""The input contract of an app: a JSON Schema."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from provider.contracts.schema_keywords import Schema, is_marked_secret, limits_text, list_at, object_at, types_of
from provider.contracts.schema_walker import SchemaWalker
from provider.framework import Json

if TYPE_CHECKING:
    import jsonschema_rs


class UnusableContract(Exception):  # noqa: N818 - the mistake is in the contract, not in this program
    """The contract is not a JSON Schema, or a reference in it has no target. The text contains the reason."""


class Contract:
    """The input contract of an app's entrypoint. ``schema`` is the JSON Schema, unchanged.

    Source: ``GET v1/apps/{app_id}/inputs``.
    """

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._alternatives: dict[str, list[Schema]] = {}

    @cached_property
    def walker(self) -> SchemaWalker:
        """The object that finds subschemas in the schema."""
        return SchemaWalker(self.schema)

    @cached_property
    def properties(self) -> dict[str, Schema]:
        """The schema of each input, merged over the schemas that it refers to."""
        return {name: self.walker.resolve(each) for name, each in object_at(self.schema, "properties").items()}

    @cached_property
    def required(self) -> list[str]:
        """The names of the required inputs."""
        return [name for name in list_at(self.schema, "required") if isinstance(name, str)]

    @cached_property
    def defaults(self) -> dict[str, Json]:
        """The default of each input that has one."""
        return {name: each["default"] for name, each in self.properties.items() if "default" in each}

    @cached_property
    def validator(self) -> jsonschema_rs.Validator:
        """The validator for the draft that the contract names, or for draft 2020-12. It sends no requests.

        Raises UnusableContract.
        """
        import jsonschema_rs

        try:
            return jsonschema_rs.validator_for(self.schema, validate_formats=True, offline=True, mask="it")
        except jsonschema_rs.ValidationError as error:
            path = ".".join(map(str, error.instance_path))
            raise UnusableContract(f"{path}: {error.message}" if path else error.message) from error
        except (ValueError, TypeError, jsonschema_rs.ReferencingError) as error:
            raise UnusableContract(str(error)) from error

    def is_secret(self, name: str) -> bool:
        """Return True if the contract marks an input, or any value in it, as write-only or as a password."""
        return any(map(is_marked_secret, self.walker.within((name,))))

    def types(self, name: str) -> frozenset[str]:
        """Return the JSON types that an input can have. The set is empty if the contract names none."""
        return frozenset(kind for each in self._alternatives_of(name) for kind in types_of(each))

    def takes_json_text(self, name: str, kind: Literal["object", "array"], text_objects: Collection[str] = ()) -> bool:
        """Return True if an input accepts a text without limits, but no value of this JSON type.

        A publish sends an object or a list of such an input as JSON text. An input that accepts texts and lists gets a
        list unchanged, and an object as JSON text. ``text_objects`` are the names of the inputs whose objects the app
        reads only as JSON text, although the contract also accepts an object.
        """
        if kind in self.types(name) and not (kind == "object" and name in text_objects):
            return False
        return any("string" in types_of(each) and not limits_text(each) for each in self._alternatives_of(name))

    def allowed_values(self, name: str) -> list[Json] | None:
        """Return the values under ``enum`` for an input, or None if the contract lists no values."""
        return [value for each in self._alternatives_of(name) for value in list_at(each, "enum")] or None

    def _alternatives_of(self, name: str) -> list[Schema]:
        # Found once, because each workflow of a plan asks for the same inputs.
        if name not in self._alternatives:
            self._alternatives[name] = self.walker.alternatives([self.properties.get(name, {})])
        return self._alternatives[name]
