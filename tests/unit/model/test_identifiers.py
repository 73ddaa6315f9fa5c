"""Identifiers that are part of a URL must be such as the service creates."""

from typing import Any

import pytest

from provider.framework import STRING, Attribute, Schema, Unknown, UserError
from provider.framework.protocol import validation
from provider.model import identifiers


@pytest.mark.parametrize(
    ("identifier", "usable"),
    [
        ("bigquery-prod-AbC123", True),
        ("8f14e45f-ceea-467f-a0e6-3f1c2d4b5a69", True),
        ("a.b_c~d", True),
        ("~", True),
        ("", False),
        (".", False),
        ("..", False),
        (".hidden", False),
        ("a/b", False),
        ("../../etc", False),
        ("a b", False),
        ("a%2Fb", False),
        ("a?b", False),
        ("a#b", False),
        ("größe", False),
        ("a\n", False),
        ("a\x00", False),
        ("\ud800", False),
    ],
)
def test_only_identifiers_of_the_service_are_usable(identifier: str, usable: bool) -> None:
    """Letters, digits, and - . _ ~ without a leading dot: nothing that could lead to another address."""
    assert usable == identifiers.is_usable(identifier)


@pytest.mark.parametrize(
    ("value", "problems"),
    [
        (None, []),
        (Unknown, []),
        ("bigquery-prod-AbC123", []),
        ("", [('"" is not usable as slug', "It is empty. An example is x-AbC123.", ["slug"])]),
        (
            "a/b",
            [
                (
                    '"a/b" is not usable as slug',
                    "It contains characters that no identifier of the service has. An example is x-AbC123.",
                    ["slug"],
                )
            ],
        ),
    ],
)
def test_an_unusable_identifier_is_reported_on_its_attribute(
    value: object, problems: list[tuple[str, str, list[str]]]
) -> None:
    """Null and Unknown are accepted. A mistake says why, and shows an example."""
    slug = Attribute("slug", STRING, optional=True, validators=[identifiers.usable("x-AbC123")], description="A slug.")
    found = validation.check(Schema([slug], description="A workflow."), {"slug": value})
    assert problems == [(each.summary, each.detail, each.path) for each in found]


@pytest.mark.parametrize("value", [None, Unknown, 7])
def test_a_state_without_an_identifier_is_an_error_for_the_user(value: Any) -> None:
    """A state that was edited can lack the identifier."""
    with pytest.raises(UserError, match="run_id is missing in the state") as raised:
        identifiers.stored(value, "run_id")
    assert ["run_id"] == raised.value.path
    assert "run-1" == identifiers.stored("run-1", "run_id")
