"""Keys in messages."""

import pytest

from provider.model.key_places import key_place


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("extra", "extra.role"),
        ("credential_wo.extra", "credential_wo.extra[key 2]"),
        ("inputs.credential.extra", "inputs.credential.extra[key 2]"),
    ],
)
def test_a_key_below_the_first_level_of_an_attribute_is_numbered(name: str, expected: str) -> None:
    """It can be sensitive."""
    assert expected == key_place(name, "role", ["role", "a", "z"])
