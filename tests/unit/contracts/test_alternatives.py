"""The alternative whose violations are reported."""

from __future__ import annotations

from tests.support.input_checks import texts


def test_the_alternative_with_the_type_of_the_value_is_reported() -> None:
    """The alternative with another type is dropped, and the value is checked by the rest."""
    schema = {"anyOf": [{"type": "object", "properties": {"a": {"type": "string"}}}, {"type": "array"}]}
    assert ["inputs.x.a: expected text, got a number"] == [each[0] for each in texts(schema, {"a": 1})]
    assert ["inputs.x: expected an object or a list, got text"] == [each[0] for each in texts(schema, "a")]


def test_the_alternative_with_the_fewest_violations_is_reported() -> None:
    """Without a key that separates them, the nearest one is reported. Of several, the common violations are."""
    one, other = ({"properties": {"a": {"type": "integer"}}, "required": names} for names in (["b", "c"], ["a"]))
    assert ["inputs.x.a: expected a whole number, got text"] == [
        each[0] for each in texts({"anyOf": [one, other]}, {"a": "x"})
    ]
    alike = [{"required": ["a", name]} for name in ("b", "c")]
    assert ["inputs.x.a: it is required, but missing"] == [each[0] for each in texts({"oneOf": alike}, {})]
