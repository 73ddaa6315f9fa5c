"""The alternative whose violations are reported."""

from __future__ import annotations

from tests.unit.contracts.checks import texts


def test_alternatives_that_differ_in_type_speak_as_one() -> None:
    """Of an object or a list, the alternative that has the type of the value says what is wrong in it."""
    schema = {"anyOf": [{"type": "object", "properties": {"a": {"type": "string"}}}, {"type": "array"}]}
    assert ["inputs.x.a: expected text, got a number"] == [each[0] for each in texts(schema, {"a": 1})]
    assert ["inputs.x: expected an object or a list, got text"] == [each[0] for each in texts(schema, "a")]


def test_the_alternative_with_the_fewest_mistakes_speaks() -> None:
    """Where no key tells alternatives apart, the nearest was probably meant; of several such, what they have alike."""
    one, other = ({"properties": {"a": {"type": "integer"}}, "required": names} for names in (["b", "c"], ["a"]))
    assert ["inputs.x.a: expected a whole number, got text"] == [
        each[0] for each in texts({"anyOf": [one, other]}, {"a": "x"})
    ]
    alike = [{"required": ["a", name]} for name in ("b", "c")]
    assert ["inputs.x.a: it is required, but missing"] == [each[0] for each in texts({"oneOf": alike}, {})]
