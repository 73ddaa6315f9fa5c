"""The subschemas that apply to a value."""

from __future__ import annotations

from typing import Any

import pytest

from provider.contracts.schema_walker import Condition, InputPath, SchemaWalker

TEXT: Any = {"type": "string"}
NUMBER: Any = {"type": "integer"}
NONE: Any = {"type": "null"}


def found(schema: Any, path: InputPath) -> list[Any]:
    """Return the types of the subschemas at a path."""
    return [each["type"] for each in SchemaWalker(schema).at(path) if "type" in each]


@pytest.mark.parametrize(
    ("schema", "path", "types"),
    [
        pytest.param({"properties": {"a": TEXT, "b": NUMBER}}, ("a",), ["string"], id="a property"),
        pytest.param(
            {"patternProperties": {"^a": TEXT}, "additionalProperties": NUMBER}, ("ab",), ["string"], id="key"
        ),
        pytest.param({"patternProperties": {"(": TEXT}}, ("a",), ["string"], id="a pattern that Python cannot read"),
        pytest.param({"additionalProperties": NUMBER}, ("a",), ["integer"], id="another key"),
        pytest.param({"prefixItems": [TEXT], "items": NUMBER}, (0,), ["integer", "string"], id="the first element"),
        pytest.param({"prefixItems": [TEXT], "items": NUMBER}, (1,), ["integer"], id="another element"),
        pytest.param(
            {"anyOf": [TEXT, {"oneOf": [NUMBER, NONE]}]}, (), ["string", "integer", "null"], id="alternatives"
        ),
        pytest.param({"if": TEXT, "then": NUMBER, "else": NONE}, (), ["string", "integer", "null"], id="conditions"),
        pytest.param({"dependentSchemas": {"a": TEXT}}, (), ["string"], id="dependent schemas"),
        pytest.param({"$ref": "#/$defs/A~1b%20c", "$defs": {"A/b c": TEXT}}, (), ["string"], id="a pointer"),
        pytest.param({"$ref": "#a", "$defs": {"A": {"$anchor": "a", **TEXT}}}, (), ["string"], id="an anchor"),
        pytest.param({"$ref": "x:a", "$defs": {"A": {"$id": "x:a", **TEXT}}}, (), ["string"], id="an id"),
        pytest.param({"$ref": "#/anyOf/0", "anyOf": [TEXT]}, (), ["string"], id="a pointer into a list"),
        pytest.param({"type": "object", "properties": {"a": {"$ref": "#"}}}, ("a", "a"), ["object"], id="the root"),
        pytest.param({"properties": {"a": True}}, ("a",), [], id="no schema"),
        pytest.param({"properties": 1, "items": "x", "anyOf": {}}, ("a", 0), [], id="malformed"),
    ],
)
def test_every_subschema_at_a_path_is_found(schema: Any, path: InputPath, types: list[str]) -> None:
    """References, alternatives and conditions are followed at every step of the path."""
    assert types == found(schema, path)


def test_a_reference_without_a_target_is_a_secret_with_any_key() -> None:
    """A value is rather hidden than shown if the contract cannot be read."""
    (schema,) = SchemaWalker({"properties": {"a": {"$ref": "#/$defs/None"}}}).at(("a",))[1:]
    assert schema["writeOnly"] is True
    assert schema["patternProperties"] == {"": True}


def test_subschemas_around_and_within_a_value_are_found() -> None:
    """`along` adds those of the values around, without the top; `within` those of the values inside."""
    schema: Any = {"title": "top", "properties": {"a": {"title": "a", "items": {"$ref": "#/$defs/E"}}}}
    schema["$defs"] = {"E": {"title": "element", "properties": {"b": {"title": "b"}, "loop": {"$ref": "#/$defs/E"}}}}
    walker = SchemaWalker(schema)
    assert ["a", "element"] == [each["title"] for each in walker.along(("a", 0)) if "title" in each]
    assert {"a", "element", "b"} == {each["title"] for each in walker.within(("a",)) if "title" in each}


def test_a_schema_is_merged_over_its_references() -> None:
    """The nearest schema decides, and the reference itself is removed. A loop of references ends."""
    definitions: Any = {"A": {"$ref": "#/$defs/B", "title": "A"}, "B": {"title": "B", "type": "string"}}
    definitions["Loop"] = {"$ref": "#/$defs/Loop", "title": "Loop"}
    walker = SchemaWalker({"$defs": definitions})
    assert {"title": "A", "type": "string"} == walker.resolve({"$ref": "#/$defs/A"})
    assert {"title": "Loop"} == walker.resolve(definitions["Loop"])
    assert {} == walker.resolve(True)


def test_alternatives_are_merged_over_their_references() -> None:
    """The schema itself is the first one. An alternative that refers to itself is found once."""
    definitions: Any = {"T": {"title": "T", "anyOf": [{"$ref": "#/$defs/T"}, {"$ref": "#/$defs/A", "title": "own"}]}}
    definitions["A"] = {"title": "A", "type": "string"}
    walker = SchemaWalker({"$defs": definitions})
    found = walker.alternatives([{"title": "first", "anyOf": [{"$ref": "#/$defs/T"}]}])
    titles = [each["title"] for each in found]
    assert ("first", {"first", "T", "own"}) == (titles[0], set(titles))
    assert ["string"] == [each["type"] for each in found if "type" in each]


def test_the_path_of_a_validator_leads_to_a_schema_and_its_conditions() -> None:
    """A condition is found with its depth in the inputs. Names and indices after a keyword are not keywords."""
    inner: Any = {"if": TEXT, "then": {"$ref": "#/$defs/then"}}
    schema: Any = {"properties": {"then": {"items": {"allOf": [True, inner]}}}, "$defs": {"then": {"maxLength": 1}}}
    keywords = ["properties", "then", "items", "allOf", 1, "then", "$ref", "maxLength"]
    assert ({"maxLength": 1}, [Condition(2, TEXT)]) == SchemaWalker(schema).trace(keywords)
