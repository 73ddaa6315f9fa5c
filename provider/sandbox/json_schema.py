"""Check JSON bodies against JSON Schemas.

Messages contain locations, never values, because a value can be a secret.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar

import jsonschema_rs

from provider.sandbox.errors import cause, invalid
from provider.sandbox.json_codec import Json, JsonObject

MASK = "[value]"
Body = TypeVar("Body")


class Validator(Generic[Body]):
    """A JSON Schema, and `Body`, the Python type of the data that it accepts.

    `root` is the first part of every location in an error, such as "body".
    """

    def __init__(self, schema: JsonObject, root: str) -> None:
        self._validator = jsonschema_rs.validator_for(schema, mask=MASK)
        self._root = root

    def validate(self, instance: Any) -> Body:
        """Return the instance. Raises ServiceError (400) with one cause for each violation."""
        try:
            causes = [cause(error.message, self._location(error)) for error in self._validator.iter_errors(instance)]
        except ValueError as error:
            causes = [cause(str(error), self._root)]
        if causes:
            raise invalid(f"{self._root} is invalid: {causes[0]['errorMessage']}", *causes)
        body: Body = instance
        return body

    def _location(self, error: jsonschema_rs.ValidationError) -> str:
        return ".".join([self._root, *map(str, error.instance_path)])


def closed_object(properties: JsonObject, required: list[Json]) -> JsonObject:
    """Return the schema of an object that has these properties and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }
