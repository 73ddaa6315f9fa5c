"""Values and paths in a message."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from provider.contracts.formatting import configured_text, has_numbered_key, path_text, value_text, values_text
from provider.framework.redaction import register


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("x" * 200, '"' + "x" * 78 + "…", id="long"),
        pytest.param("a\x1b[31m\n\u202eb\x7f", '"a\\u001b[31m\\n\\u202eb\\u007f"', id="control characters"),
        pytest.param({"a": [1, True], "b": None}, '{"a": [1, true], "b": null}', id="an object"),
        pytest.param(10**5000, "a number with thousands of digits", id="a huge number"),
    ],
)
def test_a_value_of_a_contract_is_shortened_and_escaped(value: Any, expected: str) -> None:
    """A value has at most 80 characters, and no control characters."""
    assert expected == value_text(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("s3cr3t", "the text"),
        ({"s3cr3t": 1}, "the object"),
        (["s3cr3t"], "the list"),
        (5, "5"),
        (0.5, "0.5"),
        (True, "true"),
        (None, "null"),
        pytest.param(10**5000, "a number with thousands of digits", id="a huge number"),
        (Decimal("1E+400"), "1E+400"),
    ],
)
def test_a_configured_text_is_not_shown(value: Any, expected: str) -> None:
    """A number, a boolean and null are shown."""
    assert expected == configured_text(value)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ((), "inputs"),
        (("a b",), 'inputs["a b"]'),
        (("x" * 200,), 'inputs["' + "x" * 78 + "…]"),
        (("connection", "attributes", "adminUsers", 0), "inputs.connection.attributes.adminUsers[0]"),
    ],
)
def test_a_path_is_written_as_in_a_configuration(path: tuple[str | int, ...], expected: str) -> None:
    """Keys that are not identifiers are quoted, and long ones are shortened."""
    assert expected == path_text(path, is_in_contract=lambda _path: True)


def test_the_place_in_the_alphabet_replaces_a_key_that_is_not_in_the_contract() -> None:
    """A key of the first level is shown. JSON text is read as its object, and a key that is missing is counted too."""
    inputs = {"x": {"b": 1, "a": {"d": 1, "c": [0]}}, "text": '{"b": 1, "a": 2}'}
    texts = [
        path_text(("x", "b"), inputs),
        path_text(("x", "a", "c", 0), inputs, lambda path: path[-1] == "a"),
        path_text(("x", "aa"), inputs),
        path_text(("text", "b"), inputs),
        path_text(("x", "b")),
    ]
    expected = ["inputs.x[key 2]", "inputs.x.a[key 1][0]", "inputs.x[key 2]", "inputs.text[key 2]", "inputs.x[key 1]"]
    assert expected == texts
    assert [True, False] == [has_numbered_key(texts[0]), has_numbered_key("inputs.key")]


def test_the_number_of_the_other_values_is_written() -> None:
    """The first values are written in full."""
    assert '"a", 1' == values_text(["a", 1], 2)
    assert '"a", 1 and 2 more' == values_text(["a", 1, None, True], 2)


def test_no_part_of_a_secret_is_shown() -> None:
    """A long secret is redacted before the text is cut, in a value, a key and a path."""
    secret = "not-a-real-key-" + "x" * 200
    with register(secret):
        assert ['"***"', '{"***": "a *** b"}', 'inputs["***"]'] == [
            value_text(secret),
            value_text({secret: f"a {secret} b"}),
            path_text((secret,)),
        ]
