"""The forms of filters as JSON Schemas, and the finding for a filter of another form.

Source: the typed builders of the vendor's SDK. The service accepts a filter of another form, and it matches nothing.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from provider.contracts.formatting import path_text
from provider.contracts.messages import InputFinding
from provider.contracts.schema import Contract
from provider.contracts.schema_keywords import Schema
from provider.contracts.violations import Violation
from provider.model.inputs import FILTERS
from provider.model.known_apps import SOURCE, FilterShape

# In each schema, ``description`` is what a value or a name must be: the end of a sentence for users.
# The pattern accepts what ``regular_expressions.is_anchored`` accepts.
_ANCHORS: Final[Schema] = {"pattern": r"^\^[\s\S]*\$$"}
_ANCHORED: Final[Schema] = {"description": "a name between ^ and $", **_ANCHORS}
_PLAIN: Final[Schema] = {"description": "a name that is not between ^ and $", "not": _ANCHORS}


def _object_of_lists(names: Schema, what: str) -> Schema:
    """Return the schema of an object with a list of names below each name. Null and ``{}`` are accepted as values."""
    name: Schema = {"type": ["string", "null", "object"], "maxProperties": 0, **names}
    return {
        "description": what,
        "type": "object",
        "propertyNames": names,
        "additionalProperties": {
            "description": "a list of names",
            "type": ["array", "null", "object"],
            "maxProperties": 0,
            "items": name,
        },
    }


class FilterForm(NamedTuple):
    """The form of a filter: a noun phrase, HCL that writes it, and the contract of both filters.

    ``takes_json_text`` is False if the app does not read the filter as JSON text.
    """

    what: str
    example: str
    contract: Contract
    takes_json_text: bool = True


def _contract(schema: Schema) -> Contract:
    return Contract({"properties": {name: {"$ref": "#/$defs/filter"} for name in FILTERS}, "$defs": {"filter": schema}})


FORMS: Final[dict[FilterShape, FilterForm]] = {
    "anchored": FilterForm(
        "an object of anchored regular expressions, each with a list of them",
        'provider::atlan::anchored_filter({ "database" = ["schema"] })',
        _contract(_object_of_lists(_ANCHORED, "an object")),
    ),
    "nested": FilterForm(
        "plain names or ids in nested objects",
        'provider::atlan::nested_filter({ "catalog" = ["database"] }), or { "id" = {} } for ids',
        _contract(
            {
                "description": "an object",
                "type": ["object", "null"],
                "propertyNames": _PLAIN,
                "additionalProperties": {"$ref": "#/$defs/filter"},
            }
        ),
    ),
    "lists": FilterForm(
        "an object of plain names, each with a list of them, and no JSON text",
        '{ "catalog" = ["schema"] }',
        _contract(_object_of_lists(_PLAIN, "an object and not a text")),
        takes_json_text=False,
    ),
    "expression": FilterForm(
        "one regular expression as text",
        '"orders_.*"',
        # A regular expression such as [0] is the JSON text of a list.
        _contract(
            {
                "description": "one regular expression and not an object or a list",
                "type": ["string", "array"],
                "not": {"type": "array", "contains": {"type": ["string", "object"]}},
            }
        ),
    ),
}
"""The forms that are known."""


def other_form(app_id: str, form: FilterForm, violation: Violation, *, is_write_only: bool) -> InputFinding:
    """Return the warning for a filter that violates the contract of its form. It shows no value.

    It shows the place in the filter, unless the filter is write-only.
    """
    name = str(violation.path[0])
    place = path_text(violation.path[:1] if is_write_only else violation.path)
    inside = "A part of " if is_write_only and len(violation.path) > 1 else ""
    needed = violation.schemas[0]["description"]
    return InputFinding(
        (name,),
        f"inputs.{name}: {app_id} reads filters in another form",
        f"The app reads {form.what}. {inside}{place} must be {needed}. The service accepts this filter, "
        f"and it matches nothing. Write {name} = {form.example}.\nSource: {SOURCE}.",
        is_error=False,
    )
