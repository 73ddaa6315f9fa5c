"""The forms of filters as JSON Schemas, and the finding for a filter of another form.

Source: the typed builders of the vendor's SDK. The service accepts a filter of another form, and it matches nothing.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from provider.contracts.formatting import KEYS_ARE_NUMBERED, has_numbered_key, path_text
from provider.contracts.messages import InputFinding
from provider.contracts.schema import Contract
from provider.contracts.schema_keywords import Schema
from provider.contracts.violations import Violation
from provider.framework import Json, Value
from provider.model.inputs import FILTERS
from provider.model.known_apps import SOURCE, FilterShape

# In each schema, ``description`` is what a value or a name must be: the end of a sentence for users.
# The pattern accepts what ``regular_expressions.is_anchored`` accepts.
_ANCHORS: Final[Schema] = {"pattern": r"^\^[\s\S]*\$$"}
_ANCHORED: Final[Schema] = {"description": "a name between ^ and $", **_ANCHORS}
_PLAIN: Final[Schema] = {"description": "a name that is not between ^ and $", "not": {"type": "string", **_ANCHORS}}


def _object_of_lists(names: Schema, what: str) -> Schema:
    """Return the schema of an object with a list of names below each name."""
    return {
        "description": what,
        "type": "object",
        "propertyNames": names,
        "additionalProperties": {
            "description": "a list of names",
            "type": "array",
            "items": {"description": "text", "type": "string", "allOf": [names]},
        },
    }


class FilterForm(NamedTuple):
    """The form of a filter: a noun phrase, HCL that writes it, and the contract of both filters.

    ``takes_json_text`` is False if the app does not read the filter as JSON text. ``empty`` are the values of a filter
    that selects nothing in particular. ``is_text`` is True if the app reads a plain text.
    """

    what: str
    example: str
    contract: Contract
    takes_json_text: bool = True
    empty: tuple[Json, ...] = (None, {}, [], "")
    is_text: bool = False


def _contract(schema: Schema) -> Contract:
    return Contract({"properties": {name: {"$ref": "#/$defs/filter"} for name in FILTERS}, "$defs": {"filter": schema}})


def _text_form(what: str, example: str) -> FilterForm:
    schema: Schema = {"description": f"{what} and not an object or a list", "type": "string"}
    return FilterForm(f"{what} as text", example, _contract(schema), empty=(None, ""), is_text=True)


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
                "type": "object",
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
    "projects": FilterForm(
        "an object of projects and jobs",
        "{ ... }, with the projects and jobs as the web UI submits them",
        _contract({"description": "an object", "type": "object"}),
    ),
    "expression": _text_form("one regular expression", '"orders_.*"'),
    "expressions": _text_form("regular expressions with commas between them", '"sales_.*,orders_.*"'),
}
"""The forms that are known."""


def is_bracket_class(value: Value) -> bool:
    """Return True if the JSON text of a list is also a regular expression that a user can mean, such as [0]."""
    if not isinstance(value, list):
        return False
    return bool(value) and all(is_bracket_class(each) or not isinstance(each, str | list | dict) for each in value)


def other_form(
    app_id: str, form: FilterForm, violation: Violation, inputs: Value, *, is_write_only: bool
) -> InputFinding:
    """Return the warning for a filter that violates the contract of its form. It shows no value and no name in it.

    ``inputs`` contains the filter. The warning shows the place in the filter, unless the filter is write-only.
    """
    name = str(violation.path[0])
    place = path_text(violation.path[:1] if is_write_only else violation.path, inputs)
    inside = "A part of " if is_write_only and len(violation.path) > 1 else ""
    needed = violation.schemas[0]["description"]
    numbered = f" {KEYS_ARE_NUMBERED}" if has_numbered_key(place) else ""
    return InputFinding(
        (name,),
        f"inputs.{name}: {app_id} reads filters in another form",
        f"The app reads {form.what}. {inside}{place} must be {needed}. The service accepts this filter, "
        f"and it matches nothing. Write {name} = {form.example}.{numbered}\nSource: {SOURCE}.",
        is_error=False,
    )
