"""The check that a plan reverts exactly one edit. A check that accepts every plan would hide a second change."""

from typing import Any

import pytest

from scripts.lib.app_facts import apps
from scripts.lib.shared.hcl import JsonText
from tests.support.drift import Applied, check_reverted, differing

APP = apps.load()[0]
CONFIGURED = {"a": JsonText({"x": 1}), "b": "kept"}
PUBLISHED = {"a": '{"x": 1}', "b": "kept"}
EDITED = {"a": '{"x": 2}', "b": "kept"}
APPLIED = Applied(APP, "atlan_app.a", "a-1", CONFIGURED, PUBLISHED)


def change(**changes: Any) -> dict[str, Any]:
    """The change of a plan that reverts the edit, with some parts replaced."""
    return {
        "actions": ["update"],
        "before": {"inputs": EDITED, "version": 2, "published_version": 1, "name": "n"},
        "after": {"inputs": PUBLISHED, "name": "n"},
        "after_unknown": {"version": True, "published_version": True, "inputs": {}},
        **changes,
    }


def test_a_plan_that_reverts_the_edit_is_accepted() -> None:
    """Only the edited input and the versions change."""
    check_reverted(change(), APPLIED, "a", EDITED)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"actions": ["delete", "create"]}, id="a replacement"),
        pytest.param(
            {"after_unknown": {"version": True, "published_version": True, "owner": True}},
            id="another unknown attribute",
        ),
        pytest.param({"after": {"inputs": PUBLISHED, "name": "m"}}, id="another attribute"),
        pytest.param({"after": {"inputs": {**PUBLISHED, "b": "lost"}, "name": "n"}}, id="another input"),
        pytest.param({"after": {"inputs": {**PUBLISHED, "a": '{"x": 3}'}, "name": "n"}}, id="another value"),
        pytest.param({"after": {"inputs": {**PUBLISHED, "a": {"x": 1}}, "name": "n"}}, id="another form"),
        pytest.param({"after": {"inputs": EDITED, "name": "n"}}, id="the edit stays"),
    ],
)
def test_any_other_change_is_refused(wrong: dict[str, Any]) -> None:
    """In the action, in an attribute, or in another input."""
    with pytest.raises((AssertionError, ValueError)):
        check_reverted(change(**wrong), APPLIED, "a", EDITED)


def test_a_key_that_is_missing_differs() -> None:
    """Its value is None on the side without the key."""
    assert {"a": (1, None), "b": (None, 2)} == differing({"a": 1, "c": 3}, {"b": 2, "c": 3})
