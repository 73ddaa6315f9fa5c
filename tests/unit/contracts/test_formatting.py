"""Values and paths in a message."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from provider.contracts.formatting import path_text, value_text, values_text
from provider.framework import Unknown
from provider.framework.redaction import register
from tests.support.input_checks import texts


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("x" * 200, '"' + "x" * 78 + "…", id="long"),
        pytest.param("a\x1b[31m\n\u202eb\x7f", '"a\\u001b[31m\\n\\u202eb\\u007f"', id="control characters"),
        pytest.param({"a": [1, Unknown], "b": None}, '{"a": [1, (known after apply)], "b": null}', id="unknown inside"),
        pytest.param(10**5000, "a number with thousands of digits", id="a huge number"),
        pytest.param(Decimal("1E+400"), "1E+400", id="a huge decimal"),
    ],
)
def test_a_value_is_shortened_and_escaped(value: Any, expected: str) -> None:
    """A value has about 80 characters, no control characters, and words for unknown parts."""
    ((_, second, *_),) = texts({"type": "boolean"}, value)
    assert f"inputs.x is {expected}." == second


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ((), "inputs"),
        (("connection", "attributes", "adminUsers", 0), "inputs.connection.attributes.adminUsers[0]"),
        (("a b", "^c$"), 'inputs["a b"]["^c$"]'),
        (("x" * 200,), 'inputs["' + "x" * 78 + "…]"),
    ],
)
def test_a_path_is_written_as_in_a_configuration(path: tuple[str | int, ...], expected: str) -> None:
    """Keys that are not identifiers are quoted, and long ones are shortened."""
    assert expected == path_text(path)


def test_the_number_of_the_other_values_is_written() -> None:
    """The first values are written in full."""
    assert '"a", 1' == values_text(["a", 1], 2)
    assert '"a", 1 and 2 more' == values_text(["a", 1, None, True], 2)


def test_a_secret_inside_a_value_is_replaced() -> None:
    """No part of it is written, and the rest of the value is."""
    value = {"user": "u", "password": "s3cr3t", "list": ["s3cr3t"]}
    text = value_text(value, ("x",), lambda path, _value: path in {("x", "password"), ("x", "list", 0)})
    assert '{"user": "u", "password": (write-only), "list": [(write-only)]}' == text


def test_no_part_of_a_secret_is_shown() -> None:
    """A long secret is redacted before the text is cut, in a value, a key and a path."""
    secret = "not-a-real-key-" + "x" * 200
    with register(secret):
        assert ['"***"', '{"***": "a *** b"}', 'inputs["***"]'] == [
            value_text(secret),
            value_text({secret: f"a {secret} b"}),
            path_text((secret,)),
        ]
