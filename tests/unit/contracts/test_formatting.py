"""Values and paths in a message."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from provider.framework import Unknown
from tests.unit.contracts.checks import texts


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("x" * 200, '"' + "x" * 78 + "…", id="long"),
        pytest.param("a\x1b[31m\n\u202eb\x7f", '"a\\u001b[31m\\n\\u202eb\\u007f"', id="control characters"),
        pytest.param({"a": [1, Unknown], "b": None}, '{"a": [1, (known after apply)], "b": null}', id="unknown inside"),
        pytest.param(10**5000, "a number of thousands of digits", id="a huge number"),
        pytest.param(Decimal("1E+400"), "1E+400", id="a huge decimal"),
    ],
)
def test_a_value_is_shown_shortened_and_harmless(value: Any, expected: str) -> None:
    """About 80 characters, no control characters, unknown parts in words."""
    ((_, second, *_),) = texts({"type": "boolean"}, value)
    assert f"inputs.x is {expected}." == second
