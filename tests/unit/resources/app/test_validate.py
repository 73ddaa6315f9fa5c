"""The configuration of a workflow, checked by itself."""

from typing import Any

import pytest

from provider.framework import Unknown
from provider.resources.app.resource import AppResource
from tests.support.app_resource import NEW, REFERENCE, app_state
from tests.support.config_checks import findings

CREDENTIAL = {
    **dict.fromkeys(("name", "host", "port", "username", "extra", "connector_type", "password")),
    "auth_type": "basic",
    "connector_config_name": "config",
}


def found(**attributes: Any) -> list[tuple[bool, str, Any]]:
    return [(each.is_error, each.summary, each.path) for each in findings(AppResource(None), app_state(**attributes))]


@pytest.mark.parametrize(
    "attributes",
    [
        {},
        {"inputs": {"a": 1}, "inputs_wo": {"b": 2}, "inputs_wo_version": 1, "asset_connection": NEW},
        {"inputs": Unknown, "inputs_wo": Unknown, "connection": Unknown, "inputs_wo_version": Unknown},
        {"credential_guid": "g", "asset_connection": REFERENCE},
        {"credential_guid": "g", "inputs": {"connection": "{}"}},
        {"credential_guid": "g", "inputs": Unknown},
        {"credential_wo": CREDENTIAL, "credential_wo_version": 1, "asset_connection": NEW},
    ],
)
def test_a_valid_configuration_has_no_findings(attributes: Any) -> None:
    """Unknown values are checked later."""
    assert [] == found(**attributes)


@pytest.mark.parametrize(
    ("attributes", "summary", "path"),
    [
        ({"app_id": "a/b"}, '"a/b" is not usable as app_id', ["app_id"]),
        ({"name": ""}, "name is empty", ["name"]),
        ({"entrypoint": ""}, "entrypoint is empty", ["entrypoint"]),
        ({"inputs": "{}"}, "inputs is not an object", ["inputs"]),
        ({"timeouts": {"create": "soon"}}, "timeouts.create is not valid", ["timeouts", "create"]),
        (
            {"inputs": {"a": {"b": 1}}, "inputs_wo": {"a": {"b": 2}}, "inputs_wo_version": 1},
            "inputs.a[key 1] is in inputs_wo, too",
            ["inputs", ("a",)],
        ),
        ({"inputs": {"connection": {}}, "asset_connection": NEW}, "Two connections", ["asset_connection"]),
        (
            {"asset_connection": {**NEW, "name": ""}},
            "asset_connection.name is empty",
            ["asset_connection", "name"],
        ),
        (
            {"inputs_wo": {"credential": {}}, "inputs_wo_version": 1},
            "A credential in inputs_wo",
            ["inputs_wo"],
        ),
        (
            {"credential_wo": {**CREDENTIAL, "port": -1}, "credential_wo_version": 1},
            "credential_wo.port is not valid",
            ["credential_wo", "port"],
        ),
        (
            {"credential_wo": CREDENTIAL, "credential_wo_version": 1, "inputs": {"extraction_method": "agent"}},
            "An agent uses its own credential",
            ["credential_wo"],
        ),
        ({"credential_guid": "g"}, "credential_guid needs a connection", ["credential_guid"]),
        (
            {"credential_guid": "g", "asset_connection": NEW},
            "credential_guid needs an existing connection",
            ["credential_guid"],
        ),
        (
            {"credential_guid": "g", "asset_connection": REFERENCE, "inputs": {"credential_guid": "h"}},
            "Two credentials",
            ["credential_guid"],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_each_mistake_is_an_error_on_its_attribute(attributes: Any, summary: str, path: Any) -> None:
    """One for each mistake."""
    assert [(True, summary, path)] == found(**attributes)


@pytest.mark.parametrize(
    ("attributes", "summary", "path"),
    [
        ({"inputs": {"credential": {}}}, "A credential in inputs is stored in state", ["inputs", ("credential",)]),
        ({"inputs_wo": {"a": 1}}, "inputs_wo has no inputs_wo_version", ["inputs_wo"]),
        ({"credential_wo": CREDENTIAL}, "credential_wo has no credential_wo_version", ["credential_wo"]),
        ({"inputs_wo_version": 1}, "inputs_wo_version has no inputs_wo", ["inputs_wo_version"]),
    ],
)
def test_what_is_risky_is_a_warning(attributes: Any, summary: str, path: Any) -> None:
    """It is allowed."""
    assert [(False, summary, path)] == found(**attributes)
