"""Values of a credential that cannot be right."""

from typing import Any

import pytest

from provider.framework import Finding, Unknown, UserError
from provider.model.credential_values import Field, Fields, check, refuse

BIGQUERY = ("atlan-connectors-bigquery", "basic")


def fields(way: tuple[Any, Any] = BIGQUERY, password: Any = None, host: Any = None, **extra: Any) -> Fields:
    written = tuple(Field(extra[key], f"extra.{key}", key, "extra[key 1]") for key in extra)
    return Fields(*way, Field(password, "password"), Field(host, "host"), ["host"], written)


def told(given: Fields) -> list[tuple[str, bool]]:
    return [(each.summary, each.is_error) for each in check(given)]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (fields(password=""), [("password is empty", True)]),
        (fields(password=" \n"), [("password is empty", True)]),
        (fields(("other", "other"), password=""), [("password is empty", True)]),
        (fields((Unknown, "other"), password=""), [("password is empty", True)]),
        (fields(project_id=""), [("extra.project_id is empty", True)]),
        (fields(connect_type=""), [("extra.connect_type is empty", False)]),
        (fields(c4nary=""), [("extra[key 1] is empty", False)]),
        (fields(("other", "other"), project_id=""), [("extra[key 1] is empty", False)]),
        (fields((Unknown, "basic"), project_id=""), []),
        (fields(project_id=None, connect_type=0, other=False, more=Unknown), []),
        (fields(password="/a/key.json"), [("password is not the JSON key of a service account", True)]),
        (fields(host="example.com"), [("host is not a URL", False)]),
        (fields(("other", "other"), host="example.com", password="x"), []),
        (
            fields(("other", "other"), password="-----BEGIN PRIVATE KEY-----\\nx"),
            [("password is not PEM text with line breaks", False)],
        ),
        (fields(password=Unknown, host=Unknown), []),
        (fields(), []),
    ],
)
def test_a_value_that_cannot_be_right_is_a_finding(given: Fields, expected: list[tuple[str, bool]]) -> None:
    """An empty value is an error if the sign-in type needs it. A key that is not known is not shown."""
    assert expected == told(given)


@pytest.mark.parametrize(
    "given",
    [fields(password="/a/c4nary.json"), fields(password=""), fields(project_id=""), fields(c4nary="")],
)
def test_a_finding_about_a_secret_has_no_path(given: Fields) -> None:
    """Terraform prints the line at a path."""
    (found,) = check(given)
    assert (None, False) == (found.path, "c4nary" in found.summary + found.detail)


def test_a_finding_about_the_host_is_on_its_value() -> None:
    """A host is not secret."""
    (found,) = check(fields(host="example.com"))
    assert ["host"] == found.path


def test_an_apply_refuses_errors_and_no_warnings() -> None:
    """Terraform has reported the warnings before."""
    refuse(check(fields(host="example.com")))
    with pytest.raises(UserError, match="password is empty"):
        refuse([Finding("a warning", is_error=False), *check(fields(password=""))])
