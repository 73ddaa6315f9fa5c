"""The keys of ``extra`` that an update keeps, and those that it loses."""

from typing import Any

import pytest

from provider.model import extra_keys

COMPOSED, DECOMPOSED = "r\u00e9gion", "re\u0301gion"


@pytest.mark.parametrize(
    ("extras", "expected"),
    [
        (({"role": "r", "region": None},), {"role": "r"}),
        (({"role": "r"}, {"key": "k"}, None), {"role": "r", "key": "k"}),
        (({"role": False, "text": ""},), {"role": False, "text": ""}),
        (('{"role": "r", "region": null}',), {"role": "r"}),
        ((None, "no object"), {}),
    ],
)
def test_a_null_key_is_not_configured(extras: Any, expected: Any) -> None:
    """Null means the same as a missing key."""
    assert expected == extra_keys.with_values(*extras)


@pytest.mark.parametrize(
    ("stored", "managed", "expected"),
    [
        ({"region": "eu", "role": "r", "key": None}, {"role"}, {"region": "eu"}),
        ({"flag": False, "text": ""}, set(), {"flag": False, "text": ""}),
        ({DECOMPOSED: 1}, {COMPOSED}, {}),
        ({DECOMPOSED: 1}, set(), {DECOMPOSED: 1}),
        (None, {"role"}, {}),
        ({"auth": {"id": 1, "key": None}, "list": [{"key": None}], "all": {"id": [1]}}, set(), {"all": {"id": [1]}}),
    ],
)
def test_a_shown_key_that_was_never_configured_is_kept(stored: Any, managed: Any, expected: Any) -> None:
    """It is sent as the service has it. Any other key has the configured value, or left the configuration."""
    assert expected == extra_keys.kept(stored, managed)


@pytest.mark.parametrize(
    ("configured", "stored", "expected"),
    [
        ({"role": "new"}, {"role": "r", "a": 1}, {"a": 1, "role": "new"}),
        ({COMPOSED: "new"}, {DECOMPOSED: "old"}, {DECOMPOSED: "new"}),
        ({COMPOSED: "new"}, {DECOMPOSED: None}, {DECOMPOSED: "new"}),
        ({"role": None}, None, {}),
        ({"a": "1"}, {COMPOSED: 1, DECOMPOSED: 2}, {"a": "1", COMPOSED: 1, DECOMPOSED: 2}),
    ],
)
def test_a_key_has_the_form_that_the_service_has(configured: Any, stored: Any, expected: Any) -> None:
    """Otherwise the credential would have the key twice."""
    assert expected == extra_keys.to_send(configured, stored, {"role", COMPOSED})


@pytest.mark.parametrize(
    ("configured", "expected"),
    [({COMPOSED: 1, "a": 1}, [f"extra.{COMPOSED}"]), ({"in": {COMPOSED: 1}}, ["extra.in"]), ({COMPOSED: None}, [])],
)
def test_a_key_that_stands_for_two_keys_is_an_error(configured: Any, expected: list[str]) -> None:
    """The provider could change only one of them. The keys can be at any depth."""
    both = {COMPOSED: 1, DECOMPOSED: 2}
    found = [*extra_keys.equal("g-1", "extra", ["extra"], configured, {**both, "in": both})]
    assert [f"{each} stands for two keys of the credential g-1" for each in expected] == [
        each.summary for each in found
    ]
    assert all(each.is_error and each.path == ["extra"] for each in found)


@pytest.mark.parametrize(
    ("stored", "expected"), [({"b": None, "a": {"key": [None]}, "c": 0, "d": {}}, ["a", "b"]), (None, [])]
)
def test_a_key_without_a_value_is_hidden(stored: Any, expected: list[str]) -> None:
    """The service lists it with null."""
    assert expected == extra_keys.hidden(stored)


def test_a_lost_key_is_named() -> None:
    """One warning names all keys, and where to write them."""
    (found,) = extra_keys.lost("g-1", ["a", DECOMPOSED, "b"], {COMPOSED}, "extra_wo", ["extra_wo"])
    assert ("The update removes keys of extra: a, b", False) == (found.summary, found.is_error)
    assert "configure it in extra_wo." in found.detail
    assert [] == extra_keys.lost("g-1", ["a"], {"a"}, "extra_wo", ["extra_wo"])
